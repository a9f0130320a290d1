"""Readings of yes/no questions about all, any or only some rows: "are all X still built", "is the X the only Y"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.choosing import Chosen, choose
from bot.intent.clause import Clause, Reading
from bot.intent.grouping import sides, united
from bot.intent.parts import Amount, Chunk, Limit, Part, Time, places_of
from bot.intent.relative import measured
from bot.intent.senses import PAIR, Kind
from bot.intent.timing import claimed_time, only_during, verb_of, within
from knowledge.query import (
    Attribute,
    Between,
    Claim,
    Condition,
    Count,
    Equals,
    Exists,
    Listing,
    Overlaps,
    Quantifier,
    Selection,
    all_of,
)

LEAST_AMOUNT = 100
"""A smaller number behind "are there more than" counts rows, as in "are there more than five convertibles"."""

AMOUNTS = (Chunk.NUMBER, Chunk.LIMIT, Chunk.MILESTONE)

TELLING = (Chunk.ROWS, Chunk.LIMIT, Chunk.TIME)

SUBJECT_PLACES = 2
"""So many parts from the start of the clause the subject stands: behind the verb, or behind "is it true that"."""


def read_quantified(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as something said of all, any or only some rows."""
    if not clause.polar or clause.milestones or not is_sound(clause):
        return
    yield from _only(clause)
    yield from _counted(clause)
    yield from _of_each(clause)


def said_of_each(clause: Clause) -> bool:
    """Whether something is said of each row that the subject names, not of what they come to together."""
    return _quantifier(clause) == "every"


def said_of_any(clause: Clause) -> bool:
    """Whether it is asked for just one row of which something is so."""
    return _quantifier(clause) == "some" or _counts_rows(clause) is not None


def is_sound(clause: Clause) -> bool:
    """Whether the words for how many are used as they can be understood: "both" of two, and "all" without a denial."""
    if clause.polar and any(part.quantifier is Kind.EVERY for part in clause.excluded):
        return False  # "not all X"
    if clause.polar and any(clause.parts[at].has(Kind.NEVER) for part in clause.excluded for at in clause.denial(part)):
        return False  # "no X": of the X, not of all others
    if any(part.quantifier is Kind.EVERY and part.value.ordinal for part in clause.chunks(Chunk.NUMBER)):
        return False  # "every second": a share, not a place
    if any(part.quantifier is Kind.EVERY and part.value.position > 1 for part in clause.bests):
        return False
    return is_pair(clause) and not any(part.quantifier is Kind.EVERY for part in clause.milestones)


def is_pair(clause: Clause) -> bool:
    """Whether "both", where the clause says it, is said of two: of two rows, or of two names."""
    said = clause.any(Kind.BOTH) or any(part.quantifier is Kind.BOTH for part in clause.mentions)
    if not clause.polar or not said or clause.milestones:
        return True
    groups = sides(clause, clause.mentions)
    return len(groups) == PAIR or (len(groups) == 1 and len(groups[0].rows) == PAIR)


def _subject(clause: Clause) -> Part | None:
    """The name or noun behind the verb, if "all" or "any" stands before it, or "both"."""
    for part in clause.parts[: SUBJECT_PLACES + 1]:
        if part.chunk is Chunk.NUMBER or part.has(Kind.BOTH, Kind.GROUPING, Kind.LIST, Kind.NONE):
            continue  # "all five doors", "every": what is counted comes behind it
        if part.has(Kind.PRODUCT_NOUN) and part.quantifier is Kind.EVERY:
            return part  # "are all cars X": said of what there is of them
        if part.chunk is Chunk.ROWS or (part.chunk is Chunk.WORD and part.has(Kind.MODEL_NOUN, Kind.STILL, Kind.END)):
            return part
    return None


def _quantifier(clause: Clause) -> Quantifier | None:
    """Of how many of the rows that the subject names something is said; none: of all together, or it is not said."""
    subject = _subject(clause)
    if subject is None or clause.bests or clause.any(Kind.SUM, Kind.MEAN, Kind.SHARE):
        return None
    before = clause.before(subject)
    if _denied(clause, subject):
        return "some"
    words = [subject.quantifier]
    if before.index >= 0 and (before.chunk is Chunk.NUMBER or before.has(Kind.BOTH, Kind.GROUPING, Kind.LIST)):
        words.append(before.quantifier)
    if Kind.ANY in words or before.has(Kind.ANY):
        return "some"
    if Kind.EVERY in words or Kind.BOTH in words or (before.chunk is Chunk.WORD and before.has(Kind.EVERY, Kind.BOTH)):
        return "every"
    if any(part.quantifier is Kind.EVERY and _is_said(part) for part in clause.parts[subject.index + 1 :]):
        return "every"  # "are the X all still built"
    there = clause.any(Kind.THERE) and clause.limits
    return "some" if there and not _is_counted(clause, clause.limits[0]) else None


