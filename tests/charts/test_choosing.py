"""Which picture suits an answer."""

from __future__ import annotations

import pytest

from bot.replies.charts import ChartKind, chart_for
from knowledge.evaluation import evaluate
from knowledge.query import (
    Aggregate,
    Attribute,
    Compare,
    Count,
    Difference,
    Equals,
    Exists,
    Get,
    Listing,
    Position,
    Query,
    Ranking,
    Selection,
    Share,
)
from knowledge.relations import Relations

BODY, QUANTITY = Attribute.BODY, Attribute.QUANTITY
COUPES = Selection(conditions=(Equals(BODY, ("Coupé",)),))
ROADSTERS = Selection(conditions=(Equals(BODY, ("Roadster",)),))
COUNTRYMAN = Selection(conditions=(Equals(Attribute.CODE, ("U25",)),))
MILESTONES = Selection("milestones")


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        (Get(COUPES, (QUANTITY,)), ChartKind.QUANTITIES),
        (Listing(Selection(ranking=Ranking(QUANTITY, "most", 1, 5))), ChartKind.QUANTITIES),
        (Aggregate("sum", QUANTITY, COUPES), ChartKind.QUANTITIES),
        (Compare((COUPES, ROADSTERS), QUANTITY, "most"), ChartKind.QUANTITIES),
        (Position(ROADSTERS, QUANTITY), ChartKind.QUANTITIES),
        (Difference(Get(ROADSTERS, (QUANTITY,)), Get(COUNTRYMAN, (QUANTITY,))), ChartKind.QUANTITIES),
        (Listing(COUPES), ChartKind.TIMELINE),
        (Count(COUPES), ChartKind.TIMELINE),
        (Exists(COUPES), ChartKind.TIMELINE),
        (Get(COUPES, (Attribute.PERIOD,)), ChartKind.TIMELINE),
        (Get(COUPES, (Attribute.DURATION,)), ChartKind.TIMELINE),
        (Listing(Selection(ranking=Ranking(Attribute.DURATION, "most", 1, 3))), ChartKind.TIMELINE),
        (Position(ROADSTERS, Attribute.DURATION), ChartKind.TIMELINE),
        (Listing(MILESTONES), ChartKind.MILESTONES),
        (Get(Selection("milestones", (Equals(Attribute.NUMBER, (1_000_000,)),)), ("date",)), ChartKind.MILESTONES),
        (Share(COUPES, Selection()), ChartKind.SHARE),
        # One number is read faster than looked at.
        (Get(ROADSTERS, (QUANTITY,)), None),
        (Aggregate("sum", QUANTITY, ROADSTERS), None),
        # Not a part of it.
        (Share(COUPES, ROADSTERS), None),
        # Neither numbers nor times.
        (Get(COUPES, (BODY,)), None),
        # Nothing is known.
        (Get(Selection(conditions=(Equals(BODY, ("Truck",)),)), (QUANTITY,)), None),
        (Get(Selection("facts"), ("value",)), None),
    ],
    ids=str,
)
def test_the_picture_that_suits_an_answer(leipzig: Relations, query: Query, kind: ChartKind | None) -> None:
    assert chart_for(evaluate(query, leipzig)) is kind
