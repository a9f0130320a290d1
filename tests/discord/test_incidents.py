"""What a person sees when something goes wrong, and what the log holds."""

from __future__ import annotations

import re

import pytest

from bot.client import create_bot
from bot.conversation import Conversation, Exchange
from bot.replies.reply import Choice, Reply, Status

pytestmark = pytest.mark.simcord(shard_count=1)

QUESTION = "how many i8 Roadsters?"
ANSWER = "3,884"


class Failing(Conversation):
    """An engine with a mistake in it."""

    def exchange(self, question, *context):
        if question == QUESTION:
            return super().exchange(question, *context)
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


async def test_an_error_after_the_answer_is_told_as_well(place, text_of):
    place.bot.settings = place.bot.settings.model_copy(update={"administrators": frozenset({place.ann.id})})
    # The answer is deferred; then the first attempt to tell the outcome fails.
    place.env.inject_error("POST", "/webhooks/*", status=500)
    result = await place.ann.slash(place.channel, "knowledge reload")
    told = [text_of(message) for message in (*result.followups, result.response) if message]
    assert ["Discord has a problem" in text for text in told].count(True) == 1
    assert place.env.errors


@pytest.mark.usefixtures("german")
async def test_a_german_client_is_told_in_german(place, text_of):
    result = await place.ann.slash(place.channel, "ask", question="fail")
    assert "Vorfall" in text_of(result.response)
    assert len(place.env.errors) == 1


# -- what Discord refuses -------------------------------------------------------------------------------------------


async def test_an_interaction_that_is_gone_is_met_in_the_channel_once(place, text_of):
    place.env.inject_error("POST", "/interactions/*", status=404, code=10062, times=None)
    await place.ann.slash(place.channel, "ask", question=QUESTION)
    (said,) = place.said()
    assert "try again" in said.content
    assert "incident" not in said.content
    assert len(place.env.errors) == 1


async def test_an_interaction_that_was_answered_already_needs_no_word(place):
    place.env.inject_error("POST", "/interactions/*", status=400, code=40060, times=None)
    await place.ann.slash(place.channel, "ask", question=QUESTION)
    assert not place.said()
    assert len(place.env.errors) == 1


async def test_a_missing_permission_is_named(place, text_of, caplog):
    place.env.inject_error("POST", "/interactions/*", status=403, code=50013)
    result = await place.ann.slash(place.channel, "ask", question=QUESTION)
    assert result.ephemeral
    assert "lack a permission" in text_of(result.response)
    assert not re.search(r"incident [0-9a-f]{6}", caplog.text)
    assert len(place.env.errors) == 1


async def test_a_failure_of_discord_is_told_as_one(place, text_of, caplog):
    place.env.inject_error("POST", "/interactions/*", status=500)
    result = await place.ann.slash(place.channel, "ask", question=QUESTION)
    assert "Discord has a problem" in text_of(result.response)
    assert not re.search(r"incident [0-9a-f]{6}", caplog.text)
    assert len(place.env.errors) == 1


async def test_a_failure_of_discord_at_a_message_is_told_once(place):
    place.env.inject_error("POST", "/channels/*/messages", status=500)
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    (said,) = place.said()
    assert "Discord has a problem" in said.content


async def test_a_failure_at_a_button_is_told_once(place, text_of):
    shown = (await place.ann.slash(place.channel, "models")).response
    place.env.inject_error("POST", "/interactions/*", status=403, code=50013)
    result = await place.ann.click(shown, label="Next →")
    assert result.ephemeral
    assert "lack a permission" in text_of(result.response)


async def test_a_completion_that_comes_too_late_says_nothing(place):
    place.env.inject_error("POST", "/interactions/*", status=404, code=10062, times=None)
    await place.ann.autocomplete(place.channel, "model", "name", "i8")
    assert not place.said()
    place.env.errors  # noqa: B018 - SimCord counts what it has seen
