"""The relations of a knowledge file: its records, their attributes by name, and indexes over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.answer import Cell, Record, Row, Scalar
from knowledge.query import Attribute, AttributeName, Direction, Relation
from knowledge.schema import Fact, Knowledge, Milestone, Model, PartialDate, RowReference

Value = Scalar | tuple[Scalar, ...] | dict[str, str] | None

DAYS_PER_YEAR = 365.2425
"""The mean Gregorian year."""

FACETS = (Attribute.BRAND, Attribute.SERIES, Attribute.BODY)
"""The facets that the schema names; a file adds its own."""


def compare_dates(one: PartialDate, other: PartialDate) -> int:
    """-1, 0 or 1 as one is before, at or after the other, as far as both are known: 2011-12 is at 2011."""
    for first, second in ((one.year, other.year), (one.month, other.month), (one.day, other.day)):
        if first is None or second is None:
            break
        if first != second:
            return -1 if first < second else 1
    return 0


def is_rougher(one: PartialDate, other: PartialDate) -> bool:
    """Whether of one date less is known than of the other: 2011 is rougher than 2011-12."""
    return (one.month is None and other.month is not None) or (one.day is None and other.day is not None)


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


@dataclass(frozen=True, eq=False)
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
    def by_month(self) -> bool:
        """Whether a start or an end of some row is known more exactly than by its year."""
        dates = (date for model in self.knowledge.models for date in (model.production.start, model.production.end))
        return any(isinstance(date, PartialDate) and date.month for date in dates)

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
    def rarest(self) -> Model | None:
        """The row with the lowest quantity, the first of several; none: no quantity is known."""
        known = [model for model in self.knowledge.models if model.quantity is not None]
        return min(known, key=lambda model: model.quantity or 0, default=None)

    @cached_property
    def largest_quantity(self) -> int:
        """The highest quantity of a row; 0 if none is known."""
        return max((model.quantity or 0 for model in self.knowledge.models), default=0)

    @cached_property
    def total(self) -> int:
        """All known quantities together."""
        return sum(model.quantity or 0 for model in self.knowledge.models)

    @cached_property
    def whole(self) -> int:
        """All that was built; 0 if the quantity of a row is not known."""
        return 0 if any(model.quantity is None for model in self.knowledge.models) else self.total

    @cached_property
    def first_start(self) -> PartialDate | None:
        """When the first row began; none: of no row it is known."""
        return min((model.production.start for model in self.knowledge.models if model.production.start), default=None)

    @cached_property
    def opening(self) -> Fact | None:
        """The earliest of the dated facts, which tells when the plant itself began."""
        dated = [(fact.value, fact.id) for fact in self.knowledge.facts if isinstance(fact.value, PartialDate)]
        return self.facts[min(dated)[1]] if dated else None

    @cached_property
    def milestone_numbers(self) -> frozenset[int]:
        """The numbers of all milestones."""
        return frozenset(milestone.number for milestone in self.knowledge.milestones)

    @cached_property
    def orders(self) -> dict[tuple[AttributeName, Direction], Sequence[tuple[int, Record]]]:
        """All rows with their places by an attribute, for each order that was asked for."""
        return {}

    @cached_property
    def details(self) -> frozenset[str]:
        """The names of all details that milestones have."""
        return frozenset(name for milestone in self.knowledge.milestones for name in milestone.details)

    def index(self) -> None:
        """Build every index now; otherwise each is built when it is first needed."""
        for name, attribute in vars(Relations).items():
            if isinstance(attribute, cached_property):
                getattr(self, name)

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

    @cached_property
    def successors(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of the rows that took over from another one, by its name, title or code, whichever they name."""
        index: dict[str, list[str]] = defaultdict(list)
        for model in self.knowledge.models:
            for name in model.replaces:
                index[name].append(model.key)
        return {name: tuple(keys) for name, keys in index.items()}

    def value(self, record: Record, attribute: AttributeName) -> Value:
        """The value of an attribute; none: the file does not say."""
        match record:
            case Model():
                found = _OF_MODEL.get(attribute)
                return record.facets.get(attribute) if found is None else found(self, record)
            case Milestone():
                return self._of_milestone(record, attribute)
            case Fact():
                return record.id if attribute == Attribute.KEY else record.value

    def as_row(self, record: Record, attributes: Sequence[AttributeName], place: int | None = None) -> Row:
        """A record with some of its attributes, and its place where there is an order."""
        return Row(record, tuple([Cell(attribute, self.value(record, attribute)) for attribute in attributes]), place)

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
                return self.value(row, attribute) if row else None
            case _ if attribute in milestone.details:
                return milestone.details[attribute]
            case _:
                row = self.referenced(milestone.row)
                return row.facets.get(attribute) if row else None


def _period(row: Model) -> Value:
    ends = tuple("" if end is None else end for end in (row.production.start, row.production.end))
    return ends if any(ends) else None


def _in_production(row: Model) -> Value:
    return None if row.production.end is None else row.production.end == "present"


def _replaced_by(relations: Relations, row: Model) -> Value:
    names = {row.name, row.title, row.code}
    followers = {key for name in names for key in relations.successors.get(name or "", ())}
    return tuple(sorted(followers, key=relations.order.__getitem__)) or None


_OF_MODEL: Mapping[AttributeName, Callable[[Relations, Model], Value]] = {
    Attribute.KEY: lambda _, row: row.key,
    Attribute.NAME: lambda _, row: row.title,
    Attribute.CODE: lambda _, row: row.code,
    Attribute.BRAND: lambda _, row: row.brand,
    Attribute.SERIES: lambda _, row: row.series,
    Attribute.BODY: lambda _, row: row.body,
    Attribute.QUANTITY: lambda _, row: row.quantity,
    Attribute.START: lambda _, row: row.production.start,
    Attribute.END: lambda _, row: row.production.end,
    Attribute.PERIOD: lambda _, row: _period(row),
    Attribute.DURATION: Relations.duration,
    Attribute.IN_PRODUCTION: lambda _, row: _in_production(row),
    Attribute.REPLACES: lambda _, row: row.replaces or None,
    Attribute.REPLACED_BY: _replaced_by,
}
"""What gives the value of an attribute of a row; what is not here is a facet of the file's own."""
