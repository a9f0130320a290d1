"""What an answer rests on: a line for each record, the same rows as a table, and where the facts are from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.replies.reply import Table
from bot.replies.wording_markdown import bold, escape
from bot.replies.wording_phrases import Phrases
from knowledge.answer import Answer, Cell, Missing, Record, Row, Rows, Verdict
from knowledge.query import Attribute, AttributeName
from knowledge.schema import PRESENT, Fact, Milestone, Model, Source

T = TypeVar("T")

MAXIMUM_LINES = 25
MAXIMUM_TABLE = 200
"""Rows of a table; nobody reads a longer one."""
MAXIMUM_TITLE = 120
MAXIMUM_SOURCES = 3

_IN_PERIOD = frozenset({Attribute.PERIOD, Attribute.START, Attribute.END, Attribute.IN_PRODUCTION})


# -- lines --------------------------------------------------------------------------------------------------------


def lines(records: Sequence[T], line: Callable[[T], str], phrases: Phrases) -> tuple[str, ...]:
    """A line for each, at most so many as somebody reads, and how many more there are."""
    if len(records) <= MAXIMUM_LINES + 1:
        return tuple(map(line, records))
    return (*map(line, records[:MAXIMUM_LINES]), phrases.say("more", count=len(records) - MAXIMUM_LINES))


def line_of(record: Record, phrases: Phrases) -> str:
    """A record in one line, with what is mostly asked of it."""
    match record:
        case Model():
            return phrases.say("line", name=phrases.name(record), values=figures(record, phrases))
        case Milestone():
            return phrases.say("line", name=phrases.number(record.number), values=thing(record, phrases))
        case Fact():
            return sentence_of(record, phrases)


def lines_of(records: Sequence[Record], phrases: Phrases) -> tuple[str, ...]:
    """A line for each record with what is mostly asked of it, not too many."""
    return lines(records, lambda record: line_of(record, phrases), phrases)


def row_lines(rows: Sequence[Row], phrases: Phrases, *, placed: bool = False) -> tuple[str, ...]:
    """A line for each row with what was asked of it, not too many."""
    return lines(rows, lambda row: row_line(row, phrases, placed=placed), phrases)


def row_line(row: Row, phrases: Phrases, *, placed: bool = False) -> str:
    """A row in one line: what was asked for in bold print, then the rest of what is mostly asked."""
    record = row.record
    if isinstance(record, Fact):
        return sentence_of(record, phrases)
    asked = [cell for cell in row.cells if cell.attribute not in (Attribute.NAME, Attribute.KEY)]
    listed = {cell.attribute for cell in asked} >= {Attribute.QUANTITY, Attribute.PERIOD}
    if isinstance(record, Milestone):
        line = line_of(record, phrases) if len(asked) > 1 else _asked_line(record, asked, phrases)
    elif not asked or (listed and len(asked) == 2):
        line = line_of(record, phrases)
    else:
        line = _asked_line(record, asked, phrases)
    if placed and row.position is not None:
        return phrases.say("line", name=phrases.say("place", number=row.position), values=line)
    return line


def _asked_line(record: Model | Milestone, asked: Sequence[Cell], phrases: Phrases) -> str:
    shown = [_cell(record, cell, phrases) for cell in asked]
    asked_for = {cell.attribute for cell in asked}
    if Attribute.QUANTITY in asked_for and not asked_for & _IN_PERIOD and isinstance(record, Model):
        shown.append(phrases.span(record))
    name = phrases.name(record)
    if isinstance(record, Model) and Attribute.CODE in asked_for:
        name = escape(record.title)
    return phrases.say("line", name=name, values=", ".join(part for part in shown if part))


def _cell(record: Record, cell: Cell, phrases: Phrases) -> str:
    if cell.value is None:
        return phrases.say("gap", label=phrases.label(cell.attribute))
    shown = bold(phrases.value(cell.attribute, cell.value, record))
    if cell.attribute == Attribute.DURATION and isinstance(record, Model):
        return phrases.say("duration.line", duration=shown, span=phrases.span(record))
    return shown


def figures(row: Model, phrases: Phrases) -> str:
    """When a row was produced and how many of it."""
    parts = [phrases.span(row) or phrases.say("gap", label=phrases.label(Attribute.PERIOD))]
    if row.quantity is None:
        parts.append(phrases.say("gap", label=phrases.label(Attribute.QUANTITY)))
    else:
        parts.append(phrases.say("so_far" if row.production.end == PRESENT else "built", count=row.quantity))
    return ", ".join(parts)


def thing(milestone: Milestone, phrases: Phrases, strong: AttributeName = "") -> str:
    """What stood at a milestone: the model in its colour, and when; one of these in bold print."""

    def shown(attribute: AttributeName) -> str:
        text = phrases.of(milestone, attribute)
        return bold(text) if attribute == strong else text

    model = shown(Attribute.MODEL)
    if not model:
        row = phrases.relations.referenced(milestone.row)
        model = escape(row.key) if row else ""
    colour = shown(Attribute.COLOUR)
    if model and colour:
        model = phrases.say("milestone.painted", model=model, colour=colour)
    return ", ".join(part for part in (model or colour, shown(Attribute.DATE)) if part)


def sentence_of(fact: Fact, phrases: Phrases) -> str:
    """A fact as the file words it, its value in bold print; without a sentence its subject and value."""
    value = phrases.value(Attribute.VALUE, fact.value, fact)
    wording = fact.wording.get(phrases.language.code)
    if wording is None or wording.sentence is None:
        subject = escape(phrases.subject(fact))
        period = f" ({phrases.date(fact.period)})" if fact.period else ""
        return phrases.say("line", name=subject[:1].upper() + subject[1:] + period, values=bold(value))
    sentence = escape(wording.sentence)
    shown = value
    if isinstance(fact.value, (int, float)) and not isinstance(fact.value, bool):
        shown = phrases.number(fact.value)
    found = re.search(rf"(?<!\w){re.escape(shown)}(?!\w)(\s?%)?", sentence) if shown else None
    return f"{sentence[: found.start()]}{bold(found[0])}{sentence[found.end() :]}" if found else sentence


# -- table --------------------------------------------------------------------------------------------------------


def table_of(answer: Answer, phrases: Phrases) -> Table | None:
    """The records that an answer rests on with what was asked of them; none for a single one."""
    records = answer.evidence
    if not 1 < len(records) <= MAXIMUM_TABLE:
        return None
    models = [record for record in records if isinstance(record, Model)]
    milestones = [record for record in records if isinstance(record, Milestone)]
    if len(models) == len(records):
        columns: list[AttributeName] = [Attribute.NAME, Attribute.PERIOD, Attribute.QUANTITY]
        if any(model.code for model in models):
            columns.insert(1, Attribute.CODE)
    elif len(milestones) == len(records):
        columns = [Attribute.NUMBER, Attribute.MODEL, Attribute.COLOUR, Attribute.DATE]
        columns = [column for column in columns if any(phrases.of(record, column) for record in milestones)]
    else:
        return None
    asked = [cell.attribute for row in rows_of(answer)[:1] for cell in row.cells]
    covered = {*columns, Attribute.KEY, *(_IN_PERIOD if models else ())}
    columns += [attribute for attribute in dict.fromkeys(asked) if attribute not in covered]
    headings = tuple(
        phrases.say("columns.model") if column == Attribute.NAME else phrases.heading(column) for column in columns
    )
    return Table(headings, tuple(tuple(phrases.of(record, column) for column in columns) for record in records))


def rows_of(answer: Answer) -> tuple[Row, ...]:
    """The rows of an answer, or of the fact that decides it."""
    match answer.result:
        case Rows(rows) | Verdict(fact=Rows(rows)) | Missing(known=Rows(rows)):
            return rows
        case _:
            return ()


# -- source -------------------------------------------------------------------------------------------------------


def source_of(answer: Answer, phrases: Phrases) -> str:
    """Where the facts of an answer were read, and up to when they hold."""
    return sources(cited(answer.evidence, phrases), phrases)


def cited(records: Iterable[Record], phrases: Phrases) -> tuple[Source, ...]:
    """The sources that records name; the file's first one for those that name none."""
    known = {source.id: source for source in phrases.relations.knowledge.sources}
    default = phrases.relations.knowledge.sources[0]
    found = [known.get(record.source or "", default) for record in records] or [default]
    return tuple(dict.fromkeys(found))[:MAXIMUM_SOURCES]


def sources(cited: Sequence[Source], phrases: Phrases) -> str:
    """The sources in one line, with their dates and the file's own."""
    titles = "; ".join(_title(source, phrases) for source in cited)
    as_of = phrases.relations.knowledge.as_of
    said_already = all(source.published == as_of for source in cited)
    return phrases.say("source_of_day" if said_already else "source", title=titles, as_of=as_of)


def _title(source: Source, phrases: Phrases) -> str:
    title = source.title if len(source.title) <= MAXIMUM_TITLE else source.title[: MAXIMUM_TITLE - 1].rstrip() + "…"
    if source.published is None:
        return escape(title)
    return phrases.say("published", title=escape(title), date=source.published)