def _only(clause: Clause) -> Iterator[Reading]:
    """ "Is the X the only Y", "is only the X still built": whether those that fulfil the rest are just these."""
    words = [part for part in clause.words(Kind.ONLY) if clause.after(part).chunk not in AMOUNTS]
    denied = any(not part.has(Kind.AUX) for part in clause.words(Kind.NOT))
    if len(words) != 1 or clause.bests or clause.excluded or denied or clause.any(Kind.SUM):
        return
    before = [part for part in clause.mentions if part.index < words[0].index]
    limited = [part for part in clause.times if only_during(clause, part) is words[0]]
    if before and limited and not clause.before(words[0]).has(Kind.THAN):  # not "as the only one in 2013"
        yield from _only_then(clause, before, words[0], limited[0])
        return
    behind = [part for part in clause.mentions if part.index > words[0].index]
    named = before or behind[:1]
    rest = behind if before else behind[1:]
    if not named or not (before or clause.after(words[0]) is named[0]):
        return
    chosen = choose(clause, mentions=rest, ranked=False, timed=False)
    conditions = list(chosen.conditions)
    used = chosen.used | places_of((*named, *words))
    for part in clause.times:
        condition = _during(clause, part, "only")
        if condition is None:
            return
        conditions.append(condition)
        used |= {part.index} | claimed_time(clause, part)[1]
    rows: frozenset[int] = frozenset().union(*(part.value.rows for part in named))
    if not conditions or (len(rows) > 1 and len(named) < len(rows)):
        return
    listing = Listing(Selection("models", tuple(conditions)))
    named_rows = Equals(Attribute.KEY, clause.keys(rows))
    yield Reading(Claim(listing, named_rows, quantifier="only"), frozenset(used), 0, tuple(conditions))


def _only_then(clause: Clause, named: list[Part], word: Part, part: Part) -> Iterator[Reading]:
    """ "Was the X built only in 2013": whether it was never built but then."""
    conditions = tuple(united(clause, named) or ())
    if len(named) < len(clause.mentions) or len(clause.times) > 1 or clause.limits or verb_of(clause, part) is not None:
        return
    said = Claim(Listing(Selection("models", conditions)), within(part.value), quantifier="every")
    yield Reading(said, frozenset({part.index, word.index, *(each.index for each in named)}), 0, conditions)


def _counts_rows(clause: Clause) -> Part | None:
    """The amount in "are there more than five X" or "are there five X", where it counts rows."""
    if not clause.any(Kind.THERE):
        return None
    for part in (*clause.limits, *clause.chunks(Chunk.NUMBER)):
        value = part.value
        bounds = (value.least, value.most) if isinstance(value, Limit) else (value,)
        amounts = [bound.value for bound in bounds if bound is not None]
        small = all(isinstance(each, int) and each < LEAST_AMOUNT for each in amounts)
        ordinal = isinstance(value, Amount) and value.ordinal
        if not ordinal and _is_counted(clause, part) and (small or clause.after(part).chunk is not Chunk.ROWS):
            return part
    return None


def _is_counted(clause: Clause, part: Part) -> bool:
    """Whether a name or a noun for rows stands behind an amount."""
    after = clause.after(part)
    return after.chunk is Chunk.ROWS or after.has(Kind.MODEL_NOUN)


def _counted(clause: Clause) -> Iterator[Reading]:
    """ "Are there more than five X": so many rows."""
    part = _counts_rows(clause)
    if part is None:
        return
    chosen = choose(clause, ranked=False)
    if len(clause.mentions) == 1:
        chosen.conditions = [_widest(clause.mentions[0], each) for each in chosen.conditions]
    if isinstance(part.value, Limit):
        limit: Condition = Between(Attribute.QUANTITY, part.value.least, part.value.most)
    else:
        limit = Equals(Attribute.QUANTITY, (part.value.value,))
    among = tuple(each for each in chosen.conditions if each != limit)
    yield Reading(Claim(Count(Selection("models", among)), limit), frozenset(chosen.used | {part.index}), 0, among)


def _widest(named: Part, condition: Condition) -> Condition:
    """Of a name that also is the value of a facet, all rows that have it are counted."""
    wider = named.value.wider
    return wider.condition if wider is not None and named.value.sets[0].condition == condition else condition


def _is_said(part: Part) -> bool:
    """Whether a part says something of the subject rather than naming what it is."""
    return part.chunk in (Chunk.TIME, Chunk.LIMIT) or part.has(Kind.STILL, Kind.END, Kind.BUILD)


