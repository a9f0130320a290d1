"""The store: from an older one to today's, what is kept in it and for how long, and what it leaves alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import audit, unanswered, versions
from bot.store.audit import Outcome
from bot.store.database import NewerStoreError, Store, StoreError, migrate
from bot.store.migrations import MIGRATIONS
from bot.store.unanswered import LIMIT, Reason, Unanswered
from bot.store.versions import Actor, Cause, Summary

ANN = Actor("1", "2/3")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "deep" / "down" / "werkbot.sqlite3")


def question(text: str, reason: Reason = Reason.NOT_PLACED) -> Unanswered:
    """Somebody's question."""
    return Unanswered(text, "sold", "en", reason)


def asked(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """The open questions and how often they were asked."""
    return ((kept.unanswered.question, kept.times) for kept in unanswered.open_questions(connection))


# -- from version to version ----------------------------------------------------------------------------------------


def version_of(path: Path) -> int:
    """The version of a store's tables."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.parametrize("older", range(len(MIGRATIONS)))
def test_an_older_store_is_brought_up_to_date_and_keeps_what_it_has(tmp_path: Path, older: int) -> None:
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migrate(connection, older)
        if older:
            versions.add(connection, "a.yaml", b"old", ANN, cause=Cause.FOUND, valid=True, summary=Summary())
    assert version_of(path) == older
    with Store(path).transaction() as connection:
        if older:
            assert versions.content(connection, "a.yaml", 1)[1] == b"old"  # type: ignore[index]
        unanswered.keep(connection, question("how many were sold?"), 90)
    assert version_of(path) == len(MIGRATIONS)


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, 1)
    monkeypatch.setattr("bot.store.database.MIGRATIONS", (*MIGRATIONS[:2], ("CREATE TABLE more (id)", "nonsense")))
    with pytest.raises(StoreError), Store(path).transaction():
        pass
    assert version_of(path) == 1
    monkeypatch.undo()
    with Store(path).transaction():
        pass
    assert version_of(path) == len(MIGRATIONS)


def test_a_store_of_a_later_version_is_left_alone(store: Store) -> None:
    with store.transaction():
        pass
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerStoreError, match="99"), store.transaction():
        pass
    assert version_of(store.path) == 99


def test_nobody_else_may_read_the_store(store: Store) -> None:
    with store.transaction():
        assert store.path.stat().st_mode & 0o077 == 0
        assert store.path.parent.stat().st_mode & 0o077 == 0


def test_what_is_begun_and_not_ended_is_not_kept(store: Store) -> None:
    with pytest.raises(KeyError), store.transaction() as connection:  # noqa: PT012 - it is the work that fails
        audit.record(connection, ANN, "upload", Outcome.DONE, "")
        raise KeyError
    with store.transaction() as connection:
        assert audit.latest(connection, 9) == ()


def test_a_store_that_is_locked_is_an_error_with_a_reason(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.database.BUSY_SECONDS", 0)
    with store.transaction(), pytest.raises(StoreError, match="locked"), store.transaction():
        pass


# -- unanswered questions -------------------------------------------------------------------------------------------


def test_the_most_frequent_question_comes_first_whatever_its_capitals(store: Store) -> None:
    with store.transaction() as connection:
        for text in ("how many were sold?", "Was it red?", "was  it RED?"):
            unanswered.keep(connection, question(text), 90)
        assert list(asked(connection)) == [("Was it red?", 2), ("how many were sold?", 1)]


def test_mentions_are_not_kept(store: Store) -> None:
    with store.transaction() as connection:
        unanswered.keep(connection, question("did <@123456789012345678> buy an i3 in <#42>?"), 90)
        ((text, _),) = asked(connection)
    assert not any(digit in text for digit in "123456789") or text.count("3") == 1
    assert "i3" in text


def test_half_a_character_is_no_error(store: Store) -> None:
    with store.transaction() as connection:
        unanswered.keep(connection, question("how many \ud800 were sold?"), 90)
        assert len(list(asked(connection))) == 1


def test_what_is_done_is_gone_until_somebody_asks_again(store: Store) -> None:
    with store.transaction() as connection:
        for _ in range(3):
            unanswered.keep(connection, question("how many were sold?"), 90)
        (kept,) = unanswered.open_questions(connection)
        assert unanswered.mark_done(connection, [kept.id, 999]) == 1
        assert list(asked(connection)) == []
        unanswered.keep(connection, question("how many were sold?"), 90)
        assert list(asked(connection)) == [("how many were sold?", 1)]


def test_old_questions_are_forgotten(store: Store) -> None:
    with store.transaction() as connection:
        unanswered.keep(connection, question("how many were sold?"), 90)
        connection.execute("UPDATE unanswered SET at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-91 days')")
        unanswered.keep(connection, question("was it red?"), 90)
        assert list(asked(connection)) == [("was it red?", 1)]


def test_there_is_an_end_to_them(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert LIMIT >= 1000
    monkeypatch.setattr(unanswered, "LIMIT", 3)
    with store.transaction() as connection:
        for number in range(5):
            unanswered.keep(connection, question(f"was it number {number}?"), 90)
        assert len(list(asked(connection))) == 3
