"""Whether a record fulfils a condition: yes, no, or (none) the file does not say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from knowledge.answer import Record, Scalar
from knowledge.query import (
    AllOf,
    AnyOf,
    Attribute,
    AttributeName,
    Between,
    Bound,
    Condition,
    Equals,
    IsKnown,
    Not,
    Overlaps,
    Query,
)
from knowledge.relations import Relations, Value, compare_dates, is_rougher
from knowledge.schema import PRESENT, Milestone, Model, PartialDate

Resolve = Callable[[Query], Scalar | None]
"""Evaluates a query that stands where a value stands."""


Test = Callable[[Record], bool | None]
"""Says of a record whether a condition holds."""


def holds(relations: Relations, record: Record, condition: Condition, resolve: Resolve) -> bool | None:
    """Whether the condition holds for the record; none if that is not known."""
    return predicate_of(condition, relations, resolve)(record)


def predicate_of(condition: Condition, relations: Relations, resolve: Resolve, *, gaps: bool = False) -> Test:
    """The condition as a test; what stands in it for a value is found out once, not for each record.

    ``gaps``: of a row without a facet it is not known whether it has some value of it.
    """
    today = relations.knowledge.as_of
    match condition:
        case Equals(Attribute.ROW, values):
            equals = _equality(Attribute.ROW, values, relations)

            def of_row(record: Record) -> bool | None:
                if isinstance(record, Milestone) and record.row is None:
                    return None if _may_be_of(record, values, relations) else False
                return equals(record)

            return of_row
        case Equals(attribute, values):
            return _equality(attribute, values, relations, gaps=gaps)
        case Between(attribute, least, most):
            low, high = _limit(least, resolve), _limit(most, resolve)
            ahead = attribute == Attribute.END and (_begins_after(low, today) or _ends_after(high, today))

            def within(record: Record) -> bool | None:
                value = relations.value(record, attribute)
                return None if ahead and value == PRESENT else _within(value, low, high)

            return within
        case Overlaps(first, last):
            start, end = _limit(first, resolve), _limit(last, resolve)
            ahead = _begins_after(start, today)

            def overlaps(record: Record) -> bool | None:
                if start is None and end is None:
                    return isinstance(record, Model)  # at any time: it is in the list
                outcome = _overlaps(record, start, end)
                return None if outcome and ahead and _is_running(record) else outcome

            return overlaps
        case IsKnown(attribute):
            return lambda record: relations.value(record, attribute) is not None
        case Not(inner):
            inside = predicate_of(inner, relations, resolve, gaps=gaps)
            return lambda record: _inverse(inside(record))
        case AnyOf(conditions):
            tests = [predicate_of(each, relations, resolve, gaps=gaps) for each in conditions]
            return lambda record: _any([test(record) for test in tests])
        case AllOf(conditions):
            tests = [predicate_of(each, relations, resolve, gaps=gaps) for each in conditions]
            return lambda record: _inverse(_any([_inverse(test(record)) for test in tests]))


def _equality(
    attribute: AttributeName, values: tuple[str | int | bool, ...], relations: Relations, *, gaps: bool = False
) -> Test:
    # Of a facet the file names the rows that have it: those without one are none of these.
    unknown = False if attribute in relations.facets and not gaps else None
    among = frozenset(values)  # a conversation may be about thousands of rows

    def test(record: Record) -> bool | None:
        value = relations.value(record, attribute)
        return unknown if value is None else _equals(value, among)

    return test


def _may_be_of(milestone: Milestone, keys: tuple[str | int | bool, ...], relations: Relations) -> bool:
    """Whether a milestone whose row is not known may be of one of these rows: of those built in its year."""
    rows = [relations.by_key[str(key)] for key in keys if str(key) in relations.by_key]
    if milestone.date is None or not rows:
        return True
    year = (PartialDate(milestone.date.year), True)
    return any(_overlaps(row, year, year) is not False for row in rows)


def _inverse(outcome: bool | None) -> bool | None:
    return None if outcome is None else not outcome


def _any(outcomes: list[bool | None]) -> bool | None:
    if True in outcomes:
        return True
    return None if None in outcomes else False


def _equals(value: Value, values: frozenset[str | int | bool]) -> bool:
    match value:
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


def _ends_after(limit: Limit, today: PartialDate) -> bool:
    """Whether a limit lies after the file's own date: of that time nothing is known."""
    return limit is not None and isinstance(limit[0], PartialDate) and compare_dates(limit[0], today) > 0


