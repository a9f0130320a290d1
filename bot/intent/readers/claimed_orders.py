"""Readings of claims that set one thing against another: "did the X start before the Y ended", "more than in 2023"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.intent.choosing import choose
from bot.intent.clause import Clause, Reading
from bot.intent.grouping import sides_of
from bot.intent.operands import operand
from bot.intent.parts import Mention, places_of
from bot.intent.readers.comparisons import AMOUNTS, counts_models, order_of, picks, selections
from bot.intent.relative import measured, orders_of
from bot.intent.senses import EITHER, Kind
from knowledge.evaluation import evaluate, scalar
from knowledge.query import (
    Aggregate,
    Attribute,
    AttributeName,
    Between,
    Bound,
    Claim,
    Compare,
    Condition,
    Difference,
    Direction,
    Equals,
    Get,
    Listing,
    Overlaps,
    Ranking,
    Ratio,
    Selection,
    Together,
    beyond,
)
from knowledge.relations import compare_dates
from knowledge.schema import Fact, PartialDate


def read_claimed_orders(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a claim that compares."""
    yield from _outputs(clause)
    yield from _dates(clause)
    yield from _comparison(clause)
    yield from _above_all(clause)
    yield from _beside_mean(clause)


def _keys(clause: Clause, side: Mention) -> Condition:
    return Equals(Attribute.KEY, clause.keys(side.rows))


def _outputs(clause: Clause) -> Iterator[Reading]:
    """Was more built in one year than in another?"""
    compared = clause.words(Kind.COMPARATIVE) or clause.words(Kind.BOUND)
    if len(compared) != 1 or clause.mentions or clause.milestones or clause.any(Kind.MODEL_NOUN) or clause.limits:
        return
    order = next(orders_of(clause), None)
    if order is None:
        return
    attribute, direction, _ = order
    than = [part for part in clause.words(Kind.THAN, Kind.BOUND) if part.index >= compared[0].index]
    years = _years(clause)
    if attribute != Attribute.QUANTITY or len(years) != 2 or not than:
        return
    if not years[0][0] < than[-1].index < years[1][0]:
        return
    used = places_of((*compared, *clause.times))
    used |= clause.places(Kind.ATTRIBUTE, Kind.FACT, Kind.PREVIOUS_YEAR, Kind.BOUND)
    yield Reading(_risen(clause, years[0][1], years[1][1], direction), frozenset(used))


def _risen(clause: Clause, one: PartialDate, other: PartialDate, direction: Direction) -> Claim:
    """That more, or less, was built in one year than in the other: as the file states the change, or computed."""
    changes = [fact for fact in clause.relations.knowledge.facts if _links(clause, fact, one.year, other.year)]
    if len(changes) == 1:
        stated = Get(Selection("facts", (Equals(Attribute.KEY, (changes[0].id,)),)), (Attribute.VALUE,))
        rising = (direction == "most") is (one.year > other.year)
        return Claim(stated, beyond(Attribute.VALUE, "most" if rising else "least", 0))
    periods = [Overlaps(Bound(year), Bound(year)) for year in (one, other)]
    left, right = (Aggregate("sum", Attribute.QUANTITY, Selection(), period) for period in periods)
    return Claim(Ratio(left, right), beyond(Attribute.QUANTITY, direction, 1))


def _links(clause: Clause, change: Fact, one: int, other: int) -> bool:
    """Whether a fact states by how much the output of the later of two years differs from that of the earlier one."""
    changed = clause.relations.facts.get(change.change_of or "")
    if changed is None or changed.unit != "products" or changed.per not in (None, "year") or changed.period is None:
        return False
    return {one, other} == {changed.period.year, changed.period.year - 1}


