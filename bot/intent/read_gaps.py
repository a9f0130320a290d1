"""Readings of questions that no knowledge file answers: the future, and causes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.clause import Clause, Reading
from bot.intent.senses import Kind
from knowledge.query import Attribute, Get, Query, Selection, Unavailable

ASKED = (
    Kind.FUTURE, Kind.WHY, Kind.COST, Kind.WHEN, Kind.WHEN_END, Kind.WHEN_START, Kind.START, Kind.END, Kind.HOW_MANY,
    Kind.STILL, Kind.HOW_LONG, Kind.NEXT, Kind.NEXT_YEAR, Kind.SUM, Kind.ATTRIBUTE, Kind.ELSE, Kind.FACT, Kind.IT,
    Kind.MILESTONE_NOUN, Kind.THOSE, Kind.NOT,
)  # fmt: skip


def read_gaps(clause: Clause) -> Iterator[Reading]:
    """What will be, and why something is so: never in a file, which only says what was."""
    if not clause.any(Kind.FUTURE, Kind.WHY, Kind.COST):
        return
    topic = "cause" if clause.any(Kind.WHY) else "future" if clause.any(Kind.FUTURE) else "price"
    near: Query | None = None
    conditions = clause.united(clause.mentions)
    if conditions is not None:
        near = Get(Selection("models", tuple(conditions)), (Attribute.PERIOD,))
    elif not clause.any(Kind.PLANT, Kind.PLANT_NOUN, Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.FACT, Kind.BUILD):
        return
    used = {p.index for p in (*clause.mentions, *clause.times, *clause.limits, *clause.bests, *clause.words(*ASKED))}
    yield Reading(Unavailable(topic, near), frozenset(used), 3, tuple(conditions or ()))
