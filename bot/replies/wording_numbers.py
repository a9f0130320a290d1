"""Numbers in words: counts, sums, means, differences, ratios, shares, and what a stated change leads back to."""

from __future__ import annotations

import math

from bot.replies.describe_query import group_name
from bot.replies.evidence import lines_of, sentence_of
from bot.replies.wording_markdown import bold, capital
from bot.replies.wording_model import of_quantity
from bot.replies.wording_phrases import Phrases
from bot.replies.wording_rows import counted, different, names_of, relation_of, subject_of
from bot.replies.wording_said import Said
from knowledge.answer import Answer, Number, Rows, Scalar
from knowledge.arithmetic import unit_of
from knowledge.evaluation import scalar
from knowledge.query import Aggregate, Attribute, Constant, Count, Difference, PreviousValue, Ratio, Selection, Share
from knowledge.schema import Fact, Model, PartialDate

SUMMANDS = 4
"""A sum of at most so many numbers is written out."""

VALUES = 12
"""So many different values at most stand in a sentence."""

SMALL = 100
"""A computed number below it keeps a decimal."""


def say_number(answer: Answer, number: Number, phrases: Phrases) -> Said:
    """A number that was counted or computed, and how."""
    match answer.query:
        case Count():
            return _count(answer, answer.query, number, phrases)
        case Aggregate() if any(isinstance(record, Fact) for record in answer.evidence):
            return _stated(answer, number, phrases)
        case Aggregate(function="mean"):
            return _mean(answer, answer.query, number, phrases)
        case Aggregate(function="median"):
            return _median(answer, answer.query, number, phrases)
        case Aggregate(function="span"):
            years = bold(measured(number.value, number.unit, phrases))
            return Said(capital(phrases.say("spanned", years=years)), _below(answer, answer.query.selection, phrases))
        case Aggregate():
            return _sum(answer, answer.query, number, phrases)
        case Difference():
            return _difference(answer, answer.query, number, phrases)
        case Ratio():
            return _ratio(answer, number, phrases)
        case Share():
            return _share(answer, answer.query, number, phrases)
        case PreviousValue():
            return _previous(answer, number, phrases)
    return Said(phrases.say("number.plain", value=bold(measured(number.value, number.unit, phrases))))


def measured(value: Scalar | None, unit: str, phrases: Phrases) -> str:
    """A value as its unit is written."""
    match value:
        case PartialDate():
            return phrases.date(value)
        case bool() | str() | None:
            return phrases.value("", value)
    match unit:
        case "years":
            return phrases.about(value)
        case "percent":
            return phrases.percent(value, 1)
        case "times":
            return phrases.number(value)
    return phrases.number(value, 0 if abs(value) >= SMALL else 1)


def _unknown(number: Number, phrases: Phrases) -> tuple[str, ...]:
    """The note on records whose value the file does not give."""
    return (phrases.say("left_out", count=number.unknown),) if number.unknown else ()


def _below(answer: Answer, selection: Selection, phrases: Phrases) -> tuple[str, ...]:
    """The records that a number was computed from, one a line; of the whole list that would be too long."""
    return lines_of(answer.evidence, phrases) if selection.conditions or selection.ranking else ()


# -- counting and adding up ---------------------------------------------------------------------------------------


def _count(answer: Answer, query: Count, number: Number, phrases: Phrases) -> Said:
    relation = query.selection.relation
    note = _unknown(number, phrases)
    below = (*_below(answer, query.selection, phrases), *note)
    if query.distinct is not None:
        found = different(answer.evidence, query.distinct, phrases)
        values = phrases.several(found) if len(found) <= VALUES else ", ".join((*found[:VALUES], "…"))
        label = phrases.label(query.distinct)
        key = "count.values" if values else "count.no_values"
        return Said(phrases.say(key, count=number.value, label=label, values=values), below)
    if not number.value:
        return Said(phrases.say(f"list.none.{relation}"), note)
    whole = len(phrases.relations.records(relation))
    noun = phrases.say(f"of.{relation}", count=whole)
    names = names_of(answer.evidence, phrases).replace("**", "")
    if not query.selection.conditions and not query.selection.ranking:
        return Said(phrases.say("list.counted", count=phrases.say(f"nouns_bold.{relation}", count=number.value)), below)
    count = phrases.say("count.of", count=number.value, whole=noun)
    said = phrases.say("list.named" if names else "list.counted", count=count, names=names)
    if number.unknown and isinstance(number.value, int):
        said = f"{said} {phrases.say('count.undecided', count=number.unknown, most=number.value + number.unknown)}"
    return Said(said, below)