def _years(clause: Clause) -> list[tuple[int, PartialDate]]:
    """The single years that the clause names, each with its place: by a date, a fact of it, or as the one before."""
    found: list[tuple[int, PartialDate]] = []
    for part in clause.times:
        first, last = part.value.first, part.value.last
        if part.value.kind != "in" or first is None or first != last or not isinstance(first.value, PartialDate):
            return []
        found.append((part.index, first.value))
    facts = clause.relations.facts
    for part in clause.words(Kind.FACT):
        periods = {facts[name].period for name in part.senses[Kind.FACT] if facts[name].unit == "products"}
        period = periods.pop() if len(periods) == 1 else None
        if period is not None and not any(year == PartialDate(period.year) for _, year in found):
            found.append((part.index, PartialDate(period.year)))
    for part in clause.words(Kind.PREVIOUS_YEAR):
        if len(found) == 1:
            found.append((part.index, PartialDate(found[0][1].year - 1)))
    return sorted(found, key=lambda each: each[0])


def _dates(clause: Clause) -> Iterator[Reading]:
    """Did this one start before, after or when that one ended?"""
    verbs = clause.words(Kind.START, Kind.END)
    sides = sides_of(clause)
    if len(verbs) != 2 or len(clause.mentions) != 2 or len(sides) != 2 or clause.bests or clause.milestones:
        return
    (one, other), (first, second) = clause.mentions, verbs
    joints = [part for part in clause.words(*JOINTS) if one.index < part.index < other.index]
    alike = first.has(Kind.START) is second.has(Kind.START)
    if alike or len(joints) != 1 or not first.index < other.index < second.index:
        return
    attribute, target = (Attribute.START if verb.has(Kind.START) else Attribute.END for verb in verbs)
    date = Get(sides[1].selection, (target,))
    own, that = (scalar(evaluate(each, clause.relations)) for each in (operand(sides[0], attribute), date))
    if not isinstance(own, PartialDate) or not isinstance(that, PartialDate):
        return
    if joints[0].has(Kind.BEFORE, Kind.AFTER) and compare_dates(own, that) == 0:
        return  # in the same year: which of the two came first is not known
    if joints[0].has(Kind.BEFORE):
        condition = beyond(attribute, "least", date)
    elif joints[0].has(Kind.AFTER):
        condition = beyond(attribute, "most", date)
    else:
        condition = Between(attribute, Bound(date, by_year=True), Bound(date, by_year=True))
    used = places_of((*clause.mentions, *verbs, *joints))
    listing = Listing(sides[0].selection)
    yield Reading(Claim(listing, condition, quantifier="every"), frozenset(used), 0, sides[0].conditions)


JOINTS = (Kind.BEFORE, Kind.AFTER, Kind.SAME_TIME, Kind.THAT_YEAR, Kind.YEAR_OF)


def _comparison(clause: Clause) -> Iterator[Reading]:
    """Was this one more, longer, earlier than that one?"""
    sides = sides_of(clause)
    if (
        len(sides) != 2
        or measured(clause)
        or (clause.any(Kind.START) and clause.any(Kind.END))
        or clause.milestones
        or not (
            clause.any(Kind.COMPARATIVE, Kind.BEFORE, Kind.AFTER, Kind.SAME, Kind.SAME_TIME, Kind.THAT_YEAR, Kind.BOTH)
            or (clause.bests and any(part.link in EITHER for part in clause.mentions))
            or clause.limits
        )
    ):
        return
    if clause.any(Kind.COMPARATIVE) and any(picks(clause, part) for part in clause.bests):
        return
    shared = clause.any(Kind.SAME, Kind.BOTH) and clause.any(Kind.UNIT, Kind.YEAR_OF)
    if clause.any(Kind.THAT_YEAR, Kind.SAME_TIME) or shared:
        yield from _together(clause, sides)
        return
    attribute, direction, used = order_of(clause)
    used |= places_of(clause.mentions)
    used |= clause.places(Kind.SAME, Kind.SAME_AS, Kind.OR, Kind.VERSUS, Kind.BOUND, Kind.SUM)
    if counts_models(clause, sides) or _is_of_members(clause, sides[0], attribute):
        return
    measure = sides[1].selection
    summed = any(part.index > clause.mentions[-1].index for part in clause.words(Kind.SUM))
    if clause.mentions[-1].quantifier is Kind.EVERY and len(sides[1].rows) > 1 and not summed:
        measure = replace(measure, ranking=Ranking(attribute, direction))  # than the one that has the most of it
    either = clause.any(Kind.BEFORE) and clause.any(Kind.AFTER)
    comparison = Compare((sides[0].selection, measure), attribute, direction)
    if either or any(part.link in EITHER for part in clause.mentions):
        # "before or after", "X or Y": not a claim, but a choice between the two.
        yield Reading(comparison, frozenset(used))
        return
    if clause.any(Kind.SAME):
        left, right = (operand(side, attribute) for side in sides)
        if attribute in AMOUNTS:
            yield Reading(Claim(Difference(left, right), Equals(attribute, (0,))), frozenset(used))
            return
        condition: Condition = Between(attribute, Bound(right), Bound(right))
        yield Reading(Claim(left, condition), frozenset(used))
        return
    yield Reading(Claim(comparison, _keys(clause, sides[0])), frozenset(used))


