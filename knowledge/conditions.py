"""Whether a record fulfils a condition: yes, no, or (none) the file does not say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from knowledge.answer import Record, Scalar
from knowledge.query import AllOf, AnyOf, Attribute, Between, Bound, Condition, Equals, IsKnown, Not, Overlaps, Query
from knowledge.relations import Relations, Value, common_precision
from knowledge.schema import Milestone, Model, PartialDate

Resolve = Callable[[Query], Scalar | None]
"""Evaluates a query that stands where a value stands."""


def holds(relations: Relations, record: Record, condition: Condition, resolve: Resolve) -> bool | None:
    """Whether the condition holds for the record; none if that is not known."""
    match condition:
        case Equals(Attribute.ROW, values) if isinstance(record, Milestone) and record.row is None:
            return None if _may_be_of(record, values, relations) else False
        case Equals(attribute, values):
            value = relations.value(record, attribute)
            # Of a facet the file names the rows that have it: a row without one has not this value.
            return False if value is None and attribute in relations.facets else _equals(value, values)
        case Between(attribute, least, most):
            return _within(relations.value(record, attribute), _limit(least, resolve), _limit(most, resolve))
        case Overlaps(first, last):
            return _overlaps(record, _limit(first, resolve), _limit(last, resolve))
        case IsKnown(attribute):
            return relations.value(record, attribute) is not None
        case Not(inner):
            inside = holds(relations, record, inner, resolve)
            return None if inside is None else not inside
        case AnyOf(conditions):
            return _any([holds(relations, record, each, resolve) for each in conditions])
        case AllOf(conditions):
            outcomes = [holds(relations, record, each, resolve) for each in conditions]
            inverse = _any([None if outcome is None else not outcome for outcome in outcomes])
            return None if inverse is None else not inverse


def _may_be_of(milestone: Milestone, keys: tuple[str | int | bool, ...], relations: Relations) -> bool:
    """Whether a milestone whose row is not known may be of one of these rows: of those built in its year."""
    rows = [relations.by_key[str(key)] for key in keys if str(key) in relations.by_key]
    if milestone.date is None or not rows:
        return True
    year = (PartialDate(milestone.date.year), True)
    return any(_overlaps(row, year, year) is not False for row in rows)


def _any(outcomes: list[bool | None]) -> bool | None:
    if True in outcomes:
        return True
    return None if None in outcomes else False


def _equals(value: Value, values: tuple[str | int | bool, ...]) -> bool | None:
    match value:
        case None:
            return None
        case dict():
            return any(text in values for text in value.values())
        case tuple():
            return any(part in values for part in value)
        case _:
            return value in values


Limit = tuple[Any, bool] | None


def _limit(bound: Bound | None, resolve: Resolve) -> Limit:
    if bound is None:
        return None
    if isinstance(bound.value, (int, float, PartialDate)):
        return bound.value, bound.inclusive
    value = resolve(bound.value)
    if bound.by_year and isinstance(value, PartialDate):
        value = PartialDate(value.year)
    return value, bound.inclusive


def _compare(value: Any, limit: Any) -> int | None:
    """-1, 0 or 1 as the value is below, at or above the limit; none if the two cannot be compared."""
    if isinstance(value, PartialDate) and isinstance(limit, PartialDate):
        value, limit = common_precision(value, limit)
    elif not any(isinstance(value, kind) and isinstance(limit, kind) for kind in ((int, float), str)):
        return None
    return int(value > limit) - int(value < limit)


def _within(value: Value, least: Limit, most: Limit) -> bool | None:
    if value is None:
        return None
    if value == "present":  # not ended: it has no end that could lie in a range
        return False
    for limit, outside in ((least, -1), (most, 1)):
        if limit is None:
            continue
        order = _compare(value, limit[0])
        if order is None:
            return None
        if order == outside or (order == 0 and not limit[1]):
            return False
    return True


def _overlaps(record: Record, first: Limit, last: Limit) -> bool | None:
    if not isinstance(record, Model) or record.production.start is None:
        return None
    start, end = record.production.start, record.production.end
    if last is not None:
        order = _compare(start, last[0])
        if order is None:
            return None
        if order > 0 or (order == 0 and not last[1]):
            return False
    if first is None or end == "present":
        return True
    if end is None:
        return None
    order = _compare(end, first[0])
    if order is None:
        return None
    return order > 0 or (order == 0 and first[1])


def lies_in(record: Model, period: Overlaps, resolve: Resolve) -> bool:
    """Whether the whole production period of a row lies in a range of dates; what is not known does not."""
    start, end = record.production.start, record.production.end
    first, last = _limit(period.first, resolve), _limit(period.last, resolve)
    if first is not None and _within(start, first, None) is not True:
        return False
    if last is None:
        return True
    return end is not None and end != "present" and _within(end, None, last) is True


def attributes_of(condition: Condition) -> set[str]:
    """The attributes that a condition looks at."""
    match condition:
        case Equals(attribute, _) | Between(attribute, _, _) | IsKnown(attribute):
            return {attribute}
        case Overlaps():
            return {Attribute.START, Attribute.END}
        case Not(inner):
            return attributes_of(inner)
        case AnyOf(conditions) | AllOf(conditions):
            return set().union(*(attributes_of(each) for each in conditions))
