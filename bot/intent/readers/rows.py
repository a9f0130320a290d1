"""Readings about rows: looking up, counting, listing, adding up, ranking."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.choosing import choose
from bot.intent.clause import Clause, Reading
from bot.intent.facets import counts_values, facet_words, limits_groups, ranks_facet
from bot.intent.grouping import summed_runs, united
from bot.intent.ordering import said_of_first
from bot.intent.parts import Chunk, Part, places_of
from bot.intent.readers.lookups import RUN, counts_products, read_lookups, reading_of, several, sums
from bot.intent.relative import asks_members, measured
from bot.intent.senses import NOUNS, Kind
from knowledge.answer import Missing, Values
from knowledge.evaluation import evaluate
from knowledge.query import (
    Aggregate,
    Attribute,
    Count,
    Distinct,
    Listing,
    Overlaps,
    Selection,
)
from knowledge.schema import PartialDate

WHOLE = Selection()
OF_PLANT = (Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER, Kind.IN, Kind.FILL)
OPERATIONS = (
    Kind.DIFFERENCE, Kind.RATIO, Kind.SHARE, Kind.MEAN, Kind.RANK, Kind.NEAREST, Kind.SAME, Kind.REACH, Kind.WHY,
)  # fmt: skip
"""Words of computing, which only the readings that compute it explain."""


def read_rows(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a question about rows."""
    if counts_most(clause):
        return
    if ranks_facet(clause):
        if not clause.mentions:
            yield from _list(clause)  # which leaves over what is no figure here
        return
    yield from read_lookups(clause)
    if _is_of_today(clause):
        asking = frozenset(clause.places(Kind.HOW_MANY))  # and "today" is left over
        yield Reading(Aggregate("sum", Attribute.QUANTITY, WHOLE), asking)
    elif not (measured(clause) and summed_runs(clause, clause.mentions) and not clause.any(Kind.HOW_MANY)):
        yield from _total(clause)  # unless what others are measured by is added up
    yield from _count(clause)
    yield from _list(clause)
    yield from _distinct(clause)


def counts_most(clause: Clause) -> bool:
    """Whether "most" counts what stands behind it: "which series has the most models", "when were the most built"."""
    following = [clause.after(part) for part in clause.bests if part.has(Kind.QUANTIFIER)]
    dated = clause.any(Kind.WHEN, Kind.YEAR_OF) and not clause.any(Kind.MODEL_NOUN)
    counted = Kind.PRODUCT_NOUN if dated else Kind.MODEL_NOUN
    return any(part.has(Kind.MODEL_NOUN, counted) for part in following)


