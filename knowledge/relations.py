"""The relations of a knowledge file: its records, their attributes by name, and indexes over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.answer import Record, Scalar
from knowledge.query import Attribute, AttributeName, Relation
from knowledge.schema import Fact, Knowledge, Milestone, Model, PartialDate, RowReference

Value = Scalar | tuple[Scalar, ...] | dict[str, str] | None

DAYS_PER_YEAR = 365.2425
"""The mean Gregorian year."""

FACETS = (Attribute.BRAND, Attribute.SERIES, Attribute.BODY)
"""The facets that the schema names; a file adds its own."""


def common_precision(one: PartialDate, other: PartialDate) -> tuple[PartialDate, PartialDate]:
    """Both dates cut to what is known of both, so that they can be compared."""
    if one.month is None or other.month is None:
        return PartialDate(one.year), PartialDate(other.year)
    if one.day is None or other.day is None:
        return PartialDate(one.year, one.month), PartialDate(other.year, other.month)
    return one, other


def years_between(start: PartialDate, end: PartialDate) -> float:
    """The time between two dates in years: whole ones if only the years are known, else to the month or the day."""
    first, last = common_precision(start, end)
    if first.month is None or last.month is None:
        return last.year - first.year
    if first.day is None or last.day is None:
        return (last.year - first.year) + (last.month - first.month) / 12
    days = date(last.year, last.month, last.day) - date(first.year, first.month, first.day)
    return days.days / DAYS_PER_YEAR


@dataclass(frozen=True)
class Relations:
    """The records of one knowledge file with what queries need to find them fast."""

    knowledge: Knowledge

    @cached_property
    def by_key(self) -> Mapping[str, Model]:
        """Rows by their key."""
        return {model.key: model for model in self.knowledge.models}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each row in the file, by its key."""
        return {model.key: place for place, model in enumerate(self.knowledge.models)}

    @cached_property
    def facets(self) -> Mapping[AttributeName, Mapping[str, tuple[Model, ...]]]:
        """Rows by facet and the facet's value; every facet of the file has an entry."""
        index: dict[AttributeName, dict[str, list[Model]]] = {facet: defaultdict(list) for facet in FACETS}
        for model in self.knowledge.models:
            for facet, value in ((name, self.value(model, name)) for name in (*FACETS, *model.facets)):
                if isinstance(value, str):
                    index.setdefault(facet, defaultdict(list))[value].append(model)
        return {
            facet: {value: tuple(rows) for value, rows in values.items()} for facet, values in index.items() if values
        }

    @cached_property
    def facet_names(self) -> tuple[AttributeName, ...]:
        """The facets that the schema names, and those that rows of this file have beside them."""
        return (*FACETS, *sorted({name for model in self.knowledge.models for name in model.facets}))

    @cached_property
    def codes(self) -> Mapping[str, tuple[Model, ...]]:
        """Rows by their code."""
        index: dict[str, list[Model]] = defaultdict(list)
        for model in self.knowledge.models:
            if model.code:
                index[model.code].append(model)
        return {code: tuple(rows) for code, rows in index.items()}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Facts by their id."""
        return {fact.id: fact for fact in self.knowledge.facts}

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """Milestones by their number, the smallest first."""
        return tuple(sorted(self.knowledge.milestones, key=lambda milestone: milestone.number))

    @cached_property
    def milestone_numbers(self) -> frozenset[int]:
        """The numbers of all milestones."""
        return frozenset(milestone.number for milestone in self.knowledge.milestones)

    @cached_property
    def details(self) -> frozenset[str]:
        """The names of all details that milestones have."""
        return frozenset(name for milestone in self.knowledge.milestones for name in milestone.details)

    def records(self, relation: Relation) -> tuple[Record, ...]:
        """All records of a relation."""
        match relation:
            case "models":
                return self.knowledge.models
            case "milestones":
                return self.milestones
            case "facts":
                return self.knowledge.facts

    def referenced(self, reference: RowReference | None) -> Model | None:
        """The row that a milestone or a fact points to."""
        if reference is None:
            return None
        rows = self.codes.get(reference.code, ()) if reference.code else self.knowledge.models
        named = [row for row in rows if reference.name in (None, row.name, row.title)]
        return named[0] if len(named) == 1 else None

    def value(self, record: Record, attribute: AttributeName) -> Value:
        """The value of an attribute; none: the file does not say."""
        match record:
            case Model():
                return self._of_model(record, attribute)
            case Milestone():
                return self._of_milestone(record, attribute)
            case Fact():
                return record.id if attribute == Attribute.KEY else record.value

    def _of_model(self, row: Model, attribute: AttributeName) -> Value:
        match attribute:
            case Attribute.KEY:
                return row.key
            case Attribute.NAME:
                return row.title
            case Attribute.CODE | Attribute.BRAND | Attribute.SERIES | Attribute.BODY | Attribute.QUANTITY:
                value: Value = getattr(row, attribute)
                return value
            case Attribute.START:
                return row.production.start
            case Attribute.END:
                return row.production.end
            case Attribute.PERIOD:
                ends = tuple("" if end is None else end for end in (row.production.start, row.production.end))
                return ends if any(ends) else None
            case Attribute.DURATION:
                return self.duration(row)
            case Attribute.IN_PRODUCTION:
                return None if row.production.end is None else row.production.end == "present"
            case Attribute.REPLACES:
                return row.replaces or None
            case Attribute.REPLACED_BY:
                names = {row.name, row.title, row.code}
                followers = tuple(m.key for m in self.knowledge.models if names & set(m.replaces))
                return followers or None
            case _:
                return row.facets.get(attribute)

    def duration(self, row: Model) -> float | None:
        """How long a row was produced in years; up to the file's date while it is still in production."""
        start, end = row.production.start, row.production.end
        if start is None or end is None:
            return None
        return years_between(start, self.knowledge.as_of if end == "present" else end)

    def _of_milestone(self, milestone: Milestone, attribute: AttributeName) -> Value:
        match attribute:
            case Attribute.KEY:
                return str(milestone.number)
            case Attribute.NUMBER | Attribute.DATE | Attribute.MODEL | Attribute.COLOUR:
                value: Value = getattr(milestone, attribute)
                return value
            case Attribute.ROW:
                row = self.referenced(milestone.row)
                return row.key if row else None
            case Attribute.SERIES | Attribute.BODY | Attribute.BRAND | Attribute.CODE:
                row = self.referenced(milestone.row)
                return self._of_model(row, attribute) if row else None
            case _ if attribute in milestone.details:
                return milestone.details[attribute]
            case _:
                row = self.referenced(milestone.row)
                return row.facets.get(attribute) if row else None
