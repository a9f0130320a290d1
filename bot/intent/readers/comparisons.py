"""Readings that set two or more things against each other: which is more, by how much, how many times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.intent.choosing import choose
from bot.intent.clause import Clause, Reading
from bot.intent.facets import ranks_facet
from bot.intent.grouping import JOINED, sides_of, united
from bot.intent.operands import operands_of, selected_pair, yearly_outputs
from bot.intent.ordering import is_of_each
from bot.intent.parts import Chunk, Mention, Part, places_of
from bot.intent.readers.elapsed import asks_for_pause
from bot.intent.relative import asks_members, distance, is_beyond_several, measured
from bot.intent.senses import EITHER, Kind, Order
from bot.intent.timing import set_apart, time_condition, timed_verbs, verb_of
from knowledge.query import (
    Aggregate,
    Attribute,
    AttributeName,
    Compare,
    Constant,
    Count,
    Difference,
    Direction,
    Ratio,
    Selection,
    Together,
)

AMOUNTS = (Attribute.QUANTITY, Attribute.DURATION)


def read_comparisons(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a comparison."""
    if ranks_facet(clause) or is_beyond_several(clause):
        return
    yield from _counts(clause)
    yield from _times_apart(clause)
    yield from _together(clause)
    yield from _compare(clause)
    yield from _distance(clause)
    yield from _difference(clause)
    yield from _ratio(clause)


def order_of(clause: Clause, default: AttributeName = Attribute.QUANTITY) -> tuple[AttributeName, Direction, set[int]]:
    """By which attribute and in which direction the clause compares, and the words that say so."""
    used: set[int] = set()
    attribute: AttributeName | None = None
    direction: Direction = "most"
    words = clause.words(Kind.COMPARATIVE)
    if words:
        order: Order = words[0].senses[Kind.COMPARATIVE]
        attribute, direction = order.attribute, order.direction
        used |= places_of(words)
    if attribute == Attribute.START and clause.any(Kind.UNTIL):
        attribute = Attribute.END  # "ran until later"
    for part in clause.bests:
        if part.has(Kind.BUILD) and clause.any(Kind.DIFFERENCE):
            continue  # "how many more years did the X last"
        attribute = part.value.attribute if attribute is None else attribute
        direction = part.value.direction if not words else direction
        used.add(part.index)
    for part in clause.words(Kind.BEFORE, Kind.AFTER):
        if not words and not clause.bests:
            direction = "least" if part.has(Kind.BEFORE) else "most"
            attribute = Attribute.START
        used.add(part.index)
    taken = timed_verbs(clause)
    verbs = [part for part in clause.words(Kind.START, Kind.END) if part.index not in taken and not part.has(Kind.FILL)]
    dated = attribute in (None, Attribute.START, Attribute.END)
    if verbs and (dated or (attribute == Attribute.QUANTITY and not clause.any(Kind.PRODUCT_NOUN))):
        attribute = Attribute.START if verbs[-1].has(Kind.START) else Attribute.END
        used |= places_of(verbs)
    for part in clause.words(Kind.ATTRIBUTE, Kind.HOW_LONG, Kind.UNIT, Kind.HOW_MANY):
        names = part.senses.get(Kind.ATTRIBUTE, ())
        if part.has(Kind.HOW_LONG) or Attribute.DURATION in names or Attribute.PERIOD in names:
            attribute = Attribute.DURATION if attribute in (None, Attribute.QUANTITY) else attribute
            used.add(part.index)
        elif (
            part.senses.get(Kind.UNIT) == "year"
            and attribute in (None, Attribute.QUANTITY)
            and _counts_years(clause, part)
        ):
            attribute = Attribute.DURATION
            used.add(part.index)
        elif Attribute.QUANTITY in names or part.has(Kind.UNIT, Kind.HOW_MANY):
            used.add(part.index)
    return attribute or default, direction, used


def _counts_years(clause: Clause, part: Part) -> bool:
    """Whether years are what there are more of: "how many more years"."""
    before = clause.before(part)
    return before.has(Kind.DIFFERENCE, Kind.HOW_MANY, Kind.COMPARATIVE)