def _total(clause: Clause) -> Iterator[Reading]:
    """The quantity of a selection, of several names together, or of all."""
    if (clause.bests and not clause.any(Kind.SUM)) or clause.milestones or clause.polar or asks_members(clause):
        return
    if clause.any(Kind.HOW_MANY) and clause.any(Kind.MODEL_NOUN) and not counts_products(clause):
        return
    figures = clause.naming(Attribute.QUANTITY)
    asked = places_of((*clause.words(Kind.HOW_MANY, Kind.SUM), *figures))
    verbs = [part for part in clause.words(Kind.START, Kind.END) if not part.has(Kind.FILL)]
    selecting = bool(verbs) or any(_tells_a_run(clause, part) for part in clause.times)
    chosen = choose(clause, timed=selecting)
    if any(part.has(Kind.IMMEDIATE) for part in clause.times):
        chosen = choose(clause)
        if asked:
            yield reading_of(Aggregate("sum", Attribute.QUANTITY, chosen.selection()), chosen, asked | sums(clause))
        return
    if clause.mentions:
        period = None if selecting else _period(clause)
        narrowing = len(chosen.conditions) > len(united(clause, clause.mentions) or ()) and clause.any(
            Kind.PRODUCT_NOUN
        )
        if not (clause.any(Kind.SUM) or len(clause.mentions) > 1 or clause.times or clause.limits or narrowing):
            return
        used = asked | (places_of(clause.times) if period else set())
        query = Aggregate("sum", Attribute.QUANTITY, chosen.selection(), period)
        yield reading_of(query, chosen, used | sums(clause), 0 if asked else 1)
        return
    if clause.bests:
        yield reading_of(Aggregate("sum", Attribute.QUANTITY, chosen.selection()), chosen, asked | sums(clause))
        return
    narrowed = bool(chosen.conditions)
    grounded = clause.any(Kind.BUILD, Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER) or bool(clause.times) or narrowed
    counted = clause.any(Kind.PRODUCT_NOUN, Kind.MODEL_NOUN, Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER) or (
        narrowed and clause.any(Kind.SUM)
    )
    grounded = grounded or (clause.any(Kind.SUM) and clause.any(*NOUNS))
    span = _period(clause)
    entire = span is not None and _is_all_time(clause, span)
    counted = counted or (bool(figures or sums(clause)) and (clause.any(Kind.BUILD) or entire) and bool(clause.times))
    output = (Kind.BUILD, Kind.HOW_MANY, Kind.HOW, Kind.AUX)
    bare = clause.any(Kind.BUILD) and all(
        part.chunk is Chunk.TIME or part.has(*output, *OF_PLANT) for part in clause.parts
    )
    if bare and clause.times and (period := _period(clause)):
        # "Production 2024": of the plant, if the file states it.
        stated = Aggregate("sum", Attribute.QUANTITY, WHOLE, period)
        if not isinstance(evaluate(stated, clause.relations).result, Missing):
            asking = clause.words(Kind.HOW_MANY, Kind.HOW)
            yield Reading(stated, frozenset(places_of((*clause.times, *asking))), 0)
    whole = (Kind.OVERALL, Kind.BUILD, Kind.HOW_MANY, Kind.AUX)
    if clause.any(Kind.OVERALL) and all(part.has(*whole, *OF_PLANT) for part in clause.parts):
        # "Grand total?": of all, unless something was spoken of before.
        yield reading_of(Aggregate("sum", Attribute.QUANTITY, WHOLE), chosen, sums(clause) | asked, 2)
    if not (asked or clause.times) or not (grounded and counted):
        return
    if not asked and not clause.any(Kind.PRODUCT_NOUN) and not sums(clause):
        return
    period = None if verbs else _period(clause)
    used = asked | (places_of(clause.times) if period else set())
    if period is not None and _is_all_time(clause, period):
        # "From 2005 to 2025": all that there is.
        query = Aggregate("sum", Attribute.QUANTITY, choose(clause, timed=False).selection())
        yield reading_of(query, choose(clause, timed=False), used | sums(clause), 1)
        return
    if not period:
        used |= clause.places(Kind.STILL) if not chosen.conditions else set()
    yield reading_of(Aggregate("sum", Attribute.QUANTITY, chosen.selection(), period), chosen, used | sums(clause), 1)


def _is_of_today(clause: Clause) -> bool:
    """Whether it is asked how many are built now, which is not what the models of today have come to."""
    now = [part for part in clause.words(Kind.STILL) if len(part.items[0].spelling) == 1 and not part.has(Kind.BUILD)]
    told = clause.mentions or clause.any(Kind.MODEL_NOUN, Kind.SUM, Kind.NOT) or clause.bests or clause.limits
    made = clause.any(Kind.BUILD) and clause.any(Kind.PRODUCT_NOUN) and clause.any(Kind.HOW_MANY)
    return bool(now) and made and not told and not clause.times


def _tells_a_run(clause: Clause, part: Part) -> bool:
    """Whether a time says which rows are meant: "the X that ran from 2019 to 2024"."""
    verb = clause.before(part)
    ran = verb.senses.get(Kind.SURVIVE) == "last" or verb.has(Kind.BUILD)
    return part.value.kind == "range" and ran and clause.before(verb).has(Kind.IT, Kind.WHICH)


def _period(clause: Clause) -> Overlaps | None:
    """The time whose part of a quantity is asked for."""
    if len(clause.times) != 1:
        return None
    time = clause.times[0].value
    return Overlaps(time.first, time.last)


def _is_all_time(clause: Clause, period: Overlaps) -> bool:
    """Whether a time holds all that is known to have been built: from the first year of the file to its last."""
    starts = [row.production.start for row in clause.relations.knowledge.models]
    known = [start.year for start in starts if start is not None]
    first = period.first.value if period.first is not None else None
    last = period.last.value if period.last is not None else None
    if len(known) < len(starts) or not isinstance(first, PartialDate) or first.month or first.year > min(known):
        return False
    today = clause.relations.knowledge.as_of.year
    return last is None or (isinstance(last, PartialDate) and not last.month and last.year >= today)


