"""Superlatives beside a time: "which was built most in 2014" asks for a part of each figure, which no file tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.intent.clause import Clause
from bot.intent.parts import Chunk, Part
from bot.intent.senses import NOUNS, Kind
from knowledge.conditions import attributes_of, lies_in
from knowledge.evaluation import evaluate, resolver
from knowledge.query import (
    Aggregate,
    Attribute,
    Claim,
    Condition,
    Get,
    Grouped,
    Listing,
    Overlaps,
    Query,
    Selection,
    Share,
    Unavailable,
)
from knowledge.relations import Relations
from knowledge.schema import Model

NAMED = (Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.THOSE, Kind.ONE)


def without_parts(query: Query, clause: Clause) -> Query:
    """The query; where it takes the figures of whole periods for those of a time, what is not known, and these."""
    if not clause.times or all(_says_which(clause, part) for part in clause.times):
        return query
    of_time = any(part.value.kind == "of" and not _says_which(clause, part) for part in clause.times)
    for selection in _ordered(query):
        if (of_time and _is_timed(selection)) or any(
            not _is_whole(selection, period, clause.relations) for period in _periods(selection.conditions)
        ):
            return Unavailable("part_of_period", None if isinstance(query, Grouped) else Listing(selection))
    return query


def _ordered(query: Query) -> Iterator[Selection]:
    """The selections of a query that are put in order by quantity."""
    match query:
        case Claim(subject):
            yield from _ordered(subject)
        case Share(part, whole):
            yield from (each for each in (part, whole) if _is_ordered(each))
        case Grouped(selection, function="sum" | "mean", attribute=Attribute.QUANTITY, direction="most" | "least"):
            yield selection
        case Get(selection) | Listing(selection) | Aggregate(_, _, selection) if _is_ordered(selection):
            yield selection


def _is_ordered(selection: Selection) -> bool:
    ranking = selection.ranking
    return selection.relation == "models" and ranking is not None and ranking.attribute == Attribute.QUANTITY


def _is_timed(selection: Selection) -> bool:
    """Whether rows are chosen by when they were built: a neighbour in a ranking is not, though it comes "after"."""
    return any(not attributes_of(condition) <= {Attribute.QUANTITY} for condition in selection.conditions)


def _periods(conditions: tuple[Condition, ...]) -> Iterator[Overlaps]:
    return (each for each in conditions if isinstance(each, Overlaps))


def _is_whole(selection: Selection, period: Overlaps, relations: Relations) -> bool:
    """Whether all rows were built within the time alone, so that their figures are those of the time."""
    rows = evaluate(Listing(replace(selection, ranking=None)), relations).evidence
    resolve = resolver(relations)
    return all(isinstance(row, Model) and lies_in(row, period, resolve) for row in rows)


def _says_which(clause: Clause, time: Part) -> bool:
    """Whether a time has a verb of its own, which says which rows are meant: "which model built in 2014 is rarest"."""
    if time.value.anchor or _turning(clause, time):
        return True
    if time.value.kind == "of" and all(best.index > time.index for best in clause.bests):
        return True  # "of the cars from 2007"
    near = [clause.before(time), clause.after(time)]
    if near[1].has(*NOUNS) and clause.any(Kind.WHICH) and time.items:
        return True  # "which of the 2014 models"
    if any(part.chunk is Chunk.WORD and part.has(Kind.RUNNING) for part in near):
        return True
    return any(_is_own(clause, verb, time) for verb in near if verb.chunk is Chunk.WORD and verb.has(Kind.BUILD))


def _turning(clause: Clause, time: Part) -> bool:
    near = (clause.before(time), clause.after(time))
    return any(part.chunk is Chunk.WORD and part.has(Kind.START, Kind.END, Kind.STILL) for part in near)


def _is_own(clause: Clause, verb: Part, time: Part) -> bool:
    """Whether a verb beside a time is that of "models built then", and not the one that the superlative belongs to."""
    before, after = clause.before(verb), clause.after(verb)
    named = before.chunk is Chunk.ROWS or before.has(*NAMED) or after.has(*NOUNS)
    if named and not any(item.has(Kind.AUX) for item in verb.items):
        return True
    last = max(verb.index, time.index)
    following = clause.after(clause.parts[last])
    return len(clause.words(Kind.BUILD)) > 1 or bool(following.gap)
