"""Production periods as a timeline: one bar for each row, the earliest first or in the order that was asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.languages import Language
from bot.replies.charts import style
from bot.replies.charts.canvas import Canvas, ticks
from bot.replies.charts.frame import framed
from bot.replies.charts.subject import Caption, Place, about, places_of
from bot.replies.wording_markdown import plain
from bot.replies.wording_phrases import Phrases
from knowledge.query import Query
from knowledge.relations import Relations
from knowledge.schema import PRESENT, PartialDate

LIMIT = 22
"""Rows of one picture."""
TOLD = 3
"""Rows that the alternative text names."""

BAR_HEIGHT = 15
ROW_HEIGHT = 72
STUB = 70
"""Pixels that a bar fades out in where an end of it is not known."""
LABELS = 6
"""Years along the top, about."""


@dataclass(frozen=True, slots=True)
class Span:
    """One row. ``start`` and ``end`` in years, from the first day to the last one; none is not known."""

    name: str
    start: float | None
    end: float | None
    running: bool
    label: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the picture shows, between two years."""

    caption: Caption
    spans: tuple[Span, ...]
    first: int
    last: int
    alt: str


def year_of(day: PartialDate, side: Literal["start", "end"]) -> float:
    """A date as a number of years: the first moment of what is known of it, or the last one."""
    ends = side == "end"
    if day.month is None:
        return day.year + ends
    if day.day is None:
        return day.year + (day.month - 1 + ends) / 12
    length = date(day.year, 12, 31).timetuple().tm_yday
    return day.year + (date(day.year, day.month, day.day).timetuple().tm_yday - 1 + ends) / length


def timeline_of(query: Query | None, relations: Relations, language: Language) -> Timeline:
    """The timeline of what a query asks for; of all models without one."""
    phrases = Phrases(relations, language)
    say = language.say
    places, ordered = places_of(query, relations)
    kept = _cut(places, ordered=ordered)
    spans = tuple(_span(place, phrases) for place in kept)
    if not ordered:
        spans = tuple(sorted(spans, key=_order))
    notes = []
    if not spans:
        notes.append(say("charts.nothing"))
    elif len(kept) < len(places):
        key = "ordered" if ordered else "most" if _are_counted(places) else "first"
        notes.append(say(f"charts.timeline.cut.{key}", count=len(places), shown=len(kept)))
    if any((span.start is None) != (span.end is None) for span in spans):
        notes.append(say("charts.timeline.open"))
    if any(span.running for span in spans):
        notes.append(say("charts.timeline.running"))
    known = [year for span in spans for year in (span.start, span.end) if year is not None]
    today = relations.knowledge.as_of
    first = math.floor(min(known, default=today.year))
    last = max(first + 1, math.ceil(max(known, default=today.year + 1)))
    caption = Caption(
        say("charts.timeline.heading"),
        about(query, relations, language),
        tuple(notes),
        say("charts.as_of", date=today),
    )
    return Timeline(caption, spans, first, last, _alt(caption, spans, len(places), language))


def _span(place: Place, phrases: Phrases) -> Span:
    start, end = place.model.production.start, place.model.production.end
    name = place.model.key
    if place.number is not None:
        name = phrases.language.say("charts.placed", place=place.number, name=name)
    finish = phrases.relations.knowledge.as_of if end == PRESENT else end
    begun = year_of(start, "start") if start is not None else None
    ended = year_of(finish, "end") if isinstance(finish, PartialDate) else None
    if begun is not None and ended is not None:
        # What is planned to start after the file's own date has not run for a negative time.
        ended = max(begun, ended)
    label = plain(phrases.span(place.model)) or phrases.language.say("charts.not_known")
    return Span(name, begun, ended, end == PRESENT, label, place.strong)


def _order(span: Span) -> tuple[bool, float, float]:
    """By the start; rows of which only the end is known among them by that, and the unknown ones last."""
    known = [year for year in (span.start, span.end) if year is not None]
    return (not known, min(known, default=0.0), max(known, default=0.0))


def _are_counted(places: Sequence[Place]) -> bool:
    return all(place.model.quantity is not None for place in places)


def _cut(places: Sequence[Place], *, ordered: bool) -> Sequence[Place]:
    """The rows that have room: the first ones in an order, else those built most where that is known."""
    if len(places) <= LIMIT:
        return places
    if ordered:
        asked = [place for place in places if place.strong][:LIMIT]
        others = [place for place in places if not place.strong][: LIMIT - len(asked)]
        kept = {id(place) for place in (*asked, *others)}
        return [place for place in places if id(place) in kept]
    if _are_counted(places):
        return sorted(places, key=lambda place: -(place.model.quantity or 0))[:LIMIT]
    return places[:LIMIT]


