"""Rows that are told by what they replaced: "the model that replaced the X" is the one that came after the X."""

from __future__ import annotations

from collections.abc import Sequence

from bot.intent.parts import Chunk, Mention, Part
from bot.intent.senses import Kind, RowSet
from knowledge.answer import Rows
from knowledge.evaluation import evaluate
from knowledge.query import Attribute, AttributeName, Condition, Equals, Get, Selection
from knowledge.relations import Relations

ASKING = (Kind.HOW_MANY, Kind.HOW_LONG, Kind.WHEN, Kind.WHEN_START, Kind.WHEN_END, Kind.ATTRIBUTE)


def with_successors(parts: Sequence[Part], relations: Relations) -> list[Part]:
    """The parts with the row itself in the place of words for what it replaced; only where something else is asked."""
    for place, noun in enumerate(parts):
        before = parts[:place]
        if not noun.has(Kind.MODEL_NOUN) or not any(part.has(*ASKING) for part in before):
            continue
        at = place + 1
        while at < len(parts) and parts[at].has(Kind.IT, Kind.WHICH, Kind.AUX) and not parts[at].has(Kind.REPLACE):
            at += 1
        told = parts[at : at + 2]
        if len(told) < 2 or at == place + 1:
            continue
        verb, named = told  # a name before the verb may be what replaces and what is replaced
        if named.chunk is not Chunk.ROWS or not verb.has(Kind.REPLACE, Kind.REPLACED_BY) or named.negated:
            continue
        active = verb.has(Kind.REPLACE) and not verb.has(Kind.REPLACED_BY)
        row = _beside(named, Attribute.REPLACED_BY if active else Attribute.REPLACES, relations)
        if row is not None:
            return [*before, row, *parts[at + 2 :]]
    return [*parts]


def _beside(named: Part, way: AttributeName, relations: Relations) -> Part | None:
    """The row that a row replaced or was replaced by, as if its name had been said."""
    condition = led_to(relations, named.value.conditions, way)
    keys = condition.values if isinstance(condition, Equals) else ()
    places = [at for at, row in enumerate(relations.knowledge.models) if row.key in keys]
    if len(places) != 1 or condition is None:
        return None
    rows = RowSet(frozenset(places), condition, exact=True)
    mention = Mention(rows.rows, (rows.condition,), (rows,))
    return Part(Chunk.ROWS, mention, named.text, {Kind.ROWS: rows}, named.gap, items=named.items)


def led_to(relations: Relations, conditions: Sequence[Condition], way: AttributeName) -> Condition | None:
    """The rows that some rows replaced or were replaced by; none: the file does not say."""
    answer = evaluate(Get(Selection("models", tuple(conditions)), (way,)), relations)
    names = {
        str(value)
        for row in (answer.result.rows if isinstance(answer.result, Rows) else ())
        for cell in row.cells
        for value in (cell.value if isinstance(cell.value, tuple) else ())
    }
    keys = tuple(row.key for row in relations.knowledge.models if names & {row.key, row.name, row.title, row.code})
    return Equals(Attribute.KEY, keys) if keys else None
