"""The milestones as a line: their numbers over their dates."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.languages import Language
from bot.replies.charts import style
from bot.replies.charts.canvas import Align, Canvas, ticks
from bot.replies.charts.frame import framed
from bot.replies.charts.subject import Caption, about, milestones_of
from bot.replies.charts.timeline import year_of
from bot.replies.wording_markdown import plain
from bot.replies.wording_phrases import Phrases
from knowledge.query import Attribute, Query
from knowledge.relations import Relations
from knowledge.schema import Milestone, PartialDate

HEIGHT = 680
LABELS = 5
"""Numbers and years along the axes, about."""
DOTS = 40
"""Above so many milestones the line has small dots."""
LABELLED = 8
"""Above so many milestones there are numbers along the side too."""
TOLD = 6
"""Milestones that the alternative text names."""
GAP = 18
"""Pixels between a point and its label."""
LABEL_WIDTH = 560
HEADROOM = 1.25
"""Room over the last point for its label."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Point:
    """One milestone: between the first and the last moment that its date may mean, in years."""

    number: int
    first: float
    last: float
    label: str
    """The number as people read it."""
    detail: str
    """When, and what it was."""
    strong: bool = False

    @property
    def middle(self) -> float:
        """Where the point stands."""
        return (self.first + self.last) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """What the picture shows: points by their number."""

    caption: Caption
    points: tuple[Point, ...]
    alt: str


def line_of(query: Query | None, relations: Relations, language: Language) -> Line:
    """All milestones whose date is known; those that a query asks for are strong."""
    phrases = Phrases(relations, language)
    say = language.say
    asked = milestones_of(query, relations)
    points = tuple(_points(relations.milestones, asked, phrases))
    undated = len(relations.milestones) - len(points)
    notes = []
    if not points:
        notes.append(say("charts.milestones.none"))
    if undated and points:
        notes.append(say("charts.milestones.undated", count=undated))
    if any(point.last - point.first > 0.5 for point in points):
        notes.append(say("charts.milestones.rough"))
    caption = Caption(
        say("charts.milestones.heading"),
        about(None, relations, language, "milestones"),
        tuple(notes),
        say("charts.as_of", date=relations.knowledge.as_of),
    )
    return Line(caption, points, _alt(points, caption, language))


def _points(milestones: Sequence[Milestone], asked: frozenset[int], phrases: Phrases) -> Iterator[Point]:
    for milestone in milestones:
        day = milestone.date
        if isinstance(day, PartialDate):
            model = plain(phrases.of(milestone, Attribute.MODEL))
            when = phrases.date(day)
            detail = phrases.language.say("charts.milestones.detail", date=when, model=model) if model else when
            yield Point(
                milestone.number,
                year_of(day, "start"),
                year_of(day, "end"),
                phrases.number(milestone.number),
                detail,
                # Where all are asked for, none stands out.
                milestone.number in asked and len(asked) < len(milestones),
            )


def _alt(points: Sequence[Point], caption: Caption, language: Language) -> str:
    say = language.say
    if not points:
        return f"{caption.heading}. {' '.join(caption.notes)}"
    start = say("charts.milestones.alt", count=len(points))
    told = list(points) if len(points) <= TOLD else [points[0], *(p for p in points[1:-1] if p.strong), points[-1]]
    named = language.enumeration([say("charts.milestones.told", number=p.label, detail=p.detail) for p in told[:TOLD]])
    key = "all" if len(points) <= TOLD else "ends"
    return f"{start} " + say(f"charts.milestones.{key}", told=named)


def picture(data: Line, language: Language) -> bytes:
    """The line, as PNG."""

    def body(canvas: Canvas, y: float) -> float:
        if not data.points:
            return y
        _Plot(canvas, y + 10, data.points, language.number).paint()
        return y + HEIGHT

    return framed(data.caption, body)


