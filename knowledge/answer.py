"""Answers: typed results of queries, each with the records that it was computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from knowledge.query import AttributeName, Query
from knowledge.schema import Fact, Milestone, Model, PartialDate

Record = Model | Milestone | Fact
Scalar = int | float | str | bool | PartialDate


# Thousands of these two make up one answer about a large file, and a named tuple is made in half the time.
class Cell(NamedTuple):
    """One attribute of one record. ``value`` none: the file does not say."""

    attribute: AttributeName
    value: Scalar | tuple[Scalar, ...] | dict[str, str] | None


class Row(NamedTuple):
    """One record of the answer with the attributes that were asked for, and its place where there is an order."""

    record: Record
    cells: tuple[Cell, ...] = ()
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Records, and for several with a quantity their total (none if a quantity is unknown).

    ``unknown``: how many records may belong to them too, or may come before them, since the file does not say.
    """

    rows: tuple[Row, ...]
    total: int | None = None
    unknown: int = 0


Unit = Literal["products", "models", "years", "days", "months", "percent", "times", "places", "values", "none"]
"""What a number counts or measures."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was counted or computed. ``unit`` names what is counted; ``exact`` false: rounded when shown."""

    value: int | float
    unit: Unit
    exact: bool = True
    unknown: int = 0
    """How many records were left out because the file does not give their value."""


@dataclass(frozen=True, slots=True)
class Values:
    """Different values of an attribute."""

    attribute: AttributeName
    values: tuple[Scalar | dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The records that share a value, and what they come to. ``unknown``: records whose figure is not known."""

    value: Scalar
    records: tuple[Record, ...]
    amount: int | float
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of records; ``chosen`` are the ones asked for, by their places in ``groups`` (none: all of them)."""

    by: AttributeName
    unit: Unit
    groups: tuple[Group, ...]
    chosen: tuple[int, ...] = ()
    unknown: int = 0
    """How many records are in no group because the file does not give their value."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison."""

    records: tuple[Record, ...]
    value: Scalar | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides in the order of the question, and which of them have the most or least (several: a tie)."""

    attribute: AttributeName
    direction: Literal["most", "least"]
    sides: tuple[Side, ...]
    winners: tuple[int, ...]
    difference: int | float | None


@dataclass(frozen=True, slots=True)
class Span:
    """A time from one date to another, both included; ``last`` none: it goes on; neither: there is no such time."""

    first: PartialDate | None = None
    last: PartialDate | None = None
    years: int | float = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and the fact that decides it."""

    holds: bool
    fact: Result | None


@dataclass(frozen=True, slots=True)
class Missing:
    """The file does not hold it. ``reason`` says which kind of gap, ``known`` what it holds nearby."""

    reason: Literal["no_records", "no_value", "no_slice", "never_held", "future", "several"]
    known: Result | None = None


Result = Rows | Number | Values | Groups | Comparison | Span | Verdict | Missing


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query evaluates to on one snapshot.

    ``operands`` are the partial results that an arithmetic result was computed from (the two sides of a difference);
    ``evidence`` the records it rests on, in the order in which they should be shown.
    """

    query: Query
    result: Result
    operands: tuple[Answer, ...] = ()
    evidence: tuple[Record, ...] = ()
    computed: bool = False
