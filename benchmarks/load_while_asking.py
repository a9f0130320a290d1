"""How long the event loop stands still, and how long answers take, while a file of 20,000 models is loaded beside it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from time import perf_counter_ns

from shared.generated import questions, text
from shared.measuring import machine, median, p99, shown, table

from bot.conversation import Conversation, Prepared, Speaker, prepare
from bot.dialogue import Dialogue
from knowledge.loading import load

TICK = 0.001
"""Seconds between two ticks of the loop's clock. What a tick is late by, the loop was held for."""


@contextlib.asynccontextmanager
async def ticking() -> AsyncIterator[list[int]]:
    """The time between a tick and the next, as long as it runs. Nanoseconds."""
    gaps: list[int] = []

    async def tick() -> None:
        last = perf_counter_ns()
        while True:
            await asyncio.sleep(TICK)
            now = perf_counter_ns()
            gaps.append(now - last)
            last = now

    ticker = asyncio.create_task(tick())
    try:
        yield gaps
    finally:
        ticker.cancel()


async def ask(dialogue: Dialogue, asked: list[str], until: asyncio.Future[None] | None) -> list[int]:
    times = []
    for place, question in enumerate(asked):
        start = perf_counter_ns()
        await dialogue.ask(question, Speaker("somebody", str(place)))
        times.append(perf_counter_ns() - start)
        await asyncio.sleep(0.01)
        if until is not None and until.done():
            break
    return times


async def main() -> None:
    folder = Path(tempfile.mkdtemp())
    file = folder / "f.yaml"
    file.write_text(text(20_000))
    before = prepare(load(file))
    conversation = Conversation(before)
    dialogue = Dialogue(conversation, limit=1000, seconds=900)
    asked = questions(20_000, 2400)
    async with ticking() as gaps:
        times = await ask(dialogue, asked[:240], None)
    print("without", shown(max(gaps)), shown(median(times)), shown(p99(times)))
    del before
    for _ in range(2):
        async with ticking() as gaps:
            start = perf_counter_ns()

            async def job():
                new = await asyncio.to_thread(lambda: prepare(load(file)))
                conversation.replace(new)

            loading = asyncio.ensure_future(job())
            times = await ask(dialogue, asked, loading)
            await loading
            took = perf_counter_ns() - start
            await asyncio.sleep(0.1)
        print(
            "with",
            [shown(g) for g in sorted(gaps)[-12:]],
            shown(median(times)),
            shown(p99(times)),
            len(times),
            shown(took),
        )


asyncio.run(main())
