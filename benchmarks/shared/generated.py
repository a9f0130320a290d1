"""Knowledge files of any size about a plant that there is not, and questions about them; the same at every run."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import product
from random import Random

import yaml

from knowledge.schema import Knowledge, Model, PartialDate, Plant, Production, Source
from knowledge.snapshot import Snapshot

SIZES = (20, 200, 2_000, 20_000)
SEED = 4_000_000

_ONSETS, _VOWELS, _CODAS = "bdfgklmnprtvz", "aeiou", "knprtx"
_BRANDS, _SERIES, _BODIES = 4, 40, ("Sedan", "Coupé", "Convertible", "Estate")

TEMPLATES = (
    "how many {} were built",
    "when was the {} built",
    "what is the code of the {}",
    "how long was the {} in production",
    "which body style does the {} have",
    "is the {} still in production",
)
"""What a bot that stores its questions would store for each name: 120 of them for 20 names."""

QUESTIONS = (
    "how many {name} were built?",
    "hey, quick one: how many of the {name} did they make in total?",
    "{code} units",
    "when did the {name} start",
    "was the {name} built in {year}?",
    "{name} or {other}, which was built more",
    "which {series} models were still in production in {year}?",
    "how many {body}s were built in total",
    "which model was built the most",
    "how mnay {name} wree biult",
    "how many {name} were sold in Germany",
    "what is the weather like tomorrow",
)


def _words(random: Random, count: int) -> list[str]:
    """Different words of five letters and more that are in no language."""
    stems = ["".join(letters) for letters in product(_ONSETS, _VOWELS, _CODAS, _VOWELS, _CODAS)]
    random.shuffle(stems)
    return [
        stem.title() + ("" if turn == 0 else stems[turn]) for turn in range(1 + count // len(stems)) for stem in stems
    ][:count]


@cache
def knowledge(size: int) -> Knowledge:
    """A file with so many models."""
    random = Random(SEED)
    names = _words(random, size + _BRANDS + _SERIES)
    brands, series = names[size : size + _BRANDS], names[size + _BRANDS :]
    models = []
    for number in range(size):
        start = random.randint(1950, 2015)
        end = "present" if random.random() < 0.1 else PartialDate(start + random.randint(1, 9))
        models.append(
            Model(
                name=names[number],
                code=f"{random.choice('QYJ')}{number + 11}",
                brand=random.choice(brands),
                series=random.choice(series),
                body=random.choice(_BODIES),
                production=Production(start=PartialDate(start), end=end),
                quantity=random.randint(3_000, 900_000),
            )
        )
    return Knowledge(
        plant=Plant(name="Hill Works"),
        as_of=PartialDate(2024, 12, 31),
        sources=(Source(id="book", title="The book of the works"),),
        models=tuple(models),
    )


def snapshot(size: int) -> Snapshot:
    """The file as if it had been loaded."""
    return Snapshot(knowledge(size), f"{size} models", "", datetime(2025, 1, 1, tzinfo=UTC))


def text(size: int) -> str:
    """The file as YAML."""
    data = knowledge(size).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return str(yaml.dump(data, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), allow_unicode=True))


def questions(size: int, count: int) -> list[str]:
    """Questions about the file, no two about the same models."""
    random = Random(SEED + 1)
    models = knowledge(size).models
    asked = []
    for number in range(count):
        one, other = random.sample(models, 2)
        asked.append(
            QUESTIONS[number % len(QUESTIONS)].format(
                name=one.name,
                code=one.code,
                other=other.name,
                series=one.series,
                body=one.body,
                year=random.randint(1955, 2020),
            )
        )
    return asked


def stored(size: int) -> list[str]:
    """The strings that a bot that stores its questions would have."""
    return [template.format(model.name) for model in knowledge(size).models for template in TEMPLATES]
