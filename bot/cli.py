"""The command line: ``werkbot`` starts the bot, ``werkbot ask`` answers here and now.

What only some commands need (Discord, the settings, the console) is imported by these commands: an answer is there
in a moment.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TypeVar

import click
from typing_extensions import override

from bot.languages import AUTOMATIC, DEFAULT, LANGUAGE_CHOICES, Language, languages
from bot.replies.reply import Reply, Status
from bot.replies.terminal import lines_of
from bot.replies.wording_markdown import harmless, plain

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.settings import Settings, WrongSetting
    from knowledge.problems import Problem
    from knowledge.snapshot import Snapshot

FINE = 0
MISTAKES = 1
UNUSABLE = 2
NOT_ANSWERED = 3
YOUNGEST_GENERATION = 50_000
"""New objects before the collector looks at them; Python's own 700 makes it run many times for one answer."""

INTERRUPTED = 130

ENVIRONMENT_FILE = Path(".env")
PREVIEW_MODULES = ("simcord", "linkify_it", "PIL")
"""What the extra ``preview`` brings and no other dependency does."""
LOCALE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

FILE = click.Path(path_type=Path)
CODE = click.Choice(LANGUAGE_CHOICES)

LOADED_LATER = {"doctor": "bot.cli_doctor", "knowledge": "bot.cli_knowledge"}
"""Commands for who looks after the bot, each by its name in a module of its own."""

Command = TypeVar("Command", bound=Callable[..., object])
Read = TypeVar("Read")


def terminal_language(code: str | None = None) -> Language:
    """The language of the terminal's own sentences: ``code``, else what the environment says, else the default."""
    known = languages()
    wishes = (code, *(os.environ.get(name) for name in LOCALE_VARIABLES))
    return next((known[wish[:2]] for wish in wishes if wish and wish[:2] in known), known[DEFAULT])


say = terminal_language().say


# -- the commands ---------------------------------------------------------------------------------------------------


def _inherited(context: click.Context, parameter: click.Parameter, value: object) -> object:
    """The option's value, or the one that stands before the command: ``werkbot --language de ask``."""
    if value is None and context.parent and parameter.name:
        return context.parent.params.get(parameter.name)
    return value


def option(name: str, kind: click.ParamType[object], variable: str | None = None) -> Callable[[Command], Command]:
    """An option of every command; ``variable`` of the environment may give its value too."""
    return click.option(
        f"--{name}",
        type=kind,
        envvar=variable,
        show_envvar=True,
        callback=_inherited,
        help=say(f"terminal.help.{name}"),
    )


