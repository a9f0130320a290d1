"""The vocabulary of one language and one knowledge file: every phrase that questions may hold, and what it means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from bot.intent.common_words import common_words
from bot.intent.phrases import APART, Words, borrowed_words, language_phrases, phrases_of, words_of
from bot.intent.plant_names import named_plant
from bot.intent.senses import Kind, RowSet, Sense, Variant
from bot.languages import Language
from knowledge.query import Attribute, Condition, Equals, all_of
from knowledge.relations import FACETS, Relations
from knowledge.schema import Model, Vocabulary

SHORTEST_PART = 4
"""Letters of a single word that may stand for a name that it is only a part of."""

Letters = Mapping[str, Sequence[str]]
"""Words by one of their letters."""


@dataclass(frozen=True)
class Compiled:
    """Phrases by their words, with what is needed to look them up fast."""

    language: str
    phrases: Mapping[Words, tuple[Sense, ...]]
    longest: Mapping[str, int]
    """The most words that a phrase has that begins with a word."""
    words: frozenset[str]
    """Every word of a phrase."""
    suffixes: tuple[str, ...]
    links: tuple[str, ...]
    joined: frozenset[str]
    """Words of two letters that people run together with others."""
    misspellings: Mapping[str, tuple[str, ...]]
    """Misspellings that are words themselves, and what they were meant to be."""
    dotted_ordinals: bool
    """Whether the language writes ordinals as numbers with a full stop."""
    separable: Mapping[str, tuple[tuple[Words, Sense], ...]]
    """By the first word of a verb in two parts: its other part, which stands later, and what they mean together."""

    senses: dict[Words, Mapping[Kind, object]] = field(default_factory=dict)
    """What phrases mean by the kinds of their senses, for those that were asked with before."""
    by_ends: dict[int, tuple[Letters, Letters]] = field(default_factory=dict)
    """``by_length`` by their first and by their last letters, for the lengths that were asked for."""
    recovered: dict[str, tuple[Words, ...]] = field(default_factory=dict)
    """What words were found to stand for that are not written as in the vocabulary, for the last ones."""

    @cached_property
    def by_length(self) -> Mapping[int, tuple[str, ...]]:
        """Words of letters alone, by their length: what a misspelt word may have been."""
        found: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            if word.isalpha() and len(word) > 2:
                found[len(word)].append(word)
        return {length: tuple(words) for length, words in found.items()}

    def make_ready(self) -> None:
        """Build now what the first misspelt word would have to wait for."""
        common_words(self.language)
        borrowed_words(self.language)
        for length in self.by_length:
            self.ends(length)

    def ends(self, length: int) -> tuple[Letters, Letters]:
        """The words of a length by their first and by their last letters."""
        if length not in self.by_ends:
            first: dict[str, list[str]] = defaultdict(list)
            last: dict[str, list[str]] = defaultdict(list)
            for word in self.by_length.get(length, ()):
                first[word[0]].append(word)
                last[word[-1]].append(word)
            self.by_ends[length] = dict(first), dict(last)
        return self.by_ends[length]

    def is_common(self, word: str) -> bool:
        """Whether a word is one of the language's own."""
        return word in common_words(self.language)


def compile_vocabulary(language: Language, relations: Relations) -> Compiled:
    """Everything that a question in a language may name on one knowledge file."""
    words = language.section("words")
    suffixes = tuple(phrases_of(words.get("plural_suffix", "")))
    phrases: dict[Words, list[Sense]] = defaultdict(list)

    def add(phrase: str, sense: Sense, plural: bool = False) -> None:
        for spelling in _spellings(phrase) if plural else words_of(phrase):
            if not spelling:
                continue
            _put(phrases, spelling, sense)
            if plural:
                for word in _plurals(spelling[-1], suffixes):
                    _put(phrases, (*spelling[:-1], word), sense)

    separable = _add_language(phrases, language)
    for phrase, sense in _plant_phrases(relations):
        add(phrase, sense)
    for code, further in relations.knowledge.vocabulary.items():
        for phrase, sense in _further_phrases(further, own=code == language.code):
            add(phrase, sense)
    for phrase, sense in _fact_phrases(relations):
        add(phrase, sense)
    for spelling, sense in [*named_plant(phrases, relations)]:
        _put(phrases, spelling, sense)
    for phrase, sense in _row_phrases(relations):
        add(phrase, sense, plural=True)
    _add_nouns(phrases, relations)
    for phrase, sense in _milestone_phrases(relations):
        add(phrase, sense)
    _add_parts_of_names(phrases, relations, suffixes)
    _add_parts_of_values(phrases, relations)
    links = tuple(phrases_of(words.get("compound_link") or ""))
    compiled = _compiled(language.code, phrases, suffixes, links, _misspellings(words.get("misspellings") or ""))
    joined = frozenset(phrases_of(words.get("run_together") or ""))
    verbs = {verb: tuple(parts) for verb, parts in separable.items()}
    return replace(compiled, joined=joined, separable=verbs, dotted_ordinals=bool(words.get("dotted_ordinals")))


