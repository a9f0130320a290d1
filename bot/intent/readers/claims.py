"""Readings of yes/no questions and of things said to be so: a subject, and what is claimed of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.intent.choosing import choose
from bot.intent.clause import Clause, Reading
from bot.intent.facets import facet_words, ranks_facet
from bot.intent.grouping import sides_of, united
from bot.intent.parts import Best, Chunk, Mention, Part, places_of
from bot.intent.readers.claimed_amounts import claimed_amounts, counts_products
from bot.intent.readers.claimed_orders import read_claimed_orders
from bot.intent.readers.lookups import first_or_last
from bot.intent.readers.milestones import asked_of, attribute_is, row_condition
from bot.intent.readers.quantified import is_sound, said_of_any, said_of_each
from bot.intent.relative import measured
from bot.intent.senses import EITHER, NOUNS, Kind
from bot.intent.timing import TELLING, claimed_time, verb_of
from bot.intent.today import built_today
from knowledge.evaluation import is_so
from knowledge.query import (
    AllOf,
    AnyOf,
    Attribute,
    Between,
    Claim,
    Condition,
    Equals,
    Exists,
    Get,
    Listing,
    Not,
    Overlaps,
    Quantifier,
    Query,
    Selection,
)


def read_claims(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a claim to confirm."""
    if not clause.polar or ranks_facet(clause):
        return
    if said_of_each(clause) or not is_sound(clause):
        return
    edges = list(_edge(clause))
    if edges:
        yield from edges
        return
    yield from read_claimed_orders(clause)
    yield from _superlative(clause)
    if not said_of_any(clause):
        yield from claimed_amounts(clause)
        yield from _state(clause)
    yield from _milestone(clause)
    yield from _exists(clause)


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
    if best.attribute == Attribute.DURATION and len(subject.value.rows) > 1 and facet_words(clause):
        return  # of groups, not of their rows
    ranking = chosen.ranking or best.ranking
    if ordinals and ranking.position == 1:
        ranking = replace(ranking, position=int(ordinals[0].value.value))
        used.add(ordinals[0].index)
    used |= clause.places(Kind.ATTRIBUTE, Kind.RANK, Kind.SUM, Kind.WHOLE, Kind.START, Kind.END)
    listing = Listing(Selection("models", tuple(among), ranking))
    claim = Claim(listing, Equals(Attribute.KEY, clause.keys(subject.value.rows)))
    yield Reading(claim, frozenset(used), 0, subject.value.conditions)


def _edge(clause: Clause) -> Iterator[Reading]:
    """Was the last of them built in that year: when they ended, or the last of several did."""
    if len(clause.bests) != 1 or len(clause.mentions) != 1 or len(clause.times) != 1 or clause.milestones:
        return
    best, named, time = clause.bests[0], clause.mentions[0], clause.times[0]
    edges = {(Attribute.START, "least"), (Attribute.END, "most")}
    if clause.after(best) is not named or (best.value.attribute, best.value.direction) not in edges or time.negated:
        return
    if (best.value.position, best.value.count) != (1, 1) or time.value.anchor:
        return
    if time.value.kind in TELLING and (time.value.kind, best.value.attribute) != ("of", Attribute.START):
        return
    chosen = choose(clause, ranked=False, timed=False)
    first_or_last(clause, chosen, best.value.attribute)
    first = None if time.value.kind == "by" else time.value.first
    condition = Between(best.value.attribute, first, time.value.last)
    used = chosen.used | {best.index, time.index} | clause.places(Kind.START, Kind.END, Kind.UNIT)
    yield Reading(Claim(Listing(chosen.selection()), condition), frozenset(used), 0, named.value.conditions)


def _milestone(clause: Clause) -> Iterator[Reading]:
    """Was the two millionth an X, blue, in 2016?"""
    if not clause.milestones:
        return
    numbers = [p for p in clause.milestones if p.value.numbers]
    described = [p for p in clause.milestones if not p.value.numbers]
    if _is_output(clause):
        return
    used = places_of(clause.milestones)
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
            used |= places_of((*clause.mentions, *clause.words(Kind.OR)))
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
    if len(claims) > 1 and clause.any(Kind.OR):
        return  # one of them is claimed, not all
    asked, words = asked_of(clause)
    used |= words
    if not numbers and any(attribute_is(p.value.condition, Attribute.MODEL) for p in described):
        if clause.times or clause.any(Kind.START, Kind.END):
            return  # when a variant was built is not known, only when one of it stood at a milestone
    else:
        used |= clause.places(Kind.START, Kind.END)
    used |= clause.places(Kind.MILESTONE_NOUN, Kind.REACH)
    get = Get(Selection("milestones", subject), (Attribute.MODEL, Attribute.COLOUR, Attribute.DATE))
    if not claims and asked:
        # "Did it have a special colour": what the file says of that, if it does.
        yield Reading(Get(get.selection, tuple(asked)), frozenset(used))
        return
    if not claims:
        choosing = len(numbers) > 1 or clause.chunks(Chunk.NUMBER) or clause.any(Kind.OR)
        yield Reading(get if choosing else Exists(get.selection), frozenset(used), 1)
        return
    condition = claims[0] if len(claims) == 1 else AllOf(tuple(claims))
    yield Reading(Claim(get, condition), frozenset(used))


