"""Numbers of several words: "two million", "3 mio", "150 k", "the second million", "twenty seventeen"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.intent.linking import Item
from bot.intent.parts import Amount
from bot.intent.senses import Kind, Numeral

FIRST_YEAR, LAST_YEAR = 1800, 2100
"""Whole numbers between these may be years."""

WRITTEN_OUT = 4
"""Letters of a scale word that may stand without a number before it: "million" may, "m" and "k" may not."""


def is_number(item: Item) -> bool:
    """Whether an item begins a number."""
    if Kind.NUMBER in item.senses:
        return True
    scale = item.senses.get(Kind.SCALE)
    return isinstance(scale, Numeral) and (scale.value >= 1000 or scale.ordinal) and len(item.text) > WRITTEN_OUT


def read_number(items: Sequence[Item], start: int) -> tuple[Amount, int]:
    """The number that begins at an item, and the place after it."""
    total: float = 0
    current: float | None = None
    ordinal = scaled = False
    digits = items[start].spelling[0] if items[start].spelling else items[start].text
    place = start
    while place < len(items):
        item = items[place]
        if place > start and (
            (item.gap and not _abbreviated(items[place - 1])) or (ordinal and not item.has(Kind.SCALE))
        ):
            break
        if Kind.SCALE in item.senses and (current is not None or place == start):
            scale = item.senses[Kind.SCALE]
            if scale.value < 1000:
                current = (current or 1) * scale.value
            else:
                total, current = total + (1 if current is None else current) * scale.value, None
            scaled, ordinal = True, ordinal or scale.ordinal
        elif Kind.ORDINAL_SUFFIX in item.senses and place > start and (current is not None or scaled):
            ordinal = True
        elif Kind.NUMBER in item.senses and (current is None or _continues(current, item.senses[Kind.NUMBER])):
            numeral = item.senses[Kind.NUMBER]
            if current is not None and 18 <= current <= 21 and 10 <= numeral.value <= 99 and not scaled:
                current = current * 100 + numeral.value
            else:
                current = (current or 0) + numeral.value
            ordinal = ordinal or numeral.ordinal
        else:
            break
        place += 1
    value = total + (current or 0)
    whole: int | float = int(value) if float(value).is_integer() else value
    plain = (place == start + 1 and digits.isdigit()) or not digits[:1].isdigit()
    year = isinstance(whole, int) and FIRST_YEAR <= whole <= LAST_YEAR and plain and not scaled and not ordinal
    return Amount(whole, ordinal, year, scaled), place


def _abbreviated(item: Item) -> bool:
    """Whether the full stop after an item belongs to it: "3 Mio. Autos", "die 3. Million"."""
    return item.has(Kind.SCALE, Kind.NUMBER) and item.gap < 2


def _continues(current: float, numeral: Numeral) -> bool:
    """Whether a number word adds to the one before: "twenty" "five", "hundred" "ten", "twenty" "seventeen"."""
    if not isinstance(numeral.value, int):
        return False
    if current >= 20 and current % 10 == 0 and numeral.value < 10:
        return True
    if current >= 100 and current % 100 == 0 and numeral.value < 100:
        return True
    return 18 <= current <= 21 and 10 <= numeral.value <= 99
