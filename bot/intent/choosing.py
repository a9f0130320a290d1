"""The rows that a clause's names, times, limits and superlatives select together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.intent.alternatives import contradict, runs, together
from bot.intent.asking import asks_for
from bot.intent.chunking.bests import MOST_PLACES
from bot.intent.clause import NOTHING, SUCCESSION, Clause
from bot.intent.explaining import lacked
from bot.intent.grouping import sides, united
from bot.intent.ordering import among_first, counted_from_end, is_of_each, said_of_first, sorted_best, whole_order
from bot.intent.parts import Chunk, Part, places_of
from bot.intent.relative import distance, measured, relative_bounds
from bot.intent.senses import NOUNS, PAIR, Kind
from bot.intent.timing import is_included, not_yet, only_during, paired, set_apart, time_condition, verb_of, within
from bot.intent.today import built_today
from knowledge.evaluation import evaluate
from knowledge.query import (
    Attribute,
    Between,
    Condition,
    Equals,
    IsKnown,
    Listing,
    Not,
    Overlaps,
    Ranking,
    Selection,
    all_of,
)
from knowledge.schema import Model


@dataclass
class Chosen:
    """A selection under construction, with the parts that it explains."""

    conditions: list[Condition] = field(default_factory=list)
    ranking: Ranking | None = None
    used: set[int] = field(default_factory=set)

    def selection(self) -> Selection:
        """What was chosen."""
        return Selection("models", tuple(self.conditions), self.ranking)


def choose(clause: Clause, mentions: Sequence[Part] | None = None, ranked: bool = True, timed: bool = True) -> Chosen:
    """The rows that the clause's names, times, limits and superlative select together."""
    # Many readers ask for the same rows of one clause; each gets a copy of its own.
    timed = timed and bool(clause.times)
    asked = (None if mentions is None else tuple(part.index for part in mentions), ranked, timed)
    found = clause.chosen.get(asked)
    if not isinstance(found, Chosen):
        found = _chosen(clause, clause.mentions if mentions is None else mentions, ranked, timed)
        clause.chosen[asked] = found
    return Chosen(list(found.conditions), found.ranking, set(found.used))


def _chosen(clause: Clause, named: Sequence[Part], ranked: bool, timed: bool) -> Chosen:
    chosen = Chosen()
    others = measured(clause)
    named = [part for part in named if part.index not in others]
    condition = united(clause, named)
    if condition is not None:
        chosen.conditions.extend(condition)
        chosen.used.update(part.index for part in named)
        if len(named) > 1:
            chosen.used.update(clause.places(Kind.OR, Kind.AND))
    for part in clause.excluded:
        if len(sides(clause, named)) == 1 and _excludes_nothing(part, named):
            continue  # "the X without the Y", of which the file counts no X
        chosen.conditions.append(Not(all_of(part.value.conditions)))
        chosen.used.add(part.index)
        before = clause.before(part)
        chosen.used |= clause.denial(part)
        if before.has(Kind.NOT, Kind.OR, Kind.AND):
            chosen.used.add(before.index)
    if clause.excluded:
        chosen.used.update(clause.places(Kind.ELSE, Kind.LEFT_OUT))
    if timed:
        _times(clause, chosen)
    _limits(clause, chosen)
    _relative(clause, chosen)
    _unknown(clause, chosen)
    _still(clause, chosen)
    _ended(clause, chosen)
    if ranked:
        _ranking(clause, chosen)
    _age(clause, chosen)
    _counted(clause, chosen)
    return chosen


def _excludes_nothing(part: Part, named: Sequence[Part]) -> bool:
    """Whether what is left out of a group is no part of it, and no other value of what names the group."""
    rows: frozenset[int] = frozenset().union(*(each.value.rows for each in named))
    facets = {each.facet for name in named for each in name.value.sets}
    spoken_of = any(not name.items for name in named)  # before, and not said again
    alike = part.value.exact or spoken_of or bool(facets & {each.facet for each in part.value.sets})
    return len(rows) > 1 and not alike and not rows & part.value.rows


