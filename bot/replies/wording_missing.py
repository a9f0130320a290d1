"""What the file does not hold, in words, with what it holds nearby."""

from __future__ import annotations

from dataclasses import replace

from bot.replies.evidence import line_of, lines_of
from bot.replies.wording_markdown import escape
from bot.replies.wording_model import gap_of
from bot.replies.wording_phrases import Phrases
from bot.replies.wording_said import Said, Speak
from knowledge.answer import Answer, Missing, Record, Rows
from knowledge.conditions import attributes_of, dates_of
from knowledge.evaluation import evaluate
from knowledge.query import (
    Aggregate,
    Attribute,
    AttributeName,
    Claim,
    Compare,
    Distinct,
    Equals,
    Get,
    Nearest,
    Position,
    Query,
    Selection,
    Unavailable,
)
from knowledge.schema import Milestone, Model

NEARBY = 8
"""So many records at most are told where something is not known."""


def say_missing(answer: Answer, missing: Missing, phrases: Phrases, speak: Speak) -> Said:
    """Which kind of gap it is, and what is known."""
    match missing.reason:
        case "no_records":
            selection = getattr(answer.query, "selection", None)
            relation = selection.relation if isinstance(selection, Selection) else "models"
            return Said(phrases.say(f"missing.no_records.{relation}"))
        case "no_slice":
            return _whole_only(answer, phrases)
        case "future":
            return Said(phrases.say("missing.future", after=phrases.after(phrases.relations.knowledge.as_of)))
        case "never_held":
            return _never_held(answer, phrases, speak)
        case "several":
            return Said(phrases.say("missing.several"), _nearby(answer, phrases))
        case "no_value":
            return _too_rough(answer, missing, phrases, speak) or _no_value(answer, phrases)


def _too_rough(answer: Answer, missing: Missing, phrases: Phrases, speak: Speak) -> Said | None:
    """That a day or a month is not known, and how far the date is."""
    match answer.query, missing.known:
        case Get(precision=precision), Rows(rows) as known if precision != "year":
            if any(cell.value is not None for row in rows for cell in row.cells):
                said = speak(replace(answer, result=known))
                return Said(f"{phrases.say(f'missing.rough.{precision}')} {said.headline}", said.details)
        case Claim(condition=condition), Rows():
            dates = dates_of(condition)
            if any(date.month for date in dates):
                precision = "day" if any(date.day for date in dates) else "month"
                return Said(phrases.say(f"missing.rough.{precision}"), _nearby(answer, phrases))
    return None


def _no_value(answer: Answer, phrases: Phrases) -> Said:
    attribute = asked_attribute(answer.query)
    records = answer.evidence
    if isinstance(answer.query, Claim) and len(records) == 1:
        attribute = _unknown_of(records[0], answer.query, phrases) or attribute
    if attribute is None:
        return Said(phrases.say("missing.no_value"), _nearby(answer, phrases))
    match records:
        case (Model() as row,):
            known = attribute not in (Attribute.QUANTITY, Attribute.PERIOD) or phrases.span(row)
            lines = (phrases.say("known", values=line_of(row, phrases)),) if known else ()
            return Said(gap_of(row, attribute, phrases), lines)
        case (Milestone() as milestone,):
            number = phrases.number(milestone.number)
            if not isinstance(answer.query, Claim) and attribute == Attribute.MODEL and milestone.model is not None:
                attribute = Attribute.ROW
            gap = phrases.say("milestone.gap", label=phrases.label(attribute), number=number)
            return Said(gap, (line_of(milestone, phrases),))
    return Said(phrases.say("missing.no_attribute", label=phrases.label(attribute)), _nearby(answer, phrases))


def _unknown_of(record: Record, claim: Claim, phrases: Phrases) -> AttributeName | None:
    """What is claimed of a record that the file does not say of it."""
    looked_at = sorted(attributes_of(claim.condition))
    return next((each for each in looked_at if phrases.relations.value(record, each) is None), None)


def asked_attribute(query: Query) -> AttributeName | None:
    """The attribute that a query asks for."""
    match query:
        case Get(attributes=(attribute, *_)):
            return attribute
        case Aggregate(attribute=attribute) | Distinct(attribute=attribute) | Compare(attribute=attribute):
            return attribute
        case Position(attribute=attribute) | Nearest(attribute=attribute):
            return attribute
        case Claim(condition=Equals(attribute=Attribute.ROW)):
            return Attribute.ROW
        case Claim(subject=subject):
            return asked_attribute(subject)
    return None


def _nearby(answer: Answer, phrases: Phrases) -> tuple[str, ...]:
    records = answer.evidence
    if not records or len(records) > NEARBY:
        return ()
    return lines_of(records, phrases)


def _whole_only(answer: Answer, phrases: Phrases) -> Said:
    """A quantity is known for a whole period, and a part of the period was asked for."""
    models = [record for record in answer.evidence if isinstance(record, Model)]
    match models:
        case [row] if row.quantity is not None:
            period = phrases.span(row) or phrases.say("gap", label=phrases.label(Attribute.PERIOD))
            count = phrases.number(row.quantity)
            return Said(phrases.say("missing.slice.one", name=escape(row.key), quantity=count, period=period))
    return Said(phrases.say("missing.slice.several"), _nearby(answer, phrases))


def _never_held(answer: Answer, phrases: Phrases, speak: Speak) -> Said:
    topic = answer.query.topic if isinstance(answer.query, Unavailable) else ""
    if phrases.has("topics", topic):
        headline = phrases.say("missing.never_held.topic", topic=phrases.say(f"topics.{topic}"))
    else:
        headline = phrases.say("missing.never_held.plain")
    near = answer.query.near if isinstance(answer.query, Unavailable) else None
    known = evaluate(near, phrases.relations) if near is not None else None
    if known is None or isinstance(known.result, Missing):
        return Said(headline)
    return Said(headline, (phrases.say("known", values=speak(known).headline),))
