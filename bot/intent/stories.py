"""What the sentences around a question tell: whose thing it is, when that was, what the question is then about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.intent.discourse import Turn
from bot.intent.linking import Item
from bot.intent.parts import Chunk, Part, Time, places_of
from bot.intent.senses import Kind
from knowledge.relations import Relations
from knowledge.schema import PartialDate

SAYING = (
    Kind.BUILD, Kind.RUNNING, Kind.START, Kind.END, Kind.STILL, Kind.COMPARATIVE, Kind.REACH, Kind.SUPERLATIVE,
    Kind.BOUND, Kind.MILESTONE_NOUN, Kind.SCALE, Kind.SUM,
)  # fmt: skip
"""Words that say something of a row, which may be so or not."""


def told(items: Sequence[Item], parts: Sequence[Part], relations: Relations) -> Turn:
    """What a sentence of a story mentions: names, milestones and times that a later question may be about."""
    kept = [part for part in parts if part.chunk not in (Chunk.WORD, Chunk.NUMBER)]
    models = relations.knowledge.models
    named = [part.value for part in _named(kept)]
    beside = [part.link is None and not part.gap and part.index - 1 in places_of(kept) for part in _named(kept)]
    shared: frozenset[int] = frozenset()
    for place, mention in enumerate(named):
        met = shared & mention.rows if place else mention.rows
        if not met and beside[place]:
            return Turn((), None, (), (), None)  # "the open-top X" where the X is not open: what is told names nothing
        shared = met or mention.rows
    if is_specimen(items):
        kept = [replace(part, value=_of_its_year(part.value)) if part.chunk is Chunk.TIME else part for part in kept]
    numbers = tuple(n for part in kept if part.chunk is Chunk.MILESTONE for n in part.value.numbers)
    dates = [part.value.first.value for part in kept if part.chunk is Chunk.TIME and part.value.first is not None]
    date = dates[-1] if dates and isinstance(dates[-1], PartialDate) else None
    return Turn(tuple(kept), None, tuple(models[place].key for place in sorted(shared)), numbers, date)


def _named(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.chunk is Chunk.ROWS and not part.negated]


def is_specimen(items: Sequence[Item]) -> bool:
    """Whether a sentence is about a single product of somebody's: "my X is from 2018", "I have a 2018 X"."""
    named = next((place for place, item in enumerate(items) if item.has(Kind.ROWS)), None)
    if named is None or not any(item.has(Kind.NARRATOR) for item in items[:named]):
        return False
    dated = any(item.has(Kind.NUMBER) for item in items)
    return dated and not any(item.has(*SAYING) for item in items)


def _of_its_year(time: Time) -> Time:
    """The year of a product: when it was built, which is no start of its row."""
    edge = time.first or time.last
    return replace(time, first=edge, last=edge, kind="in") if time.kind in ("of", "since", "in") else time


def asks_of_specimen(parts: Sequence[Part], turn: Turn) -> bool:
    """Whether yes or no, or a name or a code, is asked of a product whose year was told before."""
    timed = turn.query is None and any(part.chunk is Chunk.TIME for part in turn.parts)
    own = any(part.chunk in (Chunk.TIME, Chunk.ROWS) for part in parts)
    asking = parts[0].has(Kind.AUX) or any(part.has(Kind.WHICH) for part in parts if part.chunk is Chunk.WORD)
    return timed and not own and asking


def goes_on_in(parts: Sequence[Part], turn: Turn) -> bool:
    """Whether a question goes on in the time that a sentence before it told: "I was there in 2017. What was built?"."""
    if turn.query is not None or any(part.chunk is Chunk.TIME for part in parts):
        return False
    timed = any(part.chunk is Chunk.TIME for part in turn.parts)
    words = [part for part in parts if part.chunk is Chunk.WORD and not part.has(Kind.STILL)]
    return timed and any(part.has(Kind.RUNNING, Kind.THAT_YEAR) for part in words)
