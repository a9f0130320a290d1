"""Readings of yes/no questions that deny: "did it never build an X", "is neither the X nor the Y still built"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.intent.clause import Clause, Reading
from bot.intent.explaining import is_told_so
from bot.intent.parts import Chunk, Part, places_of
from bot.intent.readers.claims import read_claims
from bot.intent.readers.quantified import read_quantified
from bot.intent.senses import Kind
from knowledge.query import Attribute, Claim, Equals, Exists, Listing, Overlaps, Query

TIME_AT_ALL = Overlaps()
RUNNING_TODAY = Equals(Attribute.IN_PRODUCTION, (True,))


def read_denials(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a denial: what it says without the words that deny, and that this is not so."""
    if not clause.polar or clause.any(Kind.ELSE, Kind.LEFT_OUT):
        return
    first = clause.parts[0]
    if first.has(Kind.WRONG):
        pointing = clause.after(first).has(Kind.IT)
        yield from _without(clause, {0, 1} if pointing else {0}, denied=True)
        return
    neither = clause.words(Kind.NEITHER)
    if len(neither) > 1:
        yield from _without(clause, places_of(neither), denied=True)
        return
    denials = clause.words(Kind.NEVER, Kind.DENIAL)
    denials = [part for part in denials if not part.has(Kind.AUX) or is_told_so(clause, part)]
    if len(denials) == 1 and not denials[0].has(Kind.THOSE):
        # "Is it not …" expects a yes; "it is not so that …", "never" and "no" deny.
        asking = first.has(Kind.AUX) and not first.has(Kind.TAG)
        denied = denials[0].has(Kind.NEVER) or not asking
        yield from _without(clause, {denials[0].index}, denied=denied)


def _without(clause: Clause, places: Collection[int], *, denied: bool) -> Iterator[Reading]:
    """What the rest says, which is denied or not."""
    ever = any(clause.parts[place].has(Kind.NEVER) and not clause.parts[place].has(Kind.NONE) for place in places)
    today = not (ever or clause.times or clause.any(Kind.PAST))
    kept = [part for part in clause.parts if part.index not in places]
    rest = Clause(_affirmed(clause, kept, places), clause.relations, claimed=True)
    for reader in (read_quantified, read_claims):
        for reading in reader(rest):
            query = _denied(rest, reading.query, today=today) if denied else _expected(reading.query)
            if query is not None:
                used = frozenset(kept[place].index for place in reading.used) | frozenset(places)
                yield replace(reading, query=query, used=used)


def _affirmed(clause: Clause, kept: Sequence[Part], places: Collection[int]) -> list[Part]:
    """The parts as they stand without the words of denial; of several names it is enough that it holds of one."""
    several = len(places) > 1 and all(clause.parts[place].has(Kind.NEITHER) for place in places)
    named = 0
    result: list[Part] = []
    for part in kept:
        denial = clause.denial(part)
        affirmed = part.negated and bool(denial) and denial <= set(places)
        link = Kind.OR if several and named and part.chunk is Chunk.ROWS else part.link
        named += part.chunk is Chunk.ROWS
        result.append(replace(part, index=len(result), negated=part.negated and not affirmed, link=link))
    return result


def _expected(query: Query) -> Query | None:
    """A claim that is expected to hold; that there is some row nobody asks with a denial."""
    return query if isinstance(query, Claim) else None


def _denied(clause: Clause, query: Query, *, today: bool) -> Query | None:
    """That a claim does not hold; none where it could be denied of all or of some.

    ``today``: that there are none is said of today, as in "they build no X", not of all times, as in "they built no X".
    """
    match query:
        case Claim(quantifier="some"):
            return replace(query, negated=not query.negated)
        case Exists(selection) if selection.relation == "models" and (today or not clause.any(Kind.RUNNING)):
            said = RUNNING_TODAY if today else TIME_AT_ALL
            return Claim(Listing(selection), said, negated=True)
    return None
