"""Evaluating a query on the relations of one snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge import arithmetic
from knowledge.answer import (
    Answer,
    Comparison,
    Missing,
    Number,
    Record,
    Rows,
    Scalar,
    Side,
    Values,
    Verdict,
)
from knowledge.claims import verdict_on
from knowledge.conditions import Resolve, lies_in, predicate_of
from knowledge.grouping import group
from knowledge.outputs import change_after, output_in, value_before
from knowledge.query import (
    Aggregate,
    Attribute,
    AttributeName,
    Between,
    Bound,
    Claim,
    Compare,
    Condition,
    Constant,
    Count,
    Difference,
    Distinct,
    Equals,
    Exists,
    Get,
    Grouped,
    Listing,
    Nearest,
    Not,
    Overlaps,
    Position,
    PreviousValue,
    Query,
    Ranking,
    Ratio,
    Relation,
    Selection,
    Share,
    Together,
    Unavailable,
)
from knowledge.relations import Relations
from knowledge.schema import Model, PartialDate
from knowledge.selection import placed, rankable, ranked, select, undecided, unplaced
from knowledge.spans import common, lasting, span_of

LISTED = (Attribute.QUANTITY, Attribute.PERIOD)
"""What a list of models shows of each."""

SHOWN: Mapping[Relation, tuple[AttributeName, ...]] = {
    "models": LISTED,
    "milestones": (Attribute.MODEL, Attribute.DATE),
    "facts": (Attribute.VALUE,),
}
"""What a list of records shows of each."""


def evaluate(query: Query, relations: Relations) -> Answer:
    """The answer to a query; what the file does not hold is a ``Missing`` result, never an error."""
    return _Evaluation(relations).answer(query)


def is_so(claim: Claim, relations: Relations) -> bool | None:
    """Whether a claim holds; none where the file does not say."""
    result = evaluate(claim, relations).result
    return result.holds if isinstance(result, Verdict) else None


def resolver(relations: Relations) -> Resolve:
    """What finds out the one value that a query gives."""
    return _Evaluation(relations).resolve


def scalar(answer: Answer) -> Scalar | None:
    """The one value of an answer, if it has just one."""
    match answer.result:
        case Number(value=value):
            return value
        case Rows(rows) if rows:
            values = {cell.value for row in rows for cell in row.cells if not isinstance(cell.value, (tuple, dict))}
            return values.pop() if len(values) == 1 else None
        case Comparison(winners=(winner,), sides=sides):
            return sides[winner].value
        case _:
            return None


def selected(selection: Selection, relations: Relations) -> tuple[Record, ...]:
    """The records of a selection, in the order of the file or of its ranking."""
    return _Evaluation(relations).select(selection)


@dataclass(frozen=True)
class _Evaluation:
    """One evaluation; what is asked inside of it is evaluated by it too."""

    relations: Relations

    def resolve(self, query: Query) -> Scalar | None:
        return scalar(self.answer(query))

    def select(self, selection: Selection) -> tuple[Record, ...]:
        return select(self.relations, selection, self.resolve)

    def answer(self, query: Query) -> Answer:  # noqa: C901 - one case for each kind of query, and nothing nested
        match query:
            case Get(selection, attributes):
                return self._get(query, selection, attributes)
            case Listing(selection):
                return self._listing(query, selection)
            case Count(selection, distinct):
                return self._count(query, selection, distinct)
            case Distinct(selection, attribute):
                records = self.select(selection)
                values = self._different(records, attribute)
                result = Values(attribute, values) if values else Missing("no_value")
                return Answer(query, result, evidence=records)
            case Aggregate():
                return self._aggregate(query)
            case Grouped(selection):
                return group(self.relations, query, self.select(selection))
            case Constant(value):
                number = value if isinstance(value, (int, float)) else value.year
                return Answer(query, Number(number, "none"))
            case Difference() | Ratio():
                return arithmetic.combine(query, self.answer(query.left), self.answer(query.right))
            case Share():
                return self._share(query)
            case Compare():
                return self._compare(query)
            case Together():
                return self._together(query)
            case Exists(selection):
                return self._exists(query, selection)
            case Claim():
                return verdict_on(self.relations, query, self.answer(query.subject), self.resolve)
            case Position():
                return self._position(query)
            case Nearest():
                return self._nearest(query)
            case PreviousValue(fact):
                return value_before(self.relations, query, fact)
            case Unavailable(_, near):
                known = self.answer(near) if near else None
                evidence = known.evidence if known else ()
                return Answer(query, Missing("never_held", known.result if known else None), evidence=evidence)

    # -- looking up ---------------------------------------------------------------------------------------------

    def _rows(self, selection: Selection, attributes: Sequence[AttributeName]) -> Rows:
        if selection.ranking:
            unranked = self.select(replace(selection, ranking=None))
            places = ranked(self.relations, unranked, selection.ranking)
            rows = tuple(self.relations.as_row(record, attributes, place) for place, record in places)
            unknown = unplaced(self.relations, unranked, selection.ranking)
        else:
            rows = tuple(self.relations.as_row(record, attributes) for record in self.select(selection))
            unknown = 0
        if len(rows) < 2:
            return Rows(rows, unknown=unknown)
        quantities = [row.record.quantity if isinstance(row.record, Model) else None for row in rows]
        known = [quantity for quantity in quantities if quantity is not None]
        return Rows(rows, sum(known) if len(known) == len(rows) else None, unknown)

    def _get(self, query: Query, selection: Selection, attributes: tuple[AttributeName, ...]) -> Answer:
        if self._beyond(selection.conditions):
            return Answer(query, Missing("future"))
        rows = self._rows(selection, attributes)
        evidence = tuple([row.record for row in rows.rows])
        if not rows.rows:
            return Answer(query, Missing("no_records"))
        if all(cell.value is None for row in rows.rows for cell in row.cells) or self._too_rough(query, rows):
            return Answer(query, Missing("no_value", rows), evidence=evidence)
        return Answer(query, rows, evidence=evidence)

    def _too_rough(self, query: Query, rows: Rows) -> bool:
        """Whether a day or a month is asked for of dates that are not known so precisely."""
        if not isinstance(query, Get) or query.precision == "year":
            return False
        values = [cell.value for row in rows.rows for cell in row.cells]
        ends = [end for value in values for end in (value if isinstance(value, tuple) else (value,))]
        dates = [end for end in ends if isinstance(end, PartialDate)]
        return bool(dates) and all(not getattr(date, query.precision) for date in dates)

    def _listing(self, query: Query, selection: Selection) -> Answer:
        if self._beyond(selection.conditions):
            return Answer(query, Missing("future"))
        if self._open(selection.conditions):
            return Answer(query, Missing("several"))
        shown = SHOWN[selection.relation]
        if selection.ranking and selection.ranking.attribute not in (*shown, Attribute.START, Attribute.END):
            shown = (*shown, selection.ranking.attribute)
        rows = self._rows(selection, shown)
        if selection.relation == "models":
            unknown = undecided(self.relations, selection, self.resolve)
            if unknown and not rows.rows and not selection.ranking:
                return Answer(query, Missing("no_value"))
            rows = replace(rows, unknown=rows.unknown + unknown)
        return Answer(query, rows, evidence=tuple([row.record for row in rows.rows]))

    def _count(self, query: Query, selection: Selection, distinct: AttributeName | None) -> Answer:
        if self._beyond(selection.conditions):
            return Answer(query, Missing("future"))
        if self._open(selection.conditions):
            return Answer(query, Missing("several"))
        records = self.select(selection)
        unknown = undecided(self.relations, selection, self.resolve)
        if distinct is None:
            return Answer(query, Number(len(records), "models", unknown=unknown), evidence=records, computed=True)
        values = self._different(records, distinct)
        return Answer(query, Number(len(values), "values", unknown=unknown), evidence=records, computed=True)

    def _values(self, records: Sequence[Record], attribute: AttributeName) -> list[Scalar]:
        values = (self.relations.value(record, attribute) for record in records)
        return [value for value in values if value is not None and not isinstance(value, (tuple, dict))]

    def _different(self, records: Sequence[Record], attribute: AttributeName) -> tuple[Scalar | dict[str, str], ...]:
        """The different values of an attribute in the order of the records, also texts for each language."""
        found: dict[object, Scalar | dict[str, str]] = {}
        for record in records:
            value = self.relations.value(record, attribute)
            for part in value if isinstance(value, tuple) else (value,):
                if part is not None:
                    found.setdefault(tuple(sorted(part.items())) if isinstance(part, dict) else part, part)
        return tuple(found.values())

    def _open(self, conditions: Sequence[Condition]) -> bool:
        """Whether a bound is what a query gives, and this gives several values or none."""
        for condition in conditions:
            match condition:
                case Between(_, least, most) | Overlaps(least, most):
                    asked = (bound.value for bound in (least, most) if bound is not None)
                    queries = (each for each in asked if not isinstance(each, (int, float, PartialDate)))
                    if any(self.resolve(each) is None for each in queries):
                        return True
        return False

    def _beyond(self, conditions: Sequence[Condition]) -> bool:
        """Whether a condition asks for a time after the file's own date, of which it knows nothing."""
        today = self.relations.knowledge.as_of.year
        for condition in conditions:
            match condition:
                case Overlaps(first=Bound(PartialDate() as first)) | Between(least=Bound(PartialDate() as first)):
                    if first.year > today:
                        return True
        return False

    # -- adding up ----------------------------------------------------------------------------------------------

    def _aggregate(self, query: Aggregate) -> Answer:
        records = self.select(query.selection)
        if not records and query.selection.conditions:
            return Answer(query, Missing("no_records"))
        if query.in_period is not None:
            sliced = self._sliced(query, query.in_period, records)
            if sliced is not None:
                return sliced
        if query.function == "span":
            years = lasting(records, self.relations.knowledge.as_of)
            spanned = Missing("no_value") if years is None else Number(years, "years", exact=False)
            return Answer(query, spanned, evidence=records, computed=True)
        numbers = [value for value in self._values(records, query.attribute) if isinstance(value, (int, float))]
        unknown = len(records) - len(numbers)
        if not numbers:
            rows = Rows(tuple(self.relations.as_row(record, LISTED) for record in records))
            return Answer(query, Missing("no_value", rows), evidence=records)
        value = arithmetic.together(query.function, numbers)
        exact = query.function == "sum" or float(value).is_integer()
        result = Number(value, arithmetic.unit_of(query.attribute), exact=exact, unknown=unknown)
        return Answer(query, result, evidence=records, computed=query.function != "sum" or len(records) > 1)

    def _sliced(self, query: Aggregate, period: Overlaps, records: Sequence[Record]) -> Answer | None:
        """The part of a quantity that falls into a period: stated by a fact, or the whole of it, or not known."""
        if not query.selection.conditions:
            fact = output_in(self.relations, period, self.resolve)
            if fact is not None and isinstance(fact.value, (int, float)):
                return Answer(query, Number(fact.value, "products", exact=fact.exactness == "exact"), evidence=(fact,))
            previous = change_after(self.relations, period, self.resolve)
            if previous is not None:
                return replace(value_before(self.relations, query, previous.id), query=query)
        beside = predicate_of(Not(period), self.relations, self.resolve)
        inside = [r for r in records if beside(r) is not True]
        if not inside and query.selection.conditions and query.function == "sum":
            zero = Number(0, arithmetic.unit_of(query.attribute))
            return Answer(query, zero, evidence=tuple(records), computed=True)
        if inside and all(isinstance(r, Model) and lies_in(r, period, self.resolve) for r in inside):
            if len(inside) == len(records):
                return None
            keys = tuple([record.key for record in inside if isinstance(record, Model)])
            part = replace(query, selection=Selection("models", (Equals(Attribute.KEY, keys),)), in_period=None)
            return replace(self._aggregate(part), query=query)
        whole = self._rows(query.selection, LISTED)
        return Answer(query, Missing("no_slice", whole), evidence=tuple(records))

    def _share(self, query: Share) -> Answer:
        part = self.select(query.part)
        if not part:
            return Answer(query, Missing("no_records"))
        attribute = query.attribute
        one: Query = Aggregate("sum", attribute, query.part) if attribute else Count(query.part)
        all_: Query = Aggregate("sum", attribute, query.whole) if attribute else Count(query.whole)
        left, right = self.answer(one), self.answer(all_)
        match left.result, right.result:
            case Number(value, unknown=0), Number(total, unknown=missing) if total:
                percent = Number(100 * value / total, "percent", exact=False, unknown=missing)
                return Answer(query, percent, (left, right), part, computed=True)
        return Answer(query, Missing("no_value"), (left, right), part)

    # -- comparing ----------------------------------------------------------------------------------------------

    def _side(self, selection: Selection, attribute: AttributeName) -> Side:
        records = self.select(selection)
        values = self._values(records, attribute)
        if not values or len(values) < len(records):
            return Side(records, None)
        if attribute == Attribute.DURATION and len(records) > 1:
            return Side(records, lasting(records, self.relations.knowledge.as_of))
        if attribute == Attribute.QUANTITY:
            return Side(records, sum(v for v in values if isinstance(v, (int, float))))
        if "present" in values:
            return Side(records, "present")
        return Side(records, min(values) if attribute == Attribute.START else max(values))

    def _compare(self, query: Compare) -> Answer:
        sides = tuple(self._side(selection, query.attribute) for selection in query.sides)
        evidence = tuple({id(record): record for s in sides for record in s.records}.values())
        if any(not side.records for side in sides):
            return Answer(query, Missing("no_records"), evidence=evidence)
        places = arithmetic.order([side.value for side in sides], query.direction)
        if places is None:
            rows = Rows(tuple(self.relations.as_row(record, (query.attribute,)) for record in evidence))
            return Answer(query, Missing("no_value", rows), evidence=evidence)
        winners = tuple(index for index, place in enumerate(places) if place == 1)
        gap = arithmetic.gap(sides[0].value, sides[1].value) if len(sides) == 2 else None
        comparison = Comparison(query.attribute, query.direction, sides, winners, gap)
        return Answer(query, comparison, evidence=evidence, computed=True)

    def _together(self, query: Together) -> Answer:
        groups = [self.select(selection) for selection in query.sides]
        evidence = tuple({id(record): record for records in groups for record in records}.values())
        if any(not records for records in groups):
            return Answer(query, Missing("no_records"), evidence=evidence)
        spans = [span_of(records) for records in groups]
        known = [span for span in spans if span is not None]
        if len(known) < len(spans):
            return Answer(query, Missing("no_value"), evidence=evidence)
        return Answer(query, common(known, self.relations.knowledge.as_of), evidence=evidence, computed=True)

    def _position(self, query: Position) -> Answer:
        among = self.select(query.among)
        ranking = Ranking(query.attribute, query.direction)
        places = {id(record): place for place, record in placed(self.relations, among, ranking)}
        records = self.select(query.selection)
        if not records:
            return Answer(query, Missing("no_records"))
        rows = tuple(self.relations.as_row(record, (query.attribute,), places.get(id(record))) for record in records)
        if all(row.position is None for row in rows):
            return Answer(query, Missing("no_value", Rows(rows)), evidence=records)
        return Answer(query, Rows(rows), evidence=records, computed=True)

    def _nearest(self, query: Nearest) -> Answer:
        target = self.answer(query.target)
        value = scalar(target)
        own = {id(record) for record in target.evidence}
        ranking = Ranking(query.attribute, "most")
        distances = [
            (arithmetic.gap(rankable(self.relations, record, ranking), value), record)
            for record in self.select(query.selection)
            if id(record) not in own
        ]
        known = [(distance, record) for distance, record in distances if distance is not None]
        if not known:
            return Answer(query, Missing("no_value"), (target,))
        nearest = min(distance for distance, _ in known)
        records = tuple(record for distance, record in known if distance == nearest)
        rows = Rows(tuple(self.relations.as_row(record, LISTED) for record in records))
        return Answer(query, rows, (target,), records, computed=True)

    # -- yes and no ---------------------------------------------------------------------------------------------

    def _exists(self, query: Exists, selection: Selection) -> Answer:
        if self._beyond(selection.conditions):
            return Answer(query, Missing("future"))
        records = self.select(selection)
        if not records and undecided(self.relations, selection, self.resolve):
            return Answer(query, Missing("no_value"))
        rows = Rows(tuple(self.relations.as_row(record, SHOWN[selection.relation]) for record in records))
        return Answer(query, Verdict(bool(records), rows if records else None), evidence=records)
