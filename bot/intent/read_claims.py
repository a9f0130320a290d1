"""Readings of yes/no questions and of things said to be so: a subject, and what is claimed of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.intent.choosing import choose
from bot.intent.clause import Clause, Reading
from bot.intent.grouping import measured, united
from bot.intent.parts import Best, Chunk, Mention, Part, Time
from bot.intent.read_comparisons import counts_models, operand, order_of, selections, sides_of
from bot.intent.read_milestones import asked_of, row_condition
from bot.intent.senses import Kind
from bot.intent.timing import TELLING, time_condition, verb_of
from knowledge.query import (
    Aggregate,
    AllOf,
    AnyOf,
    Attribute,
    Between,
    Bound,
    Claim,
    Compare,
    Condition,
    Count,
    Equals,
    Exists,
    Get,
    Listing,
    Not,
    Overlaps,
    Query,
    Ranking,
    Selection,
    Together,
)


def read_claims(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a claim to confirm."""
    if not clause.polar:
        return
    yield from _comparison(clause)
    yield from _superlative(clause)
    yield from _amount(clause)
    yield from _milestone(clause)
    yield from _state(clause)
    yield from _exists(clause)


def _subject(side: Mention) -> Selection:
    return Selection("models", side.conditions)


def _keys(clause: Clause, side: Mention) -> Condition:
    return Equals(Attribute.KEY, clause.keys(side.rows))


def _comparison(clause: Clause) -> Iterator[Reading]:
    """Was this one more, longer, earlier than that one?"""
    sides = sides_of(clause)
    if (
        len(sides) != 2
        or clause.milestones
        or measured(clause)
        or not (
            clause.any(Kind.COMPARATIVE, Kind.BEFORE, Kind.AFTER, Kind.SAME, Kind.SAME_TIME, Kind.THAT_YEAR, Kind.BOTH)
            or clause.bests
            or clause.limits
        )
    ):
        return
    shared = clause.any(Kind.SAME, Kind.BOTH) and clause.any(Kind.UNIT, Kind.YEAR_OF)
    if clause.any(Kind.THAT_YEAR, Kind.SAME_TIME) or shared:
        yield from _together(clause, sides)
        return
    if len(verbs := _own_verbs(clause)) > 1:
        yield from _by_own_verbs(clause, sides, verbs)
        return
    attribute, direction, used = order_of(clause)
    used |= {p.index for p in clause.mentions}
    used |= {p.index for p in clause.words(Kind.SAME, Kind.SAME_AS, Kind.OR, Kind.VERSUS, Kind.BOUND, Kind.SUM)}
    if counts_models(clause, sides):
        return
    either = clause.any(Kind.BEFORE) and clause.any(Kind.AFTER)
    comparison = Compare(tuple(_subject(side) for side in sides), attribute, direction)
    if either or any(part.link in (Kind.OR, Kind.VERSUS) for part in clause.mentions):
        # "before or after", "X or Y": not a claim, but a choice between the two.
        yield Reading(comparison, frozenset(used))
        return
    if clause.any(Kind.SAME):
        right = operand(sides[1], attribute)
        condition: Condition = Between(attribute, Bound(right), Bound(right))
        yield Reading(Claim(operand(sides[0], attribute), condition), frozenset(used))
        return
    yield Reading(Claim(comparison, _keys(clause, sides[0])), frozenset(used))


def _own_verbs(clause: Clause) -> list[Part]:
    """The verbs of two names where one of these starts and the other ends."""
    verbs = [part for part in clause.words(Kind.START, Kind.END) if not part.has(Kind.FILL)]
    return verbs if len(verbs) == 2 and verbs[0].has(Kind.START) != verbs[1].has(Kind.START) else []


def _by_own_verbs(clause: Clause, sides: list[Mention], verbs: list[Part]) -> Iterator[Reading]:
    """ "Did the X end before the Y started": the end of the one against the start of the other."""
    order = clause.words(Kind.BEFORE, Kind.AFTER)
    one, other = (Attribute.START if verb.has(Kind.START) else Attribute.END for verb in verbs)
    edge = Bound(Get(_subject(sides[1]), (other,)), inclusive=False)
    same = Between(one, Bound(edge.value), Bound(edge.value))
    if len(order) != 1 or clause.count((*sides[0].conditions, same)):
        return  # which of two things of one year came first is not known
    before = order[0].has(Kind.BEFORE)
    condition = Between(one, None, edge) if before else Between(one, edge, None)
    used = {part.index for part in (*clause.mentions, *verbs, *order)}
    yield Reading(Claim(Listing(_subject(sides[0])), condition), frozenset(used), 0, sides[0].conditions)


