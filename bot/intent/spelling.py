"""What a word that is not in the vocabulary was meant to be: run together, misspelt, or a word of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.intent.phrases import own_words
from bot.intent.senses import Kind
from bot.intent.vocabulary import Compiled
from bot.languages import languages

Words = tuple[str, ...]

_DOUBLED = re.compile(r"(.)\1")
_REPEATED = re.compile(r"(.)\1{2,}")
_DIGITS_FIRST = re.compile(r"(\d+)([a-z]+)")
_LETTERS_FIRST = re.compile(r"([a-z]{2,})(\d+)")

LONG_PART = 6
"""Letters of a part of a compound that may be misspelt."""

LONG_COMPOUND = 2 * LONG_PART
"""Letters of a compound whose parts are taken apart though the whole stands inside of a phrase."""

LONGEST_WORD = 40
"""Letters of a word that may be several, or misspelt: the longest names run together have fewer."""

LONGEST_NUMBER_WORD = 12
"""Letters of a number before its last part: "siebenundzwa…" is longer, and nobody counts so far."""

KEYBOARD = ("qwertzuiop", "asdfghjkl", "yxcvbnm", "qwertyuiop", "zxcvbnm")
"""Rows of keys on the keyboards of the languages read here: neighbours are hit by mistake."""

SHORT_SCALES = frozenset({Kind.SCALE, Kind.ORDINAL_SUFFIX, Kind.DECADE_SUFFIX})


REMEMBERED = 4096
"""Words whose meaning is kept after it was looked for; whoever mistypes a word does so again."""

ALTERNATIVES = 3
"""Words that a misspelt one may have been; what stands beside it decides among them."""


def recover(word: str, vocabulary: Compiled) -> tuple[Words, ...]:
    """What a word may stand for in the vocabulary's words, the likeliest first; nothing if it is a word of its own."""
    meant = tuple([(right,) for right in vocabulary.misspellings.get(word, ())])
    if (word,) in vocabulary.phrases:
        return ((word,), *meant)
    remembered = vocabulary.recovered
    if word not in remembered:
        if len(remembered) >= REMEMBERED:
            remembered.clear()
        remembered[word] = _recovered(word, meant, vocabulary)
    return remembered[word]


def _recovered(word: str, meant: tuple[Words, ...], vocabulary: Compiled) -> tuple[Words, ...]:
    known = ((word,),) if word in vocabulary.words else ()
    if meant:
        return (*known, *meant)
    if len(word) > LONGEST_WORD:
        return known
    if any(letter.isdigit() for letter in word):
        return known or _code(word, vocabulary) or _split(word, vocabulary)
    # The list of common words is long: it is not read for a short word that the language's own file has. A longer one
    # may be a compound of which each part means something.
    own = known and len(word) < LONG_COMPOUND and word in own_words(languages()[vocabulary.language])
    if own or vocabulary.is_common(word):
        return known
    squeezed = _squeezed(word, vocabulary)
    if squeezed != word and (squeezed in vocabulary.words or vocabulary.is_common(squeezed)):
        return ((squeezed,),) if squeezed in vocabulary.words else ()
    near = _misspelt(squeezed, vocabulary, 1)
    if near and not any(meant in vocabulary.phrases for meant in near):
        # A misspelt plural of a word that means something alone in the singular.
        near = tuple(dict.fromkeys((*near, *_misspelt(near[0][0], vocabulary, 1))))
    split = () if near else _split(squeezed, vocabulary)
    return (*known, *near, *split) or _misspelt(squeezed, vocabulary, 2)


def _squeezed(word: str, vocabulary: Compiled) -> str:
    """A word shouted with repeated letters as it is spelt: ``manyyyy`` is many, ``alllll`` is all."""
    if not _REPEATED.search(word):
        return word
    single, double = _REPEATED.sub(r"\1", word), _REPEATED.sub(r"\1\1", word)
    spellings = (single, double)
    known = [spelling for spelling in spellings if spelling in vocabulary.words]
    known.sort(key=lambda spelling: (spelling,) not in vocabulary.phrases)  # else a word only inside of some phrase
    return known[0] if known else next((spelling for spelling in spellings if vocabulary.is_common(spelling)), single)


