"""Times: dates, ranges between two of them, decades."""

from __future__ import annotations

from typing import Literal

from bot.intent.chunking.scanner import PLAIN, Scanner
from bot.intent.chunking.years import years_at
from bot.intent.numerals import is_number, read_number
from bot.intent.parts import Chunk, Time
from bot.intent.senses import Kind
from knowledge.query import Attribute, Bound
from knowledge.schema import PartialDate

Dated = tuple[PartialDate, PartialDate, int]
"""The first and the last day of a date, and the place after it."""


YEARS_FROM_NOW = {Kind.LAST_YEAR: -1, Kind.NEXT_YEAR: 1, Kind.THIS_YEAR: 0, Kind.YEAR_BEFORE_LAST: -2}


def date_at(scanner: Scanner, place: int) -> tuple[PartialDate, PartialDate, int] | None:
    """The first and last day (as far as named) of a date at a place, and the place after it."""
    if place >= len(scanner.items):
        return None
    item = scanner.items[place]
    if item.has(Kind.LAST_YEAR) and _ends_a_run(scanner, place):
        return None
    shift = next((years for kind, years in YEARS_FROM_NOW.items() if kind in item.senses), None)
    if shift is not None:
        year = PartialDate(scanner.today.year + shift)
        return year, year, place + 1
    if Kind.DATE in item.senses:
        return item.senses[Kind.DATE], item.senses[Kind.DATE], place + 1
    if Kind.PART_OF_YEAR in item.senses:
        return _part_of_year(scanner, place)
    if Kind.MONTH in item.senses:
        return _month(scanner, place)
    if Kind.DECADE in item.senses:
        return _decade(scanner, item.senses[Kind.DECADE], _past_years(scanner, place + 1))
    if not is_number(item):
        return None
    amount, end = read_number(scanner.items, place)
    if not amount.year:
        short = isinstance(amount.value, int) and 0 < amount.value < 100 and amount.value % 10 == 0
        if short and scanner.has(end, Kind.DECADE_SUFFIX) and not scanner.items[end].gap:
            return _decade(scanner, int(amount.value), _past_years(scanner, end + 1))
        if isinstance(amount.value, int) and 1 <= amount.value <= 31 and scanner.has(end, Kind.MONTH):
            dated = date_at(scanner, end)
            if dated and dated[0].month:
                try:
                    day = PartialDate(dated[0].year, dated[0].month, amount.value)
                except ValueError:
                    return None
                return day, day, dated[2]
        return None
    named = int(amount.value)
    if scanner.has(end, Kind.DECADE_SUFFIX) and not scanner.items[end].gap:
        return PartialDate(named), PartialDate(named + 9), end + 1
    return PartialDate(named), PartialDate(named), end


def _month(scanner: Scanner, place: int) -> Dated | None:
    after = scanner.skip(place + 1)
    if after < len(scanner.items) and is_number(scanner.items[after]):
        amount, end = read_number(scanner.items, after)
        if amount.year:
            month = PartialDate(int(amount.value), scanner.items[place].senses[Kind.MONTH])
            return month, month, end
    return None


def _part_of_year(scanner: Scanner, place: int) -> Dated | None:
    """ "The end of 2019", "early 2015": some months of the year, where nothing else is said to start or end."""
    at = scanner.skip(place + 1)
    dated = date_at(scanner, at) if at < len(scanner.items) and is_number(scanner.items[at]) else None
    others = [item for index, item in enumerate(scanner.items) if index != place]
    turning = any(item.has(Kind.START, Kind.END) and not item.has(Kind.FILL) for item in others)
    owned = scanner.has(scanner.last_said(place), Kind.WITH, Kind.IT, Kind.THOSE)
    building = any(item.has(Kind.BUILD, Kind.RUNNING, Kind.STILL, Kind.AUX) for item in others)
    if dated is None or dated[0] != dated[1] or dated[0].month or turning or owned or not building:
        return None
    month = scanner.items[place].senses[Kind.PART_OF_YEAR]
    year = dated[0].year
    return PartialDate(year, month), PartialDate(year, month + PART_OF_YEAR - 1), dated[2]


PART_OF_YEAR = 3
"""Months that people mean by the beginning, the middle or the end of a year."""


def _ends_a_run(scanner: Scanner, place: int) -> bool:
    """Whether the last year is that of a run: "the last year of the X", "in its last year"."""
    following = scanner.has(scanner.skip_plain(place + 1), Kind.OF_YEAR, Kind.ROWS)
    return scanner.has(place - 1, Kind.IT, Kind.THOSE) or (following and scanner.has(place, Kind.END))


def _decade(scanner: Scanner, tens: int, end: int) -> tuple[PartialDate, PartialDate, int]:
    """The tens of a century: of the latest one in which the file knows of rows, else of the last century."""
    first = _first_year(scanner)
    years = [century + tens for century in (2000, 1900, 1800)]
    year = next((each for each in years if each <= scanner.today.year and each + 9 >= first), years[1])
    return PartialDate(year), PartialDate(year + 9), end


