"""The console chat: the bot in a terminal, with history, completion of names and readable tables."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from platformdirs import user_state_path
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text
from typing_extensions import override

from bot.conversation import Conversation, Speaker
from bot.languages import Language, languages
from bot.replies.reply import Reply, Table
from bot.replies.terminal import lines_of
from bot.replies.wording_markdown import plain
from knowledge.schema import Knowledge

SPEAKER = Speaker("console", "console")

NAME_WORDS = 8
"""Words of the longest name that is completed."""


def run(conversation: Conversation, language: str | None, terminal: Language) -> int:
    """Answer what is typed until the end of input, and return the exit status.

    ``language`` none: each question's own; ``terminal`` is the language of the chat's own sentences.
    """
    if not sys.stdin.isatty():
        for line in sys.stdin.buffer:
            question = line.decode("utf-8", "replace").strip()
            if question:
                click.echo("\n".join([*lines_of(conversation.reply(question, SPEAKER, language)), ""]))
        return 0
    session: PromptSession[str] = PromptSession(
        history=history(user_state_path("werkbot")),
        completer=Names(conversation),
        auto_suggest=AutoSuggestFromHistory(),
    )
    click.echo(terminal.say("terminal.chat.welcome", plant=plain(conversation.snapshot.knowledge.plant.name)))
    choices: tuple[str, ...] = ()
    while (typed := _typed(session, terminal)) is not None:
        if typed:
            reply = conversation.reply(_chosen(typed, choices), SPEAKER, language)
            show(reply)
            choices = tuple(choice.question for choice in reply.choices)
    return 0


def _typed(session: PromptSession[str], terminal: Language) -> str | None:
    """What the person typed, nothing after Ctrl-C, and none at the end of input."""
    try:
        return session.prompt(terminal.say("terminal.chat.prompt")).strip()
    except KeyboardInterrupt:
        return ""
    except EOFError:
        return None


def _chosen(typed: str, choices: tuple[str, ...]) -> str:
    """The choice whose number was typed, or what was typed itself."""
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1]
    return typed


def history(folder: Path) -> History:
    """What was typed in earlier chats, kept in ``folder``; where that cannot be written, only until this chat ends."""
    file = folder / "history"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(file)


# -- completion -----------------------------------------------------------------------------------------------------


class Names(Completer):
    """Completes the names, codes and milestones of the live knowledge."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    @override
    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Names that begin with the last words before the cursor, those that match the most words first."""
        names = names_of(self._conversation.snapshot.knowledge)
        seen: set[str] = set()
        for typed in _endings(document.current_line_before_cursor):
            for name in names:
                if name not in seen and name.casefold().startswith(typed.casefold()):
                    seen.add(name)
                    yield Completion(name, start_position=-len(typed))


def _endings(text: str) -> Iterator[str]:
    """The last words of a text, most first: of "how many a b" also "many a b", "a b", "b"."""
    starts = [
        place for place in range(len(text)) if not text[place].isspace() and text[place - 1 : place].strip() == ""
    ]
    return (text[start:] for start in starts[-NAME_WORDS:])


def names_of(knowledge: Knowledge) -> tuple[str, ...]:
    """What can be completed, each once, in alphabetical order."""
    models = (
        text
        for model in knowledge.models
        for text in (model.name, model.title, model.code, model.brand, model.series, model.body, *model.aliases)
    )
    milestones = (str(milestone.number) for milestone in knowledge.milestones)
    return tuple(sorted({plain_name for plain_name in (*models, *milestones) if plain_name}, key=str.casefold))


# -- showing --------------------------------------------------------------------------------------------------------


def show(reply: Reply) -> None:
    """Print a reply, its evidence as a table if it has one, and numbers to pick from if it is ambiguous."""
    evidence = None if reply.table is None else table_lines(reply.table)
    click.echo("\n".join(lines_of(reply, evidence)))
    if reply.choices:
        click.echo(languages()[reply.language].say("terminal.choices"))
        for number, choice in enumerate(reply.choices, start=1):
            click.echo(f"  {number}  {plain(choice.question)}")
    click.echo()


def table_lines(table: Table) -> tuple[str, ...]:
    """A table as lines for a terminal; columns of figures are aligned at the right."""
    shown = RichTable(box=None, pad_edge=False, header_style="bold")
    for heading, cells in zip(table.columns, zip(*table.rows, strict=True), strict=True):
        shown.add_column(Text(plain(heading)), justify="right" if _figures(cells) else "left", overflow="fold")
    for row in table.rows:
        shown.add_row(*(Text(plain(cell)) for cell in row))
    console = Console()
    with console.capture() as capture:
        console.print(shown)
    return tuple(capture.get().rstrip("\n").split("\n"))


def _figures(cells: Iterable[str]) -> bool:
    return all(cell[:1].isdigit() and cell.upper() == cell.lower() for cell in cells)
