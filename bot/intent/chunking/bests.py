"""Superlatives with what stands around them: "second most built", "top 5", "the three rarest", "number 5"."""

from __future__ import annotations

from dataclasses import replace

from bot.intent.chunking.scanner import Scanner
from bot.intent.chunking.times import date_at
from bot.intent.numerals import read_number
from bot.intent.parts import Amount, Best, Chunk
from bot.intent.senses import Kind, Order
from knowledge.query import Attribute, Direction

MOST_PLACES = 100
"""Places of a ranking that people ask for."""

COUNTED = frozenset({Kind.PRODUCT_NOUN, Kind.MILESTONE_NOUN})


def best_at(scanner: Scanner, place: int) -> int:
    """A superlative with what stands around it: "second most built", "top 5", "the three rarest", "number 5"."""
    item = scanner.items[place]
    if _is_verb(scanner, place):
        return 0
    if item.has(Kind.RUNNER_UP, Kind.THIRD_PLACE):
        position = 2 if item.has(Kind.RUNNER_UP) else 3
        return scanner.add(Chunk.BEST, Best("most", Attribute.QUANTITY, position), place, place + 1)
    return (
        _places(scanner, place)
        or _top(scanner, place)
        or _nth(scanner, place)
        or _placed(scanner, place)
        or _best_by(scanner, place)
        or _superlative(scanner, place)
    )


def _best(order: Order, position: int = 1, count: int = 1) -> Best:
    """Places in the order that a superlative names."""
    return Best(order.direction, order.attribute, position, count, order.attribute != Attribute.QUANTITY)


def _places(scanner: Scanner, place: int) -> int:
    """Several places beside each other: "the second and third most built", "rank 3 to 5", "places 2 and 3"."""
    ranked = scanner.has(place, Kind.NTH)
    start = place + 1 if ranked else place
    first = None if scanner.has(start, Kind.ROWS) else _small_number(scanner, start)
    if first is None or not (ranked or first[1].ordinal or scanner.has(scanner.last_said(place), Kind.RANK)):
        return 0
    low, amount, joint = first
    second = _small_number(scanner, joint + 1) if scanner.has(joint, Kind.TO, Kind.AND) else None
    if second is None or second[1].ordinal != amount.ordinal or second[0] <= low:
        return 0
    high, _, end = second
    listed = scanner.has(joint, Kind.AND) and not scanner.has(joint, Kind.UNTIL)
    if listed and high != low + 1:
        return 0
    after = scanner.skip_plain(end)
    if scanner.has(after, Kind.SUPERLATIVE) and not scanner.items[after].gap:
        best = _best(scanner.items[after].senses[Kind.SUPERLATIVE], low, high - low + 1)
        return _with_attribute(scanner, best, place, after + 1)
    best = Best("most", Attribute.QUANTITY, low, high - low + 1)
    if amount.ordinal:
        return scanner.add(Chunk.BEST, best, place, after + 1) if scanner.has(after, Kind.RANK) else 0
    return scanner.add(Chunk.BEST, best, place, end)


def _best_by(scanner: Scanner, place: int) -> int:
    """ "The best by volume": of what people think best the amount that is named tells."""
    item = scanner.items[place]
    if not item.has(Kind.TOP, Kind.BOTTOM) or item.has(Kind.SUPERLATIVE, Kind.NUMBER):
        return 0
    if not any(each.has(Kind.BY_ATTRIBUTE) for each in scanner.items[place + 1 :]):
        return 0
    direction: Direction = "most" if item.has(Kind.TOP) else "least"
    return scanner.add(Chunk.BEST, Best(direction, Attribute.QUANTITY), place, place + 1)


def _is_verb(scanner: Scanner, place: int) -> bool:
    """Whether "last" is what a row did: "did the X last more than 5 years", "how long did each X last"."""
    named = bool(scanner.parts) and scanner.parts[-1].chunk is Chunk.ROWS
    if not named or not scanner.has(place, Kind.BUILD) or not scanner.has_value(place, Kind.SURVIVE, "last"):
        return False
    units = [at for at, item in enumerate(scanner.items[:place]) if item.has(Kind.UNIT)]
    asked = any(item.has(Kind.HOW_LONG) for item in scanner.items) or bool(units)
    return asked or scanner.has(scanner.skip(place + 1), Kind.BOUND, Kind.COMPARATIVE, Kind.NUMBER)


