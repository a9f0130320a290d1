"""Putting records into groups by a value that they share, and finding the groups that have the most or the least."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from knowledge import arithmetic
from knowledge.answer import Answer, Group, Groups, Missing, Record, Scalar
from knowledge.query import Attribute, AttributeName, Grouped
from knowledge.relations import Relations
from knowledge.schema import Model, PartialDate
from knowledge.spans import lasting

DATED = (Attribute.START, Attribute.END, Attribute.PERIOD)
"""What rows are grouped by year by."""


def group(relations: Relations, query: Grouped, records: Sequence[Record]) -> Answer:
    """The groups of some records, those that were asked for chosen; ``Missing`` where no record has the value."""
    members: dict[Scalar, list[Record]] = defaultdict(list)
    unknown = 0
    for record in records:
        values = tuple(_values(relations, record, query.by))
        unknown += not values and not _is_running(record, query.by)
        for value in values:
            members[value].append(record)
    groups = [_group(relations, query, value, found) for value, found in members.items()]
    decisive = bool(query.direction or query.least or query.most) and any(each.unknown for each in groups)
    groups = [each for each in groups if query.function is None or len(each.records) > each.unknown]
    if not groups:
        return Answer(query, Missing("no_value" if records else "no_records"), evidence=tuple(records))
    if query.by in DATED:
        groups.sort(key=lambda each: str(each.value))
    if decisive:
        return Answer(query, Missing("no_value"), evidence=tuple(records))  # an unknown figure could be decisive
    if query.least or query.most:
        groups = [each for each in groups if _lies_in(each.amount, query)]
    chosen: tuple[int, ...] = ()
    if query.direction is not None:
        places = arithmetic.order([each.amount for each in groups], query.direction) or []
        end = len(groups) + 1 if query.count is None else query.position + query.count
        chosen = tuple(index for index, place in enumerate(places) if query.position <= place < end)
        if query.count != 1:  # several are told in their order
            groups = [groups[index] for index in sorted(chosen, key=places.__getitem__)]
            chosen = ()
    if not groups or (query.direction is not None and query.count == 1 and not chosen):
        return Answer(query, Missing("no_records"), evidence=tuple(records))
    measured = Attribute.DURATION if query.function == "span" else query.attribute
    unit = "models" if query.function is None else arithmetic.unit_of(measured)
    told = [groups[index] for index in chosen] if chosen else groups if query.count != 1 or query.least else []
    evidence = tuple(record for each in told for record in each.records) or tuple(records)
    return Answer(query, Groups(query.by, unit, tuple(groups), chosen, unknown), evidence=evidence, computed=True)


def _lies_in(amount: float, query: Grouped) -> bool:
    """Whether what a group comes to is within the bounds of a query."""
    for bound, sign in ((query.least, 1), (query.most, -1)):
        if bound is None or not isinstance(bound.value, (int, float)):
            continue
        beyond = (amount - bound.value) * sign
        if beyond < 0 or (beyond == 0 and not bound.inclusive):
            return False
    return True


def _is_running(record: Record, by: AttributeName) -> bool:
    """Whether a row has no year of its end because it has not ended."""
    return by == Attribute.END and isinstance(record, Model) and record.production.end == "present"


def _group(relations: Relations, query: Grouped, value: Scalar, records: Sequence[Record]) -> Group:
    if query.function is None:
        return Group(value, tuple(records), len(records))
    if query.function == "span":
        years = lasting(records, relations.knowledge.as_of)
        return Group(value, tuple(records), years or 0, len(records) if years is None else 0)
    amounts = [relations.value(record, query.attribute) for record in records]
    known = [amount for amount in amounts if isinstance(amount, (int, float))]
    amount = arithmetic.together(query.function, known) if known else 0
    return Group(value, tuple(records), amount, len(records) - len(known))


def _values(relations: Relations, record: Record, by: AttributeName) -> Iterable[Scalar]:
    """The values by which a record belongs to groups: one, or each year of its run; none if it is not known."""
    if by not in DATED:
        value = relations.value(record, by)
        return (value,) if isinstance(value, (str, int, float)) else ()
    if not isinstance(record, Model):
        return ()
    start, end = record.production.start, record.production.end
    if end == "present":
        end = relations.knowledge.as_of if by == Attribute.PERIOD else None
    first = start.year if isinstance(start, PartialDate) else None
    last = end.year if isinstance(end, PartialDate) else None
    match by:
        case Attribute.START:
            return () if first is None else (first,)
        case Attribute.END:
            return () if last is None else (last,)
    return () if first is None or last is None else range(first, last + 1)