def _add_language(phrases: dict[Words, list[Sense]], language: Language) -> dict[str, list[tuple[Words, Sense]]]:
    """Add a language's own phrases; what is returned are its verbs in two parts, by their first."""
    separable: dict[str, list[tuple[Words, Sense]]] = defaultdict(list)
    for words, sense in language_phrases(language):
        if APART not in words:
            senses = phrases[words]
            if not senses or (senses[-1] is not sense and sense not in senses):
                senses.append(sense)
            continue
        middle = words.index(APART)
        verb, particle = words[:middle], words[middle + 1 :]
        separable[verb[0]].append((particle, sense))
        for part in (verb, particle):
            _put(phrases, part, Sense(Kind.FILL))
    return separable


def _misspellings(entry: str) -> dict[str, tuple[str, ...]]:
    meant: dict[str, list[str]] = defaultdict(list)
    for pair in phrases_of(entry):
        wrong, _, right = pair.partition(" = ")
        for spelling in words_of(right):
            meant[wrong].extend(spelling)
    return {wrong: tuple(right) for wrong, right in meant.items()}


_BORDER = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")


def _spellings(name: str) -> tuple[Words, ...]:
    """A name's words, and these with every code of letters and digits joined and apart: ``x1`` and ``x 1``."""
    spellings: list[Words] = []
    for words in words_of(name):
        apart = tuple(part for word in words for part in _BORDER.split(word))
        joined: list[str] = []
        for word in words:
            if joined and joined[-1].isdigit() != word.isdigit() and (joined[-1] + word).isalnum():
                joined[-1] += word
            else:
                joined.append(word)
        spellings += [words, apart, tuple(joined)]
    return tuple(dict.fromkeys(spellings))


def _plurals(word: str, suffixes: tuple[str, ...]) -> tuple[str, ...]:
    """A name's plurals; a code's is its plain one, and a letter or two have none: "D" is not "der"."""
    if not word[-2:].isalpha():
        return (word + suffixes[0],) if suffixes else ()
    return tuple(word + suffix for suffix in suffixes) if len(word) > 2 else ()


def _put(phrases: dict[Words, list[Sense]], spelling: Words, sense: Sense) -> None:
    senses = phrases[spelling]
    if isinstance(sense.value, RowSet):
        for place, other in enumerate(senses):
            if isinstance(other.value, RowSet):
                senses[place] = Sense(Kind.ROWS, _united(other.value, sense.value))
                return
    if sense not in senses:
        senses.append(sense)


def _united(one: RowSet, other: RowSet) -> RowSet:
    """What words mean that name rows in two ways: by a name that is theirs alone first, else all of these rows."""
    if one.rows == other.rows:
        chosen = one if one.exact and not one.facet else other if other.exact else one
        return chosen if chosen.wider else replace(chosen, wider=one.wider or other.wider)
    if one.exact != other.exact:
        exact, wider = (one, other) if one.exact else (other, one)
        return replace(exact, wider=wider) if wider.facet and exact.rows < wider.rows else exact
    if one.facet and not other.facet:
        return other
    if other.facet and not one.facet:
        return one
    keys = tuple(
        dict.fromkeys(
            key
            for each in (one, other)
            if isinstance(each.condition, Equals) and each.condition.attribute == Attribute.KEY
            for key in each.condition.values
        )
    )
    if keys:
        return RowSet(one.rows | other.rows, Equals(Attribute.KEY, keys), one.exact, None, one.code and other.code)
    return one