def _code(word: str, vocabulary: Compiled) -> tuple[Words, ...]:
    """A number and a word written together. Codes are exact: what is no such pair stands for nothing else."""
    if match := _DIGITS_FIRST.fullmatch(word):
        digits, letters = match.groups()
        senses = vocabulary.phrases.get((letters,), ())
        kinds = {sense.kind for sense in senses} & SHORT_SCALES
        if len(digits) not in (len("2010"), len("50")) or not digits.endswith("0"):
            if Kind.DECADE_SUFFIX in kinds and len(digits) == len("2013"):
                return ((digits,),)  # a year with the ending of a decade is that year alone
            kinds -= {Kind.DECADE_SUFFIX}
        if kinds or (len(letters) > 2 and letters in vocabulary.words):
            return (match.groups(),)
        if len(letters) > 4 and (parts := _split(letters, vocabulary)):
            return ((match.group(1), *parts[0]),)
        if len(letters) > 4:
            return tuple((match.group(1), *meant) for meant in _misspelt(letters, vocabulary, 1))
    if (match := _LETTERS_FIRST.fullmatch(word)) and (match.group(1),) in vocabulary.phrases:
        return (match.groups(),)
    return ()


def _split(word: str, vocabulary: Compiled) -> tuple[Words, ...]:
    """The words that were run together, two or three of them, with the language's linking letters between."""
    if len(word) < 5:
        return ()
    found = _partitions(word, vocabulary, 3)[:1]
    if found or any(letter.isdigit() for letter in word):
        return tuple(found)
    return tuple(_misspelt_numbers(word, vocabulary))[:1]


def _misspelt_numbers(word: str, vocabulary: Compiled) -> Iterator[Words]:
    """A number word of two parts with a slip in one of them: "zweimilionste", "zwiemillionste"."""
    for end in range(3, min(len(word) - LONG_PART, LONGEST_NUMBER_WORD) + 1):
        head, tail = word[:end], word[end:]
        number, last = _is(head, Kind.NUMBER, vocabulary=vocabulary), _is(tail, *LAST_PARTS, vocabulary=vocabulary)
        if number and not last:
            for (meant,) in _misspelt(tail, vocabulary, 1):
                if _is(meant, *LAST_PARTS, vocabulary=vocabulary):
                    yield head, meant
        elif last and not number:
            for (meant,) in _misspelt(head, vocabulary, 1):
                if _is(meant, Kind.NUMBER, vocabulary=vocabulary):
                    yield meant, tail


LAST_PARTS = (Kind.SCALE, Kind.SUPERLATIVE)
"""What follows a number in one word: "zweimillionste", "zweitlängste"."""


def _is(word: str, *kinds: Kind, vocabulary: Compiled) -> bool:
    return any(sense.kind in kinds for sense in vocabulary.phrases.get((word,), ()))


def _partitions(word: str, vocabulary: Compiled, most: int) -> list[Words]:
    """Ways to read a word as several phrases of one word each, the longest first part first."""
    found: list[Words] = []
    for end in range(len(word) - 2, 1, -1):
        head, rest = word[:end], word[end:]
        if not _is_part(head, vocabulary):
            continue
        rests = [rest, *(rest[len(link) :] for link in vocabulary.links if rest.startswith(link))]
        for tail in rests:
            if _is_part(tail, vocabulary):
                found.append((head, tail))
            elif most > 2 and len(tail) >= 4:
                found.extend((head, *more) for more in _partitions(tail, vocabulary, most - 1))
        if found:
            return found
    return found


