"""The longest message that Discord allows, 4,000 characters of every hostile kind: how long the worst of them takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random

from shared.generated import SEED, SIZES, snapshot
from shared.measuring import machine, median, shown, table, timed

from bot.conversation import Conversation, prepare
from knowledge.loading import load

LENGTH = 4_000
VARIANTS = 3
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _misspelt(random: Random, word: str) -> str:
    place = random.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _nonsense(random: Random, least: int, most: int) -> str:
    return "".join(random.choices(LETTERS, k=random.randint(least, most)))


@dataclass(frozen=True)
class Pieces:
    """What pieces of a message are made from: chance, and the names of a file."""

    random: Random
    names: list[str]

    def name(self) -> str:
        """One of the names."""
        return self.random.choice(self.names)

    def word(self) -> str:
        """A word that questions are made of."""
        return self.random.choice(WORDS)


Kind = Callable[[Pieces], str]
"""Makes one piece of a message."""

KINDS: Mapping[str, Kind] = {
    "one letter": lambda _: "a",
    "one word without end": lambda p: p.random.choice(LETTERS),
    "nonsense words": lambda p: _nonsense(p.random, 3, 12) + " ",
    "short nonsense": lambda p: _nonsense(p.random, 3, 5) + " ",
    "misspelt words": lambda p: _misspelt(p.random, p.word()) + " ",
    "words run together": lambda p: p.word() + ("" if p.random.random() < 0.8 else " "),
    "names": lambda p: p.name() + " ",
    "names with and": lambda p: p.name() + p.random.choice((" and ", ", ", " or ", " vs ")),
    "one name": lambda p: p.names[0] + " ",
    "codes that are not there": lambda p: f"{p.random.choice(LETTERS)}{p.random.randint(1, 999)} ",
    "numbers": lambda p: f"{p.random.randint(0, 10**7)} ",
    "years": lambda p: f"between {p.random.randint(1990, 2030)} and ",
    "digits": lambda p: p.random.choice("0123456789"),
    "grouped numbers": lambda _: "1,000,",
    "words of operations": lambda p: p.word() + " ",
    "questions": lambda p: f"how many {p.name()} were built? ",
    "sentences": lambda p: f"I like the {p.name()}. ",
    "lines": lambda p: p.word() + "\n",
    "punctuation": lambda p: p.random.choice("?!.,;:-–()[]{}\"'*_~`|><@#/\\"),
    "brackets": lambda _: "((((",
    "mentions": lambda p: f"<@{p.random.randint(10**17, 10**18)}>",
    "unfinished mentions": lambda p: p.random.choice(("<@", "<a:", "<t:", "https://", "<#1")),
    "emoji": lambda p: p.random.choice("🚗🙂👋🏽❤️🏁🇩🇪"),
    "piled accents": lambda p: "e" + "\u0301" * p.random.randint(1, 40),
    "other scripts": lambda p: chr(p.random.choice((0x4E00, 0x0430, 0x0627, 0xAC00)) + p.random.randint(0, 30)) + " ",
    "ligatures that grow": lambda _: "\ufdfa",
    "invisible": lambda p: p.random.choice("\u200b\u200d\u2060\ufeff\u00ad "),
    "spaces": lambda _: " ",
    "any characters": lambda p: chr(p.random.randint(32, 0x2FFF)),
}  # fmt: skip
WORDS = (
    "how", "many", "which", "models", "production", "produced", "between", "most", "longest", "second", "average",
    "total", "difference", "percentage", "convertible", "discontinued", "milestone", "million", "quantity", "than",
    "welche", "Modelle", "gebaut", "zwischen", "meisten", "Durchschnitt", "Unterschied", "Stückzahl", "eingestellt",
)  # fmt: skip


def message(kind: Kind, pieces: Pieces) -> str:
    """A message of the greatest length from pieces of one kind."""
    parts: list[str] = []
    length = 0
    while length < LENGTH:
        parts.append(kind(pieces))
        length += len(parts[-1])
    return "".join(parts)[:LENGTH]


def main() -> None:
    """Measure every kind on the facts that ship and on a large file; no message is measured twice."""
    plants = (("shipped", load()), (f"{SIZES[-1]:,} models", snapshot(SIZES[-1])))
    columns: dict[str, dict[str, list[int]]] = {}
    for plant, facts in plants:
        conversation = Conversation(prepare(facts))
        conversation.reply("how many?")
        names = [model.name for model in facts.knowledge.models[:200]]
        columns[plant] = {}
        for name, kind in KINDS.items():
            messages = [message(kind, Pieces(Random(SEED + variant), names)) for variant in range(VARIANTS)]
            columns[plant][name] = [timed(partial(conversation.reply, text)) for text in messages]
    machine()
    rows = [
        (name, *(shown(value) for times in columns.values() for value in (median(times[name]), max(times[name]))))
        for name in KINDS
    ]
    rows.append(
        ("worst of all", *(cell for times in columns.values() for cell in ("", shown(max(map(max, times.values()))))))
    )
    head = [column for plant, _ in plants for column in (f"{plant}: median", "worst")]
    table((f"{LENGTH:,} characters of", *head), rows)


if __name__ == "__main__":
    main()
