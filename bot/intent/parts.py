"""The parts of a clause: what its items come to when neighbours are put together by their types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum, auto
from typing import Any, Literal

from bot.intent.linking import Item
from bot.intent.normalise import Break
from bot.intent.senses import Kind, RowSet
from knowledge.query import AttributeName, Bound, Condition, Direction, Ranking, Selection


class Chunk(IntEnum):
    """Types of parts that are put together from several items; all other parts are single words."""

    ROWS = auto()
    TIME = auto()
    LIMIT = auto()
    BEST = auto()
    MILESTONE = auto()
    NUMBER = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Amount:
    """A number; ``year``: it may be one."""

    value: int | float
    ordinal: bool = False
    year: bool = False
    scaled: bool = False
    whole: bool = False
    """Whether it tells how many there are of what follows: "which of the three"."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time: from ``first`` to ``last``, either may be open. ``until``: only its end was named."""

    first: Bound | None
    last: Bound | None
    kind: Literal[
        "in", "since", "until", "before", "after", "range", "span", "same", "period", "during", "of", "by", "whole",
        "reached", "ended",
    ] = "in"  # fmt: skip
    """``range``: "from … to …"; ``span``: "between … and …"; ``same``: in the same year as ``anchor`` or at any time
    while it was built; ``during``: the same of what began or ended; ``period``: from the year in which it started to
    the one in which it ended; ``of``: of things that began then; ``whole``: from its first to its last day;
    ``reached``: from before it until it was there; ``ended``: things that ended then."""
    anchor: tuple[Condition, ...] = ()
    """The rows whose own dates are the time."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A range of amounts of an attribute; none: the attribute is told by the rest of the clause."""

    attribute: AttributeName | None
    least: Bound | None
    most: Bound | None


@dataclass(frozen=True, slots=True)
class Best:
    """A superlative with its place and how many are asked for."""

    direction: Direction
    attribute: AttributeName
    position: int = 1
    count: int = 1
    named: bool = False
    """Whether the attribute is the word's own ("longest") rather than one that another word could set ("most")."""

    @property
    def ranking(self) -> Ranking:
        """The places of an order that it means."""
        return Ranking(self.attribute, self.direction, self.position, self.count)


@dataclass(frozen=True, slots=True)
class MilestoneReference:
    """Milestones by a condition on them; none: a number that no milestone has."""

    condition: Condition
    numbers: tuple[int, ...]
    ordinal: bool = False


@dataclass(slots=True)
class Part:
    """One part of a clause."""

    chunk: Chunk
    value: Any
    text: str
    senses: dict[Kind, Any] = field(default_factory=dict)
    gap: Break = 0
    negated: bool = False
    link: Kind | None = None
    """What joins a name to the name before it: AND, OR, VERSUS, THAN; WITH: it narrows it; or nothing."""
    index: int = 0
    items: tuple[Item, ...] = ()
    quantifier: Kind | None = None
    """EVERY, ANY or BOTH, where such a word stands before it."""

    def has(self, *kinds: Kind) -> bool:
        """Whether it is a word that may be of one of these kinds."""
        senses = self.senses
        for kind in kinds:  # noqa: SIM110  a generator costs several times as much, and this runs thousands of times
            if kind in senses:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Mention:
    """Rows that neighbouring words name together, as conditions that each narrow the others."""

    rows: frozenset[int]
    conditions: tuple[Condition, ...]
    sets: tuple[RowSet, ...]

    @property
    def exact(self) -> bool:
        """Whether one of the words is a name of its own."""
        return any(rows.exact for rows in self.sets)

    @property
    def facet(self) -> AttributeName | None:
        """The facet whose value it is, if it is just that."""
        return self.sets[0].facet if len(self.sets) == 1 else None

    @property
    def wider(self) -> RowSet | None:
        """All rows that it may mean where it also is a value that other rows have, if it is just that."""
        return self.sets[0].wider if len(self.sets) == 1 else None

    @property
    def selection(self) -> Selection:
        """These rows."""
        return Selection("models", self.conditions)


def places_of(parts: Iterable[Part]) -> set[int]:
    """Where some parts stand in their clause."""
    return {part.index for part in parts}


def numbered(parts: Iterable[Part]) -> list[Part]:
    """The parts as those of a clause of their own."""
    return [replace(part, index=index) for index, part in enumerate(parts)]