def _of_each(clause: Clause) -> Iterator[Reading]:
    """ "Are all X still built", "do any X have more than so many": what is said last, of each that is named before."""
    quantifier = _quantifier(clause)
    if quantifier is None:
        return
    split = _split(clause, quantifier)
    if split is None:
        return
    chosen, said, words = split
    used = chosen.used | words | clause.places(Kind.BOTH, Kind.GROUPING, Kind.UNIT, Kind.RUNNING)
    used |= {part.index for part in clause.chunks(Chunk.NUMBER) if clause.after(part) is _subject(clause)}
    among = tuple(chosen.conditions)
    if quantifier == "some" and not among and not clause.any(Kind.NONE):
        yield Reading(Exists(Selection("models", (said,))), frozenset(used), 0, (said,))
        return
    subject = _subject(clause)
    denied = subject is not None and _denied(clause, subject)
    used |= {part.index for part in clause.words(Kind.NONE) if denied and clause.after(part) is subject}
    claim = Claim(Listing(Selection("models", among)), said, denied, quantifier)
    yield Reading(claim, frozenset(used), 0, among)


def _denied(clause: Clause, subject: Part) -> bool:
    """Whether it is said that something is so of no row: "is no X still built"."""
    return clause.before(subject).chunk is Chunk.WORD and clause.before(subject).has(Kind.NONE)


def _split(clause: Clause, quantifier: Quantifier) -> tuple[Chosen, Condition, set[int]] | None:
    """What is spoken of, what is said of it by the last part that says something, and the places of its words."""
    first = _subject(clause)
    telling = [part for part in clause.parts if part is not first and part.chunk in TELLING]
    telling += [part for part in clause.words(Kind.STILL, Kind.END) if part is not first and not clause.times]
    if len(clause.times) > 1 or measured(clause):
        return None
    if not telling:
        return _of_name(clause, first)
    last = max(telling, key=lambda part: (part.chunk is Chunk.TIME, part.index))
    said: Condition | None
    if first is not None and first.has(Kind.PRODUCT_NOUN) and last.chunk is not Chunk.ROWS:
        return None  # of all that was built, not of each row
    match last.chunk:
        case Chunk.ROWS if first is not None and first.chunk is Chunk.WORD and not _is_noun(clause, first):
            return None  # "all still built": of a name from before, or of a name that follows
        case Chunk.ROWS:
            rest = [part for part in clause.mentions if part is not last]
            return choose(clause, mentions=rest, ranked=False), all_of(last.value.conditions), {last.index}
        case Chunk.TIME:
            said = _during(clause, last, quantifier)
            words = {last.index} | claimed_time(clause, last)[1]
            chosen = choose(clause, ranked=False, timed=False)
            return None if said is None or last.negated else (chosen, said, words)
        case Chunk.LIMIT:
            said = Between(last.value.attribute or Attribute.QUANTITY, last.value.least, last.value.most)
        case _:
            said = Equals(Attribute.IN_PRODUCTION, (last.has(Kind.STILL),))
    chosen = choose(clause, ranked=False)
    if last.chunk is Chunk.WORD and last.has(Kind.END) and said not in chosen.conditions:
        return chosen, said, {last.index}
    if said not in chosen.conditions:
        return None
    chosen.conditions.remove(said)
    return chosen, said, {last.index}


def _is_noun(clause: Clause, part: Part) -> bool:
    """Whether a word is a noun for rows, or belongs to the one behind it: "models", "discontinued models"."""
    return part.has(Kind.MODEL_NOUN) or clause.after(part).has(Kind.MODEL_NOUN)


def _of_name(clause: Clause, named: Part | None) -> tuple[Chosen, Condition, set[int]] | None:
    """ "Is every X a coupé": both belong together, and the second is what is said of the first."""
    if named is None or named.chunk is not Chunk.ROWS or len(named.value.sets) < 2 or clause.any(Kind.THERE):
        return None
    *names, last = named.value.sets
    return Chosen([rows.condition for rows in names], None, {named.index}), last.condition, set()


def _during(clause: Clause, part: Part, quantifier: Quantifier) -> Condition | None:
    """What a time says of each row; none where that could be said of its products just as well."""
    time: Time = part.value
    verb = verb_of(clause, part)
    condition, _ = claimed_time(clause, part)
    running = clause.any(Kind.STILL, Kind.RUNNING)
    if verb is not None or running or quantifier == "some" or not isinstance(condition, Overlaps):
        return condition
    if time.kind in ("in", "same", "period", "during", "of") or part.value.anchor:
        return condition if quantifier == "only" else None
    return within(time)
