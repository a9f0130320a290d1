"""Readings that measure rows: means, shares, places in an order, what is nearest to an amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.intent.asking import asked_attributes
from bot.intent.choosing import Chosen, choose
from bot.intent.clause import Clause, Reading
from bot.intent.facets import ranks_facet
from bot.intent.grouping import united
from bot.intent.parts import Best, Chunk, Mention, Part, numbered, places_of
from bot.intent.readers.lookups import reading_of
from bot.intent.readers.rows import WHOLE, counts_most
from bot.intent.relative import measured, orders_of
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
    if counts_most(clause) or ranks_facet(clause):
        return
    yield from _mean(clause)
    yield from _share(clause)
    yield from _position(clause)
    yield from _nearest(clause)


def _mean(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.MEAN, Kind.MEDIAN)
    if clause.polar or (measured(clause) and not clause.any(Kind.HOW_MANY)):
        return
    if any(orders_of(clause)) and any(len(part.value.rows) == 1 for part in clause.mentions):
        return  # how far one is above it
    if not asking or clause.milestones or any(part.value.count == 1 for part in clause.bests):
        return
    selecting = clause.any(Kind.MODEL_NOUN, Kind.START, Kind.END, Kind.STILL)
    if clause.times and clause.any(Kind.HOW_MANY) and clause.any(Kind.BUILD) and not selecting:
        return  # how many were built in that time is not known
    chosen = choose(clause)
    attributes, used = asked_attributes(clause, chosen.used)
    used |= places_of((*asking, *clause.words(Kind.PER_MODEL, Kind.SUM, Kind.WHOLE, Kind.HOW, Kind.REACH)))
    lasting = {Attribute.DURATION, Attribute.PERIOD} & set(attributes)
    used |= {p.index for p in clause.words(Kind.UNIT) if lasting}  # how many a year on average is not known
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


SAYING = (Chunk.ROWS, Chunk.LIMIT, Chunk.TIME)


def _share(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.SHARE)
    apart = clause.any(Kind.COMPARATIVE, Kind.DIFFERENCE, Kind.CHANGE) and len(clause.mentions) > 1
    bounds = [part for part in clause.words(Kind.BOUND) if not part.has(Kind.REACH) and not _is_place(clause, part)]
    apart = apart or (len(clause.mentions) > 1 and bool(bounds))
    if not asking or apart or any(part.index - 1 == limit.index for part in asking for limit in clause.limits):
        return  # "more than 10 percent" narrows by a share
    counted = clause.words(Kind.HOW_MANY)
    if counted and any(clause.before(part).has(Kind.AND, Kind.FOLLOW) for part in (*counted, *asking) if part.index):
        return  # "how many in total, and what share …": two questions
    used = places_of((*asking, *clause.words(Kind.WHOLE, Kind.SUM, Kind.HOW_MANY, Kind.HOW)))
    facets = set(clause.facets())  # a facet is no figure: "which series makes up the largest share"
    figures = [p for p in clause.words(Kind.ATTRIBUTE) if clause.mentions or not facets & set(p.senses[Kind.ATTRIBUTE])]
    used |= places_of(figures)
    total = clause.relations.total
    used |= {p.index for p in clause.chunks(Chunk.NUMBER) if p.value.value == total}
    used |= {p.index for p in clause.milestones if p.value.numbers == (total,)}
    told = _told_whole(clause)
    if told is not None:
        yield from told
        return
    named = sorted((_whole(each.value, clause) for each in clause.mentions), key=lambda mention: len(mention.rows))
    if len(named) == 2:
        # "the F40's share of the 1 Series", "of the 1 Series, what share are convertibles"
        part, whole = named
        shared = part.rows & whole.rows
        mentioned = places_of(clause.mentions)
        # A group that is a part of another may be the whole all the same; a single row is not.
        grouped = part.rows != whole.rows and not (part.exact and len(part.rows) == 1)
        found = list(_of_the_other(clause, asking[0], used | mentioned)) if shared and grouped else []
        if found:
            yield from found
            return
        if shared and shared == part.rows and part.rows < whole.rows:
            query = Share(Selection("models", part.conditions), Selection("models", whole.conditions))
            yield Reading(query, frozenset(used | mentioned), 0, part.conditions)
        elif shared and part.rows != whole.rows:
            return
        if not shared:
            yield from _of_another(clause, asking[0], used)
            return
    chosen = choose(clause)
    if chosen.conditions or chosen.ranking:
        of_models = any(clause.after(part).has(Kind.MODEL_NOUN) for part in asking)
        if any(isinstance(condition, Overlaps) for condition in chosen.conditions):
            return  # what part of a figure falls into a time is not known
        attribute = None if of_models and not chosen.ranking else Attribute.QUANTITY
        own = chosen.ranking is not None and bool(clause.mentions) and clause.any(Kind.THOSE, Kind.IT)
        among = Selection("models", tuple(chosen.conditions)) if own else WHOLE  # "of the X, its most built model"
        yield reading_of(Share(chosen.selection(), among, attribute), chosen, used, 1)


def _is_place(clause: Clause, part: Part) -> bool:
    """Whether a word for a bound says among which others: German has one word for "under" and "among"."""
    return part.has(Kind.FILL) and clause.after(part).chunk is Chunk.ROWS


def _told_whole(clause: Clause) -> list[Reading] | None:
    """ "What share of the discontinued models were X", "… of the X is discontinued": before the verb stands the whole.

    None: the clause is not built so; empty: the figures of the whole are not known.
    """
    asking = clause.words(Kind.SHARE)[0]
    verb = next((p for p in clause.words(Kind.AUX) if p.index > asking.index + 1 and p.chunk is Chunk.WORD), None)
    if verb is None or clause.bests:
        return None
    before = Clause(numbered(clause.parts[: verb.index]), clause.relations)
    after = clause.parts[verb.index :]
    said = any(part.chunk in SAYING or part.has(Kind.STILL, Kind.END) for part in after)
    whole = choose(before)
    named = any(part.chunk is Chunk.ROWS for part in after)
    if not said or not whole.conditions or (before.mentions and named):
        return None
    if clause.times and not clause.any(Kind.START, Kind.END):
        return []  # what was built of each in a time is not known
    chosen = choose(clause)
    words = clause.words(Kind.SHARE, Kind.WHOLE, Kind.SUM, Kind.HOW_MANY, Kind.HOW)
    query = Share(chosen.selection(), whole.selection())
    return [reading_of(query, chosen, whole.used | places_of(words))]


def _of_the_other(clause: Clause, asking: Part, used: set[int]) -> Iterator[Reading]:
    """The share that one group has in another, where neither holds the other.

    "Of the X, what share are Y", "what share of the X are Y": the verb stands before what the part is. "The share of Y
    among the X": the word between the two stands before the whole. Else nobody knows which of the two is the whole.
    """
    first, second = clause.mentions
    start = max(asking.index, first.index)
    between = clause.parts[start + 1 : second.index]
    if asking.index > second.index:
        return
    inverted = asking.index + 1 < first.index and clause.before(first).has(Kind.AUX)  # "what share do the X have in"
    one, other = (_whole(each.value, clause) for each in (first, second))
    if any(part.has(Kind.AUX) for part in between) and not inverted:
        part, whole = other, one
    elif any(part.has(Kind.IN, Kind.BOUND) for part in between) or asking.index > first.index:
        part, whole = one, other
    else:
        return
    both = (*part.conditions, *whole.conditions)
    query = Share(Selection("models", both), Selection("models", whole.conditions))
    yield Reading(query, frozenset(used | {each.index for each in between if each.has(Kind.BOUND)}), 0, both)


def _of_another(clause: Clause, asking: Part, used: set[int]) -> Iterator[Reading]:
    """One in percent of another: "what percentage of the F45 has the U06 reached", "the X as a percentage of the Y"."""
    first, second = clause.mentions
    if second.link is not None or asking.index > second.index or second.gap or (asking.gap and asking.index):
        return
    said = any(part.has(Kind.AUX) for part in clause.parts[max(asking.index, first.index) : second.index])
    part, whole = (second, first) if asking.index < first.index or said else (first, second)
    if asking.index < first.index and not all(len(each.value.rows) == 1 for each in (first, second)):
        return
    query = Share(part.value.selection, Selection("models", whole.value.conditions))
    reached = places_of((*clause.words(Kind.REACH, Kind.BOUND), first, second))
    yield Reading(query, frozenset(used | reached), 0, part.value.conditions)


def _whole(mention: Mention, clause: Clause) -> Mention:
    """All that a name may mean where another name in the clause is a part of it: "of all X"."""
    wider = mention.wider
    if wider is None or not any(
        other.value.rows < wider.rows and other.value is not mention for other in clause.mentions
    ):
        return mention
    return Mention(wider.rows, (wider.condition,), (wider,))


def _position(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.RANK) or (clause.words(Kind.HOW) if clause.bests else [])
    if not asking or not clause.mentions or clause.polar or any(clause.before(p).has(Kind.GROUPING) for p in asking):
        return  # "every how many-th car was an X" asks for a ratio
    chosen = choose(clause, ranked=False)
    found = _among(clause, chosen)
    if found is None:
        return
    subject, among = found
    ranking = Ranking(Attribute.QUANTITY, "most")
    used = places_of((*asking, *clause.words(Kind.WHEREABOUTS, Kind.HOW, Kind.HOW_MANY)))
    used |= {p.index for p in clause.words(Kind.ATTRIBUTE) if set(p.senses[Kind.ATTRIBUTE]) - set(clause.facets())}
    attributes = [name for part in clause.words(Kind.ATTRIBUTE) for name in part.senses[Kind.ATTRIBUTE]]
    for part in clause.bests:
        best: Best = part.value
        ranking = Ranking(best.attribute, best.direction)
        used.add(part.index)
    if Attribute.DURATION in attributes or Attribute.PERIOD in attributes:
        ranking = replace(ranking, attribute=Attribute.DURATION)
    yield reading_of(Position(subject, ranking.attribute, ranking.direction, among), chosen, used)


def _among(clause: Clause, chosen: Chosen) -> tuple[Selection, Selection] | None:
    """What is placed, and among which others: in "the place of the X among the Y" and "… the current models" these.

    None: what is placed is none of them, or it is placed in a time, of which no figures are known.
    """
    linked = any(part.link is not None for part in clause.mentions)
    groups = [part for part in clause.mentions if any(each.value.rows < part.value.rows for each in clause.mentions)]
    named = [part for part in clause.mentions if part not in groups]
    if linked or not groups:
        groups, named = [], clause.mentions
    own = united(clause, named) or []
    narrowing = [*groups, *clause.limits, *clause.words(Kind.STILL), *clause.times]
    said = clause.any(Kind.MODEL_NOUN) or any(clause.before(part).has(Kind.IN, Kind.BOUND) for part in narrowing)
    if not groups and clause.times and not said:
        return None
    if not groups and not said:
        return chosen.selection(), WHOLE
    united_groups = united(clause, groups) or []
    others = [each for each in chosen.conditions if each not in (united(clause, clause.mentions) or [])]
    among = (*united_groups, *others)
    if clause.count((*own, *among)) < clause.count(own):
        return None
    return Selection("models", tuple(own)), Selection("models", among)


def _nearest(clause: Clause) -> Iterator[Reading]:
    asking = clause.words(Kind.NEAREST)
    if not asking:
        return
    used = places_of((*asking, *clause.words(Kind.ATTRIBUTE, Kind.SUM)))
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
        target = Get(part.value.selection, (attribute,))
        yield Reading(Nearest(WHOLE, attribute, target), frozenset(used | {part.index}), 0, part.value.conditions)
