"""How long the event loop is held, and how long answers take, while a file of 20,000 models is loaded beside it."""

from __future__ import annotations

import asyncio
import gc
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from time import perf_counter_ns

from shared.generated import questions, text
from shared.measuring import machine, median, p99, shown, table

from bot.cli import YOUNGEST_GENERATION
from bot.conversation import Conversation, Speaker, prepare
from bot.dialogue import Dialogue
from bot.stewardship.live import LiveKnowledge
from bot.stewardship.steward import Steward
from bot.store.database import Store
from bot.store.versions import Actor

SIZE = 20_000
ASKED = 240
RUNS = 3
TICK = 0.001
"""Seconds between two ticks. A tick that comes later says for how long nothing else could run."""

PAUSE = 0.02
"""Seconds between an answer and the next question."""


class Ticker:
    """A clock on the event loop, which remembers the longest time between two of its ticks."""

    def __init__(self) -> None:
        self.longest = 0
        self._ticking = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        last = perf_counter_ns()
        while True:
            await asyncio.sleep(TICK)
            now = perf_counter_ns()
            self.longest, last = max(self.longest, now - last), now

    def stop(self) -> int:
        """The longest time between two ticks. Nanoseconds."""
        self._ticking.cancel()
        return self.longest


async def _ask(dialogue: Dialogue, asked: list[str], work: asyncio.Future[object] | None) -> list[int]:
    """Ask until all is asked, or while something else is worked at. How long each answer took, in nanoseconds."""
    times: list[int] = []
    while (work is None and len(times) < len(asked)) or (work is not None and not work.done()):
        start = perf_counter_ns()
        await dialogue.ask(asked[len(times) % len(asked)], Speaker("somebody", "somewhere"))
        times.append(perf_counter_ns() - start)
        await asyncio.sleep(PAUSE)
    return times


async def _measured(name: str, dialogue: Dialogue, asked: list[str], work: Awaitable[object] | None) -> tuple[str, ...]:
    ticker = Ticker()
    start = perf_counter_ns()
    working = asyncio.ensure_future(work) if work is not None else None
    times = await _ask(dialogue, asked, working)
    took = perf_counter_ns() - start
    if working is not None:
        await working
        await _ask(dialogue, asked[:30], None)  # the old facts are dropped meanwhile
    load_time = shown(took) if working is not None else "–"
    return name, load_time, shown(ticker.stop()), shown(median(times)), shown(p99(times)), str(len(times))


async def _main() -> None:
    folder = Path(tempfile.mkdtemp())
    file = folder / "generated.yaml"
    file.write_text(text(SIZE), encoding="utf-8")
    asked = questions(SIZE, ASKED)
    steward = Steward(file, Store(folder / "store.sqlite3"))
    opened = steward.open()
    conversation = Conversation(prepare(opened.snapshot))
    gc.freeze()  # as the bot does at its start
    dialogue = Dialogue(conversation, limit=1000, seconds=900)
    live = LiveKnowledge(conversation, steward, opened)
    rows = []
    for _ in range(RUNS):
        rows.append(await _measured("nothing", dialogue, asked, None))
        rows.append(await _measured("a reload", dialogue, asked, live.reload(Actor("-", "benchmark"))))
    machine()
    table(("beside the questions", "reload", "longest hold", "median answer", "p99", "answers"), rows)


if __name__ == "__main__":
    gc.set_threshold(YOUNGEST_GENERATION)
    asyncio.run(_main())