def _times(clause: Clause, chosen: Chosen) -> None:
    if set_apart(clause):
        return  # no row is asked to have been there in both
    included = [part for part in clause.times if is_included(clause, part)]
    chosen.used.update(part.index for part in included)
    for run in runs(clause, [part for part in clause.times if part not in included]):
        conditions: list[Condition] = []
        for part in run.parts:
            verb = verb_of(clause, part if run.own_verbs else run.parts[0])
            condition = time_condition(clause, part, verb)
            if _is_unclear(part, verb):
                continue
            only = None if clause.polar else only_during(clause, part)
            if only is not None:
                chosen.used.add(only.index)
            if only is not None and isinstance(condition, Overlaps):
                condition = within(part.value)
            if any(clause.parts[place].has(Kind.NOT_YET) for place in clause.denial(part)):
                later = not_yet(part, verb)
                if later is None:
                    continue
                conditions.append(later)
            else:
                conditions.append(Not(condition) if part.negated or run.denied else condition)
            chosen.used.add(part.index)
            if verb is not None:
                chosen.used.update(each.index for each in paired(clause, verb))
            chosen.used |= clause.denial(part)
            if part.has(Kind.IMMEDIATE) and clause.bests:
                chosen.used.discard(part.index)  # of which of them is it the most?
            elif part.has(Kind.IMMEDIATE):
                chosen.ranking = _next_to(part, verb)
        chosen.conditions.extend(together(run, conditions, both=clause.any(Kind.BOTH)))
        chosen.used.update(part.index for part in run.joints)
    if len(clause.times) == 1 and not clause.mentions:
        chosen.used.update(_same_event(clause, clause.times[0]))
    if contradict(chosen.conditions):
        chosen.used.discard(clause.times[-1].index)  # two questions, perhaps; no row is asked to do both


def _is_unclear(part: Part, verb: Part | None) -> bool:
    """Whether "not built until 2015" may mean what ended before it as well as what began then."""
    return part.negated and part.value.kind == "until" and verb is None


def _next_to(part: Part, verb: Part | None) -> Ranking:
    """ "Right after the X": of all that came after it, what came first."""
    attribute = Attribute.END if verb is not None and verb.has(Kind.END) else Attribute.START
    return Ranking(attribute, "most" if part.value.kind == "before" else "least")


def _same_event(clause: Clause, time: Part) -> set[int]:
    """Further words for what was at the only time: "came newly" for one start, "in parallel" of all that was built."""
    verb = verb_of(clause, time)
    kinds = [kind for kind in (Kind.START, Kind.END) if verb is not None and verb.has(kind)]
    again = clause.words(*kinds) if len(kinds) == 1 else []
    beside = [part for part in clause.words(Kind.SAME_TIME) if not part.has(Kind.WHEN)]
    last = (NOTHING, time, *clause.words(Kind.BUILD, Kind.RUNNING))
    return places_of(again) | {part.index for part in beside if clause.after(part) in last}


def _limits(clause: Clause, chosen: Chosen) -> None:
    if clause.limits:
        chosen.used.update(clause.places(Kind.REACH))
    for run in runs(clause, clause.limits) if distance(clause) is None else ():
        conditions: list[Condition] = []
        for part in run.parts:
            limit = part.value
            condition: Condition = Between(limit.attribute or Attribute.QUANTITY, limit.least, limit.most)
            conditions.append(Not(condition) if part.negated or run.denied else condition)
            chosen.used.add(part.index)
            chosen.used |= clause.denial(part)
            if limit.attribute in (None, Attribute.QUANTITY):
                names = clause.naming(Attribute.QUANTITY)
                chosen.used.update(word.index for word in names)
        chosen.conditions.extend(together(run, conditions, both=not run.chosen))
        chosen.used.update(part.index for part in run.joints)


def _still(clause: Clause, chosen: Chosen) -> None:
    conditions, used = built_today(clause, chosen.conditions, chosen.used)
    chosen.conditions += conditions
    chosen.used |= used


def _relative(clause: Clause, chosen: Chosen) -> None:
    """Bounds that another row or the mean sets."""
    conditions, used = relative_bounds(clause)
    chosen.conditions += conditions
    chosen.used |= used


def _unknown(clause: Clause, chosen: Chosen) -> None:
    """Rows of which the file does not give a value."""
    if not (clause.any(Kind.WHICH, Kind.LIST, Kind.HOW_MANY) and clause.any(*NOUNS)):
        return
    lacking = next(filter(None, (lacked(clause, part) for part in clause.parts)), None)
    if lacking is not None:
        attribute, places = lacking
        if attribute not in clause.row_attributes:
            return  # what only milestones have
        if attribute in SUCCESSION and not clause.relations.successors:
            return  # a file that tells no successor at all does not say that there was none
        chosen.conditions.append(Not(IsKnown(attribute)))
        chosen.used |= places
        return
    missing = clause.words(Kind.NOT_KNOWN)
    asked = clause.naming(*clause.row_attributes)
    if not missing:
        return
    names = [name for part in asked for name in part.senses[Kind.ATTRIBUTE] if name in clause.row_attributes]
    chosen.conditions.append(Not(IsKnown(names[0] if names else Attribute.QUANTITY)))
    chosen.used.update(part.index for part in (*missing, *asked))


