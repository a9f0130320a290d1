"""Times that are so many years long: "in the last five years", counted back from the date of the facts."""

from __future__ import annotations

from bot.intent.chunking.scanner import Scanner
from bot.intent.numerals import read_number
from bot.intent.parts import Chunk, Part, Time
from bot.intent.senses import Kind
from knowledge.query import Bound
from knowledge.schema import PartialDate

MOST_YEARS = 200
"""Years that people count back."""

EDGES = (Kind.RECENT, Kind.TOP, Kind.BOTTOM, Kind.SUPERLATIVE)


def years_at(scanner: Scanner, start: int, at: int) -> int:
    """A part of "the last five years"; of "the first five years", of another unit or owner it says that it has none."""
    end = _past_unit(scanner, at)
    if not end or _is_verb(scanner, at):
        return 0
    years = _years(scanner, at)
    if scanner.has(at, Kind.RECENT) and years and not _is_owned(scanner, at, end):
        time = Time(Bound(_back(scanner.today, years), inclusive=False), None, "after")
        return scanner.add(Chunk.TIME, time, start, end)
    items = tuple(scanner.items[at:end])
    text = " ".join(item.text for item in items if item.text)
    scanner.parts.append(Part(Chunk.WORD, None, text, {Kind.UNKNOWN: None}, scanner.items[start].gap, items=items))
    return end


def _past_unit(scanner: Scanner, at: int) -> int:
    """The place behind an edge, a number and a unit of time; 0 where these do not stand here."""
    number = scanner.skip_plain(at + 1)
    if not scanner.has(at, *EDGES) or not scanner.is_number(number) or scanner.has(number, Kind.ROWS):
        return 0
    amount, end = read_number(scanner.items, number)
    unit = scanner.skip_plain(end)
    timed = scanner.has(unit, Kind.UNIT) and scanner.items[unit].senses[Kind.UNIT] in ("year", "month", "day")
    return unit + 1 if timed and not amount.ordinal else 0


def _years(scanner: Scanner, at: int) -> int:
    """How many whole years are counted; 0 if it is something else."""
    amount, end = read_number(scanner.items, scanner.skip_plain(at + 1))
    unit = scanner.items[scanner.skip_plain(end)].senses[Kind.UNIT]
    fits = unit == "year" and isinstance(amount.value, int) and 0 < amount.value <= MOST_YEARS
    return int(amount.value) if fits else 0


def _is_verb(scanner: Scanner, at: int) -> bool:
    """Whether the edge is a verb after all: "which did not last five years"."""
    before = scanner.items[at - 1] if at else None
    led = before is not None and before.has(Kind.FILL, Kind.IN, Kind.OF_YEAR, Kind.SINCE) and not before.has(Kind.AUX)
    return scanner.has(at, Kind.BUILD) and not led


def _is_owned(scanner: Scanner, at: int, end: int) -> bool:
    """Whether they are the last years of something: "its last five years", "the last five years of the X"."""
    following = scanner.skip_plain(end)
    named = scanner.has(following, Kind.ROWS, Kind.PLANT, Kind.PLANT_NOUN) and following > end
    return scanner.has(at - 1, Kind.IT, Kind.THOSE, Kind.ROWS) or scanner.has(end, Kind.OF_YEAR) or named


def _back(today: PartialDate, years: int) -> PartialDate:
    """The date so many years before; of 29 February the day before, where that year has none."""
    try:
        return PartialDate(today.year - years, today.month, today.day)
    except ValueError:
        return PartialDate(today.year - years, today.month, 28)
