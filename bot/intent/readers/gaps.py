"""Readings of questions that no knowledge file answers: the future, causes, and what it never tells of a plant."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.clause import Clause, Reading
from bot.intent.grouping import united
from bot.intent.parts import Time, places_of
from bot.intent.senses import Kind
from knowledge.query import Attribute, Equals, Get, Query, Selection, Unavailable
from knowledge.schema import Fact, PartialDate

ASKED = (
    Kind.FUTURE, Kind.WHY, Kind.SPECIFICATION, Kind.WHEN, Kind.WHEN_END, Kind.WHEN_START, Kind.START, Kind.END,
    Kind.HOW_MANY, Kind.STILL, Kind.HOW_LONG, Kind.NEXT, Kind.NEXT_YEAR, Kind.SUM, Kind.ATTRIBUTE, Kind.ELSE, Kind.FACT,
    Kind.IT, Kind.MILESTONE_NOUN, Kind.THOSE, Kind.NOT,
)  # fmt: skip


TOPICS_OF_PLANT = frozenset({"workforce", "site", "management"})
"""What is asked of a plant alone: a question that does not name it is about something else."""

OF_PLANT = (Kind.PLANT, Kind.PLANT_NOUN)
ABOUT = (*OF_PLANT, Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.FACT, Kind.BUILD)


def _is_of(time: Time, fact: Fact) -> bool:
    """Whether a fact is about a time that the file's own date lies in."""
    first = time.first.value if time.first is not None else None
    return isinstance(first, PartialDate) and fact.period is not None and first.year == fact.period.year


def read_gaps(clause: Clause) -> Iterator[Reading]:
    """What will be, why something is so, and matters that no file tells of, which only says what was built."""
    if not clause.any(Kind.FUTURE, Kind.WHY, Kind.SPECIFICATION):
        return
    for fact in clause.relations.knowledge.facts if clause.any(Kind.FUTURE) else ():
        # What the file itself says of the time that has only begun.
        timed = {part.index for part in clause.times if _is_of(part.value, fact)}
        if timed and fact.unit == "text":
            get = Get(Selection("facts", (Equals(Attribute.KEY, (fact.id,)),)), (Attribute.VALUE,))
            owner = {part.index for part in clause.mentions if part.has(Kind.OWNER)}
            asked = clause.places(*ASKED)
            yield Reading(get, frozenset(timed | owner | asked), 2)
    topic = "cause" if clause.any(Kind.WHY) else "future"
    if not clause.any(Kind.WHY, Kind.FUTURE):
        topic = clause.words(Kind.SPECIFICATION)[0].senses[Kind.SPECIFICATION]
    near: Query | None = None
    conditions = united(clause, clause.mentions)
    if topic in TOPICS_OF_PLANT:
        if not clause.any(*OF_PLANT):
            return
    elif conditions is not None:
        near = Get(Selection("models", tuple(conditions)), (Attribute.PERIOD,))
    elif not clause.any(*ABOUT):
        return
    used = places_of((*clause.mentions, *clause.times, *clause.limits, *clause.bests, *clause.words(*ASKED)))
    yield Reading(Unavailable(topic, near), frozenset(used), 3, tuple(conditions or ()))
