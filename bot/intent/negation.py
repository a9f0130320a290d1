"""Which part of a clause a word of denial is said of."""

from __future__ import annotations

from collections.abc import Sequence

from bot.intent.parts import Chunk, Part
from bot.intent.senses import Kind

BESIDE_NAMES = frozenset({Kind.FILL, Kind.IN, Kind.SINCE, Kind.OF_YEAR, Kind.BY, Kind.WITH, Kind.BOTH, Kind.ONE})
VERBS = frozenset({Kind.AUX, Kind.BUILD, Kind.RUNNING, Kind.START, Kind.END})
BESIDE_CONDITIONS = BESIDE_NAMES | VERBS | {Kind.REACH, Kind.PRODUCT_NOUN, Kind.STILL, Kind.PLANT}
"""What may stand between a denial and what it is said of: a name, or a time, an amount or a word for today."""

ASKING_FOR_ROWS = (Kind.MODEL_NOUN, Kind.WHICH, Kind.LIST, Kind.HOW_MANY)


def denial_of(parts: Sequence[Part], index: int) -> int | None:
    """Where the word stands that denies a part: before it, or for a time behind it with its verb ("2015 not built")."""
    part = parts[index]
    if part.chunk is Chunk.ROWS and _is_other(parts, index - 1):
        return index - 1
    seen = BESIDE_NAMES if part.chunk is Chunk.ROWS else BESIDE_CONDITIONS
    place = index - 1
    while place >= 0 and parts[place].chunk is Chunk.WORD:
        if parts[place].has(Kind.NOT):
            return place if _denies(parts, place, part) else None
        if parts[place].senses.keys().isdisjoint(seen):
            break
        place -= 1
    if part.chunk is Chunk.TIME and _asks_for_rows(parts):
        after = parts[index + 1 : index + 3]
        if len(after) == 1 and after[0].has(Kind.NOT_YET):
            return index + 1
        timed = index + 3 < len(parts) and parts[index + 3].chunk is Chunk.TIME  # then the verb is that one's
        if len(after) == 2 and after[0].has(Kind.NOT) and not timed and after[1].has(Kind.BUILD, Kind.START, Kind.END):
            return index + 1
    return None


def _is_other(parts: Sequence[Part], place: int) -> bool:
    """Whether a word at a place is the "than" of "other … than"."""
    before = parts[max(0, place - 2) : place] if place > 0 and parts[place].chunk is Chunk.WORD else ()
    return any(each.has(Kind.ELSE) for each in before) and parts[place].has(Kind.THAN)


def _denies(parts: Sequence[Part], place: int, part: Part) -> bool:
    """Whether a word of denial is one here: not in "isn't it …?", and "but" only before names."""
    if part.chunk is Chunk.ROWS:
        opening = parts[0].has(Kind.AUX, Kind.TAG)
        said = place == 1 and opening and parts[place].has(Kind.NONE)  # "is no X still built" says something of the X
        return not said and (place > 0 or not opening)
    if parts[place].has(Kind.FOLLOW):
        return False
    return _asks_for_rows(parts) or (part.chunk is not Chunk.TIME and place > 0)


def _asks_for_rows(parts: Sequence[Part]) -> bool:
    return any(part.has(*ASKING_FOR_ROWS) for part in parts if part.chunk is Chunk.WORD)
