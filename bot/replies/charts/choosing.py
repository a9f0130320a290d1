"""Which picture suits an answer."""

from __future__ import annotations

from bot.replies.charts.chart import ChartKind
from knowledge.answer import Answer, Comparison, Missing, Number, Record, Rows, Verdict
from knowledge.arithmetic import unit_of
from knowledge.query import Aggregate, Attribute, AttributeName, Get, Listing, Position, Share
from knowledge.schema import Milestone, Model

SEVERAL = 2
"""Fewer rows than this are read faster than looked at."""

_TIMES = {Attribute.PERIOD, Attribute.START, Attribute.END, Attribute.DURATION, Attribute.IN_PRODUCTION}


def chart_for(answer: Answer) -> ChartKind | None:
    """The kind of picture in which an answer is easier to see; none if there is nothing to look at."""
    if isinstance(answer.result, Missing):
        return None
    if any(isinstance(record, Milestone) for record in answer.evidence):
        dated = [record for record in answer.evidence if isinstance(record, Milestone) and record.date is not None]
        return ChartKind.MILESTONES if dated and len(dated) == len(answer.evidence) else None
    match answer.query, answer.result:
        case Share(), Number():
            return ChartKind.SHARE if _is_part(answer) else None
        case Position(attribute=attribute), Rows():
            return _by_attribute(attribute)
        case _, Comparison(attribute=attribute):
            return _by_attribute(attribute)
        case Aggregate(attribute=attribute), Number() if _are_several(answer.evidence):
            return _by_attribute(attribute)
        case _, Number(unit="products" | "times") if len(answer.operands) > 1:
            return _of_operands(answer)
        case _, Number(unit="models") | Verdict(fact=Rows()) if _are_several(answer.evidence):
            return ChartKind.TIMELINE if any(map(_has_period, answer.evidence)) else None
        case Get() | Listing(), Rows() if _are_several(answer.evidence):
            return _of_rows(answer)
    return None


def _of_rows(answer: Answer) -> ChartKind | None:
    """By what the rows are ordered, else by what was asked of them; a mere list shows when each was made."""
    match answer.query:
        case Get(selection=selection, attributes=attributes):
            asked: tuple[AttributeName, ...] = attributes
        case Listing(selection=selection):
            asked = (Attribute.PERIOD,)
        case _:
            return None
    if selection.ranking is not None:
        asked = (selection.ranking.attribute,)
    kinds = [kind for kind in map(_by_attribute, asked) if kind is not None]
    if ChartKind.QUANTITIES in kinds and any(isinstance(r, Model) and r.quantity is not None for r in answer.evidence):
        return ChartKind.QUANTITIES
    return ChartKind.TIMELINE if kinds and any(map(_has_period, answer.evidence)) else None


def _of_operands(answer: Answer) -> ChartKind | None:
    """A difference or a ratio can be seen where each side is one row's quantity."""
    for operand in answer.operands:
        match operand.result:
            case Rows((row,)) if isinstance(row.record, Model) and unit_of(row.cells[0].attribute) == "products":
                continue
        return None
    return ChartKind.QUANTITIES


def _by_attribute(attribute: AttributeName | None) -> ChartKind | None:
    if attribute == Attribute.QUANTITY:
        return ChartKind.QUANTITIES
    return ChartKind.TIMELINE if attribute in _TIMES else None


def _is_part(answer: Answer) -> bool:
    """Whether the one side of a share lies in the other."""
    part, whole = answer.operands
    held = {id(record) for record in whole.evidence}
    return all(id(record) in held for record in part.evidence)


def _are_several(records: tuple[Record, ...]) -> bool:
    return len(records) >= SEVERAL and all(isinstance(record, Model) for record in records)


def _has_period(record: Record) -> bool:
    return isinstance(record, Model) and (record.production.start is not None or record.production.end is not None)
