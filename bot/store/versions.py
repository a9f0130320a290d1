"""The versions of a knowledge file that were live, with their bytes; and the one that is just being written."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.clock import now


class Cause(StrEnum):
    """How a version came to be."""

    FOUND = "found"
    """It was on the disk: at the first start, or edited by hand."""
    UPLOAD = "upload"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and where: the id of a person and a channel in Discord, or a user at a terminal."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How many things changed, and the first of them in words, by language.

    The words are kept, not computed when somebody looks: a later program may no longer read an old file.
    """

    count: int = 0
    lines: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file. ``restored``: the number of the version whose facts it brought back."""

    number: int
    sha256: str
    valid: bool
    cause: Cause
    restored: int | None
    at: datetime
    actor: Actor
    summary: Summary


def digest(data: bytes) -> str:
    """What tells the bytes of a file from others."""
    return hashlib.sha256(data).hexdigest()


def add(
    connection: sqlite3.Connection,
    file: str,
    data: bytes,
    actor: Actor,
    *,
    cause: Cause,
    valid: bool,
    summary: Summary,
    restored: int | None = None,
    pending: bool = False,
) -> int:
    """Add a version, and give its number. ``pending``: the file is not yet written."""
    sha256 = digest(data)
    connection.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", (sha256, zlib.compress(data)))
    (last,) = connection.execute("SELECT max(number) FROM versions WHERE file = ?", (file,)).fetchone()
    number = (last or 0) + 1
    connection.execute(
        "INSERT INTO versions (file, number, sha256, state, valid, cause, restored, at, actor, place, summary)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            file,
            number,
            sha256,
            "pending" if pending else "live",
            valid,
            cause.value,
            restored,
            now(),
            actor.name,
            actor.place,
            json.dumps({"count": summary.count, "lines": dict(summary.lines or {})}, ensure_ascii=False),
        ),
    )
    return number


def is_written(connection: sqlite3.Connection, file: str) -> bool:
    """Whether somebody is writing a version, or was when the process ended."""
    found = connection.execute("SELECT 1 FROM versions WHERE file = ? AND state = 'pending'", (file,)).fetchone()
    return found is not None


def settle(connection: sqlite3.Connection, file: str, sha256: str) -> None:
    """Make up one's mind about a version that was being written, by the digest of what is on the disk.

    If the file was replaced, the version is live; if not, it never was, and nobody has heard of it.
    """
    connection.execute(
        "UPDATE versions SET state = 'live' WHERE file = ? AND state = 'pending' AND sha256 = ?", (file, sha256)
    )
    connection.execute("DELETE FROM versions WHERE file = ? AND state = 'pending'", (file,))
    connection.execute("DELETE FROM contents WHERE sha256 NOT IN (SELECT sha256 FROM versions)")


def history(connection: sqlite3.Connection, file: str, *, offset: int = 0, limit: int = -1) -> tuple[Version, ...]:
    """The versions of a file, the latest first; no limit: -1."""
    rows = connection.execute(
        "SELECT * FROM versions WHERE file = ? AND state = 'live' ORDER BY id DESC LIMIT ? OFFSET ?",
        (file, limit, offset),
    )
    return tuple(_version(row) for row in rows)


def count(connection: sqlite3.Connection, file: str) -> int:
    """How many versions of a file there are."""
    (found,) = connection.execute("SELECT count(*) FROM versions WHERE file = ? AND state = 'live'", (file,)).fetchone()
    return int(found)


def content(connection: sqlite3.Connection, file: str, number: int) -> tuple[Version, bytes] | None:
    """A version and the bytes of its file; none if there is no such version."""
    row = connection.execute(
        "SELECT * FROM versions JOIN contents USING (sha256) WHERE file = ? AND number = ? AND state = 'live'",
        (file, number),
    ).fetchone()
    return (_version(row), zlib.decompress(row["data"])) if row is not None else None


def content_of(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    """The bytes with this digest; none if they are not kept."""
    row = connection.execute("SELECT data FROM contents WHERE sha256 = ?", (sha256,)).fetchone()
    return zlib.decompress(row["data"]) if row is not None else None


def _version(row: sqlite3.Row) -> Version:
    summary = json.loads(row["summary"])
    return Version(
        row["number"],
        row["sha256"],
        bool(row["valid"]),
        Cause(row["cause"]),
        row["restored"],
        datetime.fromisoformat(row["at"]),
        Actor(row["actor"], row["place"]),
        Summary(summary["count"], {code: tuple(lines) for code, lines in summary["lines"].items()}),
    )
