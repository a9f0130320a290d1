"""The order that a clause asks for: by what, from which end, how far down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.intent.clause import NOTHING, Clause
from bot.intent.parts import Best, Chunk, Part, places_of
from bot.intent.senses import NOUNS, Kind, Numeral
from knowledge.query import Attribute, AttributeName, Between, Bound, Condition, Get, Ranking, Selection

RUN = (Attribute.START, Attribute.END)


def sorting(clause: Clause) -> tuple[AttributeName, set[int]] | None:
    """By what rows are put in order, and the words for it: "by quantity", "by length of production"."""
    for part in clause.words(Kind.START, Kind.END, Kind.ATTRIBUTE, Kind.HOW_LONG):
        before = clause.before(part)
        said = before.has(Kind.BY) or (before.has(Kind.GROUPING) and before.has(Kind.AFTER))  # not "per"
        said = said and before.chunk is Chunk.WORD
        attribute = _attribute(part) if said else None
        if attribute is not None:
            return attribute, {before.index, part.index} | clause.places(Kind.BY_ATTRIBUTE)
    words = clause.words(Kind.BY_ATTRIBUTE)
    return (Attribute.QUANTITY, places_of(words)) if words else None


def _attribute(part: Part) -> AttributeName | None:
    names = part.senses.get(Kind.ATTRIBUTE, ())
    if Attribute.DURATION in names or Attribute.PERIOD in names or part.has(Kind.HOW_LONG):
        return Attribute.DURATION
    if Attribute.QUANTITY in names:
        return Attribute.QUANTITY
    if part.has(Kind.START):
        return Attribute.START
    return Attribute.END if part.has(Kind.END) else None


def sorted_best(clause: Clause, part: Part) -> tuple[Best | None, set[int]]:
    """A superlative by what the clause says that rows are ordered by; none where that can be meant in two ways."""
    found = sorting(clause)
    best: Best = part.value
    if found is None:
        return best, set()
    attribute, used = found
    if best.attribute in RUN and attribute == Attribute.QUANTITY and _is_sorted(clause, part):
        # "The last three by quantity" are at the end of that order, whenever they were built.
        return replace(best, attribute=attribute, direction="least" if best.direction == "most" else "most"), used
    if best.named or attribute == best.attribute:
        return best, used if attribute == best.attribute else set()
    if attribute in RUN:
        return None, set()  # the top of an order of dates may be either end of it
    return replace(best, attribute=attribute, named=True), used


def _is_sorted(clause: Clause, part: Part) -> bool:
    """Whether "last" is a place in an order that is named right behind it."""
    after = clause.after(part)
    while after.has(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.NOT, Kind.ONE):
        after = clause.after(after)
    best: Best = part.value
    ends = best.position > 1 or any(item.has(Kind.TOP, Kind.BOTTOM) for item in part.items)
    return ends and best.attribute == Attribute.END and after.has(Kind.BY_ATTRIBUTE) and not clause.any(Kind.HOW_MANY)


def counted_from_end(clause: Clause, part: Part, best: Best) -> tuple[Best, set[int]]:
    """ "The last but one" is the second from the end."""
    denial = clause.after(part)
    number = clause.after(denial)
    numeral = number.senses.get(Kind.NUMBER)
    if number.chunk not in (Chunk.WORD, Chunk.NUMBER) or not isinstance(numeral, Numeral) or numeral.ordinal:
        return best, set()
    if best.position > 1 or not part.has(Kind.BOTTOM) or not denial.has(Kind.NOT):
        return best, set()
    return replace(best, position=int(numeral.value) + 1), {denial.index, number.index}


def whole_order(clause: Clause, conditions: Sequence[Condition]) -> tuple[Ranking, set[int]] | None:
    """All rows that fulfil some conditions in an order: "rank the models by quantity", "sort them by start year"."""
    other = (Kind.HOW_MANY, Kind.COMPARATIVE, Kind.SHARE, Kind.MEAN, Kind.DIFFERENCE, Kind.RATIO, Kind.RANK, Kind.SUM)
    found = sorting(clause)
    if found is None or clause.bests or clause.polar or clause.any(*other):
        return None
    ordered = clause.any(Kind.BY_ATTRIBUTE) or clause.any(Kind.LIST)
    several = clause.any(Kind.MODEL_NOUN) or any(len(part.value.rows) > 1 for part in clause.mentions)
    if not ordered or not several or any(part.value.ordinal for part in clause.chunks(Chunk.NUMBER)):
        return None
    attribute, used = found
    return Ranking(attribute, "least" if attribute in RUN else "most", 1, max(1, clause.count(conditions))), used


def is_of_each(clause: Clause) -> bool:
    """Whether a superlative is asked of each of several groups: "the most built X, Y and Z"."""
    groups = clause.mentions
    if len(clause.bests) != 1 or len(groups) < 2 or clause.after(clause.bests[0]) is not groups[0] or clause.polar:
        return False
    joined = all(part.link is Kind.AND for part in groups[1:]) and not clause.any(Kind.OR, Kind.COMPARE, Kind.SUM)
    return joined and all(part.value.facet is not None and len(part.value.rows) > 1 for part in groups)


JOINTS = (Kind.AUX, Kind.AND, Kind.FOLLOW, Kind.START, Kind.END)
"""Words that begin what is said of the first ones of an order."""


def said_of_first(clause: Clause) -> bool:
    """Whether the first ones are found among all, and something is then said of these: "which of the top 5 ended"."""
    if len(clause.bests) != 1 or clause.bests[0].value.count < 2 or clause.polar:
        return False
    best = clause.bests[0]
    before, after = clause.before(best), clause.after(best)
    while after.has(*NOUNS):
        after = clause.after(after)
    inside = before.has(Kind.IN) and clause.any(Kind.WHICH, Kind.HOW_MANY, Kind.LIST)
    asked = before.has(Kind.HOW_MANY) or (before.has(Kind.WHICH) and before.items[0].length == 1)
    asked = asked and after is not NOTHING  # but "what are the top 5 that …" asks for the first of some
    return (inside or asked) and (after is NOTHING or (after.chunk is Chunk.WORD and after.has(*JOINTS)))


def among_first(ranking: Ranking) -> Condition | None:
    """That a row is one of the first ones in an order of all."""
    if ranking.attribute == Attribute.DURATION and ranking.direction == "least":
        return None  # what is still built has no place in this order
    place = Ranking(ranking.attribute, ranking.direction, ranking.position + ranking.count - 1)
    edge = Bound(Get(Selection("models", (), place), (ranking.attribute,)))
    if ranking.direction == "most":
        return Between(ranking.attribute, edge, None)
    return Between(ranking.attribute, None, edge)