def _count(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.HOW_MANY)
    first = said_of_first(clause)
    if not asking or (clause.bests and not first) or clause.milestones:
        return
    distinct = clause.places(Kind.DISTINCT)
    models = any(part.index > asking[0].index for part in clause.words(Kind.MODEL_NOUN)) or (
        clause.any(Kind.MODEL_NOUN) and not clause.any(Kind.WHICH)
    )
    facets = facet_words(clause)
    models = models or (bool(distinct) and not facets) or first
    chosen = choose(clause)
    if any(part.has(Kind.IMMEDIATE) for part in clause.times):
        return  # there is one that came next
    used = places_of(asking) | distinct
    if facets and (not models or clause.limits) and limits_groups(clause, facets[0][0]):
        return
    if facets and not models:
        if clause.mentions and not counts_values(clause):
            return
        part, name = facets[0]
        yield reading_of(Count(chosen.selection(), name), chosen, used | {part.index})
        return
    choosing = bool(clause.limits) or clause.any(Kind.STILL) or asks_members(clause)
    choosing = choosing or bool(clause.times and clause.words(Kind.START, Kind.END))
    choosing = choosing or (bool(clause.times) and clause.any(Kind.RUNNING) and not clause.any(Kind.PRODUCT_NOUN))
    if not models and (not choosing or _figures(clause)):
        return
    rows = {row for part in clause.mentions for row in part.value.rows}
    if not models and clause.any(Kind.STILL) and len(rows) < 2:
        return
    if (
        models
        and not asks_members(clause)
        and (counts_products(clause) or (clause.mentions and not clause.mentions[0].items and sums(clause)))
    ):
        return
    overall = clause.places(Kind.OVERALL, Kind.WHOLE)  # to add up is more than to count
    yield reading_of(Count(chosen.selection()), chosen, used | overall, 0 if models else 1)


def _figures(clause: Clause) -> bool:
    limits = places_of(clause.limits)
    return any(
        Attribute.QUANTITY in part.senses[Kind.ATTRIBUTE] and part.index not in limits
        for part in clause.words(Kind.ATTRIBUTE)
    )


