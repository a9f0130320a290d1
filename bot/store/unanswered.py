"""Questions that the bot did not answer as they were meant: the words and how often, never who asked."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.store.clock import ago, now

LONGEST = 300
"""Characters of a question that are kept."""

LIMIT = 5_000
"""So many different questions are kept; the one that was not asked for longest goes first."""

_MENTION = re.compile(r"<[@#][!&]?\d+>")


class Reason(StrEnum):
    """Why a question is kept."""

    NOT_PLACED = "not_placed"
    """A word in it could not be placed, so there was no answer."""
    WRONG = "wrong"
    """Somebody said that the answer is to another question."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question as it was asked; ``reading``: what it was taken for, or the words that could not be placed.

    Nobody's name: whoever improves the bot needs the words, not the person.
    """

    question: str
    reading: str
    language: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that is kept, how many times it was asked, and when last."""

    id: int
    unanswered: Unanswered
    times: int
    at: datetime


def keep(connection: sqlite3.Connection, unanswered: Unanswered, days: int) -> None:
    """Keep a question, and forget those that nobody has asked for so many days."""
    # Half of a character, which Discord may send, cannot be stored.
    sound = unanswered.question.encode("utf-8", "replace").decode()
    question = _MENTION.sub("@…", sound).strip()[:LONGEST]
    folded = " ".join(question.casefold().split())
    # Done is what can be answered now. Whoever asks it again without success begins a new count.
    connection.execute(
        "INSERT INTO unanswered (folded, question, language, reason, reading, times, at)"
        " VALUES (?, ?, ?, ?, ?, 1, ?)"
        " ON CONFLICT (folded) DO UPDATE SET times = CASE WHEN done THEN 1 ELSE times + 1 END, at = excluded.at,"
        " done = 0, reason = excluded.reason, reading = excluded.reading",
        (folded, question, unanswered.language, unanswered.reason.value, unanswered.reading[:LONGEST], now()),
    )
    forget(connection, days)
    connection.execute(
        "DELETE FROM unanswered WHERE id IN (SELECT id FROM unanswered ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?)",
        (LIMIT,),
    )


def forget(connection: sqlite3.Connection, days: int) -> None:
    """Forget what nobody has asked for so many days."""
    connection.execute("DELETE FROM unanswered WHERE at < ?", (ago(timedelta(days=days)),))


def open_questions(connection: sqlite3.Connection) -> tuple[Kept, ...]:
    """Those that are not done, the most frequent first, then the latest."""
    rows = connection.execute("SELECT * FROM unanswered WHERE NOT done ORDER BY times DESC, at DESC, id DESC")
    return tuple(
        Kept(
            row["id"],
            Unanswered(row["question"], row["reading"], row["language"], Reason(row["reason"])),
            row["times"],
            datetime.fromisoformat(row["at"]),
        )
        for row in rows
    )


def mark_done(connection: sqlite3.Connection, ids: Sequence[int]) -> int:
    """Mark questions as done; how many were open."""
    found = 0
    for identifier in ids:
        found += connection.execute("UPDATE unanswered SET done = 1 WHERE id = ? AND NOT done", (identifier,)).rowcount
    return found
