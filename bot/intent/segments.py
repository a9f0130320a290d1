"""The sentences and clauses of a message: where one ends, which of them ask, and which only tell why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.intent.clause import ASKING, QUESTION_WORDS
from bot.intent.linking import Item
from bot.intent.parts import Part
from bot.intent.senses import Kind

MOST_SEGMENTS = 12
"""Sentences, or clauses, of a message that is taken apart; people's longest stories have fewer."""


STRONGEST = 2
"""The break at the end of a sentence."""


def segmented(items: Sequence[Item], least: int) -> list[list[Item]]:
    """The items between breaks of at least this strength."""
    segments: list[list[Item]] = []
    for place, item in enumerate(items):
        if item.has(Kind.CLOSING) and segments:
            break  # what follows a closing formula is a name
        leading = item.has(Kind.LEAD) and least < STRONGEST and bool(segments)
        if least == 0 and segments and (_goes_on(item, segments[-1]) or _confirms_on(items[place:], segments[-1])):
            segments.append([segments[-1].pop()])  # "which was …, and when did it …": two questions in one breath
            segments[-1].append(item)
            continue
        if least == 0 and segments and item.has(*ASKING) and _tells(segments[-1]):
            leading = True  # somebody who dictates tells a story and asks in one breath
        breaks = item.gap >= max(least, 1) and not (item.gap < STRONGEST and _goes_on_naming(items, place))
        if not segments or breaks or leading:
            segments.append([])
        segments[-1].append(item)
    return segments


def _goes_on_naming(items: Sequence[Item], place: int) -> bool:
    """Whether only a comma of a list stands before an item: "the X, the Y and the Z", where a joint follows."""
    plain = [at for at in range(place, len(items)) if set(items[at].senses) != {Kind.FILL}]
    if not plain or not items[plain[0]].has(Kind.ROWS) or not items[place - 1].has(Kind.ROWS):
        return False
    rest = [items[at] for at in plain[1:]]
    listed = next((item for item in rest if not item.has(Kind.ROWS)), None)
    return listed is not None and listed.has(Kind.AND, Kind.OR) and not listed.gap


def _goes_on(item: Item, before: Sequence[Item]) -> bool:
    """Whether a second question begins: a question word after "and", where a question stands before."""
    joint = before[-1].has(Kind.AND, Kind.FOLLOW) and len(before) > 1
    if not joint or not item.has(*QUESTION_WORDS, Kind.SHARE):
        return False
    return before[0].has(Kind.AUX) or any(each.has(*ASKING) for each in before[:-1])


def _confirms_on(items: Sequence[Item], before: Sequence[Item]) -> bool:
    """Whether a yes/no question may begin: a verb after "and", where a question stands before.

    "… and are still built" says more of what was asked for.
    """
    joint = before[-1].has(Kind.AND) and len(before) > 1
    if not joint or not items[0].has(Kind.AUX) or (len(items) > 1 and items[1].has(Kind.STILL)):
        return False
    return any(each.has(*ASKING) for each in before[:-1])


def framed(items: Sequence[Item]) -> list[Item]:
    """The items with a group that is named before the question put behind it: "of the X, which is the rarest?".

    Of two questions each gets it.
    """
    end = next((place for place, item in enumerate(items) if place and item.gap), 0)
    frame, rest = [*items[:end]], [*items[end:]]
    names = [item for item in frame if item.has(Kind.ROWS)]
    opens = bool(frame) and frame[0].has(*FRAMING) and frame[0].has(Kind.FILL)
    plain = all(item.has(Kind.ROWS) or (item.has(Kind.FILL) and not item.has(Kind.AUX)) for item in frame)
    if not (names and opens and plain) or not rest or not rest[0].has(Kind.AUX, *QUESTION_WORDS):
        return [*items]
    if any(item.has(Kind.MODEL_NOUN) for item in rest[1:3]):
        return [*items]
    result: list[Item] = []
    behind = [replace(frame[0], gap=0), *(replace(name, gap=0) for name in names)]
    for place, item in enumerate(rest):
        if place and _asks_again(rest, place):
            joint = [result.pop()] if result[-1].has(Kind.AND) else []
            result += [*behind, *joint]
        result.append(item)
    result[0] = replace(result[0], gap=0)
    return [*result, *behind]


