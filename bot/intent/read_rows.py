"""Readings about rows: looking up, counting, listing, adding up, ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.intent.asking import asked_attributes, precision
from bot.intent.choosing import Chosen, choose, names_a_run
from bot.intent.clause import Clause, Reading
from bot.intent.grouping import united
from bot.intent.parts import Best, Chunk, Mention, Part
from bot.intent.senses import Kind
from knowledge.answer import Rows, Values
from knowledge.evaluation import evaluate
from knowledge.query import (
    Aggregate,
    Attribute,
    AttributeName,
    Condition,
    Constant,
    Count,
    Distinct,
    Equals,
    Function,
    Get,
    Listing,
    Nearest,
    Overlaps,
    Position,
    Query,
    Ranking,
    Selection,
    Share,
)
from knowledge.schema import PartialDate

WHOLE = Selection()
IDENTITY = (Attribute.NAME, Attribute.QUANTITY, Attribute.PERIOD)
OPERATIONS = (
    Kind.DIFFERENCE, Kind.RATIO, Kind.SHARE, Kind.MEAN, Kind.RANK, Kind.NEAREST, Kind.SAME, Kind.REACH, Kind.WHY,
)  # fmt: skip
"""Words of computing, which only the readings that compute it explain."""


def read_rows(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a question about rows."""
    if _counts_most(clause):
        return
    yield from _get(clause)
    yield from _total(clause)
    yield from _count(clause)
    yield from _list(clause)
    yield from _mean(clause)
    yield from _share(clause)
    yield from _position(clause)
    yield from _nearest(clause)
    yield from _distinct(clause)


def _reading(query: Query, chosen: Chosen, further: set[int], defaults: int = 0) -> Reading:
    return Reading(query, frozenset(chosen.used | further), defaults, tuple(chosen.conditions))


def _get(clause: Clause) -> Iterator[Reading]:
    """Attributes of named rows, or of the best of a selection."""
    if not (clause.mentions or clause.bests) or clause.polar:
        return
    counted = clause.any(Kind.HOW_MANY) and clause.any(Kind.MODEL_NOUN, Kind.DISTINCT)
    if counted and not clause.bests and not _counts_products(clause):
        return
    if clause.mentions and not clause.bests:
        # A year beside a figure asks for a part of it; beside a date it chooses among the rows.
        chosen = choose(clause, timed=False)
        asked, used = asked_attributes(clause, chosen.used)
        timed = choose(clause)
        if clause.times:
            later, later_used = asked_attributes(clause, timed.used)
            figures = {Attribute.QUANTITY, Attribute.DURATION}
            if later and not figures & set(later):
                yield _reading(
                    Get(timed.selection(), tuple(later), precision(clause)), timed, later_used | _sums(clause)
                )
            return
        followed = _followed(clause, asked)
        if followed is not None:
            asked = [name for name in asked if name not in SUCCESSION]
            chosen.conditions = [followed]
        elif len(asked) > 1 and set(asked) & set(SUCCESSION):
            asked = [name for name in asked if name in SUCCESSION]  # what is asked of a successor is not asked of this
        attributes = tuple(asked) or (Attribute.QUANTITY, Attribute.PERIOD)
        if not asked and _is_code_question(clause):
            attributes = IDENTITY
        further = used | _sums(clause) | {part.index for part in clause.words(Kind.REACH)}
        if clause.any(Kind.ATTRIBUTE):
            further |= {part.index for part in clause.words(Kind.HOW)}
        if attributes == (Attribute.QUANTITY, Attribute.PERIOD) and _sums(clause):
            return  # a total
        yield _reading(Get(chosen.selection(), attributes, precision(clause)), chosen, further, 0 if asked else 1)
        return
    if len(clause.mentions) == 1 and clause.any(Kind.WHEN) and clause.bests[0].value.attribute in RUN:
        # "When was the last X built": the end of the X, not the last one of several.
        attribute = Attribute.START if clause.bests[0].value.direction == "least" else Attribute.END
        ended = choose(clause, ranked=False)
        words = {part.index for part in (*clause.bests, *clause.words(Kind.WHEN, Kind.UNIT))}
        yield _reading(Get(ended.selection(), (attribute,), precision(clause)), ended, words)
        return
    chosen = choose(clause)
    asked, used = asked_attributes(clause, chosen.used)
    own = chosen.ranking.attribute if chosen.ranking else None
    asked = [name for name in asked if name != own or clause.any(Kind.HOW_MANY, Kind.WHEN, Kind.HOW_LONG)]
    if asked and (asked != [own] or clause.any(Kind.HOW_MANY, Kind.WHEN, Kind.HOW_LONG)):
        reached = {part.index for part in clause.words(Kind.REACH)}
        yield _reading(Get(chosen.selection(), tuple(asked), precision(clause)), chosen, used | reached | _sums(clause))


