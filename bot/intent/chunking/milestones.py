"""Milestones, by their number or by what is said of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.intent.chunking.bests import COUNTED, MOST_PLACES
from bot.intent.chunking.scanner import Scanner
from bot.intent.numerals import is_number, read_number
from bot.intent.parts import Chunk, MilestoneReference
from bot.intent.senses import Kind, Variant
from knowledge.query import AnyOf, Attribute, Condition, Equals


def milestone_at(scanner: Scanner, place: int) -> int:
    item = scanner.items[place]
    if Kind.VARIANT in item.senses and not (item.has(Kind.ROWS) and not _beside_milestone(scanner, place)):
        variants = [each for each in item.senses[Kind.VARIANT] if isinstance(each, Variant)]
        condition = variants[0].condition if len(variants) == 1 else _any_of(variants)
        return scanner.add(Chunk.MILESTONE, MilestoneReference(condition, ()), place, place + 1)
    start = place
    numbered = item.has(Kind.NTH) and scanner.is_number(place + 1)
    if numbered:
        place += 1
        item = scanner.items[place]
    if not is_number(item) or (item.has(Kind.ROWS) and not numbered):
        return 0
    amount, end = read_number(scanner.items, place)
    counted_off = 0 if amount.ordinal else _nth_of_scale(scanner, int(amount.value), place, end)
    if counted_off:
        return counted_off
    after = scanner.skip_plain(end)
    if (
        item.has(Kind.SCALE)
        and end == place + 1
        and amount.value in scanner.numbers
        and scanner.has(place - 1, Kind.WHICH)
    ):
        # "Which million": the number is what is asked for.
        senses = {Kind.ATTRIBUTE: (Attribute.NUMBER,), Kind.MILESTONE_NOUN: None}
        return scanner.add(Chunk.WORD, None, place, end, senses)
    counted = scanner.has(after, *COUNTED) and not scanner.items[after].gap
    named = scanner.has(after, Kind.MILESTONE_NOUN)
    value = int(amount.value)
    if amount.ordinal and named and value not in scanner.numbers and 0 < value <= len(scanner.numbers):
        value = sorted(scanner.numbers)[value - 1]  # "the third milestone"
        return scanner.add(Chunk.MILESTONE, _of_number(value, ordinal=True), start, after + 1)
    plain = end == place + 1 and scanner.items[place].has(Kind.SCALE) and not amount.ordinal
    if plain and named and any(each.has(Kind.LIST, Kind.HOW_MANY, Kind.WHICH) for each in scanner.items):
        return after  # "the million milestones" are all of them
    is_one = (
        (amount.ordinal and (value >= 1000 or (value in scanner.numbers and (counted or value > MOST_PLACES))))
        or (named and (value >= 1000 or value in scanner.numbers))
        or (value in scanner.numbers and (value >= 1000 or numbered))
    )
    if not is_one or value != amount.value:
        return 0
    if counted:
        end = after + 1
    return scanner.add(Chunk.MILESTONE, _of_number(value, ordinal=amount.ordinal or numbered), start, end)


def _nth_of_scale(scanner: Scanner, scale: int, place: int, end: int) -> int:
    """ "Million number three" is the third million."""
    if not scanner.has(place, Kind.SCALE) or end != place + 1 or end >= len(scanner.items):
        return 0
    following = scanner.items[end]
    if following.has(Kind.NTH) and scanner.is_number(end + 1) and not scanner.items[end + 1].gap:
        amount, past = read_number(scanner.items, end + 1)
        if isinstance(amount.value, int) and 0 < amount.value <= MOST_PLACES:
            return scanner.add(Chunk.MILESTONE, _of_number(amount.value * scale, ordinal=True), place, past)
    if following.has(Kind.RUNNER_UP, Kind.THIRD_PLACE):
        number = 2 if following.has(Kind.RUNNER_UP) else 3
        return scanner.add(Chunk.MILESTONE, _of_number(number * scale, ordinal=True), place, end + 1)
    return 0


def _beside_milestone(scanner: Scanner, place: int) -> bool:
    near = range(max(0, place - 3), min(len(scanner.items), place + 4))
    return any(scanner.items[at].has(Kind.MILESTONE_NOUN) for at in near)


def _of_number(value: int, *, ordinal: bool) -> MilestoneReference:
    return MilestoneReference(Equals(Attribute.NUMBER, (value,)), (value,), ordinal)


def _any_of(variants: Sequence[Variant]) -> Condition:
    return AnyOf(tuple(variant.condition for variant in variants))
