"""Questions that the bot did not answer as they were meant, kept for its administrators."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

LIMIT = 500


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question as it was asked, what it was taken for, and when somebody said that this is not what it asks.

    Nobody's name: whoever improves the bot needs the words, not the person.
    """

    question: str
    reading: str
    language: str
    at: datetime


class UnansweredQuestions(Protocol):
    """Where such questions are kept."""

    def keep(self, unanswered: Unanswered) -> None:
        """Keep one."""

    def latest(self) -> Sequence[Unanswered]:
        """Those that are kept, the latest first."""


class RecentQuestions:
    """The latest ones, until the bot ends."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._kept: deque[Unanswered] = deque(maxlen=limit)

    def keep(self, unanswered: Unanswered) -> None:
        """Keep one, and forget the oldest if there are too many."""
        self._kept.appendleft(unanswered)

    def latest(self) -> Sequence[Unanswered]:
        """Those that are kept, the latest first."""
        return tuple(self._kept)
