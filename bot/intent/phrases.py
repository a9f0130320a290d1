"""Phrases of the language files: their pattern syntax, and what each of them means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from bot.intent.normalise import fold, tokenize
from bot.intent.senses import Kind, Numeral, Order, Sense, Variant
from bot.languages import Language, languages
from knowledge.query import Attribute, Equals

Words = tuple[str, ...]

_PART = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\[([^\[\]]*(?:\([^()]*\)[^\[\]]*)*)\]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_COMMA = re.compile(r",\s+")
BEYOND_LATIN = "\u0250"
"""The letters before this one are Latin ones, for which folding is all that there is to reading."""

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}

SIMPLE = {kind.name.lower(): kind for kind in Kind}
"""Keys of the words file whose whole value is a list of phrases."""


def expand(pattern: str) -> Iterator[str]:
    """Every phrase that a pattern stands for: ``(a|b)`` is one or the other, ``[a]`` may be left out."""
    if "(" not in pattern and "[" not in pattern:
        yield pattern
        return
    match = _PART.search(pattern)
    if match is None:
        yield pattern
        return
    before, after = pattern[: match.start()], pattern[match.end() :]
    inner = match.group(1) if match.group(1) is not None else match.group(2)
    options = _alternatives(inner)
    if match.group(2) is not None:
        options = [*options, ""]
    for option in options:
        yield from expand(before + option + after)


def _alternatives(text: str) -> list[str]:
    """The parts between bars that stand outside of inner brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


@cache
def words_of(phrase: str) -> tuple[Words, ...]:
    """The folded words of a phrase; several spellings where it has umlauts, which people also write as two letters."""
    words = phrase.casefold().split()
    if phrase.isascii() and "".join(words).isalpha():
        return (tuple(words),)  # what most phrases are, without the cost of reading signs
    plain = fold(phrase).replace(" ", "").isalpha()
    spellings = [phrase]
    lowered = phrase.casefold()
    if any(umlaut in lowered for umlaut in _UMLAUTS):
        spellings.append("".join([_UMLAUTS.get(letter, letter) for letter in lowered]))
    if plain and max(lowered) < BEYOND_LATIN:
        return tuple(dict.fromkeys([tuple(fold(each).split()) for each in spellings]))
    return tuple(dict.fromkeys([tuple([t.text for t in tokenize(each, message=False)]) for each in spellings]))


def phrases_of(value: object) -> Iterator[str]:
    """The phrases of one entry of a words file."""
    for pattern in _COMMA.split(str(value).strip().rstrip(",")):
        yield from expand(pattern)


def language_phrases(language: Language, keys: Collection[str] | None = None) -> Iterator[tuple[str, Sense]]:
    """Every phrase of a language with what it means; of some keys of its words file only, if they are given."""
    words = language.section("words")
    for key, entry in words.items():
        if keys is not None and key not in keys:
            continue
        if key in SIMPLE and not isinstance(entry, Mapping):
            sense = Sense(SIMPLE[key])
            yield from ((phrase, sense) for phrase in phrases_of(entry))
        elif key == "colours":
            for colour in phrases_of(entry):
                yield colour, Sense(Kind.VARIANT, Variant(Equals(Attribute.COLOUR, (colour,))))
        else:
            yield from _special(key, entry)


BORROWED = frozenset(
    {Kind.ATTRIBUTE, Kind.HOW_MANY, Kind.MODEL_NOUN, Kind.PLANT_NOUN, Kind.MILESTONE_NOUN, Kind.BUILD, Kind.SUM}
)
"""Kinds of words that people take over from another language into theirs: "Bauzeit of the …"."""

SHORTEST_BORROWED = 4
"""Letters; shorter words of another language look like any other word."""


@cache
def borrowed_words(code: str) -> Mapping[str, tuple[Sense, ...]]:
    """Single words of the languages other than this one, for what they mean there."""
    keys = {kind.name.lower() for kind in BORROWED}
    words: dict[str, list[Sense]] = {}
    for other in languages().values():
        for phrase, sense in language_phrases(other, keys) if other.code != code else ():
            for spelling in words_of(phrase):
                if len(spelling) == 1 and len(spelling[0]) >= SHORTEST_BORROWED:
                    words.setdefault(spelling[0], []).append(sense)
    return {word: tuple(senses) for word, senses in words.items()}


@cache
def own_words(language: Language) -> frozenset[str]:
    """Every word in a language's file, whatever it means: what tells in which language a question is asked."""
    return frozenset(_LETTERS.findall(fold(language.text("words"))))


def _special(key: str, entry: Any) -> Iterator[tuple[str, Sense]]:
    if not isinstance(entry, Mapping):
        return
    for name, value in entry.items():
        match key:
            case "attribute":
                sense = Sense(Kind.ATTRIBUTE, name)
            case "unit" | "rate" | "change" | "specification":
                sense = Sense(SIMPLE[key], name)
            case "superlative" | "comparative":
                direction, attribute = name.split()
                sense = Sense(SIMPLE[key], Order(direction, attribute))
            case "bound":
                sense = Sense(Kind.BOUND, name)
            case "numbers":
                sense = Sense(Kind.NUMBER, Numeral(name))
            case "ordinals" | "ordinal_prefixes":
                sense = Sense(Kind.NUMBER, Numeral(name, ordinal=True))
            case "scales":
                sense = Sense(Kind.SCALE, Numeral(name))
            case "ordinal_scales":
                sense = Sense(Kind.SCALE, Numeral(name, ordinal=True))
            case "decades":
                sense = Sense(Kind.DECADE, name)
            case "months":
                sense = Sense(Kind.MONTH, name)
            case "social":
                sense = Sense(Kind.SOCIAL, name)
            case _:
                return
        yield from ((phrase, sense) for phrase in phrases_of(value))
