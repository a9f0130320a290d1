"""Amounts of what a facet counts: "more than three cylinders", "3 cylinders or more", as the rows that have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.intent.chunking.scanner import Scanner
from bot.intent.numerals import is_number, read_number
from bot.intent.parts import Chunk, Mention
from bot.intent.senses import Kind, RowSet
from knowledge.query import Attribute, AttributeName, Equals

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(\D*)")
"""A value of a facet that is a number, with the unit behind it."""

_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "above": float.__gt__,
    "at_least": float.__ge__,
    "below": float.__lt__,
    "at_most": float.__le__,
}

NAMES = frozenset({Attribute.SERIES, Attribute.BODY, Attribute.BRAND})
"""Facets whose values are names, whatever digits are in them."""


def facet_limit_at(scanner: Scanner, place: int) -> int:
    """Rows by a bound of a facet's number; where its values cannot be compared, a part that no reading explains."""
    bounded = scanner.has(place, Kind.BOUND)
    bound = str(scanner.items[place].senses[Kind.BOUND]) if bounded else ""
    at = place + 1 if bounded else place
    found = _amount_at(scanner, at)
    if found is None:
        return 0
    facet, value, end = found
    if not bounded:
        if not scanner.has(end, Kind.OR, Kind.AND) or not scanner.has(end + 1, Kind.COMPARATIVE):
            return 0
        bound = "at_least" if scanner.items[end + 1].senses[Kind.COMPARATIVE].direction == "most" else "at_most"
        end += 2
    if scanner.has(end, Kind.ATTRIBUTE) and facet in scanner.items[end].senses[Kind.ATTRIBUTE]:
        end += 1
    elif not facet:
        return 0
    compared = _COMPARED.get(bound)
    if compared is None:
        return 0
    values = _values(scanner, facet)
    within = [name for name, amount in values.items() if compared(amount, value)]
    if not within:
        return scanner.add(Chunk.WORD, None, place, end, {Kind.UNKNOWN: None})
    order = scanner.relations.order
    places = frozenset(order[row.key] for name in within for row in scanner.relations.facets[facet][name])
    rows = RowSet(places, Equals(facet, tuple(within)), facet=facet)
    return scanner.add(Chunk.ROWS, Mention(rows.rows, (rows.condition,), (rows,)), place, end, {Kind.ROWS: rows})


def _amount_at(scanner: Scanner, place: int) -> tuple[AttributeName, float, int] | None:
    """The facet and the amount that begin at a place, and the place after it."""
    if place >= len(scanner.items) or (scanner.items[place].gap and place):
        return None
    item = scanner.items[place]
    rows = item.senses.get(Kind.ROWS)
    match rows:
        case RowSet(condition=Equals(values=(told,)), facet=str(facet)) if item.length > 1 or is_number(item):
            amount = _AMOUNT.fullmatch(str(told)) if facet not in NAMES else None
            if amount is not None:
                return facet, float(amount[1]), place + 1
    if not is_number(item) or rows is not None:
        return None
    number, end = read_number(scanner.items, place)
    after = end + 2 if scanner.has(end, Kind.OR, Kind.AND) and scanner.has(end + 1, Kind.COMPARATIVE) else end
    named = scanner.items[after].senses.get(Kind.ATTRIBUTE, ()) if after < len(scanner.items) else ()
    facets = [name for name in named if name in scanner.relations.facets and name not in NAMES]
    countable = [name for name in facets if all(_AMOUNT.fullmatch(value) for value in scanner.relations.facets[name])]
    return None if number.ordinal or not countable else (countable[0], float(number.value), end)


def _values(scanner: Scanner, facet: AttributeName) -> dict[str, float]:
    """The values of a facet as numbers; none where they are not all numbers of one unit."""
    matches = {value: _AMOUNT.fullmatch(value) for value in scanner.relations.facets[facet]}
    amounts = {value: float(match[1]) for value, match in matches.items() if match}
    units = {match[2].strip() for match in matches.values() if match}
    return amounts if len(amounts) == len(matches) and len(units) == 1 else {}
