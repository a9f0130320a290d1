"""Bounds that another row sets: "which models were built more often than the X, but not as long"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from bot.intent.clause import Clause
from bot.intent.grouping import is_measure, summed_runs
from bot.intent.parts import Part, places_of
from bot.intent.senses import NOUNS, Kind, Order
from knowledge.query import (
    Aggregate,
    AnyOf,
    Attribute,
    AttributeName,
    Condition,
    Direction,
    Get,
    Query,
    Selection,
    all_of,
    beyond,
)

LEADING = (
    Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.STILL, Kind.END, Kind.BUILD, Kind.IN, Kind.PLANT, Kind.PLANT_NOUN,
    Kind.OWNER, Kind.AUX, Kind.FILL,
)  # fmt: skip
"""Words between a question word and the group whose members it asks for: "which still built models of the X"."""


def measured(clause: Clause) -> frozenset[int]:
    """Names that others are measured by: "which models were built more often than the X"."""
    if clause.measured is None:
        clause.measured = _measured(clause)
    return clause.measured


def asks_members(clause: Clause) -> bool:
    """Whether those of a group are asked for that a comparison with another name holds of: "which X are older"."""
    return bool(measured(clause)) and len(measured(clause)) < len(clause.mentions)


def _measured(clause: Clause) -> frozenset[int]:
    if not clause.any(Kind.COMPARATIVE, Kind.BOUND) or not clause.mentions:
        return frozenset()
    last = clause.mentions[-1]
    if clause.before(last).has(Kind.MEAN) and not clause.polar and any(orders_of(clause)):
        return frozenset({last.index})  # "above the average of the X"
    if _describes(clause, last) and clause.before(last).has(Kind.THAN, Kind.BOUND) and _is_measure(clause, last):
        return frozenset({last.index})
    if clause.polar:
        return frozenset()
    runs = summed_runs(clause, clause.mentions)
    added = runs[-1] if runs and _is_measure(clause, runs[-1][0]) else []
    measures = [part for part in clause.mentions if _is_measure(clause, part) or part in added]
    groups = [part for part in clause.mentions if part not in measures]
    if not measures or clause.mentions[-len(measures) :] != measures:
        return frozenset()
    if groups:
        found = (
            clause.any(Kind.COMPARATIVE)
            and _are_members_asked(clause, groups)
            and all(_is_compared(clause, part) or part in added[1:] for part in measures)
        )
    else:
        found = _are_models_asked(clause)
    return frozenset(places_of(measures)) if found else frozenset()


def _are_models_asked(clause: Clause) -> bool:
    """Whether rows without a name are asked for: "which models are older", "what is older", "older models"."""
    if clause.any(*NOUNS) and clause.any(Kind.WHICH, Kind.LIST, Kind.HOW_MANY):
        return True
    if clause.any(Kind.WHICH, Kind.LIST) and not clause.any(Kind.IT, Kind.THOSE):
        return True
    return any(clause.after(part).has(Kind.MODEL_NOUN) for part in clause.words(Kind.COMPARATIVE))


def _describes(clause: Clause, last: Part) -> bool:
    """Whether rows are described that there may be: "models rarer than the X", "is there a Y rarer than the X"."""
    named = [part for part in clause.mentions if part is not last and len(part.value.rows) > 1]
    nouns = [*clause.words(*NOUNS), *named]
    nouns = [part for part in nouns if part.index < last.index]
    if not nouns or len(named) < len(clause.mentions) - 1 or len(named) > 1:
        return False
    asked = clause.any(Kind.THERE) or any(part.quantifier is Kind.ANY for part in nouns)
    return clause.polar and asked if named or clause.polar else clause.parts[0] is nouns[0]


def _is_measure(clause: Clause, part: Part) -> bool:
    before = clause.before(part)
    if clause.before(before).has(Kind.WITH) and part.value.facet is not None:
        return False  # "with more than three doors": how much of it something has, not how much was made
    compared = before.has(Kind.COMPARATIVE) and not part.gap  # "which X outnumber the Y"
    behind = any(each.has(Kind.MODEL_NOUN) for each in clause.parts[: part.index])  # "models behind the X"
    than = before.has(Kind.THAN, Kind.BOUND) or (compared and (len(clause.mentions) > 1 or behind))
    return than and any(each.has(Kind.COMPARATIVE, Kind.BOUND) for each in clause.parts[: part.index])


def _is_compared(clause: Clause, part: Part) -> bool:
    """Whether a name is what others are compared with, and not only a bound that stands before it."""
    return clause.before(part).has(Kind.THAN, Kind.COMPARATIVE)


def _are_members_asked(clause: Clause, groups: Sequence[Part]) -> bool:
    if any(len(part.value.rows) < 2 for part in groups):
        return False
    before = reversed(clause.parts[: groups[0].index])
    asking = next((part for part in before if not part.has(*LEADING) or part.has(Kind.WHICH, Kind.LIST)), None)
    if asking is None or asking.has(Kind.DIFFERENCE, Kind.COMPARATIVE):
        return False
    if asking.has(Kind.WHICH, Kind.LIST):
        return True
    single = all(len(part.value.rows) == 1 for part in clause.mentions[len(groups) :])
    return asking.has(Kind.HOW_MANY) and single and _are_members_counted(clause, groups[-1])


def _are_members_counted(clause: Clause, group: Part) -> bool:
    """Whether it is asked how many of a group are more than another, not how many more the group has."""
    if clause.after(group).has(Kind.MODEL_NOUN) or clause.before(group).has(Kind.MODEL_NOUN):
        return True
    first = clause.words(Kind.COMPARATIVE)[0]
    order: Order = first.senses[Kind.COMPARATIVE]
    return order.attribute != Attribute.QUANTITY or clause.after(first).has(Kind.PRODUCT_NOUN)


def is_beyond_several(clause: Clause) -> bool:
    """Whether what is more than several others is asked for: these are not set against each other."""
    joined = len(clause.mentions) > 1 and all(part.link is Kind.AND for part in clause.mentions[1:])
    return joined and is_measure(clause, clause.mentions[0])


def distance(clause: Clause) -> Part | None:
    """The amount that one thing is above or below, where it is asked how far: "how many short of 450,000 is the X"."""
    named = clause.mentions
    alike = bool(named) and all(each.link is Kind.AND for each in named[1:])  # "the X and the Y": of both together
    if len(clause.limits) != 1 or not alike or clause.polar or clause.any(Kind.MODEL_NOUN, Kind.LIST):
        return None
    part, limit = clause.limits[0], clause.limits[0].value
    edges = [bound for bound in (limit.least, limit.most) if bound is not None]
    figure = limit.attribute in (None, Attribute.QUANTITY)
    if part.negated or not figure or len(edges) != 1 or edges[0].inclusive:
        return None
    before = clause.before(part)
    before = clause.before(before) if before.has(Kind.PRODUCT_NOUN) else before
    lacking = part.has(Kind.REACH) and clause.any(Kind.HOW_MANY, Kind.SPECIFICATION)
    single = all(len(each.value.rows) == 1 for each in named) and (
        before.has(Kind.HOW_MANY) or clause.any(Kind.DIFFERENCE)
    )
    return part if (lacking or single) and not part.gap else None


def relative_bounds(clause: Clause) -> tuple[list[Condition], set[int]]:
    """The bounds that measured names set, or the mean, each with the comparative before it; and the words for them."""
    measures = [part for part in clause.mentions if part.index in measured(clause)]
    if not measures:
        return _beyond_mean(clause)
    conditions: list[Condition] = []
    used: set[int] = set()
    run = next((run for run in summed_runs(clause, clause.mentions) if run[0] in measures), [])
    if run:
        return _beyond_sum(clause, run)
    for attribute, direction, words in orders_of(clause):
        following = [part for part in measures if part.index > words[0].index]
        measure = following[0] if following else measures[-1]
        target: Query = Get(measure.value.selection, (attribute,))
        mean = clause.before(measure)
        if mean.has(Kind.MEAN):
            target = Aggregate("mean", attribute, measure.value.selection)
            used.add(mean.index)
        bound = beyond(attribute, direction, target)
        opposite = beyond(attribute, "least" if direction == "most" else "most", target)
        either = any(part.has(Kind.OR) for part in clause.parts[measure.index : words[0].index])
        if opposite in conditions or either:
            continue  # no row is both, and what holds in one of two ways only is not read
        if bound not in conditions:
            conditions.append(bound)
        used |= places_of((*words, measure))
    figures = (Attribute.QUANTITY, Attribute.DURATION, Attribute.PERIOD, Attribute.START, Attribute.END)
    used |= places_of(clause.naming(*figures))
    return conditions, used


def _beyond_sum(clause: Clause, run: Sequence[Part]) -> tuple[list[Condition], set[int]]:
    """More or less than some names come to together."""
    orders = [*orders_of(clause)]
    if len(orders) != 1 or orders[0][0] != Attribute.QUANTITY:
        return [], set()
    attribute, direction, words = orders[0]
    added = AnyOf(tuple(all_of(part.value.conditions) for part in run))
    target = Aggregate("sum", attribute, Selection("models", (added,)))
    used = places_of((*words, *run, *clause.words(Kind.SUM)))
    used |= places_of(clause.naming(attribute))
    return [beyond(attribute, direction, target)], used


def orders_of(clause: Clause) -> Iterator[tuple[AttributeName, Direction, list[Part]]]:
    """What is compared, and in which direction: one order for each comparative, else one for words like "over"."""
    compared = clause.words(Kind.COMPARATIVE)
    for part in compared:
        order: Order = part.senses[Kind.COMPARATIVE]
        attribute, words = order.attribute, [part]
        verbs = [*takewhile(lambda each: not each.has(Kind.AND, Kind.FOLLOW), clause.parts[part.index :: -1])]
        turning = next((each for each in verbs if each.has(Kind.START, Kind.END) and not each.has(Kind.FILL)), None)
        if attribute == Attribute.START and turning is not None:
            attribute = Attribute.START if turning.has(Kind.START) else Attribute.END
            words.append(turning)
        yield attribute, order.direction, words
    for part in clause.words(Kind.BOUND) if not compared else ():
        if part.senses[Kind.BOUND] in ("above", "below"):
            yield Attribute.QUANTITY, "most" if part.senses[Kind.BOUND] == "above" else "least", [part]


def _beyond_mean(clause: Clause) -> tuple[list[Condition], set[int]]:
    """More or less than the mean of all."""
    means = clause.words(Kind.MEAN)
    order = next(orders_of(clause), None) if means else None
    if order is None or any(len(part.value.rows) == 1 for part in clause.mentions):
        return [], set()  # how one is placed beside the mean narrows nothing
    attribute, direction, words = order
    used = places_of((*words, *means, *clause.words(Kind.ATTRIBUTE)))
    return [beyond(attribute, direction, Aggregate("mean", attribute, Selection()))], used
