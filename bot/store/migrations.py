"""The tables of the store, as the steps that lead to them. A step that was released is never changed."""

from __future__ import annotations

VERSIONS = (
    # A file that came back has its bytes here once.
    "CREATE TABLE contents (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE versions (
        id INTEGER PRIMARY KEY,
        file TEXT NOT NULL,
        number INTEGER NOT NULL,
        sha256 TEXT NOT NULL REFERENCES contents (sha256),
        state TEXT NOT NULL CHECK (state IN ('pending', 'live')),
        valid INTEGER NOT NULL,
        cause TEXT NOT NULL,
        restored INTEGER,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        place TEXT NOT NULL,
        summary TEXT NOT NULL,
        UNIQUE (file, number)
    )
    """,
    """
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        place TEXT NOT NULL,
        action TEXT NOT NULL,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL
    )
    """,
)

PROPOSALS = (
    """
    CREATE TABLE proposals (
        token TEXT PRIMARY KEY,
        file TEXT NOT NULL,
        data BLOB NOT NULL,
        base TEXT NOT NULL,
        cause TEXT NOT NULL,
        restored INTEGER,
        at TEXT NOT NULL,
        actor TEXT NOT NULL
    )
    """,
)

UNANSWERED = (
    """
    CREATE TABLE unanswered (
        id INTEGER PRIMARY KEY,
        folded TEXT NOT NULL UNIQUE,
        question TEXT NOT NULL,
        language TEXT NOT NULL,
        reason TEXT NOT NULL,
        reading TEXT NOT NULL,
        times INTEGER NOT NULL,
        at TEXT NOT NULL,
        done INTEGER NOT NULL DEFAULT 0
    )
    """,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (VERSIONS, PROPOSALS, UNANSWERED)
"""The first leads from an empty file to version 1, each next one a version further."""
