"""What administrators did, and what others tried."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.clock import now
from bot.store.versions import Actor


class Outcome(StrEnum):
    """How an attempt ended."""

    DONE = "done"
    REFUSED = "refused"
    """The person may not do this."""
    REJECTED = "rejected"
    """The person may, but it could not be done: the file has mistakes, the ground had moved."""
    FAILED = "failed"
    """Something went wrong."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tried what, where, when, and how it ended; ``detail`` is a version, a digest or a reason."""

    actor: Actor
    action: str
    outcome: Outcome
    detail: str
    at: datetime


def record(connection: sqlite3.Connection, actor: Actor, action: str, outcome: Outcome, detail: str) -> None:
    """Add an attempt; nothing is ever taken away."""
    connection.execute(
        "INSERT INTO audit (at, actor, place, action, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (now(), actor.name, actor.place, action, outcome.value, detail),
    )


def latest(connection: sqlite3.Connection, limit: int) -> tuple[Attempt, ...]:
    """The last attempts, the latest first."""
    rows = connection.execute("SELECT * FROM audit ORDER BY id DESC LIMIT ?", (limit,))
    return tuple(
        Attempt(
            Actor(row["actor"], row["place"]),
            row["action"],
            Outcome(row["outcome"]),
            row["detail"],
            datetime.fromisoformat(row["at"]),
        )
        for row in rows
    )
