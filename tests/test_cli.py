"""The command line, driven as a shell drives it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[bytes]]

SMALL = """\
plant: {name: Small Works}
as_of: 2020
sources: [{id: book, title: The book}]
models:
  - {name: Blue Engine, code: KX7, quantity: 4321, production: {from: 1950, to: 1953}}
"""
BROKEN = """\
plant: {name: Small Works}
as_of: soon
sources: [{id: book, title: The book}]
models:
  - {name: Blue Engine, quantity: -1}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A knowledge file about another plant."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A knowledge file with two mistakes."""
    file = tmp_path / "broken.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    return file


# -- ask ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "figure"), [("how many i8 Roadsters?", "3,884"), ("wie viele i8 Roadster wurden gebaut?", "3.884")]
)
def test_ask_prints_the_answer_and_its_evidence(werkbot: Run, question: str, figure: str) -> None:
    result = werkbot("ask", question)
    assert (result.returncode, result.stderr) == (0, "")
    assert figure in result.stdout.splitlines()[0]
    assert "i15" in result.stdout
    assert "**" not in result.stdout


def test_a_question_needs_no_quotes(werkbot: Run) -> None:
    assert werkbot("ask", "how", "many", "i8", "Roadsters").stdout == werkbot("ask", "how many i8 Roadsters").stdout


def test_what_is_not_on_the_list_is_not_answered(werkbot: Run) -> None:
    result = werkbot("ask", "how many X3?")
    assert result.returncode == 3
    assert result.stdout.strip()


def test_json_is_the_whole_reply(werkbot: Run) -> None:
    result = werkbot("ask", "--json", "how many i8 Roadsters?")
    reply = json.loads(result.stdout)
    assert reply.keys() == {
        "status", "language", "headline", "details", "table", "reading", "source", "choices", "text",
    }  # fmt: skip
    assert (result.returncode, reply["status"], reply["language"]) == (0, "answered", "en")
    assert all(part in reply["text"] for part in (reply["headline"], reply["reading"], reply["source"]))
    assert "3,884" in reply["headline"]


def test_json_of_what_is_not_answered(werkbot: Run) -> None:
    result = werkbot("ask", "--json", "how many X3?")
    assert result.returncode == 3
    assert json.loads(result.stdout)["status"] != "answered"


@pytest.mark.parametrize("arguments", [("--language", "de", "ask"), ("ask", "--language", "de")])
def test_the_language_of_the_reply_can_be_fixed(werkbot: Run, arguments: tuple[str, ...]) -> None:
    assert "3.884" in werkbot(*arguments, "i8 Roadster").stdout


@pytest.mark.parametrize(
    ("code", "question", "figure"),
    [
        ("de", "how many i8 Roadsters?", "3.884"),
        ("en", "wie viele i8 Roadster wurden gebaut?", "3,884"),
        ("auto", "wie viele i8 Roadster wurden gebaut?", "3.884"),
    ],
)
def test_the_reply_is_in_the_wanted_language_whatever_the_question_is_in(
    werkbot: Run, code: str, question: str, figure: str
) -> None:
    result = werkbot("--language", code, "ask", question)
    assert (result.returncode, figure in result.stdout) == (0, True)


@pytest.mark.parametrize("question", ["how many X1 were sold in France?", "will it rain tomorrow?", "hello"])
def test_also_what_is_no_answer_is_in_the_wanted_language(werkbot: Run, question: str) -> None:
    wanted, own = (json.loads(werkbot("ask", "--json", "--language", code, question).stdout) for code in ("de", "auto"))
    assert wanted["status"] == own["status"] != "answered"
    assert (wanted["language"], own["language"]) == ("de", "en")
    assert wanted["headline"] != own["headline"]


def test_bytes_that_are_no_text_are_a_question_without_an_answer(werkbot: Run) -> None:
    result = werkbot("ask", b"\xff\xfe")
    assert (result.returncode, result.stderr) == (3, "")


