"""Phrases of the language files: their pattern syntax, and what each of them means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bot.intent.normalise import fold, tokenize
from bot.intent.senses import Kind, Numeral, Order, Sense, Variant
from bot.languages import Language, languages
from knowledge.query import Attribute, Equals

Words = tuple[str, ...]

_PART = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\[([^\[\]]*(?:\([^()]*\)[^\[\]]*)*)\]")
_COMMA = re.compile(r",\s+")
APART = "..."
"""What stands in a phrase between the two parts of a verb, which other words may part."""
_APART = f" {APART} "
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}

SIMPLE = {kind.name.lower(): kind for kind in Kind}
"""Keys of the words file whose whole value is a list of phrases."""


def expand(pattern: str) -> list[str]:
    """Every phrase that a pattern stands for: ``(a|b)`` is one or the other, ``[a]`` may be left out."""
    match = _PART.search(pattern) if "(" in pattern or "[" in pattern else None
    if match is None:
        return [pattern]
    before, chosen, optional = pattern[: match.start()], match.group(1), match.group(2)
    options = _alternatives(optional if chosen is None else chosen)
    if chosen is None:
        options.append("")
    rests = expand(pattern[match.end() :])
    return [before + option + rest for written in options for option in expand(written) for rest in rests]


def _alternatives(text: str) -> list[str]:
    """The parts between bars that stand outside of inner brackets."""
    if "(" not in text and "[" not in text:
        return text.split("|")
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
    return tuple(dict.fromkeys([_words(each) for each in _spellings(phrase.casefold())]))


def _spellings(lowered: str) -> tuple[str, ...]:
    """A text in lower case as it is compared: without accents, and with two letters for each umlaut if it has any."""
    if lowered.isascii():
        return (lowered,)
    spelt_out = lowered
    for umlaut, letters in _UMLAUTS.items():
        spelt_out = spelt_out.replace(umlaut, letters)
    return (fold(lowered), fold(spelt_out)) if spelt_out != lowered else (fold(lowered),)


def _words(phrase: str) -> Words:
    """The words of a folded phrase."""
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return tuple(phrase.split())  # what most phrases are, without the cost of reading signs
    head, apart, tail = phrase.partition(_APART)
    if apart:
        return (*_words(head), APART, *_words(tail))
    return tuple([token.text for token in tokenize(phrase, message=False)])


def patterns_of(entry: str) -> list[str]:
    """The patterns of one entry of a words file."""
    return _COMMA.split(entry.strip().rstrip(","))


def phrases_of(entry: object) -> Iterator[str]:
    """The phrases of one entry of a words file, as they are written."""
    for pattern in patterns_of(str(entry)):
        yield from expand(pattern)


def words_of_entry(entry: object) -> list[Words]:
    """The words of each phrase of an entry, in each spelling; ``APART`` stands between the parts of a verb in two.

    The entry is folded as a whole, which takes a fraction of the time of folding each of its phrases.
    """
    first, *others = [patterns_of(spelling) for spelling in _spellings(str(entry).casefold())]
    for other in others:
        first += [pattern for pattern, known in zip(other, first, strict=False) if pattern != known]
    return [_words(phrase) for pattern in first for phrase in expand(pattern)]


def language_phrases(language: Language, keys: Collection[str] | None = None) -> Iterator[tuple[Words, Sense]]:
    """The words of each phrase of a language with what it means; of some keys of its words file only, if given."""
    entries = language.section("words")
    for key, entry in entries.items():
        if not entry or (keys is not None and key not in keys):
            continue
        if key in SIMPLE and not isinstance(entry, Mapping):
            sense = Sense(SIMPLE[key])
            yield from ((words, sense) for words in words_of_entry(entry))
        elif key == "colours":
            for colour in phrases_of(entry):
                sense = Sense(Kind.VARIANT, Variant(Equals(Attribute.COLOUR, (colour,))))
                yield from ((words, sense) for words in words_of(colour))
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
        for spelling, sense in language_phrases(other, keys) if other.code != code else ():
            if len(spelling) == 1 and len(spelling[0]) >= SHORTEST_BORROWED:
                words.setdefault(spelling[0], []).append(sense)
    return {word: tuple(senses) for word, senses in words.items()}


@cache
def own_words(language: Language) -> frozenset[str]:
    """Every word in a language's file, whatever it means: what tells in which language a question is asked."""
    return _words_in(fold(language.text("words")))


def words_in(phrases: Iterable[str]) -> frozenset[str]:
    """Every folded word of some phrases, whatever signs stand between them."""
    return _words_in(fold("\n".join(phrases)))


def _words_in(text: str) -> frozenset[str]:
    for sign in set(text):
        if not sign.isalnum():
            text = text.replace(sign, " ")
    return frozenset([word for word in set(text.split()) if len(word) > 1 and not word.isdigit()])


def _special(key: str, entry: Any) -> Iterator[tuple[Words, Sense]]:
    if not isinstance(entry, Mapping):
        return
    for name, value in entry.items():
        match key:
            case "attribute":
                sense = Sense(Kind.ATTRIBUTE, name)
            case "unit" | "rate" | "change" | "specification" | "survive":
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
            case "part_of_year":
                sense = Sense(Kind.PART_OF_YEAR, name)
            case "social":
                sense = Sense(Kind.SOCIAL, name)
            case _:
                return
        yield from ((words, sense) for words in words_of_entry(value))
