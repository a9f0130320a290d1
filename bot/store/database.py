"""The store: one SQLite file, brought up to date by version, opened anew for every piece of work.

The standard library's ``sqlite3`` is enough: each piece of work is a short function that runs in a thread, on the
command line as in Discord. A connection that lives no longer than its work has nothing to hang on when the program
ends, and a store that was broken is used again as soon as it works.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from bot.store.migrations import MIGRATIONS

BUSY_SECONDS = 2.0
"""So long a piece of work waits for another process that is writing."""


class StoreError(Exception):
    """The store cannot be used; ``reason`` says why in the words of the system or of SQLite."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NewerStoreError(StoreError):
    """A later version of the program has written the store, so this one leaves it alone."""

    def __init__(self, found: int) -> None:
        super().__init__(f"schema version {found}, this program knows {len(MIGRATIONS)}")


@dataclass(frozen=True, slots=True)
class Store:
    """Where the store's file is."""

    path: Path

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction: all that is done in it is kept, or none. Raises ``StoreError``."""
        try:
            # Only who runs the bot may read what people asked.
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
            with closing(_connect(self.path)) as connection:
                migrate(connection)
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.rollback()
                    raise
                connection.commit()
        except (sqlite3.Error, OSError) as error:
            raise StoreError(getattr(error, "strerror", None) or str(error)) from error


def default_path() -> Path:
    """Where the store is if nothing else is set: the platform's folder for a person's data."""
    return user_data_path("werkbot") / "werkbot.sqlite3"


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        # Readers do not wait for a writer; and what is committed is on the disk, not only on its way there.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def migrate(connection: sqlite3.Connection, target: int = len(MIGRATIONS)) -> None:
    """Bring the tables up to version ``target``, step by step, each step whole or not at all."""
    if _version(connection) == target:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been faster while this one waited.
        found = _version(connection)
        _refuse_newer(found)
        for number, statements in enumerate(MIGRATIONS[found:target], found + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _refuse_newer(found: int) -> None:
    if found > len(MIGRATIONS):
        raise NewerStoreError(found)


def _version(connection: sqlite3.Connection) -> int:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)
