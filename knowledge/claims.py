"""Claims: whether what is said of a subject is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from knowledge.answer import Answer, Comparison, Missing, Number, Record, Result, Rows, Span, Values, Verdict
from knowledge.conditions import Resolve, attributes_of, predicate_of, reaches_beyond
from knowledge.query import Attribute, Between, Claim, Condition, Equals, Get, Listing, Ranking, Selection
from knowledge.relations import Relations
from knowledge.selection import select, undecided


def verdict_on(relations: Relations, query: Claim, subject: Answer, resolve: Resolve) -> Answer:
    """Whether a claim holds of its subject, which is answered already; ``Missing`` where the file does not say."""
    match subject.result:
        case Missing():
            return replace(subject, query=query)
        case Number(value=value, unknown=0):
            outcome = _number_holds(value, query.condition)
        case Comparison(sides=sides, winners=winners):
            # Who is level with another is not ahead of it.
            chosen = sides[winners[0]].records if len(winners) == 1 else ()
            outcome = _any_holds(relations, chosen, query.condition, resolve)
        case Span(first=first):
            outcome = first is not None
        case Values(values=values):
            wanted = query.condition.values if isinstance(query.condition, Equals) else ()
            texts = (value.values() if isinstance(value, dict) else (value,) for value in values)
            outcome = any(text in wanted for each in texts for text in each)
        case _:
            outcome = _holds_of(relations, subject.evidence, query, resolve)
            if outcome is False and _is_unplaced(relations, query, resolve):
                outcome = None
    if outcome is None:
        ahead = reaches_beyond(query.condition, relations.knowledge.as_of)
        reason: Literal["future", "no_value"] = "future" if ahead else "no_value"
        return Answer(query, Missing(reason, subject.result), (subject,), subject.evidence)
    fact = _deciding(relations, subject, query.condition)
    verdict = Verdict(outcome is not query.negated, fact)
    return Answer(query, verdict, (subject,), subject.evidence, subject.computed)


def _is_unplaced(relations: Relations, query: Claim, resolve: Resolve) -> bool:
    """Whether a place in an order is claimed of a record that may have it, since its value is not known."""
    match query:
        case Claim(Listing(Selection("models", conditions, Ranking() as ranking)), Equals(Attribute.KEY) as named):
            meant = select(relations, Selection("models", (*conditions, named)), resolve)
            return any(relations.value(record, ranking.attribute) is None for record in meant)
    return False


def _number_holds(value: int | float, condition: Condition) -> bool | None:
    match condition:
        case Equals(_, values):
            return value in values
        case Between(_, least, most):
            for bound, sign in ((least, 1), (most, -1)):
                if bound is None:
                    continue
                limit = bound.value if isinstance(bound.value, (int, float)) else None
                if limit is None:
                    return None
                if (value - limit) * sign < 0 or (value == limit and not bound.inclusive):
                    return False
            return True
    return None


def _holds_of(relations: Relations, records: Sequence[Record], query: Claim, resolve: Resolve) -> bool | None:
    """Whether a claim holds of as many of the records as it says; none where records that may belong decide it."""
    if query.quantifier == "some":
        return _any_holds(relations, records, query.condition, resolve)
    test = predicate_of(query.condition, relations, resolve, gaps=True)
    outcomes = [test(record) for record in records]
    if False in outcomes:
        return False
    selection = query.subject.selection if isinstance(query.subject, (Get, Listing)) else None
    if None in outcomes or (selection is not None and undecided(relations, selection, resolve)):
        return None
    meant = select(relations, Selection("models", (query.condition,)), resolve) if query.quantifier == "only" else ()
    return bool(records) and len(meant) <= len(records)


def _any_holds(relations: Relations, records: Sequence[Record], condition: Condition, resolve: Resolve) -> bool | None:
    test = predicate_of(condition, relations, resolve, gaps=True)
    outcomes = {test(record) for record in records}
    return True if True in outcomes else None if None in outcomes else False


def _deciding(relations: Relations, subject: Answer, condition: Condition) -> Result:
    """The subject with the attributes that the condition looks at."""
    if not isinstance(subject.result, Rows):
        return subject.result
    looked_at = tuple(sorted(attributes_of(condition) - {Attribute.KEY}))
    if {Attribute.START, Attribute.END, Attribute.IN_PRODUCTION} & set(looked_at):
        looked_at = (Attribute.PERIOD,)
    positions = {id(row.record): row.position for row in subject.result.rows}
    attributes = looked_at or tuple(c.attribute for row in subject.result.rows[:1] for c in row.cells)
    return Rows(tuple(relations.as_row(r, attributes, positions.get(id(r))) for r in subject.evidence))
