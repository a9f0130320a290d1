"""What a list says only once: "the 1 and 2 Series" are the 1 Series and the 2 Series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.intent.normalise import Token
from bot.intent.senses import Kind, Sense
from bot.intent.vocabulary import Compiled

JOINTS = frozenset({Kind.AND, Kind.OR, Kind.NOR, Kind.TO})


def spelt_out(tokens: Sequence[Token], vocabulary: Compiled) -> list[Token]:
    """The tokens with the last word of a name put in where a list leaves it to the name after.

    Only where both are phrases of the vocabulary with it, and the first would be none without.
    """
    result = list(tokens)
    place = len(result) - 4
    while place >= 0:
        first, joint, *rest = (token.text for token in result[place : place + 5])
        if len(rest) == 3 and any(sense.kind is Kind.FILL for sense in vocabulary.phrases.get((rest[0],), ())):
            rest = rest[1:]  # "a 1 or a 2 Series"
        second, head = rest[:2]
        if _shared(first, joint, second, head, vocabulary):
            result.insert(place + 1, Token(head, head))
        place -= 1
    return result


def _shared(first: str, joint: str, second: str, head: str, vocabulary: Compiled) -> bool:
    phrases = vocabulary.phrases
    if (first, head) not in phrases or (second, head) not in phrases:
        return False
    named = all(_names(phrases[each, head]) for each in (first, second)) and not _names(phrases.get((first,), ()))
    return named and any(sense.kind in JOINTS for sense in phrases.get((joint,), ()))


def _names(senses: Iterable[Sense]) -> bool:
    return any(sense.kind is Kind.ROWS for sense in senses)
