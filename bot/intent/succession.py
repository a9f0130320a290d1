"""What replaced what: words for a predecessor or a successor, one after the other."""

from __future__ import annotations

from bot.intent.clause import SUCCESSION, Clause
from bot.intent.parts import Part
from bot.intent.senses import Kind
from knowledge.query import Attribute, AttributeName


def direction_of(clause: Clause, part: Part) -> AttributeName | None:
    """Which way a word leads from the name that it is said of; none: it is no word for succession."""
    named: list[AttributeName] = [name for name in part.senses.get(Kind.ATTRIBUTE, ()) if name in SUCCESSION]
    if named:
        return named[0]
    if not part.has(Kind.REPLACE, Kind.REPLACED_BY) or not clause.mentions:
        return None
    before = clause.mentions[0].index < part.index
    active = part.has(Kind.REPLACE) and not part.has(Kind.REPLACED_BY)
    return Attribute.REPLACES if before is active else Attribute.REPLACED_BY


def chain(clause: Clause) -> list[tuple[Part, AttributeName]]:
    """The steps from one name to the next, the one nearest to the name first: "the successor of the successor of X".

    Nothing where steps are set beside each other: "the predecessor and the successor of X".
    """
    if len(clause.mentions) != 1:
        return []
    name = clause.mentions[0].index
    words = clause.words(Kind.ATTRIBUTE, Kind.REPLACE, Kind.REPLACED_BY)
    steps = [(part, way) for part in words if (way := direction_of(clause, part)) is not None]
    places = [part.index for part, _ in steps]
    between = clause.parts[min(places, default=0) : max(places, default=0)]
    if any(part.has(Kind.AND, Kind.OR, Kind.BOTH) for part in between):
        return []
    if any(place < name for place in places) and any(place > name for place in places):
        return []
    return sorted(steps, key=lambda step: abs(step[0].index - name))