class Commands(click.Group):
    """The commands, of which those for administrators are loaded when they are asked for."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *LOADED_LATER])

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LOADED_LATER:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(LOADED_LATER[cmd_name]), cmd_name)
        return command


@click.group(cls=Commands, invoke_without_command=True, help=say("terminal.help.werkbot"))
@option("knowledge", FILE, "KNOWLEDGE_FILE")
@option("language", CODE, "REPLY_LANGUAGE")
@click.option("--no-preview", is_flag=True, help=say("terminal.help.no_preview"))
@click.version_option(package_name="werkbot", prog_name="werkbot", help=say("terminal.help.version"))
@click.pass_context
def werkbot(context: click.Context, knowledge: Path | None, language: str | None, no_preview: bool) -> int:
    """Start the bot if there is no command."""
    return FINE if context.invoked_subcommand else _start(knowledge, language, preview=not no_preview)


@werkbot.command(help=say("terminal.help.ask"))
@option("knowledge", FILE)
@option("language", CODE)
@click.option("--json", "as_json", is_flag=True, help=say("terminal.help.json"))
@click.option("--batch", is_flag=True, help=say("terminal.help.batch"))
@click.argument("question", nargs=-1)
def ask(knowledge: Path | None, language: str | None, as_json: bool, batch: bool, question: tuple[str, ...]) -> int:
    """Answer one question, or with ``--batch`` the one on each line of standard input."""
    for wrong, key in (
        (batch and question, "question_and_batch"),
        (batch and as_json, "json_and_batch"),
        (not (batch or question), "question_missing"),
    ):
        if wrong:
            raise click.UsageError(say(f"terminal.ask.{key}"))
    conversation = _conversation(knowledge)
    if batch:
        from bot.batch import answer_lines

        answer_lines(sys.stdin.buffer, conversation, _wanted(language), terminal_language(language), _write_json)
        return FINE
    reply = conversation.reply(" ".join(question), language=_wanted(language))
    if as_json:
        _write_json(json.dumps(asdict(reply) | {"text": reply.text}, ensure_ascii=False))
    else:
        _show(reply)
    return FINE if reply.status is Status.ANSWERED else NOT_ANSWERED


@werkbot.command(help=say("terminal.help.chat"))
@option("knowledge", FILE)
@option("language", CODE)
def chat(knowledge: Path | None, language: str | None) -> int:
    """Talk with the bot in the terminal."""
    return _chat(_conversation(knowledge), language)


@werkbot.command(help=say("terminal.help.check"))
@option("knowledge", FILE)
@option("language", CODE)
@click.argument("file", type=FILE, required=False)
def check(knowledge: Path | None, language: str | None, file: Path | None) -> int:
    """Validate a knowledge file: its mistakes go to standard output, one on a line."""
    from knowledge.loading import load
    from knowledge.problems import KnowledgeError

    terminal = terminal_language(language)
    target = file or knowledge
    try:
        snapshot = load(target)
    except KnowledgeError as error:
        for problem in error.problems:
            click.echo(problem_line(problem, target, terminal))
        click.echo(
            terminal.say("terminal.check.wrong", file=_name(target, terminal), count=len(error.problems)), err=True
        )
        return MISTAKES
    for problem in snapshot.warnings:
        click.echo(terminal.say("terminal.check.warning", problem=problem_line(problem, target, terminal)))
    held = snapshot.knowledge
    click.echo(
        terminal.say(
            "terminal.check.fine",
            file=_name(target, terminal),
            models=len(held.models),
            milestones=len(held.milestones),
            facts=len(held.facts),
            count=len(snapshot.warnings),
        ),
        err=True,
    )
    return FINE


@werkbot.command(help=say("terminal.help.evaluate"))
@option("knowledge", FILE)
@option("language", CODE)
@click.option("--aside", "part", flag_value="aside", help=say("terminal.help.aside"))
@click.option("--all", "part", flag_value="all", help=say("terminal.help.all"))
@click.option("--json", "output", type=click.Path(path_type=Path, dir_okay=False), help=say("terminal.help.json_file"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def evaluate(
    knowledge: Path | None,
    language: str | None,
    part: Literal["aside", "all"] | None,
    output: Path | None,
    files: tuple[Path, ...],
) -> int:
    """Ask the questions of some files and judge the replies: the status is ``MISTAKES`` if one is wrong."""
    from bot.evaluation.asking import Judged, ask
    from bot.evaluation.judging import Verdict
    from bot.evaluation.questions import QuestionFileError, read_questions
    from bot.evaluation.report import report
    from bot.evaluation.scores import as_json

    terminal = terminal_language(language)
    asked: dict[str, tuple[Judged, ...]] = {}
    try:
        questions = {str(file): read_questions(file, part or "open") for file in files}
    except QuestionFileError as error:
        raise click.UsageError(
            terminal.say("terminal.evaluate.malformed", file=error.file, line=str(error.line), field=error.field)
        ) from None
    conversation = _conversation(knowledge)
    for name, conversations in questions.items():
        asked[name] = tuple(ask(conversations, conversation, _wanted(language)))
        click.echo("\n".join(report(name, asked[name], terminal)) + "\n")
    if output:
        output.write_text(json.dumps(as_json(asked), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return MISTAKES if any(each.verdict is Verdict.WRONG for judged in asked.values() for each in judged) else FINE


@werkbot.command(help=say("terminal.help.schema"))
def schema() -> int:
    """Print the JSON Schema of a knowledge file."""
    from knowledge.schema import json_schema

    _write_json(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return FINE


# -- what they do ---------------------------------------------------------------------------------------------------


def _start(knowledge: Path | None, language: str | None, *, preview: bool) -> int:
    """Run the bot on Discord, in the browser or in the terminal, whichever is there first."""
    from bot.logs import set_up
    from bot.stewardship.steward import Steward
    from bot.store.database import Store, default_path

    settings = settings_here()
    if knowledge:
        settings = settings.model_copy(update={"knowledge_file": knowledge})
    if language:
        settings = settings.model_copy(update={"language": language})
    # Whoever tries the bot here wants to see it, not the log of a Discord that is none.
    quiet = settings.discord_token is None and "log_level" not in settings.model_fields_set
    level = logging.ERROR if quiet else settings.log_level.value
    set_up(settings, level)
    steward = Steward(settings.knowledge_file, Store(settings.store_file or default_path()))
    opened = or_mistakes(steward.open, settings.knowledge_file)
    conversation = _conversation(opened.snapshot, settings)
    if settings.discord_token:
        from bot import client

        return client.run(settings, conversation, opened)
    if preview and all(find_spec(name) for name in PREVIEW_MODULES):
        from bot import preview as browser

        return browser.run(settings, conversation, opened)
    if preview:
        click.echo(terminal_language(language).say("terminal.chat.preview_missing"), err=True)
    return _chat(conversation, settings.language)


def _chat(conversation: Conversation, language: str | None) -> int:
    from bot import console

    return console.run(conversation, _wanted(language), terminal_language(language))


def _conversation(facts: Path | Snapshot | None, settings: Settings | None = None) -> Conversation:
    """The engine over the facts of a file, or over facts that are loaded already."""
    from bot.conversation import Conversation, prepare
    from knowledge.loading import load
    from knowledge.snapshot import Snapshot

    snapshot = facts if isinstance(facts, Snapshot) else or_mistakes(lambda: load(facts), facts)
    prepared = prepare(snapshot, ahead=settings is not None)
    gc.freeze()
    gc.enable()
    if settings is None:
        return Conversation(prepared)
    return Conversation(prepared, limit=settings.conversation_limit, seconds=settings.conversation_seconds)


def or_mistakes(
    read: Callable[[], Read], file: Path | None, status: int = UNUSABLE, terminal: Language | None = None
) -> Read:
    """What is read of a knowledge file; where that has mistakes, these are shown and the program ends."""
    from knowledge.problems import KnowledgeError

    try:
        return read()
    except KnowledgeError as error:
        for problem in error.problems:
            click.echo(problem_line(problem, file, terminal or terminal_language()), err=True)
        raise click.exceptions.Exit(status) from None


def settings_here() -> Settings:
    """The settings; where some are wrong, these are named and the program ends."""
    from bot.settings import SettingsError, read_settings

    try:
        return read_settings()
    except SettingsError as error:
        for wrong in error.wrong:
            click.echo(wrong_setting(wrong, terminal_language()), err=True)
        raise click.exceptions.Exit(UNUSABLE) from None


def _wanted(language: str | None) -> str | None:
    """The language that replies have to be in; none if each question decides."""
    return None if language == AUTOMATIC else language


# -- what they print ------------------------------------------------------------------------------------------------


def _show(reply: Reply) -> None:
    click.echo("\n".join(lines_of(reply)))
    if reply.choices:
        click.echo(languages()[reply.language].say("terminal.choices"))
        for choice in reply.choices:
            click.echo(f"  {plain(choice.question)}")


def _write_json(text: str) -> None:
    """Print JSON, which is UTF-8 wherever it goes; half of a character becomes JSON's own escape for it."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    click.echo(text)


