"""What is said beside a question: claims, and those of them that are not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import dropwhile

from bot.intent.chunking.chunker import chunked
from bot.intent.clause import ASKING, Clause
from bot.intent.explaining import unexplained
from bot.intent.linking import Item
from bot.intent.parts import Chunk, Part, numbered
from bot.intent.readers.claims import read_claims
from bot.intent.segments import STRONGEST, is_question, segmented
from bot.intent.senses import Kind
from bot.intent.stories import is_specimen
from knowledge.evaluation import is_so
from knowledge.query import Claim
from knowledge.relations import Relations

OPENING = (Kind.SAME_AS, Kind.SINCE, Kind.WHY, Kind.AND, Kind.FOLLOW, Kind.NARRATOR)
"""Words before what a sentence says: "since …", "my colleague says …"."""


def is_misled(items: Sequence[Item], relations: Relations) -> bool:
    """Whether what stands before the question says what is not so: that is to be said, whatever else it asks."""
    for strength in (STRONGEST, 1):
        if not any(item.gap >= strength for item in items[1:]):
            continue
        for segment in segmented(items, strength)[:-1]:
            told = [] if is_question(segment) or is_specimen(segment) else chunked(segment, relations)
            if (strength == STRONGEST or _states(told)) and next(false_premises(told, relations), None):
                return True
    return False


def _states(parts: Sequence[Part]) -> bool:
    """Whether a part of a sentence says something of what it names first, and not only which rows are meant."""
    opening = (*OPENING, Kind.ONLY)
    said = [part for part in parts if part.chunk is not Chunk.NUMBER]
    named = next((part for part in said if not (part.chunk is Chunk.WORD and part.has(*opening))), None)
    if named is None or named.chunk not in (Chunk.ROWS, Chunk.MILESTONE) or named.index + 1 >= len(parts):
        return False
    verb = parts[named.index + 1]
    return verb.chunk is Chunk.WORD and verb.has(Kind.AUX) and not verb.gap


def claims_of(said: Sequence[Part], relations: Relations) -> Iterator[Claim]:
    """What a sentence beside the question says, as a claim."""
    parts = numbered(dropwhile(lambda part: part.chunk is Chunk.WORD and part.has(*OPENING), said))
    compared = any(part.has(Kind.COMPARATIVE) for part in parts) and any(part.chunk is Chunk.TIME for part in parts)
    if not compared and not any(part.chunk in (Chunk.ROWS, Chunk.MILESTONE) for part in parts):
        return
    clause = Clause(parts, relations, claimed=True)
    if clause.any(*ASKING) or not clause.any(Kind.AUX, Kind.START, Kind.END, Kind.BUILD):
        return
    for reading in read_claims(clause):
        if not unexplained(clause, reading.used) and isinstance(reading.query, Claim):
            yield reading.query
            return


def false_premises(said: Sequence[Part], relations: Relations) -> Iterator[Claim]:
    """What a sentence beside the question says, where it is not so."""
    for claim in claims_of(said, relations):
        if is_so(claim, relations) is False:
            yield claim
