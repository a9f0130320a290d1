"""Readings about milestones: which one, its attributes, their order, the time between two."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.asking import asked_attributes, precision
from bot.intent.clause import ASKING, Clause, Reading
from bot.intent.explaining import lacks
from bot.intent.parts import Chunk, Limit, Part, Time, places_of
from bot.intent.senses import Kind
from knowledge.conditions import attributes_of
from knowledge.evaluation import evaluate, scalar
from knowledge.query import (
    AllOf,
    Attribute,
    AttributeName,
    Between,
    Claim,
    Compare,
    Condition,
    Count,
    Difference,
    Direction,
    Equals,
    Exists,
    Get,
    IsKnown,
    Listing,
    Not,
    Ranking,
    Selection,
    Unavailable,
)
from knowledge.schema import Milestone, PartialDate

DESCRIPTION = (Attribute.MODEL, Attribute.COLOUR, Attribute.DATE)


def read_milestones(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a question about milestones."""
    events = clause.any(Kind.EVENT) and clause.any(Kind.PLANT, Kind.PLANT_NOUN, Kind.PRODUCT_NOUN, Kind.OWNER)
    if not clause.milestones and not clause.any(Kind.MILESTONE_NOUN) and not events:
        yield from _from_number_to_number(clause)
        return
    yield from _next(clause)
    if clause.polar:
        yield from _exists(clause)
        return
    yield from _of_row(clause)
    yield from _between(clause)
    yield from _compare(clause)
    yield from _get(clause)


def _next(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.NEXT)
    if asking and clause.any(Kind.MILESTONE_NOUN):
        last = Listing(Selection("milestones", (), Ranking(Attribute.NUMBER, "most")))
        used = places_of((*asking, *clause.words(Kind.MILESTONE_NOUN, Kind.WHEN)))
        yield Reading(Unavailable("next_milestone", last), frozenset(used))


def _exists(clause: Clause) -> Iterator[Reading]:
    """Was there such a milestone: "was there one in 2020", "was one of the milestone cars an X", "are there four"."""
    nouns = clause.words(Kind.MILESTONE_NOUN)
    if not nouns or clause.bests or clause.limits or any(part.value.numbers for part in clause.milestones):
        return
    if clause.any(Kind.OR, Kind.NOT, Kind.NEXT, *ASKING) or clause.excluded:
        return
    quantifiers = {part.quantifier for part in clause.parts}
    singled = bool(clause.times) or Kind.ANY in quantifiers or clause.any(Kind.THERE, Kind.ONE, Kind.ANY)
    if not singled or not quantifiers <= {None, Kind.ANY} or clause.any(Kind.BOTH, Kind.EVERY):
        return  # "were the milestones X": not whether one of them was
    conditions, used = conditions_of(clause)
    used |= places_of((*nouns, *clause.words(Kind.REACH, Kind.ONE, Kind.ANY, Kind.STILL)))
    selection = Selection("milestones", tuple(conditions))
    counts = [part for part in clause.chunks(Chunk.NUMBER) if not part.value.ordinal]
    if len(counts) == 1 and clause.after(counts[0]).has(Kind.MILESTONE_NOUN):
        condition = Equals(Attribute.QUANTITY, (counts[0].value.value,))
        yield Reading(Claim(Count(selection), condition), frozenset(used | {counts[0].index}), 1)
    elif conditions and not counts and _is_sure(clause, selection):
        yield Reading(Exists(selection), frozenset(used), 1)


def _is_sure(clause: Clause, selection: Selection) -> bool:
    """Whether what is found is surely so; if nothing is, whether the file tells of every milestone what is asked."""
    found = evaluate(Listing(selection), clause.relations).evidence
    bounds = [bound for part in clause.times for bound in (part.value.first, part.value.last) if bound is not None]
    if any(isinstance(bound.value, PartialDate) and bound.value.month for bound in bounds):
        return all(isinstance(each, Milestone) and each.date is not None and each.date.month for each in found)
    asked = {attribute for condition in selection.conditions for attribute in attributes_of(condition)}
    unknown = (Selection("milestones", (Not(IsKnown(attribute)),)) for attribute in asked)
    return bool(found) or not any(_found(clause, each) for each in unknown)


def conditions_of(clause: Clause) -> tuple[list[Condition], set[int]]:
    """What the clause says of milestones: numbers, colours, variants, rows, dates."""
    conditions: list[Condition] = []
    used: set[int] = set()
    numbers = [part for part in clause.milestones if part.value.numbers]
    if numbers:
        every = tuple(number for part in numbers for number in part.value.numbers)
        conditions.append(Equals(Attribute.NUMBER, every))
        used |= places_of(numbers)
    described = [part for part in clause.milestones if not part.value.numbers]
    for part in described:
        conditions.append(Not(part.value.condition) if part.negated else part.value.condition)
        used |= clause.denial(part) | {part.index}
    for part in clause.mentions:
        conditions.append(row_condition(clause, part))
        used.add(part.index)
    for part in clause.times:
        time: Time = part.value
        conditions.append(Between(Attribute.DATE, time.first, time.last))
        used.add(part.index)
    return conditions, used


