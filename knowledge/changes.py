"""What changed between two versions of the facts, as typed values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from knowledge.schema import Fact, Knowledge, Milestone, Model, PartialDate, Plant, Source, Vocabulary

Record = Model | Milestone | Fact | Source
"""What the lists of a file consist of."""

Value = str | int | float | bool | PartialDate | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """All words that a file has for one language."""

    language: str


Subject = Record | Plant | LanguageWords | None
"""What has changed; none: the file as a whole."""


@dataclass(frozen=True, slots=True)
class Added:
    """Something that was not there before."""

    record: Record | LanguageWords


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that is no longer there."""

    record: Record | LanguageWords


@dataclass(frozen=True, slots=True)
class Changed:
    """One attribute of what is there before and after; ``subject`` is how it is now.

    ``attribute`` is its path as the file writes it, ``production.to`` or ``wording.en.ask``. None before: it was not
    stated; none after: it no longer is.
    """

    subject: Subject
    attribute: str
    before: Value | None
    after: Value | None


Change = Added | Removed | Changed

R = TypeVar("R", Model, Milestone, Fact, Source)


def changes(before: Knowledge, after: Knowledge) -> tuple[Change, ...]:
    """Everything that differs, section by section. The order of records alone is no change."""
    return tuple(_changes(before, after))


def _changes(before: Knowledge, after: Knowledge) -> Iterator[Change]:
    yield from _changed(after.plant, before.plant, after.plant)
    if before.as_of != after.as_of:
        yield Changed(None, "as_of", before.as_of, after.as_of)
    yield from _records(before.sources, after.sources, lambda source: source.id)
    if before.sources[0].id != after.sources[0].id:
        yield Changed(None, "default_source", before.sources[0].id, after.sources[0].id)
    # A row whose name or code was put right is still the same row.
    yield from _records(before.models, after.models, lambda row: row.key, lambda row: row.code, lambda row: row.title)
    yield from _records(before.milestones, after.milestones, lambda milestone: milestone.number)
    yield from _records(before.facts, after.facts, lambda fact: fact.id)
    yield from _vocabularies(before.vocabulary, after.vocabulary)


def _records(before: Sequence[R], after: Sequence[R], *keys: Callable[[R], Hashable]) -> Iterator[Change]:
    same = _paired(before, after, keys)
    kept = set(same.values())
    yield from (Removed(record) for place, record in enumerate(before) if place not in kept)
    for place, record in enumerate(after):
        if place in same:
            yield from _changed(record, before[same[place]], record)
        else:
            yield Added(record)


def _paired(before: Sequence[R], after: Sequence[R], keys: Sequence[Callable[[R], Hashable]]) -> dict[int, int]:
    """Which record after was which record before, by their places: by the first key, what is left by the next."""
    pairs: dict[int, int] = {}
    for key in keys:
        old = _unique(before, key, set(pairs.values()))
        new = _unique(after, key, set(pairs))
        pairs |= {place: old[value] for value, place in new.items() if value in old}
    return pairs


def _unique(records: Sequence[R], key: Callable[[R], Hashable], taken: set[int]) -> dict[Hashable, int]:
    """The places of records by a key that no other one has."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        if place not in taken:
            places[key(record)].append(place)
    return {value: found[0] for value, found in places.items() if value is not None and len(found) == 1}


def _vocabularies(before: dict[str, Vocabulary], after: dict[str, Vocabulary]) -> Iterator[Change]:
    yield from (Removed(LanguageWords(language)) for language in before if language not in after)
    for language, vocabulary in after.items():
        words = LanguageWords(language)
        if language in before:
            yield from _changed(words, before[language], vocabulary)
        else:
            yield Added(words)


def _changed(subject: Subject, before: BaseModel, after: BaseModel) -> Iterator[Changed]:
    if before == after:
        return
    old, new = dict(_attributes(before)), dict(_attributes(after))
    for attribute in {**new, **old}:
        if old.get(attribute) != new.get(attribute):
            yield Changed(subject, attribute, old.get(attribute), new.get(attribute))


def _attributes(value: object, *path: str) -> Iterator[tuple[str, Value]]:
    """Everything that is stated, by its path."""
    match value:
        case BaseModel():
            for name, field in type(value).model_fields.items():
                yield from _attributes(getattr(value, name), *path, field.alias or name)
        case dict():
            for key, inner in value.items():
                yield from _attributes(inner, *path, str(key))
        case tuple() if value:
            yield ".".join(path), value
        case str() | int() | float() | PartialDate():
            yield ".".join(path), value
