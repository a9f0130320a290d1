"""From what a person typed to tokens: mentions, markup and marks removed, letters folded, numbers read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

MAXIMUM_LENGTH = 4000
"""Characters of a question that are read: the longest message that Discord allows."""

MAXIMUM_TOKENS = 160
"""Words that a message may have to be read; three times the longest story in the sets of questions."""

FIRST_SHORT_YEAR = 69
"""Years of two digits from this one on are of the last century."""

Break = Literal[0, 1, 2]
"""What stands before a token: nothing, a comma or the like, the end of a sentence."""


class Token(NamedTuple):
    """One word, number, code or sign of a question."""

    text: str
    """Folded: lower case, without accents."""
    original: str
    """As typed, in lower case with its accents."""
    value: int | float | None = None
    """The number that the token is, if it is written in digits alone."""
    gap: Break = 0
    asked: bool = False
    """Whether the break before the token was a question mark."""
    dotted: bool = False
    """Whether a full stop follows at once, which makes an ordinal in some languages."""
    day: tuple[int, int, int] | None = None
    """The year, month and day that the token writes in digits."""


_MARKS = re.compile(r"[<@:\x1b\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\u00ad]")
"""A sign without which nothing is to be removed."""
_REMOVED = re.compile(
    r"<(?:@[!&]?|#|a?:\w+:)\d+>|<t:-?\d+(?::\w)?>|(?i:https?)://\S+|\x1b\[[0-9;]*[A-Za-z]|@\w+"
    r"|(?<!\w):[A-Za-z]\w*:(?!\w)|(?<=!!)1+|(?<=\?!)1+"
    r"|[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\u00ad]"
)
_STRUCK = re.compile(r"~~[^~\n]+~~")
_SPACES = re.compile(r" [^\S\n]+|[^\S\n ][^\S\n]*")
"""Spaces that are not a single plain one."""
_APOSTROPHE = re.compile(r"['’‘`´ʼ](?<=\w.)(?=\w)")
_PILED = re.compile(r"[\u0300-\u036f]{2,}")
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_][^\W_]*)"
    r"|(?P<short>(?<!\w)['’‘]\d\d(?![\w'’]))"
    r"|(?P<date>(?<![\w.,/])\d{1,2}(?:\.\d{1,2}\.|/\d{1,2}/)\d{4}(?![\w]|[./]\d))"
    r"|(?P<grouped>(?<![\w.,])\d{1,3}(?:[.,'’ \u202f\u00a0]\d{3})+(?!\d|[.,]\d))"
    r"|(?P<decimal>(?<![\w.,])\d+[.,]\d+(?![\w]|[.,]\d))"
    r"|(?P<digits>\d[^\W_]*)"
    r"|(?P<stop>[.!?;:\n…]+)"
    r"|(?P<pause>[,()\[\]\"“”„|\U0001f300-\U0001faff\u2600-\u27bf]+|\s[-–—]+\s)"
    r"|(?P<range>(?<=\d)\s?[-–—]\s?(?=\d))"
    r"|(?P<sign>>=|<=|≥|≤|[%+&/=<>#№])"
)


def fold(text: str) -> str:
    """Lower case without accents: what spellings are compared by."""
    text = text.casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    for sign in set(decomposed):
        if unicodedata.combining(sign):
            decomposed = decomposed.replace(sign, "")
    return decomposed.casefold()  # some signs stand for capital letters


def clean(text: str) -> str:
    """The words of a message alone: no mentions, links, control characters or marks of typography."""
    text = text[:MAXIMUM_LENGTH]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)[:MAXIMUM_LENGTH]  # one sign may become eighteen
    if _MARKS.search(text):
        text = _REMOVED.sub(" ", text)
    if "~~" in text:
        kept = _STRUCK.sub(" ", text)
        # Who strikes out all but a few words of manners plays with markup, and means it all the same.
        text = kept if 2 * _letters(kept) >= _letters(text) else text
    return _APOSTROPHE.sub("", _SPACES.sub(" ", text))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def tokenize(text: str, *, message: bool = True) -> tuple[Token, ...]:
    """The tokens of a message, or of a phrase of the vocabulary, in which every sign counts."""
    text = clean(text).casefold()
    if not text.isascii():
        # Piled-up combining marks belong to no letter of any language read here.
        text = unicodedata.normalize("NFC", _PILED.sub("", unicodedata.normalize("NFKD", text)))
    tokens: list[Token] = []
    gap: Break = 0
    asked = False
    for match in _TOKEN.finditer(text):
        if len(tokens) > MAXIMUM_TOKENS:
            break  # it is too long already
        kind, found = match.lastgroup, match.group()
        if kind == "stop":
            dotted = found == "." and match.end() < len(text) and tokens and tokens[-1].value is not None
            if dotted:
                tokens[-1] = _with_dot(tokens[-1])
                gap = max(gap, 1)
            elif found == "." and tokens and _is_coded(text, match.start(), match.end()):
                pass  # "R2.2" is one code
            elif found == "." and tokens and _abbreviates(tokens[-1], text, match.end()):
                pass  # "no. 5" is no end of a sentence
            elif found == ":" and not text[match.end() : match.end() + 1].isspace():
                gap = max(gap, 1)
            else:
                gap, asked = 2, asked or "?" in found
            continue
        if kind == "pause":
            gap = max(gap, 1)
            continue
        if message and kind == "sign" and (gap or not tokens) and _before_word(text, match.end()):
            continue  # Discord's marks of a quotation or a heading; ``> 100000`` is a condition
        if kind == "date":
            tokens.append(Token(found, found, None, gap, asked, day=_day(found)))
            gap, asked = 0, False
            continue
        folded = "-" if kind == "range" else found if found.isascii() else fold(found)
        tokens.append(Token(folded, found, None if kind == "word" else _number(kind, found), gap, asked))
        gap, asked = 0, False
    return tuple(tokens)


def _day(found: str) -> tuple[int, int, int]:
    """Year, month and day of a date in digits: the day first, where it can be."""
    day, month, year = (int(each) for each in re.split(r"[./]", found))
    return (year, day, month) if month > MONTHS >= day else (year, month, day)


MONTHS = 12


def _is_coded(text: str, start: int, end: int) -> bool:
    """Whether a full stop stands inside of a code: between digits, and no number."""
    return text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()


def _abbreviates(token: Token, text: str, end: int) -> bool:
    """Whether a full stop only shortens a word of two letters, before a number."""
    return len(token.text) == len("no") and token.value is None and text[end : end + 2].strip().isdigit()


def _before_word(text: str, place: int) -> bool:
    rest = text[place:].lstrip()
    return rest != "" and not rest[0].isdigit()


def is_too_long(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a message would be read in part only: then none of it is, for its end may change what it asks."""
    return len(text) > MAXIMUM_LENGTH or len(tokens) > MAXIMUM_TOKENS


def _with_dot(token: Token) -> Token:
    return token._replace(dotted=True)


def _number(kind: str | None, found: str) -> int | float | None:
    match kind:
        case "grouped":
            return int(re.sub(r"\D", "", found))
        case "short":
            # Years of two digits as POSIX reads them (%y of strptime): '69 to '99 are of the last century.
            return int(found[1:]) + (1900 if int(found[1:]) >= FIRST_SHORT_YEAR else 2000)
        case "decimal":
            return float(found.replace(",", "."))
        case "digits" if found.isascii() and found.isdigit() and len(found) <= 12:
            return int(found)
    return None