def row_condition(clause: Clause, part: Part) -> Condition:
    """A name beside a milestone: the row that it belongs to, or the model as the milestone calls it."""
    return Equals(Attribute.ROW, clause.keys(part.value.rows))


def asked_of(clause: Clause) -> tuple[list[AttributeName], set[int]]:
    """The attributes of milestones that the clause asks for."""
    known = {Attribute.COLOUR, Attribute.DATE, Attribute.NUMBER, Attribute.MODEL, *clause.relations.details}
    known |= {Attribute.CODE, Attribute.BODY, Attribute.SERIES, Attribute.BRAND}
    asked: list[AttributeName] = []
    used: set[int] = set()
    for part in clause.words(Kind.WHEN, Kind.ATTRIBUTE):
        if part.has(Kind.WHEN):
            asked.append(Attribute.DATE)
            used.add(part.index)
            continue
        if {"day", "month"} & set(part.senses[Kind.ATTRIBUTE]):
            asked.append(Attribute.DATE)
            used.add(part.index)
            continue
        names = [name for name in part.senses[Kind.ATTRIBUTE] if name in known]
        if names:
            asked.append(Attribute.MODEL if names[0] == Attribute.NAME else names[0])
            used.add(part.index)
        elif {Attribute.NAME, Attribute.PERIOD} & set(part.senses[Kind.ATTRIBUTE]):
            used.add(part.index)
    for part in clause.words(Kind.SCALE):
        if clause.before(part).has(Kind.HOW_MANY):  # "the how-many-millionth"
            asked.append(Attribute.NUMBER)
            used |= {part.index, part.index - 1}
    return list(dict.fromkeys(asked)), used


def _get(clause: Clause) -> Iterator[Reading]:
    conditions, used = conditions_of(clause)
    asked, words = asked_of(clause)
    used |= words
    ranking: Ranking | None = None
    for part in clause.bests[:1]:
        best = part.value
        if best.attribute == Attribute.DURATION:
            continue  # how long it took to one of them is no attribute of it
        if any(attribute_is(condition, Attribute.NUMBER) for condition in conditions):
            continue  # "the last millionth": among those of one number there is no last
        ranking = Ranking(Attribute.NUMBER, best.direction, best.position, best.count)
        used.add(part.index)
    for part in clause.chunks(Chunk.NUMBER):
        if part.value.ordinal and ranking is None and not conditions:
            ranking = in_order(part)
            used.add(part.index)
    used |= {
        part.index
        for part in clause.words(
            Kind.MILESTONE_NOUN, Kind.EVENT, Kind.OR, Kind.ELSE, Kind.SUM, Kind.REACH, Kind.UNIT, Kind.NTH
        )
        if not lacks(clause, part)
    }
    selection = Selection("milestones", tuple(conditions), ranking)
    if set(asked) & clause.relations.details:
        used |= clause.places(Kind.HOW_MANY, Kind.WHEREABOUTS)  # "how many cylinders"
    if clause.any(Kind.HOW_MANY) and not set(asked) & {*clause.relations.details, Attribute.NUMBER}:
        if not clause.milestones:
            counted = clause.places(Kind.HOW_MANY)
            yield Reading(Count(selection), frozenset(used | counted))
        return
    if not conditions and not ranking and not asked:
        yield Reading(Listing(selection), frozenset(used), 1)
        return
    attributes = tuple(asked) or DESCRIPTION
    numbered = [condition for condition in conditions if attribute_is(condition, Attribute.NUMBER)]
    if len(numbered) == 1 and len(conditions) > 1 and not _found(clause, selection):
        # What else is said of this milestone is not so: that is told first.
        rest = [condition for condition in conditions if condition not in numbered]
        subject = Get(Selection("milestones", tuple(numbered)), DESCRIPTION)
        yield Reading(Claim(subject, AllOf(tuple(rest))), frozenset(used), 0)
        return
    if len(numbered) != 1 and Attribute.MODEL not in attributes and _found(clause, selection) > 1:
        attributes = (Attribute.MODEL, *attributes)
    yield Reading(Get(selection, attributes, precision(clause)), frozenset(used), 0 if asked else 1)


def in_order(part: Part) -> Ranking:
    """The place that an ordinal names among the milestones, the smallest number first."""
    return Ranking(Attribute.NUMBER, "least", int(part.value.value))


def attribute_is(condition: Condition, attribute: AttributeName) -> bool:
    """Whether a condition is about this attribute alone."""
    return isinstance(condition, Equals) and condition.attribute == attribute


def _found(clause: Clause, selection: Selection) -> int:
    return len(evaluate(Listing(selection), clause.relations).evidence)


