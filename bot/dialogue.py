"""Asking off the event loop; and which questions led to an answer, so that a dialogue can go on from any of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import TTLCache

from bot.conversation import Conversation, Exchange, Speaker
from knowledge.query import Query

LONGEST = 300
"""Characters of a question that are remembered; what is longer is a story, and hardly a step of a dialogue."""

STEPS = 4
"""So many questions of a dialogue are enough to understand the next one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An exchange, the questions that were asked up to it (its own is the last), and those before them."""

    exchange: Exchange
    trail: tuple[str, ...]
    before: tuple[str, ...]


class Dialogue:
    """Asks a conversation in a thread, one question at a time, and remembers the last questions of each speaker."""

    def __init__(
        self,
        conversation: Conversation,
        *,
        limit: int,
        seconds: float,
        not_placed: Callable[[str, Exchange], object] | None = None,
    ) -> None:
        """``limit`` speakers are remembered, each for ``seconds`` after the last question.

        ``not_placed`` is called with every question about the plant that has a word for which there was no place.
        """
        self._conversation = conversation
        self._not_placed = not_placed
        self._trails: TTLCache[Speaker, tuple[str, ...]] = TTLCache(limit, seconds)
        # A conversation belongs to one thread at a time.
        self._turn = asyncio.Lock()

    def trail(self, speaker: Speaker) -> tuple[str, ...]:
        """What a speaker asked last, in order; empty if that is too long ago."""
        return self._trails.get(speaker, ())

    async def ask(
        self,
        question: str,
        speaker: Speaker,
        *,
        language: str | None = None,
        preferred: str | None = None,
        after: tuple[str, ...] | None = None,
    ) -> Asked:
        """Ask a question, in the dialogue ``after`` these questions; none: after those that the speaker asked last."""
        async with self._turn:
            before = self.trail(speaker)
            if after is not None:
                before = after
                await asyncio.to_thread(self._recall, before, speaker)
            exchange = await asyncio.to_thread(self._conversation.exchange, question, speaker, language, preferred)
            trail = (*before, question[:LONGEST])[-STEPS:]
            self._trails[speaker] = trail
        if exchange.left_over and self._not_placed is not None:
            self._not_placed(question, exchange)
        return Asked(exchange, trail, before)

    async def look_up(self, query: Query, language: str, speaker: Speaker | None = None) -> Exchange:
        """Evaluate a query that needs no reading; the speaker's next question may go on from it."""
        async with self._turn:
            if speaker is not None:
                self._trails.pop(speaker, None)
            return await asyncio.to_thread(self._conversation.look_up, query, language, speaker)

    def _recall(self, trail: tuple[str, ...], speaker: Speaker) -> None:
        self._conversation.forget(speaker)
        for question in trail:
            self._conversation.exchange(question, speaker)