FRAMING = (Kind.OF_YEAR, Kind.IN)


def with_counted(segments: Sequence[list[Item]]) -> list[list[Item]]:
    """Segments with what each of them counts: in "how many models are there and how many are X", models."""
    return [_counting_on(segment, segments[place - 1] if place else ()) for place, segment in enumerate(segments)]


def _counting_on(segment: Sequence[Item], before: Sequence[Item]) -> list[Item]:
    nouns = (Kind.MODEL_NOUN, Kind.PRODUCT_NOUN)
    start = next((place for place, item in enumerate(segment) if item.has(Kind.HOW_MANY)), None)
    counted = [item for place, item in enumerate(before) if place and before[place - 1].has(Kind.HOW_MANY)]
    verb = start is not None and start + 1 < len(segment) and segment[start + 1].has(Kind.AUX)
    if start is None or not verb or any(item.has(*nouns) for item in segment):
        return [*segment]
    return [*segment[: start + 1], *(item for item in counted[:1] if item.has(Kind.MODEL_NOUN)), *segment[start + 1 :]]


def is_one_clause(items: Sequence[Item]) -> bool:
    """Whether no break, however weak, takes the items apart."""
    return len(segmented(items, 0)) < 2 and not any(item.has(Kind.CLOSING) for item in items)


def is_beyond_reading(items: Sequence[Item]) -> bool:
    """Whether no reading can explain the items: one clause, with a word that means nothing here."""
    return any(item.has(Kind.UNKNOWN) for item in items) and is_one_clause(items)


def is_doubled(items: Sequence[Item]) -> bool:
    """Whether it asks twice: "how many X and how many Y" are two questions, not one for their sum."""
    return any(_asks_again(items, place) for place in range(1, len(items)))


def _asks_again(items: Sequence[Item], place: int) -> bool:
    """Whether a second question begins, after "and", a question mark or a comma.

    It has the same question word as the first one, a superlative that the first one has not ("how many X are there and
    which is the most built"), or it asks yes or no ("… and is it still built").
    """
    item = items[place]
    if not item.has(Kind.AUX, *QUESTION_WORDS):
        return False
    before = items[:place]
    asked = any(each.has(*ASKING) for each in before) or before[0].has(Kind.AUX)
    goes_on = item.asked or (before[-1].has(Kind.AND, Kind.FOLLOW) and place > 1)
    if not asked or not (goes_on or (item.gap and before[0].has(*QUESTION_WORDS))):
        return False
    if item.has(Kind.AUX) and not item.has(*QUESTION_WORDS):
        subject = (Kind.IT, Kind.THOSE, Kind.ROWS)
        return goes_on and any(each.has(*subject) for each in items[place + 1 : place + 3])
    if not item.has(*QUESTION_WORDS):
        return False
    nouns = (Kind.ROWS, Kind.MODEL_NOUN, Kind.PRODUCT_NOUN)
    if _ranks(before) and _ranks(items[place:]) and not any(each.has(*nouns) for each in before):
        return False  # "what was the first and what the last X": one noun for both
    alike = any(set(each.senses) & set(item.senses) & QUESTION_WORDS for each in before)
    ranked = item.has(Kind.WHICH) and _ranks(items[place:]) and not _ranks(before)
    points = any(each.has(Kind.IT, Kind.THOSE) for each in items[place:]) and not _ranks(before)
    return alike or (goes_on and (ranked or points or before[0].has(Kind.AUX) or _is_of_its_own(items, place)))


