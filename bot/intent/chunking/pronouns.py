"""Words that are an article before a noun, and point to what was spoken of at the end of a question: German "das"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.intent.linking import Item
from bot.intent.senses import Kind


def with_pronouns(items: Sequence[Item]) -> Sequence[Item]:
    """The items, with a demonstrative behind the last verb as what it points to: "how many models are these"."""
    if not any(item.has(Kind.DEMONSTRATIVE) for item in items):
        return items
    ending = len(items) > 2 and not items[-1].gap and items[-2].has(Kind.AUX)
    ending = ending and any(item.has(Kind.MODEL_NOUN) for item in items[:-2])
    return [
        _as(item, Kind.THOSE if ending and place == len(items) - 1 else Kind.FILL) for place, item in enumerate(items)
    ]


def _as(item: Item, kind: Kind) -> Item:
    return replace(item, senses={kind: None}) if item.has(Kind.DEMONSTRATIVE) else item
