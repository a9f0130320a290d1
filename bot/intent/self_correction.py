"""What somebody corrects while writing: in "the X, no wait, the Y" only the Y is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.intent.clause import ASKING
from bot.intent.linking import Item
from bot.intent.senses import Kind, RowSet

SLOTS: tuple[frozenset[Kind], ...] = (
    frozenset({Kind.ROWS}),
    frozenset({Kind.NUMBER}),
    frozenset({Kind.START, Kind.END}),
    frozenset({Kind.SUPERLATIVE, Kind.COMPARATIVE}),
    frozenset({Kind.MONTH}),
)
"""Meanings of which one takes the place of another."""

IDLE = frozenset({Kind.FILL, Kind.NARRATOR, Kind.LEAD, Kind.SOCIAL, Kind.CORRECTION, Kind.TAG, Kind.IN, Kind.OF_YEAR})
"""What may stand between the word of correction and what is right."""

OPENING = ASKING | {Kind.SHARE, Kind.MEAN, Kind.RATIO, Kind.DIFFERENCE}
"""Words with which a whole question begins anew."""


def self_corrected(items: Sequence[Item]) -> list[Item]:
    """The items with what is right in the place of what was corrected; where nothing was, such words are filling."""
    kept = [_as_correction(item) if _takes_back(items, place) else item for place, item in enumerate(items)]
    if not any(item.has(Kind.CORRECTION) for item in kept):
        return kept
    place = len(kept) - 2
    while place > 0:
        if kept[place].has(Kind.CORRECTION):
            kept = _corrected(kept, place)
        place = min(place, len(kept)) - 1
    return [_as_filling(item) if item.has(Kind.CORRECTION) else item for item in kept]


def _takes_back(items: Sequence[Item], place: int) -> bool:
    """Whether a "no" between two names takes back the first: "the X, no, the Y"; "no Y" leaves out the Y."""
    item, after = items[place], items[place + 1 : place + 2]
    if not (item.gap and item.has(Kind.TAG) and item.has(Kind.NOT) and after):
        return False
    called = bool(after[0].gap) or not item.has(Kind.NONE)  # by itself, not before a noun
    beside = items[place - 1].has(Kind.ROWS) and set(after[0].senses) == {Kind.FILL}
    wrong = next((each for each in reversed(items[:place]) if each.has(Kind.ROWS)), None)
    right = next((each for each in items[place + 1 :] if set(each.senses) != {Kind.FILL}), None)
    if wrong is None or right is None or not right.has(Kind.ROWS):
        return False
    return (called or beside) and _replaces(right, wrong)


def _as_correction(item: Item) -> Item:
    return replace(item, senses={Kind.CORRECTION: None})


def _as_filling(item: Item) -> Item:
    rest: dict[Kind, Any] = {kind: value for kind, value in item.senses.items() if kind != Kind.CORRECTION}
    return replace(item, senses=rest or {Kind.FILL: None})


def _corrected(items: list[Item], place: int) -> list[Item]:
    """The items with the correction at a place made."""
    before, rest = items[:place], items[place + 1 :]
    right = next((item for item in rest if not set(item.senses) <= IDLE), None)
    if right is None:
        return items
    if right.has(*OPENING) and not right.has(*SLOTS[2], Kind.ROWS):
        anew = any(item.has(*OPENING) for item in before) and any(item.has(Kind.ROWS) for item in rest)
        return rest if anew else items
    wrong = _wrong(before, right)
    if wrong is None:
        return items
    between = [item for item in before[wrong + 1 :] if not any(_replaces(other, item) for other in rest)]
    return [*before[:wrong], replace(rest[0], gap=before[wrong].gap, asked=before[wrong].asked), *rest[1:], *between]


def _wrong(before: Sequence[Item], right: Item) -> int | None:
    """Where the item stands that another one is to replace: the last of its kind, or a word unknown just before it."""
    for at in range(len(before) - 1, -1, -1):
        if _replaces(right, before[at]):
            return at
    last = len(before) - 1
    said = Kind.ROWS in right.senses or right.has(Kind.PLANT, Kind.BUILD)
    return last if last >= 0 and said and before[last].has(Kind.UNKNOWN) else None


def _replaces(right: Item, wrong: Item) -> bool:
    """Whether two items are of one kind, and not the same thing told once more in other words."""
    if right.spelling == wrong.spelling:
        return False
    one, other = right.senses.get(Kind.ROWS), wrong.senses.get(Kind.ROWS)
    if isinstance(one, RowSet) and isinstance(other, RowSet):
        wider = one.facet is not None and one.facet != other.facet and wrong.length > 1  # "1 Series X, sorry, Y"
        return not one.rows & other.rows and not wider
    if one is not None or other is not None:
        return False
    return any(right.has(*slot) and wrong.has(*slot) for slot in SLOTS)
