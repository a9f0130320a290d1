"""Readings that put rows into groups: "how many models per series", "in which year did the most models start"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.intent.choosing import choose
from bot.intent.chunking.bests import MOST_PLACES
from bot.intent.clause import Clause, Reading
from bot.intent.explaining import refers
from bot.intent.parts import Best, Chunk, Part, places_of
from bot.intent.senses import NOUNS, Kind
from knowledge.query import (
    Attribute,
    AttributeName,
    Between,
    Bound,
    Direction,
    Function,
    Grouped,
    Selection,
)

DATED = (Attribute.START, Attribute.END, Attribute.PERIOD)
COMPUTING = (Kind.DIFFERENCE, Kind.RATIO, Kind.SHARE, Kind.RANK, Kind.NEAREST, Kind.REACH, Kind.WHY)


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what rows are grouped, and the parts that say so."""

    by: AttributeName
    used: frozenset[int]
    each: bool
    """Whether it is told of every group: "per series", not "which series"."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which groups are asked for: those at some places of an order; and the part that says so."""

    direction: Direction
    position: int
    part: Part
    count: int | None = 1


@dataclass(frozen=True, slots=True)
class Within:
    """Which groups are asked for: those that come to an amount; and the parts that say so."""

    least: Bound | None
    most: Bound | None
    used: frozenset[int]
    counted: bool
    """Whether it is an amount of rows."""


