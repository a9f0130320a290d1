"""Words for the size of a product, which no figure of a knowledge file tells, beside the same words for a quantity."""

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
"""Beside such a word, the largest is the largest quantity."""


def size_at(scanner: Scanner, place: int) -> int:
    """A part that no reading explains for "the biggest X", "is the X bigger than the Y", unless a quantity is named."""
    item = scanner.items[place]
    if not item.has(Kind.SIZE) or any(_counts(each) for each in scanner.items):
        return 0
    if item.has(Kind.COMPARATIVE):
        compared = any(each.has(Kind.ROWS) for each in scanner.items)
    else:
        around = (scanner.skip_plain(place + 1), _before(scanner, place))
        compared = any(scanner.has(at, Kind.PRODUCT_NOUN, Kind.ROWS) for at in around)
    return scanner.add(Chunk.WORD, None, place, place + 1, {Kind.UNKNOWN: None}) if compared else 0


def _counts(item: Item) -> bool:
    return item.has(*COUNTING) or Attribute.QUANTITY in item.senses.get(Kind.ATTRIBUTE, ())


def _before(scanner: Scanner, place: int) -> int:
    """What a predicate is said of: past the verb and filling before it."""
    place -= 1
    while place > 0 and scanner.has(place, Kind.AUX, Kind.FILL) and not scanner.has(place, Kind.WHICH):
        place -= 1
    return place