def _small_number(scanner: Scanner, place: int) -> tuple[int, Amount, int] | None:
    """A number that may count places: its value, all that is known of it, and the place after it."""
    if not scanner.is_number(place):
        return None
    amount, end = read_number(scanner.items, place)
    if isinstance(amount.value, int) and 0 < amount.value <= MOST_PLACES and not amount.scaled:
        return amount.value, amount, end
    return None


def _top(scanner: Scanner, place: int) -> int:
    """ "Top 5", "the last three"."""
    item, number = scanner.items[place], _small_number(scanner, place + 1)
    if number is not None and scanner.has(scanner.skip_plain(number[2]), Kind.UNIT):
        return 0  # "that did not last 5 years"
    if not item.has(Kind.TOP, Kind.BOTTOM) or number is None or number[1].ordinal or date_at(scanner, place + 1):
        return 0
    order = item.senses.get(Kind.SUPERLATIVE) or Order("most" if item.has(Kind.TOP) else "least", Attribute.QUANTITY)
    return _with_attribute(scanner, _best(order, 1, number[0]), place, number[2])


def _nth(scanner: Scanner, place: int) -> int:
    """ "Number 5", "place 3 of the rarest"."""
    number = _small_number(scanner, place + 1) if scanner.items[place].has(Kind.NTH) else None
    if number is None or number[1].ordinal or _is_numbered(scanner, place):
        return 0
    after = number[2]
    while scanner.has(after, Kind.FILL, Kind.OF_YEAR) and not scanner.has(after, Kind.SUPERLATIVE):
        after += 1
    order = scanner.items[after].senses.get(Kind.SUPERLATIVE) if after < len(scanner.items) else None
    if order is None or any(item.gap for item in scanner.items[number[2] : after + 1]):
        return scanner.add(Chunk.BEST, Best("most", Attribute.QUANTITY, number[0]), place, number[2])
    return _with_attribute(scanner, _best(order, number[0]), place, after + 1)


def _placed(scanner: Scanner, place: int) -> int:
    """ "The second most built", "the three rarest", "second place"."""
    number = None if scanner.items[place].has(Kind.ROWS) else _small_number(scanner, place)
    if number is None:
        return 0
    value, amount, end = number
    end = scanner.skip_plain(end)
    if scanner.has(end, Kind.SUPERLATIVE) and not scanner.items[end].gap and not _is_of_plants(scanner, end + 1):
        position, count = (value, 1) if amount.ordinal else (1, value)
        best = _best(scanner.items[end].senses[Kind.SUPERLATIVE], position, count)
        return _with_attribute(scanner, best, place, end + 1)
    if amount.ordinal and scanner.has(end, Kind.RANK):
        return scanner.add(Chunk.BEST, Best("most", Attribute.QUANTITY, value), place, end + 1)
    return 0


def _superlative(scanner: Scanner, place: int) -> int:
    """ "The rarest", "the rarest three"."""
    item = scanner.items[place]
    order = item.senses.get(Kind.SUPERLATIVE)
    after = scanner.skip_plain(place + 1)
    if item.has(Kind.QUANTIFIER) and scanner.has(place + 1, Kind.PRAISE) and not scanner.items[place + 1].gap:
        # "The most beautiful": of what people think, no figure tells the most.
        return scanner.add(Chunk.WORD, None, place, place + 2, {Kind.UNKNOWN: None})
    apart = item.length > 1 and after > place + 1  # "the longest life at the plant"
    if order is None or (_is_of_plants(scanner, place + 1) and not apart):
        return 0
    if _is_of_size(scanner, place):
        return scanner.add(Chunk.WORD, None, place, place + 1, {Kind.UNKNOWN: None})
    if item.has(Kind.NUMBER) and (scanner.has(place + 1, Kind.SCALE) or _is_counted(scanner, place)):
        return 0  # "the first million", "the first car" where a milestone has that number
    best = _best(order)
    # "The rarest three" are three, "the rarest of the three" is one of them.
    uncounted = item.has(Kind.NUMBER) or scanner.has(after, Kind.ROWS) or after > place + 1
    number = None if uncounted else _small_number(scanner, after)
    if item.has(Kind.BUILD) and scanner.has(place + 1, Kind.UNTIL) and date_at(scanner, scanner.skip(place + 2)):
        return 0  # "did it last until 2009"
    if number is not None and item.has(Kind.BUILD) and scanner.has(scanner.skip_plain(number[2]), Kind.UNIT):
        return 0
    if number is not None and number[0] > 1 and not number[1].ordinal:
        return _with_attribute(scanner, replace(best, count=number[0]), place, number[2])
    return _with_attribute(scanner, best, place, place + 1)


