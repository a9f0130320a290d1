"""Knowledge files about plants that there are not: every name in them is a word of no language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

from bot.intent.common_words import common_words
from bot.intent.phrases import language_phrases
from bot.languages import languages
from knowledge.schema import (
    Fact,
    FactWording,
    Knowledge,
    Milestone,
    Model,
    PartialDate,
    Plant,
    Production,
    Source,
    Vocabulary,
)

FIRST_YEAR, LAST_YEAR, AS_OF = 1950, 2020, PartialDate(2023, 5, 31)
LEAST, MOST = 3_000, 900_000
"""Quantities; none of them could be a year."""
GROWTH, OUTPUT = "growth", "output"


@cache
def spoken() -> frozenset[str]:
    """Every word that means something in a language."""
    common = (common_words(code) for code in languages())
    own = (word for each in languages().values() for words, _ in language_phrases(each) for word in words)
    return frozenset().union(*common) | frozenset(own)


syllables = st.tuples(st.sampled_from("bdfgjklmnprtvwz"), st.sampled_from("aeiou"), st.sampled_from("kmnprtvx")).map(
    "".join
)
words = st.lists(syllables, min_size=2, max_size=3).map("".join).filter(lambda word: word not in spoken())


@st.composite
def productions(draw: st.DrawFn) -> Production:
    """A period in whole years; some have not ended, of some an end is not known."""
    start, end = sorted(draw(st.lists(st.integers(FIRST_YEAR, LAST_YEAR), min_size=2, max_size=2, unique=True)))
    return Production(
        start=PartialDate(start) if draw(st.integers(0, 9)) else None,
        end=draw(st.sampled_from((PartialDate(end), PartialDate(end), PartialDate(end), "present"))),
    )


@dataclass(frozen=True)
class Plan:
    """A knowledge file and the words that it brought for its facet and its products."""

    knowledge: Knowledge
    facet: str
    product: str
    subject: str


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A file of four to nine rows with a facet of its own, two milestones, and a fact with its change."""
    names = iter(draw(st.lists(words, min_size=32, max_size=32, unique=True)))
    plant, product, facet, subject = (next(names) for _ in range(4))
    values = {name: (next(names), next(names)) for name in (facet, "brand", "series", "body")}
    count = draw(st.integers(4, 9))
    numbers = draw(st.lists(st.integers(11, 999), min_size=count, max_size=count, unique=True))
    letters = draw(st.sampled_from("qyj"))
    quantities = draw(st.lists(st.integers(LEAST, MOST), min_size=count, max_size=count, unique=True))
    models = tuple(
        Model(
            name=next(names).title(),
            code=f"{letters.upper()}{number}",
            brand=values["brand"][place % 2].title(),
            series=draw(st.sampled_from(values["series"])).title(),
            body=draw(st.sampled_from(values["body"])).title(),
            facets={facet: draw(st.sampled_from(values[facet]))},
            production=draw(productions()),
            quantity=quantity if draw(st.integers(0, 9)) else None,
        )
        for place, (number, quantity) in enumerate(zip(numbers, quantities, strict=True))
    )
    milestones = tuple(
        Milestone(
            number=number, date=PartialDate(FIRST_YEAR + 10 * place, 3), model=models[place].name, colour=next(names)
        )
        for place, number in enumerate((10_000, 1_000_000))
    )
    facts = (
        Fact(
            id=OUTPUT, unit="products", value=draw(st.integers(LEAST, MOST)), per="year", period=PartialDate(2022),
            wording={code: FactWording(subject=subject) for code in languages()},
        ),
        Fact(
            id=GROWTH, unit="percent", value=draw(st.integers(1, 90)), period=PartialDate(2022), change_of=OUTPUT,
            wording={code: FactWording(subject=next(names)) for code in languages()},
        ),
    )  # fmt: skip
    knowledge = Knowledge(
        plant=Plant(name=plant.title()),
        as_of=AS_OF,
        sources=(Source(id="book", title=next(names)),),
        models=models,
        milestones=milestones,
        facts=facts,
        vocabulary={code: Vocabulary(products=(product, product + "s")) for code in languages()},
    )
    return Plan(knowledge, facet, product, subject)
