"""One clause of a question as the readers see it: its parts by type, what they select, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.intent.negation import denial_of
from bot.intent.parts import Chunk, Mention, Part, places_of
from bot.intent.senses import Kind
from knowledge.evaluation import selected
from knowledge.query import (
    Attribute,
    AttributeName,
    Condition,
    Query,
    Selection,
)
from knowledge.relations import Relations

ROW_ATTRIBUTES = (
    Attribute.NAME, Attribute.CODE, Attribute.QUANTITY, Attribute.START, Attribute.END, Attribute.PERIOD,
    Attribute.DURATION, Attribute.REPLACES, Attribute.REPLACED_BY,
)  # fmt: skip

SUCCESSION = (Attribute.REPLACES, Attribute.REPLACED_BY)

ASKING = frozenset(
    {Kind.WHICH, Kind.WHEN, Kind.WHEN_START, Kind.WHEN_END, Kind.HOW_MANY, Kind.HOW_LONG, Kind.LIST, Kind.WHY}
)

QUESTION_WORDS = ASKING - {Kind.LIST}


LEAST_ASSERTED = 100
"""A smaller number before a name counts names or is a part of one."""

NOTHING = Part(Chunk.WORD, None, "", index=-1)
"""What stands before the first part of a clause and after its last one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a clause: the query, which of its parts it explains, and how much it had to assume."""

    query: Query
    used: frozenset[int]
    defaults: int = 0
    rows: tuple[Condition, ...] = ()
    """The conditions of its subject, for questions that refer back to it."""


class Clause:
    """The parts of one clause."""

    def __init__(self, parts: Sequence[Part], relations: Relations, claimed: bool = False) -> None:
        """``claimed``: the clause says that something is so, whatever its words are."""
        self.parts = parts
        self.relations = relations
        self.claimed = claimed
        self.chosen: dict[object, object] = {}
        """What was selected before, by what was asked for."""
        self.sides: dict[tuple[int, ...], list[Mention]] = {}
        """The sides that some names make, by the places of these."""
        self.measured: frozenset[int] | None = None
        """The names that others are measured by, once they were looked for."""
        self.meaningful: list[Part] | None = None
        """The parts with a meaning of their own, once they were looked for."""
        self._keys: dict[frozenset[int], tuple[str, ...]] = {}
        self._words: dict[Kind, list[Part]] = {}
        self._chunks: dict[Chunk, list[Part]] = {}
        for part in parts:
            self._chunks.setdefault(part.chunk, []).append(part)
        for part in self.chunks(Chunk.WORD):
            for kind in part.senses:
                self._words.setdefault(kind, []).append(part)
        self.times = self.chunks(Chunk.TIME)
        self.limits = self.chunks(Chunk.LIMIT)
        self.bests = self.chunks(Chunk.BEST)
        """Superlatives."""
        self.milestones = self.chunks(Chunk.MILESTONE)
        names = self.chunks(Chunk.ROWS)
        self.excluded = [part for part in names if part.negated]
        """Names of rows after a word of exclusion."""
        self.included = self._included(names)
        """Names after "including" whose rows the names before hold already."""
        self.mentions = [part for part in names if not part.negated and part.index not in self.included]
        """Names of rows that are not excluded, without those that only say what is included anyhow."""

    def before(self, part: Part) -> Part:
        """The part before another one; before the first one stands nothing, which has no meaning."""
        return self.parts[part.index - 1] if part.index else NOTHING

    def after(self, part: Part) -> Part:
        """The part after another one; after the last one stands nothing, which has no meaning."""
        return self.parts[part.index + 1] if part.index + 1 < len(self.parts) else NOTHING

    def denial(self, part: Part) -> frozenset[int]:
        """The place of the word that denies a part; nothing if none does."""
        place = denial_of(self.parts, part.index)
        return frozenset() if place is None else frozenset({place})

    def chunks(self, chunk: Chunk) -> list[Part]:
        """Parts of a type."""
        return self._chunks.get(chunk, [])

    def words(self, *kinds: Kind) -> list[Part]:
        """Single words that may be of one of these kinds."""
        if len(kinds) == 1:
            return self._words.get(kinds[0], [])
        if self._words.keys().isdisjoint(kinds):
            return []
        found = {part.index: part for kind in kinds for part in self._words.get(kind, ())}
        return [found[index] for index in sorted(found)]

    def places(self, *kinds: Kind) -> set[int]:
        """The places of such words."""
        return places_of(self.words(*kinds))

    def naming(self, *attributes: AttributeName) -> list[Part]:
        """Words that name one of these attributes."""
        return [
            part for part in self.words(Kind.ATTRIBUTE) if not set(attributes).isdisjoint(part.senses[Kind.ATTRIBUTE])
        ]

    def any(self, *kinds: Kind) -> bool:
        """Whether there is such a word."""
        return not self._words.keys().isdisjoint(kinds)

    @property
    def unknown(self) -> int:
        """How many words mean nothing here, so that no reading explains them."""
        return len(self.words(Kind.UNKNOWN))

    def _included(self, names: Sequence[Part]) -> frozenset[int]:
        """Names whose rows the names before hold already: after "including", or where they only spell these out."""
        if len(names) < 2:
            return frozenset()
        held: frozenset[int] = frozenset()
        found: set[int] = set(_spelt_out(names))
        for part in names if self.any(Kind.INCLUDING) else ():
            before = self.before(part)
            including = before.chunk is Chunk.WORD and before.has(Kind.INCLUDING)
            if including and part.value.rows <= held:
                found.add(part.index)
            elif not part.negated:
                held |= part.value.rows
        return frozenset(found)

    @cached_property
    def polar(self) -> bool:
        """Whether yes or no is asked: it begins with a verb, or ends in "right?", and has no question word."""
        if self.claimed or (self.parts and self.parts[0].has(Kind.WRONG)):
            return True
        if any(not self._is_relative(part) for part in self.words(*QUESTION_WORDS)):
            return False
        content = [
            part for part in self.parts if not part.has(Kind.FOLLOW, Kind.TAG, Kind.SOCIAL) or part.has(Kind.AUX)
        ]
        starts = bool(content) and content[0].chunk is Chunk.WORD and content[0].has(Kind.AUX)
        if not starts and len(content) > 1 and content[0].chunk in (Chunk.ROWS, Chunk.MILESTONE):
            # "the X, is it still built?"; "X still built?"
            starts = any(part.has(Kind.AUX) and part.gap for part in content[1:3])
            starts = starts or (
                self.any(Kind.STILL) and not self.any(Kind.LIST, Kind.MODEL_NOUN, Kind.ATTRIBUTE, Kind.SUM)
            )
        tags = self.words(Kind.TAG)
        return (
            starts
            or self._declares(content)
            or self._asserts(content)
            or any(
                part is self.parts[-1]
                or (part.index == 0 and not part.has(Kind.OR, Kind.AND, Kind.NOT) and not self.any(Kind.ATTRIBUTE))
                for part in tags
            )
        )

    def _is_relative(self, part: Part) -> bool:
        """Whether a question word only goes on about what stands before it: "a year in which …"."""
        if part.has(Kind.SAME_TIME):
            # "Did the X start when the Y ended": a time, told by what happened then.
            told = any(each.has(Kind.START, Kind.END) for each in self.parts[1 : part.index])
            rest = self.parts[part.index + 1 :]
            return self.parts[0].has(Kind.AUX) and told and any(each.has(Kind.START, Kind.END) for each in rest)
        before = [each for each in self.parts[: part.index] if not each.has(Kind.IN)]
        return part.has(Kind.WHICH) and bool(before) and before[-1].has(Kind.UNIT, Kind.YEAR_OF, Kind.MODEL_NOUN)

    def _declares(self, content: Sequence[Part]) -> bool:
        """Whether it says something of what it names first, as if it were so: "the X is the most built"."""
        if len(content) < 3 or content[0].chunk not in (Chunk.ROWS, Chunk.MILESTONE) or not content[0].items:
            return False
        verb, said = content[1], content[2:]
        if verb.chunk is not Chunk.WORD or not verb.has(Kind.AUX) or verb.gap or self.any(Kind.LIST, Kind.ATTRIBUTE):
            return False
        told = (Chunk.BEST, Chunk.TIME, Chunk.LIMIT)
        return any(part.chunk in told for part in said) and not self.any(Kind.SUM, Kind.MEAN, Kind.OR, Kind.HOW)

    def _asserts(self, content: Sequence[Part]) -> bool:
        """Whether it only says an amount before a name, as if there were so many: "16,581 X in total"."""
        amount = content[0] if content else NOTHING
        if amount.chunk is not Chunk.NUMBER or amount.value.ordinal or amount.value.value < LEAST_ASSERTED:
            return False
        named = len(content) > 1 and content[1].chunk is Chunk.ROWS and not content[1].negated
        rest = content[2:]
        return named and all(part.chunk is Chunk.WORD and part.has(Kind.SUM, Kind.BUILD, Kind.FILL) for part in rest)

    def keys(self, rows: frozenset[int]) -> tuple[str, ...]:
        """The keys of some rows, in the order of the file."""
        if rows not in self._keys:
            models = self.relations.knowledge.models
            self._keys[rows] = tuple(models[place].key for place in sorted(rows))
        return self._keys[rows]

    def count(self, conditions: Sequence[Condition]) -> int:
        """How many rows fulfil some conditions."""
        return len(selected(Selection("models", tuple(conditions)), self.relations))

    @cached_property
    def row_attributes(self) -> frozenset[AttributeName]:
        """The attributes that rows of this file may have."""
        return frozenset({*ROW_ATTRIBUTES, *self.facets()})

    def facets(self) -> tuple[AttributeName, ...]:
        """The facets that rows of this file have."""
        return self.relations.facet_names


def _spelt_out(names: Sequence[Part]) -> Iterator[int]:
    """In "the convertibles, 1 and 2 Series" the names after the comma only say which these are."""
    named = [part for part in names if not part.negated]
    for place, whole in enumerate(named):
        rest = named[place + 1 :]
        count = next((at for at, part in enumerate(rest) if at and part.link is not Kind.AND), len(rest))
        run = rest[:count]
        if len(run) < 2 or run[0].gap != 1 or any(part.gap for part in run[1:]):
            continue
        wider = whole.value.wider
        rows = wider.rows if wider is not None else whole.value.rows
        parts = [part.value.rows & rows for part in run]
        if all(parts) and frozenset().union(*parts) == rows:
            yield from (part.index for part in run)
            return