def _compare(clause: Clause) -> Iterator[Reading]:
    sides = sides_of(clause)
    if len(sides) < 2 or clause.milestones or clause.polar or len(clause.bests) > 1 or asks_members(clause):
        return
    joined = any(part.link in (Kind.OR, Kind.VERSUS, Kind.THAN) for part in clause.mentions)
    ordered = clause.any(Kind.COMPARATIVE, Kind.COMPARE) or clause.bests or clause.any(Kind.BEFORE, Kind.AFTER)
    against = any(part.link in (Kind.VERSUS, Kind.THAN) for part in clause.mentions) and not clause.any(Kind.OR)
    ordered = ordered or (against and clause.any(Kind.SUM))
    if not (ordered or joined):
        return
    if _is_adrift(clause, sides):
        return
    if clause.any(Kind.COMPARATIVE) and any(picks(clause, part) for part in clause.bests):
        return
    if _asks_by_how_many(clause) or is_of_each(clause):
        return
    if clause.any(Kind.HOW_LONG, Kind.ELAPSED) and clause.any(Kind.BEFORE, Kind.AFTER):
        return  # "how long after the X did the Y start": the time between two moments
    measures = [part for part in clause.words(Kind.THAN) if _before_rows(clause, part)]
    if clause.any(Kind.MODEL_NOUN) and len(measures) > 1:
        return  # "which models made fewer than the X but more than the Y" asks for others
    attribute, direction, used = order_of(clause)
    used |= places_of((*clause.mentions, *clause.words(Kind.COMPARE, Kind.VERSUS, Kind.OR, Kind.SUM)))
    used |= places_of(clause.naming(*clause.facets()))
    used |= clause.places(Kind.WHEN) if attribute in (Attribute.START, Attribute.END) else set()
    selections = tuple(side.selection for side in sides)
    yield Reading(Compare(selections, attribute, direction), frozenset(used), 0 if ordered else 1)


def _is_adrift(clause: Clause, groups: Sequence[Mention]) -> bool:
    """Whether a name behind "X or Y" narrows neither: "X or Y of the Z", of which there are none."""
    names = clause.mentions
    chosen = any(one.link in EITHER and other.link is None for one, other in pairwise(names))
    return chosen and len(groups) > 1 + sum(part.link in JOINED for part in names)


def picks(clause: Clause, part: Part) -> bool:
    """Whether a superlative says which row of the name behind it is meant: "did the first X beat the Y"."""
    return clause.after(part).chunk is Chunk.ROWS and not part.has(Kind.BUILD)


def counts_models(clause: Clause, groups: Sequence[Mention]) -> bool:
    """Whether rows are counted, not what was built of them: "are there more 1 Series or 2 Series models"."""
    words = clause.words(Kind.COMPARATIVE, Kind.DIFFERENCE)
    figures = clause.naming(Attribute.QUANTITY)
    if len(groups) != 2 or not words or figures or clause.any(Kind.BUILD, Kind.PRODUCT_NOUN, Kind.BY_ATTRIBUTE):
        return False
    order: Order | None = words[0].senses.get(Kind.COMPARATIVE)
    than = any(part.has(Kind.THAN) for part in clause.parts[clause.mentions[0].index : clause.mentions[-1].index])
    named = than and all(clause.after(part).has(Kind.MODEL_NOUN) for part in clause.mentions)
    places = [clause.after(words[0])]
    if words[0].has(Kind.COMPARATIVE):
        before = clause.before(words[0])
        places += [clause.parts[-1], before if clause.before(before).has(Kind.HOW_MANY) else words[0]]
    counted = named or any(part.has(Kind.MODEL_NOUN) for part in places)
    several = all(len(side.rows) > 1 for side in groups)
    return counted and (order is None or order.attribute == Attribute.QUANTITY) and several


def _counts(clause: Clause) -> Iterator[Reading]:
    groups = sides_of(clause)
    if not counts_models(clause, groups):
        return
    left, right = (Count(side.selection) for side in groups)
    words = clause.words(Kind.COMPARATIVE, Kind.OR, Kind.VERSUS, Kind.DIFFERENCE, Kind.HOW_MANY)
    yield Reading(Difference(left, right), frozenset(places_of((*clause.mentions, *words))))