def read_groups(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a question about groups of rows."""
    shares = clause.words(Kind.SHARE) if clause.bests else []  # the largest share is the most
    computing = any(not part.has(Kind.GROUPING) and part not in shares for part in clause.words(*COMPUTING))
    if clause.polar or clause.milestones or computing:
        return
    within = _within(clause)
    place = None if within is not None else _place(clause)
    for grouping in (*_by_facet(clause), *_by_year(clause)):
        if within is not None:
            yield from _of_amount(clause, grouping, within)
            continue
        if grouping.each == (place is not None) or (place is not None and not _is_of_groups(clause, grouping, place)):
            continue
        if grouping.each and grouping.by in DATED and not clause.any(Kind.MODEL_NOUN):
            continue  # how many were built in each year is not known
        chosen = choose(clause, ranked=False)
        function, counted = _measure(clause, grouping, place)
        used = chosen.used | grouping.used | counted
        used |= places_of((*clause.words(Kind.SUM, Kind.HOW_MANY, Kind.BOTH, Kind.HOW), *shares))
        if place is not None and _lasting(place):
            if grouping.by in DATED or function != "sum":
                continue
            function = "span"
        query = Grouped(chosen.selection(), grouping.by, function)
        if function == "span":
            query = replace(query, attribute=Attribute.DURATION)
        if place is not None:
            query = replace(query, direction=place.direction, position=place.position, count=place.count)
            used.add(place.part.index)
        yield Reading(query, frozenset(used), 0, tuple(chosen.conditions))


def _place(clause: Clause) -> Place | None:
    """The one superlative of amount, or what stands for it: "which brand made more", "… is second", "… by quantity"."""
    if len(clause.bests) == 1:
        best: Best = clause.bests[0].value
        amount = best.attribute in (Attribute.QUANTITY, Attribute.DURATION)
        return Place(best.direction, best.position, clause.bests[0], best.count) if amount else None
    words = clause.words(Kind.COMPARATIVE)
    if clause.bests or words:
        asked = len(words) == 1 and not clause.bests and not clause.mentions and clause.any(Kind.WHICH)
        order = words[0].senses[Kind.COMPARATIVE] if asked else None
        return Place(order.direction, 1, words[0]) if order and order.attribute == Attribute.QUANTITY else None
    ordinals = [part for part in clause.chunks(Chunk.NUMBER) if part.value.ordinal and part.value.value <= MOST_PLACES]
    if clause.any(Kind.WHICH) and len(ordinals) == 1 and not clause.mentions:
        return Place("most", int(ordinals[0].value.value), ordinals[0])
    sorting = clause.words(Kind.BY_ATTRIBUTE)
    if sorting and not clause.any(Kind.HOW_MANY, Kind.MEAN):
        return Place("most", 1, sorting[-1], None)
    return None


def _lasting(place: Place) -> bool:
    """Whether groups are put in order by how long they were built."""
    return place.part.chunk is Chunk.BEST and place.part.value.attribute == Attribute.DURATION


def _within(clause: Clause) -> Within | None:
    """An amount that groups come to: "which series were built more than 500,000 times", "… have only one model"."""
    if not clause.any(Kind.WHICH, Kind.LIST) or clause.bests or clause.mentions:
        return None
    if len(clause.limits) == 1:
        part, limit = clause.limits[0], clause.limits[0].value
        counted = clause.after(part).has(Kind.MODEL_NOUN)
        said = any(each.has(Kind.MODEL_NOUN) for each in clause.parts[: part.index])
        if part.negated or said or limit.attribute not in (None, Attribute.QUANTITY):
            return None
        return Within(limit.least, limit.most, frozenset({part.index}), counted)
    noun = next(reversed(clause.words(Kind.MODEL_NOUN)), None)
    if clause.limits or noun is None:
        return None
    before = clause.before(noun)
    if before.has(Kind.BOUND) and before.senses[Kind.BOUND] == "above":  # where "one" is an article too
        return Within(Bound(1, inclusive=False), None, frozenset({before.index}), True)
    number = 1 if before.has(Kind.ONLY, Kind.ONE) else None
    if before.chunk is Chunk.NUMBER and not before.value.ordinal:
        number = before.value.value
    if number is None or before.index < 2:
        return None
    return Within(Bound(number), Bound(number), frozenset({before.index}), True)


def _of_amount(clause: Clause, grouping: Grouping, within: Within) -> Iterator[Reading]:
    if grouping.each or grouping.by in DATED or min(within.used) < min(grouping.used):
        return
    chosen = choose(clause, ranked=False)
    limits = {Between(p.value.attribute or Attribute.QUANTITY, p.value.least, p.value.most) for p in clause.limits}
    conditions = tuple(condition for condition in chosen.conditions if condition not in limits)
    function: Function | None = None if within.counted else "sum"
    query = Grouped(Selection("models", conditions), grouping.by, function, least=within.least, most=within.most)
    used = chosen.used | grouping.used | within.used
    yield Reading(query, frozenset(used | clause.places(Kind.SUM)), 0, conditions)


def _by_facet(clause: Clause) -> Iterator[Grouping]:
    """Groups by a facet that the clause names."""
    for part in clause.words(Kind.ATTRIBUTE):
        names = [name for name in part.senses[Kind.ATTRIBUTE] if name in clause.facets()]
        if not names or refers(clause, part):
            continue
        before = clause.before(part)
        each = before.chunk is Chunk.WORD and before.has(Kind.GROUPING)
        yield Grouping(names[0], frozenset({part.index, part.index - 1} if each else {part.index}), each)
    lines = clause.words(Kind.MODEL_NOUN)
    if len(lines) == 2 and Attribute.SERIES in clause.facets() and clause.any(Kind.WHICH):
        # "Which model line has the most models": what counts models is no model itself.
        yield Grouping(Attribute.SERIES, frozenset({lines[0].index}), False)


def _by_year(clause: Clause) -> Iterator[Grouping]:
    """Groups by the year in which rows started, ended or were in production."""
    years = clause.words(Kind.WHEN, Kind.YEAR_OF, Kind.WHEN_START, Kind.WHEN_END)
    years += [part for part in clause.words(Kind.UNIT) if part.senses[Kind.UNIT] == "year" and part not in years]
    if not years or clause.times or clause.any(Kind.SAME):
        return
    verbs = clause.words(Kind.START, Kind.END)
    kinds = {kind for kind in (Kind.START, Kind.END) if any(part.has(kind) for part in verbs)}
    if len(kinds) > 1:
        return
    by = Attribute.PERIOD if not kinds else Attribute.START if Kind.START in kinds else Attribute.END
    before = clause.before(years[0])
    each = before.chunk is Chunk.WORD and before.has(Kind.GROUPING)
    used = places_of((*years, *verbs)) | ({years[0].index - 1} if each else set())
    used |= clause.places(Kind.SAME_TIME, Kind.STILL)
    yield Grouping(by, frozenset(used), each)


def _is_of_groups(clause: Clause, grouping: Grouping, place: Place) -> bool:
    """Whether the superlative is one of the groups, not of the rows in them.

    It stands before the facet ("the rarest body style"), or what it counts stands right behind it ("which series has
    the most models"), or nothing but the facet is asked for ("which brand was built most").
    """
    dated = grouping.by in DATED
    if not dated and place.part.has(Kind.QUANTIFIER) and place.part.index + 1 in grouping.used:
        return False  # "the most blades": how many of them something has
    counted = _counted(clause, place)
    if dated:  # how many were built in one year is not known
        return counted is not None and (counted.has(Kind.MODEL_NOUN) or counted.has(Kind.START, Kind.END))
    nouns = clause.words(*NOUNS)
    nouns = [part for part in nouns if part is not counted and part.index not in grouping.used]
    if nouns or clause.any(Kind.WHEN, Kind.HOW_LONG, Kind.HOW_MANY):
        return False
    asked = clause.any(Kind.WHICH) or counted is not None or place.part.index < min(grouping.used)
    asked = asked or place.count is None
    figures = clause.naming(Attribute.QUANTITY)
    others = [p for p in clause.words(Kind.ATTRIBUTE) if p.index not in grouping.used and p not in figures]
    return asked and not others


def _counted(clause: Clause, place: Place) -> Part | None:
    """What a superlative counts: "the most models"."""
    following = clause.parts[place.part.index + 1 : place.part.index + 3]
    nouns = (Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.START, Kind.END)
    if place.part.chunk is Chunk.BEST and not place.part.has(Kind.QUANTIFIER):
        return None  # "the most built model" is one, "the most models" are counted
    return next((part for part in following if part.chunk is Chunk.WORD and part.has(*nouns)), None)


def _measure(clause: Clause, grouping: Grouping, place: Place | None) -> tuple[Function | None, set[int]]:
    """What is told of each group: how many rows, or their quantities in sum or on average."""
    if grouping.by in DATED:
        return None, set()
    figures = places_of(clause.naming(Attribute.QUANTITY))
    means = clause.words(Kind.MEAN)
    if means:
        return "mean", places_of(means) | figures
    nouns = [part for part in clause.words(Kind.MODEL_NOUN) if part.index not in grouping.used]
    counted = _counted(clause, place) if place is not None else next(iter(nouns), None)
    if counted is not None and counted.has(Kind.MODEL_NOUN) and not counted.has(Kind.PRODUCT_NOUN):
        products = clause.words(Kind.PRODUCT_NOUN)
        if place is not None or not products or counted.index < products[0].index:
            return None, figures
    return "sum", figures
