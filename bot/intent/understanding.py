"""Understanding a message: as one question, or as questions among sentences that tell something around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.intent.chunking.chunker import chunked
from bot.intent.clause import ASKING
from bot.intent.discourse import REFERENCES, Turn, continued
from bot.intent.halves import halves
from bot.intent.linking import Item
from bot.intent.parts import Chunk, Part
from bot.intent.premises import claims_of, false_premises, is_misled
from bot.intent.reading import DOMAIN, REMEMBERED, SUBJECTS, Outcome, Understood, best_reading
from bot.intent.segments import (
    MOST_SEGMENTS,
    STRONGEST,
    coded,
    framed,
    is_asking,
    is_doubled,
    is_one_clause,
    is_question,
    is_story,
    only_confirms,
    segmented,
    talk_of,
    with_counted,
    without_manners,
)
from bot.intent.self_correction import self_corrected
from bot.intent.senses import Kind
from bot.intent.stories import is_specimen, told
from knowledge.query import Query
from knowledge.relations import Relations


def understand(items: Sequence[Item], relations: Relations, turns: tuple[Turn, ...] = ()) -> Understood:
    """Read the items of a question; ``turns`` are what was asked before, the last one first."""
    if not items:
        return Understood(Outcome.OFF_TOPIC, turns=turns)
    items = self_corrected(items)
    social = talk_of(items)
    if social:
        return Understood(Outcome.SOCIAL, social=social, turns=turns)
    items = framed(without_manners(items))
    doubled = is_doubled(items) and halves(chunked(items, relations)) is None
    if is_misled(items, relations) or doubled or any(map(is_specimen, segmented(items, 1)[:-1])):
        corrected = _by_segments(items, relations, turns)
        if corrected is not None:
            return corrected
    whole = best_reading(items, relations, turns)
    if whole is not None and whole.outcome is Outcome.READ and not whole.doubtful:
        return whole
    found = _by_segments(items, relations, turns) or whole or Understood(Outcome.OFF_TOPIC, turns=turns)
    if found.outcome in (Outcome.READ, Outcome.SOCIAL):
        return found
    parts = chunked(items, relations)
    if _depends(parts):
        # What such a question pointed to is what the next one may point to, and nobody knows it.
        return Understood(Outcome.LOST)
    story = told(items, parts, relations)
    if turns and story.parts:
        # It was not understood, but the next question may be about what it names.
        return replace(found, turns=(story, *turns)[:REMEMBERED])
    return found


def _depends(parts: Sequence[Part]) -> bool:
    """Whether a clause is nothing without what came before: it names nothing itself, but points or goes on."""
    pointing = (*REFERENCES, Kind.FOLLOW, Kind.BEFORE, Kind.AFTER, Kind.LATER_YEAR, Kind.PREVIOUS_YEAR, Kind.THAT_YEAR)
    points = any(part.chunk is Chunk.WORD and part.has(*pointing) for part in parts)
    return points and not any(part.chunk in SUBJECTS or part.has(*DOMAIN, Kind.UNKNOWN) for part in parts)


@dataclass(slots=True)
class _Heard:
    """What the segments of a message came to, read one after the other."""

    turns: tuple[Turn, ...]
    queries: list[Query] = field(default_factory=list)
    premises: list[Query] = field(default_factory=list)
    """What is said and is not so, or is said and then asked about."""
    rest: list[int] = field(default_factory=list)
    """Places of the segments that ask nothing that could be read."""
    last: int = -1
    """Place of the last question."""
    doubted: bool = False


def _by_segments(items: Sequence[Item], relations: Relations, turns: tuple[Turn, ...]) -> Understood | None:
    """Read the questions among sentences that tell a story around them, each in the light of those before it."""
    if is_one_clause(items):
        return None
    doubtful: Understood | None = None
    tried: list[int] = []
    for strength in (STRONGEST, 1, 0):
        segments = with_counted(segmented(items, strength))
        before, tried = tried, [len(segment) for segment in segments]
        if tried == before:
            continue  # weaker breaks take nothing more apart
        if not _are_apart(segments, strength, any(item.has(Kind.CLOSING) for item in items)):
            continue
        if len(segments) > 1 and any(is_misled(segment, relations) for segment in segments):
            continue  # what is not so is said within one of them
        heard = _heard(segments, relations, turns)
        queries = tuple(dict.fromkeys((*heard.premises, *heard.queries)))
        if heard.premises:
            return Understood(Outcome.READ, queries, turns=heard.turns)
        asked = [place for place in heard.rest if place + 1 < len(segments) and segments[place + 1][0].asked]
        told_around = (is_story(segments[place], place < heard.last, strength, place in asked) for place in heard.rest)
        if queries and all(told_around):
            found = Understood(Outcome.READ, queries, turns=heard.turns)
            if doubtful or not heard.doubted:
                return doubtful or found
            doubtful = found  # after a weaker break something may be said that is not so
    return doubtful


def _heard(segments: Sequence[list[Item]], relations: Relations, turns: tuple[Turn, ...]) -> _Heard:
    """Read segments from the first to the last; each may refer back to those before it."""
    heard = _Heard(turns)
    for place, segment in enumerate(segments):
        parts = chunked(segment, relations)
        if place and only_confirms(segment) and not heard.queries:
            # "… Is he right?": what was said before is what is asked.
            heard.premises.extend(claims_of(chunked(segments[place - 1], relations), relations))
            continue
        claims = not is_question(segment) and not is_specimen(segment)
        false = list(false_premises(parts, relations)) if claims else []
        if false:
            heard.premises.extend(false)
            heard.turns = (told(segment, parts, relations), *heard.turns)[:REMEMBERED]
            continue
        read = None if talk_of(segment) else best_reading(segment, relations, heard.turns)
        if read is not None and read.doubtful and (heard.premises or not is_question(segment)):
            read = None  # it only leads to the question
        if heard.premises and read is None:
            continue
        if read is not None and read.outcome is Outcome.READ and is_asking(segment):
            if _narrows(parts):
                heard.queries = []  # "…, not counting the X": what was asked before, but without it
            heard.queries.extend(read.queries)
            heard.doubted = heard.doubted or read.doubtful
            heard.turns = read.turns
            heard.last = place
            continue
        heard.rest.append(place)
        story = told(segment, parts, relations)
        if story.parts and not coded(segment):
            heard.turns = continued(story, heard.turns)[:REMEMBERED]
    return heard


def _are_apart(segments: Sequence[list[Item]], strength: int, closed: bool) -> bool:
    """Whether breaks of a strength take a message apart; where two questions are left in one, a weaker one is to."""
    if len(segments) > MOST_SEGMENTS or (len(segments) < 2 and not closed):
        return False
    return not (strength and any(is_doubled(segment) for segment in segments))


def _narrows(parts: Sequence[Part]) -> bool:
    """Whether a segment only takes something out of what was asked before."""
    taken_out = [part for part in parts if part.chunk is not Chunk.WORD]
    return bool(taken_out) and all(part.negated for part in taken_out) and not any(part.has(*ASKING) for part in parts)
