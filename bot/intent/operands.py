"""The two things that a computation is about: what a difference, a ratio or a change in percent is taken of."""

from __future__ import annotations

from dataclasses import replace

from bot.intent.choosing import choose
from bot.intent.clause import Clause
from bot.intent.explaining import counts_names
from bot.intent.grouping import sides_of
from bot.intent.parts import Chunk, Mention, Part, places_of
from bot.intent.senses import EITHER, PAIR, Kind
from bot.intent.timing import time_condition, verb_of
from knowledge.evaluation import evaluate
from knowledge.query import (
    Aggregate,
    Attribute,
    AttributeName,
    Constant,
    Count,
    Equals,
    Get,
    Listing,
    Overlaps,
    Query,
    Ranking,
    Selection,
)
from knowledge.schema import Model


def operand(side: Mention, attribute: AttributeName) -> Query:
    """One side of a computation: its quantity in sum, or its date or duration."""
    selection = side.selection
    if attribute == Attribute.QUANTITY:
        return Aggregate("sum", attribute, selection)
    if attribute == Attribute.DURATION and len(side.rows) > 1:
        return Aggregate("span", attribute, selection)
    return Get(selection, (attribute,))


def operands_of(clause: Clause, attribute: AttributeName) -> tuple[list[Query], set[int]] | None:
    """The two things that a computation is about: two names, a name and a number, or the two rows of a selection."""
    sides = sides_of(clause)
    used = places_of(clause.mentions)
    true = {part.index for part in clause.bests if _holds(clause, part)}
    if len(sides) == 2 and len(true) < len(clause.bests):
        return _best_of_each(clause)
    if len(sides) == 2:
        used |= true
        operands = [operand(side, attribute) for side in sides]
        return (operands[::-1] if _is_reversed(clause) else operands), used
    numbers = [p for p in clause.chunks(Chunk.NUMBER) if not p.value.ordinal and not counts_names(clause, p)]
    marks = [part for part in clause.milestones if part.value.numbers]
    if len(sides) == 1 and attribute == Attribute.QUANTITY:
        if numbers:
            return [operand(sides[0], attribute), Constant(numbers[0].value.value)], used | {numbers[0].index}
        if marks:
            return [operand(sides[0], attribute), Constant(marks[0].value.numbers[0])], used | {marks[0].index}
        ranked = _ranked_operands(clause)
        if len(ranked) == 1:
            query, index = ranked[0]
            return [operand(sides[0], attribute), query], used | {index}
    if len(sides) < 2:
        ranked = _ranked_operands(clause)
        if len(ranked) == 2:
            return [query for query, _ in ranked], used | {index for _, index in ranked}
    return None


def _holds(clause: Clause, part: Part) -> bool:
    """Whether a superlative only tells what is so of the one row named after it: "the second-placed X"."""
    named = clause.after(part)
    if named.chunk is not Chunk.ROWS:
        return False
    found = evaluate(Listing(Selection("models", (), part.value.ranking)), clause.relations).evidence
    return bool(clause.keys(named.value.rows) == tuple(record.key for record in found if isinstance(record, Model)))


def _is_reversed(clause: Clause) -> bool:
    """Whether the measure is named before what is measured: "than the X, how much more is the Y", "X into Y"."""
    first, last = clause.mentions[0], clause.mentions[-1]
    before = clause.before(first)
    measured_by = before.chunk is Chunk.WORD and before.has(Kind.THAN, Kind.GROUPING)
    between = clause.parts[first.index + 1 : last.index]
    fitting = any(part.chunk is Chunk.WORD and part.has(Kind.FITS) for part in (*between, *clause.parts[: first.index]))
    measure = [part for part in clause.parts[: first.index] if not part.has(Kind.ATTRIBUTE)]
    reached = clause.any(Kind.REACH) and bool(measure) and measure[-1].has(Kind.RATIO)  # "times the X did the Y reach"
    return ((measured_by or reached) and last.link is None) or fitting


def _best_of_each(clause: Clause) -> tuple[list[Query], set[int]] | None:
    """ "The most built 1 Series and the most built 2 Series": a superlative before each of two names."""
    queries: list[Query] = []
    used: set[int] = set()
    for part in clause.bests:
        after = clause.after(part)
        if after.chunk is not Chunk.ROWS:
            return None
        best_of_it = replace(after.value.selection, ranking=part.value.ranking)
        queries.append(Get(best_of_it, (Attribute.QUANTITY,)))
        used |= {part.index, after.index}
    return (queries, used) if len(queries) == 2 else None


def _ranked_operands(clause: Clause) -> list[tuple[Query, int]]:
    """The rows at the places that superlatives name: "the most and the least built"."""
    found: list[tuple[Query, int]] = []
    beside = any(clause.before(part).has(Kind.AND, Kind.THAN, *EITHER) for part in clause.mentions)
    for part in clause.bests:
        best = part.value
        pair = len(clause.bests) == 1 and best.count == PAIR and not beside  # "between the top 2"
        rankings = [best.ranking]
        if pair:
            rankings = [Ranking(best.attribute, best.direction, best.position + step) for step in range(PAIR)]
        among = tuple(choose(clause, ranked=False).conditions) if len(clause.bests) > 1 or pair else ()
        found += [(Get(Selection("models", among, each), (Attribute.QUANTITY,)), part.index) for each in rankings]
    return found


def selected_pair(clause: Clause) -> tuple[list[Query], set[int]] | None:
    """The two rows that the clause's conditions select, or that share a name."""
    chosen = choose(clause, ranked=False)
    if not chosen.conditions:
        return None
    records = evaluate(Listing(chosen.selection()), clause.relations).evidence
    if len(records) != 2:
        return None
    queries: list[Query] = [
        Get(Selection("models", (Equals(Attribute.KEY, (record.key,)),)), (Attribute.QUANTITY,))
        for record in records
        if isinstance(record, Model)
    ]
    return queries, chosen.used


def yearly_outputs(clause: Clause) -> tuple[list[Query], set[int]] | None:
    """What the plant built in each of two years."""
    if len(clause.times) != 2 or clause.mentions:
        return None
    if clause.any(Kind.MODEL_NOUN):  # how many more models there were in the one year than in the other
        verb = verb_of(clause, clause.times[0])
        counts: list[Query] = [
            Count(Selection("models", (time_condition(clause, part, verb),))) for part in clause.times
        ]
        return counts, places_of(clause.times) | ({verb.index} if verb is not None else set())
    if not clause.any(Kind.PRODUCT_NOUN, Kind.BUILD):
        return None
    queries: list[Query] = [
        Aggregate("sum", Attribute.QUANTITY, Selection(), Overlaps(part.value.first, part.value.last))
        for part in clause.times
    ]
    return queries, places_of(clause.times)
