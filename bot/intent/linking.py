"""From tokens to items: stretches of words with everything that they may mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from text_to_num import alpha2digit

from bot.intent.ellipsis import spelt_out
from bot.intent.normalise import Break, Token
from bot.intent.phrases import borrowed_words
from bot.intent.senses import Kind, Numeral, RowSet, Sense
from bot.intent.spelling import LONGEST_WORD, recover
from bot.intent.vocabulary import Compiled

MOST_RECOVERED = 16
"""Words of a message that may be misspelt; with more of them, it is no question in this language."""

DOUBT, DOUBT_OF_WORDS = 0.05, 0.15
"""What a less likely spelling costs; more, where the word as it stands is a word too."""

MOST_SPELLINGS = 12
"""Ways to spell one phrase that are looked up."""

LONGEST_ORDINAL = 1000
"""A number with a full stop after it is an ordinal up to here; a year ends its sentence."""

LONGEST_NUMBER = 12
"""Digits of a number; what is longer counts nothing."""

NAMES = frozenset({Kind.ROWS, Kind.PLANT, Kind.VARIANT, Kind.FACT})

SEVERAL = frozenset({Kind.FACT, Kind.VARIANT, Kind.ATTRIBUTE})
"""Kinds of which one phrase may have several senses; their value is a tuple."""


@dataclass(slots=True)
class Item:
    """A stretch of words with its senses by their kind."""

    text: str
    senses: Mapping[Kind, Any]
    gap: Break = 0
    asked: bool = False
    certain: bool = True
    """Whether the words stand as typed, not corrected."""
    length: int = 1
    spelling: tuple[str, ...] = ()

    def has(self, *kinds: Kind) -> bool:
        """Whether it may be of one of these kinds."""
        senses = self.senses
        for kind in kinds:  # noqa: SIM110  a generator costs several times as much, and this runs thousands of times
            if kind in senses:
                return True
        return False


@dataclass(slots=True)
class _Word:
    """One word with the spellings that it may have been meant to have, the likeliest first."""

    spellings: tuple[str, ...]
    token: Token
    gap: Break
    asked: bool
    certain: bool
    senses: dict[Kind, Any] = field(default_factory=dict)
    first: bool = True
    """Whether it begins its token: words that were run together share one."""


def link(tokens: Sequence[Token], vocabulary: Compiled) -> list[Item]:
    """The items of a question: the fewest stretches that explain the most of its words."""
    words = _words(spelt_out(tokens, vocabulary), vocabulary)
    count = len(words)
    costs = [0.0] * (count + 1)
    chosen: list[tuple[int, Spelling]] = [(0, ())] * count
    for start in range(count - 1, -1, -1):
        word = words[start]
        best = costs[start + 1] + (1.0 if word.senses else 6.0)
        end, spelt = start + 1, word.spellings[:1]
        for stop, spelling, penalty in _phrases_at(words, start, vocabulary):
            named = vocabulary.phrases[spelling][0].kind in NAMES
            # Filling costs less than words with a meaning: of two ways to cut a stretch, more of it is filling.
            sense = vocabulary.phrases[spelling][0]
            price = 0.9 if sense.kind is Kind.FILL else 1.0
            if isinstance(sense.value, RowSet) and not sense.value.exact and sense.value.facet is None:
                price = 1.3  # a mere part of a name, where nothing else explains the words
            cost = costs[stop] + price + penalty - (0.02 * len(spelling) if named else 0)
            if cost < best or (cost == best and stop > end):
                best, end, spelt = cost, stop, spelling
        costs[start], chosen[start] = best, (end, spelt)
    items: list[Item] = []
    start = 0
    while start < count:
        end, spelling = chosen[start]
        items.append(_item(words[start:end], spelling, vocabulary.phrases))
        start = end
    _join_verbs(items, vocabulary)
    return items


def _join_verbs(items: Sequence[Item], vocabulary: Compiled) -> None:
    """Give a verb in two parts the meaning that it has with its other part: "lief … aus", "fing … an"."""
    for place, item in enumerate(items):
        idle = len(item.spelling) > 1 and item.senses.keys() <= {Kind.FILL}
        head = item.spelling[0] if item.spelling and (idle or len(item.spelling) == 1) else ""
        for particle, sense in vocabulary.separable.get(head, ()):
            for later in items[place + 1 :]:
                if later.gap == 2:
                    break
                if later.spelling == particle:
                    item.senses = {sense.kind: sense.value, **{k: v for k, v in item.senses.items() if k == Kind.AUX}}
                    later.senses = {Kind.FILL: None}
                    break


Spelling = tuple[str, ...]


def _phrases_at(words: Sequence[_Word], start: int, vocabulary: Compiled) -> Iterator[tuple[int, Spelling, float]]:
    """The phrases that begin at a word: the place after each, its spelling, and what doubt there is about it."""
    phrases, longest = vocabulary.phrases, vocabulary.longest
    open_: list[tuple[Spelling, float]] = [((), 0.0)]
    limit = max(longest.get(spelling, 0) for spelling in words[start].spellings)
    for stop in range(start + 1, min(len(words), start + limit) + 1):
        word = words[stop - 1]
        if stop - start > 1 and word.gap:
            return
        open_ = [
            ((*spelling, each), doubt + (DOUBT_OF_WORDS if word.certain else DOUBT) * place)
            for spelling, doubt in open_
            for place, each in enumerate(word.spellings)
        ][:MOST_SPELLINGS]
        for spelling, doubt in open_:
            if spelling in phrases:
                yield stop, spelling, doubt


def _words(tokens: Sequence[Token], vocabulary: Compiled) -> list[_Word]:
    words: list[_Word] = []
    recovered = 0
    for token in tokens:
        if token.value is not None:
            ordinal = token.dotted and vocabulary.dotted_ordinals and token.value < LONGEST_ORDINAL
            numeral = Numeral(token.value, ordinal)
            words.append(_Word((token.text,), token, token.gap, token.asked, True, {Kind.NUMBER: numeral}))
            continue
        if token.text == "-":
            words.append(_Word(("-",), token, 0, False, True, {Kind.TO: None}))
            continue
        meant = recover(token.text, vocabulary) if recovered < MOST_RECOVERED else _as_typed(token.text, vocabulary)
        recovered += meant != _as_typed(token.text, vocabulary) or not meant
        certain = meant[:1] == ((token.text,),)
        spoken = None if certain or len(token.text) > LONGEST_WORD else _numeral(token.original, vocabulary.language)
        if spoken is not None:
            words.append(_Word((token.text,), token, token.gap, token.asked, True, {Kind.NUMBER: spoken}))
            continue
        single = tuple(each[0] for each in meant if len(each) == 1)
        if single or not meant:
            word = _Word(single or (token.text,), token, token.gap, token.asked, certain)
            if not single and not vocabulary.is_common(token.text):
                word.senses = _senses(borrowed_words(vocabulary.language).get(token.text, ()))
            words.append(word)
            continue
        for place, text in enumerate(meant[0]):
            word = _Word((text,), token, 0 if place else token.gap, token.asked and not place, False)
            if text.isdigit() and len(text) <= LONGEST_NUMBER:
                word.senses[Kind.NUMBER] = Numeral(int(text))
            word.first = not place
            for sense in vocabulary.phrases.get((text,), ()):
                if not place and isinstance(sense.value, Numeral) and sense.value.ordinal:
                    word.senses[Kind.NUMBER] = sense.value  # "achtmeist…" is the eighth most, not the eight most
            words.append(word)
    return words


def _as_typed(word: str, vocabulary: Compiled) -> tuple[tuple[str, ...], ...]:
    return ((word,),) if word in vocabulary.words else ()


def _numeral(word: str, language: str) -> Numeral | None:
    """The number that a compound number word is ("zweimillionste"), if it is one."""
    digits = alpha2digit(word, language)
    if digits == word or not digits[:1].isdigit():
        return None
    plain = "".join(letter for letter in digits if letter.isdigit())
    return Numeral(int(plain), ordinal=not digits[-1].isdigit())


def _senses(found: Iterable[Sense]) -> dict[Kind, Any]:
    senses: dict[Kind, Any] = {}
    for sense in found:
        if sense.kind in SEVERAL:
            senses[sense.kind] = (*senses.get(sense.kind, ()), sense.value)
        else:
            senses.setdefault(sense.kind, sense.value)
    return senses


def _item(words: Sequence[_Word], spelling: Spelling, phrases: Mapping[Spelling, Any]) -> Item:
    first = words[0]
    senses = _senses(phrases.get(spelling, ()))
    if len(words) == 1:
        senses = {**senses, **first.senses}
    typed = " ".join(dict.fromkeys(word.token.original for word in words if word.first))
    if not senses:
        senses = {Kind.UNKNOWN: None}
    certain = all(word.certain for word in words)
    return Item(typed, senses, first.gap, first.asked, certain, len(words), spelling)