def _counts_most(clause: Clause) -> bool:
    """Whether "most" counts what stands behind it: "which series has the most models", "when were the most built"."""
    following = [clause.parts[part.index + 1 : part.index + 2] for part in clause.bests if part.has(Kind.QUANTIFIER)]
    dated = clause.any(Kind.WHEN, Kind.YEAR_OF) and not clause.any(Kind.MODEL_NOUN)
    counted = Kind.PRODUCT_NOUN if dated else Kind.MODEL_NOUN
    return any(part.has(Kind.MODEL_NOUN, counted) for parts in following for part in parts)


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
    if (clause.bests and not clause.any(Kind.SUM)) or clause.milestones or clause.polar:
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
        yield _reading(query, chosen, used | _sums(clause), 0 if asked else 1)
        return
    if clause.bests:
        yield _reading(Aggregate("sum", Attribute.QUANTITY, chosen.selection()), chosen, asked | _sums(clause))
        return
    narrowed = bool(chosen.conditions)
    grounded = clause.any(Kind.BUILD, Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER) or bool(clause.times) or narrowed
    counted = clause.any(Kind.PRODUCT_NOUN, Kind.MODEL_NOUN, Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER) or (
        narrowed and clause.any(Kind.SUM)
    )
    grounded = grounded or (clause.any(Kind.SUM) and clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN))
    counted = counted or (bool(figures or _sums(clause)) and clause.any(Kind.BUILD) and bool(clause.times))
    if not (asked or clause.times) or not (grounded and counted):
        return
    if not asked and not clause.any(Kind.PRODUCT_NOUN) and not _sums(clause):
        return
    period = None if verbs else _period(clause)
    used = asked | ({part.index for part in clause.times} if period else set())
    if not period:
        used |= {part.index for part in clause.words(Kind.STILL)} if not chosen.conditions else set()
    yield _reading(Aggregate("sum", Attribute.QUANTITY, chosen.selection(), period), chosen, used | _sums(clause), 1)


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
    summed = clause.any(Kind.BOTH) or any(not part.has(Kind.OVERALL) for part in clause.words(Kind.SUM))
    return bool(between) and summed


def _period(clause: Clause) -> Overlaps | None:
    """The time whose part of a quantity is asked for."""
    if len(clause.times) != 1:
        return None
    time = clause.times[0].value
    return Overlaps(time.first, time.last)


def _count(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.HOW_MANY)
    if not asking or clause.bests or clause.milestones:
        return
    distinct = {part.index for part in clause.words(Kind.DISTINCT)}
    models = any(part.index > asking[0].index for part in clause.words(Kind.MODEL_NOUN)) or (
        clause.any(Kind.MODEL_NOUN) and not clause.any(Kind.WHICH)
    )
    facets = _facet_words(clause)
    models = models or (bool(distinct) and not facets)
    chosen = choose(clause)
    used = {part.index for part in asking} | distinct
    if facets and not models:
        part, name = facets[0]
        yield _reading(Count(chosen.selection(), name), chosen, used | {part.index})
        return
    choosing = bool(clause.limits) or clause.any(Kind.STILL)
    choosing = choosing or bool(clause.times and clause.words(Kind.START, Kind.END))
    choosing = choosing or (bool(clause.times) and clause.any(Kind.RUNNING) and not clause.any(Kind.PRODUCT_NOUN))
    if not models and (not choosing or _figures(clause)):
        return
    rows = {row for part in clause.mentions for row in part.value.rows}
    if not models and clause.any(Kind.STILL) and len(rows) < 2:
        return
    if models and (_counts_products(clause) or (clause.mentions and not clause.mentions[0].items and _sums(clause))):
        return
    overall = {part.index for part in clause.words(Kind.OVERALL, Kind.WHOLE)}  # to add up is more than to count
    yield _reading(Count(chosen.selection()), chosen, used | overall, 0 if models else 1)


