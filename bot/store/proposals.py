"""Changes that were shown to somebody and wait for a word, kept so that the word may come after a restart."""

from __future__ import annotations

import secrets
import sqlite3
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.store.clock import ago, now
from bot.store.versions import Cause

VALID_FOR = timedelta(minutes=15)
"""Who has looked at something else for longer does not remember what there was to confirm."""

FORGOTTEN_AFTER = timedelta(days=1)
"""For so long a press on an old button is told that it came too late, not that there never was anything."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The bytes that are to replace the file, and the digest of what was on the disk when they were shown."""

    token: str
    data: bytes
    base: str
    cause: Cause
    restored: int | None
    at: datetime
    actor: str

    @property
    def expired(self) -> bool:
        """Whether the word comes too late."""
        return datetime.now(UTC) - self.at > VALID_FOR


def keep(
    connection: sqlite3.Connection, file: str, data: bytes, base: str, cause: Cause, restored: int | None, actor: str
) -> str:
    """Keep a proposal, and give the token by which it is found; old ones are forgotten."""
    connection.execute("DELETE FROM proposals WHERE at < ?", (ago(FORGOTTEN_AFTER),))
    token = secrets.token_hex(8)
    connection.execute(
        "INSERT INTO proposals VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (token, file, zlib.compress(data), base, cause.value, restored, now(), actor),
    )
    return token


def find(connection: sqlite3.Connection, file: str, token: str) -> Waiting | None:
    """The proposal of a token, expired or not; none if there is none any more."""
    row = connection.execute("SELECT * FROM proposals WHERE token = ? AND file = ?", (token, file)).fetchone()
    if row is None:
        return None
    return Waiting(
        row["token"],
        zlib.decompress(row["data"]),
        row["base"],
        Cause(row["cause"]),
        row["restored"],
        datetime.fromisoformat(row["at"]),
        row["actor"],
    )


def drop(connection: sqlite3.Connection, token: str) -> None:
    """Forget a proposal: it was carried out, or refused."""
    connection.execute("DELETE FROM proposals WHERE token = ?", (token,))
