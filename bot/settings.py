"""The settings: read from the environment, which a ``.env`` file in the working directory may have filled.

Importing this module is slow (pydantic-settings), so whatever has to answer fast imports it only when needed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from typing_extensions import override

from bot.languages import AUTOMATIC, LANGUAGE_CHOICES

MAXIMUM_ID = 2**64 - 1
"""Discord's ids are unsigned 64-bit numbers."""

CREDENTIAL = r"[\w-]{18,40}\.[\w-]{6,7}\.[\w-]{27,}"
"""A bot's token: its id in Base64, a time, a signature. Discord documents no more than the first."""


class LogLevel(StrEnum):
    """How much the log says."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"
    CRITICAL = "CRITICAL"

    @classmethod
    @override
    def _missing_(cls, value: object) -> LogLevel | None:
        return cls.__members__.get(str(value).strip().upper())


class LogFormat(StrEnum):
    """What one entry of the log looks like."""

    LINES = "lines"
    JSON = "json"

    @classmethod
    @override
    def _missing_(cls, value: object) -> LogFormat | None:
        return cls.__members__.get(str(value).strip().upper())


def _ids(value: object) -> object:
    """Ids as ``1, 2`` or as the JSON list ``[1, "2"]``; raises ``ValueError``."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    items = json.loads(text) if text.startswith("[") else [item for item in text.split(",") if item.strip()]
    return frozenset(_id(str(item).strip()) for item in items)


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MAXIMUM_ID):
        raise ValueError(text)
    return int(text)


def _optional_id(value: object) -> object:
    return _id(value.strip()) if isinstance(value, str) else value


def _secret(value: object) -> object:
    return value.strip() or None if isinstance(value, str) else value


def _language(value: object) -> object:
    code = value.strip().lower() if isinstance(value, str) else value
    if code not in LANGUAGE_CHOICES:
        raise ValueError(value)
    return code


class Settings(BaseSettings):
    """Every setting of the bot, by the name of its variable in lower case (``language`` is ``REPLY_LANGUAGE``)."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True)

    discord_token: Annotated[SecretStr | None, BeforeValidator(_secret)] = None
    knowledge_file: Annotated[Path, AfterValidator(Path.expanduser)] | None = None
    """None: the facts that ship with the bot."""
    knowledge_watch: bool = False
    """Whether the file is read again whenever it changes on the disk."""
    administrators: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    """Who may replace the knowledge, beside the application's owner or team."""
    administrator_roles: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    """Roles of the home server whose members may do so too."""
    home_server: Annotated[int | None, BeforeValidator(_optional_id)] = None
    """The server that alone has the commands for administrators; none: they are everywhere."""
    store_file: Annotated[Path, AfterValidator(Path.expanduser)] | None = None
    """None: the platform's folder for data."""
    unanswered_days: int = Field(90, ge=0)
    """For so long a question without an answer is kept; zero: not at all."""
    # Not LANGUAGE, which many systems set for gettext to values such as "en_GB:en".
    language: Annotated[str, BeforeValidator(_language)] = Field(AUTOMATIC, validation_alias="REPLY_LANGUAGE")
    """A language's code, or ``auto`` for the language of each question."""
    log_level: LogLevel = LogLevel.INFO
    log_format: LogFormat = LogFormat.LINES
    health_file: Annotated[Path, AfterValidator(Path.expanduser)] | None = None
    """Where the bot writes that it is well; none: nowhere."""
    preview_port: int = Field(0, ge=0, le=65535)
    """Zero: any free port."""
    conversation_seconds: int = Field(900, ge=1)
    conversation_limit: int = Field(10_000, ge=1)
    cooldown_questions: int = Field(10, ge=0)
    """Questions that one person may ask in so many seconds; zero: as many as they like."""
    cooldown_seconds: int = Field(15, ge=1)


VARIABLES = {name: str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()}
"""The variable of each setting."""


@dataclass(frozen=True, slots=True)
class WrongSetting:
    """A variable whose value does not do. ``found`` is none where the value is a secret."""

    variable: str
    found: str | None


class SettingsError(Exception):
    """Settings that cannot be used; ``wrong`` says which."""

    def __init__(self, wrong: tuple[WrongSetting, ...]) -> None:
        super().__init__(", ".join(setting.variable for setting in wrong))
        self.wrong = wrong


def read_settings() -> Settings:
    """The settings as the environment gives them; raises ``SettingsError`` with every variable that is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = {str(item["loc"][0]): _wrong(str(item["loc"][0]), item["input"]) for item in error.errors()}
        raise SettingsError(tuple(wrong.values())) from None
    if settings.administrator_roles and settings.home_server is None:
        raise SettingsError((WrongSetting("HOME_SERVER", ""),))
    return settings


def _wrong(location: str, found: object) -> WrongSetting:
    secret = location == "discord_token"
    return WrongSetting(location.upper(), None if secret else str(found))