def _is_of_its_own(items: Sequence[Item], place: int) -> bool:
    """Whether a second question names what it asks of, as the first does: "how many X and when did the Y end"."""
    if items[place].has(Kind.SAME_TIME) and not (place + 1 < len(items) and items[place + 1].has(Kind.AUX)):
        return False  # "…, and when the Y ended": a time
    named = (Kind.ROWS, Kind.MODEL_NOUN, Kind.MILESTONE_NOUN)
    if not any(each.has(*named) for each in items[:place]):
        return False
    rest = items[place + 1 :]
    every = bool(rest) and rest[0].has(Kind.MODEL_NOUN) and any(each.has(Kind.AUX, Kind.BUILD) for each in rest[1:])
    return any(each.has(Kind.ROWS) for each in rest) or (every and any(each.has(Kind.ROWS) for each in items[:place]))


def _ranks(items: Sequence[Item]) -> bool:
    return any(item.has(Kind.SUPERLATIVE) for item in items)


def _tells(segment: Sequence[Item]) -> bool:
    return any(item.has(Kind.NARRATOR) for item in segment) and not any(item.has(*ASKING) for item in segment)


def is_question(segment: Sequence[Item]) -> bool:
    return any(item.has(*ASKING) for item in segment) or segment[0].has(Kind.AUX)


def only_confirms(segment: Sequence[Item]) -> bool:
    """Whether a segment only asks whether the one before it is so."""
    idle = {Kind.FILL, Kind.NARRATOR, Kind.LEAD, Kind.TAG, Kind.AUX, Kind.IT, Kind.AND, Kind.FOLLOW, Kind.OR, Kind.NOT}
    return any(item.has(Kind.TAG) for item in segment) and all(set(item.senses) & idle for item in segment)


def is_asking(segment: Sequence[Item]) -> bool:
    """Whether a segment asks something, if only in a word or two."""
    return is_question(segment) or not any(item.has(Kind.NARRATOR) for item in segment)


def is_story(segment: Sequence[Item], before: bool, strength: int, asked: bool) -> bool:
    """Whether a segment only tells why somebody asks, so that its words change nothing in what is asked."""
    told = any(item.has(Kind.NARRATOR) for item in segment)
    if coded(segment) and not told:
        return False
    if talk_of(segment) or all(
        set(item.senses) & {Kind.FILL, Kind.NARRATOR, Kind.LEAD, Kind.SOCIAL} for item in segment
    ):
        return True
    opening = [item for item in segment if not item.has(Kind.FOLLOW, Kind.AND, Kind.FILL) or item.has(*ASKING)][:1]
    if asked or segment[0].has(Kind.AUX) or any(item.has(*ASKING) for item in opening):
        return False
    return told or (before and strength == STRONGEST)


BESIDE_TALK = frozenset({Kind.FILL, Kind.NARRATOR, Kind.LEAD, Kind.TAG, Kind.AUX, Kind.PRESENT, Kind.AND, Kind.FOLLOW})


def talk_of(items: Sequence[Item]) -> str | None:
    """Which kind of talk it is, if it is talk and nothing else."""
    kinds: list[str] = []
    for item in items:
        if Kind.SOCIAL in item.senses:
            kinds.append(item.senses[Kind.SOCIAL])
        elif not set(item.senses) <= BESIDE_TALK:
            return None
    substantial = [kind for kind in kinds if kind not in ("greeting", "thanks")]
    return next(iter(substantial or kinds), None)


MANNERS = frozenset({Kind.SOCIAL, Kind.FILL, Kind.LEAD, Kind.CLOSING})


def without_manners(items: Sequence[Item]) -> list[Item]:
    """The items without the greeting before the question and the thanks after it."""
    start, end = 0, len(items)
    for place in range(1, len(items)):
        if items[place].gap and talk_of(items[start:place]):
            start = place
    while end > start and set(items[end - 1].senses) <= MANNERS:
        end -= 1
    while end < len(items) and not (items[end].has(Kind.SOCIAL) or items[end].gap):
        end += 1
    kept = [*items[start:end]]
    if kept and start:
        kept[0] = replace(kept[0], gap=0)
    return kept or [*items]


def coded(said: Sequence[Part] | Sequence[Item]) -> bool:
    """Whether some words that mean nothing here look like a code or a type: such a word is one in any language."""
    unknown = [each.text for each in said if each.has(Kind.UNKNOWN)]
    return any(any(map(str.isdigit, text)) and any(map(str.isalpha, text)) for text in unknown)
