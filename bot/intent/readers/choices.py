"""Readings of questions that offer several answers: "was it green or blue". What is so answers them, not yes or no."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.choosing import choose
from bot.intent.clause import Clause, Reading
from bot.intent.grouping import sides
from bot.intent.parts import Chunk, Part, places_of
from bot.intent.readers.milestones import asked_of
from bot.intent.senses import EITHER, Kind, RowSet
from knowledge.conditions import attributes_of
from knowledge.evaluation import evaluate, scalar
from knowledge.query import Attribute, AttributeName, Get, Selection


def read_choices(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a choice between values of one attribute."""
    if not (clause.any(Kind.OR) or _or_else(clause)) or not (
        clause.polar or clause.any(Kind.WHICH, Kind.ATTRIBUTE, Kind.WHEN)
    ):
        return
    if clause.limits or clause.excluded:
        return
    if clause.bests:
        yield from _of_best(clause)
        return
    yield from _of_milestone(clause)
    yield from _of_rows(clause)
    yield from _of_times(clause)
    yield from _of_standing(clause)


def _of_best(clause: Clause) -> Iterator[Reading]:
    """ "Was the most built model an X or a Y": what the row at that place has of it."""
    sets = [rows for part in clause.mentions for rows in part.value.sets]
    attributes = {_facet(rows) for rows in sets}
    if len(clause.bests) != 1 or len(sets) < 2 or len(attributes) != 1 or clause.milestones or not clause.polar:
        return
    (attribute,) = attributes
    if attribute is None or clause.after(clause.bests[0]) is clause.mentions[0]:
        return
    chosen = choose(clause, mentions=())
    used = chosen.used | places_of((*clause.mentions, *clause.words(*EITHER)))
    yield Reading(Get(chosen.selection(), (attribute,)), frozenset(used))


def _of_milestone(clause: Clause) -> Iterator[Reading]:
    """ "Was the two millionth an X or a Y", "green or blue", "in 2015 or 2016"."""
    numbered = [part for part in clause.milestones if part.value.numbers]
    if len(numbered) != 1:
        return
    described = [part for part in clause.milestones if not part.value.numbers]
    things, times = [*described, *clause.mentions], clause.times
    if (len(things) < 2) == (len(times) < 2) or (things and times):
        return
    attributes = {Attribute.DATE} if times else _attributes_of(described, clause.mentions)
    condition = numbered[0].value.condition
    if attributes == {Attribute.MODEL, Attribute.ROW}:
        attributes = {Attribute.ROW}
    if len(attributes) != 1:
        return
    (attribute,) = attributes
    if attribute == Attribute.ROW:
        known = evaluate(Get(Selection("milestones", (condition,)), (attribute,)), clause.relations)
        attribute = Attribute.ROW if scalar(known) is None else Attribute.MODEL
    _, used = asked_of(clause)
    used |= places_of((*clause.milestones, *clause.mentions, *times))
    used |= clause.places(*EITHER, Kind.MILESTONE_NOUN, Kind.REACH, Kind.START, Kind.END)
    yield Reading(Get(Selection("milestones", (condition,)), (attribute,)), frozenset(used))


def _attributes_of(described: list[Part], mentions: list[Part]) -> set[AttributeName]:
    found = {attribute for part in described for attribute in attributes_of(part.value.condition)}
    return found | {Attribute.ROW} if mentions else found


def _of_rows(clause: Clause) -> Iterator[Reading]:
    """ "Is the X a coupé or a roadster": a name, and two values of one facet, or two codes."""
    if len(clause.mentions) < 2 or clause.milestones or clause.times or clause.mentions[-1].link not in EITHER:
        return
    sets = [rows for part in clause.mentions for rows in part.value.sets]
    attribute = _facet(sets[-1])
    options = [rows for rows in sets if _facet(rows) == attribute]
    named = [rows for rows in sets if _facet(rows) != attribute]
    if attribute is None or len(options) < 2 or not named or sets != [*named, *options]:
        return
    conditions = tuple((rows.wider or rows).condition for rows in named)
    used = places_of((*clause.mentions, *clause.words(*EITHER, Kind.AND)))
    used |= places_of(clause.naming(attribute))
    yield Reading(Get(Selection("models", conditions), (attribute,)), frozenset(used), 0, conditions)


def _of_times(clause: Clause) -> Iterator[Reading]:
    """ "Was it built until 2020 or 2022": the period tells."""
    if (
        (len(clause.times) < 2 and not _or_else(clause))
        or len(sides(clause, clause.mentions)) != 1
        or clause.milestones
        or not clause.polar
    ):
        return
    chosen = choose(clause)
    subject = sides(clause, clause.mentions)[0].conditions
    used = chosen.used | clause.places(Kind.OR) | _or_else(clause)
    yield Reading(Get(Selection("models", subject), (Attribute.PERIOD,)), frozenset(used), 0, subject)


def _of_standing(clause: Clause) -> Iterator[Reading]:
    """ "Has it ended or is it still built": its end tells, or that there is none yet."""
    over, going = clause.words(Kind.END), clause.words(Kind.STILL, Kind.RUNNING)
    joints = [part for part in clause.words(Kind.OR) if over and going]
    places = [part.index for part in (*over, *going)]
    apart = any(min(places) < part.index < max(places) for part in joints)
    if not apart or not clause.polar or clause.times or clause.milestones or clause.bests:
        return
    if len(clause.mentions) != 1 or any(clause.denial(part) for part in (*over, *going)):
        return
    subject = clause.mentions[0].value.conditions
    used = frozenset(places_of((*clause.mentions, *over, *going, *joints)))
    yield Reading(Get(Selection("models", subject), (Attribute.END,)), used, 0, subject)


def _or_else(clause: Clause) -> set[int]:
    """The place of a word for any other time, behind one that is named: "before 2013 or after"."""
    said = clause.parts[-3:]
    if len(said) == 3 and said[1].chunk is Chunk.TIME and said[1].value.kind == "before":
        return {said[2].index} if said[2].has(Kind.ONWARDS) else set()  # one phrase, in some languages
    bare = len(said) == 3 and said[1].has(Kind.OR) and said[2].has(Kind.BEFORE, Kind.AFTER, Kind.COMPARATIVE)
    return {said[2].index} if bare and said[0].chunk is Chunk.TIME and said[2].chunk is Chunk.WORD else set()


def _facet(rows: RowSet) -> AttributeName | None:
    """The attribute that some rows are named by a value of."""
    if rows.code or rows.facet is not None:
        return Attribute.CODE if rows.code else rows.facet
    return Attribute.NAME if rows.exact else None