def _ended(clause: Clause, chosen: Chosen) -> None:
    """In "units of all discontinued models" the verb says which models."""
    ended = [part for part in clause.words(Kind.END) if part.index not in chosen.used and not asks_for(clause, part)]
    asked = clause.any(Kind.HOW_MANY, Kind.SUM, Kind.MEAN, Kind.SHARE, Kind.LIST, Kind.WHICH) or bool(clause.bests)
    asked = asked or (clause.any(Kind.PRODUCT_NOUN) and clause.any(Kind.MODEL_NOUN))
    asked = asked or any(clause.after(part).chunk is Chunk.ROWS for part in ended)  # "every discontinued 2 Series"
    if not ended or not asked or clause.any(Kind.WHEN, Kind.WHEN_END, Kind.HOW_LONG, Kind.STILL, Kind.DIFFERENCE):
        return
    if not (clause.any(*NOUNS) or clause.mentions):
        return
    if any(best.value.attribute in (Attribute.START, Attribute.END) for best in clause.bests):
        return
    single = all(part.value.exact and len(part.value.rows) == 1 for part in clause.mentions)
    if clause.any(Kind.START) or (clause.mentions and single):
        return
    denial = clause.denial(ended[0])
    chosen.conditions.append(Equals(Attribute.IN_PRODUCTION, (bool(denial),)))
    chosen.used |= denial | places_of(ended)


def _age(clause: Clause, chosen: Chosen) -> None:
    """Of several rows of a name, the new one or the old one."""
    _generation(clause, chosen)
    words = [part for part in clause.words(Kind.AGE_NEW, Kind.AGE_OLD) if part.index not in chosen.used]
    if not words or chosen.ranking or not clause.mentions or clause.count(chosen.conditions) < 2:
        return
    chosen.ranking = Ranking(Attribute.START, "most" if words[0].has(Kind.AGE_NEW) else "least")
    chosen.used.update(part.index for part in words)


def _generation(clause: Clause, chosen: Chosen) -> None:
    """ "The second X", "X of the third generation": the one that came so far after the others of its name."""
    if chosen.ranking or not clause.mentions or clause.milestones:
        return
    for part in clause.chunks(Chunk.NUMBER):
        following = clause.parts[part.index + 1 : part.index + 3]
        if (
            part.quantifier is Kind.EVERY
            or not part.value.ordinal
            or part.value.value > len(clause.relations.knowledge.models)
            or not following
        ):
            continue
        after = next((each for each in following if not each.has(Kind.MODEL_NOUN)), None)
        named = following[0].has(Kind.MODEL_NOUN) or (after is not None and after.chunk is Chunk.ROWS)
        if not named:
            continue
        place = Ranking(Attribute.START, "least", int(part.value.value))
        if clause.count(chosen.conditions) > 1:
            chosen.ranking = place
            chosen.used.add(part.index)
        elif _is_at(clause, place):
            chosen.used.add(part.index)  # "the second X, the U06"


def _is_at(clause: Clause, place: Ranking) -> bool:
    """Whether the only row that all names mean is at this place among those of the first name."""
    groups = [part.value for part in clause.mentions]
    widest = max((each for group in groups for each in group.sets), key=lambda rows: len(rows.rows))
    rows = frozenset.intersection(*(group.rows for group in groups))
    found = evaluate(Listing(Selection("models", (widest.condition,), place)), clause.relations).evidence
    models = clause.relations.knowledge.models
    return len(rows) == 1 and [record.key for record in found if isinstance(record, Model)] == [
        models[row].key for row in rows
    ]


def _counted(clause: Clause, chosen: Chosen) -> None:
    """A number that only says how many there are: "the two Gran Coupés", "all four models that ended then"."""
    for part in clause.chunks(Chunk.NUMBER):
        amount = part.value
        if amount.ordinal or amount.value > 100:
            continue
        after = clause.after(part)
        counted = after.chunk is Chunk.ROWS and any(rows.exact or rows.facet for rows in after.value.sets)
        counted = counted or after.has(*NOUNS) or amount.whole
        if counted and clause.count(chosen.conditions) == amount.value:
            chosen.used.add(part.index)
        elif _is_partitive(clause, part) and clause.count(united(clause, clause.mentions) or ()) == amount.value:
            chosen.used.add(part.index)  # "how many of the 20 models are still built"