def _short_year(scanner: Scanner, place: int) -> Dated | None:
    """The year that a number of two digits is at the end of a clause, "in 24", where the file knows of that year."""
    if not scanner.is_number(place) or scanner.is_number(place - 2):
        return None  # "one in 24"
    digits, ends = scanner.items[place].spelling, place + 1 == len(scanner.items)
    if len(digits) != 1 or len(digits[0]) != 2 or not digits[0].isdigit() or not (ends or scanner.items[place + 1].gap):
        return None
    year = scanner.today.year // 100 * 100 + int(digits[0])
    first = scanner.relations.first_start
    known = first is not None and first.year <= year <= scanner.today.year
    return (PartialDate(year), PartialDate(year), place + 1) if known else None


def _past_years(scanner: Scanner, place: int) -> int:
    """Past the years of "the fifties years", as some languages say."""
    return place + 1 if scanner.has(place, Kind.UNIT) and not scanner.items[place].gap else place


def _is_amount(scanner: Scanner, place: int, end: int) -> bool:
    """Whether a number that could be a year counts things after all: "more than 2000 cars"."""
    if scanner.has(end, Kind.PRODUCT_NOUN) or scanner.has(end, Kind.SCALE):
        return True
    before = place - 1
    while before >= 0 and scanner.items[before].senses.keys() <= PLAIN:
        before -= 1
    if compares_years(scanner):
        return False
    timed = (Kind.IN, Kind.SINCE, Kind.UNTIL, Kind.TO, Kind.BY, Kind.BEFORE, Kind.AFTER, Kind.BETWEEN)
    return scanner.has(before, Kind.BOUND) and not scanner.has(before, *timed)


def compares_years(scanner: Scanner) -> bool:
    """Whether it is only said of a year that it was more or less than what follows: "was 2024 better than 2023"."""
    years = [part for part in scanner.parts if part.chunk is Chunk.TIME and part.value.kind == "in"]
    rest = [part for part in scanner.parts if part not in years]
    return len(years) == 1 and all(part.has(Kind.AUX, Kind.BOUND) for part in rest)


OPENERS = (
    Kind.BEFORE, Kind.AFTER, Kind.BETWEEN, Kind.UNTIL, Kind.BY, Kind.SINCE, Kind.IN, Kind.OF_YEAR
)  # fmt: skip
"""Words before a date that say how it is meant; of a word with several meanings, the first."""


def time_at(scanner: Scanner, place: int) -> int:
    """The time that begins at a place, as a part; the place after it."""
    item = scanner.items[place]
    opener = next((kind for kind in OPENERS if kind in item.senses), None)
    throughout = item.has(Kind.THROUGHOUT)
    at = scanner.skip(place + 1) if opener or throughout else place
    counted = years_at(scanner, place, at) or _survived(scanner, place) or _from_beginning(scanner, place)
    counted = counted or _since_before(scanner, place, at)
    if counted:
        return counted
    if throughout and scanner.has(at, Kind.SINCE, Kind.BETWEEN, Kind.IN):
        opener, at = Kind.SINCE, scanner.skip(at + 1)
    if opener and scanner.has(at, Kind.YEAR_OF) and not date_at(scanner, at):
        at = scanner.skip(at + 1)  # "after the year 2000"
    dated = date_at(scanner, at) or (_short_year(scanner, at) if opener is Kind.IN else None)
    if dated is None or (is_number(scanner.items[at]) and _is_amount(scanner, at, dated[2])):
        return 0
    ranged = _range(scanner, opener, dated)
    if ranged is not None:
        time, end = ranged
        if throughout and time.first and time.last:
            time = Time(time.first, time.last, "whole")
        return scanner.add(Chunk.TIME, time, place, end)
    return scanner.add(Chunk.TIME, _opened(scanner, opener, (place, at), dated), place, dated[2])


def _opened(
    scanner: Scanner, opener: Kind | None, places: tuple[int, int], dated: tuple[PartialDate, PartialDate, int]
) -> Time:
    """The time that a word before a date makes of it; its place and that of the date."""
    place, at = places
    first, last, end = dated
    item = scanner.items[place]
    match opener:
        case Kind.BEFORE if scanner.has(scanner.last_said(place), Kind.UNIT, Kind.YEAR_OF) and not first.month:
            year = PartialDate(first.year - 1)  # "the year before 2024"
            return Time(Bound(year), Bound(year), "in")
        case Kind.BEFORE:
            return Time(None, Bound(first, inclusive=False), "before")
        case Kind.AFTER:
            return Time(Bound(last, inclusive=False), None, "after")
        case Kind.BY if Kind.UNTIL not in item.senses and Kind.IN not in item.senses:
            return Time(None, Bound(last), "by")
        case Kind.UNTIL if scanner.has_value(scanner.last_said(place), Kind.SURVIVE, "last"):
            return Time(Bound(first), Bound(last), "ended")  # "lasted until 2021"
        case Kind.UNTIL | Kind.BY if not (Kind.IN in item.senses and Kind.UNTIL not in item.senses):
            return Time(None, Bound(last), "until")
        case _ if item.has(Kind.OF_YEAR) and scanner.has(scanner.last_said(place), *OWNING):
            return Time(Bound(first), Bound(last), "of")  # "the cars from 2007" began then
        case Kind.SINCE if item.has(Kind.OF_YEAR) and at > place + 1 and _qualifies(scanner, end):
            return Time(Bound(first), Bound(last), "in")  # "of the 2021 discontinued models", as German has it
        case Kind.SINCE:
            return Time(Bound(first), None, "since")
        case _:
            return Time(Bound(first), Bound(last), "in")


