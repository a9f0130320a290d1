"""Whatever the facts and the query are, there is a picture of every kind, with words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import knowledges, queries

from bot.languages import Language
from bot.replies.charts import ChartKind, chart_for, draw
from knowledge.evaluation import evaluate
from knowledge.relations import Relations

relaxed = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


@relaxed
@given(st.data())
@pytest.mark.parametrize("kind", list(ChartKind))
def test_every_query_has_a_picture_of_every_kind(kind: ChartKind, german: Language, data: st.DataObject) -> None:
    knowledge = data.draw(knowledges())
    relations = Relations(knowledge)
    query = data.draw(queries(knowledge))
    chart = draw(kind, relations, query, german)
    assert chart.png
    assert chart.alt.isprintable()
    assert chart_for(evaluate(query, relations)) in (None, *ChartKind)
