"""Ways to write a question differently: some mean the same, some do not."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random

import yaml

from bot.intent.normalise import fold

Transformation = Callable[[str, str, Random], str]
"""A question in a language, written differently."""

EMOJIS = ("🚗", "🙂", "👋🏽", "❤️", "🏁", "🇩🇪", "👨‍🔧", ":blush:", "<:racer:123456789012345678>")
MENTIONS = ("<@123456789012345678>", "<@!123456789012345678>", "@Werkbot", "<@&42424242424242424>")
ENDINGS = ("?", "!", ".", "??", "?!", "!!!", "...", " ?", "…", "?\n")
LONG = 8
"""Letters from which a word is long, so that one slip leaves it recognisable."""

_WORD = re.compile(r"[^\W\d_]+")
_SEVERAL_CLAUSES = re.compile(r"[,.;:!?()–]\s*\w")
_BESIDE_A_DIGIT = re.compile(r"\w*\d\w*")


@cache
def _courtesies(language: str) -> Mapping[str, tuple[str, ...]]:
    text = Path(__file__).with_name("courtesies.yaml").read_text(encoding="utf-8")
    return {place: tuple(phrases) for place, phrases in yaml.safe_load(text)[language].items()}


# -- the same question ----------------------------------------------------------------------------------------------


def greeted(question: str, language: str, random: Random) -> str:
    return random.choice(_courtesies(language)["before"]) + question


def thanked(question: str, language: str, random: Random) -> str:
    """A polite word at the end: "please" before the sign that ends the question, thanks after it."""
    phrase = random.choice(_courtesies(language)["after"])
    stem = question.rstrip("?!. \n")
    if phrase.endswith("!"):
        return (question if question != stem else question + "?") + phrase
    return stem + phrase + question[len(stem) :]


def with_emoji(question: str, language: str, random: Random) -> str:
    emoji = random.choice(EMOJIS)
    return random.choice((f"{emoji} {question}", f"{question} {emoji}", f"{emoji}{emoji} {question} {emoji}"))


def with_mention(question: str, language: str, random: Random) -> str:
    mention = random.choice(MENTIONS)
    return random.choice((f"{mention} {question}", f"{question} {mention}", f"{mention}: {question}"))


def in_other_case(question: str, language: str, random: Random) -> str:
    return random.choice((str.upper, str.lower, str.title, str.swapcase, str.capitalize))(question)


def with_other_end(question: str, language: str, random: Random) -> str:
    return question.rstrip("?!. \n") + random.choice(ENDINGS)


def with_more_space(question: str, language: str, random: Random) -> str:
    """Other space between the words, and lines left empty around them."""
    return (
        random.choice(("", "\n", " "))
        + random.choice(("  ", "\t", "\u00a0", " \u200b")).join(question.split(" "))
        + random.choice(("", "  ", "\n\n"))
    )


def in_markdown(question: str, language: str, random: Random) -> str:
    """As Discord formats it; before a number ``>`` is more than the sign of a quotation."""
    ways = ["**{}**", "*{}*", "__{}__", "||{}||", "`{}`", "~~{}~~", "```\n{}\n```"]
    if not question[:1].isdigit():
        ways += ["> {}", "# {}", "- {}", "* {}", ">>> {}", "-# {}"]
    return random.choice(ways).format(question)


HARMLESS: Mapping[str, Transformation] = {
    "greeting": greeted,
    "thanks": thanked,
    "emoji": with_emoji,
    "mention": with_mention,
    "case": in_other_case,
    "ending": with_other_end,
    "space": with_more_space,
    "markdown": in_markdown,
}


def slips(question: str, known: Container[str]) -> Iterator[tuple[str, str, str]]:
    """Each way to swap or double a letter in a long word: the question, the word as it was and as it is.

    The first letter stays: people see it before they send. ``known``: the words that mean something; others are
    misspelt or run together already, and a second slip would be one too many.
    """
    for match in _WORD.finditer(question):
        word = match.group()
        if len(word) < LONG or _BESIDE_A_DIGIT.match(question, match.end()) or fold(word) not in known:
            continue
        for place in range(1, len(word) - 1):
            swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            doubled = word[: place + 1] + word[place:]
            for slip in (swapped, doubled):
                if slip.lower() != word.lower():
                    yield question[: match.start()] + slip + question[match.end() :], word, slip


# -- another question -----------------------------------------------------------------------------------------------


def other_digits(question: str, names: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Each way to change one digit of a code or a year: the question, the code as it was and as it is.

    Only of questions in one clause: what a story around the question names may not matter to it. A code that begins
    with its digit is left alone, since 1M may be the name of a model and 2M is two million.

    ``names``: the words of the file's names and codes that have a digit and a letter in them, in lower case.
    """
    if _SEVERAL_CLAUSES.search(question):
        return
    for match in re.finditer(r"[^\W_]+", question):
        word = match.group()
        if not (word.lower() in names and word[0].isalpha()) and not re.fullmatch(r"(19|20)\d\d", word):
            continue
        for place, digit in enumerate(word):
            if not digit.isdigit() or (word.isdigit() and place < 2):
                continue  # another century is another kind of number
            for other in "0123456789":
                if other != digit:
                    changed = word[:place] + other + word[place + 1 :]
                    yield question[: match.start()] + changed + question[match.end() :], word, changed
