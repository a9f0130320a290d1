"""Queries: small relational expressions over the models, milestones and facts of a knowledge file.

A selection chooses records of one relation by conditions on their attributes; a query says what is asked of one
selection or of several. A value in a condition may itself be a query ("models that started in the year the X ended").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from knowledge.schema import PartialDate

Relation = Literal["models", "milestones", "facts"]


class Attribute(StrEnum):
    """The attributes that the schema itself knows; a facet of the file is asked for by its own name, a plain string.

    Models have all but the last group; milestones have ``NUMBER``, ``DATE``,
    is known so precisely), ``MODEL``, ``COLOUR``, the details of the file by their own names, and ``KEY`` (the number
    as text); facts have ``KEY`` (their id) and ``VALUE``.
    """

    KEY = "key"
    NAME = "name"
    CODE = "code"
    BRAND = "brand"
    SERIES = "series"
    BODY = "body"
    QUANTITY = "quantity"
    START = "start"
    END = "end"
    PERIOD = "period"
    DURATION = "duration"
    IN_PRODUCTION = "in_production"
    REPLACES = "replaces"
    REPLACED_BY = "replaced_by"

    NUMBER = "number"
    DATE = "date"
    MODEL = "model"
    ROW = "row"
    COLOUR = "colour"
    VALUE = "value"


AttributeName = str
"""An ``Attribute`` or the name of a facet or detail."""

Direction = Literal["most", "least"]
"""Which end of an order: the largest, longest, latest; or the smallest, shortest, earliest."""


# -- conditions -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Equals:
    """The attribute has one of these values (text as the file writes it, numbers, truth values)."""

    attribute: AttributeName
    values: tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range: a constant, or what a query gives."""

    value: int | float | PartialDate | Query
    inclusive: bool = True
    by_year: bool = False
    """Whether only the year of what a query gives is meant: "in the year in which the X ended"."""


@dataclass(frozen=True, slots=True)
class Between:
    """The attribute lies in a range; dates are compared as far as both are known, so 2011-12 lies in 2011."""

    attribute: AttributeName
    least: Bound | None = None
    most: Bound | None = None


def beyond(attribute: AttributeName, direction: Direction, edge: int | float | PartialDate | Query) -> Between:
    """That an attribute is more than something, or less than it."""
    bound = Bound(edge, inclusive=False)
    return Between(attribute, bound, None) if direction == "most" else Between(attribute, None, bound)


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The production period has a day in common with this range of dates."""

    first: Bound | None = None
    last: Bound | None = None


@dataclass(frozen=True, slots=True)
class IsKnown:
    """The file gives a value for the attribute."""

    attribute: AttributeName


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold. What is not known does not hold either way."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the conditions holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each of the conditions holds."""

    conditions: tuple[Condition, ...]


Condition = Equals | Between | Overlaps | IsKnown | Not | AnyOf | AllOf


def all_of(conditions: Sequence[Condition]) -> Condition:
    """One condition that holds where each of several holds."""
    return conditions[0] if len(conditions) == 1 else AllOf(tuple(conditions))


@dataclass(frozen=True, slots=True)
class Ranking:
    """The records at places ``position`` to ``position + count - 1`` by an attribute, ties included."""

    attribute: AttributeName
    direction: Direction
    position: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Selection:
    """Records of one relation that fulfil every condition; then, if there is a ranking, the best of these."""

    relation: Relation = "models"
    conditions: tuple[Condition, ...] = ()
    ranking: Ranking | None = None


# -- queries ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Get:
    """Attributes of each record; ``precision``: how exactly a date is asked for."""

    selection: Selection
    attributes: tuple[AttributeName, ...]
    precision: Literal["year", "month", "day"] = "year"


@dataclass(frozen=True, slots=True)
class Listing:
    """The records themselves."""

    selection: Selection


@dataclass(frozen=True, slots=True)
class Count:
    """How many records; or how many different values of an attribute."""

    selection: Selection
    distinct: AttributeName | None = None


@dataclass(frozen=True, slots=True)
class Distinct:
    """The different values of an attribute."""

    selection: Selection
    attribute: AttributeName


Function = Literal["sum", "mean", "median", "span"]
"""What the values of an attribute are put together to; ``span``: the time from the first start to the last end."""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The sum, mean or median of an attribute. ``in_period`` asks for the part of it that falls into a time."""

    function: Function
    attribute: AttributeName
    selection: Selection
    in_period: Overlaps | None = None


@dataclass(frozen=True, slots=True)
class Grouped:
    """What the records of a selection come to by their value of ``by``.

    ``by`` is a facet; or ``START``, ``END`` or ``PERIOD``: the year in which they began, ended, or each in which they
    were in production. ``function`` puts the attribute's values together; none: the records are counted. With a
    ``direction``, only the ``count`` groups from ``position`` on in this order are asked for; none: all of them. Of
    what a group comes to, ``least`` and ``most`` are bounds.
    """

    selection: Selection
    by: AttributeName
    function: Function | None = None
    attribute: AttributeName = Attribute.QUANTITY
    direction: Direction | None = None
    position: int = 1
    count: int | None = 1
    least: Bound | None = None
    most: Bound | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A number or a date that the question brought itself."""

    value: int | float | PartialDate


@dataclass(frozen=True, slots=True)
class Difference:
    """How far the two are apart; ``missing``: how much the left still lacks to reach the right.

    ``percent``: in percent of the right.
    """

    left: Query
    right: Query
    missing: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as large the left is as the right."""

    left: Query
    right: Query


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the whole, by quantity or (``attribute`` none) by number of records."""

    part: Selection
    whole: Selection
    attribute: AttributeName | None = Attribute.QUANTITY


@dataclass(frozen=True, slots=True)
class Compare:
    """Which side has the most or the least of an attribute; each side is summed where it is several records."""

    sides: tuple[Selection, ...]
    attribute: AttributeName
    direction: Direction


@dataclass(frozen=True, slots=True)
class Together:
    """The time in which records of every side were in production; ``lasting``: how long it was."""

    sides: tuple[Selection, ...]
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Exists:
    """Is there such a record?"""

    selection: Selection


Quantifier = Literal["some", "every", "only"]
"""Of how many records something is said: of one at least, of each, or that they are just those of the condition."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said to be so: the subject's records have what the condition says.

    ``subject`` is a query with one value or one set of records; the answer is yes or no, and the fact.
    """

    subject: Query
    condition: Condition
    negated: bool = False
    quantifier: Quantifier = "some"


@dataclass(frozen=True, slots=True)
class Position:
    """The place of each record in the order of all of ``among``."""

    selection: Selection
    attribute: AttributeName
    direction: Direction = "most"
    among: Selection = Selection()


@dataclass(frozen=True, slots=True)
class Nearest:
    """The records whose attribute is closest to a target, the target's own records left out."""

    selection: Selection
    attribute: AttributeName
    target: Query


@dataclass(frozen=True, slots=True)
class PreviousValue:
    """What a fact was in the period before, computed from the fact and its stated change."""

    fact: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Something that a knowledge file never holds although it is about the plant (the next milestone, say)."""

    topic: str
    near: Query | None = None


Query = (
    Get
    | Listing
    | Count
    | Distinct
    | Aggregate
    | Grouped
    | Constant
    | Difference
    | Ratio
    | Share
    | Compare
    | Together
    | Exists
    | Claim
    | Position
    | Nearest
    | PreviousValue
    | Unavailable
)