def _times_apart(clause: Clause) -> Iterator[Reading]:
    """How many rows there were at one time and at another: "were more models built in 2014 than in 2020"."""
    ordered = clause.any(Kind.HOW_MANY, Kind.COMPARATIVE, Kind.COMPARE, Kind.DIFFERENCE)
    either = len(clause.times) == 2 and clause.any(Kind.OR) and clause.any(Kind.COMPARATIVE)
    if not (ordered and clause.any(Kind.MODEL_NOUN)) or not (set_apart(clause) or either):
        return
    chosen = choose(clause, ranked=False, timed=False)
    verb = verb_of(clause, clause.times[0])
    left, right = (
        Count(Selection("models", (*chosen.conditions, time_condition(clause, part, verb)))) for part in clause.times
    )
    words = clause.words(Kind.HOW_MANY, Kind.COMPARATIVE, Kind.COMPARE, Kind.DIFFERENCE, Kind.OR, Kind.VERSUS)
    verbs = clause.words(Kind.START, Kind.END, Kind.STILL)
    used = chosen.used | places_of((*words, *verbs, *clause.times))
    yield Reading(Difference(left, right), frozenset(used))


def _asks_by_how_many(clause: Clause) -> bool:
    """Whether it asks for the difference: "how many X more than Y"."""
    than = any(part.link is Kind.THAN for part in clause.mentions)
    return than and clause.any(Kind.HOW_MANY) and clause.any(Kind.COMPARATIVE)


def _before_rows(clause: Clause, part: Part) -> bool:
    return clause.after(part).chunk is Chunk.ROWS


def _before_number(clause: Clause, part: Part) -> bool:
    return clause.after(part).chunk in (Chunk.NUMBER, Chunk.MILESTONE)


def _together(clause: Clause) -> Iterator[Reading]:
    """When, or for how long, several were in production side by side."""
    groups = sides_of(clause)
    asked = clause.words(Kind.WHEN, Kind.HOW_LONG, Kind.HOW_MANY, Kind.UNIT, Kind.ATTRIBUTE, Kind.YEAR_OF)
    if not clause.any(Kind.SAME_TIME) or len(groups) < 2 or clause.polar or clause.any(Kind.MODEL_NOUN):
        return
    lasting = clause.any(Kind.HOW_LONG) or (clause.any(Kind.HOW_MANY) and clause.any(Kind.UNIT))
    turning = [part for part in clause.words(Kind.START, Kind.END) if not part.has(Kind.FILL)]
    if any(part.has(Kind.START) for part in turning) and any(not part.has(Kind.START) for part in turning):
        return  # "when did the X end and the Y start" asks of each by itself
    if turning and all(part.has(Kind.WHEN) for part in clause.words(Kind.SAME_TIME)):
        return  # "when did the X and the Y start" too
    words = clause.words(Kind.SAME_TIME, Kind.BOTH, Kind.START, Kind.END, Kind.WHICH)
    used = places_of((*asked, *words, *clause.mentions))
    yield Reading(Together(selections(groups), lasting), frozenset(used), 0 if asked else 1)


def _distance(clause: Clause) -> Iterator[Reading]:
    """How far the quantity of one thing is above or below an amount."""
    part = distance(clause)
    if part is None:
        return
    limit = part.value
    conditions = tuple(united(clause, clause.mentions) or ())
    edge = limit.most or limit.least
    words = clause.words(Kind.HOW_MANY, Kind.DIFFERENCE, Kind.SPECIFICATION, Kind.ATTRIBUTE, Kind.STILL, Kind.SUM)
    used = {part.index} | places_of((*words, *clause.mentions))
    built = Aggregate("sum", Attribute.QUANTITY, Selection("models", conditions))
    query = Difference(built, Constant(edge.value), missing=limit.most is not None)
    yield Reading(query, frozenset(used), 0, conditions)


