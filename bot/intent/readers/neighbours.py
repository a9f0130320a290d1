"""Readings that ask for the neighbour of a row in a ranking: "what comes after the X in the ranking"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.clause import Clause, Reading
from bot.intent.parts import places_of
from bot.intent.senses import Kind, Order
from knowledge.query import Attribute, Condition, Direction, Get, Listing, Ranking, Selection, beyond

IDLE = (
    Kind.WHICH,
    Kind.AUX,
    Kind.MODEL_NOUN,
    Kind.PRODUCT_NOUN,
    Kind.FILL,
    Kind.PLANT,
    Kind.PLANT_NOUN,
    Kind.IN,
    Kind.WHO,
)
"""Words that may stand beside, for what is asked and where."""


def read_neighbours(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a question for what comes right after or before a row in the order by quantity."""
    if clause.polar or not clause.any(Kind.WHICH, Kind.WHO) or clause.limits or clause.excluded or clause.milestones:
        return
    found = _after(clause) or _behind(clause)
    if found is None:
        return
    conditions, direction, used = found
    figures = clause.naming(Attribute.QUANTITY)
    ranking = [*clause.words(Kind.RANK, Kind.BY_ATTRIBUTE), *figures, *clause.bests]
    words = [part for part in clause.parts if part.index not in used and part not in ranking]
    if not (ranking or clause.mentions) or not all(part.has(*IDLE) for part in words):
        return
    for part in clause.bests:
        if part.value.attribute != Attribute.QUANTITY or part.value.count > 1:
            return
        timeless = not clause.any(Kind.MODEL_NOUN, Kind.BUILD) and part.value.position == 1
        if not part.has(Kind.RUNNER_UP) and not timeless:
            return  # "the most built after the X" may be meant in time
        direction = part.value.direction
    figure = Get(Selection("models", conditions), (Attribute.QUANTITY,))
    others = beyond(Attribute.QUANTITY, "least" if direction == "most" else "most", figure)
    listing = Listing(Selection("models", (others,), Ranking(Attribute.QUANTITY, direction)))
    yield Reading(listing, frozenset(used | places_of(ranking)), 0, conditions)


Found = tuple[tuple[Condition, ...], Direction, set[int]]


def _after(clause: Clause) -> Found | None:
    """ "After the X", which a time would say too."""
    if len(clause.times) != 1 or clause.mentions:
        return None
    time = clause.times[0].value
    bound = time.first if time.kind in ("after", "of") else time.last if time.kind == "before" else None
    query = bound.value if bound is not None else None
    if not isinstance(query, Get) or query.attributes != (Attribute.START,) or query.selection.ranking is not None:
        return None
    return query.selection.conditions, "least" if time.kind == "before" else "most", {clause.times[0].index}


def _behind(clause: Clause) -> Found | None:
    """ "Behind the X": a comparative that stands before a name without a word for "than"."""
    if len(clause.mentions) != 1 or clause.times or clause.any(Kind.MODEL_NOUN):
        return None
    named = clause.mentions[0]
    if not named.items or len(named.value.rows) != 1:
        return None
    before = clause.before(named)
    order = before.senses.get(Kind.COMPARATIVE)
    if not isinstance(order, Order) or before.has(Kind.THAN) or order.attribute != Attribute.QUANTITY:
        return None
    direction: Direction = "most" if order.direction == "least" else "least"
    return named.value.conditions, direction, {named.index, before.index}