def _is_of_members(clause: Clause, side: Mention, attribute: AttributeName) -> bool:
    """Whether it is said of the models of a group, of some or of each: "are there X models older than the Y"."""
    members = len(side.rows) > 1 and clause.after(clause.mentions[0]).has(Kind.MODEL_NOUN)
    return members and attribute != Attribute.QUANTITY


def _together(clause: Clause, sides: list[Mention]) -> Iterator[Reading]:
    """Were the two built, started or ended at the same time?"""
    verbs = clause.words(Kind.START, Kind.END)
    words = (Kind.THAT_YEAR, Kind.SAME_TIME, Kind.SAME, Kind.UNIT, Kind.SAME_AS, Kind.BOTH, Kind.YEAR_OF)
    used = places_of((*clause.mentions, *verbs, *clause.words(*words)))
    if not verbs:
        yield Reading(Claim(Together(selections(sides)), Overlaps()), frozenset(used), 0, sides[0].conditions)
        return
    attribute = Attribute.START if verbs[0].has(Kind.START) else Attribute.END
    date = Get(sides[1].selection, (attribute,))
    listing = Listing(sides[0].selection)
    condition = Between(attribute, Bound(date), Bound(date))
    yield Reading(Claim(listing, condition), frozenset(used), 0, sides[0].conditions)


def _above_all(clause: Clause) -> Iterator[Reading]:
    """Was this one built more often than all others, is it older than any other?"""
    others = clause.words(Kind.ELSE)
    compared = clause.words(Kind.COMPARATIVE)
    if len(others) != 1 or len(compared) != 1 or clause.bests or clause.milestones or not clause.mentions:
        return
    subject, *rest = clause.mentions
    if not subject.index < compared[0].index < others[0].index or any(part.index < others[0].index for part in rest):
        return
    attribute, direction, words = order_of(clause)
    chosen = choose(clause, mentions=rest, ranked=False)
    used = chosen.used | words | {subject.index, others[0].index}
    used |= clause.places(Kind.GROUPING, Kind.LIST)
    listing = Listing(Selection("models", tuple(chosen.conditions), Ranking(attribute, direction)))
    claim = Claim(listing, _keys(clause, subject.value), quantifier="only")
    yield Reading(claim, frozenset(used), 0, subject.value.conditions)


def _beside_mean(clause: Clause) -> Iterator[Reading]:
    """Is this one above the average?"""
    means = clause.words(Kind.MEAN)
    orders = [*orders_of(clause)]
    if len(means) != 1 or len(orders) != 1 or clause.bests or clause.milestones or clause.times or clause.limits:
        return
    if not clause.mentions:
        return
    subject, *group = clause.mentions
    attribute, direction, words = orders[0]
    if len(subject.value.rows) != 1 or not subject.index < means[0].index:
        return
    if len(group) > 1 or any(part.index < means[0].index for part in group) or attribute not in AMOUNTS:
        return
    among = group[0].value.selection if group else Selection()
    ratio = Ratio(operand(subject.value, attribute), Aggregate("mean", attribute, among))
    used = places_of((*means, *words, subject, *group, *clause.words(Kind.PER_MODEL)))
    used |= places_of(clause.naming(attribute))
    yield Reading(Claim(ratio, beyond(attribute, direction, 1)), frozenset(used), 0, subject.value.conditions)
