"""The log: its two forms, and that the token is in neither."""

from __future__ import annotations

import io
import json
import logging

import pytest
from discord.http import Route
from pydantic import SecretStr

from bot.logs import HIDDEN, formatter
from bot.settings import LogFormat

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB"
ODD = 'no "token" at\\all ü'
"""What somebody may have pasted instead."""


@pytest.fixture(params=LogFormat)
def kind(request):
    return request.param


def logged(kind, secret, message, *values, error=None):
    """What comes out of one entry."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(kind, SecretStr(secret) if secret else None))
    record = logging.LogRecord("bot.x", logging.INFO, __file__, 1, message, values, None)
    if error is not None:
        record.exc_info = (type(error), error, error.__traceback__)
    handler.emit(record)
    return stream.getvalue()


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.mark.parametrize("token", [TOKEN, ODD])
def test_the_token_is_not_in_the_log(kind, token):
    shown = logged(kind, token, f"with {token} and %s and %r", token, {"Authorization": f"Bot {token}"})
    assert token not in shown
    assert json.dumps(token)[1:-1] not in shown
    assert shown.count(HIDDEN) == 3


@pytest.mark.parametrize("token", [TOKEN, ODD])
def test_the_token_is_not_in_a_traceback(kind, token):
    shown = logged(kind, token, "failed", error=raised(ValueError(f"bad header {token}")))
    assert token not in shown
    assert "ValueError" in shown
    assert HIDDEN in shown


def test_a_token_of_another_bot_is_hidden_too(kind):
    assert TOKEN not in logged(kind, None, "got %s", TOKEN)


def test_what_lets_one_answer_in_the_name_of_the_bot_is_hidden(kind):
    for path, token in (("/webhooks/123456/{t}/messages/@original", "aW50"), ("/interactions/9/{t}/callback", "aX-_")):
        shown = logged(kind, TOKEN, "POST %s has returned 200", Route.BASE + path.format(t=token * 9))
        assert token not in shown
        assert HIDDEN in shown


def test_other_words_stay(kind):
    said = "3884 BMW i8 Roadster (i15) 0123456789abcdef.0123456789 knowledge replaced by 1 at 2/3"
    assert said in logged(kind, TOKEN, said)


def test_an_entry_in_json_is_one_object_on_one_line():
    shown = logged(LogFormat.JSON, TOKEN, "two\nlines of %s", "text", error=raised(KeyError("x")))
    (line,) = shown.splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["logger"], entry["message"]) == ("INFO", "bot.x", "two\nlines of text")
    assert "KeyError" in entry["exc_info"]
    assert "T" in entry["time"]


def test_what_ends_the_program_is_logged_without_the_token(start):
    variables = {
        "DISCORD_TOKEN": TOKEN,
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "DEBUG",
        "HTTPS_PROXY": "http://127.0.0.1:1",
    }
    with start(variables=variables) as program:
        try:
            said = program.communicate(timeout=100)[1].decode()
        finally:
            program.kill()
    assert TOKEN not in said
    assert any(line.startswith("{") and json.loads(line)["logger"] for line in said.splitlines())
