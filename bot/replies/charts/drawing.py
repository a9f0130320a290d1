"""Drawing a chart: from a query to a picture and its words."""

from __future__ import annotations

import textwrap

from bot.languages import Language
from bot.replies.charts import milestones, quantities, share, timeline
from bot.replies.charts.chart import Chart, ChartKind
from bot.replies.charts.subject import visible
from knowledge.query import Query
from knowledge.relations import Relations

ALT_LIMIT = 1000
"""Discord takes 1,024 characters of alternative text."""


def draw(kind: ChartKind, relations: Relations, query: Query | None, language: Language) -> Chart:
    """The picture of what a query asks for, or of everything without one. Takes long: call it off the event loop.

    Any query has a picture of any kind; where there is nothing to see, it says so.
    """
    match kind:
        case ChartKind.TIMELINE:
            periods = timeline.timeline_of(query, relations, language)
            return _chart(kind, timeline.picture(periods), periods.alt)
        case ChartKind.QUANTITIES:
            bars = quantities.bars_of(query, relations, language)
            return _chart(kind, quantities.picture(bars), bars.alt)
        case ChartKind.MILESTONES:
            line = milestones.line_of(query, relations, language)
            return _chart(kind, milestones.picture(line, language), line.alt)
        case ChartKind.SHARE:
            part = share.share_of(query, relations, language)
            return _chart(kind, share.picture(part), part.alt)


def _chart(kind: ChartKind, png: bytes, alt: str) -> Chart:
    return Chart(png, textwrap.shorten(visible(alt), ALT_LIMIT, placeholder=" …"), f"{kind}.png")