def _is_output(clause: Clause) -> bool:
    """Whether so many were built within a time, which is no milestone: "did it build 3 million cars in 2021"."""
    amounts = [part for part in clause.milestones if part.value.numbers and not part.value.ordinal]
    within = [part for part in clause.times if part.value.first is not None]
    reached = (Kind.REACH, Kind.MILESTONE_NOUN, Kind.START, Kind.END)
    return bool(amounts and within) and clause.any(Kind.BUILD) and not clause.any(*reached) and not clause.mentions


def _state(clause: Clause) -> Iterator[Reading]:
    """Is it still built; was it built in, until, from then; is it a convertible?"""
    if not clause.mentions or clause.bests or clause.milestones or _of_plant(clause):
        return
    sides = sides_of(clause)
    used = places_of(clause.mentions)
    told = _said_of_one(clause) or _told_by_names(clause, sides)
    if told is None:
        return
    subject, claims = told
    coded = _of_code(clause, sides)
    if coded is not None:
        subject, condition = coded
        claims = [condition]
        used |= {part.index for part in _words_for_code(clause)}
    for part in clause.excluded:
        claims.append(Not(AllOf(part.value.conditions)))
        used |= {part.index, part.index - 1}
    for part in clause.times:
        condition, words = claimed_time(clause, part)
        claims.append(Not(condition) if part.negated else condition)
        used |= {part.index} | words
    today, words = built_today(clause, claims, used)
    claims += today
    used |= words | {p.index for p in clause.words(Kind.AGE_NEW) if today}
    if clause.any(Kind.RUNNING) and clause.parts[0].has(Kind.PRESENT) and not claims:
        claims.append(Equals(Attribute.IN_PRODUCTION, (True,)))
    ended = [p for p in clause.words(Kind.END) if p.index not in used]
    if ended and not clause.any(Kind.STILL) and not clause.times:
        claims.append(Equals(Attribute.IN_PRODUCTION, (False,)))
        used |= places_of(ended)
    elif ended:
        used |= {p.index for p in ended if clause.any(Kind.STILL)}
    if not claims and len(clause.mentions) == 1 and len(subject.sets) > 1:
        subject, claims = _said_of_name(subject)
    if not claims:
        return
    used |= clause.places(Kind.OR, Kind.UNIT)
    condition = claims[0] if len(claims) == 1 else AllOf(tuple(claims))
    claim = _of_series(clause, Claim(Listing(Selection("models", subject.conditions)), condition))
    claim = claim if _said_of_one(clause) else _of_all(clause, sides, claim)
    yield Reading(_period(clause, claim) or claim, frozenset(used), 0, subject.conditions)


def _period(clause: Clause, claim: Claim) -> Query | None:
    """The period of what was built "from 2010" or "until 2013", if it was so for longer: no yes or no says that."""
    part = clause.times[0] if len(clause.times) == 1 and not isinstance(claim.condition, AllOf) else None
    if part is None or verb_of(clause, part) is not None or part.negated or clause.any(Kind.NOT):
        return None
    if part.value.kind != "until" and not (part.value.kind == "since" and part.has(Kind.ONWARDS, Kind.OF_YEAR)):
        return None
    edge = part.value.first or part.value.last
    then = replace(claim, condition=Overlaps(edge, edge))
    longer = not is_so(claim, clause.relations) and is_so(then, clause.relations)
    return Get(clause.mentions[0].value.selection, (Attribute.PERIOD,)) if longer else None


def _of_series(clause: Clause, claim: Claim) -> Claim:
    """Of a name that a row and its series share, what is so of a later row of the series is so of it."""
    wider = clause.mentions[0].value.wider if len(clause.mentions) == 1 else None
    match claim.condition:
        case Equals(Attribute.IN_PRODUCTION, (bool() as built,)) if wider is not None:
            quantifier: Quantifier = "some" if built else "every"  # it has ended where nothing of it is built any more
        case Overlaps() if wider is not None:
            quantifier = "some"
        case _:
            return claim
    series = replace(claim, subject=Listing(Selection("models", (wider.condition,))), quantifier=quantifier)
    one, all_ = (is_so(each, clause.relations) for each in (claim, series))
    return claim if one is not None and one is all_ else series


