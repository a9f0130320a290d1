"""The buttons of a reply that leaves a choice."""

from __future__ import annotations

import pytest
import simcord

from bot.client import create_bot
from bot.conversation import Conversation, Exchange
from bot.replies.reply import Choice, Reply, Status

pytestmark = pytest.mark.simcord(shard_count=1)

UNDECIDED = "which one?"
CHOICES = (Choice("i8 Roadster", "how many i8 Roadsters?"), Choice("i3", "how many i3?"))


class Undecided(Conversation):
    """The engine, but one question is ambiguous whatever the facts are."""

    choices = CHOICES

    def exchange(self, question, *context):
        if question == UNDECIDED:
            return Exchange(Reply(Status.AMBIGUOUS, "en", "Several.", choices=self.choices), (), self._prepared)
        return super().exchange(question, *context)


@pytest.fixture
def undecided(prepared):
    return Undecided(prepared)


@pytest.fixture
def simcord_bot(settings, undecided):
    return create_bot(settings, undecided)


@pytest.fixture(params=["mention", "command"])
async def shown(request, place):
    """An ambiguous reply to Ann."""
    if request.param == "mention":
        await place.ann.send(place.channel, f"{place.me} {UNDECIDED}")
        return place.channel.last_message
    return (await place.ann.slash(place.channel, "ask", question=UNDECIDED)).response.message


def labels(message):
    return [button.label for row in message.components for button in row.children]


async def test_there_is_a_button_for_each_choice(shown):
    assert labels(shown)[:2] == ["i8 Roadster", "i3"]


async def test_a_button_shows_the_answer_to_its_choice_in_the_same_message(place, shown, text_of):
    await place.ann.click(shown, label="i8 Roadster")
    assert place.channel.last_message.id == shown.id
    assert "3,884" in text_of(place.channel.last_message)


async def test_the_other_choices_stay_open(place, shown, text_of):
    await place.ann.click(shown, label="i8 Roadster")
    with pytest.raises(simcord.SetupError, match="disabled"):
        await place.ann.click(place.channel.last_message, label="i8 Roadster")
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


async def test_the_buttons_work_the_next_day_and_after_a_restart(place, shown, settings, prepared, text_of):
    await place.env.advance_time(24 * 3600)
    await place.env.restart_bot(create_bot(settings, Undecided(prepared)))
    await place.ann.click(shown, label="i3")
    assert "250,271" in text_of(place.channel.last_message)


async def test_twenty_long_choices_keep_to_discords_limits(place, undecided, text_of):
    long = "how many i8 Roadsters? " * 12
    undecided.choices = tuple(Choice(f"{number} {long}", f"{number} {long}") for number in range(30))
    await place.ann.send(place.channel, f"{place.me} {UNDECIDED}")
    shown = place.channel.last_message
    assert len(shown.embeds) == 1
    assert all(len(label) <= 80 for label in labels(shown))
    assert len(labels(shown)) <= 25


async def test_in_plain_text_there_are_no_buttons_that_could_not_work(place):
    place.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await place.ann.send(place.channel, f"{place.me} {UNDECIDED}")
    assert place.channel.last_message.components == []


class TestNamesOfSeveral:
    """A name that several rows bear, asked of the real engine: each row has a button."""

    @pytest.fixture
    def simcord_bot(self, settings, prepared):
        return create_bot(settings, Conversation(prepared))

    async def test_each_row_that_a_name_may_mean_has_a_button(self, place, text_of):
        await place.ann.send(place.channel, f"{place.me} how many i8?")
        shown = place.channel.last_message
        assert labels(shown)[:2] == ["BMW i8 (i12)", "BMW i8 Roadster (i15)"]
        assert "20,465" in text_of(shown)

    async def test_a_button_asks_the_same_of_its_row(self, place, text_of):
        await place.ann.send(place.channel, f"{place.me} wann begann der E82?")
        await place.ann.click(place.channel.last_message, label="BMW 1 Series M Coupé (E82)")
        answer = text_of(place.channel.last_message)
        assert "begann" in answer
        assert "2011" in answer
        assert "2007" not in answer

    async def test_a_clear_name_leaves_no_choice(self, place):
        await place.ann.send(place.channel, f"{place.me} how many i3?")
        assert "BMW i3 (i01)" not in labels(place.channel.last_message)