def _together(clause: Clause, sides: list[Mention]) -> Iterator[Reading]:
    """Were the two built, started or ended at the same time?"""
    verbs = clause.words(Kind.START, Kind.END)
    words = (Kind.THAT_YEAR, Kind.SAME_TIME, Kind.SAME, Kind.UNIT, Kind.SAME_AS, Kind.BOTH, Kind.YEAR_OF)
    used = {p.index for p in (*clause.mentions, *verbs, *clause.words(*words))}
    if not verbs:
        yield Reading(Claim(Together(selections(sides)), Overlaps()), frozenset(used), 0, sides[0].conditions)
        return
    attribute = Attribute.START if verbs[0].has(Kind.START) else Attribute.END
    date = Get(Selection("models", sides[1].conditions), (attribute,))
    listing = Listing(Selection("models", sides[0].conditions))
    condition = Between(attribute, Bound(date), Bound(date))
    yield Reading(Claim(listing, condition), frozenset(used), 0, sides[0].conditions)


def _superlative(clause: Clause) -> Iterator[Reading]:
    """Is this one the most built, the second longest, the last?"""
    ordinals = [p for p in clause.chunks(Chunk.NUMBER) if p.value.ordinal and p.value.value <= 100]
    if not (clause.bests or ordinals) or len(clause.mentions) < 1 or clause.milestones:
        return
    chosen = choose(clause, mentions=(), timed=True)
    subject = clause.mentions[0]
    rest = clause.mentions[1:]
    among = list(chosen.conditions)
    used = set(chosen.used) | {subject.index}
    for part in rest:
        among.append(AllOf(part.value.conditions))
        used.add(part.index)
    best: Best = clause.bests[0].value if clause.bests else Best("most", Attribute.QUANTITY)
    ranking = chosen.ranking or Ranking(best.attribute, best.direction, best.position, best.count)
    if ordinals and ranking.position == 1:
        ranking = replace(ranking, position=int(ordinals[0].value.value))
        used.add(ordinals[0].index)
    used |= {p.index for p in clause.words(Kind.ATTRIBUTE, Kind.RANK, Kind.SUM, Kind.START, Kind.END)}
    listing = Listing(Selection("models", tuple(among), ranking))
    yield Reading(Claim(listing, _keys(clause, subject.value)), frozenset(used), 0, subject.value.conditions)


def _amount(clause: Clause) -> Iterator[Reading]:
    """Were there more than so many; was it this many?"""
    numbers = [p for p in clause.chunks(Chunk.NUMBER) if not p.value.ordinal]
    marks = [p for p in clause.milestones if p.value.numbers and not p.value.ordinal]
    if not clause.limits and not numbers and not marks:
        return
    if clause.bests or (
        not clause.mentions and not clause.any(Kind.BUILD, Kind.PLANT, Kind.MODEL_NOUN, Kind.OWNER, Kind.PRODUCT_NOUN)
    ):
        return
    if clause.limits:
        part, limit = clause.limits[0], clause.limits[0].value
        condition: Condition = Between(limit.attribute or Attribute.QUANTITY, limit.least, limit.most)
    else:
        part = (numbers or marks)[0]
        value = part.value.value if numbers else part.value.numbers[0]
        condition = Equals(Attribute.QUANTITY, (value,))
        after = clause.after(part)
        if after.senses.get(Kind.UNIT) == "year":  # "nine years"
            condition = Between(Attribute.DURATION, Bound(value), Bound(value))
        elif after.has(Kind.ATTRIBUTE) and set(after.senses[Kind.ATTRIBUTE]) & set(clause.facets()):
            return  # "a 5 Series" is a name, not an amount
        elif after.senses.get(Kind.UNIT, "times") != "times":
            return
    attribute = Attribute.QUANTITY
    if isinstance(condition, Between) and condition.attribute == Attribute.DURATION:
        attribute = Attribute.DURATION
    used = {part.index} | {p.index for p in clause.mentions}
    used |= {
        p.index for p in clause.words(Kind.SUM, Kind.ATTRIBUTE, Kind.UNIT, Kind.REACH, Kind.COMPARATIVE, Kind.BOUND)
    }
    subject: Query
    counting = clause.after(part).has(Kind.MODEL_NOUN) and attribute == Attribute.QUANTITY
    chosen = choose(clause, ranked=False)
    if clause.any(Kind.MODEL_NOUN) and not counting and not clause.mentions:
        return  # "are there models with more than …": whether there is such a row
    if counting:
        others = [each for each in chosen.conditions if each != condition]
        subject = Count(Selection("models", tuple(others)))
        yield Reading(Claim(subject, condition), frozenset(used | chosen.used), 1)
        return
    conditions = united(clause, clause.mentions) or []
    selection = Selection("models", tuple(conditions))
    if attribute == Attribute.DURATION:
        subject = Get(selection, (Attribute.DURATION, Attribute.PERIOD))
    else:
        period = None
        if clause.times and not clause.words(Kind.START, Kind.END):
            time: Time = clause.times[0].value
            period = Overlaps(time.first, time.last)
            used |= {p.index for p in clause.times}
        subject = Aggregate("sum", Attribute.QUANTITY, selection, period)
    yield Reading(Claim(subject, condition), frozenset(used), 0 if clause.mentions else 1, tuple(conditions))


