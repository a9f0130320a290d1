"""Words that compare the sizes of products, which no figure of a knowledge file tells."""

from __future__ import annotations

from bot.intent.chunking.scanner import Scanner
from bot.intent.linking import Item
from bot.intent.parts import Chunk
from bot.intent.senses import Kind
from knowledge.query import Attribute

COUNTING = (
    Kind.HOW_MANY, Kind.BY_ATTRIBUTE, Kind.SUM, Kind.MEAN, Kind.SHARE, Kind.RATIO, Kind.DIFFERENCE, Kind.RANK,
    Kind.FACT, Kind.PLANT_NOUN, Kind.BUILD,
)  # fmt: skip
"""Beside such a word, the larger one is that of the larger quantity."""


def size_at(scanner: Scanner, place: int) -> int:
    """A part that no reading explains for "is the X bigger than the Y", unless a quantity is named."""
    item = scanner.items[place]
    compares = item.has(Kind.SIZE) and item.has(Kind.COMPARATIVE)
    if not compares or any(_counts(each) for each in scanner.items):
        return 0
    if not any(each.has(Kind.ROWS) for each in scanner.items):
        return 0
    return scanner.add(Chunk.WORD, None, place, place + 1, {Kind.UNKNOWN: None})


def _counts(item: Item) -> bool:
    return item.has(*COUNTING) or Attribute.QUANTITY in item.senses.get(Kind.ATTRIBUTE, ())