def problem_line(problem: Problem, file: Path | None, terminal: Language) -> str:
    from bot.replies.problems import describe

    return f"{_name(file, terminal)}:{problem.line}:{problem.column}: {describe(problem, terminal)}"


def _name(file: Path | None, terminal: Language) -> str:
    return str(file) if file else terminal.say("terminal.check.built_in")


def wrong_setting(wrong: WrongSetting, terminal: Language) -> str:
    """What is wrong with a setting, and what it has to be."""
    from bot.settings import LogFormat, LogLevel

    choices = {"log_level": tuple(LogLevel), "log_format": tuple(LogFormat), "reply_language": LANGUAGE_CHOICES}
    name = wrong.variable.lower()
    expected = terminal.say(f"terminal.settings.expected.{name}", choices=", ".join(choices.get(name, ())))
    if wrong.found is None:
        return terminal.say("terminal.settings.wrong_secret", variable=wrong.variable, expected=expected)
    return terminal.say(
        "terminal.settings.wrong", variable=wrong.variable, found=harmless(wrong.found), expected=expected
    )


# -- the program ----------------------------------------------------------------------------------------------------


def main() -> NoReturn:
    """Run the command line, and end the process with its status."""
    gc.set_threshold(YOUNGEST_GENERATION)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        _read_environment_file()
        status = werkbot.main(prog_name="werkbot", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    sys.exit(status)


def _read_environment_file() -> None:
    """Let ``.env`` in the working directory set what the environment leaves open."""
    if not ENVIRONMENT_FILE.is_file():
        return
    from dotenv import load_dotenv

    try:
        load_dotenv(ENVIRONMENT_FILE)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise click.UsageError(say("terminal.settings.unreadable", file=ENVIRONMENT_FILE, reason=reason)) from None
