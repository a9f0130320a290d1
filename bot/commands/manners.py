"""How much of the bot one person may use at a time."""

from __future__ import annotations

import math
from collections import deque
from datetime import datetime, timedelta

from cachetools import LRUCache

PEOPLE = 10_000
"""So many people are remembered; who was silent longest is forgotten first."""


class Cooldowns:
    """Counts each person's questions over the last seconds, by the time at which Discord received them."""

    def __init__(self, questions: int, seconds: float) -> None:
        """So many ``questions`` in so many ``seconds``; 0: as many as they like."""
        self._questions = questions
        self._span = timedelta(seconds=seconds)
        self._asked: LRUCache[int, deque[datetime]] = LRUCache(PEOPLE)
        self._told: LRUCache[int, datetime] = LRUCache(PEOPLE)

    def wait(self, person: int, at: datetime) -> int:
        """Whole seconds until the person may ask again; 0: now, and this question counts."""
        if not self._questions:
            return 0
        asked = self._asked.setdefault(person, deque())
        while asked and asked[0] <= at - self._span:
            asked.popleft()
        if len(asked) < self._questions:
            asked.append(at)
            return 0
        return max(1, math.ceil((asked[0] + self._span - at).total_seconds()))

    def told(self, person: int, at: datetime) -> bool:
        """Whether the person was told to wait a moment ago; from now on they were."""
        before = self._told.get(person)
        if before is not None and at - before < self._span:
            return True
        self._told[person] = at
        return False
