"""Times in which records were in production, and what several of them have in common."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer import Record, Span
from knowledge.relations import common_precision, years_between
from knowledge.schema import PRESENT, Model, PartialDate


def span_of(records: Sequence[Record]) -> Span | None:
    """From the first start to the last end of some rows; none if one of them is not known."""
    productions = [record.production for record in records if isinstance(record, Model)]
    starts = [production.start for production in productions if production.start is not None]
    ends = [production.end for production in productions if production.end is not None]
    if not productions or len(starts) < len(productions) or len(ends) < len(productions):
        return None
    dated = [end for end in ends if isinstance(end, PartialDate)]
    last = None if PRESENT in ends else max(dated)
    return Span(min(starts), last)


def lasting(records: Sequence[Record], today: PartialDate) -> float | None:
    """The years from the first start to the last end of some rows, gaps included; up to today if one still runs."""
    span = span_of(records)
    if span is None or span.first is None:
        return None
    return years_between(span.first, today if span.last is None else span.last)


def common(spans: Sequence[Span], today: PartialDate) -> Span:
    """The time that lies in all of some spans, as exactly as their dates are known; an empty one if there is none."""
    first = max(span.first for span in spans if span.first is not None)
    ends = [span.last for span in spans if span.last is not None]
    last = min(ends) if ends else None
    end = last if last is not None else today
    one, other = common_precision(first, end)
    if other < one:
        return Span()
    return Span(first, last, years_between(first, end))
