"""Choosing the records that a selection describes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from knowledge.answer import Record
from knowledge.conditions import Resolve, predicate_of
from knowledge.query import Attribute, Condition, Equals, Ranking, Selection
from knowledge.relations import Relations
from knowledge.schema import Model, PartialDate

Index = Callable[[Relations, Condition], Sequence[Record] | None]


def select(relations: Relations, selection: Selection, resolve: Resolve) -> tuple[Record, ...]:
    """The records of a selection: in the order of the file, or of the ranking if there is one."""
    records, conditions = _narrowed(relations, selection, _selected)
    for condition in conditions if records else ():
        test = predicate_of(condition, relations, resolve)
        records = [record for record in records if test(record) is True]
    if selection.ranking:
        return tuple(record for _, record in ranked(relations, records, selection.ranking))
    return tuple(records)


def undecided(relations: Relations, selection: Selection, resolve: Resolve) -> int:
    """How many records may or may not belong to a selection, since the file does not say."""
    records, conditions = _narrowed(relations, selection, _decided)
    tests = [predicate_of(condition, relations, resolve) for condition in conditions]
    outcomes = ([test(record) for test in tests] for record in (records if tests else ()))
    return sum(None in outcome and False not in outcome for outcome in outcomes)


def _narrowed(relations: Relations, selection: Selection, index: Index) -> tuple[Sequence[Record], Sequence[Condition]]:
    """The fewest records that an index gives for one of the conditions, and the conditions that are still to test."""
    best: Sequence[Record] = relations.records(selection.relation)
    if selection.relation != "models":
        return best, selection.conditions
    chosen: Condition | None = None
    for condition in selection.conditions:
        found = index(relations, condition)
        if found is not None and (chosen is None or len(found) < len(best)):
            best, chosen = found, condition
    return best, [condition for condition in selection.conditions if condition is not chosen]


def _selected(relations: Relations, condition: Condition) -> Sequence[Record] | None:
    """The rows for which a condition holds, where an index gives them."""
    match condition:
        case Equals(Attribute.CODE, (str() as code,)):
            return relations.codes.get(code, ())
    return _decided(relations, condition)


def _decided(relations: Relations, condition: Condition) -> Sequence[Record] | None:
    """The rows for which a condition holds, where an index gives them and it is known not to hold for all others."""
    match condition:
        case Equals(Attribute.KEY, (str() as key,)):
            return (relations.by_key[key],) if key in relations.by_key else ()
        case Equals(Attribute.KEY, values):
            keys = {key for key in values if isinstance(key, str) and key in relations.by_key}
            return [relations.by_key[key] for key in sorted(keys, key=relations.order.__getitem__)]
        case Equals(attribute, (str() as value,)) if attribute in relations.facets:
            return relations.facets[attribute].get(value, ())
    return None


def unplaced(relations: Relations, records: Sequence[Record], ranking: Ranking) -> int:
    """How many records have no place in an order since the file does not give their value."""
    if len(placed(relations, records, ranking)) == len(records):
        return 0
    return sum(relations.value(record, ranking.attribute) is None for record in records)


def rankable(relations: Relations, record: Record, ranking: Ranking) -> Any:
    """The value by which a record takes its place; none: it has no place in this order."""
    value = relations.value(record, ranking.attribute)
    if value == "present":
        return None
    if ranking.attribute == Attribute.DURATION and ranking.direction == "least":
        # A run that is not over yet cannot be the shortest: nobody knows how long it will be.
        return None if isinstance(record, Model) and record.production.end == "present" else value
    return value


Placed = Sequence[tuple[int, Record]]
"""Records with their places, the first ones first."""


def placed(relations: Relations, records: Sequence[Record], ranking: Ranking) -> Placed:
    """All records that have a place in an order; those with the same value share one."""
    if records is not relations.knowledge.models:
        return _placed(relations, records, ranking)
    order = (ranking.attribute, ranking.direction)
    if order not in relations.orders:
        relations.orders[order] = _placed(relations, records, ranking)
    return relations.orders[order]


def order_all(relations: Relations) -> None:
    """Build the orders that are asked for most; otherwise each is built when it is first needed."""
    for attribute in (Attribute.QUANTITY, Attribute.START, Attribute.END, Attribute.DURATION):
        placed(relations, relations.knowledge.models, Ranking(attribute, "most"))
        placed(relations, relations.knowledge.models, Ranking(attribute, "least"))


def _placed(relations: Relations, records: Sequence[Record], ranking: Ranking) -> Placed:
    valued = [(rankable(relations, record, ranking), record) for record in records]
    by_year = _mixed(valued)
    known = [(value.year if by_year else value, record) for value, record in valued if value is not None]
    known.sort(key=lambda pair: pair[0], reverse=ranking.direction == "most")
    found: list[tuple[int, Record]] = []
    for index, (value, record) in enumerate(known):
        place = found[-1][0] if index and known[index - 1][0] == value else index + 1
        found.append((place, record))
    return found


def ranked(relations: Relations, records: Sequence[Record], ranking: Ranking) -> Placed:
    """Places and records from the ranking's position on; records with the same value share a place."""
    every = placed(relations, records, ranking)
    first = bisect_left(every, ranking.position, key=_place)
    chosen = every[first : bisect_right(every, ranking.position + ranking.count - 1, first, key=_place)]
    if chosen:
        return chosen
    # A tie may have swallowed the place that was asked for: then the tied records hold it.
    if first and len(every) >= ranking.position:
        return every[bisect_left(every, every[first - 1][0], key=_place) : first]
    return []


def _place(pair: tuple[int, Record]) -> int:
    return pair[0]


def _mixed(valued: Sequence[tuple[Any, Record]]) -> bool:
    """Whether some dates are only known to the year, so that all are compared by their years."""
    dates = [value for value, _ in valued if isinstance(value, PartialDate)]
    return any(value.month is None for value in dates)
