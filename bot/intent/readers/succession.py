"""Readings of questions about what replaced what that name more than one step, or claim one."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.choosing import choose
from bot.intent.chunking.successors import led_to
from bot.intent.clause import SUCCESSION, Clause, Reading
from bot.intent.grouping import united
from bot.intent.parts import Part
from bot.intent.senses import Kind
from bot.intent.succession import chain, direction_of
from knowledge.evaluation import is_so
from knowledge.query import Attribute, AttributeName, Claim, Condition, Equals, Get, Listing, Selection


def read_succession(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as steps from one row to what replaced it or was replaced by it."""
    if clause.bests or clause.times or clause.limits or clause.excluded or clause.milestones:
        return
    if clause.polar:
        yield from _claimed(clause)
        yield from _had(clause)
    else:
        yield from _steps(clause)


def _steps(clause: Clause) -> Iterator[Reading]:
    """ "The successor of the successor of the X": what the last step leads to."""
    steps = chain(clause)
    if len(steps) < 2 or clause.any(Kind.HOW_MANY, Kind.HOW_LONG, Kind.COMPARATIVE):
        return
    chosen = choose(clause)
    conditions: tuple[Condition, ...] = tuple(chosen.conditions)
    for _, way in steps[:-1]:
        found = led_to(clause.relations, conditions, way)
        if found is None:
            return
        conditions = (found,)
    used = chosen.used | {part.index for part, _ in steps}
    yield Reading(Get(Selection("models", conditions), (steps[-1][1],)), frozenset(used), 0, conditions)


def _had(clause: Clause) -> Iterator[Reading]:
    """ "Does the X have a successor", "has it been replaced": what that is, if the file says."""
    steps = chain(clause)
    if len(steps) != 1 or clause.any(Kind.STILL, Kind.END, Kind.START):
        return
    conditions = tuple(united(clause, clause.mentions) or ())
    ((part, way),) = steps
    if part.has(Kind.REPLACE, Kind.REPLACED_BY) and not part.has(Kind.ATTRIBUTE):
        return  # "was the X replaced": by anything, but "did the X replace" goes on
    used = frozenset({part.index, *(name.index for name in clause.mentions)})
    yield Reading(Get(Selection("models", conditions), (way,)), used, 0, conditions)


def _claimed(clause: Clause) -> Iterator[Reading]:
    """ "Is the X the successor of the Y", "did the X replace the Y"."""
    words = clause.words(Kind.ATTRIBUTE, Kind.REPLACE, Kind.REPLACED_BY)
    words = [part for part in words if direction_of(clause, part)]
    if len(words) != 1 or len(clause.mentions) != 2 or any(part.link for part in clause.mentions):
        return
    (word,) = words
    one, other = clause.mentions
    named = word.has(Kind.ATTRIBUTE)
    if word.index < one.index:
        one, other = other, one  # "is the successor of the X the Y"
    elif word.index > other.index:
        return
    earlier, later = (other, one) if _follows(word) else (one, other)
    claim = _claim(clause, earlier, later)
    turned = _claim(clause, later, earlier)
    if named and not is_so(claim, clause.relations) and is_so(turned, clause.relations):
        return  # "is the X's successor the Y", perhaps, where no ending tells whose successor is meant
    yield Reading(claim, frozenset({word.index, one.index, other.index}), 0, tuple(one.value.conditions))


def _claim(clause: Clause, earlier: Part, later: Part) -> Claim:
    """That one row was followed by another one."""
    subject = Listing(Selection("models", tuple(earlier.value.conditions)))
    return Claim(subject, Equals(Attribute.REPLACED_BY, clause.keys(later.value.rows)))


def _follows(word: Part) -> bool:
    """Whether who stands before a word came after the one behind it."""
    named: list[AttributeName] = [name for name in word.senses.get(Kind.ATTRIBUTE, ()) if name in SUCCESSION]
    if named:
        return named[0] == Attribute.REPLACED_BY
    return word.has(Kind.REPLACE) and not word.has(Kind.REPLACED_BY)
