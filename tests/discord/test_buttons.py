"""The buttons below an answer: its picture, its rows, the next page, and the word that it is the wrong answer."""

from __future__ import annotations

import re

import pytest

from bot.client import create_bot
from bot.conversation import Conversation, prepare
from knowledge.loading import load

pytestmark = pytest.mark.simcord(shard_count=1)

SEVERAL = "which models ended?"
"""Sixteen of them."""


def labels(message):
    return [button["label"] for row in message.components for button in row["components"]]


def ids(message):
    return [button["custom_id"] for row in message.components for button in row["components"]]


@pytest.fixture
async def answer(place):
    """An answer to Ann with all the buttons that one can have."""
    return (await place.ann.slash(place.channel, "ask", question=SEVERAL)).response


@pytest.fixture
async def listing(place):
    """A list for Ann that has two pages."""
    return (await place.ann.slash(place.channel, "models", sort="most_built")).response


def now(place, shown):
    """A message as it is now."""
    return next(message for message in place.channel.history() if message.id == shown.id)


async def test_an_answer_has_buttons_for_what_has_no_room(answer):
    assert labels(answer) == ["Show the rows", "Show as a chart", "Not what I asked"]


async def test_custom_ids_keep_to_discords_limit_and_name_the_knowledge_of_the_day(place, answer, listing):
    day = place.bot.conversation.snapshot.sha256[:8]
    for custom_id in (*ids(answer), *ids(listing)):
        assert len(custom_id) <= 100
        assert day in custom_id


async def test_the_picture_comes_into_the_answer_with_words_for_who_does_not_see_it(place, answer):
    await place.ann.click(answer, label="Show as a chart")
    shown = now(place, answer)
    (picture,) = shown.attachments
    assert picture.content_type == "image/png"
    assert "16" in picture.description
    assert shown.embeds[0].image.url
    assert "Show as a chart" not in [button.label for row in shown.components for button in row.children]


async def test_who_did_not_ask_gets_the_picture_alone(place, answer):
    result = await place.ben.click(answer, label="Show as a chart")
    assert result.ephemeral
    assert result.response.attachments
    assert not now(place, answer).attachments


async def test_the_rows_are_shown_to_who_wants_them_all_of_them(place, answer, text_of):
    result = await place.ben.click(answer, label="Show the rows")
    assert result.ephemeral
    first = text_of(result.response)
    await place.ben.click(result.response, label="Next →")
    both = first + text_of(result.response)
    models = place.bot.conversation.snapshot.knowledge.models
    assert all(model.key in both for model in models if model.production.end != "present")


async def test_pages_turn_in_the_same_message(place, listing, text_of):
    assert labels(listing)[0] == "Next →"
    first = text_of(listing)
    await place.ann.click(listing, label="Next →")
    second = text_of(now(place, listing))
    assert "Page 2 of 2" in second
    assert second.splitlines()[0] == first.splitlines()[0]
    assert not set(second.splitlines()[1:-1]) & set(first.splitlines()[1:-1])
    await place.ann.click(now(place, listing), label="← Back")
    assert text_of(now(place, listing)) == first


async def test_somebody_else_turns_pages_for_themselves(place, listing, text_of):
    before = text_of(listing)
    result = await place.ben.click(listing, label="Next →")
    assert result.ephemeral
    assert "Page 2 of 2" in text_of(result.response)
    assert text_of(now(place, listing)) == before


async def test_the_pages_are_in_the_order_that_was_asked_for(place, listing, text_of):
    await place.ann.click(listing, label="Next →")
    last = text_of(now(place, listing)).splitlines()[-2]
    assert "3,884" in last


@pytest.mark.parametrize("label", ["Show the rows", "Show as a chart", "Not what I asked"])
async def test_buttons_work_after_a_restart(place, answer, settings, prepared, label):
    await place.env.advance_time(24 * 3600)
    await place.env.restart_bot(create_bot(settings, Conversation(prepared)))
    result = await place.ann.click(answer, label=label)
    assert result.acknowledged
    assert result._interaction.response_kind


async def test_a_button_says_that_the_facts_have_changed_and_what_they_say_now(place, listing, knowledge_file, text_of):
    text = knowledge_file.read_text("utf-8").replace("name: i8 Roadster", "name: i8 Spyder")
    knowledge_file.write_text(text, "utf-8")
    place.bot.conversation.replace(prepare(load(knowledge_file)))
    before = text_of(listing)
    result = await place.ann.click(listing, label="Next →")
    assert result.ephemeral
    assert "facts have changed" in text_of(result.response)
    await place.ann.click(result.response, label="Next →")
    assert "i8 Spyder" in text_of(result.response)
    assert text_of(now(place, listing)) == before


async def test_a_question_that_was_meant_otherwise_is_kept_without_a_name(place, answer, text_of):
    await place.ann.click(answer, label="Not what I asked")
    (kept,) = await place.bot.unanswered.open()
    assert kept.unanswered.question == SEVERAL
    assert "out of production" in kept.unanswered.reading
    for name in (place.ann.name, str(place.ann.id)):
        assert name not in repr(kept)
    shown = now(place, answer)
    assert "Not what I asked" not in [button.label for row in shown.components for button in row.children]
    assert "Show the rows" in [button.label for row in shown.components for button in row.children]


async def test_only_who_asked_can_say_that_it_was_meant_otherwise(place, answer, text_of):
    result = await place.ben.click(answer, label="Not what I asked")
    assert "somebody else" in text_of(result.response)
    assert await place.bot.unanswered.open() == ()


async def test_administrators_read_what_was_meant_otherwise(place, answer, text_of):
    await place.ann.click(answer, label="Not what I asked")
    place.bot.settings = place.bot.settings.model_copy(update={"administrators": frozenset({place.ben.id})})
    told = await place.ben.slash(place.channel, "knowledge unanswered")
    assert told.ephemeral
    assert SEVERAL in text_of(told.response)


async def test_a_button_of_another_version_says_so(place, answer, text_of):
    stored = place.env.backend.get_message(place.channel.id, answer.id)
    stored.embeds[0]["url"] = "https://werkbot.invalid/AAAA"
    result = await place.ann.click(answer, label="Show the rows")
    assert result.ephemeral
    assert "ask again" in text_of(result.response)


async def test_what_a_message_carries_is_not_to_be_seen(answer, text_of):
    assert "werkbot.invalid" not in text_of(answer)
    assert answer.embeds[0].title is None
    assert re.fullmatch(r"https://werkbot\.invalid/[\w=-]+", answer.embeds[0].url)


@pytest.mark.usefixtures("german")
async def test_buttons_speak_german_below_a_german_answer(place, text_of):
    shown = (await place.ann.slash(place.channel, "ask", question="welche Modelle werden nicht mehr gebaut?")).response
    assert labels(shown) == ["Zeilen zeigen", "Als Bild zeigen", "Das war nicht gefragt"]
    result = await place.ann.click(shown, label="Zeilen zeigen")
    assert "Seite 1 von 2" in text_of(result.response)
    thanked = await place.ann.click(shown, label="Das war nicht gefragt")
    assert "notiert" in text_of(thanked.followups[0])


async def test_below_what_is_off_topic_nobody_can_say_that_it_was_not_what_they_asked(place):
    await place.ann.send(place.channel, f"{place.me} how many i3?")
    assert "Not what I asked" in [
        button.label for row in place.channel.last_message.components for button in row.children
    ]
    await place.ann.send(place.channel, f"{place.me} what is the weather like tomorrow?")
    assert [button.label for row in place.channel.last_message.components for button in row.children] == []