def _begins_after(limit: Limit, today: PartialDate) -> bool:
    """Whether what a limit begins lies after the file's own date, as "after 2025" does in 2025."""
    if limit is None or not isinstance(limit[0], PartialDate):
        return False
    order = compare_dates(limit[0], today)
    return order > 0 or (order == 0 and not limit[1])


def _is_running(record: Record) -> bool:
    return isinstance(record, Model) and record.production.end == PRESENT


def reaches_beyond(condition: Condition, today: PartialDate) -> bool:
    """Whether a condition speaks of a time after a date."""
    limits = [(_limit_of(bound), opens) for bound, opens in _bounds_of(condition)]
    return any(_begins_after(limit, today) if opens else _ends_after(limit, today) for limit, opens in limits)


def dates_of(condition: Condition) -> tuple[PartialDate, ...]:
    """The dates that a condition names."""
    return tuple(bound.value for bound, _ in _bounds_of(condition) if isinstance(bound.value, PartialDate))


def _bounds_of(condition: Condition) -> Iterator[tuple[Bound, bool]]:
    """The bounds in a condition, and whether each is the lower one."""
    match condition:
        case Between(_, first, last) | Overlaps(first, last):
            yield from ((bound, opens) for bound, opens in ((first, True), (last, False)) if bound is not None)
        case Not(inner):
            yield from _bounds_of(inner)
        case AnyOf(conditions) | AllOf(conditions):
            for each in conditions:
                yield from _bounds_of(each)


def _limit_of(bound: Bound) -> Limit:
    return bound.value, bound.inclusive


def _compare(value: Any, limit: Any) -> int | None:
    """-1, 0 or 1 as the value is below, at or above the limit; none if that is not known or cannot be said.

    A year may lie before or after a month in it.
    """
    if isinstance(value, PartialDate) and isinstance(limit, PartialDate):
        order = compare_dates(value, limit)
        return None if order == 0 and is_rougher(value, limit) else order
    if not any(isinstance(value, kind) and isinstance(limit, kind) for kind in ((int, float), str)):
        return None
    return int(value > limit) - int(value < limit)


def _within(value: Value, least: Limit, most: Limit) -> bool | None:
    if value is None:
        return None
    if value == PRESENT:  # not ended: it has no end that could lie in a range
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
    if not isinstance(record, Model):
        return None
    start, end = record.production.start, record.production.end
    if start is None:
        return None if end is None or end == "present" else _touches(end, first, last, outside=first)
    if end is None:
        return _touches(start, first, last, outside=last)
    if last is not None:
        order = _compare(start, last[0])
        if order is None:
            return None
        if order > 0 or (order == 0 and not last[1]):
            return False
    if first is None or end == "present":
        return True
    order = _compare(end, first[0])
    if order is None:
        return None
    return order > 0 or (order == 0 and first[1])


def _touches(known: PartialDate, first: Limit, last: Limit, outside: Limit) -> bool | None:
    """Whether a run of which one end is known overlaps a range; ``outside``: the limit beyond which it cannot."""
    inside = _within(known, first, last)
    if inside:
        vague = (limit is not None and _is_vaguer(known, limit[0]) for limit in (first, last))
        return None if any(vague) else True
    beyond = _within(known, None, outside) if outside is last else _within(known, outside, None)
    return False if beyond is False else None


def _is_vaguer(date: PartialDate, limit: object) -> bool:
    """Whether a date is known so much less precisely than a limit that it may lie on either side of it."""
    if not isinstance(limit, PartialDate) or date.year != limit.year:
        return False
    if date.month is None or limit.month is None:
        return date.month is None and limit.month is not None
    return date.month == limit.month and date.day is None and limit.day is not None


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
