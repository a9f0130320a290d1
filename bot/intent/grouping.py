"""The names of a clause as the sides that they make: narrowing each other, or each by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.intent.clause import Clause
from bot.intent.normalise import fold
from bot.intent.parts import Chunk, Mention, Part
from bot.intent.senses import Kind, RowSet
from knowledge.query import (
    AnyOf,
    Attribute,
    Condition,
    Equals,
    all_of,
)

COMPARING = (Kind.DIFFERENCE, Kind.ELAPSED, Kind.RATIO, Kind.COMPARATIVE, Kind.REACH, Kind.NEAREST)
"""Words that set one thing against another: then a name means the row that bears it."""


def sides(clause: Clause, named: Sequence[Part]) -> list[Mention]:
    """Names as the sides that they make: "2 Series … convertible" is one, "X and Y" are two."""
    indices = tuple([part.index for part in named])
    found = clause.sides.get(indices)
    if found is None:
        found = clause.sides[indices] = _sides(clause, named)
    return found


def _sides(clause: Clause, named: Sequence[Part]) -> list[Mention]:
    groups: list[Mention] = []
    for part in named:
        mention: Mention = _widened(clause, part)
        if groups and part.link is None:
            shared = groups[-1].rows & mention.rows
            if shared:
                joined = (*groups[-1].conditions, *mention.conditions)
                groups[-1] = Mention(shared, joined, (*groups[-1].sets, *mention.sets))
                continue
        if groups and part.link in (Kind.AND, Kind.OR, Kind.VERSUS):
            mention = _inheriting(groups, mention)
        if groups and part.link in (Kind.AND, Kind.OR, Kind.VERSUS, Kind.THAN):
            groups[-1] = _sharing(groups[-1], _by_values(clause, part, mention))
        groups.append(mention)
    return _apart(groups)


def united(clause: Clause, named: Sequence[Part]) -> list[Condition] | None:
    """The conditions of several names: narrowing each other where they can, else each of them."""
    if not named:
        return None
    groups = sides(clause, named)
    if len(groups) == 1:
        return list(groups[0].conditions)
    if _contradicts(clause, named):
        return [condition for group in groups for condition in group.conditions]
    return [AnyOf(tuple(all_of(group.conditions) for group in groups))]


def measured(clause: Clause) -> frozenset[int]:
    """Names that others are measured by: "which models were built more often than the X"."""
    if clause.measured is None:
        clause.measured = _measured(clause)
    return clause.measured


def _measured(clause: Clause) -> frozenset[int]:
    if clause.polar and clause.bests:
        return frozenset()
    return next((frozenset({part.index}) for part in clause.mentions if _is_measure(clause, part)), frozenset())


def _is_measure(clause: Clause, part: Part) -> bool:
    """Whether rows are chosen that are more or less of something than a name: "models older than the X"."""
    before = [each for each in clause.parts[: part.index] if each.chunk is Chunk.WORD]
    if not before or before[-1].index != part.index - 1 or not before[-1].has(Kind.THAN, Kind.BOUND):
        return False
    ordering = [each for each in before if each.has(Kind.COMPARATIVE, Kind.BOUND)]
    others = [each for each in clause.mentions if each is not part]
    if not ordering or len(sides(clause, others)) > 1:
        return False
    if not others or len(sides(clause, clause.mentions)) == 1:
        asked = clause.any(Kind.WHICH, Kind.LIST) and not clause.any(Kind.IT, Kind.THOSE)
        counted = clause.any(Kind.HOW_MANY) and clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN)
        if asked or counted or _orders_models(clause, ordering[0]):
            return True
    return len(part.value.rows) == 1 and any(_are_chosen(clause, each, ordering[0]) for each in others)


def _orders_models(clause: Clause, ordering: Part) -> bool:
    """Whether a word of order says which models: "older models", "models that were built more often"."""
    if clause.after(ordering).has(Kind.MODEL_NOUN):
        return True
    nouns = [part for part in clause.words(Kind.MODEL_NOUN) if part.index < ordering.index]
    between = clause.parts[nouns[-1].index + 1 : ordering.index] if nouns else []
    relative = bool(between) and between[0].has(Kind.IT, Kind.WHICH)
    said = (Kind.BUILD, Kind.AUX, Kind.IT, Kind.WHICH) if relative else (Kind.BUILD,)
    return bool(nouns) and all(part.has(*said) for part in between)


def _are_chosen(clause: Clause, other: Part, ordering: Part) -> bool:
    """Whether some of the rows of a name are asked for: "which convertibles are older than …", "are there any"."""
    if len(other.value.rows) < 2:
        return False
    before, order = clause.before(other), ordering.senses.get(Kind.COMPARATIVE)
    counted = before.has(Kind.HOW_MANY) and order is not None and order.attribute != Attribute.QUANTITY
    nouns = clause.after(other).has(Kind.MODEL_NOUN) or clause.before(ordering).has(Kind.MODEL_NOUN)
    return counted or nouns or before.has(Kind.WHICH, Kind.LIST) or clause.parts[0].has(Kind.EXISTS)


JOINING = (Kind.AND, Kind.OR, Kind.BOTH, Kind.SUM, Kind.VERSUS, Kind.THAN)


def _contradicts(clause: Clause, named: Sequence[Part]) -> bool:
    """Whether names that nothing joins, as for one thing, name nothing together: "1 Series sedan"."""
    one, other = named[0], named[-1]
    if len(named) != 2 or other.link is not None or other.gap:
        return False
    between = clause.parts[one.index + 1 : other.index]
    return not any(part.gap or part.has(*JOINING) for part in between) and not clause.any(Kind.SUM, Kind.BOTH)


def _by_values(clause: Clause, part: Part, mention: Mention) -> Mention:
    """A name that is made of the values of facets, as these: "2 Series Convertible" is a series and a body."""
    if len(mention.rows) != 1 or len(mention.sets) != 1 or mention.sets[0].facet is not None:
        return mention
    (place,) = mention.rows
    row = clause.relations.knowledge.models[place]
    left = fold(part.text).split()
    sets: list[RowSet] = []
    for facet in clause.relations.facet_names:
        value = clause.relations.value(row, facet)
        if not isinstance(value, str):
            continue
        words = fold(value).split()
        places = [left.index(word) if word in left else _plural(word, left) for word in words]
        if None in places:
            continue
        left = [word for index, word in enumerate(left) if index not in places]
        rows = frozenset(clause.relations.order[each.key] for each in clause.relations.facets[facet][value])
        sets.append(RowSet(rows, Equals(facet, (value,)), facet=facet))
    return Mention(mention.rows, mention.conditions, tuple(sets)) if len(sets) == 2 and not left else mention


def _plural(word: str, words: Sequence[str]) -> int | None:
    """Where a word stands with an ending of one letter, as for several."""
    return next((index for index, each in enumerate(words) if each[:-1] == word), None)


def _sharing(before: Mention, mention: Mention) -> Mention:
    """In "1 Series and 2 Series convertibles" the first are convertibles too."""
    if len(before.sets) != 1 or len(mention.sets) != 2 or before.facet is None:
        return before
    others = [rows for rows in mention.sets if rows.facet != before.facet]
    if len(others) != 1 or others[0].facet is None or others[0].exact or not before.rows & others[0].rows:
        return before
    shared = others[0]
    return Mention(before.rows & shared.rows, (*before.conditions, shared.condition), (*before.sets, shared))


def _widened(clause: Clause, part: Part) -> Mention:
    """Asked for the versions of something, or for both, a name means all rows that have it as a facet's value."""
    mention: Mention = part.value
    wider = mention.sets[0].wider if len(mention.sets) == 1 else None
    if wider is None:
        return mention
    before = clause.before(part)
    both = before.chunk is Chunk.WORD and before.has(Kind.BOTH)
    several = clause.any(Kind.MODEL_NOUN, Kind.BOTH) or len(clause.mentions) == 1
    if not both and (not several or clause.polar or clause.bests or clause.any(*COMPARING)):
        return mention
    return Mention(wider.rows, (wider.condition,), (wider,))


def _inheriting(groups: list[Mention], mention: Mention) -> Mention:
    """In "1 Series coupé and convertible" the second takes the series from the first."""
    before = groups[-1]
    own = {rows.facet for rows in mention.sets}
    if mention.exact or any(rows.exact for rows in before.sets):
        return mention
    for rows in before.sets:
        if rows.facet and rows.facet not in own and len(before.sets) > 1 and rows.rows & mention.rows:
            mention = Mention(rows.rows & mention.rows, (rows.condition, *mention.conditions), (*mention.sets, rows))
    return mention


def _apart(groups: list[Mention]) -> list[Mention]:
    """Where one side holds another, it means only the row that bears its very name."""
    apart: list[Mention] = []
    for group in groups:
        others = [other for other in groups if other is not group and other.rows < group.rows]
        exact = [rows for rows in group.sets if rows.exact]
        if others and exact and exact[0].rows < group.rows:
            apart.append(Mention(exact[0].rows, (exact[0].condition,), (exact[0],)))
        else:
            apart.append(group)
    return apart