@pytest.mark.parametrize(
    "arguments",
    [("ask",), ("ask", "--batch", "how many"), ("ask", "--batch", "--json"), ("ask", "--language", "xx", "q")],
)
def test_wrong_usage(werkbot: Run, arguments: tuple[str, ...]) -> None:
    result = werkbot(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")


def test_an_answer_does_not_wait_for_what_it_does_not_need(start: Start) -> None:
    process = start("ask", "how many i8 Roadsters?", variables={"PYTHONPROFILEIMPORTTIME": "1"})
    _, imports = process.communicate()
    loaded = {line.rsplit(b"|", 1)[-1].strip() for line in imports.splitlines()}
    assert b"bot.cli" in loaded
    assert not loaded & {b"discord", b"prompt_toolkit", b"pydantic_settings", b"rich"}


# -- which facts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("ask", "--knowledge", "small.yaml"), ("--knowledge", "small.yaml", "ask")])
@pytest.mark.usefixtures("small")
def test_another_file_by_option(werkbot: Run, arguments: tuple[str, ...]) -> None:
    result = werkbot(*arguments, "how many KX7?")
    assert (result.returncode, "4,321" in result.stdout) == (0, True)


def test_another_file_by_the_environment(werkbot: Run, small: Path) -> None:
    assert "4,321" in werkbot("ask", "how many KX7?", KNOWLEDGE_FILE=small.name).stdout


def test_another_file_and_language_by_the_environment_file(werkbot: Run, small: Path) -> None:
    (small.parent / ".env").write_text(f"KNOWLEDGE_FILE={small}\nREPLY_LANGUAGE=de\n", encoding="utf-8")
    assert "4.321" in werkbot("ask", "KX7").stdout


def test_the_option_goes_before_the_environment(werkbot: Run, small: Path) -> None:
    result = werkbot("--knowledge", small.name, "ask", "how many KX7?", KNOWLEDGE_FILE="missing.yaml")
    assert "4,321" in result.stdout


def test_nothing_is_answered_from_a_broken_file(werkbot: Run, broken: Path) -> None:
    result = werkbot("ask", "--knowledge", broken.name, "how many Blue Engines?")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("broken.yaml:2:8: ")


def test_a_file_that_is_not_there(werkbot: Run) -> None:
    result = werkbot("ask", "--knowledge", "missing.yaml", "how many?")
    assert (result.returncode, result.stdout) == (2, "")
    assert "missing.yaml" in result.stderr


# -- check and schema -----------------------------------------------------------------------------------------------


def test_check_of_the_facts_that_ship(werkbot: Run) -> None:
    result = werkbot("check")
    assert (result.returncode, result.stdout) == (0, "")
    assert len(result.stderr.splitlines()) == 1


def test_check_shows_all_mistakes_with_their_places(werkbot: Run, broken: Path) -> None:
    result = werkbot("check", broken.name)
    assert result.returncode == 1
    places = re.findall(r"(?m)^broken\.yaml:(\d+):(\d+): \S", result.stdout)
    assert places == [("2", "8"), ("5", "35")]
    assert "-1" in result.stdout


def test_check_in_german(werkbot: Run, broken: Path) -> None:
    in_english, in_german = (werkbot("check", broken.name, "--language", code).stdout for code in ("en", "de"))
    assert len(in_english.splitlines()) == len(in_german.splitlines()) == 2
    assert in_english != in_german


def test_check_of_doubtful_facts_warns(werkbot: Run, small: Path) -> None:
    small.write_text(SMALL.replace("name: Small Works", "name: Small Works, total: 5000"), encoding="utf-8")
    result = werkbot("check", small.name)
    assert result.returncode == 0
    assert len(result.stdout.splitlines()) == 1
    assert "small.yaml:1:" in result.stdout


def test_schema_is_a_json_schema(werkbot: Run) -> None:
    result = werkbot("schema")
    schema = json.loads(result.stdout)
    assert result.returncode == 0
    assert {"plant", "models", "milestones", "facts"} <= schema["properties"].keys()


# -- settings -------------------------------------------------------------------------------------------------------


def test_wrong_settings_are_all_named(werkbot: Run) -> None:
    result = werkbot("--no-preview", LOG_LEVEL="loud", PREVIEW_PORT="70000", ADMINISTRATORS="12, bob")
    assert (result.returncode, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert {line.split()[0] for line in lines} == {"LOG_LEVEL", "PREVIEW_PORT", "ADMINISTRATORS"}
    assert all(found in result.stderr for found in ("loud", "70000", "bob"))
    assert "WARNING" in result.stderr


def test_the_token_is_never_shown(werkbot: Run) -> None:
    result = werkbot(DISCORD_TOKEN="very.secret", LOG_LEVEL="loud")
    assert result.returncode == 2
    assert "very.secret" not in result.stdout + result.stderr


def test_an_unreadable_environment_file(werkbot: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LOG_LEVEL=\xff\n")
    result = werkbot("ask", "how many?")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert ".env" in result.stderr


# -- how it begins and ends -----------------------------------------------------------------------------------------


def test_without_a_token_and_a_browser_it_chats(werkbot: Run) -> None:
    result = werkbot("--no-preview", input=b"how many i8 Roadsters?\n")
    assert result.returncode == 0
    assert "3,884" in result.stdout


def test_version(werkbot: Run) -> None:
    assert re.fullmatch(r"werkbot, version \d+\.\d+\.\d+\n", werkbot("--version").stdout)


def test_help_speaks_the_language_of_the_environment(werkbot: Run) -> None:
    assert "Wissensdatei" in werkbot("--help", LANG="de_DE.UTF-8").stdout
    assert "knowledge file" in werkbot("--help", LANG="fr_FR.UTF-8").stdout


def test_a_reader_that_goes_away_is_no_error(start: Start) -> None:
    process = start("ask", "--batch")
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.stdin.write(b'{"id": 1, "q": "how many i8 Roadsters?"}\n' * 3)
    process.stdin.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


def test_an_interrupt_ends_it_quietly(start: Start) -> None:
    process = start("ask", "--batch")
    assert process.stdin
    assert process.stdout
    process.stdin.write(b'{"id": 1, "q": "how many i8 Roadsters?"}\n')
    process.stdin.flush()
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert errors.strip() == b""