def _milestone(clause: Clause) -> Iterator[Reading]:
    """Was the two millionth an i3, blue, in 2016?"""
    if not clause.milestones:
        return
    numbers = [p for p in clause.milestones if p.value.numbers]
    described = [p for p in clause.milestones if not p.value.numbers]
    used = {p.index for p in clause.milestones}
    claims: list[Condition] = []
    subject: tuple[Condition, ...]
    if numbers:
        subject = tuple(p.value.condition for p in numbers[:1])
        claims += [p.value.condition for p in described]
        if len(numbers) > 1 or clause.chunks(Chunk.NUMBER):
            # "the first, second or third million": a choice, answered by the milestone itself
            subject = tuple(p.value.condition for p in described) or subject
            claims = []
            used |= {p.index for p in clause.chunks(Chunk.NUMBER)}
            subject += tuple(row_condition(clause, p) for p in clause.mentions)
            used |= {p.index for p in (*clause.mentions, *clause.words(Kind.OR))}
    elif described:
        subject = tuple(p.value.condition for p in described[:1])
        claims += [p.value.condition for p in described[1:]]
    else:
        return
    for part in clause.mentions:
        if part.index not in used:
            claims.append(row_condition(clause, part))
            used.add(part.index)
    for part in clause.times:
        claims.append(Between(Attribute.DATE, part.value.first, part.value.last))
        used.add(part.index)
    _, words = asked_of(clause)
    used |= words
    used |= {
        p.index for p in clause.words(Kind.MILESTONE_NOUN, Kind.START, Kind.END, Kind.REACH, Kind.ATTRIBUTE, Kind.STILL)
    }
    get = Get(Selection("milestones", subject), (Attribute.MODEL, Attribute.COLOUR, Attribute.DATE))
    if not claims:
        choosing = len(numbers) > 1 or clause.chunks(Chunk.NUMBER) or clause.any(Kind.OR)
        yield Reading(get if choosing else Exists(get.selection), frozenset(used), 1)
        return
    condition = claims[0] if len(claims) == 1 else AllOf(tuple(claims))
    yield Reading(Claim(get, condition), frozenset(used))


def _state(clause: Clause) -> Iterator[Reading]:
    """Is it still built; was it built in, until, from then; is it a convertible?"""
    if not clause.mentions or clause.bests or clause.milestones or _of_plant(clause):
        return
    sides = sides_of(clause)
    subject = sides[0]
    if len(clause.times) > 1 and clause.any(Kind.OR) and len(sides) == 1:
        # "until 2020 or 2022?": a choice, which the period answers
        get = Get(Selection("models", subject.conditions), (Attribute.PERIOD,))
        chosen = choose(clause)
        yield Reading(get, frozenset(chosen.used | {p.index for p in clause.words(Kind.OR)}), 0, subject.conditions)
        return
    used = {p.index for p in clause.mentions}
    claims: list[Condition] = []
    if len(sides) > 1:
        linked = any(part.link in (Kind.AND, Kind.OR) for part in clause.mentions)
        if linked:
            subject = Mention(
                frozenset().union(*(side.rows for side in sides)),
                (AnyOf(tuple(AllOf(side.conditions) for side in sides)),),
                tuple(rows for side in sides for rows in side.sets),
            )
        elif all(side.exact for side in sides) and _of_code(clause, sides) is None:
            return  # no row is another one: something else is said of the two
        else:
            claims += [AllOf(side.conditions) for side in sides[1:]]
    else:
        last = clause.mentions[-1].value
        if len(clause.mentions) == 2 and clause.mentions[0].value.exact and last.facet:
            # "is the F44 a gran coupé": the second name is what is claimed of the first
            subject = clause.mentions[0].value
            claims.append(AllOf(last.conditions))
    coded = _of_code(clause, sides)
    if coded is not None:
        subject, condition = coded
        claims = [condition]
        used |= {part.index for part in _words_for_code(clause)}
    for part in clause.excluded:
        claims.append(Not(AllOf(part.value.conditions)))
        used |= {part.index, part.index - 1}
    timed, words = _claimed_times(clause)
    claims += timed
    used |= words
    if clause.any(Kind.STILL):
        chosen = choose(clause, mentions=(), ranked=False, timed=False)
        claims += [each for each in chosen.conditions if isinstance(each, Equals)]
        used |= chosen.used
    if clause.any(Kind.RUNNING) and clause.parts[0].has(Kind.PRESENT) and not claims:
        claims.append(Equals(Attribute.IN_PRODUCTION, (True,)))
    ended = [p for p in clause.words(Kind.END) if p.index not in used]
    if ended and not clause.any(Kind.STILL) and not clause.times:
        claims.append(Equals(Attribute.IN_PRODUCTION, (False,)))
        used |= {p.index for p in ended}
    elif ended:
        used |= {p.index for p in ended if clause.any(Kind.STILL)}
    if not claims and len(clause.mentions) == 1 and len(subject.sets) > 1:
        subject, claims = _said_of_name(subject)
    if not claims:
        return
    used |= {p.index for p in clause.words(Kind.OR, Kind.UNIT)}
    condition = claims[0] if len(claims) == 1 else AllOf(tuple(claims))
    listing = Listing(Selection("models", subject.conditions))
    yield Reading(Claim(listing, condition), frozenset(used), 0, subject.conditions)


