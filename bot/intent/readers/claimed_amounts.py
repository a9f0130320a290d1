"""Readings of claims about an amount: were there more than so many, was it this many."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.choosing import choose
from bot.intent.clause import Clause, Reading
from bot.intent.grouping import united
from bot.intent.parts import Chunk, Part, Time, places_of
from bot.intent.senses import NOUNS, Kind
from bot.intent.today import idle_words
from knowledge.evaluation import is_so
from knowledge.query import (
    Aggregate,
    Attribute,
    Between,
    Bound,
    Claim,
    Condition,
    Count,
    Equals,
    Get,
    Overlaps,
    Query,
    Selection,
)


def claimed_amounts(clause: Clause) -> Iterator[Reading]:
    """Were there more than so many; was it this many?"""
    numbers = [p for p in clause.chunks(Chunk.NUMBER) if not p.value.ordinal]
    marks = [p for p in clause.milestones if p.value.numbers and not p.value.ordinal]
    if not clause.limits and not numbers and not marks:
        return
    amounts = (*clause.limits, *numbers, *marks)
    grounded = bool(clause.mentions) or any(counts_products(part) for part in amounts)
    grounded = grounded or (any(part.has(Kind.REACH) for part in amounts) and not clause.any(Kind.IT, Kind.THOSE))
    if clause.bests or not (grounded or clause.any(Kind.BUILD, Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER, *NOUNS)):
        return
    claimed = _condition_of(clause, (numbers or marks)[0] if not clause.limits else clause.limits[0])
    if claimed is None:
        return
    part, condition = claimed
    attribute = Attribute.QUANTITY
    if isinstance(condition, Between) and condition.attribute == Attribute.DURATION:
        attribute = Attribute.DURATION
    used = {part.index} | places_of(clause.mentions)
    used |= clause.places(Kind.SUM, Kind.ATTRIBUTE, Kind.REACH, Kind.COMPARATIVE, Kind.BOUND)
    used |= {p.index for p in clause.words(Kind.UNIT) if attribute == Attribute.DURATION or not p.has(Kind.YEAR_OF)}
    used |= idle_words(clause)
    subject: Query
    counting = clause.after(part).has(Kind.MODEL_NOUN, Kind.DISTINCT) and attribute == Attribute.QUANTITY
    chosen = choose(clause, ranked=False)
    if clause.any(Kind.MODEL_NOUN) and not counting and not clause.mentions:
        return  # "are there models with more than …": whether there is such a row
    if counting:
        others = [each for each in chosen.conditions if each != condition]
        subject = Count(Selection("models", tuple(others)))
        used -= {p.index for p in clause.words(Kind.ATTRIBUTE) if Attribute.QUANTITY not in p.senses[Kind.ATTRIBUTE]}
        yield Reading(Claim(subject, condition), frozenset(used | chosen.used), 1)
        return
    conditions = united(clause, clause.mentions) or []
    if attribute == Attribute.QUANTITY and len(clause.mentions) == 1:
        wider = clause.mentions[0].value.wider
        exactly = isinstance(condition, Equals) and _holds(clause, conditions, condition)
        if wider is not None and not exactly:
            conditions = [wider.condition]  # of the X as a whole, whatever its versions
    selection = Selection("models", tuple(conditions))
    if attribute == Attribute.DURATION and clause.count(conditions) > 1:
        subject = Aggregate("span", attribute, selection)
    elif attribute == Attribute.DURATION:
        subject = Get(selection, (Attribute.DURATION, Attribute.PERIOD))
    else:
        period = None
        if clause.times and not clause.words(Kind.START, Kind.END):
            time: Time = clause.times[0].value
            period = Overlaps(time.first, time.last)
            used |= places_of(clause.times)
        subject = Aggregate("sum", Attribute.QUANTITY, selection, period)
    yield Reading(Claim(subject, condition), frozenset(used), 0 if clause.mentions else 1, tuple(conditions))


def counts_products(part: Part) -> bool:
    """Whether an amount holds a noun for what is made: "3 million cars"."""
    return any(item.has(Kind.PRODUCT_NOUN) for item in part.items)


def _condition_of(clause: Clause, part: Part) -> tuple[Part, Condition] | None:
    """An amount and what it says; none where it is no amount of what was built."""
    if part.chunk is Chunk.LIMIT:
        limit = part.value
        return part, Between(limit.attribute or Attribute.QUANTITY, limit.least, limit.most)
    value = part.value.value if part.chunk is Chunk.NUMBER else part.value.numbers[0]
    if part.quantifier is not None or any(
        each.has(Kind.ONE) for each in clause.parts[max(0, part.index - 2) : part.index]
    ):
        return None  # "one in twenty"
    after = clause.after(part)
    if after.senses.get(Kind.UNIT) == "year":  # "nine years"
        return part, Between(Attribute.DURATION, Bound(value), Bound(value))
    if after.has(Kind.ATTRIBUTE) and set(after.senses[Kind.ATTRIBUTE]) & set(clause.facets()):
        return None  # "a 5 Series" is a name, not an amount
    if after.chunk is Chunk.ROWS and not after.value.exact and after.value.facet is None:
        return None  # before a part of a name it is one too
    if after.senses.get(Kind.UNIT, "times") != "times":
        return None
    if part.chunk is Chunk.MILESTONE and not clause.mentions and clause.any(Kind.BUILD, Kind.REACH):
        return part, Between(Attribute.QUANTITY, Bound(value), None)  # who made a fourth million made three
    return part, Equals(Attribute.QUANTITY, (value,))


def _holds(clause: Clause, conditions: list[Condition], claimed: Condition) -> bool:
    """Whether a claim about a total holds of some rows."""
    total = Aggregate("sum", Attribute.QUANTITY, Selection("models", tuple(conditions)))
    return bool(is_so(Claim(total, claimed), clause.relations))