def _difference(clause: Clause) -> Iterator[Reading]:
    if measured(clause) and (clause.any(Kind.MODEL_NOUN) or asks_members(clause)):
        return  # "how many models were built less often than the X": those are counted
    if clause.limits and clause.any(Kind.HOW_MANY) and clause.any(Kind.MODEL_NOUN) and not clause.mentions:
        return  # "how many models did not reach 10,000"
    if asks_for_pause(clause):
        return
    if clause.any(Kind.RATIO):
        return  # "how many times more" is no difference
    if counts_models(clause, sides_of(clause)):
        return  # of the numbers of rows
    asking = clause.words(Kind.DIFFERENCE)
    reaching = clause.words(Kind.REACH)
    compared = clause.words(Kind.COMPARATIVE)
    until = [part for part in clause.words(Kind.UNTIL) if _before_number(clause, part)]
    counted = clause.any(Kind.HOW_MANY, Kind.HOW_LONG) and (compared or reaching or until)
    grown = [part for part in clause.words(Kind.CHANGE, Kind.BOUND) if not part.has(Kind.REACH)]
    two = len(sides_of(clause)) == 2 or len(clause.bests) == 2
    in_percent = clause.any(Kind.SHARE) and two and bool(asking or compared or grown)
    if not (asking or counted or in_percent) or (clause.polar and not asking):
        return
    attribute, _, used = order_of(clause)
    if attribute in (Attribute.START, Attribute.END) and not clause.words(Kind.START, Kind.END):
        attribute = Attribute.QUANTITY if not compared else attribute
    found = operands_of(clause, attribute)
    if found is None and attribute == Attribute.QUANTITY:
        found = yearly_outputs(clause) or (None if clause.any(Kind.SUM) else selected_pair(clause))
    if found is None:
        return
    (left, right), taken = found
    used |= taken
    used |= clause.places(Kind.DIFFERENCE, Kind.REACH, Kind.HOW_MANY, Kind.HOW_LONG, Kind.COMPARATIVE)
    used |= {
        p.index for p in clause.words(Kind.OR, Kind.VERSUS, Kind.NOT, Kind.SUM, Kind.STILL, Kind.THOSE, Kind.ATTRIBUTE)
    }
    if in_percent:
        used |= places_of((*grown, *clause.words(Kind.SHARE, Kind.SINCE, Kind.TO)))
        if grown and not compared and not clause.any(Kind.BOUND):
            left, right = right, left  # "the growth from the X to the Y" is in percent of the X
        yield Reading(Difference(left, right, percent=True), frozenset(used))
        return
    missing = isinstance(right, Constant) or bool(reaching) or bool(until)
    yield Reading(Difference(left, right, missing), frozenset(used))


def _ratio(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.RATIO)
    # "How many X per Y"; "nach" is "by" too, and "after" beside a verb.
    timed = clause.any(Kind.HOW_LONG, Kind.START, Kind.END)
    per = [w for w in clause.words(Kind.GROUPING) if _before_rows(clause, w) and not (timed and w.has(Kind.AFTER))]
    if not (asking or (per and _measures_per(clause, per))) or clause.polar:
        return
    attribute, _, used = order_of(clause)
    if attribute not in AMOUNTS:
        attribute = Attribute.QUANTITY
    found = operands_of(clause, attribute) or selected_pair(clause)
    if found is None:
        return
    (left, right), taken = found
    used |= taken
    words = clause.words(Kind.RATIO, Kind.HOW_MANY, Kind.COMPARATIVE, Kind.SAME_AS, Kind.UNIT, Kind.VERSUS, Kind.FITS)
    words = [*words, *clause.words(Kind.ATTRIBUTE, Kind.REACH, Kind.BOUND)]
    used |= places_of((*per, *words))
    yield Reading(Ratio(left, right), frozenset(used))


def _measures_per(clause: Clause, per: Sequence[Part]) -> bool:
    """Whether one name is measured by another: "X per Y", "per Y how many X"; not "cars by X and Y"."""
    joined = clause.mentions[-1].link is not None or any(part.has(Kind.GROUPING) for part in per[1:])
    return len(sides_of(clause)) == 2 and not (joined and per[0].index < clause.mentions[0].index)


def selections(sides: Sequence[Mention]) -> tuple[Selection, ...]:
    """The selections of several sides."""
    return tuple(side.selection for side in sides)