def _claimed_times(clause: Clause) -> tuple[list[Condition], set[int]]:
    """What the times of a clause claim of its subject, and the words that do so."""
    claims: list[Condition] = []
    used: set[int] = set()
    for part in clause.times:
        if part.value.kind in TELLING:
            condition, words = time_condition(clause, part, None), set[int]()
        else:
            condition, words = _timed(part.value, verb_of(clause, part))
        claims.append(Not(condition) if part.negated else condition)
        used |= {part.index} | words
    return claims, used


def _of_plant(clause: Clause) -> bool:
    """ "The plant began with the X": said of the plant, not of the X."""
    first = clause.mentions[0].index
    plant = any(part.index < first for part in clause.words(Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER))
    return plant and clause.any(Kind.START) and any(part.index == first - 1 for part in clause.words(Kind.WITH))


def _said_of_name(subject: Mention) -> tuple[Mention, list[Condition]]:
    """ "Is the T3 steam": both belong together, and the second is what is claimed of the first."""
    *names, last = subject.sets
    if not last.facet or not any(rows.exact for rows in names):
        return subject, []
    return Mention(subject.rows, tuple(rows.condition for rows in names), tuple(names)), [last.condition]


def _words_for_code(clause: Clause) -> list[Part]:
    return [part for part in clause.words(Kind.ATTRIBUTE) if Attribute.CODE in part.senses[Kind.ATTRIBUTE]]


def _of_code(clause: Clause, sides: list[Mention]) -> tuple[Mention, Condition] | None:
    """ "Is the code of the X such a one": the name, and the code that it is said to have."""
    if not _words_for_code(clause):
        return None
    codes = [part for part in clause.mentions if all(rows.code for rows in part.value.sets)]
    named = [part for part in clause.mentions if part not in codes]
    if len(codes) == 1 and len(named) == 1:
        return named[0].value, AllOf(codes[0].value.conditions)
    if len(sides) == 1 and len(clause.mentions) == 1 and len(sides[0].sets) == 2:
        code = next((rows for rows in sides[0].sets if rows.code), None)
        name = next((rows for rows in sides[0].sets if not rows.code), None)
        if code is not None and name is not None:
            return Mention(name.rows, (name.condition,), (name,)), code.condition
    return None


def _timed(time: Time, verb: object) -> tuple[Condition, set[int]]:
    """What a time claims of its subject; both of its ends where both were named."""
    if isinstance(verb, Part):
        attribute = Attribute.START if verb.has(Kind.START) else Attribute.END
        first, last = time.first, time.last
        if time.kind == "until":
            first = last
        if time.kind == "by":
            first = None
        if time.kind == "since":
            last = first
        return Between(attribute, first, last), {verb.index}
    match time.kind:
        case "range":
            starts = Between(Attribute.START, time.first, time.first)
            ends = Between(Attribute.END, time.last, time.last)
            return AllOf((starts, ends)), set()
        case "by":
            return Between(Attribute.END, None, time.last), set()
        case "until":
            return Between(Attribute.END, time.last, time.last), set()
        case "since":
            return Between(Attribute.START, time.first, time.first), set()
    return Overlaps(time.first, time.last), set()


def _exists(clause: Clause) -> Iterator[Reading]:
    """Is there, was there ever such a one?"""
    if clause.milestones:
        return
    chosen = choose(clause, ranked=False)
    if not chosen.conditions or clause.bests:
        return
    if len(sides_of(clause)) > 1 and not any(p.link for p in clause.mentions):
        return
    used = set(chosen.used) | {p.index for p in clause.words(Kind.ELSE)}
    yield Reading(Exists(chosen.selection()), frozenset(used), 2, tuple(chosen.conditions))