def _sum(answer: Answer, query: Aggregate, number: Number, phrases: Phrases) -> Said:
    records = answer.evidence
    note = _unknown(number, phrases)
    if query.attribute != Attribute.QUANTITY:
        label = phrases.label(query.attribute)
        total = bold(measured(number.value, number.unit, phrases))
        return Said(
            phrases.say("sum.other", label=label, total=total), (*_below(answer, query.selection, phrases), *note)
        )
    total = bold(phrases.number(number.value))
    products = phrases.products(number.value)
    if not number.value and query.in_period is not None:
        return Said(phrases.say("sum.outside", total=total, products=products), lines_of(records, phrases))
    if len(records) == 1 and isinstance(records[0], Model):
        return Said(of_quantity(records[0], phrases))
    values = [record.quantity for record in records if isinstance(record, Model) and record.quantity is not None]
    written = len(values) <= SUMMANDS and query.selection.conditions
    how = " + ".join(map(phrases.number, values)) if written else counted(records, phrases)
    key = "sum.at_least" if number.unknown else "sum.written" if written else "sum.exact"
    return Said(
        phrases.say(key, count=number.value, total=total, products=products, how=how),
        (*_below(answer, query.selection, phrases), *note),
    )


def _mean(answer: Answer, query: Aggregate, number: Number, phrases: Phrases) -> Said:
    values = [phrases.relations.value(record, query.attribute) for record in answer.evidence]
    known = [value for value in values if isinstance(value, (int, float))]
    noun = phrases.say(f"nouns.{relation_of(answer.evidence)}", count=len(known))
    total = measured(sum(known), number.unit, phrases)
    below = (*_below(answer, query.selection, phrases), *_unknown(number, phrases))
    shown = measured(number.value, number.unit, phrases)
    if query.attribute != Attribute.QUANTITY:
        if number.unit == "years":
            shown = phrases.say("about", value=phrases.say("duration.decimal", count=round(number.value, 1)))
        return Said(
            phrases.say("mean.other", value=capital(bold(shown)), label=phrases.label(query.attribute), records=noun),
            below,
        )
    products = phrases.products(number.value)
    value = bold(shown) if number.exact else phrases.say("about", value=bold(shown))
    said = phrases.say("mean.quantity", value=value, products=products, total=total, records=noun)
    return Said(capital(said), below)


def _median(answer: Answer, query: Aggregate, number: Number, phrases: Phrases) -> Said:
    known = len(answer.evidence) - number.unknown
    noun = phrases.say(f"nouns.{relation_of(answer.evidence)}", count=known)
    value = bold(measured(number.value, number.unit, phrases))
    said = phrases.say("median", value=value, records=noun, label=phrases.label(query.attribute))
    return Said(capital(said), (*_below(answer, query.selection, phrases), *_unknown(number, phrases)))


# -- two numbers --------------------------------------------------------------------------------------------------


MOST_ADDENDS = 10
"""Rows that are shown one by one where only what they come to is compared."""


def _side(answer: Answer, unit: str, phrases: Phrases) -> tuple[str, tuple[str, ...]]:
    """One side of a computation: its value with the row that it counts, and the lines that say whose value it is."""
    shown = measured(scalar(answer), unit, phrases)
    if isinstance(answer.query, Constant):
        return shown, ()
    subject = subject_of(answer, phrases)
    if not subject:
        return shown, ()
    if unit == "products" and len(answer.evidence) == 1 and isinstance(answer.evidence[0], Model):
        return phrases.say("side", value=shown, subject=subject), ()
    added = answer.evidence if isinstance(answer.query, Aggregate) and len(answer.evidence) <= MOST_ADDENDS else ()
    return shown, (phrases.say("line", name=subject, values=shown), *lines_of(added, phrases))


