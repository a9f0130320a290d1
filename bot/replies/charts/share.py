"""A part of the whole: how many in a hundred, and a bar of which the part is filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.languages import Language
from bot.replies.charts import style
from bot.replies.charts.canvas import Canvas
from bot.replies.charts.frame import framed
from bot.replies.charts.subject import Caption, models_in
from bot.replies.describe_query import group_name
from bot.replies.wording_markdown import capital, plain
from bot.replies.wording_phrases import Phrases
from knowledge.answer import Number
from knowledge.evaluation import evaluate
from knowledge.query import Attribute, Equals, Query, Selection, Share
from knowledge.relations import Relations
from knowledge.schema import Model

SEGMENTS = len(style.SEGMENTS)
"""Rows of the part that have a colour of their own; if there are more, the last colour is theirs together."""
DECIMALS = 1

BAR_HEIGHT = 70
SQUARE = 32
ROW_HEIGHT = 58


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the bar with its name and its number as people read it."""

    name: str
    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Part:
    """What the picture shows. ``percent`` none: it cannot be computed."""

    caption: Caption
    percent: str | None
    segments: tuple[Segment, ...]
    rest: Segment | None
    alt: str


def share_of(query: Query | None, relations: Relations, language: Language) -> Part:
    """The part of a query in its whole; of what another query asks for in all models."""
    phrases = Phrases(relations, language)
    say = language.say
    share = _as_share(query, relations)
    answer = evaluate(share, relations)
    part = models_in(answer.operands[0].evidence) if answer.operands else ()
    whole = models_in(answer.operands[1].evidence) if answer.operands else ()
    held = {id(row) for row in whole}
    as_of = say("charts.as_of", date=relations.knowledge.as_of)
    asked = say("charts.share.about", part=_named(share.part, part, phrases), whole=_named(share.whole, whole, phrases))
    if not isinstance(answer.result, Number) or not all(id(row) in held for row in part):
        caption = Caption(say("charts.share.heading"), asked, (say("charts.share.unknown"),), as_of)
        return Part(caption, None, (), None, f"{say('charts.share.alt', about=asked)} {say('charts.share.unknown')}")
    percent = phrases.percent(answer.result.value, DECIMALS)
    counted = share.attribute is not None
    segments = _segments(part, counted=counted, phrases=phrases, selection=share.part)
    taken = sum(segment.value for segment in segments)
    total = sum((row.quantity or 0) if counted else 1 for row in whole)
    rest = Segment(say("charts.share.rest"), total - taken, _amount(total - taken, counted=counted, phrases=phrases))
    notes = [say("charts.share.whole", total=_amount(total, counted=counted, phrases=phrases))]
    if answer.result.unknown:
        notes.append(say("charts.share.left_out", count=answer.result.unknown))
    told = language.enumeration([say("charts.share.told", name=each.name, value=each.label) for each in segments])
    alt = " ".join((say("charts.share.alt", about=asked), say("charts.share.says", percent=percent, told=told), *notes))
    return Part(Caption(say("charts.share.heading"), asked, tuple(notes), as_of), percent, segments, rest, alt)


def _named(selection: Selection, rows: Sequence[Model], phrases: Phrases) -> str:
    """A short name: the one row there is, a facet's value, or the rows in words."""
    return rows[0].key if len(rows) == 1 else plain(group_name(selection, phrases))


def _as_share(query: Query | None, relations: Relations) -> Share:
    match query:
        case Share():
            return query
        case None:
            return Share(Selection(), Selection())
    keys = tuple(row.key for row in models_in(evaluate(query, relations).evidence))
    return Share(Selection(conditions=(Equals(Attribute.KEY, keys),)), Selection())


def _segments(part: Sequence[Model], *, counted: bool, phrases: Phrases, selection: Selection) -> tuple[Segment, ...]:
    """A piece for each row of the part, the largest first; one for all of it where rows are only counted."""
    if not counted:
        name = capital(plain(group_name(selection, phrases)))
        return (Segment(name, len(part), _amount(len(part), counted=False, phrases=phrases)),)
    rows = sorted(part, key=lambda row: -(row.quantity or 0))
    single = rows if len(rows) <= SEGMENTS else rows[: SEGMENTS - 1]
    pieces = [(row.key, row.quantity or 0) for row in single]
    if others := rows[len(single) :]:
        name = phrases.language.say("charts.share.others", count=len(others))
        pieces.append((name, sum(row.quantity or 0 for row in others)))
    return tuple(Segment(name, value, phrases.number(value)) for name, value in pieces)


def _amount(value: int, *, counted: bool, phrases: Phrases) -> str:
    """A number of products, or of models."""
    return phrases.number(value) if counted else phrases.say("nouns.models", count=value)


def picture(data: Part) -> bytes:
    """The share, as PNG."""

    def body(canvas: Canvas, y: float) -> float:
        if data.percent is None:
            return y
        canvas.text(style.MARGIN, y, data.percent, size=style.HUGE, strong=True, room=style.INNER)
        y += style.HUGE * 1.25
        _paint_bar(canvas, y, data)
        return _paint_names(canvas, y + BAR_HEIGHT + 26, data)

    return framed(data.caption, body)


def _paint_bar(canvas: Canvas, y: float, data: Part) -> None:
    total = sum(segment.value for segment in data.segments) + (data.rest.value if data.rest else 0)
    canvas.bar(style.MARGIN, y, style.INNER, BAR_HEIGHT, style.REST)
    left = float(style.MARGIN)
    for segment, colour in zip(data.segments, style.SEGMENTS, strict=False):
        width = style.INNER * segment.value / total if total else 0.0
        if width:
            # A thousandth can still be seen.
            canvas.bar(left, y, max(5.0, width - 3), BAR_HEIGHT, colour)
        left += width


def _paint_names(canvas: Canvas, y: float, data: Part) -> float:
    colours = (*style.SEGMENTS[: len(data.segments)], style.REST)
    rows = (*data.segments, data.rest) if data.rest else data.segments
    for segment, colour in zip(rows, colours, strict=False):
        taken = canvas.width(segment.label, strong=True)
        canvas.bar(style.MARGIN, y + 4, SQUARE, SQUARE, colour)
        start = style.MARGIN + SQUARE + 16
        canvas.text(start, y, segment.name, room=style.INNER - SQUARE - 16 - taken - 24)
        canvas.text(style.WIDTH - style.MARGIN, y, segment.label, align="right", strong=True)
        y += ROW_HEIGHT
    return y
