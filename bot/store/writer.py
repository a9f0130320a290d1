"""Writing to the store beside the event loop, for what nobody waits for."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.store.database import Store, StoreError

log = logging.getLogger(__name__)

CAPACITY = 200
"""So much work may wait. A store that hangs must not fill the memory; what comes then is logged and not kept."""

CLOSING_SECONDS = 5.0


class StoreWriter:
    """Does one piece of work after the other, in a thread of its own: a store that hangs holds up nothing else."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, "store")
        self._waiting: set[asyncio.Task[None]] = set()
        self.problem: str | None = None
        """Why the last piece of work could not be done."""

    def post(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Have something done soon. Where it cannot be done it is logged, and ``problem`` says why."""
        if len(self._waiting) >= CAPACITY:
            log.error("the store is too slow, something was not kept")
            return
        task = asyncio.get_running_loop().create_task(self._do(work))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def close(self) -> None:
        """Wait for what is still to be done, but not for ever."""
        if self._waiting:
            await asyncio.wait(self._waiting, timeout=CLOSING_SECONDS)
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _do(self, work: Callable[[sqlite3.Connection], object]) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, work)
        except StoreError as error:
            self.problem = error.reason
            log.error("the store %s cannot be used, something was not kept: %s", self._store.path, error)  # noqa: TRY400 - the reason is all there is to know
        except Exception:
            log.exception("something was not kept")
        else:
            self.problem = None

    def _transact(self, work: Callable[[sqlite3.Connection], object]) -> None:
        with self._store.transaction() as connection:
            work(connection)
