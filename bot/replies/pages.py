"""Every row that an answer rests on, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.languages import Language
from bot.replies.evidence import line_of, row_line, rows_of
from bot.replies.wording_phrases import Phrases
from knowledge.answer import Answer, Row
from knowledge.query import Attribute, AttributeName
from knowledge.relations import Relations

PAGE = 10
"""Rows on a page: what a phone shows at a glance."""


class Order(StrEnum):
    """How the rows of a list are sorted."""

    FILE = "file"
    MOST_BUILT = "most_built"
    LEAST_BUILT = "least_built"
    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"


_BY: dict[Order, tuple[AttributeName, bool]] = {
    Order.MOST_BUILT: (Attribute.QUANTITY, True),
    Order.LEAST_BUILT: (Attribute.QUANTITY, False),
    Order.NEWEST: (Attribute.START, True),
    Order.OLDEST: (Attribute.START, False),
    Order.NAME: (Attribute.NAME, False),
}
"""The attribute of each order, and whether the largest comes first."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the rows as lines; pages are counted from 0."""

    lines: tuple[str, ...]
    number: int
    pages: int
    rows: int


def page_of(answer: Answer, number: int, order: Order, relations: Relations, language: Language) -> Page:
    """A page of the rows of an answer; the last one if there are not so many."""
    phrases = Phrases(relations, language)
    rows = sorted_rows(every_row(answer), order, relations)
    pages = max(1, -(-len(rows) // PAGE))
    number = min(number, pages - 1)
    shown = rows[number * PAGE : (number + 1) * PAGE]
    return Page(tuple(_line(row, phrases) for row in shown), number, pages, len(rows))


def every_row(answer: Answer) -> tuple[Row, ...]:
    """The rows of an answer, or the records that its figure was computed from."""
    rows = rows_of(answer)
    return rows if len(rows) >= len(answer.evidence) else tuple(Row(record) for record in answer.evidence)


def sorted_rows(rows: Sequence[Row], order: Order, relations: Relations) -> Sequence[Row]:
    """The rows in an order; those that it says nothing about come last, as the file has them."""
    if order not in _BY:
        return rows
    attribute, largest = _BY[order]
    known: list[tuple[Any, Row]] = []
    unknown: list[Row] = []
    for row in rows:
        value = relations.value(row.record, attribute)
        if value is None:
            unknown.append(row)
        else:
            known.append((value.casefold() if isinstance(value, str) else value, row))
    known.sort(key=lambda pair: pair[0], reverse=largest)
    return [*(row for _, row in known), *unknown]


def _line(row: Row, phrases: Phrases) -> str:
    placed = row.position is not None
    return row_line(row, phrases, placed=placed) if row.cells or placed else line_of(row.record, phrases)
