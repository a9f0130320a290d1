"""What the store holds besides versions, for who looks after the bot. Everything here may raise ``ObstacleError``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Connection

from bot.stewardship.obstacles import Obstacle, ObstacleError
from bot.store import audit, unanswered
from bot.store.audit import Attempt, Outcome
from bot.store.database import Store, StoreError
from bot.store.unanswered import Kept
from bot.store.versions import Actor


@contextmanager
def keeping(store: Store) -> Iterator[Connection]:
    """A transaction of the store; what cannot be kept is not done."""
    try:
        with store.transaction() as connection:
            yield connection
    except StoreError as error:
        raise ObstacleError(Obstacle.STORE, store=store.path, reason=error.reason) from error


def open_questions(store: Store, days: int) -> tuple[Kept, ...]:
    """The questions that are not done, the most frequent first; those older than so many days are forgotten."""
    with keeping(store) as connection:
        unanswered.forget(connection, days)
        return unanswered.open_questions(connection)


def mark_done(store: Store, ids: Sequence[int]) -> int:
    """Mark questions as done; how many were open."""
    with keeping(store) as connection:
        return unanswered.mark_done(connection, ids)


def attempts(store: Store, limit: int) -> tuple[Attempt, ...]:
    """What administrators did and others tried, the latest first."""
    with keeping(store) as connection:
        return audit.latest(connection, limit)


def record(store: Store, actor: Actor, action: str, outcome: Outcome, detail: str) -> None:
    """Add to what administrators did and others tried."""
    with keeping(store) as connection:
        audit.record(connection, actor, action, outcome, detail)
