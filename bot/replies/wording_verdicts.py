"""Yes and no, and which of several is ahead, each with the fact that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.replies.describe_query import group_name
from bot.replies.evidence import lines_of, row_lines
from bot.replies.wording_markdown import bold
from bot.replies.wording_model import about_model, of_end, of_state
from bot.replies.wording_numbers import measured
from bot.replies.wording_phrases import Phrases
from bot.replies.wording_rows import listed, names_of, order_of, relation_of, say_records
from bot.replies.wording_said import Said, Speak
from knowledge.answer import Answer, Comparison, Record, Row, Rows, Side, Verdict
from knowledge.arithmetic import unit_of
from knowledge.conditions import attributes_of, predicate_of
from knowledge.evaluation import evaluate, resolver
from knowledge.query import (
    Attribute,
    Between,
    Claim,
    Compare,
    Condition,
    Exists,
    Get,
    Listing,
    Position,
    Ranking,
    Selection,
)
from knowledge.schema import PRESENT, Model, PartialDate


def say_verdict(answer: Answer, verdict: Verdict, phrases: Phrases, speak: Speak) -> Said:
    """Yes or no first, then the fact."""
    match answer.query, verdict.fact:
        case Exists(), Rows(rows):
            fact = _found(rows, phrases)
        case Exists(), _:
            fact = Said(phrases.say("verdict.nothing"))
        case Claim() as claim, Rows(rows):
            fact = _deciding(claim, answer, rows, verdict.holds, phrases, speak)
        case _ if answer.operands:
            fact = speak(answer.operands[0])
        case _, None:
            fact = Said("")
        case _, result:
            fact = speak(replace(answer, result=result))
    word = phrases.say("verdict.yes" if verdict.holds else "verdict.no")
    return Said(f"{word} {fact.headline}".strip(), fact.details)


def _found(rows: Sequence[Row], phrases: Phrases) -> Said:
    records = [row.record for row in rows]
    if len(records) == 1:
        return say_records(Get(Selection(), ()), Rows(tuple(rows)), phrases)
    return Said(listed(records, phrases), row_lines(rows, phrases))


def _deciding(claim: Claim, answer: Answer, rows: Sequence[Row], verdict: bool, phrases: Phrases, speak: Speak) -> Said:
    """The records of a claim with what it says about them."""
    ranking = claim.subject.selection.ranking if isinstance(claim.subject, (Get, Listing)) else None
    placed = any(row.position is not None for row in rows)
    looked_at = attributes_of(claim.condition)
    if (ranking or placed) and answer.operands and looked_at <= {Attribute.KEY, Attribute.NAME, Attribute.CODE}:
        said = speak(answer.operands[0])
        own = () if verdict or ranking is None else _own_place(claim, ranking, phrases, speak)
        return Said(said.headline, (*own, *said.details))
    if len(rows) != 1:
        return _of_several(claim, rows, phrases)
    record = rows[0].record
    if isinstance(record, Model) and Attribute.IN_PRODUCTION in looked_at:
        return Said(of_end(record, phrases) if verdict else of_state(record, phrases))
    if isinstance(record, Model):
        return Said(about_model(record, rows[0].cells, phrases), lines_of(_measures(claim.condition, phrases), phrases))
    subject = claim.subject if isinstance(claim.subject, (Get, Listing)) else Get(Selection(), ())
    return say_records(subject, Rows(tuple(rows)), phrases)


def _own_place(claim: Claim, ranking: Ranking, phrases: Phrases, speak: Speak) -> tuple[str, ...]:
    """The place that a row really has, where it is said to be among the first ones."""
    if not isinstance(claim.subject, (Get, Listing)) or ranking.count == 1:
        return ()
    among = replace(claim.subject.selection, ranking=None)
    own = replace(among, conditions=(*among.conditions, claim.condition))
    answer = evaluate(Position(own, ranking.attribute, ranking.direction, among), phrases.relations)
    return (speak(answer).headline,) if isinstance(answer.result, Rows) and answer.result.rows else ()


def _measures(condition: Condition, phrases: Phrases) -> list[Record]:
    """The records that a claim measures others by: that one of which the end is the bound."""
    if not isinstance(condition, Between):
        return []
    queries = {bound.value for bound in (condition.least, condition.most) if bound and isinstance(bound.value, Get)}
    return [record for query in queries for record in evaluate(query, phrases.relations).evidence]


def _of_several(claim: Claim, rows: Sequence[Row], phrases: Phrases) -> Said:
    """For which of several records a claim holds."""
    if not rows:
        return Said(phrases.say("verdict.nothing"))
    below = row_lines(rows, phrases)
    relations = phrases.relations
    said = predicate_of(claim.condition, relations, resolver(relations))
    fulfilling = [row.record for row in rows if said(row.record)]
    records = [row.record for row in rows]
    if claim.quantifier == "only" or len(fulfilling) == len(rows):
        return Said(listed(records, phrases), below)
    whole = phrases.say(f"of.{relation_of(records)}", count=len(records))
    if not fulfilling:
        return Said(phrases.say("verdict.none", whole=whole) + ".", below)
    every = claim.quantifier == "every"
    told = [each for each in records if each not in fulfilling] if every else fulfilling
    names = names_of(told, phrases)
    lead = phrases.say("verdict.not_all" if every else "verdict.some", count=len(told), whole=whole)
    return Said(phrases.say("line", name=lead, values=names) + "." if names else lead + ".", below)


# -- comparing ----------------------------------------------------------------------------------------------------


def say_comparison(answer: Answer, comparison: Comparison, phrases: Phrases) -> Said:
    """The side that is ahead, with the values of both; or that they are level."""
    names = _names(answer, comparison, phrases)
    values = [_value(side, comparison.attribute, phrases) for side in comparison.sides]
    ahead = comparison.winners
    key = _key(comparison, phrases)
    lines = tuple(phrases.say("line", name=name, values=value) for name, value in zip(names, values, strict=True))
    if len(ahead) > 1:
        level = phrases.several([bold(names[index]) for index in ahead])
        dated = comparison.attribute == Attribute.DURATION  # each has years of its own
        side = comparison.sides[ahead[0]]
        value = phrases.value(comparison.attribute, side.value) if dated else values[ahead[0]]
        headline = phrases.say("compare.level", names=level, value=value)
        return Said(headline, lines if dated or len(lines) > len(ahead) else ())
    winner = ahead[0]
    others = [index for index in range(len(names)) if index != winner]
    if len(others) == 1:
        other = others[0]
        headline = phrases.say(
            f"compare.{key}",
            winner=bold(names[winner]),
            value=values[winner],
            other=names[other],
            other_value=values[other],
            label=phrases.label(comparison.attribute),
        )
        return Said(headline + _gap(comparison, phrases), _within(comparison, phrases))
    order = order_of(Ranking(comparison.attribute, comparison.direction), phrases)
    order = order[:1].upper() + order[1:]
    return Said(phrases.say("rank.one", order=order, name=bold(names[winner]), values=values[winner]), lines)


def _names(answer: Answer, comparison: Comparison, phrases: Phrases) -> list[str]:
    selections = answer.query.sides if isinstance(answer.query, Compare) else ()
    names = []
    for index, side in enumerate(comparison.sides):
        if len(side.records) == 1 or index >= len(selections):
            names.append(phrases.several([phrases.name(record) for record in side.records]))
        else:
            names.append(group_name(selections[index], phrases))
    return names


def _key(comparison: Comparison, phrases: Phrases) -> str:
    known = phrases.has("compare", comparison.attribute, comparison.direction)
    return f"{comparison.attribute if known else 'other'}.{comparison.direction}"


def _value(side: Side, attribute: str, phrases: Phrases) -> str:
    if side.value == PRESENT or isinstance(side.value, PartialDate):
        return phrases.value(attribute, side.value)
    if attribute == Attribute.DURATION and len(side.records) == 1 and isinstance(side.records[0], Model):
        years, span = phrases.value(attribute, side.value), phrases.span(side.records[0])
        return phrases.say("duration.line", duration=years, span=span)
    return measured(side.value, unit_of(attribute), phrases)


def _gap(comparison: Comparison, phrases: Phrases) -> str:
    """How far the two are apart."""
    if not comparison.difference:
        return ""
    dated = any(isinstance(side.value, PartialDate) for side in comparison.sides)
    unit = "years" if dated else unit_of(comparison.attribute)
    return " " + phrases.say("compare.gap", gap=bold(measured(comparison.difference, unit, phrases)))


def _within(comparison: Comparison, phrases: Phrases) -> tuple[str, ...]:
    """The records of sides that are several records."""
    if all(len(side.records) == 1 for side in comparison.sides):
        return ()
    records = [record for side in comparison.sides for record in side.records]
    return lines_of(records, phrases)