def _alt(caption: Caption, spans: Sequence[Span], count: int, language: Language) -> str:
    say = language.say
    if not spans:
        return f"{caption.heading}, {caption.about}. {say('charts.nothing')}"
    start = say("charts.timeline.alt", count=count, about=caption.about)
    named = [*spans[:TOLD], *[span for span in spans[TOLD:] if span.strong][:TOLD]]
    told = [say("charts.timeline.told", name=span.name, period=span.label) for span in named]
    key = "first" if len(spans) > len(told) else "all"
    said = [start, say(f"charts.timeline.{key}", told=language.enumeration(told))]
    running = sum(span.running for span in spans)
    if running and len(spans) > len(told):
        said.append(say("charts.timeline.running_count", count=running))
    return " ".join(said)


def picture(data: Timeline) -> bytes:
    """The timeline, as PNG."""

    def body(canvas: Canvas, y: float) -> float:
        if not data.spans:
            return y
        top = y + style.NOTE * style.LEADING + 14
        bottom = top + ROW_HEIGHT * len(data.spans)
        if any(span.start is not None or span.end is not None for span in data.spans):
            _paint_years(canvas, y, bottom, data)
        else:
            top, bottom = y, bottom - (top - y)
        for index, span in enumerate(data.spans):
            _paint_row(canvas, top + index * ROW_HEIGHT, span, data)
        return bottom

    return framed(data.caption, body)


def _x(year: float, data: Timeline) -> float:
    """Where a moment lies between the first year and the last, with room for what fades out on either side."""
    before = STUB * any(span.start is None and span.end is not None for span in data.spans)
    after = STUB * any(span.end is None and span.start is not None for span in data.spans)
    room = style.INNER - before - after
    return style.MARGIN + before + room * (year - data.first) / (data.last - data.first)


def _paint_years(canvas: Canvas, y: float, bottom: float, data: Timeline) -> None:
    """The years stand over their middle: a bar to the end of 2009 ends before "2010"."""
    taken = -math.inf
    for year in ticks(data.first, data.last - 1, LABELS):
        x = _x(year + 0.5, data)
        text = f"{year:.0f}"
        half = canvas.width(text, style.NOTE) / 2
        if x - half < taken + 16 or x + half > style.WIDTH - 4:
            continue
        taken = x + half
        canvas.text(x, y, text, size=style.NOTE, colour=style.MUTED, align="center")
        canvas.rule((x, y + style.NOTE * style.LEADING + 4), (x, bottom - 12))


def _paint_row(canvas: Canvas, y: float, span: Span, data: Timeline) -> None:
    known = span.start is not None or span.end is not None
    taken = canvas.width(span.label, strong=known)
    colour = style.STRONG if span.strong else style.TEXT
    right = style.WIDTH - style.MARGIN
    canvas.text(style.MARGIN, y, span.name, room=style.INNER - taken - 24, colour=colour, strong=span.strong)
    canvas.text(right, y, span.label, align="right", strong=known, colour=style.TEXT if known else style.MUTED)
    top = y + style.LABEL * style.LEADING
    fill = style.STRONG if span.strong else style.BAR
    match span.start, span.end:
        case None, None:
            return
        case None, float() | int() as end:
            _paint_fading(canvas, _x(end, data), top, -1, fill)
        case float() | int() as start, None:
            _paint_fading(canvas, _x(start, data), top, 1, fill)
        case float() | int() as start, float() | int() as end:
            left, length = _x(start, data), max(6.0, _x(end, data) - _x(start, data))
            canvas.bar(left, top, length, BAR_HEIGHT, fill)
            if span.running:
                _paint_arrow(canvas, left + length, top, fill)


def _paint_arrow(canvas: Canvas, x: float, top: float, colour: str) -> None:
    """It goes on."""
    middle = top + BAR_HEIGHT / 2
    canvas.shape([(x, middle - BAR_HEIGHT), (x + BAR_HEIGHT * 1.4, middle), (x, middle + BAR_HEIGHT)], colour)


def _paint_fading(canvas: Canvas, x: float, top: float, direction: Literal[-1, 1], colour: str) -> None:
    """An end that is not known."""
    steps = 7
    step = STUB / steps
    for index in range(steps):
        near = x + direction * index * step
        left = near if direction > 0 else near - step
        canvas.bar(left, top, step * 0.8, BAR_HEIGHT, colour, opacity=1 - index / steps)
