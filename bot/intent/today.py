"""Words for "still" and "now": whether they say of rows that they are built today."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.intent.alternatives import contradict
from bot.intent.asking import asks_for
from bot.intent.clause import Clause
from bot.intent.numerals import is_number
from bot.intent.parts import Chunk, Part, places_of
from bot.intent.senses import NOUNS, Kind
from bot.intent.timing import BUILDING, TELLING, shares_verb, verb_of
from knowledge.query import Attribute, Condition, Equals
from knowledge.schema import PartialDate

AMOUNTS = (Chunk.LIMIT, Chunk.NUMBER, Chunk.MILESTONE)


def built_today(
    clause: Clause, conditions: Sequence[Condition], taken: Collection[int]
) -> tuple[list[Condition], set[int]]:
    """What words for today say of rows, and the places of what was explained; ``taken``: parts explained before."""
    words = clause.words(Kind.STILL)
    if not words:
        return [], set()
    used = idle_words(clause)
    said = [part for part in words if part.index not in used]
    past = _past(clause)
    then = [part for part in said if not part.has(Kind.NOW) and any(shares_verb(clause, part, time) for time in past)]
    if then and not clause.any(Kind.END):
        # "Still built in 2015", "what else was built then": still at that time, not today.
        used |= places_of(then)
        said = [part for part in said if part not in then]
    said = [part for part in said if not _is_of_another(clause, part, past)]
    if not said:
        return [], used
    over = _over(clause, taken)
    if over:
        # "Out of production now", "no longer built today": now is when it is over.
        return [Equals(Attribute.IN_PRODUCTION, (False,))], used | places_of((*over, *said))
    denial = clause.denial(said[0])
    built = Equals(Attribute.IN_PRODUCTION, (not denial,))
    if contradict((*conditions, built)):
        return [], used  # what has ended is not still built
    return [built], used | denial | places_of(said)


def _is_of_another(clause: Clause, part: Part, past: Sequence[Part]) -> bool:
    """Whether "now" is said of something else than what was built at a time, or asks again."""
    again = any(each.has(Kind.WHICH, Kind.HOW_MANY) and each.index for each in clause.parts[: part.index])
    asks = again and any(each.has(Kind.WHICH, Kind.HOW_MANY) for each in clause.parts[:1])
    return part.has(Kind.NOW) and any(asks or shares_verb(clause, part, time) for time in past)


def idle_words(clause: Clause) -> set[int]:
    """The places of words for today that say nothing of rows, since something else is claimed of these."""
    return {
        part.index
        for part in clause.words(Kind.STILL)
        if _adds_one(clause, part) or _confirms(clause, part) or _only_dates(clause, part)
    }


def _adds_one(clause: Clause, part: Part) -> bool:
    """Whether it only adds one: "gibt es außer dem X noch ein Y" asks for another one."""
    building = clause.any(Kind.PRESENT) and clause.any(*BUILDING)
    return part.has(Kind.ELSE) and bool(clause.excluded) and not building


def _confirms(clause: Clause, part: Part) -> bool:
    """Whether it only says that a place or an amount has not changed: "is the X still the most built"."""
    after = clause.after(part)
    return clause.polar and after.chunk in (Chunk.BEST, *AMOUNTS) and bool(clause.mentions)


def _only_dates(clause: Clause, part: Part) -> bool:
    """Whether it only says when an amount is meant: "has the X passed 100,000 now"."""
    if not part.has(Kind.NOW) or not any(clause.chunks(chunk) for chunk in AMOUNTS):
        return False
    near = (clause.before(part), clause.after(part))
    return not any(each.has(*BUILDING, Kind.MODEL_NOUN, Kind.PRODUCT_NOUN, Kind.STILL) for each in near)


def _past(clause: Clause) -> list[Part]:
    """Times before today that rows were built in, and did not start or end in."""
    return [
        part
        for part in clause.times
        if part.value.kind not in TELLING
        and not part.value.anchor
        and not _is_of_models(clause, part)
        and _is_past(clause, part)
        and verb_of(clause, part) is None
    ]


def _is_of_models(clause: Clause, part: Part) -> bool:
    """Whether a time only says of which year models are: of "the 2019 models" it can be asked what is so today."""
    bare = bool(part.items) and is_number(part.items[0])
    return bare and clause.after(part).has(*NOUNS)


def _is_past(clause: Clause, part: Part) -> bool:
    time = part.value
    bound = time.last or time.first
    if bound is None or (time.kind == "since" and clause.any(Kind.PRESENT)):
        return False
    date = bound.value
    return not isinstance(date, PartialDate) or date.year < clause.relations.knowledge.as_of.year


def _over(clause: Clause, taken: Collection[int]) -> list[Part]:
    """The words for an end that say of today what is so: not the end that is asked for, nor one of two choices."""
    if clause.any(Kind.OR, Kind.WHEN, Kind.WHEN_END, Kind.HOW_LONG, Kind.NOT, Kind.START):
        return []
    return [part for part in clause.words(Kind.END) if part.index not in taken and not asks_for(clause, part)]
