"""Readings that put rows into groups: "how many models per series", "in which year did the most models start"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.intent.choosing import choose
from bot.intent.clause import Clause, Reading
from bot.intent.parts import Best, Chunk, Part
from bot.intent.senses import Kind
from knowledge.query import Attribute, AttributeName, Direction, Function, Grouped

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
    """Which groups are asked for: those at a place of an order; and the part that says so."""

    direction: Direction
    position: int
    part: Part


def read_groups(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a question about groups of rows."""
    shares = clause.words(Kind.SHARE) if clause.bests else []  # the largest share is the most
    computing = any(not part.has(Kind.GROUPING) and part not in shares for part in clause.words(*COMPUTING))
    if clause.polar or clause.milestones or computing:
        return
    place = _place(clause)
    for grouping in (*_by_facet(clause), *_by_year(clause)):
        if grouping.each == (place is not None) or (place is not None and not _is_of_groups(clause, grouping, place)):
            continue
        if grouping.each and grouping.by in DATED and not clause.any(Kind.MODEL_NOUN):
            continue  # how many were built in each year is not known
        chosen = choose(clause, ranked=False)
        function, counted = _measure(clause, grouping, place)
        used = chosen.used | grouping.used | counted
        used |= {part.index for part in (*clause.words(Kind.SUM, Kind.HOW_MANY, Kind.BOTH, Kind.HOW), *shares)}
        query = Grouped(chosen.selection(), grouping.by, function)
        if place is not None:
            query = Grouped(
                chosen.selection(), grouping.by, function, Attribute.QUANTITY, place.direction, place.position
            )
            used.add(place.part.index)
        yield Reading(query, frozenset(used), 0, tuple(chosen.conditions))


def _place(clause: Clause) -> Place | None:
    """The one superlative of amount, or the comparative that stands for it: "which brand made more"."""
    if len(clause.bests) == 1:
        best: Best = clause.bests[0].value
        single = best.count == 1 and best.attribute == Attribute.QUANTITY
        return Place(best.direction, best.position, clause.bests[0]) if single else None
    words = clause.words(Kind.COMPARATIVE)
    if len(words) == 1 and not clause.bests and not clause.mentions and clause.any(Kind.WHICH):
        order = words[0].senses[Kind.COMPARATIVE]
        return Place(order.direction, 1, words[0]) if order.attribute == Attribute.QUANTITY else None
    return None


def _by_facet(clause: Clause) -> Iterator[Grouping]:
    """Groups by a facet that the clause names."""
    for part in clause.words(Kind.ATTRIBUTE):
        names = [name for name in part.senses[Kind.ATTRIBUTE] if name in clause.facets()]
        if not names or clause.refers(part):
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
    used = {part.index for part in (*years, *verbs)} | ({years[0].index - 1} if each else set())
    used |= {part.index for part in clause.words(Kind.SAME_TIME, Kind.STILL)}
    yield Grouping(by, frozenset(used), each)


def _is_of_groups(clause: Clause, grouping: Grouping, place: Place) -> bool:
    """Whether the superlative is one of the groups, not of the rows in them.

    It stands before the facet ("the rarest body style"), or what it counts stands right behind it ("which series has
    the most models"), or nothing but the facet is asked for ("which brand was built most").
    """
    dated = grouping.by in DATED
    counted = _counted(clause, place)
    if dated:  # how many were built in one year is not known
        return counted is not None and (counted.has(Kind.MODEL_NOUN) or counted.has(Kind.START, Kind.END))
    nouns = clause.words(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN)
    nouns = [part for part in nouns if part is not counted and part.index not in grouping.used]
    if nouns or clause.any(Kind.WHEN, Kind.HOW_LONG, Kind.HOW_MANY):
        return False
    asked = clause.any(Kind.WHICH) or counted is not None or place.part.index < min(grouping.used)
    figures = [p for p in clause.words(Kind.ATTRIBUTE) if Attribute.QUANTITY in p.senses[Kind.ATTRIBUTE]]
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
    figures = {p.index for p in clause.words(Kind.ATTRIBUTE) if Attribute.QUANTITY in p.senses[Kind.ATTRIBUTE]}
    means = clause.words(Kind.MEAN)
    if means:
        return "mean", {part.index for part in means} | figures
    nouns = [part for part in clause.words(Kind.MODEL_NOUN) if part.index not in grouping.used]
    counted = _counted(clause, place) if place is not None else next(iter(nouns), None)
    if counted is not None and counted.has(Kind.MODEL_NOUN) and not counted.has(Kind.PRODUCT_NOUN):
        products = clause.words(Kind.PRODUCT_NOUN)
        if place is not None or not products or counted.index < products[0].index:
            return None, figures
    return "sum", figures
