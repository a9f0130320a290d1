"""Questions that the bot did not answer as they were meant, kept for its administrators."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from bot.conversation import Exchange
from bot.stewardship.records import mark_done, open_questions
from bot.store import unanswered
from bot.store.database import Store
from bot.store.unanswered import Kept, Reason, Unanswered
from bot.store.writer import StoreWriter


class UnansweredQuestions:
    """Keeps them beside the event loop, for so many days; nobody waits for it."""

    def __init__(self, store: Store, writer: StoreWriter, days: int) -> None:
        """``days`` 0: none is kept."""
        self._store = store
        self._writer = writer
        self._days = days

    @property
    def on(self) -> bool:
        """Whether any are kept."""
        return self._days > 0

    def keep(self, question: Unanswered) -> None:
        """Keep one, soon."""
        if self.on:
            self._writer.post(partial(unanswered.keep, unanswered=question, days=self._days))

    def keep_not_placed(self, question: str, exchange: Exchange) -> None:
        """Keep one that has no answer because of a word."""
        words = ", ".join(exchange.left_over)
        self.keep(Unanswered(question, words, exchange.reply.language, Reason.NOT_PLACED))

    async def open(self) -> tuple[Kept, ...]:
        """Those that are not done, the most frequent first. Raises ``ObstacleError``."""
        return await asyncio.to_thread(open_questions, self._store, self._days)

    async def done(self, ids: Sequence[int]) -> int:
        """Mark some as done; how many were open. Raises ``ObstacleError``."""
        return await asyncio.to_thread(mark_done, self._store, ids)
