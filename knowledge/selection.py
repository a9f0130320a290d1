"""Choosing the records that a selection describes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from knowledge.answer import Record
from knowledge.conditions import Resolve, holds
from knowledge.query import Attribute, Equals, Ranking, Selection
from knowledge.relations import Relations
from knowledge.schema import Model, PartialDate


def select(relations: Relations, selection: Selection, resolve: Resolve) -> tuple[Record, ...]:
    """The records of a selection: in the order of the file, or of the ranking if there is one."""
    records = _candidates(relations, selection)
    for condition in selection.conditions:
        records = [record for record in records if holds(relations, record, condition, resolve) is True]
    if selection.ranking:
        return tuple(record for _, record in ranked(relations, records, selection.ranking))
    return tuple(records)


def _candidates(relations: Relations, selection: Selection) -> Sequence[Record]:
    """The fewest records that an index gives for one of the conditions; all records without one."""
    best: Sequence[Record] = relations.records(selection.relation)
    if selection.relation != "models":
        return best
    for condition in selection.conditions:
        if not isinstance(condition, Equals):
            continue
        found: Sequence[Record] | None = None
        if condition.attribute == Attribute.KEY:
            keys = [key for key in condition.values if isinstance(key, str) and key in relations.by_key]
            found = [relations.by_key[key] for key in sorted(set(keys), key=relations.order.__getitem__)]
        elif condition.attribute in relations.facets and len(condition.values) == 1:
            found = relations.facets[condition.attribute].get(str(condition.values[0]), ())
        if found is not None and len(found) < len(best):
            best = found
    return best


def rankable(relations: Relations, record: Record, ranking: Ranking) -> Any:
    """The value by which a record takes its place; none: it has no place in this order."""
    value = relations.value(record, ranking.attribute)
    if value == "present":
        return None
    if ranking.attribute == Attribute.DURATION and ranking.direction == "least":
        # A run that is not over yet cannot be the shortest: nobody knows how long it will be.
        return None if isinstance(record, Model) and record.production.end == "present" else value
    return value


def ranked(relations: Relations, records: Sequence[Record], ranking: Ranking) -> list[tuple[int, Record]]:
    """Places and records from the ranking's position on; records with the same value share a place."""
    valued = [(rankable(relations, record, ranking), record) for record in records]
    by_year = _mixed(valued)
    known = [(value.year if by_year else value, record) for value, record in valued if value is not None]
    known.sort(key=lambda pair: pair[0], reverse=ranking.direction == "most")
    placed: list[tuple[int, Record]] = []
    for index, (value, record) in enumerate(known):
        place = placed[-1][0] if index and known[index - 1][0] == value else index + 1
        placed.append((place, record))
    last = ranking.position + ranking.count - 1
    chosen = [(place, record) for place, record in placed if ranking.position <= place <= last]
    if chosen:
        return chosen
    # A tie may have swallowed the place that was asked for: then the tied records hold it.
    held = [place for place, _ in placed if place < ranking.position]
    if held and len(placed) >= ranking.position:
        return [(place, record) for place, record in placed if place == max(held)]
    return []


def _mixed(valued: Sequence[tuple[Any, Record]]) -> bool:
    """Whether some dates are only known to the year, so that all are compared by their years."""
    dates = [value for value, _ in valued if isinstance(value, PartialDate)]
    return any(value.month is None for value in dates)
