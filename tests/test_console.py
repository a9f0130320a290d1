"""The console chat: in a real terminal by a pseudo-terminal, and line by line in a pipe."""

from __future__ import annotations

import os
import pty
import select
import stat
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.console import Names, table_lines
from bot.conversation import Conversation, prepare
from bot.replies.reply import Table
from knowledge.loading import load

Run = Callable[..., subprocess.CompletedProcess[str]]

PATIENCE = 60.0
"""Seconds in which the terminal has to show what a test waits for."""

PROMPT = ">"
END_OF_INPUT = b"\x04"
INTERRUPT = b"\x03"


class Terminal:
    """The program in a terminal of its own."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.screen = b""
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (40, 120))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env=environment | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._ours, keys)

    def wait_for(self, text: str) -> None:
        """Read until the terminal has shown ``text`` since the last time."""
        deadline = time.monotonic() + PATIENCE
        while text.encode() not in self.screen:
            ready, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{text!r} did not appear: {self.screen.decode(errors='replace')}"
            self.screen += os.read(self._ours, 4096)
        self.screen = self.screen.split(text.encode(), 1)[1]

    def close(self) -> int:
        """The exit status."""
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            os.close(self._ours)


@pytest.fixture
def terminal(environment: dict[str, str], tmp_path: Path) -> Terminal:
    """A chat in a terminal."""
    return Terminal(environment, tmp_path)


@pytest.fixture(scope="module")
def names() -> Names:
    """The completer over the facts that ship."""
    return Names(Conversation(prepare(load())))


def test_a_chat_answers_and_goes_on_until_the_end_of_input(terminal: Terminal) -> None:
    terminal.wait_for(PROMPT)
    terminal.type(b"how many i8 Roadsters?\r")
    terminal.wait_for("3,884")
    terminal.wait_for(PROMPT)
    terminal.type(b"not this one" + INTERRUPT)
    terminal.wait_for(PROMPT)
    terminal.type(b"and the i3?\r")
    terminal.wait_for("250,271")
    terminal.wait_for(PROMPT)
    terminal.type(END_OF_INPUT)
    assert terminal.close() == 0


def test_what_was_typed_is_kept_for_the_next_chat_and_for_nobody_else(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for(PROMPT)
    terminal.type(b"how many i8 Roadsters?\r")
    terminal.wait_for("3,884")
    terminal.wait_for(PROMPT)
    terminal.type(END_OF_INPUT)
    assert terminal.close() == 0
    history = tmp_path / "state" / "werkbot" / "history"
    assert "how many i8 Roadsters?" in history.read_text(encoding="utf-8")
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


def test_a_chat_works_where_nothing_can_be_kept(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    terminal = Terminal(environment, tmp_path)
    terminal.wait_for(PROMPT)
    terminal.type(b"how many i8 Roadsters?\r")
    terminal.wait_for("3,884")
    terminal.wait_for(PROMPT)
    terminal.type(END_OF_INPUT)
    assert terminal.close() == 0


def test_a_pipe_is_answered_line_by_line(werkbot: Run) -> None:
    result = werkbot("chat", input=b"how many i8 Roadsters?\n\nand the i3?\n\xff\n")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.index("3,884") < result.stdout.index("250,271")


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("how many i8 ro", "how many i8 Roadster"),
        ("when was the f8", "when was the F87"),
        ("1 series thr", "1 Series Three-Door"),
        ("who got 2000", "who got 2000000"),
    ],
)
def test_names_codes_and_milestones_are_completed(names: Names, typed: str, completed: str) -> None:
    completions = names.get_completions(Document(typed), CompleteEvent())
    assert completed in [typed[: len(typed) + each.start_position] + each.text for each in completions]


def test_nothing_is_completed_where_no_name_begins(names: Names) -> None:
    assert not list(names.get_completions(Document("how many roadsterx"), CompleteEvent()))
    assert not list(names.get_completions(Document("how many "), CompleteEvent()))


def test_a_table_is_aligned_and_shows_names_as_they_are() -> None:
    heading, first, second = table_lines(
        Table(("Name", "Built"), ((r"A\*[bold]x", "7"), ("Longer name than the other", "12,345")))
    )
    assert first.split() == ["A*[bold]x", "7"]
    assert len({line.rindex(end) + len(end) for line, end in ((first, "7"), (second, "12,345"))}) == 1
    assert heading.split()[-1:] != ["7"]
