"""Records in words: what was asked of them, lists of them, their places in an order, the nearest ones."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies.describe_query import group_name
from bot.replies.evidence import figures, lines, lines_of, row_lines, sentence_of, thing
from bot.replies.wording_markdown import bold, escape
from bot.replies.wording_model import about_model
from bot.replies.wording_phrases import Phrases
from bot.replies.wording_said import Said
from knowledge.answer import Answer, Record, Row, Rows
from knowledge.evaluation import evaluate, scalar
from knowledge.query import (
    Attribute,
    AttributeName,
    Count,
    Get,
    Listing,
    Nearest,
    Position,
    Query,
    Ranking,
    Selection,
)
from knowledge.schema import Fact, Milestone, Model, PartialDate

NAMED = 4
"""So many records at most are named in the headline."""

PAIR = 2
"""So many records stand in the headline with what was asked of them."""

HEADLINE_NAMES = 150
"""Characters of all names in a headline at most."""

_MILESTONE_BASICS = (Attribute.NUMBER, Attribute.KEY, Attribute.MODEL, Attribute.DATE, Attribute.COLOUR, Attribute.ROW)


def say_rows(answer: Answer, rows: Rows, phrases: Phrases) -> Said:
    """Records that a query gave."""
    match answer.query:
        case Position(selection=_, attribute=attribute, direction=direction, among=among):
            return _positions(rows, Ranking(attribute, direction), among, phrases)
        case Nearest():
            return _nearest(answer, answer.query, rows, phrases)
    said = say_records(answer.query, rows, phrases)
    ranked = getattr(getattr(answer.query, "selection", None), "ranking", None)
    note = (phrases.say("left_out", count=rows.unknown),) if rows.unknown and ranked else ()
    return Said(said.headline, (*said.details, *note))


def say_records(query: Query, rows: Rows, phrases: Phrases) -> Said:
    """Records as a list, as a ranking, or with what was asked of them."""
    if not rows.rows:
        selection = getattr(query, "selection", None)
        relation = selection.relation if isinstance(selection, Selection) else "models"
        return Said(phrases.say(f"list.none.{relation}"))
    ranking = query.selection.ranking if isinstance(query, (Get, Listing)) else None
    facts = [row.record for row in rows.rows if isinstance(row.record, Fact)]
    if facts:
        return _facts(facts, phrases)
    if ranking and (isinstance(query, Listing) or _asks_name(rows)):
        return _ranked(rows, ranking, phrases)
    if len(rows.rows) == 1:
        said = _one(rows.rows[0], isinstance(query, Listing), phrases)
        first = _ranked(rows, ranking, phrases).headline if ranking else ""
        found = Said(said.headline, (*((first,) if first else ()), *said.details))
        return found if ranking else _with_doubtful(found, rows, phrases)
    found = _several(rows, query, phrases)
    return found if ranking else _with_doubtful(found, rows, phrases)


def _with_doubtful(said: Said, rows: Rows, phrases: Phrases) -> Said:
    """What is said, and of how many more it may be so: beside a table too that must not be lost."""
    if not rows.unknown:
        return said
    more = phrases.say("list.undecided", count=rows.unknown)
    return Said(f"{said.headline} {more}", said.details)


def _asks_name(rows: Rows) -> bool:
    """Whether nothing is asked but which records they are."""
    cells = {cell.attribute for row in rows.rows for cell in row.cells}
    return all(isinstance(row.record, Model) for row in rows.rows) and cells <= {Attribute.NAME, Attribute.KEY}


def _facts(facts: Sequence[Fact], phrases: Phrases) -> Said:
    return Said(sentence_of(facts[0], phrases), lines_of(facts[1:], phrases))


# -- one record ---------------------------------------------------------------------------------------------------


def _one(row: Row, listed: bool, phrases: Phrases) -> Said:
    match row.record:
        case Milestone() as milestone:
            return _milestone(milestone, row, phrases)
        case Model() as model if listed:
            return Said(phrases.say("list.one", name=escape(model.key), values=figures(model, phrases)))
        case Model() as model:
            return Said(about_model(model, row.cells, phrases))
    return Said(sentence_of(row.record, phrases))


def _milestone(milestone: Milestone, row: Row, phrases: Phrases) -> Said:
    """The attribute that was asked first, then what else the file says of the milestone."""
    asked = [cell.attribute for cell in row.cells if cell.value is not None]
    gaps = [cell.attribute for cell in row.cells if cell.value is None]
    strong = asked[0] if asked and asked[0] in (Attribute.MODEL, Attribute.DATE, Attribute.COLOUR) else ""
    further = [attribute for attribute in asked if attribute not in _MILESTONE_BASICS]
    number = phrases.number(milestone.number)
    if further:
        values = [phrases.say("line", name=phrases.heading(a), values=bold(phrases.of(milestone, a))) for a in further]
        headline = phrases.say(
            "milestone.asked", values="; ".join(values), number=number, thing=thing(milestone, phrases)
        )
    elif strong == Attribute.COLOUR:
        value = phrases.say("line", name=phrases.heading(strong), values=bold(phrases.of(milestone, strong)))
        rest = thing(milestone.model_copy(update={"colour": None}), phrases)
        headline = phrases.say("milestone.asked", values=value, number=number, thing=rest)
    elif strong:
        headline = phrases.say("milestone.number", number=number, thing=thing(milestone, phrases, strong))
    else:
        headline = phrases.say("milestone.number", number=bold(number), thing=thing(milestone, phrases))
    headlines = [headline, *(phrases.say("milestone.gap", label=phrases.label(each), number=number) for each in gaps)]
    return Said(" ".join(headlines), _further(milestone, further, phrases))


def _further(milestone: Milestone, said: Sequence[AttributeName], phrases: Phrases) -> tuple[str, ...]:
    """What the file says of a milestone beside its basics, and the row that it belongs to."""
    details = [name for name in milestone.details if name not in said]
    further = [phrases.say("line", name=phrases.heading(name), values=phrases.of(milestone, name)) for name in details]
    row = phrases.relations.referenced(milestone.row)
    if row is not None:
        further.append(phrases.say("line", name=phrases.heading(Attribute.ROW), values=phrases.name(row)))
    return tuple(further)


# -- several records ----------------------------------------------------------------------------------------------


def _several(rows: Rows, query: Query, phrases: Phrases) -> Said:
    records = [row.record for row in rows.rows]
    below = row_lines(rows.rows, phrases)
    asked = list(dict.fromkeys(cell.attribute for row in rows.rows for cell in row.cells))
    if isinstance(query, Listing) or not asked:
        known = any(isinstance(record, Model) and record.quantity is not None for record in records)
        return Said(listed(records, phrases), (*below, _total(rows, phrases)) if known else below)
    if asked[0] == Attribute.QUANTITY:
        return Said(_total(rows, phrases), below)
    if asked[0] in (Attribute.NAME, Attribute.KEY):
        return Said(listed(records, phrases), below)
    if len(records) <= PAIR and sum(map(len, below)) <= HEADLINE_NAMES:
        return Said(phrases.say("list.pair", rows="; ".join(below)))
    shown = [bold(value) for value in different(records, asked[0], phrases)]
    if len(shown) <= NAMED and asked[0] not in (Attribute.PERIOD, Attribute.DURATION):
        label = phrases.heading(asked[0])
        return Said(phrases.say("list.values", label=label, values=phrases.several(shown), count=len(records)), below)
    return Said(_spread(rows, asked[0], phrases), below)


def _spread(rows: Rows, attribute: AttributeName, phrases: Phrases) -> str:
    """From where to where the values of an attribute go, if they have an order."""
    records = [row.record for row in rows.rows]
    cells = [cell.value for row in rows.rows for cell in row.cells if cell.attribute == attribute]
    label, number = phrases.heading(attribute), counted(records, phrases)
    dates = [value for value in cells if isinstance(value, PartialDate)]
    numbers = [value for value in cells if isinstance(value, (int, float)) and not isinstance(value, bool)]
    for values in (dates, numbers):
        if values and len(values) == len(cells):
            least, most = (phrases.value(attribute, extreme) for extreme in (min(values), max(values)))
            return phrases.say("list.ranged", label=label, records=number, least=least, most=most)
    return phrases.say("list.labelled", label=label, records=number)


def different(records: Sequence[Record], attribute: AttributeName, phrases: Phrases) -> tuple[str, ...]:
    """The different known values of an attribute as people read them."""
    values: dict[str, Record] = {}
    for record in records:
        values.setdefault(repr(phrases.relations.value(record, attribute)), record)
    return tuple(dict.fromkeys(shown for record in values.values() if (shown := phrases.of(record, attribute))))


def _total(rows: Rows, phrases: Phrases) -> str:
    quantities = [row.record.quantity for row in rows.rows if isinstance(row.record, Model)]
    known = [quantity for quantity in quantities if quantity is not None]
    total = sum(known)
    if rows.total is not None:
        return phrases.say(
            "total.exact", count=total, amount=bold(phrases.number(total)), products=phrases.products(total)
        )
    return phrases.say(
        "total.at_least",
        count=len(quantities) - len(known),
        amount=bold(phrases.number(total)),
        products=phrases.products(total),
    )


def counted(records: Sequence[Record], phrases: Phrases) -> str:
    """How many records, with the noun for them."""
    return phrases.say(f"nouns.{relation_of(records)}", count=len(records))


def relation_of(records: Sequence[Record]) -> str:
    """The relation that records belong to."""
    match records:
        case [Milestone(), *_]:
            return "milestones"
        case [Fact(), *_]:
            return "facts"
    return "models"


def names_of(records: Sequence[Record], phrases: Phrases) -> str:
    """The names of a few records in bold print; empty for many."""
    names = [bold(phrases.name(record)) for record in records[:NAMED]]
    few = len(records) <= NAMED and sum(map(len, names)) <= HEADLINE_NAMES
    return phrases.several(names) if few else ""


def listed(records: Sequence[Record], phrases: Phrases) -> str:
    """How many records there are, and which if they are few."""
    count = phrases.say(f"nouns_bold.{relation_of(records)}", count=len(records))
    names = names_of(records, phrases).replace("**", "")
    return phrases.say("list.named", count=count, names=names) if names else phrases.say("list.counted", count=count)


# -- places in an order -------------------------------------------------------------------------------------------


def order_of(ranking: Ranking, phrases: Phrases) -> str:
    """An order by what stands first in it: most built."""
    if phrases.has("order", ranking.attribute, ranking.direction):
        return phrases.say(f"order.{ranking.attribute}.{ranking.direction}")
    return phrases.say(f"order.other.{ranking.direction}", label=phrases.label(ranking.attribute))


def _ranked(rows: Rows, ranking: Ranking, phrases: Phrases) -> Said:
    order = order_of(ranking, phrases)
    records = [row.record for row in rows.rows]
    place = phrases.language.ordinal(ranking.position)
    alone = ranking.count == 1
    if not alone:
        heading = phrases.say(
            "rank.several" if ranking.position == 1 else "rank.places",
            order=order,
            count=len(records),
            first=ranking.position,
            last=ranking.position + ranking.count - 1,
        )
    else:
        heading = phrases.say(
            "rank.first" if ranking.position == 1 else "rank.place", order=order, place=place, number=ranking.position
        )
    heading = heading[:1].upper() + heading[1:]
    below = row_lines(rows.rows, phrases, placed=not alone)
    if len(records) == 1:
        values = _ranked_values(records[0], ranking, phrases)
        return Said(phrases.say("rank.one", order=heading, name=bold(phrases.name(records[0])), values=values))
    names = names_of(records, phrases) or counted(records, phrases)
    return Said(phrases.say("line", name=heading, values=names) + ".", below)


def _ranked_values(record: Record, ranking: Ranking, phrases: Phrases) -> str:
    if isinstance(record, Milestone):
        return thing(record, phrases)
    if not isinstance(record, Model):
        return phrases.of(record, Attribute.VALUE)
    if ranking.attribute == Attribute.DURATION:
        return ", ".join((phrases.of(record, Attribute.DURATION), figures(record, phrases)))
    return figures(record, phrases)


def _positions(rows: Rows, ranking: Ranking, among: Selection, phrases: Phrases) -> Said:
    """The places of records in the order of all of a selection."""
    size = scalar(evaluate(Count(among), phrases.relations))
    order = order_of(ranking, phrases)

    def said(row: Row) -> str:
        name, value = phrases.name(row.record), phrases.of(row.record, ranking.attribute)
        if row.position is None:
            return phrases.say("position.none", name=name, label=phrases.label(ranking.attribute))
        place = phrases.language.ordinal(row.position)
        return phrases.say(
            "position.one", name=name, place=place, number=row.position, size=size, order=order, value=value
        )

    return Said(said(rows.rows[0]), lines(rows.rows[1:], said, phrases))


def _nearest(answer: Answer, query: Nearest, rows: Rows, phrases: Phrases) -> Said:
    """The records that are closest to a target, with their value and the target's."""
    names = names_of([row.record for row in rows.rows], phrases) or counted([row.record for row in rows.rows], phrases)
    value = phrases.of(rows.rows[0].record, query.attribute)
    target = answer.operands[0] if answer.operands else None
    wanted = scalar(target) if target else None
    shown = phrases.value(query.attribute, wanted) if wanted is not None else ""
    whose = phrases.name(target.evidence[0]) if target and len(target.evidence) == 1 else ""
    label = phrases.label(query.attribute)
    key = "nearest.record" if whose else "nearest.value"
    headline = phrases.say(key, names=names, value=value, label=label, target=shown, whose=whose)
    return Said(headline, row_lines(rows.rows, phrases) if len(rows.rows) > 1 else ())


def subject_of(answer: Answer, phrases: Phrases) -> str:
    """What an answer is about, as a noun: a record, or the selection that was asked."""
    if len(answer.evidence) == 1:
        return phrases.name(answer.evidence[0])
    selection = getattr(answer.query, "selection", None)
    return group_name(selection, phrases) if isinstance(selection, Selection) else ""
