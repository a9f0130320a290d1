"""Quantities as bars: the most first, or in the order that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.languages import Language
from bot.replies.charts import style
from bot.replies.charts.canvas import Canvas
from bot.replies.charts.frame import framed
from bot.replies.charts.subject import Caption, Place, about, models_in, places_of
from bot.replies.describe_query import group_name
from bot.replies.wording_markdown import plain
from bot.replies.wording_phrases import Phrases
from knowledge.answer import Comparison
from knowledge.evaluation import evaluate
from knowledge.query import Attribute, Compare, Query
from knowledge.relations import Relations

LIMIT = 10
"""Bars of one picture; the rest is told below them."""
TOLD = 3
"""Bars that the alternative text names."""

BAR_HEIGHT = 20
ROW_HEIGHT = 84


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``quantity`` none is not known. ``label`` is the quantity as people read it."""

    name: str
    quantity: int | None
    label: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """What the picture shows."""

    caption: Caption
    bars: tuple[Bar, ...]
    alt: str


def bars_of(query: Query | None, relations: Relations, language: Language) -> Bars:
    """The bars for what a query asks for; for all models without one."""
    phrases = Phrases(relations, language)
    say = language.say
    bars = _sides(query, relations, phrases) if isinstance(query, Compare) else None
    shown = bars if bars is not None else _rows(query, relations, phrases)
    kept, left_out = _cut(shown)
    caption = Caption(
        say("charts.quantities.heading"),
        about(query, relations, language),
        tuple(_notes(kept, left_out, language)) if shown else (say("charts.nothing"),),
        say("charts.as_of", date=relations.knowledge.as_of),
    )
    return Bars(caption, kept, " ".join((_alt(caption, shown, language), *caption.notes)))


def bar_of(name: str, quantity: int | None, language: Language, *, strong: bool = False) -> Bar:
    """A bar with its label."""
    label = language.number(quantity) if quantity is not None else language.say("charts.not_known")
    return Bar(name, quantity, label, strong)


def _rows(query: Query | None, relations: Relations, phrases: Phrases) -> tuple[Bar, ...]:
    places, ordered = places_of(query, relations)
    if not ordered:
        places = tuple(sorted(places, key=lambda place: (place.model.quantity is None, -(place.model.quantity or 0))))
    return tuple(_row(place, phrases) for place in places)


def _row(place: Place, phrases: Phrases) -> Bar:
    name = place.model.key
    if place.number is not None:
        name = phrases.language.say("charts.placed", place=place.number, name=name)
    return bar_of(name, place.model.quantity, phrases.language, strong=place.strong)


def _sides(query: Compare, relations: Relations, phrases: Phrases) -> tuple[Bar, ...] | None:
    """A bar for each side of a comparison by quantity, the winner's strong; none if it is another comparison."""
    answer = evaluate(query, relations)
    if query.attribute != Attribute.QUANTITY or not isinstance(answer.result, Comparison):
        return None
    bars = []
    for index, (side, selection) in enumerate(zip(answer.result.sides, query.sides, strict=True)):
        rows = models_in(side.records)
        name = rows[0].key if len(rows) == 1 else plain(group_name(selection, phrases))
        quantity = side.value if isinstance(side.value, int) else None
        bars.append(bar_of(name, quantity, phrases.language, strong=index in answer.result.winners))
    return tuple(bars)


def _cut(bars: Sequence[Bar]) -> tuple[tuple[Bar, ...], tuple[Bar, ...]]:
    """The first bars, with what was asked for in any case, and those that have no room."""
    if len(bars) <= LIMIT:
        return tuple(bars), ()
    asked = [index for index, bar in enumerate(bars) if bar.strong][:LIMIT]
    others = [index for index in range(len(bars)) if index not in asked]
    kept = sorted(asked + others[: LIMIT - len(asked)])
    return tuple(bars[i] for i in kept), tuple(bar for i, bar in enumerate(bars) if i not in set(kept))


def _notes(kept: Sequence[Bar], left_out: Sequence[Bar], language: Language) -> list[str]:
    say = language.say
    notes = []
    known = [bar.quantity for bar in left_out if bar.quantity is not None]
    if known:
        notes.append(say("charts.quantities.others", count=len(known), total=sum(known)))
    if len(known) < len(left_out):
        notes.append(say("charts.quantities.others_unknown", count=len(left_out) - len(known)))
    if not any(bar.quantity is not None for bar in (*kept, *left_out)):
        notes.append(say("charts.quantities.none_known"))
    return notes


def _alt(caption: Caption, bars: Sequence[Bar], language: Language) -> str:
    say = language.say
    if not bars:
        return f"{caption.heading}, {caption.about}."
    known = [bar for bar in bars if bar.quantity is not None]
    first = (known or list(bars))[:TOLD]
    named = [*first, *[bar for bar in bars if bar.strong and bar not in first][:TOLD]]
    told = [say("charts.quantities.told", name=bar.name, quantity=bar.label) for bar in named]
    start = say("charts.quantities.alt", count=len(bars), about=caption.about)
    key = "first" if len(bars) > len(told) else "all"
    return f"{start} " + say(f"charts.quantities.{key}", told=language.enumeration(told))


def picture(data: Bars) -> bytes:
    """The bars, as PNG."""
    most = max((bar.quantity or 0 for bar in data.bars), default=0)

    def body(canvas: Canvas, y: float) -> float:
        for bar in data.bars:
            paint_bar(canvas, y, bar, most)
            y += ROW_HEIGHT
        return y

    return framed(data.caption, body)


def paint_bar(canvas: Canvas, y: float, bar: Bar, most: int) -> None:
    """The name and the number, and the bar under them: each has all of a phone's width."""
    known = bar.quantity is not None
    taken = canvas.width(bar.label, strong=known)
    right = style.WIDTH - style.MARGIN
    colour = style.STRONG if bar.strong else style.TEXT
    canvas.text(style.MARGIN, y, bar.name, room=style.INNER - taken - 24, colour=colour, strong=bar.strong)
    canvas.text(right, y, bar.label, align="right", strong=known, colour=style.TEXT if known else style.MUTED)
    top = y + style.LABEL * style.LEADING
    canvas.bar(style.MARGIN, top, style.INNER, BAR_HEIGHT, style.GRID, opacity=0.45)
    if bar.quantity:
        length = max(3.0, style.INNER * bar.quantity / most)
        canvas.bar(style.MARGIN, top, length, BAR_HEIGHT, style.STRONG if bar.strong else style.BAR)
