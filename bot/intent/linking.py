"""From tokens to items: stretches of words with everything that they may mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA
from text_to_num import alpha2digit

from bot.intent.dictation import taken_down
from bot.intent.ellipsis import spelt_out
from bot.intent.normalise import Break, Token
from bot.intent.phrases import Words, borrowed_words
from bot.intent.senses import Kind, Numeral, Order, RowSet, Sense
from bot.intent.spelling import LONGEST_WORD, recover
from bot.intent.vocabulary import Compiled
from knowledge.query import Attribute
from knowledge.schema import PartialDate

MOST_RECOVERED = 16
"""Words of a message that may be misspelt; with more of them, it is no question in this language."""

DOUBT, DOUBT_OF_WORDS = 0.05, 0.15
"""What a less likely spelling costs; more, where the word as it stands is a word too."""

MOST_SPELLINGS = 12
"""Ways to spell one phrase that are looked up."""

LONGEST_ORDINAL, FIRST_YEAR, LAST_YEAR = 1000, 1800, 2100
"""A number with a full stop after it is an ordinal up to the first or beyond the last; a year ends its sentence."""

SENTENCE = 2
"""The break at the end of a sentence."""

LONGEST_NUMBER = 12
"""Digits of a number; what is longer counts nothing."""

FILLED = 1.2
"""What filling costs where it is a correction."""

NAMES = frozenset({Kind.ROWS, Kind.PLANT, Kind.VARIANT, Kind.FACT})

NOTHING: Mapping[Kind, Any] = {}
UNKNOWN: Mapping[Kind, Any] = {Kind.UNKNOWN: None}

Spelling = tuple[str, ...]
"""The words of a phrase as they are meant to be spelt."""

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


class _Word(NamedTuple):
    """One word with the spellings that it may have been meant to have, the likeliest first."""

    spellings: tuple[str, ...]
    token: Token
    gap: Break
    asked: bool
    certain: bool
    senses: Mapping[Kind, Any] = NOTHING
    first: bool = True
    """Whether it begins its token: words that were run together share one."""


def link(tokens: Sequence[Token], vocabulary: Compiled) -> list[Item]:
    """The items of a question: the fewest stretches that explain the most of its words."""
    words = _words(spelt_out(taken_down(tokens, vocabulary), vocabulary), vocabulary)
    phrases = vocabulary.phrases
    count = len(words)
    costs = [0.0] * (count + 1)
    chosen: list[tuple[int, Spelling]] = [(0, ())] * count
    for start in range(count - 1, -1, -1):
        word = words[start]
        best = costs[start + 1] + (1.0 if word.senses else 6.0)
        end, spelt = start + 1, word.spellings[:1]
        for stop, spelling, penalty in _phrases_at(words, start, vocabulary):
            price, credit = _price(phrases[spelling][0])
            if price < 1 and not all(words[at].certain for at in range(start, stop)):
                price = FILLED  # what is corrected to filling may have been meant to be a word with a meaning
            cost = costs[stop] + price + penalty - credit * len(spelling)
            if cost < best or (cost == best and stop > end):
                best, end, spelt = cost, stop, spelling
        costs[start], chosen[start] = best, (end, spelt)
    items: list[Item] = []
    start = 0
    while start < count:
        end, spelling = chosen[start]
        items.append(_item(words[start:end], spelling, vocabulary))
        start = end
    items = _before_years(items, vocabulary)
    _join_verbs(items, vocabulary)
    _join_numbers(items)
    return _counted(items, vocabulary)


def _before_years(items: Sequence[Item], vocabulary: Compiled) -> list[Item]:
    """The items, with a verb and its "after" apart before a year: "gingen nach 2018 in Produktion"."""
    result: list[Item] = []
    for item, following in zip(items, (*items[1:], None), strict=False):
        head, last = item.spelling[:-1], item.spelling[-1:]
        number = following.senses.get(Kind.NUMBER) if following is not None else None
        dated = isinstance(number, Numeral) and FIRST_YEAR <= number.value <= LAST_YEAR
        after = any(sense.kind is Kind.AFTER for sense in vocabulary.phrases.get(last, ()))
        if not (
            dated and head and after and head[0] in vocabulary.separable and item.senses.keys() == {Kind.ATTRIBUTE}
        ):
            result.append(item)
            continue
        result.append(Item(" ".join(head), _senses(vocabulary.phrases.get(head, ())), item.gap, spelling=head))
        result.append(Item(last[0], _senses(vocabulary.phrases[last]), spelling=last))
    return result


def _counted(items: list[Item], vocabulary: Compiled) -> list[Item]:
    """The items, with a number of groups where a name of one row could be one too: in "top 3 series" three are meant.

    Among one row there is no first by any amount.
    """
    for place, item in enumerate(items[1:], 1):
        rows, order = item.senses.get(Kind.ROWS), items[place - 1].senses.get(Kind.SUPERLATIVE)
        number, rest = item.spelling[:1], item.spelling[1:]
        ranked = items[place - 1].has(Kind.TOP) and isinstance(order, Order) and order.attribute == Attribute.QUANTITY
        if not ranked or not isinstance(rows, RowSet) or len(rows.rows) != 1 or not rest or not number[0].isdigit():
            continue
        senses = _senses(vocabulary.phrases.get(rest, ()))
        if Kind.ATTRIBUTE not in senses or number[0] == "1":
            continue
        numeral = Item(number[0], {Kind.NUMBER: Numeral(int(number[0]))}, item.gap, spelling=number)
        noun = Item(" ".join(rest), senses, length=len(rest), spelling=rest)
        return [*items[:place], numeral, noun, *items[place + 1 :]]
    return items


def _price(sense: Sense) -> tuple[float, float]:
    """What a phrase of this sense costs, and what each of its words takes off."""
    if sense.kind is Kind.FILL:
        return 0.9, 0  # of two ways to cut a stretch, more of it is filling
    credit = 0.02 if sense.kind in NAMES else 0
    if isinstance(sense.value, RowSet) and not sense.value.exact and sense.value.facet is None:
        return 1.3, credit  # a mere part of a name, where nothing else explains the words
    return 1.0, credit


def _join_numbers(items: Sequence[Item]) -> None:
    """After a word for "number" a full stop only says that it is short: "turbine no. 1"."""
    for item, following in pairwise(items):
        numbered = item.has(Kind.NTH) and len(item.spelling) == 1 and following.has(Kind.NUMBER)
        if numbered and following.gap == SENTENCE and not following.asked:
            item.senses = {Kind.NTH: item.senses[Kind.NTH]}
            following.gap = 0


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
                    value = (sense.value,) if sense.kind in SEVERAL else sense.value
                    item.senses = {sense.kind: value, **{k: v for k, v in item.senses.items() if k == Kind.AUX}}
                    later.senses = {Kind.FILL: None}
                    break


def _phrases_at(words: Sequence[_Word], start: int, vocabulary: Compiled) -> list[tuple[int, Spelling, float]]:
    """The phrases that begin at a word: the place after each, its spelling, and what doubt there is about it."""
    phrases, longest = vocabulary.phrases, vocabulary.longest
    found: list[tuple[int, Spelling, float]] = []
    spelt: list[tuple[Spelling, float]] = [((), 0.0)]
    limit = max([longest.get(spelling, 0) for spelling in words[start].spellings])
    for stop in range(start + 1, min(len(words), start + limit) + 1):
        word = words[stop - 1]
        if stop - start > 1 and word.gap:
            break
        if len(word.spellings) == 1:
            spelt = [(spelling + word.spellings, doubt) for spelling, doubt in spelt]
        else:
            doubted = DOUBT_OF_WORDS if word.certain else DOUBT
            spelt = [
                ((*spelling, each), doubt + doubted * place)
                for spelling, doubt in spelt
                for place, each in enumerate(word.spellings)
            ][:MOST_SPELLINGS]
        for spelling, doubt in spelt:
            if spelling in phrases:
                found.append((stop, spelling, doubt))
    return found


def _words(tokens: Sequence[Token], vocabulary: Compiled) -> list[_Word]:
    words: list[_Word] = []
    recovered = 0
    for token in tokens:
        text = token.text
        if token.value is not None:
            ordinal = token.dotted and vocabulary.dotted_ordinals and not LONGEST_ORDINAL <= token.value <= LAST_YEAR
            numeral = Numeral(token.value, ordinal)
            words.append(_Word((text,), token, token.gap, token.asked, True, {Kind.NUMBER: numeral}))
            continue
        if token.day is not None:
            words.append(_Word((text,), token, token.gap, token.asked, True, _date(token.day)))
            continue
        if text == "-":
            words.append(_Word(("-",), token, 0, False, True, {Kind.TO: None}))
            continue
        as_typed = ((text,),) if text in vocabulary.words else ()
        meant = recover(text, vocabulary) if recovered < MOST_RECOVERED else as_typed
        recovered += meant != as_typed or not meant
        if len(meant) == 1 and meant == as_typed:
            words.append(_Word((text,), token, token.gap, token.asked, True))
            continue
        certain = meant[:1] == ((text,),)
        spoken = None if certain or len(text) > LONGEST_WORD else _numeral(token.original, vocabulary.language)
        if spoken is not None:
            words.append(_Word((text,), token, token.gap, token.asked, True, {Kind.NUMBER: spoken}))
            continue
        single = tuple(each[0] for each in meant if len(each) == 1)
        if (single and not single[0].isdigit()) or not meant:
            borrowed = not single and not vocabulary.is_common(text)
            senses = _senses(borrowed_words(vocabulary.language).get(text, ())) if borrowed else NOTHING
            words.append(_Word(single or (text,), token, token.gap, token.asked, certain, senses))
            continue
        words.extend(_apart(meant[0], token, vocabulary))
    return words


def _date(day: tuple[int, int, int]) -> Mapping[Kind, Any]:
    try:
        return {Kind.DATE: PartialDate(*day)}
    except ValueError:
        return UNKNOWN


def _apart(meant: Words, token: Token, vocabulary: Compiled) -> Iterator[_Word]:
    """The words that were run together to one token."""
    for place, text in enumerate(meant):
        senses: dict[Kind, Any] = {}
        if text.isdigit() and len(text) <= LONGEST_NUMBER:
            senses[Kind.NUMBER] = Numeral(int(text))
        for sense in vocabulary.phrases.get((text,), ()):
            if not place and isinstance(sense.value, Numeral) and sense.value.ordinal:
                senses[Kind.NUMBER] = sense.value  # "achtmeist…" is the eighth most, not the eight most
        gap: Break = 0 if place else token.gap
        yield _Word((text,), token, gap, token.asked and not place, False, senses, not place)


@lru_cache(4096)
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


def _item(words: Sequence[_Word], spelling: Spelling, vocabulary: Compiled) -> Item:
    first = words[0]
    senses = vocabulary.senses.get(spelling)
    if senses is None:
        senses = vocabulary.senses[spelling] = _senses(vocabulary.phrases.get(spelling, ()))
    if len(words) == 1:
        if first.senses:
            senses = {**senses, **first.senses}
        return Item(
            first.token.original if first.first else "",
            senses or UNKNOWN,
            first.gap,
            first.asked,
            first.certain,
            1,
            spelling,
        )
    typed = " ".join(dict.fromkeys([word.token.original for word in words if word.first]))
    certain = all(word.certain for word in words)
    return Item(typed, senses or UNKNOWN, first.gap, first.asked, certain, len(words), spelling)


def corrections(items: Sequence[Item], own: Collection[str]) -> tuple[int, int]:
    """How many slips were corrected, and how many of the words meant are none of a language's own: fewer fit better."""
    corrected = [item for item in items if not item.certain]
    slips = sum(OSA.distance(item.text, " ".join(item.spelling)) for item in corrected)
    return slips, sum(word not in own for item in corrected for word in item.spelling)
