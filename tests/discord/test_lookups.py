"""Looking things up by commands that complete what is typed."""

from __future__ import annotations

import pytest

from bot.conversation import prepare
from knowledge.loading import load
from knowledge.schema import Milestone, Model

pytestmark = pytest.mark.simcord(shard_count=1)


async def test_a_milestone_is_looked_up_by_its_number(place, text_of):
    result = await place.ann.slash(place.channel, "milestone", number=1_000_000)
    assert "2011" in text_of(result.response)
    assert "116d" in text_of(result.response)


async def test_a_number_that_is_no_milestone_gets_those_there_are(place, text_of):
    result = await place.ann.slash(place.channel, "milestone", number=7)
    assert result.ephemeral
    for number in ("1,000,000", "2,000,000", "3,000,000", "4,000,000"):
        assert number in text_of(result.response)


async def test_milestones_are_completed(place):
    choices = await place.ann.autocomplete(place.channel, "milestone", "number", "")
    assert [choice["value"] for choice in choices] == [1_000_000, 2_000_000, 3_000_000, 4_000_000]
    assert choices[0]["name"].startswith("1,000,000")


async def test_a_milestone_is_found_by_its_first_digits(place):
    choices = await place.ann.autocomplete(place.channel, "milestone", "number", "3000")
    assert choices[0]["value"] == 3_000_000


async def test_a_model_is_looked_up_as_it_was_completed(place, text_of):
    choices = await place.ann.autocomplete(place.channel, "model", "name", "i8 road")
    result = await place.ann.slash(place.channel, "model", name=choices[0]["value"])
    assert "3,884" in text_of(result.response)
    assert "2018" in text_of(result.response)


@pytest.mark.parametrize("typed", ["i15", "I8 ROADSTER", "BMW i8 Roadster", " i8 roadster "])
async def test_a_model_is_looked_up_by_code_name_or_title(place, text_of, typed):
    result = await place.ann.slash(place.channel, "model", name=typed)
    assert "3,884" in text_of(result.response)


async def test_a_code_that_two_rows_share_shows_both(place, text_of):
    result = await place.ann.slash(place.channel, "model", name="E82")
    shown = text_of(result.response)
    rows = [model for model in place.bot.conversation.snapshot.knowledge.models if model.code == "E82"]
    assert len(rows) == 2
    for model in rows:
        assert f"{model.quantity:,}" in shown


async def test_a_name_that_is_not_on_the_list_gets_what_is_near(place, text_of):
    result = await place.ann.slash(place.channel, "model", name="i8 Rodaster")
    assert result.ephemeral
    assert "i8 Roadster" in text_of(result.response)


async def test_a_typed_mention_is_not_repeated(place, text_of):
    result = await place.ann.slash(place.channel, "model", name="@everyone **x**")
    assert "@everyone" not in text_of(result.response)
    assert "**x**" not in text_of(result.response)


@pytest.mark.parametrize("typed", ["roadstr", "rodster", "i15"])
async def test_models_are_completed_also_when_they_are_misspelt(place, typed):
    choices = await place.ann.autocomplete(place.channel, "model", "name", typed)
    assert "i8 Roadster" in choices[0]["name"]


async def test_nothing_is_offered_that_is_like_nothing(place):
    assert await place.ann.autocomplete(place.channel, "model", "name", "qqqqq") == []


async def test_completion_keeps_to_discords_limits(place):
    conversation = place.bot.conversation
    knowledge = conversation.snapshot.knowledge
    models = tuple(Model(name=f"{'long ' * 30}name {number}", quantity=number) for number in range(60))
    milestones = tuple(Milestone(number=number + 1, model="x" * 190) for number in range(60))
    many = knowledge.model_copy(update={"models": models, "milestones": milestones})
    conversation.replace(prepare(_with(conversation.snapshot, many)))
    for command, option, typed in (("model", "name", ""), ("model", "name", "long"), ("milestone", "number", "")):
        choices = await place.ann.autocomplete(place.channel, command, option, typed)
        assert len(choices) == 25
        assert all(len(choice["name"]) <= 100 and len(str(choice["value"])) <= 100 for choice in choices)


async def test_completion_knows_the_facts_that_were_loaded_last(place, knowledge_file):
    text = knowledge_file.read_text("utf-8").replace("i8 Roadster", "i8 Spyder")
    knowledge_file.write_text(text, "utf-8")
    place.bot.conversation.replace(prepare(load(knowledge_file)))
    choices = await place.ann.autocomplete(place.channel, "model", "name", "spyder")
    assert "i8 Spyder" in choices[0]["name"]


@pytest.mark.usefixtures("german")
async def test_a_german_client_gets_a_german_look_up(place, text_of):
    result = await place.ann.slash(place.channel, "model", name="i15")
    assert "3.884" in text_of(result.response)
    refused = await place.ann.slash(place.channel, "milestone", number=7)
    assert "1.000.000" in text_of(refused.response)


def _with(snapshot, knowledge):
    from dataclasses import replace

    return replace(snapshot, knowledge=knowledge)
