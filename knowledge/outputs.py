"""Outputs of the plant in a year: stated by a fact, or worked out from a change that a fact states."""

from __future__ import annotations

from knowledge.answer import Answer, Missing, Number
from knowledge.conditions import Resolve
from knowledge.query import Bound, Overlaps, Query
from knowledge.relations import Relations
from knowledge.schema import Fact, PartialDate


def output_in(relations: Relations, period: Overlaps, resolve: Resolve) -> Fact | None:
    """The fact that states what was produced in a year."""
    year = _year(period, resolve)
    facts = relations.knowledge.facts
    found = [
        f for f in facts if f.unit == "products" and f.per in (None, "year") and f.period and f.period.year == year
    ]
    return found[0] if len(found) == 1 else None


def change_after(relations: Relations, period: Overlaps, resolve: Resolve) -> Fact | None:
    """The stated change whose own period follows this one."""
    year = _year(period, resolve)
    for fact in relations.knowledge.facts:
        changed = relations.facts.get(fact.change_of or "")
        if year and changed and changed.per in (None, "year") and changed.period and changed.period.year == year + 1:
            return fact
    return None


def value_before(relations: Relations, query: Query, name: str) -> Answer:
    """What a value was before the stated change of it."""
    change = relations.facts[name]
    value = relations.facts[change.change_of].value if change.change_of else None
    if not isinstance(value, (int, float)) or not isinstance(change.value, (int, float)):
        return Answer(query, Missing("no_value"), evidence=(change,))
    before = value / (1 + change.value / 100)
    evidence = (relations.facts[change.change_of or ""], change)
    return Answer(query, Number(before, "products", exact=False), evidence=evidence, computed=True)


def _year(period: Overlaps, resolve: Resolve) -> int | None:
    """The one year that a period is."""
    match period:
        case Overlaps(Bound(first), Bound(last)):
            years = {date.year for date in (_date(first, resolve), _date(last, resolve)) if date is not None}
            return years.pop() if len(years) == 1 else None
    return None


def _date(value: int | float | PartialDate | Query, resolve: Resolve) -> PartialDate | None:
    found = value if isinstance(value, (int, float, PartialDate)) else resolve(value)
    return found if isinstance(found, PartialDate) else None
