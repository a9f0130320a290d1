"""Readings about rows: looking up, counting, listing, adding up, ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.intent.asking import asked_attributes, precision
from bot.intent.choosing import Chosen, choose
from bot.intent.clause import Clause, Reading
from bot.intent.facets import asks_groups, counts_values, facet_words, joins_groups, limits_groups, ranks_facet
from bot.intent.grouping import united
from bot.intent.ordering import said_of_first
from bot.intent.parts import Chunk, Part
from bot.intent.relative import asks_members
from bot.intent.senses import Kind
from bot.intent.timing import names_a_run
from knowledge.answer import Missing, Rows, Values
from knowledge.evaluation import evaluate
from knowledge.query import (
    Aggregate,
    Attribute,
    Condition,
    Count,
    Distinct,
    Equals,
    Get,
    Listing,
    Overlaps,
    Query,
    Selection,
)
from knowledge.schema import PartialDate

WHOLE = Selection()
OF_PLANT = (Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER, Kind.IN, Kind.FILL)
IDENTITY = (Attribute.NAME, Attribute.QUANTITY, Attribute.PERIOD)
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
    yield from _get(clause)
    yield from _total(clause)
    yield from _count(clause)
    yield from _list(clause)
    yield from _distinct(clause)


def reading_of(query: Query, chosen: Chosen, further: set[int], defaults: int = 0) -> Reading:
    """A reading of what was chosen, with the further words that it explains."""
    return Reading(query, frozenset(chosen.used | further), defaults, tuple(chosen.conditions))


def _get(clause: Clause) -> Iterator[Reading]:
    """Attributes of named rows, or of the best of a selection."""
    if not (clause.mentions or clause.bests) or clause.polar:
        return
    if joins_groups(clause) or counts_values(clause) or _counts_members(clause):
        return
    counted = clause.any(Kind.HOW_MANY) and clause.any(Kind.MODEL_NOUN, Kind.DISTINCT)
    if counted and not clause.bests and not _counts_products(clause):
        return
    if clause.bests:
        yield from _get_best(clause)
    else:
        yield from _get_named(clause)


def _get_best(clause: Clause) -> Iterator[Reading]:
    """Attributes of the best of a selection."""
    if len(clause.mentions) == 1 and clause.any(Kind.WHEN) and clause.bests[0].value.attribute in RUN:
        # "When was the last X built": the end of the X, not the last one of several.
        attribute = Attribute.START if clause.bests[0].value.direction == "least" else Attribute.END
        ended = choose(clause, ranked=False)
        words = {part.index for part in (*clause.bests, *clause.words(Kind.WHEN, Kind.UNIT))}
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
        reached = {part.index for part in clause.words(Kind.REACH)}
        yield reading_of(
            Get(chosen.selection(), tuple(asked), precision(clause)), chosen, used | reached | _sums(clause)
        )


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
            yield reading_of(Get(timed.selection(), tuple(later), precision(clause)), timed, later_used | _sums(clause))
        return
    followed = _followed(clause, asked)
    if followed is not None:
        asked = [name for name in asked if name not in SUCCESSION]
        chosen.conditions = [followed]
    elif len(asked) > 1 and set(asked) & set(SUCCESSION):
        asked = [name for name in asked if name in SUCCESSION]  # what is asked of a successor is not asked of this
    if not asked and clause.any(Kind.WHICH) and _several(clause):
        return  # a list
    attributes = tuple(asked) or (Attribute.QUANTITY, Attribute.PERIOD)
    if not asked and _is_code_question(clause):
        attributes = IDENTITY
    further = used | _sums(clause) | {part.index for part in clause.words(Kind.REACH)}
    if clause.any(Kind.ATTRIBUTE):
        further |= {part.index for part in clause.words(Kind.HOW)}
    if attributes == (Attribute.QUANTITY, Attribute.PERIOD) and (_sums(clause) or asks_members(clause)):
        return  # a total, or a list
    yield reading_of(Get(chosen.selection(), attributes, precision(clause)), chosen, further, 0 if asked else 1)


def _counts_members(clause: Clause) -> bool:
    """Whether it is asked how many of a group are more, or older, than another row."""
    return clause.any(Kind.HOW_MANY) and asks_members(clause)


def counts_most(clause: Clause) -> bool:
    """Whether "most" counts what stands behind it: "which series has the most models", "when were the most built"."""
    following = [clause.after(part) for part in clause.bests if part.has(Kind.QUANTIFIER)]
    dated = clause.any(Kind.WHEN, Kind.YEAR_OF) and not clause.any(Kind.MODEL_NOUN)
    counted = Kind.PRODUCT_NOUN if dated else Kind.MODEL_NOUN
    return any(part.has(Kind.MODEL_NOUN, counted) for part in following)


RUN = (Attribute.START, Attribute.END)
SUCCESSION = (Attribute.REPLACES, Attribute.REPLACED_BY)


def _followed(clause: Clause, asked: Sequence[str]) -> Condition | None:
    """The rows that a row replaced or was replaced by, where something else is asked of these."""
    between = [name for name in asked if name in SUCCESSION]
    if not between or len(asked) < 2:
        return None
    conditions = tuple(united(clause, clause.mentions) or ())
    answer = evaluate(Get(Selection("models", conditions), (between[0],)), clause.relations)
    names = {
        str(value)
        for row in (answer.result.rows if isinstance(answer.result, Rows) else ())
        for cell in row.cells
        for value in (cell.value if isinstance(cell.value, tuple) else ())
    }
    keys = tuple(
        row.key for row in clause.relations.knowledge.models if names & {row.key, row.name, row.title, row.code}
    )
    return Equals(Attribute.KEY, keys) if keys else None


def _is_code_question(clause: Clause) -> bool:
    """Whether it asks what a code stands for."""
    sets = [rows for part in clause.mentions for rows in part.value.sets]
    return all(rows.code for rows in sets) and clause.any(Kind.WHICH)


def _sums(clause: Clause) -> set[int]:
    return {part.index for part in clause.words(Kind.SUM, Kind.WHOLE)}


def _total(clause: Clause) -> Iterator[Reading]:
    """The quantity of a selection, of several names together, or of all."""
    if (clause.bests and not clause.any(Kind.SUM)) or clause.milestones or clause.polar or asks_members(clause):
        return
    if clause.any(Kind.HOW_MANY) and clause.any(Kind.MODEL_NOUN) and not _counts_products(clause):
        return
    figures = [p for p in clause.words(Kind.ATTRIBUTE) if Attribute.QUANTITY in p.senses[Kind.ATTRIBUTE]]
    asked = {p.index for p in (*clause.words(Kind.HOW_MANY, Kind.SUM), *figures)}
    verbs = [part for part in clause.words(Kind.START, Kind.END) if not part.has(Kind.FILL)]
    rows = frozenset().union(*(part.value.rows for part in clause.mentions)) if clause.mentions else frozenset()
    selecting = bool(verbs) or (len(rows) > 1 and names_a_run(clause, rows))
    chosen = choose(clause, timed=selecting)
    if clause.mentions:
        period = None if selecting else _period(clause)
        narrowing = len(chosen.conditions) > len(united(clause, clause.mentions) or ()) and clause.any(
            Kind.PRODUCT_NOUN
        )
        if not (clause.any(Kind.SUM) or len(clause.mentions) > 1 or clause.times or clause.limits or narrowing):
            return
        used = asked | ({part.index for part in clause.times} if period else set())
        query = Aggregate("sum", Attribute.QUANTITY, chosen.selection(), period)
        yield reading_of(query, chosen, used | _sums(clause), 0 if asked else 1)
        return
    if clause.bests:
        yield reading_of(Aggregate("sum", Attribute.QUANTITY, chosen.selection()), chosen, asked | _sums(clause))
        return
    narrowed = bool(chosen.conditions)
    grounded = clause.any(Kind.BUILD, Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER) or bool(clause.times) or narrowed
    counted = clause.any(Kind.PRODUCT_NOUN, Kind.MODEL_NOUN, Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER) or (
        narrowed and clause.any(Kind.SUM)
    )
    grounded = grounded or (clause.any(Kind.SUM) and clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN))
    counted = counted or (bool(figures or _sums(clause)) and clause.any(Kind.BUILD) and bool(clause.times))
    output = (Kind.BUILD, Kind.HOW_MANY, Kind.HOW, Kind.AUX)
    bare = clause.any(Kind.BUILD) and all(
        part.chunk is Chunk.TIME or part.has(*output, *OF_PLANT) for part in clause.parts
    )
    if bare and clause.times and (period := _period(clause)):
        # "Production 2024": of the plant, if the file states it.
        stated = Aggregate("sum", Attribute.QUANTITY, WHOLE, period)
        if not isinstance(evaluate(stated, clause.relations).result, Missing):
            asking = clause.words(Kind.HOW_MANY, Kind.HOW)
            yield Reading(stated, frozenset(part.index for part in (*clause.times, *asking)), 0)
    if clause.any(Kind.OVERALL) and all(part.has(Kind.OVERALL, Kind.BUILD, *OF_PLANT) for part in clause.parts):
        # "Grand total?": of all, unless something was spoken of before.
        yield reading_of(Aggregate("sum", Attribute.QUANTITY, WHOLE), chosen, _sums(clause), 2)
    if not (asked or clause.times) or not (grounded and counted):
        return
    if not asked and not clause.any(Kind.PRODUCT_NOUN) and not _sums(clause):
        return
    period = None if verbs else _period(clause)
    used = asked | ({part.index for part in clause.times} if period else set())
    if not period:
        used |= {part.index for part in clause.words(Kind.STILL)} if not chosen.conditions else set()
    yield reading_of(Aggregate("sum", Attribute.QUANTITY, chosen.selection(), period), chosen, used | _sums(clause), 1)


def _counts_products(clause: Clause) -> bool:
    """In "how many units of the models …" products are counted, in "how many models …" rows are.

    "How many convertibles of all generations combined" counts products too: the sum is of these.
    """
    nouns = clause.words(Kind.PRODUCT_NOUN, Kind.MODEL_NOUN)
    start = next((part.index for part in clause.words(Kind.HOW_MANY)), -1)
    first = next((part for part in nouns if part.index > start), next(iter(nouns), None))
    if first is None or first.has(Kind.PRODUCT_NOUN):
        return first is not None
    asking = clause.words(Kind.HOW_MANY)
    between = [p for p in clause.mentions if asking and asking[0].index < p.index < first.index]
    both = clause.any(Kind.BOTH) or any(part.has(Kind.BOTH) for part in clause.chunks(Chunk.NUMBER))
    summed = both or any(not part.has(Kind.OVERALL) for part in clause.words(Kind.SUM))
    return bool(between) and summed


def _period(clause: Clause) -> Overlaps | None:
    """The time whose part of a quantity is asked for."""
    if len(clause.times) != 1:
        return None
    time = clause.times[0].value
    return Overlaps(time.first, time.last)


def _count(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.HOW_MANY)
    first = said_of_first(clause)
    if not asking or (clause.bests and not first) or clause.milestones:
        return
    distinct = {part.index for part in clause.words(Kind.DISTINCT)}
    models = any(part.index > asking[0].index for part in clause.words(Kind.MODEL_NOUN)) or (
        clause.any(Kind.MODEL_NOUN) and not clause.any(Kind.WHICH)
    )
    facets = facet_words(clause)
    models = models or (bool(distinct) and not facets) or first
    chosen = choose(clause)
    used = {part.index for part in asking} | distinct
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
        and (_counts_products(clause) or (clause.mentions and not clause.mentions[0].items and _sums(clause)))
    ):
        return
    overall = {part.index for part in clause.words(Kind.OVERALL, Kind.WHOLE)}  # to add up is more than to count
    yield reading_of(Count(chosen.selection()), chosen, used | overall, 0 if models else 1)


def _figures(clause: Clause) -> bool:
    limits = {part.index for part in clause.limits}
    return any(
        Attribute.QUANTITY in part.senses[Kind.ATTRIBUTE] and part.index not in limits
        for part in clause.words(Kind.ATTRIBUTE)
    )


def _list(clause: Clause) -> Iterator[Reading]:
    if clause.any(Kind.HOW_MANY) or clause.milestones or (clause.polar and not clause.any(Kind.LIST)):
        return
    chosen = choose(clause)
    if not chosen.conditions and not chosen.ranking:
        asking = clause.any(Kind.LIST, Kind.WHICH) and clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN)
        if asking and clause.any(Kind.BUILD, Kind.PLANT, Kind.PLANT_NOUN, Kind.MODEL_NOUN):
            yield reading_of(Listing(chosen.selection()), chosen, _sums(clause), 2)
        return
    asking = clause.any(Kind.WHICH, Kind.LIST, Kind.MODEL_NOUN, Kind.ELSE)
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
            or clause.any(Kind.BUILD, Kind.PLANT, Kind.PRODUCT_NOUN, Kind.BY_ATTRIBUTE, Kind.STILL)
        )
        grounded = grounded or chosen.ranking.count > 1 or len(clause.parts) == 1 or _figures(clause)
        grounded = grounded or any(len(part.items) > 1 for part in clause.bests)
        if grounded:
            named = clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.WHICH, Kind.LIST, Kind.BY_ATTRIBUTE)
            defaults = 0 if named else 1
            overall = {part.index for part in clause.words(Kind.OVERALL, Kind.WHOLE)}  # to add up is more than to list
            yield reading_of(Listing(chosen.selection()), chosen, _ranked_by(clause) | overall, defaults)
        return
    names = united(clause, clause.mentions) or []
    narrowed = clause.times or clause.limits or clause.any(Kind.STILL) or len(chosen.conditions) > len(names)
    narrowed = narrowed or (clause.any(Kind.WHICH) and _several(clause))
    narrowed = narrowed or asks_members(clause) or said_of_first(clause)
    if clause.mentions and not narrowed and not clause.any(Kind.LIST, Kind.MODEL_NOUN):
        return
    having = bool(clause.limits) and clause.any(Kind.PRODUCT_NOUN)  # "cars with more than …"
    if not asking and not having and not (clause.any(Kind.BUILD, Kind.START, Kind.END, Kind.STILL) and narrowed):
        return
    if clause.any(Kind.PRODUCT_NOUN) and clause.times and not (asking or clause.any(Kind.START, Kind.END)):
        return  # "cars built in 2022": how many of them, which is not known
    things = (
        clause.mentions
        or clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN)
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
    further = {part.index for part in clause.words(Kind.ELSE)} if clause.excluded else set()
    yield reading_of(Listing(chosen.selection()), chosen, further, 0 if asking else 1)


def _several(clause: Clause) -> bool:
    """Whether the names are all words for a group, so that "which" asks for what it holds."""
    return bool(clause.mentions) and all(part.value.facet and len(part.value.rows) > 1 for part in clause.mentions)


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
    if clause.any(Kind.HOW_MANY) or clause.milestones or clause.bests or clause.polar:
        return
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
