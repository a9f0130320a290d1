"""The same picture twice is drawn once."""

from __future__ import annotations

import asyncio

import pytest

from bot.languages import Language
from bot.replies.charts import ChartCache, ChartKind
from knowledge.query import Attribute, Get, Selection
from knowledge.relations import Relations

QUERY = Get(Selection(), (Attribute.QUANTITY,))


async def test_the_same_picture_is_the_one_drawn_before(leipzig: Relations, english: Language) -> None:
    cache = ChartCache()
    first = await cache.chart(ChartKind.QUANTITIES, "facts", leipzig, QUERY, english)
    # An equal query, built anew.
    again = Get(Selection(), (Attribute.QUANTITY,))
    assert await cache.chart(ChartKind.QUANTITIES, "facts", leipzig, again, english) is first


async def test_who_asks_at_the_same_time_gets_the_same_one(leipzig: Relations, english: Language) -> None:
    cache = ChartCache()
    drawings = [cache.chart(ChartKind.TIMELINE, "facts", leipzig, None, english) for _ in range(4)]
    assert len({id(chart) for chart in await asyncio.gather(*drawings)}) == 1


async def test_other_facts_kinds_queries_and_languages_are_other_pictures(
    leipzig: Relations, english: Language, german: Language
) -> None:
    cache = ChartCache()
    drawn = await asyncio.gather(
        cache.chart(ChartKind.SHARE, "facts", leipzig, QUERY, english),
        cache.chart(ChartKind.SHARE, "others", leipzig, QUERY, english),
        cache.chart(ChartKind.QUANTITIES, "facts", leipzig, QUERY, english),
        cache.chart(ChartKind.SHARE, "facts", leipzig, None, english),
        cache.chart(ChartKind.SHARE, "facts", leipzig, QUERY, german),
    )
    assert len({id(chart) for chart in drawn}) == len(drawn)


async def test_a_reload_forgets_all(leipzig: Relations, english: Language) -> None:
    cache = ChartCache()
    first = await cache.chart(ChartKind.SHARE, "facts", leipzig, None, english)
    cache.clear()
    second = await cache.chart(ChartKind.SHARE, "facts", leipzig, None, english)
    assert second is not first
    assert second == first


async def test_what_was_not_asked_for_longest_makes_room(leipzig: Relations, english: Language) -> None:
    cache = ChartCache(limit=2)
    shares = [await cache.chart(ChartKind.SHARE, facts, leipzig, None, english) for facts in "ab"]
    assert await cache.chart(ChartKind.SHARE, "a", leipzig, None, english) is shares[0]
    await cache.chart(ChartKind.SHARE, "c", leipzig, None, english)
    assert await cache.chart(ChartKind.SHARE, "a", leipzig, None, english) is shares[0]
    assert await cache.chart(ChartKind.SHARE, "b", leipzig, None, english) is not shares[1]


async def test_who_gives_up_takes_the_picture_from_nobody(leipzig: Relations, english: Language) -> None:
    cache = ChartCache()
    impatient, patient = (
        asyncio.ensure_future(cache.chart(ChartKind.SHARE, "facts", leipzig, None, english)) for _ in range(2)
    )
    await asyncio.sleep(0)  # both have asked
    impatient.cancel()
    chart = await patient
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await cache.chart(ChartKind.SHARE, "facts", leipzig, None, english) is chart


async def test_a_failure_is_told_and_tried_again(leipzig: Relations, english: Language) -> None:
    cache = ChartCache()
    with pytest.raises(AttributeError):
        await cache.chart(ChartKind.SHARE, "facts", None, None, english)  # no facts at all
    chart = await cache.chart(ChartKind.SHARE, "facts", leipzig, None, english)
    assert chart.png
