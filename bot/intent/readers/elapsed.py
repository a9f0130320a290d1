"""Readings of the time between two moments: milestones, starts and ends of rows, the plant's own beginning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.intent.asking import counts_kinds
from bot.intent.clause import Clause, Reading
from bot.intent.parts import Chunk, Part, places_of
from bot.intent.senses import Kind
from knowledge.evaluation import evaluate, scalar
from knowledge.query import (
    Attribute,
    AttributeName,
    Bound,
    Condition,
    Constant,
    Difference,
    Equals,
    Get,
    Query,
    Ranking,
    Selection,
    Together,
)
from knowledge.relations import compare_dates
from knowledge.schema import PartialDate


def read_elapsed(clause: Clause) -> Iterator[Reading]:
    """How long it was from one moment to the other."""
    if asks_for_pause(clause):
        yield from _pause(clause)
        return
    ages = [part for part in clause.words(Kind.FACT) if _is_age(clause, part)]
    ages = ages or aged_then(clause)
    lasting = clause.any(Kind.HOW_LONG, Kind.ELAPSED) or bool(ages)
    if not (lasting or clause.any(Kind.DIFFERENCE)) or clause.polar or counts_kinds(clause):
        return
    moments = [moment for moment in _sharing(_moments(clause), clause) if not moment[1] & places_of(ages)]
    since_start = bool(clause.milestones) or clause.any(Kind.PLANT, Kind.PLANT_NOUN) or bool(ages)
    if len(moments) == 1 and lasting and since_start and isinstance(moments[0][0], Get):
        moments.insert(0, (beginning(clause), set()))  # "how long did it take to the first million"
    elif len(moments) == 1 and clause.any(Kind.SINCE) and (lasting or clause.any(Kind.DIFFERENCE)):
        moments.append((Constant(clause.relations.knowledge.as_of), set()))  # "how long is it since the last X"
    if len(moments) != 2 or all(isinstance(moment, Constant) for moment, _ in moments):
        return
    (one, first), (other, second) = moments
    if one == other:
        return  # "how many years before the other", where there is no other
    words = clause.words(
        Kind.HOW_LONG, Kind.ELAPSED, Kind.DIFFERENCE, Kind.UNIT, Kind.HOW_MANY, Kind.BETWEEN, Kind.START, Kind.END,
        Kind.AFTER, Kind.BEFORE, Kind.REACH, Kind.SINCE, Kind.FACT, Kind.MILESTONE_NOUN, Kind.COMPARATIVE,
        Kind.ATTRIBUTE, *((Kind.WHEN, Kind.SAME_TIME) if ages else ()),
    )  # fmt: skip
    yield Reading(Difference(one, other), frozenset({*first, *second, *(part.index for part in words)}), 1)


def asks_for_pause(clause: Clause) -> bool:
    """Whether it is asked how long nothing was built between the runs of two rows."""
    lasting = clause.any(Kind.HOW_LONG) or (clause.any(Kind.HOW_MANY) and clause.any(Kind.UNIT))
    return clause.any(Kind.PAUSE) and lasting and len(clause.mentions) == 2 and not clause.any(Kind.START, Kind.END)


def _pause(clause: Clause) -> Iterator[Reading]:
    """From the end of one row to the start of the next; where they meet or overlap, when they ran side by side."""
    if any(len(part.value.rows) != 1 for part in clause.mentions) or clause.polar:
        return
    models = clause.relations.knowledge.models
    pairs = [(models[place].production, part) for part in clause.mentions for place in part.value.rows]
    if any(production.start is None for production, _ in pairs):
        return
    earlier, later = (part for _, part in sorted(pairs, key=lambda pair: pair[0].start or PartialDate(1)))
    sides = [part.value.selection for part in (earlier, later)]
    ended, began = Get(sides[0], (Attribute.END,)), Get(sides[1], (Attribute.START,))
    words = clause.words(Kind.PAUSE, Kind.HOW_LONG, Kind.HOW_MANY, Kind.UNIT, Kind.BETWEEN, Kind.DIFFERENCE)
    used = frozenset(places_of((*words, *clause.mentions)))
    end, start = (scalar(evaluate(query, clause.relations)) for query in (ended, began))
    if not isinstance(start, PartialDate) or end is None:
        return
    apart = isinstance(end, PartialDate) and compare_dates(end, start) == -1
    yield Reading(Difference(ended, began) if apart else Together(tuple(sides)), used)


def aged_then(clause: Clause) -> list[Part]:
    """The word that asks how old the plant was when something happened, if the clause does."""
    for part in clause.words(Kind.HOW_LONG, Kind.FACT):
        after = clause.after(part)
        after = clause.after(after) if after.has(Kind.AUX) else after
        if after.has(Kind.PLANT, Kind.PLANT_NOUN) and clause.after(after).has(Kind.SAME_TIME):
            return [part]
    return []


def _is_age(clause: Clause, part: Part) -> bool:
    """Whether a word asks how old the plant is."""
    return any(clause.relations.facts[name].unit == "years" for name in part.senses[Kind.FACT])


@dataclass(frozen=True, slots=True)
class Edge:
    """The start or the end of what a name means; none: as the verb of another name says."""

    conditions: tuple[Condition, ...]
    attribute: AttributeName | None


def _sharing(moments: Iterator[tuple[Query | Edge, set[int]]], clause: Clause) -> Iterator[tuple[Query, set[int]]]:
    """The moments; names without a verb of their own share that of the others: "after the X did the Y end"."""
    found = list(moments)
    own = {moment.attribute for moment, _ in found if isinstance(moment, Edge) and moment.attribute is not None}
    shared = own.pop() if len(own) == 1 else Attribute.START if clause.any(Kind.ELAPSED) and not own else None
    for moment, used in found:
        if not isinstance(moment, Edge):
            yield moment, used
        elif (attribute := moment.attribute or shared) is not None:
            ranking = Ranking(attribute, "least" if attribute == Attribute.START else "most")
            several = clause.count(moment.conditions) > 1
            selection = Selection("models", moment.conditions, ranking if several else None)
            yield Get(selection, (attribute,)), used


def _moments(clause: Clause) -> Iterator[tuple[Query | Edge, set[int]]]:
    """The moments that the clause names, from left to right."""
    for part in clause.parts:
        before = clause.before(part)
        after = clause.after(part)
        if part.chunk is Chunk.MILESTONE:
            yield Get(Selection("milestones", (part.value.condition,)), (Attribute.DATE,)), {part.index}
        elif part.chunk is Chunk.ROWS:
            used = {part.index} | ({before.index} if before.chunk is Chunk.BEST else set())
            yield Edge(part.value.conditions, _end_of_run(before, after)), used
        elif part.has(Kind.START) and not _beside_rows(clause, part):
            yield beginning(clause), {part.index}
        elif part.has(Kind.FACT):
            for name in part.senses[Kind.FACT]:
                fact = clause.relations.facts[name]
                row = clause.relations.referenced(fact.row)
                used = {part.index} | ({after.index} if after.chunk is Chunk.TIME else set())
                if isinstance(fact.value, PartialDate):
                    yield Get(Selection("facts", (Equals(Attribute.KEY, (name,)),)), (Attribute.VALUE,)), used
                    break
                if row is not None:
                    condition = Equals(Attribute.KEY, (row.key,))
                    yield Get(Selection("models", (condition,)), (Attribute.START,)), used
                    break
        elif part.chunk is Chunk.TIME and not _has_time(before, part):
            first = part.value.first
            if isinstance(first, Bound) and isinstance(first.value, PartialDate):
                yield Constant(first.value), {part.index}
            elif isinstance(first, Bound) and isinstance(first.value, Get):
                yield first.value, {part.index}


def _has_time(before: Part, time: Part) -> bool:
    """Whether a time belongs to the word before it: "the plan for 2025", "started in 2014"."""
    return before.has(Kind.FACT) or (before.has(Kind.START, Kind.END) and time.value.kind == "in")


def _beside_rows(clause: Clause, part: Part) -> bool:
    near = clause.parts[max(0, part.index - 1) : part.index + 2]
    return any(each.chunk in (Chunk.ROWS, Chunk.TIME) for each in near)


def beginning(clause: Clause) -> Query:
    """When the plant itself began: by the earliest date among its facts, if no row began before, else by its rows."""
    first, opening = clause.relations.first_start, clause.relations.opening
    opened = opening.value if opening is not None else None
    if opening is None or not isinstance(opened, PartialDate) or (first and compare_dates(opened, first) == 1):
        return Get(Selection("models", (), Ranking(Attribute.START, "least")), (Attribute.START,))
    return Get(Selection("facts", (Equals(Attribute.KEY, (opening.id,)),)), (Attribute.VALUE,))


def _end_of_run(before: Part, after: Part) -> str | None:
    """Which end of a row's run a name stands for, by the word beside it."""
    if before.chunk is Chunk.BEST:
        return Attribute.START if before.value.direction == "least" else Attribute.END
    for part in (before, after):
        if part.chunk is Chunk.WORD and part.has(Kind.START, Kind.END):
            return Attribute.START if part.has(Kind.START) else Attribute.END
    return None
