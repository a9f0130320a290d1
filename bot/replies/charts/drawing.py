"""Drawing a chart: from a query to a picture and its words."""

from __future__ import annotations

from bot.languages import Language
from bot.replies.charts.chart import Chart, ChartKind
from knowledge.query import Query
from knowledge.relations import Relations


def draw(kind: ChartKind, relations: Relations, query: Query | None, language: Language) -> Chart:
    """The picture of what a query asks for, or of everything without one. Takes long: call it off the event loop."""
    raise NotImplementedError
