"""Limits: ranges of amounts, "more than 10,000", "between 5 and 8 years", "over 10 percent"."""

from __future__ import annotations

from bot.intent.chunking.scanner import Scanner
from bot.intent.chunking.times import compares_years
from bot.intent.linking import Item
from bot.intent.numerals import is_number, read_number
from bot.intent.parts import Chunk, Limit
from bot.intent.senses import Kind
from knowledge.query import Attribute, Bound

LEAST_QUANTITY = 100
"""A smaller number before what is made counts names or places: "the two cars"."""

OPPOSITE = {"at_least": "below", "above": "at_most"}
"""What a bound comes to where it is denied: what has not reached an amount is below it."""


def limit_at(scanner: Scanner, place: int) -> int:
    """A range of amounts: "more than 400k units", "between 100 and 200 thousand", "5 years or more"."""
    item = scanner.items[place]
    if item.has(Kind.BETWEEN, Kind.SINCE) and scanner.is_number(scanner.skip(place + 1)):
        one, end = read_number(scanner.items, scanner.skip(place + 1))
        joint = scanner.skip(end)
        if scanner.has(joint, Kind.AND, Kind.TO) and scanner.is_number(scanner.skip(joint + 1)):
            other, end = read_number(scanner.items, scanner.skip(joint + 1))
            if not one.ordinal and not other.ordinal:
                low = one.value
                if other.scaled and not one.scaled and one.value < 1000:
                    low = one.value * (1_000_000 if other.value >= 1_000_000 else 1000)
                return _measured(scanner, Bound(low), Bound(other.value), place, end)
    if item.has(Kind.BOUND):
        at = scanner.skip(place + 1)
        if scanner.is_number(at) and not scanner.has(at, Kind.ROWS, Kind.BOTH):
            amount, end = read_number(scanner.items, at)
            if scanner.has(end, Kind.MONTH) or (amount.year and compares_years(scanner)):
                return 0  # "reached on 18 June"; "was 2024 better than 2023"
            if _is_beyond_all(scanner, amount.value) and _asks_which(scanner):
                return 0
            if amount.value in scanner.numbers and item.has(Kind.REACH) and _is_dated(scanner):
                return 0
            lacking = any(each is not item and each.has(Kind.REACH, Kind.DIFFERENCE) for each in scanner.items)
            reached = item.has(Kind.REACH) and (
                (amount.value in scanner.numbers and _is_moment(scanner, place)) or lacking
            )
            if not amount.ordinal and not reached:
                end = _past_mark(scanner, amount.value, end)
                return _bounded(scanner, item.senses[Kind.BOUND], amount.value, place, end)
    if is_number(item) and not item.has(Kind.ROWS):
        return _from_number(scanner, place)
    return 0


def _from_number(scanner: Scanner, place: int) -> int:
    """What an amount and the words behind it bound: "5 years or more", "3 to 5 years", "200k not reached"."""
    amount, end = read_number(scanner.items, place)
    if scanner.has(end, Kind.TO) and scanner.is_number(end + 1) and not amount.ordinal:
        other, past = read_number(scanner.items, end + 1)
        if not other.ordinal and amount.value < other.value and _lasts(scanner, past):
            return _measured(scanner, Bound(amount.value), Bound(other.value), place, past)
    after = scanner.skip_plain(end)
    if scanner.has(after, Kind.UNIT, Kind.PRODUCT_NOUN):
        after = scanner.skip_plain(after + 1)
    if scanner.has(after, Kind.OR, Kind.AND) and scanner.has(after + 1, Kind.COMPARATIVE) and not amount.ordinal:
        order = scanner.items[after + 1].senses[Kind.COMPARATIVE]
        _bounded(scanner, "at_least" if order.direction == "most" else "at_most", amount.value, place, end)
        return after + 2
    past = _past_mark(scanner, amount.value, end)
    if not amount.ordinal and (past > end or amount.value not in scanner.numbers) and _is_verb_of(scanner, past):
        return _bounded(scanner, scanner.items[past].senses[Kind.BOUND], amount.value, place, past + 1)
    if not amount.ordinal and not amount.year and scanner.has(past, Kind.NOT) and _is_verb_of(scanner, past + 1):
        missed = OPPOSITE.get(scanner.items[past + 1].senses[Kind.BOUND])
        return _bounded(scanner, missed, amount.value, place, past + 2) if missed else 0
    if not amount.ordinal and not amount.year and _is_just(scanner, amount.value, end):
        return _measured(scanner, Bound(amount.value), Bound(amount.value), place, end)
    return 0


def _past_mark(scanner: Scanner, value: float, end: int) -> int:
    """The place behind "mark" in "passed the 60,000 mark", where no milestone has the number."""
    after = scanner.skip_plain(end)
    return after + 1 if scanner.has(after, Kind.MILESTONE_NOUN) and value not in scanner.numbers else end


def _is_verb_of(scanner: Scanner, place: int) -> bool:
    """Whether a verb behind an amount bounds it, as in German: "hat der X die 60.000 überschritten"."""
    if not scanner.has(place, Kind.BOUND):
        return False
    item = scanner.items[place]
    if not item.has(Kind.REACH) and not (item.senses[Kind.BOUND] == "below" and item.length > 1):
        return False  # "not reached" in one is a verb too
    lacking = any(item.has(Kind.DIFFERENCE, Kind.WHEN, Kind.HOW_LONG) for item in scanner.items)
    rest = scanner.items[place + 1 :]
    return not lacking and not any(is_number(item) or item.has(Kind.ROWS) for item in rest)