def _plant_phrases(relations: Relations) -> Iterator[tuple[str, Sense]]:
    plant = relations.knowledge.plant
    for name in (plant.name, *plant.aliases, *((plant.place,) if plant.place else ())):
        yield name, Sense(Kind.PLANT)
    if plant.owner:
        yield plant.owner, Sense(Kind.OWNER)
        yield plant.owner + "s", Sense(Kind.OWNER)


def _further_phrases(vocabulary: Vocabulary, own: bool) -> Iterator[tuple[str, Sense]]:
    yield from ((word, Sense(Kind.PRODUCT_NOUN)) for word in vocabulary.products)
    yield from ((word, Sense(Kind.MODEL_NOUN)) for word in vocabulary.models)
    for facet, names in vocabulary.facets.items():
        yield from ((name, Sense(Kind.ATTRIBUTE, facet)) for name in names)
    if own:
        yield from ((word, Sense(Kind.FILL)) for word in vocabulary.ignore)


def _fact_phrases(relations: Relations) -> Iterator[tuple[str, Sense]]:
    for fact in relations.knowledge.facts:
        for wording in fact.wording.values():
            yield from ((phrase, Sense(Kind.FACT, fact.id)) for phrase in (wording.subject, *wording.ask))


def _named(row: Model) -> Iterator[tuple[str, bool]]:
    """The names of a row, and whether each is a code."""
    for name in dict.fromkeys((row.name, row.title, *row.aliases)):
        yield name, False
    if row.code:
        yield row.code, True


def _sharing_facets(name: str, relations: Relations) -> RowSet | None:
    """All rows that have the facets which a name is made of: "1 Series Coupé" is also said of the M Coupé."""
    words = {word for spelling in words_of(name) for word in spelling}
    rows: frozenset[int] | None = None
    conditions: list[Equals] = []
    for facet in (Attribute.SERIES, Attribute.BODY):
        for value, found in relations.facets.get(facet, {}).items():
            if all(word in words for word in words_of(value)[0]):
                places = frozenset(relations.order[row.key] for row in found)
                if any(len(value) < len(other) and other.lower() in name.lower() for other in relations.facets[facet]):
                    continue  # the name of another, longer value: "Gran Coupé" is no "Coupé"
                rows = places if rows is None else rows & places
                conditions.append(Equals(facet, (value,)))
    if rows is None:
        return None
    told = {word for condition in conditions for value in condition.values for word in words_of(str(value))[0]}
    return RowSet(rows, all_of(conditions)) if words <= told else None


def _row_phrases(relations: Relations) -> Iterator[tuple[str, Sense]]:
    names: dict[tuple[str, bool], list[int]] = defaultdict(list)
    models = relations.knowledge.models
    for place, row in enumerate(models):
        for named in _named(row):
            names[named].append(place)
    for (name, code), places in names.items():
        wider = None if code else _sharing_facets(name, relations)
        keys = tuple(models[place].key for place in places)
        condition: Condition = Equals(Attribute.CODE, (name,)) if code else Equals(Attribute.KEY, keys)
        found = frozenset(places)
        wider = wider if wider is not None and found < wider.rows else None
        yield name, Sense(Kind.ROWS, RowSet(found, condition, True, None, code, wider))
    spoken = relations.knowledge.vocabulary.values()
    for facet, values in relations.facets.items():
        for value, rows in values.items():
            found = frozenset(relations.order[row.key] for row in rows)
            sense = Sense(Kind.ROWS, RowSet(found, Equals(facet, (value,)), False, facet))
            yield value, sense
            for vocabulary in spoken:
                yield from ((word, sense) for word in vocabulary.values.get(facet, {}).get(value, ()))
        if facet not in FACETS:
            yield facet.replace("_", " "), Sense(Kind.ATTRIBUTE, facet)


def _add_nouns(phrases: dict[Words, list[Sense]], relations: Relations) -> None:
    """Let words for a value that end in a noun for models be one too: "i models" says of what it speaks."""
    for vocabulary in relations.knowledge.vocabulary.values():
        named = (values for facet, values in vocabulary.values.items() if facet in relations.facets)
        for phrase in chain.from_iterable(chain.from_iterable(values.values()) for values in named):
            for spelling in words_of(phrase):
                nouns = phrases.get(spelling[-1:], ()) if len(spelling) > 1 else ()
                if any(sense.kind is Kind.MODEL_NOUN for sense in nouns):
                    _put(phrases, spelling, Sense(Kind.MODEL_NOUN))