def _difference(answer: Answer, query: Difference, number: Number, phrases: Phrases) -> Said:
    left, right = answer.operands
    one, other = scalar(left), scalar(right)
    dated = isinstance(one, PartialDate) and isinstance(other, PartialDate)
    if isinstance(one, PartialDate) and isinstance(other, PartialDate) and other < one:
        left, right = right, left
    sided = "products" if number.unit == "percent" else number.unit
    first, lines = _side(left, sided, phrases)
    second, other_lines = _side(right, sided, phrases)
    below = (*lines, *other_lines, *_unknown(number, phrases))
    gap = bold(measured(number.value, number.unit, phrases))
    if dated or number.unit == "years":
        gap = capital(gap)
    if dated:
        return Said(phrases.say("difference.dates", span=gap, first=first, last=second), below)
    if not isinstance(one, (int, float)) or not isinstance(other, (int, float)):
        return Said(phrases.say("number.plain", value=gap), below)
    if query.missing:
        key = "missing" if one < other else "reached"
        return Said(phrases.say(f"difference.{key}", gap=gap, left=first, right=second), below)
    order = "equal" if one == other else "more" if one > other else "fewer"
    unit = "years" if number.unit == "years" else "numbers"
    if unit == "numbers" and order != "equal":
        difference = abs(one - other)
        larger, smaller, result = (
            measured(each, "none", phrases) for each in (max(one, other), min(one, other), difference)
        )
        below = (*below, phrases.say("difference.computation", larger=larger, smaller=smaller, result=result))
    return Said(phrases.say(f"difference.{unit}.{order}", gap=gap, left=first, right=second), below)


def _ratio(answer: Answer, number: Number, phrases: Phrases) -> Said:
    left, right = answer.operands
    unit = _unit_of(left)
    first, lines = _side(left, unit, phrases)
    second, other_lines = _side(right, unit, phrases)
    times = bold(phrases.say("ratio.times", value=number.value))
    key = "ratio.years" if unit == "years" else "ratio.numbers"
    said = phrases.say(key, times=times, left=first, right=second)
    return Said(said, (*lines, *other_lines, *_unknown(number, phrases)))


def _unit_of(answer: Answer) -> str:
    match answer.result:
        case Number(unit=unit):
            return unit
        case Rows(rows) if rows and rows[0].cells:
            return unit_of(rows[0].cells[0].attribute)
    return "none"


def _share(answer: Answer, query: Share, number: Number, phrases: Phrases) -> Said:
    part, whole = answer.operands
    percent = measured(number.value, "percent", phrases)
    total = scalar(whole)
    if query.attribute is None and isinstance(total, int):
        of = phrases.say(f"of.{query.whole.relation}", count=total)
    else:
        of = phrases.say("of.other", count=total)
    said = phrases.say("share.part", percent=bold(percent), part=scalar(part), whole=of)
    subject = subject_of(part, phrases) or group_name(query.part, phrases)
    below = phrases.say("share.of", part=subject, whole=group_name(query.whole, phrases))
    further = lines_of(answer.evidence, phrases) if len(answer.evidence) > 1 else ()
    return Said(said, (below, *further, *_unknown(number, phrases)))


# -- what facts state ---------------------------------------------------------------------------------------------


def _stated(answer: Answer, number: Number, phrases: Phrases) -> Said:
    """The production of a time as a fact states it, or as a stated change leads back to it."""
    if answer.computed:
        return _previous(answer, number, phrases)
    facts = [record for record in answer.evidence if isinstance(record, Fact)]
    return Said(sentence_of(facts[0], phrases))


def _previous(answer: Answer, number: Number, phrases: Phrases) -> Said:
    """A value from the one after it and a change in percent, with no more digits than the change supports."""
    changed, change = (record for record in answer.evidence if isinstance(record, Fact))
    if not isinstance(changed.value, (int, float)) or not isinstance(change.value, (int, float)):
        return Said(phrases.say("number.plain", value=bold(phrases.number(number.value, 0))))
    rounded = supported(number.value, change.value)
    sign = "+" if change.value >= 0 else "−"
    percent = phrases.percent(abs(change.value))
    period = change.period or changed.period
    value, year = phrases.number(changed.value), ""
    if period is not None:
        value = phrases.say("previous.dated", value=value, date=period)
        year = phrases.date(PartialDate(period.year - 1)) if period.precision == "year" else ""
    headline = phrases.say(
        "previous.year" if year else "previous.before",
        value=bold(phrases.number(rounded, 0)),
        products=phrases.products(rounded),
        date=year,
        base=value,
        change=sign + percent,
    )
    computation = phrases.say(
        "previous.computation", base=changed.value, sign=sign, change=percent, value=phrases.number(number.value, 0)
    )
    return Said(headline, (computation, *(sentence_of(fact, phrases) for fact in (changed, change))))


def supported(value: float, percent: float) -> float:
    """The value rounded to the digits that a percentage with as many decimals as this one leaves certain."""
    decimals = len(f"{percent:g}".partition(".")[2])
    error = abs(value) * (0.5 * 10**-decimals / 100) / (1 + percent / 100) if percent > -SMALL else 0.0
    if error <= 0.5:  # half a product: every digit is certain
        return round(value)
    step: float = 10.0 ** math.ceil(math.log10(error))
    return round(value / step) * step