def _is_part(word: str, vocabulary: Compiled) -> bool:
    coded = word[:1].isalpha() and word[-1:].isdigit()
    senses = vocabulary.phrases.get((word,), ())
    # People make no compounds of what only tells a story: "clubman" is a name.
    told = all(sense.kind is Kind.NARRATOR for sense in senses)
    return (len(word) > 2 or word in vocabulary.joined or (coded and len(word) > 1)) and not told


def _nearest(word: str, length: int, cutoff: int, vocabulary: Compiled) -> Collection[str]:
    """The words of a length that so few slips lead to."""
    candidates: Collection[str] = vocabulary.by_length.get(length, ())
    if cutoff == 1:
        # One slip, even two letters swapped, leaves the first or the last letter of a longer word as it is.
        first, last = vocabulary.ends(length)
        candidates = {*first.get(word[0], ()), *last.get(word[-1], ())}
    found = process.extract(word, list(candidates), scorer=OSA.distance, score_cutoff=cutoff, limit=None)
    return [choice for choice, _, _ in found]


def _misspelt(word: str, vocabulary: Compiled, most: int) -> tuple[Words, ...]:
    """The words that differ by the fewest slips, at most one for short words and two for long ones."""
    if len(word) < 3 or most > (2 if len(word) > 6 else 1):
        return ()
    found: list[tuple[tuple[float, ...], str]] = []
    for length in range(len(word) - most, len(word) + most + 1):
        for choice in _nearest(word, length, most, vocabulary):
            if word[1:] == choice:
                continue  # a letter put before a name is mostly meant: "mcoupe"
            slips = _slips(word, choice)
            if slips > most or not _is_likely(word, choice):
                continue
            badness = (slips, word[0] != choice[0], (choice,) not in vocabulary.phrases, abs(len(word) - len(choice)))
            found.append((badness, choice))
    found.sort()
    return tuple((choice,) for _, choice in found[:ALTERNATIVES])


def _slips(word: str, choice: str) -> float:
    """What it takes to mistype a word: letters swapped, left out, doubled or hit beside cost less than others."""
    rows = [[float(column) for column in range(len(choice) + 1)]]
    for i, letter in enumerate(word, 1):
        row = [float(i)]
        for j, wanted in enumerate(choice, 1):
            cost = 0.0 if letter == wanted else 0.9 if _neighbours(letter, wanted) else _far(letter, wanted)
            doubled = i > 1 and letter == word[i - 2]
            best = min(rows[i - 1][j - 1] + cost, rows[i - 1][j] + (0.8 if doubled else 1.0), row[j - 1] + 0.9)
            if i > 1 and j > 1 and letter == choice[j - 2] and word[i - 2] == wanted:
                best = min(best, rows[i - 2][j - 2] + 0.8)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


VOWELS = frozenset("aeiouy")
ALIKE = frozenset({"sz", "ck", "vw", "fv", "mn", "dt", "bp", "gj", "cs", "kq"})
"""Consonants that sound alike."""


def _far(letter: str, wanted: str) -> float:
    """A wrong letter: people confuse letters by their sound; another wrong consonant makes another word."""
    alike = (letter in VOWELS and wanted in VOWELS) or letter + wanted in ALIKE or wanted + letter in ALIKE
    return 1.0 if alike else 1.2


def _is_likely(word: str, choice: str) -> bool:
    """Whether so short a word can be this one: with three letters, another letter is mostly another word."""
    if min(len(word), len(choice)) > 3:
        return True
    if sorted(word) == sorted(choice):
        return True
    if _DOUBLED.sub(r"\1", word) == choice:
        return True
    if len(choice) == 4:
        return word[0] == choice[0] and word[-1] == choice[-1]
    return len(word) == len(choice) and any(_neighbours(a, b) for a, b in zip(word, choice, strict=True) if a != b)


_BESIDE = frozenset(pair for row in KEYBOARD for one, two in pairwise(row) for pair in (one + two, two + one))


def _neighbours(one: str, other: str) -> bool:
    return one + other in _BESIDE
