"""Two questions that share their words: each with the rest, so that both can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.intent.parts import Chunk, Part, numbered
from bot.intent.senses import NOUNS, Kind
from knowledge.query import Attribute

Halves = Sequence[list[Part]]


def halves(parts: Sequence[Part]) -> Halves | None:
    """The two questions that a clause asks at once, if it does."""
    found = _of_questions(parts) or _of_places(parts) or _of_verbs(parts) or _of_groups(parts)
    return None if found is None else [numbered(half) for half in found]


def _of_groups(parts: Sequence[Part]) -> Halves | None:
    """A superlative that is asked of each of several groups: "the most built X, Y and Z"."""
    bests = [place for place, part in enumerate(parts) if part.chunk is Chunk.BEST]
    if len(bests) != 1 or any(part.has(*SET_APART) for part in parts if part.chunk is Chunk.WORD):
        return None
    start = end = bests[0] + 1
    groups: list[Part] = []
    while end < len(parts) and (parts[end].chunk is Chunk.ROWS or (groups and parts[end].has(Kind.AND))):
        groups += [parts[end]] if parts[end].chunk is Chunk.ROWS else []
        end += 1
    joined = all(part.link is Kind.AND and part.value.facet is not None for part in groups[1:])
    if len(groups) < 2 or not joined or any(len(part.value.rows) < 2 for part in groups):
        return None
    return [[*parts[:start], replace(group, link=None, gap=0), *parts[end:]] for group in groups]


SET_APART = (Kind.OR, Kind.COMPARATIVE, Kind.COMPARE, Kind.SUM, Kind.DIFFERENCE, Kind.RATIO)
"""Words by which several groups are one question."""


def _of_places(parts: Sequence[Part]) -> Halves | None:
    """Two superlatives that are asked for beside each other: "the oldest and the newest model"."""
    bests = [place for place, part in enumerate(parts) if part.chunk is Chunk.BEST]
    if len(bests) != 2 or not any(part.has(Kind.AND) for part in parts[bests[0] : bests[1]]):
        return None
    first, second = bests
    if parts[first].items[0].length > 1 and not any(part.has(*TURNING) for part in parts[second + 1 :]):
        parts = [*parts[:second], _of_the_same_verb(parts[first], parts[second]), *parts[second + 1 :]]
    own = [part for part in parts[first + 1 : second] if not part.has(Kind.AND, Kind.FOLLOW)]
    if not any(part.chunk is Chunk.ROWS or part.has(*NOUNS) for part in own):
        own = []  # "what was the first and what the last X": the X is that of both
    named = any(part.chunk is Chunk.ROWS for part in (*parts[:first], *parts[second:]))
    shared = [] if named else [part for part in own if part.chunk is Chunk.ROWS]  # "the first X and what was the last"
    return [*parts[: first + 1], *(own or parts[second + 1 :])], [*parts[:first], *parts[second:], *shared]


def _of_the_same_verb(one: Part, other: Part) -> Part:
    """In "which started first, and which last" the last is the last to start."""
    bare = other.value.attribute == Attribute.END and other.has(Kind.BOTTOM)
    return replace(other, value=replace(other.value, attribute=one.value.attribute)) if bare else other


def _of_questions(parts: Sequence[Part]) -> Halves | None:
    """Two questions about two times, of which the second says only what differs: "and how many today"."""
    asking = [place for place, part in enumerate(parts) if part.has(Kind.WHICH, Kind.HOW_MANY)]
    if len(asking) != 2 or asking[0] or asking[1] < 2 or not parts[asking[1] - 1].has(Kind.AND):
        return None
    one, other = list(parts[: asking[1] - 1]), list(parts[asking[1] :])
    if not all(any(part.chunk in WHENS or part.has(Kind.NOW) for part in half) for half in (one, other)):
        return None
    if not all(part.chunk in WHENS or part.has(*DIFFERING) for part in other):
        return None
    named = [place for place, part in enumerate(parts) if part.chunk is Chunk.ROWS]
    if sum(part.chunk is Chunk.BEST for part in parts) > 1 or named not in ([], [1]):
        return None
    owner = next((part for part in one if part.has(*OWNERS)), None)
    other = [owner if owner is not None and part.has(Kind.IT) else part for part in other]
    if not any(part.has(*NOUNS) for part in other):
        nouns = one[1:2] if named else [part for part in one if part.has(*NOUNS)][:1]
        other = [other[0], *nouns, *other[1:]]
    if not any(part.has(*VERBS) for part in other):
        other += [part for part in one if part.has(*VERBS)][:1]
    return one, other


WHENS = (Chunk.TIME, Chunk.BEST)
OWNERS = (Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER)
TURNING = (Kind.START, Kind.END)
VERBS = (Kind.BUILD, *TURNING)
DIFFERING = (*NOUNS, *OWNERS, *VERBS, Kind.WHICH, Kind.HOW_MANY, Kind.AUX, Kind.NOW, Kind.IT)
"""What the second of two questions may hold to be one about the same things at another time."""


def _of_verbs(parts: Sequence[Part]) -> Halves | None:
    """Two names, each with a verb of its own: "when did the X end and the Y start"."""
    joints = [place for place, part in enumerate(parts) if part.chunk is Chunk.WORD and part.has(Kind.AND)]
    if len(joints) != 1 or not parts[0].has(Kind.WHEN):
        return None
    one, other = [*parts[: joints[0]]], [*parts[joints[0] + 1 :]]
    if not all(_turns_once(half) for half in (one, other)):
        return None
    return one, other if other[0].has(Kind.WHEN) else [parts[0], *other]


def asks_of_each(parts: Sequence[Part]) -> bool:
    """Whether the start of one name is asked for and the end of another: no answer about both is meant."""
    if _of_questions(parts) is not None:
        return True
    found = _of_verbs(parts)
    turning = [part.has(Kind.START) for half in found or () for part in half if part.has(Kind.START, Kind.END)]
    return len(set(turning)) > 1


def _turns_once(parts: Sequence[Part]) -> bool:
    """Whether one name is said to start or to end."""
    names = [part for part in parts if part.chunk is Chunk.ROWS]
    verbs = [part for part in parts if part.chunk is Chunk.WORD and part.has(Kind.START, Kind.END)]
    return len(names) == 1 and len(verbs) == 1
