"""``werkbot knowledge``: what ``/knowledge`` does in Discord, for who can reach the files themselves.

Whoever may write the file here needs no further right, so nothing is refused; but it is recorded, by the user's name.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from bot.cli import CODE, FILE, FINE, MISTAKES, UNUSABLE, option, or_mistakes, say, settings_here, terminal_language
from bot.cli import check as check_file
from bot.replies.wording_markdown import harmless

if TYPE_CHECKING:
    from bot.stewardship.steward import Proposal, Steward
    from bot.stewardship.wording import Style
    from bot.store.versions import Actor
    from knowledge.snapshot import Snapshot

Command = TypeVar("Command", bound=Callable[..., object])

VERSIONS = 10
"""Versions, and lines of the audit log, that are shown if no number is given."""

LINES = 10


def _options(command: Command) -> Command:
    """The options that every command has."""
    return option("knowledge", FILE)(option("language", CODE)(command))


@click.group(help=say("terminal.help.group"))
@_options
def knowledge(knowledge: Path | None, language: str | None) -> None:
    """Only holds the others."""


@knowledge.command(help=say("terminal.help.status"))
@_options
def status(knowledge: Path | None, language: str | None) -> int:
    """How things stand: the status is ``MISTAKES`` if something is out of order."""
    from bot.stewardship.obstacles import ObstacleError
    from bot.stewardship.wording import Status, status_lines
    from bot.store.versions import Version

    steward, style = _steward(knowledge), _style(language)
    opened = or_mistakes(lambda: steward.open(_actor()), knowledge)
    trouble: str | None = None
    count, shown = 0, tuple[Version, ...]()
    try:
        count, shown = steward.history(0, 1)
    except ObstacleError as error:
        trouble = str(error.values.get("reason", error))
    found = Status(
        opened.snapshot,
        steward.path,
        None,
        steward.store.path,
        latest=next(iter(shown), None),
        versions=count,
        fallback=opened.fallback,
        problems=opened.problems,
        trouble=trouble,
    )
    _print(status_lines(found, style))
    return MISTAKES if opened.problems or trouble else FINE


knowledge.add_command(check_file)


@knowledge.command(help=say("terminal.help.replace"))
@_options
@click.option("--yes", is_flag=True, help=say("terminal.help.unasked"))
@click.argument("file", type=FILE)
def replace(knowledge: Path | None, language: str | None, yes: bool, file: Path) -> int:
    """Make a file the live one, after showing what would change."""
    from bot.stewardship.files import read

    steward, style = _steward(knowledge), _style(language)
    with _recorded(steward, "replace", style) as made:
        data, _ = or_mistakes(lambda: read(file), file, MISTAKES, style.language)
        proposal = or_mistakes(lambda: steward.propose(data, _live(steward)), file, MISTAKES, style.language)
        return _change(steward, proposal, style, made, yes=yes)


@knowledge.command(help=say("terminal.help.rollback"))
@_options
@click.option("--yes", is_flag=True, help=say("terminal.help.unasked"))
@click.argument("version", type=click.IntRange(1))
def rollback(knowledge: Path | None, language: str | None, yes: bool, version: int) -> int:
    """Bring a version back, after showing what would change."""
    steward, style = _steward(knowledge), _style(language)
    with _recorded(steward, "rollback", style) as made:
        proposal = or_mistakes(lambda: steward.restore(version, _live(steward)), None, MISTAKES, style.language)
        return _change(steward, proposal, style, made, yes=yes)


@knowledge.command(help=say("terminal.help.download"))
@_options
@click.option("--version", type=click.IntRange(1), help=say("terminal.help.which_version"))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default="-")
def download(knowledge: Path | None, language: str | None, version: int | None, target: Path) -> int:
    """Write the bytes of the live file, or of a version, to a file or to standard output."""
    steward, style = _steward(knowledge), _style(language)
    with _recorded(steward, "download", style) as made:
        if version is None:
            data = steward.live(or_mistakes(lambda: steward.open(_actor()), knowledge).snapshot)
        else:
            _, data = steward.version(version)
            made.append(f"version {version}")
        if str(target) == "-":
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        else:
            try:
                target.write_bytes(data)
            except OSError as error:
                raise click.FileError(str(target), error.strerror) from None
    return FINE


@knowledge.command(help=say("terminal.help.history"))
@_options
@click.option("--count", type=click.IntRange(1), default=VERSIONS, help=say("terminal.help.count"), show_default=True)
def history(knowledge: Path | None, language: str | None, count: int) -> int:
    """The versions, the latest first."""
    from bot.stewardship.obstacles import Obstacle, ObstacleError
    from bot.stewardship.wording import version_lines

    steward, style = _steward(knowledge), _style(language)
    with _told(style):
        if steward.path is None:
            raise ObstacleError(Obstacle.NO_FILE)
        found, shown = steward.history(0, count)
        heading = style.say("history.heading", count=found) if found else style.say("history.none")
        _print([heading, *(line for version in shown for line in version_lines(version, style, LINES))])
    return FINE


@knowledge.command(help=say("terminal.help.unanswered"))
@_options
@click.option("--json", "as_json", is_flag=True, help=say("terminal.help.unanswered_json"))
@click.option("--done", type=click.IntRange(1), multiple=True, help=say("terminal.help.done"))
def unanswered(knowledge: Path | None, language: str | None, as_json: bool, done: tuple[int, ...]) -> int:
    """The questions without an answer, the most frequent first; or mark some as done."""
    from bot.stewardship.records import mark_done, open_questions
    from bot.stewardship.wording import question_file, question_line

    steward, style, days = _steward(knowledge), _style(language), settings_here().unanswered_days
    if done:
        with _recorded(steward, "unanswered done", style) as made:
            made.append(", ".join(map(str, done)))
            click.echo(style.say("unanswered.done", count=mark_done(steward.store, done)))
        return FINE
    with _told(style):
        questions = open_questions(steward.store, days)
        if as_json:
            click.echo(question_file(questions), nl=False)
        elif questions:
            heading = style.say("unanswered.heading", count=len(questions))
            _print([heading, *(question_line(kept, style) for kept in questions)])
        else:
            click.echo(style.say("unanswered.none" if days else "unanswered.switched_off"))
    return FINE


@knowledge.command(help=say("terminal.help.audit"))
@_options
@click.option("--count", type=click.IntRange(1), default=VERSIONS, help=say("terminal.help.count"), show_default=True)
def audit(knowledge: Path | None, language: str | None, count: int) -> int:
    """Who did or tried what, the latest first."""
    from bot.stewardship.records import attempts
    from bot.stewardship.wording import attempt_line

    steward, style = _steward(knowledge), _style(language)
    with _told(style):
        found = attempts(steward.store, count)
        _print([attempt_line(attempt, style) for attempt in found] or [style.say("audit.none")])
    return FINE


# -- what they share ------------------------------------------------------------------------------------------------


def _steward(file: Path | None) -> Steward:
    from bot.stewardship.steward import Steward
    from bot.store.database import Store, default_path

    return Steward(file, Store(settings_here().store_file or default_path()))


def _live(steward: Steward) -> Snapshot | None:
    """What a bot that starts now would answer from; none if there is nothing."""
    from knowledge.problems import KnowledgeError

    try:
        return steward.open(_actor()).snapshot
    except KnowledgeError:
        return None


def _change(steward: Steward, proposal: Proposal, style: Style, made: list[str], *, yes: bool) -> int:
    """Show what would change, ask, and do it."""
    from bot.stewardship.wording import change_lines, reload_command, warning_lines

    found = proposal.changes
    key = "first" if proposal.live is None else "proposed" if found else "text_only"
    lines = [
        style.say(f"change.{key}", count=len(found)),
        *(f"- {line}" for line in change_lines(found, style.language)),
    ]
    if proposal.overwrites:
        lines.append(style.say("change.overwrites"))
    _print([*lines, *warning_lines(proposal.snapshot, style)])
    if not yes and not _confirmed(style.say("change.prompt")):
        click.echo(style.say("change.kept"), err=True)
        made.append("not confirmed")
        raise click.exceptions.Exit(MISTAKES)
    number = steward.publish(proposal, _actor())
    made.append(f"version {number} {proposal.snapshot.sha256}")
    click.echo(style.say("change.written", number=number, reload=reload_command(style.language)))
    return FINE


def _confirmed(question: str) -> bool:
    try:
        return click.confirm(question)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        return False  # nobody is there to be asked


@contextmanager
def _recorded(steward: Steward, action: str, style: Style) -> Iterator[list[str]]:
    """Record what is done, with the details that are added to the list, however it ends."""
    from bot.stewardship.obstacles import ObstacleError
    from bot.stewardship.records import record
    from bot.stewardship.wording import obstacle_text
    from bot.store.audit import Outcome

    details: list[str] = []
    outcome = Outcome.FAILED
    try:
        with _told(style, details):
            yield details
        outcome = Outcome.DONE
    except click.exceptions.Exit:
        outcome = Outcome.REJECTED
        raise
    finally:
        try:
            record(steward.store, _actor(), action, outcome, ", ".join(details))
        except ObstacleError as error:
            click.echo(obstacle_text(error, style), err=True)


@contextmanager
def _told(style: Style, details: list[str] | None = None) -> Iterator[None]:
    """Say what keeps something from being done, and end the program with the status for it."""
    from bot.stewardship.obstacles import Obstacle, ObstacleError
    from bot.stewardship.wording import obstacle_text

    statuses = {Obstacle.SAME: FINE, Obstacle.MOVED: MISTAKES}
    try:
        yield
    except ObstacleError as error:
        if details is not None:
            details.append(error.obstacle.value)
        click.echo(obstacle_text(error, style), err=True)
        raise click.exceptions.Exit(statuses.get(error.obstacle, UNUSABLE)) from None


def _actor() -> Actor:
    from bot.stewardship.wording import TERMINAL
    from bot.store.versions import Actor

    try:
        return Actor(getpass.getuser(), TERMINAL)
    except (KeyError, OSError):  # a user without a name, as in some containers
        return Actor(str(os.getuid()), TERMINAL)


def _style(language: str | None) -> Style:
    """How a terminal shows people, times and what people wrote."""
    from bot.stewardship.wording import Style

    terminal = terminal_language(language)
    return Style(terminal, lambda person: terminal.say("stewardship.actors.discord", id=person), _time, harmless)


def _time(when: datetime) -> str:
    return when.astimezone().replace(tzinfo=None).isoformat(" ", "minutes")


def _print(lines: list[str]) -> None:
    click.echo("\n".join(lines))
