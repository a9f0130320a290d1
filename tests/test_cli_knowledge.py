"""``werkbot knowledge``, driven as a shell drives it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.store import unanswered
from bot.store.database import Store
from bot.store.unanswered import Reason, Unanswered

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[bytes]]

WORKS = """\
plant: {{name: Small Works}}
as_of: 2020
sources: [{{id: book, title: The book}}]
models:
  - {{name: Blue Engine, code: KX7, quantity: {quantity}}}
"""
BROKEN = "plant: {name: Small Works}\nas_of: soon\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The live file."""
    path = tmp_path / "works.yaml"
    path.write_text(WORKS.format(quantity=1), encoding="utf-8")
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The file that is to replace it."""
    path = tmp_path / "new.yaml"
    path.write_text(WORKS.format(quantity=2), encoding="utf-8")
    return path


@pytest.fixture
def knowledge(werkbot: Run, file: Path) -> Run:
    """``werkbot knowledge`` with the file and a store in the folder of the test."""

    def run(*arguments: str, **options: str | bytes) -> subprocess.CompletedProcess[str]:
        return werkbot("knowledge", *arguments, **{"KNOWLEDGE_FILE": file.name, "STORE_FILE": "store.db", **options})

    return run


def test_a_file_is_shown_confirmed_and_written(knowledge: Run, file: Path, new: Path) -> None:
    result = knowledge("replace", new.name, input=b"y\n")
    assert result.returncode == 0
    assert "- Blue Engine (KX7): quantity 1 → 2" in result.stdout.splitlines()
    assert "version 2" in result.stdout
    assert "/knowledge reload" in result.stdout
    assert file.read_bytes() == new.read_bytes()


def test_it_is_said_in_german_too(knowledge: Run, new: Path) -> None:
    result = knowledge("replace", new.name, "--yes", "--language", "de")
    assert "- Blue Engine (KX7): Stückzahl 1 → 2" in result.stdout.splitlines()
    assert "/wissen neu-laden" in result.stdout


@pytest.mark.parametrize("answer", [b"n\n", b""])
def test_without_a_yes_nothing_is_written(knowledge: Run, file: Path, new: Path, answer: bytes) -> None:
    before = file.read_bytes()
    result = knowledge("replace", new.name, input=answer)
    assert (result.returncode, result.stderr) == (1, "Nothing was changed.\n")
    assert file.read_bytes() == before


def test_a_file_with_mistakes_is_not_written(knowledge: Run, file: Path, new: Path) -> None:
    before = file.read_bytes()
    new.write_text(BROKEN, encoding="utf-8")
    result = knowledge("replace", new.name, "--yes")
    assert (result.returncode, result.stdout) == (1, "")
    assert "new.yaml:2:8: as_of" in result.stderr.splitlines()[1]
    assert "erwartet" in knowledge("replace", new.name, "--yes", "--language", "de").stderr
    assert file.read_bytes() == before


def test_a_file_that_is_live_already_is_fine(knowledge: Run, file: Path) -> None:
    result = knowledge("replace", file.name, "--yes")
    assert result.returncode == 0
    assert "live already" in result.stderr


def test_what_changes_while_somebody_thinks_is_not_overwritten(start: Start, file: Path, new: Path) -> None:
    variables = {"KNOWLEDGE_FILE": file.name, "STORE_FILE": "store.db"}
    process = start("knowledge", "replace", new.name, variables=variables)
    assert process.stdout
    while b"quantity 1" not in process.stdout.readline():
        pass
    by_hand = WORKS.format(quantity=7)
    file.write_text(by_hand, encoding="utf-8")
    _, errors = process.communicate(b"y\n")
    assert process.returncode == 1
    assert b"changed the file since" in errors
    assert file.read_text(encoding="utf-8") == by_hand


def test_a_version_comes_back(knowledge: Run, file: Path, new: Path) -> None:
    before = file.read_bytes()
    knowledge("replace", new.name, "--yes")
    result = knowledge("rollback", "1", "--yes")
    assert result.returncode == 0
    assert "quantity 2 → 1" in result.stdout
    assert file.read_bytes() == before
    history = knowledge("history").stdout
    assert re.findall(r"(?m)^Version (\d) \([0-9a-f]{12}\)", history) == ["3", "2", "1"]
    assert "back to version 1" in history
    assert "at the terminal" in history
    assert knowledge("history", "--count", "1").stdout.count("Version") == 1


def test_a_version_that_there_is_not(knowledge: Run) -> None:
    result = knowledge("rollback", "9", "--yes")
    assert (result.returncode, result.stdout) == (2, "")
    assert "no version 9" in result.stderr


def test_download_gives_the_bytes(knowledge: Run, file: Path, new: Path, tmp_path: Path) -> None:
    before = file.read_text(encoding="utf-8")
    knowledge("replace", new.name, "--yes")
    assert knowledge("download").stdout == new.read_text(encoding="utf-8")
    assert knowledge("download", "--version", "1", "old.yaml").returncode == 0
    assert (tmp_path / "old.yaml").read_text(encoding="utf-8") == before


def test_download_to_a_place_that_is_none(knowledge: Run) -> None:
    result = knowledge("download", "missing/old.yaml")
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1


def test_status_of_what_is_in_order(knowledge: Run, new: Path) -> None:
    knowledge("replace", new.name, "--yes")
    result = knowledge("status")
    assert result.returncode == 0
    for expected in ("works.yaml", "1 models", "Version 2, of 2", "The book", "store.db"):
        assert expected in result.stdout
    assert re.search(r"[0-9a-f]{64}", result.stdout)


def test_status_of_a_file_that_was_spoilt(knowledge: Run, file: Path) -> None:
    knowledge("status")
    file.write_text(BROKEN, encoding="utf-8")
    result = knowledge("status")
    assert result.returncode == 1
    assert "answer from version 1, the last good one" in result.stdout
    assert "2:8: as_of" in result.stdout
    assert knowledge("rollback", "1", "--yes").returncode == 0
    assert knowledge("status").returncode == 0


def test_a_bot_starts_from_the_last_good_version(werkbot: Run, knowledge: Run, file: Path) -> None:
    knowledge("status")
    file.write_text(BROKEN, encoding="utf-8")
    variables = {"KNOWLEDGE_FILE": file.name, "STORE_FILE": "store.db"}
    result = werkbot("--no-preview", input=b"how many KX7?\n", **variables)
    assert result.returncode == 0
    assert result.stdout.startswith("1 Blue Engine")
    assert "CRITICAL" in result.stderr
    # Who asks at the terminal is at the file, and has it said instead.
    assert werkbot("ask", "how many KX7?", **variables).returncode == 2


def test_without_a_file_of_ones_own(werkbot: Run, new: Path, tmp_path: Path) -> None:
    for arguments in (("replace", new.name, "--yes"), ("rollback", "1", "--yes"), ("history",)):
        result = werkbot("knowledge", *arguments)
        assert result.returncode == 2
        assert "KNOWLEDGE_FILE" in result.stderr
    assert werkbot("knowledge", "status").returncode == 0
    assert werkbot("knowledge", "download", "facts.yaml").returncode == 0
    assert werkbot("check", "facts.yaml").returncode == 0
    # The store is where the platform keeps a user's data.
    assert (tmp_path / ".local" / "share" / "werkbot" / "werkbot.sqlite3").is_file()


def test_a_store_that_is_none(knowledge: Run, file: Path, new: Path, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("a letter " * 1000, encoding="utf-8")
    before = file.read_bytes()
    assert "The store cannot be used" in (status := knowledge("status")).stdout
    assert status.returncode == 1
    result = knowledge("replace", new.name, "--yes")
    assert result.returncode == 2
    assert "cannot be used" in result.stderr
    assert file.read_bytes() == before
    assert (tmp_path / "store.db").read_text(encoding="utf-8") == "a letter " * 1000


def test_unanswered_questions(knowledge: Run, tmp_path: Path) -> None:
    assert "no open questions" in knowledge("unanswered").stdout
    with Store(tmp_path / "store.db").transaction() as connection:
        for question in ("how many were sold?", "was it red?", "was it red?"):
            unanswered.keep(connection, Unanswered(question, "red", "en", Reason.NOT_PLACED), 90)
    _, first, second = knowledge("unanswered").stdout.splitlines()
    assert "was it red? (2 times" in first
    assert "how many were sold?" in second
    rows = [json.loads(line) for line in knowledge("unanswered", "--json").stdout.splitlines()]
    assert [(row["q"], row["times"]) for row in rows] == [("was it red?", 2), ("how many were sold?", 1)]
    assert "One question is done" in knowledge("unanswered", "--done", rows[0]["id"]).stdout
    assert "was it red?" not in knowledge("unanswered").stdout
    assert "UNANSWERED_DAYS" in knowledge("unanswered", UNANSWERED_DAYS="0").stdout


def test_check_is_the_same_as_without_knowledge(knowledge: Run, werkbot: Run, new: Path) -> None:
    new.write_text(BROKEN, encoding="utf-8")
    first, second = knowledge("check", new.name), werkbot("check", new.name)
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)
    assert first.returncode == 1


def test_the_audit_log(knowledge: Run, new: Path) -> None:
    assert "Nothing is recorded yet" in knowledge("audit").stdout
    knowledge("replace", new.name, input=b"n\n")
    knowledge("replace", new.name, "--yes")
    last, first = knowledge("audit").stdout.splitlines()
    assert "replace · done · version 2" in last
    assert "replace · rejected · not confirmed" in first


def test_a_wrong_setting(knowledge: Run) -> None:
    result = knowledge("status", UNANSWERED_DAYS="many")
    assert (result.returncode, result.stdout) == (2, "")
    assert "UNANSWERED_DAYS" in result.stderr


def test_roles_need_the_server_that_they_are_in(werkbot: Run) -> None:
    result = werkbot("--no-preview", ADMINISTRATOR_ROLES="123")
    assert result.returncode == 2
    assert "HOME_SERVER" in result.stderr
