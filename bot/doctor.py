"""What may be wrong with a bot before it starts, found without a network and without changing anything."""

from __future__ import annotations

import base64
import binascii
import errno
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dotenv import dotenv_values
from pydantic import SecretStr
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.cli import ENVIRONMENT_FILE, wrong_setting
from bot.languages import Language
from bot.replies.wording_markdown import harmless
from bot.settings import CREDENTIAL, VARIABLES, Settings, SettingsError, read_settings
from bot.stewardship.wording import problem_line
from bot.store.database import BUSY_SECONDS, NewerStoreError, default_path
from bot.store.migrations import MIGRATIONS
from knowledge.loading import load
from knowledge.problems import KnowledgeError

ALIKE = 0.75
"""How much of a name has to agree for it to be a misspelt one: one letter in four may be wrong."""


class Level(StrEnum):
    """How grave a finding is."""

    FINE = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing, and what to do; nothing if nothing is to be done."""

    check: str
    level: Level
    message: str
    advice: str = ""


class Doctor:
    """Looks at one installation and words what is found in one language."""

    def __init__(self, language: Language, knowledge: Path | None = None) -> None:
        """``knowledge``: the knowledge file, if the command line names one."""
        self._language = language
        self._knowledge = knowledge

    def findings(self) -> Iterator[Finding]:
        """All that is looked at, in order."""
        settings, wrong = _settings()
        yield from self._settings(wrong)
        yield from self._names()
        yield self._token(settings.discord_token, wrong)
        file = self._knowledge or settings.knowledge_file
        yield from self._facts(file)
        yield from self._folder(file, watched=settings.knowledge_watch)
        yield self._store(settings.store_file or default_path())
        if settings.health_file is not None:
            yield self._health(settings.health_file)

    def _found(self, check: str, level: Level, key: str, advice: str = "", **values: object) -> Finding:
        said = {name: harmless(str(value)) if isinstance(value, Path) else value for name, value in values.items()}
        say = self._language.say
        todo = say(f"terminal.doctor.{check}.{advice}", **said) if advice else ""
        return Finding(check, level, say(f"terminal.doctor.{check}.{key}", **said), todo)

    def _settings(self, wrong: SettingsError | None) -> Iterator[Finding]:
        if wrong is None:
            yield self._found("settings", Level.FINE, "fine")
            return
        advice = self._language.say("terminal.doctor.settings.correct", file=ENVIRONMENT_FILE)
        for setting in wrong.wrong:
            yield Finding("settings", Level.PROBLEM, wrong_setting(setting, self._language), advice)

    def _names(self) -> Iterator[Finding]:
        here = dotenv_values(ENVIRONMENT_FILE) if ENVIRONMENT_FILE.is_file() else {}
        for name, meant in misspelt({**os.environ, **here}).items():
            yield self._found("names", Level.PROBLEM, "misspelt", "rename", name=harmless(name), meant=meant)

    def _token(self, token: SecretStr | None, wrong: SettingsError | None) -> Finding:
        if token is None:
            if wrong is not None and any(setting.variable == "DISCORD_TOKEN" for setting in wrong.wrong):
                return self._found("token", Level.PROBLEM, "shape", "fetch")
            return self._found("token", Level.FINE, "none")
        if not is_token(token.get_secret_value()):
            return self._found("token", Level.PROBLEM, "shape", "fetch")
        return self._found("token", Level.FINE, "fine")

    def _facts(self, file: Path | None) -> Iterator[Finding]:
        try:
            snapshot = load(file)
        except KnowledgeError as error:
            for problem in error.problems:
                message = f"{harmless(str(file))}: {harmless(problem_line(problem, self._language))}"
                advice = self._language.say("terminal.doctor.knowledge.correct")
                yield Finding("knowledge", Level.PROBLEM, message, advice)
            return
        count = len(snapshot.knowledge.models)
        name = file if file is not None else self._language.say("terminal.check.built_in")
        yield self._found("knowledge", Level.FINE, "fine", file=name, count=count)
        for problem in snapshot.warnings:
            message = harmless(problem_line(problem, self._language))
            yield Finding("knowledge", Level.WARNING, message, self._language.say("terminal.doctor.knowledge.doubtful"))

    def _folder(self, file: Path | None, *, watched: bool) -> Iterator[Finding]:
        if file is None:
            if watched:
                yield self._found("folder", Level.WARNING, "unwatched", "name_file")
            return
        folder = file.resolve().parent
        if not folder.is_dir():
            return  # the check of the file itself has said so
        if os.access(folder, os.W_OK | os.X_OK):
            yield self._found("folder", Level.FINE, "fine", folder=folder)
        else:
            yield self._found("folder", Level.WARNING, "unwritable", "allow", folder=folder)

    def _store(self, path: Path) -> Finding:
        trouble = store_trouble(path)
        if trouble is None:
            return self._found("store", Level.FINE, "fine", file=path)
        return self._found("store", Level.PROBLEM, "unusable", "allow", file=path, reason=harmless(trouble))

    def _health(self, path: Path) -> Finding:
        if path.parent.is_dir() and os.access(path.parent, os.W_OK | os.X_OK) and not path.is_dir():
            return self._found("health", Level.FINE, "fine", file=path)
        return self._found("health", Level.PROBLEM, "unwritable", "allow", file=path)


def is_token(text: str) -> bool:
    """Whether a text has the shape of a bot's token. Only Discord knows whether it is one."""
    if re.fullmatch(CREDENTIAL, text, re.ASCII) is None:
        return False
    identifier = text.partition(".")[0]
    try:
        return base64.urlsafe_b64decode(identifier + "=" * (-len(identifier) % 4)).isdigit()
    except binascii.Error:
        return False


def misspelt(names: Mapping[str, object]) -> dict[str, str]:
    """Names of variables that are none of ours but nearly so, each with the one that is meant."""
    ours = list(VARIABLES.values())
    found = {}
    for name in names:
        # Case makes no difference to settings.
        if name.upper() in ours:
            continue
        nearest = process.extractOne(name.upper(), ours, scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
        if nearest is not None:
            found[name] = str(nearest[0])
    return dict(sorted(found.items()))


def store_trouble(path: Path) -> str | None:
    """Why the store could not be used; none if it could. Makes and changes nothing, whoever asks."""
    if not path.exists():
        folder = next(parent for parent in path.absolute().parents if parent.exists())
        usable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
        return None if usable else f"{folder}: {os.strerror(errno.EACCES)}"
    try:
        if not os.access(path.parent, os.W_OK | os.X_OK) or not os.access(path, os.W_OK):
            return os.strerror(errno.EACCES)
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", timeout=BUSY_SECONDS, uri=True, isolation_level=None)
        ) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > len(MIGRATIONS):
                return str(NewerStoreError(version))
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
    except (sqlite3.Error, OSError) as error:
        return str(error)
    return None


def _settings() -> tuple[Settings, SettingsError | None]:
    """The settings, and what is wrong with them; a wrong one has its default, so that all else can be looked at."""
    try:
        return read_settings(), None
    except SettingsError as error:
        wrong = {setting.variable for setting in error.wrong}
        fields = Settings.model_fields
        defaults = {name: fields[name].default for name, variable in VARIABLES.items() if variable in wrong}
        return Settings(**defaults), error