def _is_partitive(clause: Clause, number: Part) -> bool:
    """Whether a number says of how many models some are asked for."""
    asking = clause.words(Kind.HOW_MANY)
    return clause.after(number).has(Kind.MODEL_NOUN) and bool(asking) and number.index > asking[0].index


def _ranking(clause: Clause, chosen: Chosen) -> None:
    ordinals = [part for part in clause.chunks(Chunk.NUMBER) if part.value.ordinal and part.value.value <= 100]
    if not clause.bests:
        order = whole_order(clause, chosen.conditions)
        if order is None:
            _place_without_superlative(clause, chosen, ordinals)
            return
        chosen.ranking, used = order
        chosen.used |= used
        return
    if is_of_each(clause):
        return  # the first of each is another one than the first of all
    part = clause.bests[0]
    placed, used = sorted_best(clause, part)
    if placed is None:
        return
    best, denial = counted_from_end(clause, part, placed)
    chosen.used |= used | denial
    if ordinals and best.position == 1:
        best = replace(best, position=int(ordinals[0].value.value))
        chosen.used.add(ordinals[0].index)
    for counted in clause.chunks(Chunk.NUMBER):
        if counted.value.whole:
            continue
        after = clause.after(counted)
        before = clause.before(counted)
        models = after.has(*NOUNS)
        models = models or before.has(Kind.WHICH)  # "which two had the most"
        if models and not counted.value.ordinal and 1 < counted.value.value <= MOST_PLACES and best.count == 1:
            best = replace(best, count=int(counted.value.value))  # "the three models with the fewest"
            chosen.used.add(counted.index)
    pairs = clause.words(Kind.BOTH)
    paired = any(clause.after(both).has(Kind.MODEL_NOUN) for both in pairs)
    if paired and (best.position, best.count) == (1, 1) and clause.count(chosen.conditions) > PAIR:
        best = replace(best, count=PAIR)  # "the two models with the fewest"
        chosen.used.update(both.index for both in pairs)
    attribute = best.attribute
    verbs = clause.words(Kind.START, Kind.END)
    verbs = [v for v in verbs if v.index not in chosen.used] or verbs
    if attribute in (Attribute.START, Attribute.END) and verbs and not clause.any(Kind.WHEN):
        # "ended first", "stopped last": the verb says of what the superlative is the first or the last.
        nearest = min(verbs, key=lambda verb: abs(verb.index - part.index))
        if abs(nearest.index - part.index) <= 3:
            attribute = Attribute.START if nearest.has(Kind.START) else Attribute.END
            chosen.used.add(nearest.index)
    ranking = replace(best.ranking, attribute=attribute)
    chosen.used.add(part.index)
    first = among_first(ranking) if said_of_first(clause) and chosen.conditions else None
    if first is None:
        chosen.ranking = ranking
    else:
        chosen.conditions.insert(0, first)


def _numbers_a_product(clause: Clause, part: Part) -> bool:
    """Whether an ordinal counts single products, or plants: "the second car ever built" is one car, not a model."""
    after = clause.after(part)
    after = clause.after(after) if after.has(Kind.OWNER) else after
    return after.chunk is Chunk.WORD and after.has(Kind.PRODUCT_NOUN, Kind.PLANT_NOUN)


def _place_without_superlative(clause: Clause, chosen: Chosen, ordinals: Sequence[Part]) -> None:
    """ "Which is second", and of several rows of one name "which is more"."""
    ordinals = [part for part in ordinals if not _numbers_a_product(clause, part)]
    if ordinals and clause.any(Kind.WHICH):
        chosen.ranking = Ranking(Attribute.QUANTITY, "most", int(ordinals[0].value.value))
        chosen.used.add(ordinals[0].index)
    if measured(clause):
        return
    compared = clause.words(Kind.COMPARATIVE)
    others = clause.words(Kind.ELSE)
    one_group = len(sides(clause, clause.mentions)) == 1 and len(clause.mentions[0].value.rows) > 1
    pair = clause.any(Kind.MODEL_NOUN) and bool(clause.times or clause.limits)
    if compared and clause.any(Kind.WHICH) and (one_group or others or (pair and not clause.any(Kind.THAN))):
        chosen.used.update(part.index for part in others)  # "more than all others" is the most
        order = compared[0].senses[Kind.COMPARATIVE]
        attribute = order.attribute
        verbs = [v for v in clause.words(Kind.START, Kind.END) if v.index not in chosen.used]
        if verbs and attribute == Attribute.START:
            attribute = Attribute.START if verbs[0].has(Kind.START) else Attribute.END
            chosen.used.add(verbs[0].index)
        chosen.ranking = Ranking(attribute, order.direction)
        chosen.used.update(part.index for part in compared)
