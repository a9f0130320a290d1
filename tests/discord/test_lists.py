"""Lists, comparisons and rankings by command."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.simcord(shard_count=1)


def models(place):
    """The models of the facts."""
    return place.bot.conversation.snapshot.knowledge.models


async def told(place, text_of, command, **options):
    """What Ann reads when she uses a command."""
    return text_of((await place.ann.slash(place.channel, command, **options)).response)


# -- /models --------------------------------------------------------------------------------------------------------


async def test_models_are_counted_and_listed(place, text_of):
    text = await told(place, text_of, "models")
    assert "20" in text.splitlines()[0]
    assert models(place)[0].key in text
    assert models(place)[-1].key not in text


@pytest.mark.parametrize(
    ("filters", "belongs"),
    [
        ({"brand": "mini"}, lambda model: model.brand == "MINI"),
        ({"series": "i8"}, lambda model: model.series == "i8"),
        ({"body": "Convertible"}, lambda model: model.body == "Convertible"),
        ({"still_built": True}, lambda model: model.production.end == "present"),
        ({"built_in": 2006}, lambda model: model.production.start.year <= 2006),
        ({"brand": "BMW", "still_built": True}, lambda m: m.brand == "BMW" and m.production.end == "present"),
        ({"body": "Convertible", "built_in": 2013}, lambda m: m.body == "Convertible" and m.code == "E88"),
    ],
)
async def test_models_are_filtered(place, text_of, filters, belongs):
    text = await told(place, text_of, "models", **filters)
    wanted = {model.key for model in models(place) if belongs(model)}
    assert wanted
    assert {model.key for model in models(place) if model.key in text} == wanted


async def test_a_filter_that_nothing_fulfils_says_so(place, text_of):
    assert "None" in await told(place, text_of, "models", brand="MINI", built_in=2010)


async def test_a_filter_that_is_no_value_gets_those_there_are(place, text_of):
    result = await place.ann.slash(place.channel, "models", brand="Opel")
    assert result.ephemeral
    assert "BMW" in text_of(result.response)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("most_built", "X1 (E84)"),
        ("least_built", "i8 Roadster"),
        ("oldest", "3 Series Sedan"),
        ("newest", "2024"),
        ("name", "BMW 1 Series Convertible"),
    ],
)
async def test_models_are_sorted(place, text_of, order, first):
    text = await told(place, text_of, "models", sort=order)
    assert first in text.splitlines()[1]


async def test_filters_are_completed(place):
    choices = await place.ann.autocomplete(place.channel, "models", "brand", "")
    assert [choice["value"] for choice in choices] == ["BMW", "MINI"]
    (found, *_) = await place.ann.autocomplete(place.channel, "models", "body", "convert")
    assert found["value"] == "Convertible"


# -- /milestones ----------------------------------------------------------------------------------------------------


async def test_milestones_are_listed(place, text_of):
    text = await told(place, text_of, "milestones")
    for milestone in place.bot.conversation.snapshot.knowledge.milestones:
        assert f"{milestone.number:,}" in text


# -- /compare -------------------------------------------------------------------------------------------------------


async def test_two_models_are_compared(place, text_of):
    text = await told(place, text_of, "compare", first="i3", second="i8 Roadster")
    assert "250,271" in text
    assert "3,884" in text
    assert f"{250_271 - 3_884:,}" in text


async def test_up_to_five_are_compared_and_series_too(place, text_of):
    named = {"first": "i3", "second": "1 Series", "third": "M2", "fourth": "X1", "fifth": "i8 Roadster"}
    text = await told(place, text_of, "compare", **named)
    assert "1 Series" in text.splitlines()[0]
    for quantity in ("250,271", "61,856", "635,194", "3,884"):
        assert quantity in text


async def test_models_are_compared_by_time(place, text_of):
    by_start = await told(place, text_of, "compare", first="i3", second="X1", by="start")
    assert "2009" in by_start.splitlines()[0]
    by_duration = await told(place, text_of, "compare", first="i3", second="X1", by="duration")
    assert "i3" in by_duration.splitlines()[0]


async def test_the_same_twice_is_no_comparison(place, text_of):
    assert "250,271" in await told(place, text_of, "compare", first="i3", second="i01")


async def test_a_name_that_is_not_on_the_list_is_named(place, text_of):
    result = await place.ann.slash(place.channel, "compare", first="i3", second="i33")
    assert result.ephemeral
    assert "i33" in text_of(result.response)


# -- /top -----------------------------------------------------------------------------------------------------------


async def test_the_five_most_built_come_without_any_option(place, text_of):
    text = await told(place, text_of, "top")
    ordered = sorted(models(place), key=lambda model: -model.quantity)
    assert all(model.key in text for model in ordered[:5])
    assert ordered[5].key not in text


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ({"direction": "least"}, "i8 Roadster"),
        ({"by": "duration"}, "i3"),
        ({"by": "start", "direction": "least"}, "3 Series Sedan"),
    ],
)
async def test_the_first_by_another_measure(place, text_of, options, first):
    text = await told(place, text_of, "top", count=1, **options)
    assert first in text.splitlines()[0]


async def test_all_of_them_have_no_room_and_are_behind_a_button(place, text_of):
    result = await place.ann.slash(place.channel, "top", count=20)
    shown = [model for model in models(place) if model.key in text_of(result.response)]
    assert len(shown) == 10
    rows = await place.ann.click(result.response, label="Show the rows")
    assert "Place 1:" in text_of(rows.response)


# -- pictures -------------------------------------------------------------------------------------------------------


async def test_a_timeline_is_a_picture(place, text_of):
    result = await place.ann.slash(place.channel, "timeline")
    (picture,) = result.response.attachments
    assert picture.content_type == "image/png"
    assert "2005" in picture.description
    assert result.response.embeds[0].image.url


async def test_the_same_picture_is_drawn_anew_only_after_a_reload(place, settings):
    first = await place.ann.slash(place.channel, "timeline")
    second = await place.ann.slash(place.channel, "timeline")
    assert await first.response.attachments[0].read() == await second.response.attachments[0].read()


@pytest.mark.usefixtures("german")
async def test_a_german_client_gets_german_lists(place, text_of):
    assert "Modelle" in await told(place, text_of, "models")
    assert "250.271" in await told(place, text_of, "compare", first="i3", second="i8")
    assert "Meilensteine" in await told(place, text_of, "milestones")
    assert "Seite 1 von 2" in await told(place, text_of, "models", sort="newest")
