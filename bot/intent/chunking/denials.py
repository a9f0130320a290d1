"""Denials whose words stand apart: "neither … nor", and in German "kein … mehr"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.intent.linking import Item
from bot.intent.senses import Kind

OUTSET: Mapping[Kind, Any] = {Kind.NOT: None, Kind.NEITHER: None}


def with_denials(items: Sequence[Item]) -> Sequence[Item]:
    """The items, each word of a denial with the meaning that it has beside the other one."""
    if not any(item.has(Kind.NEITHER, Kind.ANYMORE) for item in items):
        return items
    result = list(items)
    for place, item in enumerate(items):
        if item.has(Kind.NEITHER):
            _pair(result, place)
        elif item.has(Kind.ANYMORE) and _denied(items, place):
            result[place] = replace(item, senses={Kind.STILL: None})
    return result


def _pair(items: list[Item], place: int) -> None:
    """Deny what follows "neither" and what follows "nor"; in some languages the latter means "still" too."""
    paired = False
    for later in range(place + 1, len(items)):
        if items[later].gap == 2:
            return
        again = paired and not _names(items, later + 1)
        if items[later].has(Kind.NOR) and not again:
            items[place] = replace(items[place], senses=OUTSET)
            items[later] = replace(items[later], senses=OUTSET)
            paired = True


def _names(items: Sequence[Item], place: int) -> bool:
    """Whether a name or a time stands at a place, past filling."""
    named = next((item for item in items[place:] if not item.has(Kind.FILL)), None)
    return named is not None and named.has(Kind.ROWS, Kind.NUMBER)


def _denied(items: Sequence[Item], place: int) -> bool:
    """Whether a word of denial before this place goes with it, and nothing is compared."""
    compared = place + 1 < len(items) and items[place + 1].has(Kind.THAN)
    for item in () if compared else reversed(items[:place]):
        if item.has(Kind.NEVER):
            return True
        if item.gap == 2:
            break
    return False
