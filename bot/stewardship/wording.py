"""What became of the knowledge, in words, for Discord and the terminal alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.languages import Language, languages
from bot.replies.changes import describe_change
from bot.replies.problems import describe
from bot.stewardship.obstacles import Obstacle, ObstacleError
from bot.store.audit import Attempt
from bot.store.unanswered import Kept
from bot.store.versions import Actor, Summary, Version
from knowledge.changes import Change
from knowledge.problems import Problem
from knowledge.snapshot import Snapshot

KEPT_LINES = 20
"""So many changes of a version are kept in words; the bytes of the file tell the rest."""

SHORT_DIGEST = 12

TERMINAL = "terminal"
"""The place of who uses the command line."""

WATCH = "watch"
"""The place of the bot itself where it watches the file."""


@dataclass(frozen=True)
class Style:
    """How a channel writes: ``person`` somebody in Discord by the id, ``when`` a time, ``text`` what people wrote."""

    language: Language
    person: Callable[[str], str]
    when: Callable[[datetime], str]
    text: Callable[[str], str]

    def say(self, key: str, **values: object) -> str:
        """A sentence of this part of the bot."""
        return self.language.say(f"stewardship.{key}", **values)

    def who(self, actor: Actor) -> str:
        """Who did something."""
        match actor.place:
            case "start" | "disk" | "watch":
                return self.say(f"actors.{actor.place}")
            case terminal if terminal == TERMINAL:
                return self.say("actors.terminal", name=self.text(actor.name))
            case _:
                return self.person(actor.name)


@dataclass(frozen=True)
class Status:
    """How things stand.

    ``problems`` and ``fallback`` as in ``Opened``; ``on_disk``: whether the file is the one that is answered from;
    ``latest``, of so many ``versions``; ``loaded_by`` is none where no bot runs; ``trouble``: why the store cannot be
    used.
    """

    snapshot: Snapshot
    path: Path | None
    loaded_by: Actor | None
    store: Path
    on_disk: bool = True
    latest: Version | None = None
    versions: int = 0
    fallback: int | None = None
    problems: tuple[Problem, ...] = ()
    trouble: str | None = None


def summarise(changes: Sequence[Change]) -> Summary:
    """The changes as they are kept with a version."""
    first = changes[:KEPT_LINES]
    return Summary(len(changes), {code: tuple(change_lines(first, language)) for code, language in languages().items()})


def status_lines(status: Status, style: Style) -> list[str]:
    """How things stand, what is out of order first."""
    snapshot, say = status.snapshot, style.say
    held = snapshot.knowledge
    lines = []
    if status.fallback is not None:
        lines.append(say("status.fallback", number=status.fallback))
    elif status.problems:
        lines.append(say("status.kept", count=len(status.problems)))
    lines += [f"- {style.text(problem_line(problem, style.language))}" for problem in status.problems]
    if not status.on_disk and not status.problems:
        lines.append(say("status.differs", reload=reload_command(style.language)))
    if status.trouble is not None:
        lines.append(say("status.trouble", reason=style.text(status.trouble)))
    lines += [
        say("status.file", file=style.text(str(status.path))) if status.path else say("status.built_in"),
        say("status.digest", digest=snapshot.sha256),
        say("status.counts", models=len(held.models), milestones=len(held.milestones), facts=len(held.facts)),
        say("status.source", title=style.text(held.sources[0].title), as_of=held.as_of),
    ]
    if status.loaded_by is not None:
        lines.append(say("status.loaded", when=style.when(snapshot.loaded_at), who=style.who(status.loaded_by)))
    if status.latest is not None:
        known = status.latest
        made = " · ".join((style.when(known.at), _cause(known, style), style.who(known.actor)))
        lines.append(say("status.version", number=known.number, count=status.versions, made=made))
    lines.append(say("status.store", file=style.text(str(status.store))))
    return [*lines, *warning_lines(snapshot, style)]


def warning_lines(snapshot: Snapshot, style: Style) -> list[str]:
    """What is doubtful about the facts; nothing if nothing is."""
    if not snapshot.warnings:
        return []
    listed = [f"- {style.text(problem_line(problem, style.language))}" for problem in snapshot.warnings]
    return [style.say("warnings", count=len(listed)), *listed]


def problem_line(problem: Problem, language: Language) -> str:
    """A problem with its place in the file; without one if it is of the file as a whole."""
    said = describe(problem, language)
    anywhere = not problem.where and (problem.line, problem.column) == (1, 1)
    return said if anywhere else f"{problem.line}:{problem.column}: {said}"


def change_lines(changes: Sequence[Change], language: Language) -> list[str]:
    """Each change in a line, as the file calls things."""
    return [describe_change(change, language) for change in changes]


def version_lines(version: Version, style: Style, most: int) -> list[str]:
    """A version: its number, when, how and by whom, and the first of what changed."""
    say = style.say
    parts = [style.when(version.at), _cause(version, style), style.who(version.actor)]
    if not version.valid:
        parts.append(say("history.invalid"))
    known = version.summary.lines or {}
    lines = known.get(style.language.code) or next(iter(known.values()), ())
    shown = [f"- {style.text(line)}" for line in lines[:most]]
    rest = version.summary.count - len(shown)
    more = [f"- {say('history.more', count=rest)}"] if rest > 0 else []
    heading = say("history.version", number=version.number, digest=version.sha256[:SHORT_DIGEST])
    return [f"{heading} · {' · '.join(parts)}", *shown, *more]


def _cause(version: Version, style: Style) -> str:
    return style.say(f"causes.{version.cause.value}", number=version.restored or 0)


def question_line(kept: Kept, style: Style) -> str:
    """A question that was not answered, how often, and what it was taken for."""
    asked = kept.unanswered
    detail = style.say(f"unanswered.{asked.reason.value}", reading=style.text(asked.reading))
    return style.say(
        "unanswered.question", id=kept.id, count=kept.times, question=style.text(asked.question), why=detail
    )


def question_file(questions: Sequence[Kept]) -> str:
    """All of them as JSON Lines, which ``werkbot evaluate`` reads once somebody has added what a right reply holds."""
    rows = (
        {
            "id": str(kept.id),
            "q": kept.unanswered.question,
            "times": kept.times,
            "why": kept.unanswered.reason.value,
            "reading": kept.unanswered.reading,
            "language": kept.unanswered.language,
            "last": kept.at.isoformat(),
        }
        for kept in questions
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def attempt_line(attempt: Attempt, style: Style) -> str:
    """One line of the audit log; actions and outcomes as the log calls them."""
    place = "" if attempt.actor.place in (TERMINAL, WATCH) else attempt.actor.place
    who, detail = style.who(attempt.actor), style.text(attempt.detail)
    parts = (style.when(attempt.at), who, place, attempt.action, attempt.outcome.value, detail)
    return " · ".join(part for part in parts if part)


def obstacle_text(error: ObstacleError, style: Style) -> str:
    """Why a change is not made, and what to do."""
    values = {
        name: style.text(str(value)) if isinstance(value, (str, Path)) else value
        for name, value in error.values.items()
    }
    if error.obstacle is Obstacle.RELOAD_FIRST:
        values["reload"] = reload_command(style.language)
    return style.say(f"obstacles.{error.obstacle.value}", **values)


def reload_command(language: Language) -> str:
    """What the command in Discord is called that makes a running bot read the file."""
    name, reload = (language.say(f"discord.commands.knowledge.{key}") for key in ("name", "reload.name"))
    return f"/{name} {reload}"
