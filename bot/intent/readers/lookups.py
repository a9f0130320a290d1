"""Readings that look up: attributes of named rows, or of the best of a selection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.intent.asking import asked_attributes, precision
from bot.intent.choosing import Chosen, choose
from bot.intent.chunking.successors import led_to
from bot.intent.clause import SUCCESSION, Clause, Reading
from bot.intent.facets import asks_groups, counts_values, joins_groups
from bot.intent.grouping import united
from bot.intent.parts import Chunk, places_of
from bot.intent.readers.elapsed import aged_then
from bot.intent.relative import asks_members, measured
from bot.intent.senses import NOUNS, Kind
from bot.intent.succession import chain
from knowledge.query import Attribute, AttributeName, Condition, Equals, Get, Query, Ranking

IDENTITY = (Attribute.NAME, Attribute.QUANTITY, Attribute.PERIOD)
RUN = (Attribute.START, Attribute.END)


def read_lookups(clause: Clause) -> Iterator[Reading]:
    """Attributes of named rows, or of the best of a selection."""
    if not (clause.mentions or clause.bests) or clause.polar or aged_then(clause):
        return
    if joins_groups(clause) or counts_values(clause) or _counts_members(clause):
        return
    counted = clause.any(Kind.HOW_MANY) and clause.any(Kind.MODEL_NOUN, Kind.DISTINCT)
    if counted and not clause.bests and not counts_products(clause):
        return
    if clause.bests:
        yield from _get_best(clause)
    else:
        yield from _get_named(clause)


def _get_best(clause: Clause) -> Iterator[Reading]:
    """Attributes of the best of a selection."""
    dated = clause.any(Kind.WHEN) or precision(clause) != "year"
    if len(clause.mentions) == 1 and dated and clause.bests[0].value.attribute in RUN:
        # "When was the last X built": the end of the X, not the last one of several.
        attribute = Attribute.START if clause.bests[0].value.direction == "least" else Attribute.END
        ended = choose(clause, ranked=False)
        first_or_last(clause, ended, attribute)
        verb = Kind.START if attribute == Attribute.START else Kind.END
        words = places_of((*clause.bests, *clause.words(Kind.WHEN, Kind.UNIT, Kind.ATTRIBUTE, verb)))
        yield reading_of(Get(ended.selection(), (attribute,), precision(clause)), ended, words)
        return
    chosen = choose(clause)
    if chosen.ranking is None:
        return  # something is said of the first ones
    asked, used = asked_attributes(clause, chosen.used)
    own = chosen.ranking.attribute
    if own == Attribute.DURATION and asks_groups(clause):
        return  # of the groups that the facet makes, not of one row
    asked = [name for name in asked if name != own or clause.any(Kind.HOW_MANY, Kind.WHEN, Kind.HOW_LONG)]
    if asked and (asked != [own] or clause.any(Kind.HOW_MANY, Kind.WHEN, Kind.HOW_LONG)):
        reached = clause.places(Kind.REACH)
        yield reading_of(
            Get(chosen.selection(), tuple(asked), precision(clause)), chosen, used | reached | sums(clause)
        )


def first_or_last(clause: Clause, chosen: Chosen, attribute: AttributeName) -> None:
    """Of several rows, the one that began first or ended last; what is still built has no last one."""
    if clause.count(chosen.conditions) < 2:
        return
    built = Equals(Attribute.IN_PRODUCTION, (True,))
    if attribute == Attribute.START:
        chosen.ranking = Ranking(attribute, "least")
    elif clause.count((*chosen.conditions, built)):
        chosen.conditions.append(built)
    else:
        chosen.ranking = Ranking(attribute, "most")


def _get_named(clause: Clause) -> Iterator[Reading]:
    """Attributes of named rows."""
    # A year beside a figure asks for a part of it; beside a date it chooses among the rows.
    chosen = choose(clause, timed=False)
    asked, used = asked_attributes(clause, chosen.used)
    timed = choose(clause)
    if clause.times:
        later, later_used = asked_attributes(clause, timed.used)
        figures = {Attribute.QUANTITY, Attribute.DURATION}
        if later and not figures & set(later):
            yield reading_of(Get(timed.selection(), tuple(later), precision(clause)), timed, later_used | sums(clause))
        return
    if len(chain(clause)) > 1:
        return  # one step after the other
    followed = _followed(clause, asked)
    if followed is not None:
        asked = [name for name in asked if name not in SUCCESSION]
        chosen.conditions = [followed]
    elif len(asked) > 1 and set(asked) & set(SUCCESSION):
        asked = [name for name in asked if name in SUCCESSION]  # what is asked of a successor is not asked of this
    if not asked and clause.any(Kind.WHICH) and several(clause):
        return  # a list
    attributes = tuple(asked) or (Attribute.QUANTITY, Attribute.PERIOD)
    if not asked and _is_code_question(clause):
        attributes = IDENTITY
    further = used | sums(clause) | clause.places(Kind.REACH)
    if clause.any(Kind.ATTRIBUTE):
        further |= clause.places(Kind.HOW)
    if attributes == (Attribute.QUANTITY, Attribute.PERIOD) and (sums(clause) or measured(clause)):
        return  # a total, or a list
    yield reading_of(Get(chosen.selection(), attributes, precision(clause)), chosen, further, 0 if asked else 1)


def _counts_members(clause: Clause) -> bool:
    """Whether it is asked how many of a group are more, or older, than another row."""
    return clause.any(Kind.HOW_MANY) and asks_members(clause)


def _followed(clause: Clause, asked: Sequence[str]) -> Condition | None:
    """The rows that a row replaced or was replaced by, where something else is asked of these."""
    between = [name for name in asked if name in SUCCESSION]
    if not between or len(asked) == len(between):
        return None
    conditions = tuple(united(clause, clause.mentions) or ())
    return led_to(clause.relations, conditions, between[0])


def _is_code_question(clause: Clause) -> bool:
    """Whether it asks what a code stands for."""
    sets = [rows for part in clause.mentions for rows in part.value.sets]
    return all(rows.code for rows in sets) and clause.any(Kind.WHICH)


def reading_of(query: Query, chosen: Chosen, further: set[int], defaults: int = 0) -> Reading:
    """A reading of what was chosen, with the further words that it explains."""
    return Reading(query, frozenset(chosen.used | further), defaults, tuple(chosen.conditions))


def sums(clause: Clause) -> set[int]:
    return clause.places(Kind.SUM, Kind.WHOLE)


def counts_products(clause: Clause) -> bool:
    """In "how many units of the models …" products are counted, in "how many models …" rows are.

    "How many convertibles of all generations combined" counts products too: the sum is of these.
    """
    nouns = clause.words(*NOUNS)
    start = next((part.index for part in clause.words(Kind.HOW_MANY)), -1)
    first = next((part for part in nouns if part.index > start), next(iter(nouns), None))
    if first is None or first.has(Kind.PRODUCT_NOUN):
        return first is not None
    asking = clause.words(Kind.HOW_MANY)
    between = [p for p in clause.mentions if asking and asking[0].index < p.index < first.index]
    both = clause.any(Kind.BOTH) or any(part.has(Kind.BOTH) for part in clause.chunks(Chunk.NUMBER))
    summed = both or any(not part.has(Kind.OVERALL) for part in clause.words(Kind.SUM))
    return bool(between) and summed


def several(clause: Clause) -> bool:
    """Whether the names are all words for a group, so that "which" asks for what it holds."""
    return bool(clause.mentions) and all(part.value.facet and len(part.value.rows) > 1 for part in clause.mentions)
