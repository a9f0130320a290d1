"""What a question claims that the value of a fact is: more than so much, a place, a rise."""

from __future__ import annotations

from bot.intent.clause import Clause
from bot.intent.parts import Chunk, Part
from bot.intent.senses import Kind
from knowledge.query import (
    Attribute,
    Between,
    Bound,
    Condition,
    Equals,
)
from knowledge.schema import Fact


def claimed_value(clause: Clause, fact: Fact) -> tuple[Condition | None, set[int]] | None:
    """What the clause says that a number is, if it does, and its words; none where it says that in another unit."""
    falling = bool(fact.change_of) and _is_falling(clause)
    numbers = [part for part in clause.chunks(Chunk.NUMBER) if not part.value.ordinal or fact.unit in ("rank", "years")]
    part = next(iter((*clause.limits, *numbers)), None)
    if part is not None and (fact.unit == "percent") and not _is_in_percent(clause, part):
        return None
    if part is not None and part.chunk is Chunk.LIMIT:
        least, most = part.value.least, part.value.most
        if falling:
            least, most = _negative(most), _negative(least)
        return Between(Attribute.VALUE, least, most), {part.index}
    if fact.unit == "rank":
        return _claimed_rank(clause, fact, part)
    if part is not None:
        return Equals(Attribute.VALUE, (-part.value.value if falling else part.value.value,)), {part.index}
    if fact.change_of and clause.any(Kind.CHANGE) and not _is_choice(clause):
        zero = Bound(0, False)
        return Between(Attribute.VALUE, None if falling else zero, zero if falling else None), set()
    return None, set()


def _claimed_rank(clause: Clause, fact: Fact, part: Part | None) -> tuple[Condition, set[int]] | None:
    """That it has a place, or one of the first: "the sixth most productive", "one of the ten most productive"."""
    if part is not None:
        place = part.value.value
        counted = not part.value.ordinal and fact.id in clause.after(part).senses.get(Kind.FACT, ())
        return Between(Attribute.VALUE, Bound(1 if counted else place), Bound(place)), {part.index}
    best = clause.bests[0] if clause.bests else None
    if best is None:
        return Between(Attribute.VALUE, Bound(1), Bound(1)), set()
    if not any(item.has(Kind.TOP) for item in best.items):
        return None  # the last ones, or those of something else
    last = best.value.position + best.value.count - 1
    return Between(Attribute.VALUE, Bound(best.value.position), Bound(last)), {best.index}


def _is_in_percent(clause: Clause, part: Part) -> bool:
    """Whether an amount is given in percent, not in products: "by more than 30 %"."""
    said = clause.after(part).has(Kind.SHARE) or any(item.has(Kind.SHARE) for item in part.items)
    return said or (part.chunk is Chunk.NUMBER and not clause.after(part).has(Kind.PRODUCT_NOUN, Kind.UNIT))


def _negative(bound: Bound | None) -> Bound | None:
    """A bound of what became less."""
    if bound is None or not isinstance(bound.value, (int, float)):
        return bound
    return Bound(-bound.value, bound.inclusive)


def _is_choice(clause: Clause) -> bool:
    """Whether it asks which way something went: "a rise or a fall"."""
    ways = {part.senses[Kind.CHANGE] for part in clause.words(Kind.CHANGE)}
    return clause.any(Kind.OR) and {"up", "down"} <= ways


def _is_falling(clause: Clause) -> bool:
    """Whether the clause says that something became less."""
    return any(part.senses[Kind.CHANGE] == "down" for part in clause.words(Kind.CHANGE))
