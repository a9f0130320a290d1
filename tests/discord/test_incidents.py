"""What a person sees when something goes wrong, and what the log holds."""

from __future__ import annotations

import re

import pytest

from bot.client import create_bot
from bot.conversation import Conversation, Exchange
from bot.replies.reply import Choice, Reply, Status

pytestmark = pytest.mark.simcord(shard_count=1)


class Failing(Conversation):
    """An engine with a mistake in it."""

    def exchange(self, question, *_context):
        if question == "which one?":
            reply = Reply(Status.AMBIGUOUS, "en", "Several.", choices=(Choice("this", "fail"),))
            return Exchange(reply, (), self._prepared)
        raise ZeroDivisionError("a mistake in the engine")


@pytest.fixture
def simcord_bot(settings, conversation):
    return create_bot(settings, Failing(conversation._prepared))


def incident(text):
    found = re.search(r"incident ([0-9a-f]{6})", text)
    assert found, text
    return found[1]


def logged(caplog, number):
    """The log's record of an incident."""
    (record,) = [record for record in caplog.records if number in record.getMessage()]
    return record


async def test_a_command_that_fails_says_so_once(place, text_of, caplog):
    result = await place.ann.slash(place.channel, "ask", question="fail")
    assert result.ephemeral
    assert result.followups == []
    record = logged(caplog, incident(text_of(result.response)))
    assert record.exc_info[0] is ZeroDivisionError
    assert "a mistake in the engine" not in text_of(result.response)
    assert len(place.env.errors) == 1


async def test_a_mention_that_fails_says_so(place, text_of, caplog):
    await place.ann.send(place.channel, f"{place.me} fail")
    (said,) = place.said()
    assert logged(caplog, incident(text_of(said))).exc_info[0] is ZeroDivisionError


async def test_a_button_that_fails_says_so(place, text_of, caplog):
    shown = (await place.ann.slash(place.channel, "ask", question="which one?")).response
    result = await place.ann.click(shown, label="this")
    assert result.ephemeral
    assert logged(caplog, incident(text_of(result.response))).exc_info[0] is ZeroDivisionError


async def test_what_a_person_wrote_stays_out_of_the_log(place, caplog):
    await place.ann.send(place.channel, f"{place.me} a private thing")
    assert "a private thing" not in caplog.text


async def test_an_error_after_the_answer_is_told_as_well(place, text_of, caplog):
    place.bot.settings = place.bot.settings.model_copy(update={"administrators": frozenset({place.ann.id})})
    # The answer is deferred; then the first attempt to tell the outcome fails.
    place.env.inject_error("POST", "/webhooks/*", status=500)
    result = await place.ann.slash(place.channel, "knowledge reload")
    told = [text_of(message) for message in (*result.followups, result.response) if message]
    assert any(logged(caplog, incident(text)) for text in told if "incident" in text)
    assert place.env.errors


@pytest.mark.usefixtures("german")
async def test_a_german_client_is_told_in_german(place, text_of):
    result = await place.ann.slash(place.channel, "ask", question="fail")
    assert "Vorfall" in text_of(result.response)
    assert len(place.env.errors) == 1