def _list(clause: Clause) -> Iterator[Reading]:
    if clause.any(Kind.HOW_MANY) or clause.milestones or (clause.polar and not clause.any(Kind.LIST)):
        return
    chosen = choose(clause)
    if not chosen.conditions and not chosen.ranking:
        asking = clause.any(Kind.LIST, Kind.WHICH) and clause.any(*NOUNS)
        if asking and clause.any(Kind.BUILD, Kind.PLANT, Kind.PLANT_NOUN, Kind.MODEL_NOUN):
            yield reading_of(Listing(chosen.selection()), chosen, sums(clause), 2)
        return
    asking = clause.any(Kind.WHICH, Kind.LIST, Kind.MODEL_NOUN, Kind.ELSE)
    others = bool(clause.excluded) and not clause.mentions and not clause.any(Kind.NONE)
    asking = asking or (others and clause.any(Kind.PRODUCT_NOUN))  # "non-X cars"
    if _figures(clause) and not clause.any(Kind.MODEL_NOUN, Kind.LIST) and not chosen.ranking:
        return
    singled = bool(clause.mentions) and all(len(part.value.rows) == 1 for part in clause.mentions)
    if singled and clause.times and not clause.any(Kind.LIST, Kind.MODEL_NOUN, Kind.ELSE) and not chosen.ranking:
        return  # "the X in 2012": how many of them then, not whether it was built
    if chosen.ranking:
        if singled and chosen.ranking.attribute not in RUN and all(part.value.exact for part in clause.mentions):
            return  # among one there is no most
        grounded = (
            asking
            or clause.mentions
            or clause.any(Kind.BUILD, Kind.PLANT, Kind.PLANT_NOUN, Kind.PRODUCT_NOUN, Kind.BY_ATTRIBUTE, Kind.STILL)
        )
        grounded = grounded or chosen.ranking.count > 1 or len(clause.parts) == 1 or _figures(clause)
        grounded = grounded or any(len(part.items) > 1 for part in clause.bests)
        if grounded:
            named = clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.WHICH, Kind.LIST, Kind.BY_ATTRIBUTE)
            defaults = 0 if named else 1
            overall = clause.places(Kind.OVERALL, Kind.WHOLE)  # to add up is more than to list
            yield reading_of(Listing(chosen.selection()), chosen, _ranked_by(clause) | overall, defaults)
        return
    names = united(clause, clause.mentions) or []
    narrowed = clause.times or clause.limits or clause.any(Kind.STILL) or len(chosen.conditions) > len(names)
    narrowed = narrowed or (clause.any(Kind.WHICH) and several(clause))
    narrowed = narrowed or bool(measured(clause)) or said_of_first(clause)
    narrowed = narrowed or any(part.link is Kind.WITH for part in clause.mentions)  # "which are X and are Y"
    if clause.mentions and not narrowed and not clause.any(Kind.LIST, Kind.MODEL_NOUN):
        return
    having = bool(clause.limits) and clause.any(Kind.PRODUCT_NOUN)  # "cars with more than …"
    if not asking and not having and not (clause.any(Kind.BUILD, Kind.START, Kind.END, Kind.STILL) and narrowed):
        return
    if clause.any(Kind.PRODUCT_NOUN) and clause.times and not (asking or clause.any(Kind.START, Kind.END)):
        return  # "cars built in 2022": how many of them, which is not known
    things = (
        clause.mentions
        or clause.any(*NOUNS)
        or any(_is_told(part) for part in clause.times)
        or (clause.any(Kind.LIST) and bool(clause.limits))
        or (clause.any(Kind.WHICH) and any(_is_large(part) for part in clause.limits))
    )
    there = clause.any(Kind.BUILD) or (clause.any(Kind.WHICH) and clause.any(Kind.PLANT, Kind.PLANT_NOUN))
    verbs = clause.any(Kind.START, Kind.END) or (there and bool(clause.times))
    building = any(part.has(Kind.STILL) and len(part.items[0].text.split()) > 1 for part in clause.words(Kind.STILL))
    if not things and not verbs and not (clause.any(Kind.STILL) and (clause.any(Kind.BUILD) or building)):
        return
    if clause.limits and not things and any(part.value.attribute is None for part in clause.limits):
        return
    further = clause.places(Kind.ELSE) if clause.excluded else set()
    yield reading_of(Listing(chosen.selection()), chosen, further, 0 if asking else 1)


LARGE = 1000
"""An amount that only quantities of products reach."""


def _is_large(part: Part) -> bool:
    bounds = (part.value.least, part.value.most)
    return any(bound is not None and isinstance(bound.value, (int, float)) and bound.value >= LARGE for bound in bounds)


def _is_told(part: Part) -> bool:
    """Whether a time is told by a row or a milestone, so that the clause is about the plant."""
    bounds = (part.value.first, part.value.last)
    told = any(bound is not None and not isinstance(bound.value, (int, float, PartialDate)) for bound in bounds)
    return bool(part.value.anchor) or told


def _ranked_by(clause: Clause) -> set[int]:
    """Words that only say by what a ranking ranks."""
    ranked = {best.value.attribute for best in clause.bests}
    return {
        part.index
        for part in clause.words(Kind.ATTRIBUTE, Kind.RANK, Kind.UNIT)
        if part.has(Kind.RANK) or ranked & set(part.senses.get(Kind.ATTRIBUTE, ()))
    }


def _distinct(clause: Clause) -> Iterator[Reading]:
    """The different values of a facet: "which brands", "what body styles does the 2 Series have"."""
    if clause.any(Kind.HOW_MANY, Kind.ONLY) or clause.milestones or clause.bests or clause.polar:
        return  # "which X is there only once": how often each of them is there
    asked = facet_words(clause)
    bare = len(clause.parts) == 2 and clause.parts[0].has(Kind.ATTRIBUTE) and clause.any(Kind.BUILD)  # "brands built"
    if not clause.any(Kind.WHICH, Kind.LIST) and not bare:
        return
    if not asked or clause.mentions or limits_groups(clause, asked[0][0]):
        return
    part, name = asked[0]
    chosen = choose(clause)
    query = Distinct(chosen.selection(), name)
    values = evaluate(query, clause.relations).result
    count = len(values.values) if isinstance(values, Values) else 0
    counted = {each.index for each in clause.chunks(Chunk.NUMBER) if each.value.value == count}
    yield reading_of(query, chosen, {part.index} | counted)
