"""The log: in lines for people or in JSON for programs, and without the secrets of the bot in either.

The JSON is made by python-json-logger, which is kept up and knows what belongs into an entry: tracebacks, what a
library adds, values that JSON has no form for.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from types import TracebackType

from pydantic import SecretStr
from pythonjsonlogger.json import JsonFormatter
from typing_extensions import override

from bot.settings import CREDENTIAL, LogFormat, Settings

LINE = "{asctime} {levelname} {name}: {message}"
FIELDS = "{levelname}{name}{message}"
RENAMED = {"levelname": "level", "name": "logger", "timestamp": "time"}

HIDDEN = "[hidden]"

_SECRETS = re.compile(
    rf"(?<![\w-]){CREDENTIAL}"  # of whatever bot
    r"|(?<=/webhooks/)\d+/[\w-]+|(?<=/interactions/)\d+/[\w-]+"  # who has these may answer in the bot's name
)
"""What is hidden though nobody named it. discord.py logs the addresses of all requests at DEBUG."""


class Hiding(logging.Formatter):
    """Another formatter, without secrets in what it makes: messages, their values and tracebacks alike."""

    def __init__(self, inner: logging.Formatter, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._inner = inner
        # In JSON and in the repr of a text, a sign may be written in another way; in JSON of a repr, in a third one.
        shown = {form for secret in secrets for form in (secret, repr(secret)[1:-1])}
        forms = shown | {json.dumps(form)[1:-1] for form in shown}
        self._forms = sorted(filter(None, forms), key=len, reverse=True)

    @override
    def format(self, record: logging.LogRecord) -> str:
        text = self._inner.format(record)
        for form in self._forms:
            text = text.replace(form, HIDDEN)
        return _SECRETS.sub(HIDDEN, text)


def formatter(kind: LogFormat, token: SecretStr | None) -> logging.Formatter:
    """What makes an entry of the log out of a record."""
    inner: logging.Formatter
    if kind is LogFormat.JSON:
        inner = JsonFormatter(FIELDS, style="{", rename_fields=RENAMED, timestamp=True)
    else:
        inner = logging.Formatter(LINE, style="{")
    return Hiding(inner, (token.get_secret_value(),) if token is not None else ())


def set_up(settings: Settings, level: int | str) -> None:
    """Write the log to standard error from now on, also what ends the program."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(settings.log_format, settings.discord_token))
    logging.basicConfig(level=level, handlers=[handler])
    logging.captureWarnings(capture=True)
    sys.excepthook = _ended


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger(__name__).critical("the program ends by an error", exc_info=(kind, error, trace))
