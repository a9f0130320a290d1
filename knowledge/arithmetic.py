"""Arithmetic on what a file states: differences, ratios, orders, and the units of their results."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, median
from typing import Any

from knowledge.answer import Answer, Comparison, Missing, Number, Record, Rows, Scalar, Unit
from knowledge.query import Attribute, AttributeName, Constant, Difference, Direction, Function, Ratio
from knowledge.relations import years_between
from knowledge.schema import PartialDate


def unit_of(attribute: AttributeName) -> Unit:
    """What an attribute is measured in."""
    match attribute:
        case Attribute.QUANTITY:
            return "products"
        case Attribute.DURATION:
            return "years"
        case _:
            return "none"


def together(function: Function, numbers: Sequence[int | float]) -> int | float:
    """Some numbers, at least one, put together."""
    match function:
        case "sum":
            return sum(numbers)
        case "span":
            return max(numbers) - min(numbers)
        case "mean":
            return mean(numbers)
        case "median":
            return median(numbers)


def gap(one: Scalar | None, other: Scalar | None) -> int | float | None:
    """How far two values are apart: numbers by their difference, dates in years; none if that has no meaning."""
    if isinstance(one, bool) or isinstance(other, bool):
        return None
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other)
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return years_between(min(one, other), max(one, other))
    return None


def order(values: Sequence[Scalar | None], direction: Direction) -> list[int] | None:
    """The place of each value, 1 the best, ties sharing a place; none if a value is not known.

    ``present`` stands behind every date: what is still in production ends later than all that has ended.
    """
    if any(value is None for value in values):
        return None
    by_year = any(isinstance(value, PartialDate) and value.month is None for value in values)

    def key(value: Any) -> tuple[int, Any]:
        if value == "present":
            return (1, 0)
        return (0, value.year if by_year and isinstance(value, PartialDate) else value)

    keys = [key(value) for value in values]
    best = sorted(keys, reverse=direction == "most")
    return [best.index(each) + 1 for each in keys]


def combine(query: Difference | Ratio, left: Answer, right: Answer) -> Answer:
    """The difference or ratio of two answers that each have one value."""
    operands = (left, right)
    evidence: tuple[Record, ...] = (*left.evidence, *right.evidence)
    one, other = _operand(left), _operand(right)
    if one is None or other is None:
        failed = next((each for each in operands if isinstance(each.result, Missing)), None)
        reason = failed.result if failed and isinstance(failed.result, Missing) else Missing("no_value")
        return Answer(query, reason, operands, evidence)
    first, unit = one
    second, _ = other
    distance = gap(first, second)
    if distance is None:
        return Answer(query, Missing("no_value"), operands, evidence)
    unknown = sum(each.result.unknown for each in operands if isinstance(each.result, Number))
    if isinstance(query, Difference):
        if isinstance(first, PartialDate):
            unit = "years"
        exact = all(each.result.exact for each in operands if isinstance(each.result, Number))
        if query.percent:
            if not isinstance(second, (int, float)) or not second:
                return Answer(query, Missing("no_value"), operands, evidence)
            distance, unit, exact = 100 * distance / second, "percent", False
        return Answer(query, Number(distance, unit, exact, unknown), operands, evidence, computed=True)
    if not isinstance(first, (int, float)) or not isinstance(second, (int, float)) or not second:
        return Answer(query, Missing("no_value"), operands, evidence)
    ratio = first / second
    return Answer(query, Number(ratio, "times", ratio.is_integer(), unknown), operands, evidence, computed=True)


def _operand(answer: Answer) -> tuple[Scalar, Unit] | None:
    if isinstance(answer.query, Constant):
        return answer.query.value, "none"
    match answer.result:
        case Number(value, unit):
            return value, unit
        case Rows(rows):
            cells = {
                (cell.value, unit_of(cell.attribute))
                for row in rows
                for cell in row.cells
                if not isinstance(cell.value, (tuple, dict))
            }
            return _known(*cells.pop()) if len(cells) == 1 else None
        case Comparison(winners=(winner,), sides=sides, attribute=attribute):
            return _known(sides[winner].value, unit_of(attribute))
    return None


def _known(value: Scalar | None, unit: Unit) -> tuple[Scalar, Unit] | None:
    return None if value is None else (value, unit)
