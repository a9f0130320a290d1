"""Texts as they are compared: what is written differently and read alike is the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

from bot.languages import languages

_APOSTROPHES = re.compile("[’‘`´ʼ′]")
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\r\n]")
_INVISIBLE = re.compile("[\u200b\u2060]")
_EMPHASIS = re.compile(r"[*_]+(?=\S)|(?<=\S)[*_]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae"})

_GROUPING = (",", ".", "'", " ")
"""Signs that may stand between groups of three digits."""
_NO_GROUP_FOLLOWS = r"(?![.,']\d{3}(?!\d))"

_WORD = re.compile(r"(?<![a-z0-9.,])\d{1,3}[.,]\d{1,2}(?![a-z0-9])(?![.,]\d)|[a-z0-9]+")
_WHOLE = re.compile(r"[a-z0-9]*\d[a-z0-9]*|\d+[.,]\d+")
"""A number or a code: only a whole word is the same one."""
_SHORT = re.compile(r"[a-z]{1,3}")

_LIST_OF_YEARS = re.compile(r"(?<=\d{4}),\s*(?=\d{4})")
_DECIMAL_SIGN = re.compile(r"(?<=\d)[,.](?=\d)")
_KEPT = "\0"

_SHORTEST_OPEN_START, _SHORTEST_OPEN_END = 4, 3
"""Letters that the first and the last word of a phrase need to match as a part of a longer word."""


@cache
def _words(name: str) -> tuple[str, ...]:
    """Words that judging needs, of all languages."""
    lists = (language.section("terminal")["evaluate"]["words"][name] for language in languages().values())
    return tuple(word for each in lists for word in each.split(", "))


@cache
def _grouped() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each grouping sign the numbers grouped by it; "3.884 million" is a decimal and not one of them."""
    ends = ((word, r"\b" if word.isalpha() and len(word) <= 3 else "") for word in _words("scales"))
    scales = "|".join(re.escape(word) + end for word, end in ends)
    patterns = []
    for sign in _GROUPING:
        end = r"(?!\w)" if sign == " " else r"(?!\d)"
        decimal = rf"(?!\s*(?:%|{scales}))" if sign in ",." else ""
        pattern = rf"(?<!\w)(?<!\d[.,'])\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+{end}{_NO_GROUP_FOLLOWS}{decimal}"
        patterns.append((sign, re.compile(pattern)))
    return tuple(patterns)


@cache
def _denial() -> re.Pattern[str]:
    """Any word by which a text denies something; ``*`` stands for what a word may begin or end with."""
    patterns = []
    for word in (*_words("denials"), "0"):
        start = "" if word.startswith("*") else r"\b"
        rest = r"\w*" if word.endswith("*") else ""
        patterns.append(rf"{start}{re.escape(word.strip('*'))}{rest}\b")
    return re.compile("|".join(patterns))


def comparable(text: str) -> str:
    """A text in lower case without accents and emphasis, with one kind of each sign and no signs between thousands."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _INVISIBLE.sub("", _SPACES.sub(" ", _APOSTROPHES.sub("'", text)))
    text = _DASHES.sub("-", _EMPHASIS.sub("", text))
    text = re.sub(" +", " ", text)
    for sign, pattern in _grouped():
        text = pattern.sub(lambda found, sign=sign: found.group().replace(sign, ""), text)  # type: ignore[misc]  # mypy does not infer a lambda with a default
    text = re.sub(r"\s*-+\s*", "-", text)
    return re.sub(r"\s+", " ", text).strip()


def _phrase(text: str) -> str:
    """The words of a comparable text with single spaces between; enumerated years stay apart."""
    text = _LIST_OF_YEARS.sub(" ; ", text)
    text = _DECIMAL_SIGN.sub(_KEPT, text).replace("-", " ")
    text = re.sub(rf"[^a-z0-9{_KEPT}; ]", " ", text).replace(_KEPT, ".")
    return re.sub(r"\s+", " ", text).strip()


@dataclass(frozen=True)
class Said:
    """What a reply says, ready to be searched."""

    text: str

    @cached_property
    def comparable(self) -> str:
        """The text as it is compared."""
        return comparable(self.text)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word.replace(",", ".") for word in _WORD.findall(self.comparable))

    @cached_property
    def _phrase(self) -> str:
        return _phrase(self.comparable)

    @property
    def denies(self) -> bool:
        """Whether a word of denial is in it."""
        return _denial().search(self.comparable) is not None

    def holds(self, wanted: str) -> bool:
        """Whether a number, a code, a word or a phrase is in it."""
        wanted = comparable(wanted)
        core = wanted.strip(" .,!?:;()%\"'")
        if _WHOLE.fullmatch(core):
            return core.replace(",", ".") in self._words
        if _SHORT.fullmatch(core):
            return core in self._words
        phrase = _phrase(wanted)
        if not phrase:
            return wanted in self.comparable
        first, last = phrase.split()[0], phrase.split()[-1]
        left = r"(?<![a-z0-9])" if len(first) < _SHORTEST_OPEN_START or re.search(r"\d", first) else ""
        right = r"(?![a-z0-9])" if len(last) < _SHORTEST_OPEN_END or re.search(r"\d", last) else ""
        return re.search(left + re.escape(phrase) + right, self._phrase) is not None
