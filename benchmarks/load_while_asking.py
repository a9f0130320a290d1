"""How long the event loop is held, and how long answers take, while a file of 20,000 models is loaded beside it."""

from __future__ import annotations

import asyncio
import gc
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from time import perf_counter_ns, process_time_ns

from shared.generated import questions, text
from shared.measuring import machine, median, p99, shown, table

from bot.cli import YOUNGEST_GENERATION
from bot.conversation import Conversation, Speaker, prepare
from bot.dialogue import Dialogue
from bot.stewardship.live import LiveKnowledge
from bot.stewardship.steward import START, Steward
from bot.store.database import Store
from knowledge.loading import load

SIZE = 20_000
ASKED = 240
RUNS = 3
TICK = 0.001
"""Seconds between two ticks. A tick that comes later says for how long nothing else could run."""

PAUSE = 0.02
"""Seconds between an answer and the next question."""

AFTERWARDS = 90
"""Questions that are asked after a load, while the old facts are dropped."""


class Ticker:
    """A clock on the event loop, which remembers the times between its ticks.

    A tick may be late since this process was busy in one piece, or since the machine let another one run. So the time
    that the process itself has worked in between is taken too: the shorter of the two is what it held the loop for.
    """

    def __init__(self) -> None:
        self._gaps: list[int] = []
        self._holds: list[int] = []
        self._ticking = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        last, worked = perf_counter_ns(), process_time_ns()
        while True:
            await asyncio.sleep(TICK)
            now, work = perf_counter_ns(), process_time_ns()
            self._gaps.append(now - last)
            self._holds.append(min(now - last, work - worked))
            last, worked = now, work

    def stop(self) -> tuple[int, int]:
        """The longest time that the process held the loop for, and the longest between two ticks. Nanoseconds."""
        self._ticking.cancel()
        return max(self._holds), max(self._gaps)


async def _ask(dialogue: Dialogue, asked: list[str], work: asyncio.Future[object] | None) -> list[int]:
    """Ask everything, or again and again while something else is worked at. How long answers took, in nanoseconds."""
    times: list[int] = []
    while len(times) < len(asked) if work is None else not work.done():
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
    took = shown(perf_counter_ns() - start) if working is not None else "–"
    if working is not None:
        await working
        await _ask(dialogue, asked[:AFTERWARDS], None)
    held, gap = ticker.stop()
    return name, took, shown(held), shown(gap), shown(median(times)), shown(p99(times)), str(len(times))


async def _in_a_thread(conversation: Conversation, file: Path) -> None:
    """The simple way: all of it in a thread of this process."""
    conversation.replace(await asyncio.to_thread(lambda: prepare(load(file))))


async def _main() -> None:
    folder = Path(tempfile.mkdtemp())
    file = folder / "generated.yaml"
    file.write_text(text(SIZE), encoding="utf-8")
    asked = questions(SIZE, ASKED)
    conversation = Conversation(prepare(load(file)))
    gc.freeze()  # as the bot does at its start
    gc.enable()
    dialogue = Dialogue(conversation, limit=1000, seconds=900)
    live = LiveKnowledge(conversation, Steward(file, Store(folder / "store.sqlite3")))
    rows = []
    for _ in range(RUNS):
        rows.append(await _measured("nothing", dialogue, asked, None))
        rows.append(await _measured("a load, as the bot does it", dialogue, asked, live.reload(START)))
        rows.append(await _measured("a load in a thread", dialogue, asked, _in_a_thread(conversation, file)))
    machine()
    head = ("beside the questions", "load", "longest hold", "longest gap", "median answer", "p99 answer", "answers")
    table(head, rows)


if __name__ == "__main__":
    gc.disable()  # as the command does until the facts are there
    gc.set_threshold(YOUNGEST_GENERATION)
    asyncio.run(_main())
