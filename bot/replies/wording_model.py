"""What is asked of one row of the list, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies.wording_markdown import escape
from bot.replies.wording_phrases import Phrases
from knowledge.answer import Cell
from knowledge.query import Attribute, AttributeName
from knowledge.schema import PRESENT, Model, PartialDate

_TIMES = (Attribute.START, Attribute.END, Attribute.PERIOD)


def about_model(row: Model, cells: Sequence[Cell], phrases: Phrases) -> str:
    """A sentence for each thing that was asked of a row; what a sentence says anyway is not said again."""
    values = {cell.attribute: cell.value for cell in cells}
    if not values:
        return of_quantity(row, phrases) if row.quantity is not None else of_period(row, phrases)
    asked = [attribute for attribute in values if values[attribute] is not None]
    gaps = [attribute for attribute in values if values[attribute] is None]
    if Attribute.QUANTITY in asked and any(each in _TIMES for each in asked):
        asked = [attribute for attribute in asked if attribute not in _TIMES]
    elif Attribute.PERIOD in asked or {Attribute.START, Attribute.END} <= set(asked):
        asked = [Attribute.PERIOD, *(attribute for attribute in asked if attribute not in _TIMES)]
    if Attribute.NAME in asked and len(asked) > 1:
        asked.remove(Attribute.NAME)
    sentences = [_sentence(row, attribute, phrases) for attribute in asked]
    sentences += [gap_of(row, attribute, phrases) for attribute in gaps]
    return " ".join(dict.fromkeys(sentences))


def gap_of(row: Model, attribute: AttributeName, phrases: Phrases) -> str:
    """That the file does not say something of a row."""
    return phrases.say("model.gap", label=phrases.label(attribute), name=escape(row.key))


def _sentence(row: Model, attribute: AttributeName, phrases: Phrases) -> str:
    name = escape(row.key)
    match attribute:
        case Attribute.QUANTITY:
            return of_quantity(row, phrases)
        case Attribute.PERIOD:
            return of_period(row, phrases)
        case Attribute.START if isinstance(row.production.start, PartialDate):
            return phrases.say("model.start", name=name, when=phrases.when(row.production.start, strong=True))
        case Attribute.END:
            return of_end(row, phrases)
        case Attribute.IN_PRODUCTION:
            return of_state(row, phrases)
        case Attribute.DURATION:
            return _duration(row, phrases)
        case Attribute.CODE:
            return phrases.say("model.code", title=escape(row.title), code=escape(row.code or ""))
        case Attribute.NAME | Attribute.KEY if row.code:
            return phrases.say("model.name", title=escape(row.title), code=escape(row.code))
        case Attribute.NAME | Attribute.KEY:
            return phrases.say("model.name_alone", title=escape(row.title))
        case Attribute.REPLACES | Attribute.REPLACED_BY:
            return phrases.say(f"model.{attribute}", name=name, value=phrases.of(row, attribute))
        case _:
            value = phrases.of(row, attribute)
            return phrases.say("model.facet", label=phrases.heading(attribute), name=name, value=value)


def of_quantity(row: Model, phrases: Phrases) -> str:
    """How many were built of a row, and when."""
    if row.quantity is None:
        return gap_of(row, Attribute.QUANTITY, phrases)
    span = phrases.span(row)
    key = "running" if row.production.end == PRESENT else "ended" if span else "plain"
    as_of = phrases.as_of()
    return phrases.say(f"model.quantity.{key}", count=row.quantity, name=escape(row.key), span=span, as_of=as_of)


def of_period(row: Model, phrases: Phrases) -> str:
    """When a row was produced."""
    name = escape(row.key)
    match row.production.start, row.production.end:
        case PartialDate() as start, "present":
            since = phrases.since(start, strong=True)
            return phrases.say("model.period.running", name=name, since=since, as_of=phrases.as_of())
        case PartialDate(), PartialDate():
            return phrases.say("model.period.ended", name=name, period=phrases.between(row, strong=True))
        case None, PartialDate() as end:
            return phrases.say("model.period.end", name=name, when=phrases.when(end, strong=True))
        case PartialDate() as start, None:
            return phrases.say("model.period.start", name=name, when=phrases.when(start, strong=True))
        case _, "present":
            return of_state(row, phrases)
    return gap_of(row, Attribute.PERIOD, phrases)


def of_state(row: Model, phrases: Phrases) -> str:
    """Whether a row is still produced, with the dates that say so."""
    name = escape(row.key)
    match row.production.end:
        case "present":
            return phrases.say("model.state.running", name=name, span=phrases.span(row), as_of=phrases.as_of())
        case PartialDate() as end:
            return phrases.say("model.state.ended", name=name, when=phrases.when(end, strong=True))
    return gap_of(row, Attribute.END, phrases)


def of_end(row: Model, phrases: Phrases) -> str:
    """When production of a row ended, without a word of denial; or that it goes on."""
    if not isinstance(row.production.end, PartialDate):
        return of_state(row, phrases)
    return phrases.say("model.end", name=escape(row.key), when=phrases.when(row.production.end, strong=True))


def _duration(row: Model, phrases: Phrases) -> str:
    years = phrases.relations.duration(row)
    if years is None:
        return gap_of(row, Attribute.DURATION, phrases)
    key = "running" if row.production.end == PRESENT else "ended"
    return phrases.say(
        f"model.duration.{key}",
        name=escape(row.key),
        duration=phrases.about(years),
        span=phrases.span(row),
        as_of=phrases.as_of(),
    )