def _told_by_names(clause: Clause, sides: list[Mention]) -> tuple[Mention, list[Condition]] | None:
    """The subject, and what further names say of it; none: something else is said of the names."""
    if len(sides) > 1 and any(part.link in (Kind.AND, Kind.OR, Kind.VERSUS) for part in clause.mentions):
        rows = frozenset().union(*(side.rows for side in sides))
        either = AnyOf(tuple(AllOf(side.conditions) for side in sides))
        return Mention(rows, (either,), tuple(rows for side in sides for rows in side.sets)), []
    if len(sides) > 1:
        if all(side.exact for side in sides) and _of_code(clause, sides) is None:
            return None  # no row is another one
        return sides[0], [AllOf(side.conditions) for side in sides[1:]]
    last = clause.mentions[-1].value
    if len(clause.mentions) == 2 and clause.mentions[0].value.exact and last.facet:
        # "is the F44 a gran coupé": the second name is what is claimed of the first
        return clause.mentions[0].value, [AllOf(last.conditions)]
    return sides[0], []


def _said_of_one(clause: Clause) -> tuple[Mention, list[Condition]] | None:
    """ "Is the X a coupé and a 2 Series": the row, and each thing that is said of it."""
    first, *others = clause.mentions
    if not others or others[-1].link is not Kind.AND or clause.times or clause.limits or clause.any(*SAID):
        return None
    own = [rows for rows in first.value.sets if rows.facet is None or rows.code]
    said = [rows for rows in first.value.sets if rows not in own]
    beside = said or (len(others) > 1 and others[0].link is None)
    said += [rows for part in others for rows in part.value.sets]
    joined = all(part.link is Kind.AND for part in (others if own and first.value.sets[-1] not in own else others[1:]))
    if not own or not beside or not joined or any(rows.facet is None or rows.code for rows in said):
        return None
    rows = frozenset.intersection(*(each.rows for each in own))
    if len(rows) != 1 or len({each.facet for each in said}) < len(said):
        return None
    return Mention(rows, tuple(each.condition for each in own), tuple(own)), [each.condition for each in said]


SAID = (Kind.STILL, Kind.END, Kind.START, Kind.RUNNING, Kind.OR, Kind.SUM, Kind.COMPARATIVE)
"""Words that say something else of the rows that are named."""


def _of_all(clause: Clause, sides: list[Mention], claim: Claim) -> Claim:
    """ "Are the X and the Y still built" says it of both: where it holds for nothing of one side, it is not so."""
    if len(sides) < 2 or not any(part.link is Kind.AND for part in clause.mentions):
        return claim
    claims = (replace(claim, subject=Listing(side.selection)) for side in sides)
    return claim if all(is_so(each, clause.relations) for each in claims) else replace(claim, quantifier="every")


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
    return clause.naming(Attribute.CODE)


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


def _exists(clause: Clause) -> Iterator[Reading]:
    """Is there, was there ever such a one?"""
    if clause.milestones:
        return
    chosen = choose(clause, ranked=False)
    if not chosen.conditions or clause.bests or (clause.any(Kind.MEAN) and not clause.any(Kind.THERE)):
        return
    if not (clause.mentions or clause.any(Kind.THERE, *NOUNS)) and (
        any(counts_products(part) or part.has(Kind.REACH) for part in clause.limits)
    ):
        return  # "are these more than a million cars", "did they reach 5 million": of all together
    said = clause.any(Kind.THERE, Kind.BUILD, Kind.RUNNING, Kind.START, Kind.PLANT, Kind.PLANT_NOUN, *NOUNS)
    said = said or len(clause.mentions) > 1
    if not said and not clause.excluded and len(chosen.conditions) <= len(united(clause, clause.mentions) or ()):
        return  # only named; what is said of it are words that mean nothing here
    if all(isinstance(each, Not) for each in chosen.conditions) and not clause.any(Kind.MODEL_NOUN, Kind.ELSE):
        return  # "there are no X": of the X, not of all others
    if clause.polar and clause.any(Kind.NEITHER):
        return  # it denies something of these, and asks for no others
    if any(part.link in EITHER for part in clause.mentions) and not clause.any(Kind.THERE):
        return  # it asks which of them
    if len(sides_of(clause)) > 1 and not measured(clause) and not any(p.link for p in clause.mentions):
        return
    used = chosen.used | (clause.places(Kind.ELSE) if clause.excluded else set())
    yield Reading(Exists(chosen.selection()), frozenset(used), 2, tuple(chosen.conditions))