def _facet_words(clause: Clause) -> list[tuple[Part, AttributeName]]:
    return [
        (part, name)
        for part in clause.words(Kind.ATTRIBUTE)
        for name in part.senses[Kind.ATTRIBUTE]
        if name in clause.facets()
    ]


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
            yield _reading(Listing(chosen.selection()), chosen, _sums(clause), 2)
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
            defaults = 0 if clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.WHICH, Kind.LIST) else 1
            yield _reading(Listing(chosen.selection()), chosen, _ranked_by(clause) | _sums(clause), defaults)
        return
    narrowed = clause.times or clause.limits or clause.any(Kind.STILL) or clause.excluded
    if clause.mentions and not narrowed and not clause.any(Kind.LIST, Kind.MODEL_NOUN):
        return
    if not asking and not (clause.any(Kind.BUILD, Kind.START, Kind.END, Kind.STILL) and narrowed):
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
    yield _reading(Listing(chosen.selection()), chosen, further, 0 if asking else 1)


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


def _mean(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.MEAN, Kind.MEDIAN)
    if not asking or clause.milestones or any(part.value.count == 1 for part in clause.bests):
        return
    chosen = choose(clause)
    attributes, used = asked_attributes(clause, chosen.used)
    used |= {p.index for p in (*asking, *clause.words(Kind.PER_MODEL, Kind.SUM, Kind.UNIT, Kind.WHOLE, Kind.HOW))}
    lasting = {Attribute.DURATION, Attribute.PERIOD} & set(attributes)
    counted = clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.PER_MODEL) or clause.mentions or clause.bests
    if not attributes and not counted:
        return
    attribute = Attribute.DURATION if lasting else Attribute.QUANTITY
    if set(attributes) - {Attribute.QUANTITY, Attribute.DURATION, Attribute.PERIOD}:
        return
    function: Function = "median" if clause.any(Kind.MEDIAN) else "mean"
    yield _reading(Aggregate(function, attribute, chosen.selection()), chosen, used)


def _share(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.SHARE)
    apart = clause.any(Kind.COMPARATIVE, Kind.DIFFERENCE, Kind.CHANGE) and len(clause.mentions) > 1
    apart = apart or (len(clause.mentions) > 1 and any(not part.has(Kind.REACH) for part in clause.words(Kind.BOUND)))
    if not asking or apart or any(part.index - 1 == limit.index for part in asking for limit in clause.limits):
        return  # "more than 10 percent" narrows by a share
    used = {p.index for p in (*asking, *clause.words(Kind.WHOLE, Kind.SUM, Kind.HOW_MANY, Kind.ATTRIBUTE, Kind.HOW))}
    total = clause.relations.total
    used |= {p.index for p in clause.chunks(Chunk.NUMBER) if p.value.value == total}
    used |= {p.index for p in clause.milestones if p.value.numbers == (total,)}
    named = sorted((_whole(each.value, clause) for each in clause.mentions), key=lambda mention: len(mention.rows))
    if len(named) == 2:
        # "the F40's share of the 1 Series", "of the 1 Series, what share are convertibles"
        part, whole = named
        shared = part.rows & whole.rows
        if shared and shared < whole.rows:
            conditions = part.conditions if shared == part.rows else (*part.conditions, *whole.conditions)
            query = Share(Selection("models", conditions), Selection("models", whole.conditions))
            mentioned = {each.index for each in clause.mentions}
            yield Reading(query, frozenset(used | mentioned), 0, conditions)
        single = all(len(mention.rows) == 1 for mention in (part, whole)) and not shared
        first, second = clause.mentions
        if single and second.link is None and asking[0].index < first.index:
            # "what percentage of the F45 has the U06 reached"
            query = Share(Selection("models", second.value.conditions), Selection("models", first.value.conditions))
            reached = {p.index for p in (*clause.words(Kind.REACH, Kind.BOUND), first, second)}
            yield Reading(query, frozenset(used | reached), 0, second.value.conditions)
            return
    chosen = choose(clause)
    if chosen.conditions or chosen.ranking:
        of_models = any(
            part.index + 1 < len(clause.parts) and clause.parts[part.index + 1].has(Kind.MODEL_NOUN) for part in asking
        )
        if (
            not clause.mentions
            and chosen.conditions
            and all(isinstance(condition, Overlaps) for condition in chosen.conditions)
        ):
            return  # what part of a figure falls into a time is not known
        attribute = None if of_models and not chosen.ranking else Attribute.QUANTITY
        yield _reading(Share(chosen.selection(), WHOLE, attribute), chosen, used, 1)


