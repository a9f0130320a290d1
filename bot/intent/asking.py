"""What a clause asks for: which attributes, how exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.intent.clause import Clause
from bot.intent.explaining import refers
from bot.intent.parts import Chunk, Part
from bot.intent.senses import Kind
from bot.intent.succession import direction_of
from knowledge.query import (
    Attribute,
    AttributeName,
)


def asked_attributes(clause: Clause, taken: set[int]) -> tuple[list[AttributeName], set[int]]:
    """The attributes that the clause asks for, and the words that ask for them."""
    asked: list[AttributeName] = []
    used: set[int] = set()
    starts = [part for part in clause.words(Kind.START) if part.index not in taken]
    ends = [part for part in clause.words(Kind.END) if part.index not in taken and not asks_for(clause, part)]
    verbs = [Attribute.START] * bool(starts) + [Attribute.END] * bool(ends)
    moments = clause.words(Kind.WHEN)
    repeated = {part.index for part in moments[max(1, len(verbs)) :] if verbs}  # "when did it start and when …"
    for part in clause.words(Kind.WHEN, Kind.WHEN_START, Kind.WHEN_END, Kind.HOW_LONG, Kind.HOW_MANY, Kind.ATTRIBUTE):
        if (
            part.has(Kind.SAME)
            or part.index in taken
            or part.index in repeated
            or (part.has(Kind.ATTRIBUTE) and refers(clause, part))
        ):
            continue
        named = _named(clause, part, verbs)
        if named is not None:
            asked += named
            used.add(part.index)
    asked += _succession(clause, used)
    choosing = not asked and any(_tells_a_time(clause, part) for part in clause.words(Kind.YEAR_OF))
    if not choosing and all(attribute in (Attribute.START, Attribute.END, Attribute.PERIOD) for attribute in asked):
        asked += [Attribute.START] * bool(starts) + [Attribute.END] * bool(ends)
    if {Attribute.START, Attribute.END, Attribute.PERIOD, Attribute.DURATION} & set(asked):
        used.update(part.index for part in clause.words(Kind.UNIT) if not _tells_a_time(clause, part))
    if Attribute.START in asked or Attribute.PERIOD in asked:
        used.update(part.index for part in starts)
    if Attribute.END in asked or Attribute.PERIOD in asked:
        used.update(part.index for part in ends)
    return list(dict.fromkeys(asked)), used


def _tells_a_time(clause: Clause, part: Part) -> bool:
    """Whether "in the year the X …" tells a time by a name; then the year is not what is asked for."""
    return part.has(Kind.YEAR_OF) and clause.after(part).chunk is Chunk.ROWS and part.index > 1


def _named(clause: Clause, part: Part, verbs: Sequence[AttributeName]) -> Sequence[AttributeName] | None:
    """The attributes that one word asks for, with the verbs beside it; none: it asks for none of a row."""
    if part.has(Kind.WHEN_START):
        return [Attribute.START]
    if part.has(Kind.WHEN_END):
        return [Attribute.END]
    if part.has(Kind.WHEN):
        return verbs or [Attribute.PERIOD]
    if part.has(Kind.HOW_LONG):
        running = clause.any(Kind.ATTRIBUTE, Kind.BUILD, Kind.START, Kind.END, Kind.STILL)
        specified = part.senses.get(Kind.SPECIFICATION)
        if specified == "making" or (specified and not running):
            return None  # "how long is the X" asks for its size, "how long does it take to build" for one of them
        return [Attribute.DURATION]
    if part.has(Kind.SPECIFICATION) and not clause.any(Kind.ATTRIBUTE, Kind.SUM, Kind.SHARE, Kind.DIFFERENCE):
        return None  # "how much is it" asks for a price
    if part.has(Kind.HOW_MANY):
        return [Attribute.QUANTITY]
    known = [name for name in part.senses[Kind.ATTRIBUTE] if name in clause.row_attributes]
    if not known:
        return (verbs or [Attribute.PERIOD]) if _is_precision(part) else None
    if Attribute.PERIOD in known and Attribute.DURATION in known:
        return [Attribute.PERIOD, Attribute.DURATION]
    return [Attribute.DURATION if known[0] == Attribute.PERIOD and clause.any(Kind.UNIT) else known[0]]


def precision(clause: Clause) -> Literal["year", "month", "day"]:
    """How exactly the clause asks for a date."""
    names = {name for part in clause.words(Kind.ATTRIBUTE) for name in part.senses[Kind.ATTRIBUTE]}
    return "day" if "day" in names else "month" if "month" in names else "year"


def asks_for(clause: Clause, part: Part) -> bool:
    """Whether a word is the name of an attribute of this file's rows, whatever else it may be."""
    return bool(clause.row_attributes & set(part.senses.get(Kind.ATTRIBUTE, ())))


def counts_kinds(clause: Clause) -> bool:
    """Whether different models are counted, or the years of their changes, which no fact of the plant tells."""
    distinct = any(clause.after(part).has(Kind.MODEL_NOUN) for part in clause.words(Kind.DISTINCT))
    lasting = [part for part in clause.words(Kind.HOW_LONG) if clause.before(part).has(Kind.IN)]
    years = bool(lasting) and clause.any(Kind.MODEL_NOUN) and not (clause.milestones or clause.chunks(Chunk.NUMBER))
    return distinct or years


def _is_precision(part: Part) -> bool:
    return bool({"day", "month"} & set(part.senses.get(Kind.ATTRIBUTE, ())))


def _succession(clause: Clause, used: set[int]) -> list[AttributeName]:
    """What replaced what: "what replaced the X" asks for its successor, "what did the X replace" for the other."""
    for part in clause.words(Kind.REPLACE, Kind.REPLACED_BY) if clause.mentions else ():
        used.add(part.index)
        way = direction_of(clause, part)
        return [way] if way is not None else []
    return []