def _is_of_plants(scanner: Scanner, place: int) -> bool:
    """Whether a superlative before this place is one of plants, not of what they make: "the first plant"."""
    after = scanner.skip_plain(place)
    plant = scanner.skip_plain(after + 1) if scanner.has(after, Kind.OWNER) else after
    return scanner.has(plant, Kind.PLANT_NOUN) and not scanner.items[plant].gap


def _is_of_size(scanner: Scanner, place: int) -> bool:
    """Whether a word of size is said of a product, whose size no figure tells: "the smallest car", "it is the biggest".

    The smallest number, or the biggest group, is one of amounts.
    """
    if not scanner.items[place].has(Kind.SIZE) or any(item.has(*AMOUNTS) for item in scanner.items):
        return False
    after = scanner.skip_plain(place + 1)
    said = scanner.has(scanner.last_said(place), Kind.AUX)
    return (said and after >= len(scanner.items)) or scanner.has(after, Kind.PRODUCT_NOUN, Kind.MODEL_NOUN, Kind.ROWS)


AMOUNTS = (Kind.BY_ATTRIBUTE, Kind.HOW_MANY)
"""Beside such a word, the largest is the one of which there are most."""


def _is_numbered(scanner: Scanner, place: int) -> bool:
    """Whether "number 100" is the product of that number, which the file tells of, not a place in a ranking."""
    amount, _ = read_number(scanner.items, place + 1)
    ranking = (Kind.RANK, Kind.MODEL_NOUN, Kind.BY_ATTRIBUTE, Kind.SUPERLATIVE)
    if scanner.has(scanner.last_said(place), Kind.PRODUCT_NOUN):
        return amount.value in scanner.numbers or not any(item.has(*ranking) for item in scanner.items)
    return amount.value in scanner.numbers and not any(item.has(*ranking) for item in scanner.items)


def _is_counted(scanner: Scanner, place: int) -> bool:
    amount, end = read_number(scanner.items, place)
    after = scanner.skip(end)
    placed = scanner.has(after, Kind.MILESTONE_NOUN) and amount.value <= len(scanner.numbers)
    return placed or (amount.value in scanner.numbers and scanner.has(after, *COUNTED))


def _with_attribute(scanner: Scanner, best: Best, start: int, end: int) -> int:
    """A superlative takes its attribute from the noun after it: "most years", "highest quantity"."""
    after = scanner.skip_plain(end)
    if not best.named and after < len(scanner.items) and not scanner.items[after].gap:
        item = scanner.items[after]
        names = item.senses.get(Kind.ATTRIBUTE, ())
        if Attribute.QUANTITY in names or (item.has(Kind.PRODUCT_NOUN) and not names):
            return scanner.add(Chunk.BEST, best, start, after + 1 if names else end)
        if Attribute.DURATION in names or Attribute.PERIOD in names:
            return scanner.add(Chunk.BEST, replace(best, attribute=Attribute.DURATION, named=True), start, after + 1)
        if item.senses.get(Kind.UNIT) and not names:
            return scanner.add(Chunk.BEST, replace(best, attribute=Attribute.DURATION, named=True), start, after + 1)
    elif after < len(scanner.items) and best.attribute in scanner.items[after].senses.get(Kind.ATTRIBUTE, ()):
        return scanner.add(Chunk.BEST, best, start, after + 1)
    return scanner.add(Chunk.BEST, best, start, end)
