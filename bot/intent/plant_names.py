"""Questions about the plant that a knowledge file lists, with the plant's own name in the place of "the plant"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.intent.phrases import Words, words_of
from bot.intent.senses import Kind, Sense
from knowledge.relations import Relations

Phrases = Mapping[Words, Sequence[Sense]]

ASKING = frozenset({Kind.WHO, Kind.WHICH, Kind.WHEN, Kind.HOW_MANY, Kind.HOW_LONG, Kind.WHEREABOUTS})


def named_plant(phrases: Phrases, relations: Relations) -> Iterator[tuple[Words, Sense]]:
    """Whole questions for facts, "who founded the works", as people ask them of the plant by its name."""
    plant = relations.knowledge.plant
    names = [words for name in dict.fromkeys((plant.name, *plant.aliases)) for words in words_of(name)]
    for fact in relations.knowledge.facts:
        sense = Sense(Kind.FACT, fact.id)
        for wording in fact.wording.values():
            for spelling in (words for phrase in wording.ask for words in words_of(phrase)):
                found = _plant_in(spelling, phrases)
                if found is not None and _asks(spelling, phrases):
                    start, end = found
                    yield from (((*spelling[:start], *name, *spelling[end:]), sense) for name in names)


def _asks(spelling: Words, phrases: Phrases) -> bool:
    beginnings = (phrases.get(spelling[:length], ()) for length in (1, 2))
    return any(sense.kind in ASKING for senses in beginnings for sense in senses)


def _plant_in(spelling: Words, phrases: Phrases) -> tuple[int, int] | None:
    """Where a phrase has a word for a plant: from its article on."""
    for place, word in enumerate(spelling):
        if any(sense.kind is Kind.PLANT_NOUN for sense in phrases.get((word,), ())):
            article = place and any(sense.kind is Kind.FILL for sense in phrases.get((spelling[place - 1],), ()))
            return place - (1 if article else 0), place + 1
    return None