def _of_row(clause: Clause) -> Iterator[Reading]:
    """Attributes of the row that a milestone belongs to: "the model of the second million, when did it end"."""
    if len(clause.milestones) != 1 or clause.mentions or clause.any(Kind.PLANT_NOUN):
        return
    if not clause.milestones[0].value.numbers:
        return  # a variant's own figures are not those of its row
    asked, used = asked_attributes(clause, set())
    facets = set(asked) & set(clause.facets())
    runs = (Kind.START, Kind.END, Kind.WHEN_START, Kind.WHEN_END, Kind.HOW_MANY, Kind.HOW_LONG)
    amount = not clause.milestones[0].value.ordinal and not clause.any(Kind.MODEL_NOUN, Kind.MILESTONE_NOUN)
    if amount and clause.any(Kind.HOW_LONG):
        return  # "how long did it take to build two million": how long it took the plant
    if not asked or not (clause.any(*runs) or Attribute.QUANTITY in asked or facets):
        return
    part = clause.milestones[0]
    found = evaluate(Get(Selection("milestones", (part.value.condition,)), (Attribute.ROW,)), clause.relations)
    keys = scalar(found)
    if not isinstance(keys, str):
        return
    selection = Selection("models", (Equals(Attribute.KEY, (keys,)),))
    words = clause.places(Kind.MILESTONE_NOUN, Kind.SUM)
    yield Reading(Get(selection, tuple(asked)), frozenset({part.index} | used | words), 1, selection.conditions)


def _between(clause: Clause) -> Iterator[Reading]:
    """The time from one milestone to the next one that is named, or from the first to the last of all."""
    asking = clause.words(Kind.HOW_LONG, Kind.ELAPSED, Kind.DIFFERENCE, Kind.HOW_MANY, Kind.UNIT, Kind.BETWEEN)
    if not clause.any(Kind.HOW_LONG, Kind.ELAPSED, Kind.DIFFERENCE, Kind.UNIT):
        return
    ends: list[tuple[Selection, int]] = [
        (Selection("milestones", (part.value.condition,)), part.index) for part in clause.milestones
    ]
    ends += [(Selection("milestones", (row_condition(clause, part),)), part.index) for part in clause.mentions]
    if len(ends) < 2:
        for part in clause.chunks(Chunk.NUMBER):
            if part.value.ordinal:  # "the second and the third milestone"
                ends.append((Selection("milestones", (), in_order(part)), part.index))
    if not ends:
        for part in clause.bests:
            ranking = Ranking(Attribute.NUMBER, part.value.direction, part.value.position)
            ends.append((Selection("milestones", (), ranking), part.index))
    if len(ends) != 2:
        return
    if clause.mentions and not all(_found(clause, selection) for selection, _ in ends):
        return  # a name that no milestone bears
    one, other = (Get(selection, (Attribute.DATE,)) for selection, _ in sorted(ends, key=lambda end: end[1]))
    used = {index for _, index in ends}
    used |= {
        p.index
        for p in (*asking, *clause.words(Kind.MILESTONE_NOUN, Kind.ATTRIBUTE, Kind.AFTER, Kind.BEFORE, Kind.REACH))
    }
    yield Reading(Difference(one, other), frozenset(used))


def _from_number_to_number(clause: Clause) -> Iterator[Reading]:
    """The time between two milestones that only their numbers tell: "how long from two million to three million"."""
    if len(clause.limits) != 1 or clause.mentions or not clause.any(Kind.HOW_LONG, Kind.ELAPSED):
        return
    limit: Limit = clause.limits[0].value
    bounds = [bound.value for bound in (limit.least, limit.most) if bound is not None]
    numbers = [int(value) for value in bounds if isinstance(value, int | float)]
    if limit.attribute is not None or len(numbers) != 2 or not clause.relations.milestone_numbers.issuperset(numbers):
        return
    one, other = (Get(Selection("milestones", (Equals(Attribute.NUMBER, (n,)),)), (Attribute.DATE,)) for n in numbers)
    words = clause.words(Kind.HOW_LONG, Kind.ELAPSED, Kind.REACH, Kind.UNIT)
    yield Reading(Difference(one, other), frozenset(places_of((clause.limits[0], *words))))


def _compare(clause: Clause) -> Iterator[Reading]:
    """Which of two milestones came first."""
    sides: list[tuple[int, Condition]] = [(part.index, part.value.condition) for part in clause.milestones]
    sides += [(part.index, row_condition(clause, part)) for part in clause.mentions]
    ordered = clause.words(Kind.COMPARATIVE, Kind.BEFORE, Kind.AFTER)
    if len(sides) < 2 or not (ordered or clause.bests):
        return
    direction: Direction = clause.bests[0].value.direction if clause.bests else "least"
    if ordered and ordered[0].has(Kind.COMPARATIVE):
        direction = ordered[0].senses[Kind.COMPARATIVE].direction
    used = {index for index, _ in sides} | places_of((*ordered, *clause.bests))
    used |= clause.places(Kind.MILESTONE_NOUN, Kind.OR, Kind.VERSUS)
    used |= places_of(clause.naming(Attribute.NUMBER))
    selections = tuple(Selection("milestones", (condition,)) for _, condition in sorted(sides, key=lambda s: s[0]))
    yield Reading(Compare(selections, Attribute.DATE, direction), frozenset(used))