def _is_just(scanner: Scanner, value: float, end: int) -> bool:
    """Whether models are asked for that have just this amount: "which has 3,884 units", "that ran for one year"."""
    models = any(item.has(Kind.MODEL_NOUN) for item in scanner.items)
    others = (Kind.ROWS, Kind.PLANT_NOUN, Kind.FACT, Kind.NEAREST, Kind.REACH, Kind.DIFFERENCE)
    asked = models and not any(item.has(*others) for item in scanner.items)
    after = scanner.skip_plain(end)
    return asked and (_lasts(scanner, after) or (value >= LEAST_QUANTITY and scanner.has(after, Kind.PRODUCT_NOUN)))


def _lasts(scanner: Scanner, place: int) -> bool:
    """Whether years of production are counted at a place: "years", "years of production"."""
    if not 0 <= place < len(scanner.items) or scanner.items[place].gap:
        return False
    item = scanner.items[place]
    years = item.senses.get(Kind.UNIT) == "year"
    return years or (item.length > 1 and Attribute.DURATION in item.senses.get(Kind.ATTRIBUTE, ()))


def _is_beyond_all(scanner: Scanner, value: float) -> bool:
    """Whether a milestone has this number and no row comes near it: then the plant as a whole is meant."""
    return value in scanner.numbers and value > scanner.relations.largest_quantity


def _asks_which(scanner: Scanner) -> bool:
    named = any(item.has(Kind.ROWS) for item in scanner.items)
    return not named and any(item.has(Kind.WHICH, Kind.WHEN) for item in scanner.items)


def _is_dated(scanner: Scanner) -> bool:
    """Whether it is asked of the plant if an amount was reached in a time: "did it reach three million in 2020"."""
    named = any(item.has(Kind.ROWS, Kind.MODEL_NOUN) and not item.has(Kind.OWNER) for item in scanner.items)
    years = any(item.has(Kind.THIS_YEAR, Kind.LAST_YEAR, Kind.MONTH, Kind.IN, Kind.BY) for item in scanner.items)
    return years and not named and scanner.items[0].has(Kind.AUX)


def _is_moment(scanner: Scanner, place: int) -> bool:
    """Whether a time is told by what happened then: "in the year in which the plant hit two million"."""
    return any(item.has(Kind.YEAR_OF, Kind.WHEN, Kind.SAME_TIME) for item in scanner.items[:place])


def _bounded(scanner: Scanner, bound: str, value: int | float, start: int, end: int) -> int:
    match bound:
        case "above":
            return _measured(scanner, Bound(value, False), None, start, end)
        case "at_least":
            return _measured(scanner, Bound(value), None, start, end)
        case "below":
            return _measured(scanner, None, Bound(value, False), start, end)
        case "at_most":
            return _measured(scanner, None, Bound(value), start, end)
        case "about":
            return _measured(scanner, Bound(value * 0.95), Bound(value * 1.05), start, end)
    return _measured(scanner, Bound(value), Bound(value), start, end)


def _measured(scanner: Scanner, least: Bound | None, most: Bound | None, start: int, end: int) -> int:
    after = scanner.skip_plain(end)
    if after < len(scanner.items):
        item = scanner.items[after]
        if item.has(Kind.SHARE) and (whole := _whole(scanner)):
            least, most = _in_percent(least, whole), _in_percent(most, whole)
            past = scanner.skip_plain(after + 1)
            end = past + 1 if scanner.has(past, Kind.WHOLE) else after + 1
            return scanner.add(Chunk.LIMIT, Limit(Attribute.QUANTITY, least, most), start, end)
        if _lasts(scanner, after):
            run = scanner.skip_plain(after + 1)  # "5 years of run time"
            named = run < len(scanner.items) and not scanner.items[run].gap
            named = named and Attribute.DURATION in scanner.items[run].senses.get(Kind.ATTRIBUTE, ())
            end = run + 1 if named else after + 1
            return scanner.add(Chunk.LIMIT, Limit(Attribute.DURATION, least, most), start, end)
        counted = item.has(Kind.PRODUCT_NOUN) or item.senses.get(Kind.UNIT) == "times"
        if counted or Attribute.QUANTITY in item.senses.get(Kind.ATTRIBUTE, ()):
            return scanner.add(Chunk.LIMIT, Limit(Attribute.QUANTITY, least, most), start, after + 1)
    return scanner.add(Chunk.LIMIT, Limit(None, least, most), start, end)


def _whole(scanner: Scanner) -> int:
    """All that was built, of which a share is a part; nothing where a quantity is not known, or names are given."""
    named = any(item.has(Kind.ROWS) or _is_of_percent(scanner, item) for item in scanner.items)
    return 0 if named else scanner.relations.whole


def _is_of_percent(scanner: Scanner, item: Item) -> bool:
    """Whether a word names something that is itself told in percent, as a change is."""
    facts = (scanner.relations.facts[name] for name in item.senses.get(Kind.FACT, ()))
    return item.has(Kind.CHANGE) or any(fact.unit == "percent" for fact in facts)


def _in_percent(bound: Bound | None, whole: int) -> Bound | None:
    """A bound that was given in percent, as an amount."""
    if bound is None or not isinstance(bound.value, (int, float)):
        return bound
    return Bound(bound.value * whole / 100, bound.inclusive)
