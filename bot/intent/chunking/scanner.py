"""What is read from left to right, with a look around: the items of a clause, and the parts made of them so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.intent.linking import Item
from bot.intent.numerals import is_number
from bot.intent.parts import Chunk, Part
from bot.intent.senses import Kind
from knowledge.relations import Relations

PLAIN = frozenset({Kind.FILL, Kind.EVERY, Kind.ANY, Kind.THERE, Kind.PAST, Kind.ALREADY, Kind.AT, Kind.YET})
"""Meanings of words that narrow nothing wherever they stand; a quantifier is noted at what follows it."""

IDLE = PLAIN | {Kind.NARRATOR, Kind.LEAD, Kind.CLOSING, Kind.OF_YEAR, Kind.PRAISE}


class Scanner:
    """The items of one clause and what stands around each."""

    def __init__(self, items: Sequence[Item], relations: Relations) -> None:
        self.items = items
        self.relations = relations
        self.today = relations.knowledge.as_of
        self.numbers = relations.milestone_numbers
        self.parts: list[Part] = []

    def has(self, place: int, *kinds: Kind) -> bool:
        """Whether the item at a place may be of one of these kinds."""
        return 0 <= place < len(self.items) and self.items[place].has(*kinds)

    def has_value(self, place: int, kind: Kind, value: object) -> bool:
        """Whether the item at a place may be of a kind with this value."""
        return self.has(place, kind) and self.items[place].senses[kind] == value

    def skip(self, place: int) -> int:
        """The next item that is not mere filling."""
        while place < len(self.items) and set(self.items[place].senses) <= IDLE:
            place += 1
        return place

    def skip_plain(self, place: int) -> int:
        """Past filling on the same side of a comma."""
        while place < len(self.items) and self._is_plain(self.items[place]) and not self.items[place].gap:
            place += 1
        return place

    def _is_plain(self, item: Item) -> bool:
        return item.has(Kind.FILL, Kind.EVERY, Kind.ANY) and item.senses.keys() <= PLAIN

    def last_said(self, place: int) -> int:
        """The item before a place that is not mere filling."""
        place -= 1
        while place > 0 and set(self.items[place].senses) <= IDLE:
            place -= 1
        return place

    def add(
        self, chunk: Chunk, value: object, start: int, end: int, senses: Mapping[Kind, object] | None = None
    ) -> int:
        """Make a part of the items between two places, with the senses of the first or those given; the second."""
        items = tuple(self.items[start:end])
        text = " ".join(item.text for item in items if item.text)
        meant = dict(items[0].senses if senses is None else senses)
        self.parts.append(Part(chunk, value, text, meant, items[0].gap, items=items))
        return end

    def is_number(self, place: int) -> bool:
        """Whether a number begins at a place."""
        return 0 <= place < len(self.items) and is_number(self.items[place])
