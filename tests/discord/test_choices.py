"""The buttons of a reply that leaves a choice."""

from __future__ import annotations

import pytest
import simcord

from bot.client import create_bot
from bot.conversation import Conversation
from bot.replies.reply import Choice, Reply, Status

pytestmark = pytest.mark.simcord(shard_count=1)

UNDECIDED = "which one?"
CHOICES = (Choice("i8 Roadster", "how many i8 Roadsters?"), Choice("i3", "how many i3?"))


class Undecided(Conversation):
    """The engine, but one question is ambiguous whatever the facts are."""

    def reply(self, question, speaker=None, language=None):
        if question == UNDECIDED:
            return Reply(Status.AMBIGUOUS, "en", "That fits several.", choices=CHOICES)
        return super().reply(question, speaker, language)


@pytest.fixture
def simcord_bot(settings, conversation):
    return create_bot(settings, Undecided(conversation._prepared))


@pytest.fixture(params=["mention", "command"])
async def shown(request, place):
    """An ambiguous reply to Ann."""
    if request.param == "mention":
        await place.ann.send(place.channel, f"{place.me} {UNDECIDED}")
        return place.channel.last_message
    return (await place.ann.slash(place.channel, "ask", question=UNDECIDED)).response.message


def buttons(message):
    return [button for row in message.components for button in row.children]


async def test_there_is_a_button_for_each_choice(shown):
    assert [button.label for button in buttons(shown)] == ["i8 Roadster", "i3"]


async def test_a_button_shows_the_answer_to_its_choice_in_the_same_message(place, shown, text_of):
    await place.ann.click(shown, label="i8 Roadster")
    assert place.channel.last_message.id == shown.id
    assert "3,884" in text_of(place.channel.last_message)


async def test_the_other_choices_stay_open(place, shown, text_of):
    await place.ann.click(shown, label="i8 Roadster")
    await place.ann.click(place.channel.last_message, label="i3")
    assert "250,271" in text_of(place.channel.last_message)


async def test_a_choice_is_what_the_next_question_follows_up_on(place, shown, text_of):
    await place.ann.click(shown, label="i8 Roadster")
    await place.ann.send(place.channel, f"{place.me} when did its production end?")
    assert "2020" in text_of(place.channel.last_message)


async def test_a_stranger_is_told_to_ask_for_themselves(place, shown, text_of):
    result = await place.ben.click(shown, label="i8 Roadster")
    assert result.ephemeral
    assert "somebody else" in text_of(result.response)
    assert "3,884" not in text_of(place.channel.history(viewer=place.ann)[-1])


async def test_after_a_while_the_buttons_are_switched_off(place, shown):
    await place.env.advance_time(3600)
    with pytest.raises(simcord.SetupError, match="disabled"):
        await place.ann.click(place.channel.last_message, label="i3")


async def test_buttons_that_cannot_be_switched_off_any_more_harm_nobody(place, shown):
    place.env.inject_error("PATCH", "*", status=404, code=10008)
    await place.env.advance_time(3600)
    assert place.env.errors == []