def _milestone_phrases(relations: Relations) -> Iterator[tuple[str, Sense]]:
    for milestone in relations.milestones:
        number = Equals(Attribute.NUMBER, (milestone.number,))
        if milestone.model:
            yield milestone.model, Sense(Kind.VARIANT, Variant(Equals(Attribute.MODEL, (milestone.model,))))
        yield from ((alias, Sense(Kind.VARIANT, Variant(number))) for alias in milestone.aliases)
        spoken = relations.knowledge.vocabulary.values()
        described = [(Attribute.COLOUR, milestone.colour), *milestone.details.items()]
        for name, value in described:
            texts = () if value is None else (value,) if isinstance(value, str) else tuple(value.values())
            for text in texts:
                variant = Variant(Equals(name, texts))
                yield text, Sense(Kind.VARIANT, variant)
                for vocabulary in spoken:
                    words = vocabulary.values.get(name, {}).get(text, ())
                    yield from ((word, Sense(Kind.VARIANT, variant)) for word in words)
                if name == Attribute.COLOUR:  # people name a colour by its last word: the blue one
                    yield text.split()[-1], Sense(Kind.VARIANT, variant)
        yield from ((name.replace("_", " "), Sense(Kind.ATTRIBUTE, name)) for name in milestone.details)


def _add_parts_of_names(phrases: dict[Words, list[Sense]], relations: Relations, suffixes: tuple[str, ...]) -> None:
    """Let a part of a name stand for the rows that have it, where the words mean nothing else."""
    parts: dict[Words, set[int]] = defaultdict(set)
    models = relations.knowledge.models
    for place, row in enumerate(models):
        for name, code in _named(row):
            if code:
                continue
            for spelling in words_of(name):
                for length in range(1, len(spelling)):
                    for start in range(len(spelling) - length + 1):
                        parts[spelling[start : start + length]].add(place)
    taken = set(phrases)
    for part, places in parts.items():
        if part in taken or (len(part) == 1 and (len(part[0]) < SHORTEST_PART or not part[0].isalpha())):
            continue
        condition = Equals(Attribute.KEY, tuple(models[place].key for place in sorted(places)))
        sense = Sense(Kind.ROWS, RowSet(frozenset(places), condition))
        for spelling in (part, *((*part[:-1], word) for word in _plurals(part[-1], suffixes))):
            if spelling not in taken:
                phrases[spelling].append(sense)


def _add_parts_of_values(phrases: dict[Words, list[Sense]], relations: Relations) -> None:
    """Let the first words of several values of a facet stand for all of these: "roll film" for both widths of it."""
    taken = set(phrases)
    for facet, values in relations.facets.items():
        begun: dict[Words, list[str]] = defaultdict(list)
        for value in values:
            for spelling in words_of(value):
                for length in range(1, len(spelling)):
                    begun[spelling[:length]].append(value)
        for part, named in begun.items():
            if len(named) < 2 or part in taken or (len(part) == 1 and len(part[0]) < SHORTEST_PART):
                continue
            rows = frozenset(relations.order[row.key] for value in named for row in values[value])
            phrases[part].append(Sense(Kind.ROWS, RowSet(rows, Equals(facet, tuple(named)), facet=facet)))


def _compiled(
    language: str,
    phrases: Mapping[Words, list[Sense]],
    suffixes: tuple[str, ...],
    links: tuple[str, ...],
    misspellings: Mapping[str, tuple[str, ...]],
) -> Compiled:
    longest: dict[str, int] = {}
    for phrase in phrases:
        if len(phrase) > longest.get(phrase[0], 0):
            longest[phrase[0]] = len(phrase)
    return Compiled(
        language=language,
        phrases={phrase: tuple(senses) for phrase, senses in phrases.items()},
        longest=longest,
        words=frozenset(chain.from_iterable(phrases)),
        suffixes=suffixes,
        links=links,
        joined=frozenset(),
        misspellings=misspellings,
        dotted_ordinals=False,
        separable={},
    )