def _whole(mention: Mention, clause: Clause) -> Mention:
    """All that a name may mean where another name in the clause is a part of it: "of all i8"."""
    wider = mention.sets[0].wider if len(mention.sets) == 1 else None
    if wider is None or not any(
        other.value.rows < wider.rows and other.value is not mention for other in clause.mentions
    ):
        return mention
    return Mention(wider.rows, (wider.condition,), (wider,))


def _position(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.RANK) or (clause.words(Kind.HOW) if clause.bests else [])
    if not asking or not clause.mentions or clause.polar:
        return
    chosen = choose(clause, ranked=False)
    ranking = Ranking(Attribute.QUANTITY, "most")
    used = {p.index for p in (*asking, *clause.words(Kind.WHEREABOUTS, Kind.ATTRIBUTE, Kind.HOW, Kind.HOW_MANY))}
    attributes = [name for part in clause.words(Kind.ATTRIBUTE) for name in part.senses[Kind.ATTRIBUTE]]
    for part in clause.bests:
        best: Best = part.value
        ranking = Ranking(best.attribute, best.direction)
        used.add(part.index)
    if Attribute.DURATION in attributes or Attribute.PERIOD in attributes:
        ranking = replace(ranking, attribute=Attribute.DURATION)
    yield _reading(Position(chosen.selection(), ranking.attribute, ranking.direction), chosen, used)


def _nearest(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.NEAREST)
    if not asking:
        return
    used = {p.index for p in (*asking, *clause.words(Kind.ATTRIBUTE, Kind.SUM))}
    attributes = [name for part in clause.words(Kind.ATTRIBUTE) for name in part.senses[Kind.ATTRIBUTE]]
    attribute = Attribute.DURATION if Attribute.DURATION in attributes else Attribute.QUANTITY
    numbers = [(part, part.value.value) for part in clause.chunks(Chunk.NUMBER)]
    # Where a milestone has this number, the words of the clause make it an amount.
    numbers += [(part, part.value.numbers[0]) for part in clause.milestones if part.value.numbers]
    if numbers and not clause.mentions:
        part, amount = numbers[0]
        yield Reading(Nearest(WHOLE, attribute, Constant(amount)), frozenset(used | {part.index}), 0)
    elif len(clause.mentions) == 1:
        part = clause.mentions[0]
        target = Get(Selection("models", part.value.conditions), (attribute,))
        yield Reading(Nearest(WHOLE, attribute, target), frozenset(used | {part.index}), 0, part.value.conditions)


def _distinct(clause: Clause) -> Iterator[Reading]:
    """The different values of a facet: "which brands", "what body styles does the 2 Series have"."""
    if clause.any(Kind.HOW_MANY) or clause.milestones or clause.bests or clause.polar:
        return
    asked = _facet_words(clause)
    bare = len(clause.parts) == 2 and clause.parts[0].has(Kind.ATTRIBUTE) and clause.any(Kind.BUILD)  # "brands built"
    if not clause.any(Kind.WHICH, Kind.LIST) and not bare:
        return
    if not asked or clause.mentions:
        return
    part, name = asked[0]
    chosen = choose(clause)
    query = Distinct(chosen.selection(), name)
    values = evaluate(query, clause.relations).result
    count = len(values.values) if isinstance(values, Values) else 0
    counted = {each.index for each in clause.chunks(Chunk.NUMBER) if each.value.value == count}
    yield _reading(query, chosen, {part.index} | counted)
