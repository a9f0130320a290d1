"""Text of a file or of a person inside a reply: it never formats, never mentions anybody, never steers a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_ACTIVE = re.compile(r"[\\*_~`|>#@<\[\]]")
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+\.)(?=\s)")
_ADDRESS = re.compile(r"://|[^\W\d]\.[^\W\d]{2,}")
_UNQUOTED = re.compile(r"[^\w \-'’.,%€$&+/]")
_MARK = re.compile(r"\\([!-/:-@\[-`{-~])\u200b?|(\*\*)")
"""An escaped sign, with the zero-width space that keeps Discord from acting on it, or a mark of bold print."""
_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Controls and whatever begins a new line: Unicode's categories Cc, Zl and Zp."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
MAXIMUM_WORDS = 3
MAXIMUM_WORD = 40


@lru_cache(4096)
def escape(text: str) -> str:
    """The text with every sign that Discord would act on made an ordinary one, in one line."""
    shown = _BREAK.sub(" ", text)
    shown = _ACTIVE.sub(lambda sign: "\\" + sign[0] + (ZERO_WIDTH_SPACE if sign[0] in "@<" else ""), shown)
    return _LIST_MARK.sub(lambda mark: f"{mark[1]}{mark[2][:-1]}\\{mark[2][-1]}", shown)


def bold(text: str) -> str:
    """The text, which is escaped already, in bold print."""
    return f"**{text}**" if text else ""


def spans(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, at least one, each with whether it is bold; the marks and escapes of markdown are gone."""
    strong = False
    part = ""
    place = 0
    for mark in _MARK.finditer(text):
        part += text[place : mark.start()] + (mark[1] or "")
        place = mark.end()
        if mark[2]:
            yield harmless(part), strong
            part, strong = "", not strong
    yield harmless(part + text[place:]), strong


def plain(text: str) -> str:
    """The text without markdown: for a terminal, and where Discord shows markdown as it is typed."""
    return "".join(part for part, _ in spans(text))


def harmless(text: str) -> str:
    """The text without anything that steers a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def capital(text: str) -> str:
    """The text as a sentence begins, also in bold print."""
    start = 2 if text.startswith("**") else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def quotable(words: Iterable[str]) -> tuple[str, ...]:
    """What may be repeated of words that a person wrote: a few, short, letters and figures, no addresses."""
    kept = []
    for word in words:
        if _ADDRESS.search(word):
            continue
        composed = unicodedata.normalize("NFC", word)
        visible = "".join(sign for sign in composed if unicodedata.category(sign)[0] not in "CM")
        short = " ".join(_UNQUOTED.sub(" ", visible).replace("_", " ").split())[:MAXIMUM_WORD].strip(" '’.,-/")
        if any(sign.isalnum() for sign in short):
            kept.append(escape(short))
    return tuple(dict.fromkeys(kept))[:MAXIMUM_WORDS]
