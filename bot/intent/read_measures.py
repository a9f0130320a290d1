"""Readings that measure rows: means, shares, places in an order, what is nearest to an amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.intent.asking import asked_attributes
from bot.intent.choosing import choose
from bot.intent.clause import Clause, Reading
from bot.intent.parts import Best, Chunk, Mention
from bot.intent.read_rows import WHOLE, counts_most, reading_of
from bot.intent.senses import Kind
from knowledge.query import (
    Aggregate,
    Attribute,
    Constant,
    Function,
    Get,
    Nearest,
    Overlaps,
    Position,
    Ranking,
    Selection,
    Share,
)


def read_measures(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a question for a mean, a share, a place or the nearest one."""
    if counts_most(clause):
        return
    yield from _mean(clause)
    yield from _share(clause)
    yield from _position(clause)
    yield from _nearest(clause)


def _mean(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.MEAN, Kind.MEDIAN)
    if not asking or clause.milestones or any(part.value.count == 1 for part in clause.bests):
        return
    chosen = choose(clause)
    attributes, used = asked_attributes(clause, chosen.used)
    used |= {p.index for p in (*asking, *clause.words(Kind.PER_MODEL, Kind.SUM, Kind.UNIT, Kind.WHOLE, Kind.HOW))}
    lasting = {Attribute.DURATION, Attribute.PERIOD} & set(attributes)
    counted = clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.PER_MODEL) or clause.mentions or clause.bests
    counted = counted or clause.excluded
    if not attributes and not counted:
        return
    if lasting and clause.any(Kind.HOW_MANY) and not clause.any(Kind.UNIT):
        return  # how many for each year of a run
    attribute = Attribute.DURATION if lasting else Attribute.QUANTITY
    if set(attributes) - {Attribute.QUANTITY, Attribute.DURATION, Attribute.PERIOD}:
        return
    function: Function = "median" if clause.any(Kind.MEDIAN) else "mean"
    yield reading_of(Aggregate(function, attribute, chosen.selection()), chosen, used)


def _share(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.SHARE)
    apart = clause.any(Kind.COMPARATIVE, Kind.DIFFERENCE, Kind.CHANGE) and len(clause.mentions) > 1
    apart = apart or (len(clause.mentions) > 1 and any(not part.has(Kind.REACH) for part in clause.words(Kind.BOUND)))
    if not asking or apart or any(part.index - 1 == limit.index for part in asking for limit in clause.limits):
        return  # "more than 10 percent" narrows by a share
    used = {p.index for p in (*asking, *clause.words(Kind.WHOLE, Kind.SUM, Kind.HOW_MANY, Kind.HOW))}
    facets = set(clause.facets())  # a facet is no figure: "which series makes up the largest share"
    figures = [p for p in clause.words(Kind.ATTRIBUTE) if clause.mentions or not facets & set(p.senses[Kind.ATTRIBUTE])]
    used |= {p.index for p in figures}
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
        of_models = any(clause.after(part).has(Kind.MODEL_NOUN) for part in asking)
        if (
            not clause.mentions
            and chosen.conditions
            and all(isinstance(condition, Overlaps) for condition in chosen.conditions)
        ):
            return  # what part of a figure falls into a time is not known
        attribute = None if of_models and not chosen.ranking else Attribute.QUANTITY
        own = chosen.ranking is not None and bool(clause.mentions) and clause.any(Kind.THOSE, Kind.IT)
        among = Selection("models", tuple(chosen.conditions)) if own else WHOLE  # "of the X, its most built model"
        yield reading_of(Share(chosen.selection(), among, attribute), chosen, used, 1)


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
    yield reading_of(Position(chosen.selection(), ranking.attribute, ranking.direction), chosen, used)


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
