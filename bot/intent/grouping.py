"""The names of a clause as the sides that they make: narrowing each other, or each by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.intent.clause import Clause
from bot.intent.normalise import fold
from bot.intent.parts import Chunk, Mention, Part
from bot.intent.senses import EITHER, Kind, RowSet
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


def sides_of(clause: Clause) -> list[Mention]:
    """The sides that the clause's names make, each name by itself where no words narrow each other."""
    return sides(clause, clause.mentions)


def _sides(clause: Clause, named: Sequence[Part]) -> list[Mention]:
    groups: list[Mention] = []
    joints: list[Kind | None] = []
    loose = False  # "coupés or convertibles of the 2 Series" are all of these, not the rows of just these names
    for place, part in enumerate(named):
        mention: Mention = _widened(clause, part)
        if groups and part.link in (None, Kind.WITH):
            shared = groups[-1].rows & mention.rows
            if shared or part.link or _is_partitive(named[place - 1]):
                joined = (*groups[-1].conditions, *mention.conditions)
                groups[-1] = Mention(shared, joined, (*groups[-1].sets, *mention.sets))
                if joints[-1] in (Kind.AND, Kind.OR, Kind.VERSUS):
                    _narrow_alike(groups, joints)
                    loose = True
                continue
        if groups and part.link in JOINED and part.quantifier is not Kind.EVERY:
            mention = _inheriting(_by_values(clause, named[place - 1], groups[-1]), mention)
        if groups and part.link in JOINED:
            groups[-1] = _sharing(groups[-1], _by_values(clause, part, mention))
        groups.append(mention)
        joints.append(part.link)
    if len(groups) > 1 and not loose and clause.any(*COMPARING, Kind.COMPARE, Kind.VERSUS):
        groups = [_of_that_name(clause, group) for group in groups]
    return _added_up(clause, named, _apart(groups))


def summed_runs(clause: Clause, named: Sequence[Part]) -> list[list[Part]]:
    """The names on each side of a comparison that are added up: "more than the X and the Y together"."""
    than = next((place for place, part in enumerate(named) if place and _is_other(clause, part)), 0)
    if not than and (not named or not is_measure(clause, named[0])):
        return []
    runs = (named[:than], named[than:])
    sums = clause.words(Kind.SUM)
    ends = (named[than].index if than else 0, len(clause.parts))
    return [
        [*run]
        for run, end in zip(runs, ends, strict=True)
        if len(run) > 1
        and all(part.link is Kind.AND for part in run[1:])
        and any(run[0].index < word.index < end for word in sums)
    ]


def _is_other(clause: Clause, part: Part) -> bool:
    """Whether the other side of a comparison begins with a name: "than the X", "or the X"."""
    return part.link in EITHER or is_measure(clause, part)


def is_measure(clause: Clause, part: Part) -> bool:
    """Whether a word stands before a name that says something is measured by it: "more than the X"."""
    before = clause.before(part)
    return before.chunk is Chunk.WORD and before.has(Kind.THAN, Kind.BOUND)


def _added_up(clause: Clause, named: Sequence[Part], groups: list[Mention]) -> list[Mention]:
    """The sides with those put together that are compared as a sum."""
    if len(groups) != len(named):
        return groups
    for run in summed_runs(clause, named):
        start = named.index(run[0]) - (len(named) - len(groups))
        added = groups[start : start + len(run)]
        rows: frozenset[int] = frozenset().union(*(group.rows for group in added))
        conditions = (AnyOf(tuple(all_of(group.conditions) for group in added)),)
        whole = Mention(rows, conditions, tuple(each for group in added for each in group.sets))
        groups = [*groups[:start], whole, *groups[start + len(run) :]]
    return groups


def _narrow_alike(groups: list[Mention], joints: Sequence[Kind | None]) -> None:
    """In "coupés or convertibles of the 2 Series" what narrows the last of them narrows each."""
    for place in range(len(groups) - 1, 0, -1):
        if joints[place] not in (Kind.AND, Kind.OR, Kind.VERSUS):
            return
        groups[place - 1] = _sharing(groups[place - 1], groups[place])


def _is_partitive(part: Part) -> bool:
    """Whether a name stands for "of them": what follows is asked of these alone, even where none of them is so."""
    return not part.items and bool(part.text)


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


JOINED = (Kind.AND, Kind.OR, Kind.VERSUS, Kind.THAN)
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
    if len(sets) == 1 and left:
        sets += _by_stem(clause, left, sets[0], mention)
        left = []
    return Mention(mention.rows, mention.conditions, tuple(sets)) if len(sets) == 2 and not left else mention


def _by_stem(clause: Clause, words: Sequence[str], value: RowSet, mention: Mention) -> list[RowSet]:
    """The rows that share what a name says beside the value of a facet, if the two make the name out."""
    models = clause.relations.knowledge.models
    rows = frozenset(place for place, row in enumerate(models) if set(words) <= set(fold(row.title).split()))
    if len(rows) < 2 or rows & value.rows != mention.rows:
        return []
    return [RowSet(rows, Equals(Attribute.KEY, clause.keys(rows)), facet=Attribute.NAME)]


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


def _of_that_name(clause: Clause, mention: Mention) -> Mention:
    """A series and a body set against something mean the one row whose very name they are, if there is one."""
    values = {
        rows.facet: rows.condition.values[0]
        for rows in mention.sets
        if rows.facet and isinstance(rows.condition, Equals) and len(rows.condition.values) == 1
    }
    if len(values) != len(mention.sets) or values.keys() != {Attribute.SERIES, Attribute.BODY}:
        return mention
    name = fold(f"{values[Attribute.SERIES]} {values[Attribute.BODY]}")
    models = clause.relations.knowledge.models
    found = [place for place in mention.rows if fold(models[place].name) == name]
    if len(found) != 1 or len(mention.rows) == 1:
        return mention
    row = RowSet(frozenset(found), Equals(Attribute.KEY, (models[found[0]].key,)), exact=True)
    return Mention(row.rows, (row.condition,), (row,))


def _widened(clause: Clause, part: Part) -> Mention:
    """Asked for the versions of something, or for both, a name means all rows that have it as a facet's value."""
    mention: Mention = part.value
    wider = mention.wider
    if wider is None:
        return mention
    before = clause.before(part)
    counted = clause.any(Kind.THERE) and before.chunk is Chunk.NUMBER and not before.value.ordinal
    both = part.quantifier is not None or (before.chunk is Chunk.WORD and before.has(Kind.BOTH, Kind.EVERY)) or counted
    several = clause.any(Kind.MODEL_NOUN, Kind.BOTH) or len(clause.mentions) == 1
    if not both and (not several or clause.polar or clause.bests or clause.any(*COMPARING)):
        return mention
    return Mention(wider.rows, (wider.condition,), (wider,))


def _inheriting(before: Mention, mention: Mention) -> Mention:
    """In "1 Series coupé and convertible" the second takes the series from the first, a name of facets' values."""
    own = {rows.facet for rows in mention.sets}
    if mention.exact or any(rows.exact for rows in before.sets) or not own & {rows.facet for rows in before.sets}:
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
