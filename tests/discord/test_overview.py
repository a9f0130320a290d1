"""What the bot says about itself and the plant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import __version__
from bot.conversation import prepare

pytestmark = pytest.mark.simcord(shard_count=1)


def labels(message):
    return [button["label"] for row in message.components for button in row["components"]]


async def test_help_offers_questions_that_can_be_pressed(place, text_of):
    shown = (await place.ann.slash(place.channel, "help")).response
    assert len(labels(shown)) == 5
    for label in labels(shown):
        answer = (await place.ben.click(shown, label=label)).response
        assert not answer.ephemeral
        assert answer.embeds[0].author.name is None, label


async def test_a_private_help_gives_private_answers(place):
    shown = (await place.ann.slash(place.channel, "help", private=True)).response
    assert (await place.ann.click(shown, label=labels(shown)[0])).ephemeral


async def test_the_examples_are_made_from_the_loaded_facts(place):
    conversation = place.bot.conversation
    knowledge = conversation.snapshot.knowledge
    fewer = knowledge.model_copy(update={"models": knowledge.models[:1], "milestones": ()})
    conversation.replace(prepare(replace(conversation.snapshot, knowledge=fewer)))
    shown = (await place.ann.slash(place.channel, "help")).response
    assert any(knowledge.models[0].name in label for label in labels(shown))
    assert not any("milestone" in label for label in labels(shown))


async def test_help_names_every_command(place, text_of):
    text = text_of((await place.ann.slash(place.channel, "help")).response)
    for name in ("ask", "models", "compare", "top", "timeline", "plant", "about"):
        assert f"`/{name}`" in text


async def test_a_pressed_example_can_be_followed_up(place, text_of):
    shown = (await place.ann.slash(place.channel, "help")).response
    await place.ann.click(shown, label=labels(shown)[0])
    await place.ann.send(place.channel, f"{place.me} when did its production end?")
    assert "2020" in text_of(place.channel.last_message)


async def test_about_names_the_source_its_day_the_version_and_what_is_stored(place, text_of):
    text = text_of((await place.ann.slash(place.channel, "about")).response)
    knowledge = place.bot.conversation.snapshot.knowledge
    assert knowledge.sources[0].title in text
    assert "December 9, 2025" in text
    assert __version__ in text
    assert place.bot.conversation.snapshot.sha256[:8] in text
    assert "15 minutes" in text
    assert "without your name, for 90 days" in text
    assert "store about you" in text


async def test_the_plant_is_told_with_its_total_and_its_facts(place, text_of):
    result = await place.ann.slash(place.channel, "plant")
    text = text_of(result.response)
    assert "4,000,000" in text.splitlines()[0]
    assert "1,300" in text
    await place.ann.click(result.response, label="Next →")
    assert "4,000,000" in text_of(result.response).splitlines()[0]
    assert "Page 2 of 2" in text_of(result.response)


async def test_a_file_without_facts_about_the_plant_is_no_error(place, text_of):
    conversation = place.bot.conversation
    bare = conversation.snapshot.knowledge.model_copy(update={"facts": (), "models": (), "milestones": ()})
    conversation.replace(prepare(replace(conversation.snapshot, knowledge=bare)))
    for command in ("plant", "about", "help", "models", "milestones", "top", "timeline"):
        result = await place.ann.slash(place.channel, command)
        assert text_of(result.response)
    assert place.env.errors == []


@pytest.mark.usefixtures("german")
async def test_a_german_client_is_told_in_german(place, text_of):
    assert "speichere" in text_of((await place.ann.slash(place.channel, "about")).response)
    shown = (await place.ann.slash(place.channel, "help")).response
    assert "`/zeitachse`" in text_of(shown)
    answer = (await place.ann.click(shown, label=labels(shown)[0])).response
    assert "3.884" in text_of(answer)
    assert "4.000.000" in text_of((await place.ann.slash(place.channel, "plant")).response)