class _Plot:
    """The line on its axes, in one canvas."""

    def __init__(self, canvas: Canvas, top: float, points: Sequence[Point], say: Callable[[float], str]) -> None:
        self._canvas = canvas
        self._say = say
        self._points = points
        years = [year for point in points for year in (point.first, point.last)]
        self._first, self._last = math.floor(min(years)), math.ceil(max(years))
        self._last = max(self._last, self._first + 1)
        self._most = max(point.number for point in points) * HEADROOM
        self._left, self._right = float(style.MARGIN), float(style.WIDTH - style.MARGIN - 10)
        self._top, self._bottom = top, top + HEIGHT - 60

    def paint(self) -> None:
        self._years()
        numbers = self._numbers() if len(self._points) > LABELLED else []
        places = [(self._x(point.middle), self._y(point.number)) for point in self._points]
        if len(places) > 1:
            self._canvas.line(places, style.BAR)
        for point, (x, y) in zip(self._points, places, strict=True):
            colour = style.STRONG if point.strong else style.BAR
            if point.last - point.first > 0.5:
                # Only the year is known: the product stood somewhere along this.
                self._canvas.line([(self._x(point.first), y), (self._x(point.last), y)], colour)
            radius = 13 if point.strong else 10 if len(places) <= DOTS else 5
            self._canvas.dot(x, y, radius, colour)
        self._labels(places, numbers)

    def _numbers(self) -> list[Box]:
        """Round numbers on the left, where not every point can have its own; what they cover."""
        boxes = []
        for number in ticks(0, self._most, LABELS)[1:]:
            y, text = self._y(number), self._say(number)
            top = y - style.NOTE * style.LEADING
            self._canvas.rule((self._left, y), (self._right, y))
            self._canvas.text(self._left, top, text, size=style.NOTE, colour=style.MUTED)
            boxes.append((self._left, top, self._left + self._canvas.width(text, style.NOTE), y))
        return boxes

    def _x(self, year: float) -> float:
        return self._left + (self._right - self._left) * (year - self._first) / (self._last - self._first)

    def _y(self, number: float) -> float:
        return self._bottom - (self._bottom - self._top) * number / self._most

    def _years(self) -> None:
        self._canvas.rule((self._left, self._bottom), (self._right, self._bottom), style.REST)
        for year in ticks(self._first, self._last - 1, LABELS):
            x = self._x(year + 0.5)
            self._canvas.rule((x, self._top), (x, self._bottom))
            text = f"{year:.0f}"
            self._canvas.text(x, self._bottom + 14, text, size=style.NOTE, colour=style.MUTED, align="center")

    def _labels(self, places: Sequence[tuple[float, float]], numbers: Sequence[Box]) -> None:
        """As many labels as have room: what was asked for before the last and the first, then the others."""
        taken = [*numbers, *(around(x, y) for x, y in _along(places))]
        order = sorted(range(len(places)), key=lambda i: (not self._points[i].strong, i != len(places) - 1, i != 0, -i))
        for index in order:
            point, (x, y) = self._points[index], places[index]
            detail = self._canvas.shortened(point.detail, LABEL_WIDTH, style.NOTE)
            width = max(self._canvas.width(point.label, strong=True), self._canvas.width(detail, style.NOTE))
            height = style.LABEL * style.LEADING + style.NOTE * style.LEADING
            for align, box in self._around(x, y, width, height):
                if self._is_free(box, taken, (x, y)):
                    taken.append(box)
                    edge = box[2] if align == "right" else box[0]
                    colour = style.STRONG if point.strong else style.TEXT
                    self._canvas.text(edge, box[1], point.label, align=align, strong=True, colour=colour)
                    below = box[1] + style.LABEL * style.LEADING
                    self._canvas.text(edge, below, detail, size=style.NOTE, colour=style.MUTED, align=align)
                    break

    def _around(self, x: float, y: float, width: float, height: float) -> Iterator[tuple[Align, Box]]:
        """Where a label may stand: the line rises, so there is most room above to the left, and below to the right."""
        yield "right", (x - GAP - width, y - height - 4, x - GAP, y - 4)
        yield "left", (x + GAP, y + 8, x + GAP + width, y + height + 8)
        yield "left", (x - 10, y - height - GAP, x - 10 + width, y - GAP)
        yield "right", (x + 10 - width, y + GAP, x + 10, y + height + GAP)

    def _is_free(self, box: Box, taken: Sequence[Box], own: tuple[float, float]) -> bool:
        left, top, right, bottom = box
        if left < style.MARGIN / 2 or right > style.WIDTH - style.MARGIN / 2:
            return False
        if top < self._top - 10 or bottom > self._bottom - 4:
            return False
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in taken
            if other != around(*own)
        )


def around(x: float, y: float) -> Box:
    """What a point of the line covers."""
    return (x - 6, y - 6, x + 6, y + 6)


def _along(places: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The points, and points of the line between them so close that no label slips through."""
    yield from places
    for (x, y), (next_x, next_y) in pairwise(places):
        steps = int(max(abs(next_x - x), abs(next_y - y)) / 12)
        for step in range(1, steps):
            yield x + (next_x - x) * step / steps, y + (next_y - y) * step / steps