OWNING = (Kind.PRODUCT_NOUN, Kind.MODEL_NOUN, Kind.ROWS)
"""What "of 2007" or "from 2007" behind it says the beginning of."""


def _qualifies(scanner: Scanner, end: int) -> bool:
    """Whether a year belongs to a verb before a noun, behind an article: "the (in) 2021 discontinued models"."""
    return scanner.has(end, Kind.START, Kind.END, Kind.BUILD) and scanner.has(scanner.skip_plain(end + 1), *OWNING)


def _survived(scanner: Scanner, place: int) -> int:
    """ "Made it to 2021", "made it past 2020", "did not make it to 2015", "gone by 2015"."""
    how = scanner.items[place].senses.get(Kind.SURVIVE)
    dated = None if how in (None, "last") else date_at(scanner, scanner.skip(place + 1))
    if dated is None or not _first_year(scanner) <= dated[0].year <= scanner.today.year:
        return 0
    first, last, end = dated
    if scanner.has(end, Kind.PRODUCT_NOUN, Kind.SCALE):
        return 0
    match how:
        case "reach":
            time = Time(Bound(first), None, "reached")
        case "pass":
            time = Time(Bound(last, inclusive=False), None, "reached")
        case "miss":
            time = Time(None, Bound(first, inclusive=False), "ended")
        case _:
            time = Time(None, Bound(last), "ended")
    return scanner.add(Chunk.TIME, time, place, end)


def _from_beginning(scanner: Scanner, place: int) -> int:
    """ "Between the start and 2011": up to then, for all that is known."""
    start = scanner.skip(place + 1)
    joint = scanner.skip(start + 1)
    joints = (Kind.AND, Kind.TO, Kind.UNTIL)
    if not (scanner.has(place, Kind.BETWEEN, Kind.SINCE) and scanner.has(start, Kind.START)):
        return 0
    dated = date_at(scanner, scanner.skip(joint + 1)) if scanner.has(joint, *joints) else None
    if dated is None:
        return 0
    return scanner.add(Chunk.TIME, Time(None, Bound(dated[1]), "until"), place, dated[2])


def _since_before(scanner: Scanner, place: int, at: int) -> int:
    """ "Since before 2022": from an earlier year until today."""
    dated = date_at(scanner, scanner.skip(at + 1))
    if not scanner.has(place, Kind.SINCE) or not scanner.has(at, Kind.BEFORE) or dated is None or dated[0].month:
        return 0
    earlier = Bound(PartialDate(dated[0].year - 1))
    return scanner.add(Chunk.TIME, Time(earlier, Bound(scanner.today), "whole"), place, dated[2])


def _first_year(scanner: Scanner) -> int:
    """The year in which the first row began."""
    first = scanner.relations.first_start
    return first.year if first is not None else scanner.today.year


def _range(scanner: Scanner, opener: Kind | None, dated: Dated) -> tuple[Time, int] | None:
    """A time that more than one date or an open end makes: "from 2010 to 2014", "2013 or later", "2013 onwards"."""
    first, last, end = dated
    joint = scanner.skip(end)
    joints = (Kind.AND, Kind.TO, Kind.UNTIL) if opener == Kind.BETWEEN else (Kind.TO, Kind.UNTIL)
    if opener in (Kind.BETWEEN, Kind.SINCE, Kind.IN, None) and scanner.has(joint, *joints):
        strict = scanner.has(joint, Kind.AND) and opener != Kind.BETWEEN
        second = scanner.skip(joint + 1)
        other = None if strict else date_at(scanner, second)
        if other is not None and not (is_number(scanner.items[second]) and _is_amount(scanner, second, other[2])):
            kind: Literal["range", "span"] = "span" if opener == Kind.BETWEEN else "range"
            return Time(Bound(first), Bound(other[1]), kind), other[2]
        if Kind.UNTIL in scanner.items[joint].senses and opener == Kind.SINCE and scanner.has(second, Kind.STILL):
            return Time(Bound(first), None, "since"), second + 1  # from 2013 until today
    later = scanner.items[end + 1].senses.get(Kind.COMPARATIVE) if end + 1 < len(scanner.items) else None
    if (
        opener != Kind.BEFORE
        and scanner.has(end, Kind.OR, Kind.AND)
        and later is not None
        and later.attribute == Attribute.START
    ):
        least = later.direction == "least"
        return (Time(None, Bound(last), "until") if least else Time(Bound(first), None, "since")), end + 2
    if opener != Kind.BEFORE and scanner.has(end, Kind.ONWARDS) and date_at(scanner, scanner.skip(end + 1)) is None:
        return Time(Bound(first), None, "since"), end + 1
    return None
