"""Long work beside the event loop, which is never held for long, however large a knowledge file is.

A thread is not enough for a large file. It takes turns with every answer; and what Python does in one piece (building
an index, looking for garbage, dropping what is no longer needed) lets no other thread run for a tenth of a second.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import pickle
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from types import FunctionType, ModuleType
from typing import Any, BinaryIO, TypeVar

from bot.conversation import Prepared
from knowledge.loading import without_collector

Result = TypeVar("Result")

SMALL = 150_000
"""Bytes of a file that a thread reads in less time than a process takes to start; some 1,000 models."""

LARGE = 1000
"""Parts of a container that is taken to pieces instead of being dropped at once."""

SLICE = 200
"""Parts that are dropped in one step."""

PATIENCE = 1.0
"""Seconds between two looks whether the last answer on old facts is done."""

SHARED = (type, ModuleType, FunctionType)
"""What facts refer to without owning it."""


async def beside(work: Callable[[], Result], size: int) -> Result:
    """What ``work`` gives, done in a thread; ``size`` is that of the file that it is about, in bytes."""
    return await asyncio.to_thread(work if size <= SMALL else lambda: _uncollected(work))


async def apart(work: Callable[[], Result], size: int) -> Result:
    """The same, in a process of its own if the file is large. The work, its result and what it raises are pickled."""
    return await asyncio.to_thread(work if size <= SMALL else lambda: _in_a_process(work))


def _uncollected(work: Callable[[], Result]) -> Result:
    with without_collector():
        try:
            return work()
        finally:
            # What was built lives until the next file. Looking through it for garbage would hold up everything, so the
            # collector must not see it, not even once.
            gc.freeze()


def _in_a_process(work: Callable[[], Result]) -> Result:
    # Through a file, which is read a part at a time: what comes through a pipe is there in one piece.
    with TemporaryDirectory(prefix="werkbot-") as folder:
        made = Path(folder) / "made"
        # Not forked: this process has threads.
        with ProcessPoolExecutor(1, get_context("spawn"), _log_alike, _how_it_logs()) as process:
            process.submit(_pickle, work, made).result()
        with made.open("rb") as file:
            unpickler = pickle.Unpickler(_Parts(file))  # noqa: S301 - from our own process
            result: Result = _uncollected(unpickler.load)
    return result


def _how_it_logs() -> tuple[int, logging.Formatter | None]:
    """How much this process logs, and how an entry is written."""
    root = logging.getLogger()
    streams = (handler for handler in root.handlers if type(handler) is logging.StreamHandler)
    return root.level, next((handler.formatter for handler in streams), None)


def _log_alike(level: int, formatter: logging.Formatter | None) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler])


def _pickle(work: Callable[[], object], made: Path) -> None:
    """In the process: write what the work gives into a file."""
    with without_collector(), made.open("wb") as file:
        pickle.dump(work(), file, pickle.HIGHEST_PROTOCOL)


class _Parts:
    """A file whose methods are in Python: after each part that is read other threads have their turn."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def readline(self) -> bytes:
        return self._file.readline()


# -- what is no longer needed ---------------------------------------------------------------------------------------


def let_go(prepared: Prepared) -> None:
    """See to it that facts are dropped bit by bit, when nobody answers from them any more."""
    if len(prepared.snapshot.knowledge.models) > LARGE:
        threading.Thread(target=_take_apart, args=([prepared],), daemon=True).start()


def _take_apart(held: list[Prepared]) -> None:
    """``held`` is emptied, so that nobody has the facts only because they are to be dropped."""
    last = (weakref.ref(held[0]), weakref.ref(held[0].snapshot))
    large, parts = _pieces(held.pop())
    while any(reference() is not None for reference in last):
        sleep(PATIENCE)
    sleep(PATIENCE)  # what has just gone lets go of its parts, which are still held here
    while large:
        large.pop()
    while parts:
        del parts[-SLICE:]


def _pieces(prepared: Prepared) -> tuple[list[Any], list[Any]]:
    """Everything large in it, and the parts of that. While they are held, the whole is dropped in no time."""
    large: list[Any] = []
    parts: list[Any] = []
    seen: set[int] = set()
    waiting: list[Any] = [prepared]
    while waiting:
        found = waiting.pop()
        inside = gc.get_referents(found)
        if len(inside) > LARGE:
            large.append(found)
            parts += inside
        for each in inside:
            # The small ones in a large container go with it; the large ones come to pieces themselves.
            further = len(inside) <= LARGE or _is_large(each)
            if further and id(each) not in seen and gc.is_tracked(each) and not isinstance(each, SHARED):
                seen.add(id(each))
                waiting.append(each)
    return large, parts


def _is_large(value: object) -> bool:
    return isinstance(value, (tuple, list, dict, set, frozenset)) and len(value) > LARGE
