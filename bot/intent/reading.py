"""Reading a question: its segments, the readings of each, and the best of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.intent.chunking.chunker import chunked
from bot.intent.clause import ASKING, QUESTION_WORDS, Clause, Reading
from bot.intent.completing import completed
from bot.intent.discourse import REFERENCES, Turn, continued, refers, resolved, told, turn_of
from bot.intent.halves import asks_of_each, halves
from bot.intent.linking import Item
from bot.intent.parts import Chunk, Part
from bot.intent.read_claims import read_claims
from bot.intent.read_comparisons import read_comparisons
from bot.intent.read_elapsed import read_elapsed
from bot.intent.read_facts import read_facts
from bot.intent.read_gaps import read_gaps
from bot.intent.read_groups import read_groups
from bot.intent.read_measures import read_measures
from bot.intent.read_milestones import read_milestones
from bot.intent.read_rows import read_rows
from bot.intent.senses import Kind
from knowledge.answer import Answer, Missing, Verdict
from knowledge.evaluation import evaluate
from knowledge.query import Claim, Exists, Query, Unavailable
from knowledge.relations import Relations

READERS = (
    read_claims,
    read_facts,
    read_milestones,
    read_elapsed,
    read_groups,
    read_comparisons,
    read_rows,
    read_measures,
    read_gaps,
)
"""Among readings that explain as much with as little assumed, those of an earlier reader are taken first."""


class Outcome(Enum):
    """What became of a question."""

    READ = auto()
    NOT_PLACED = auto()
    """It is about the plant, but holds words that no reading explains."""
    OFF_TOPIC = auto()
    LOST = auto()
    """It points to something that nobody has spoken of."""
    TOO_LONG = auto()
    SOCIAL = auto()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was read.

    ``queries``: what it asks, one query for each question in it, and ``answers`` to them; ``left_over``: words that no
    reading explains; ``near``: what could be read of it without these; ``social``: which kind of talk it is;
    ``turns``: what the next question may refer back to, the last turn first.
    """

    outcome: Outcome
    queries: tuple[Query, ...] = ()
    answers: tuple[Answer, ...] = ()
    left_over: tuple[str, ...] = ()
    near: Query | None = None
    social: str | None = None
    doubtful: bool = False
    """Whether it was read, but assumes much or finds nothing: then another way to read it is worth a try."""
    turns: tuple[Turn, ...] = ()


DOMAIN = (Kind.PLANT, Kind.FACT, Kind.MILESTONE_NOUN)

REMEMBERED = 5
"""Turns that a question may refer back to."""


def understand(items: Sequence[Item], relations: Relations, turns: tuple[Turn, ...] = ()) -> Understood:
    """Read the items of a question; ``turns`` are what was asked before, the last one first."""
    if not items:
        return Understood(Outcome.OFF_TOPIC, turns=turns)
    social = _social(items)
    if social:
        return Understood(Outcome.SOCIAL, social=social, turns=turns)
    items = _without_manners(items)
    if _is_misled(items, relations) or _is_doubled(items):
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
    story = told(parts, relations)
    if turns and story.parts:
        # It was not understood, but the next question may be about what it names.
        return replace(found, turns=(story, *turns)[:REMEMBERED])
    return found


def _is_misled(items: Sequence[Item], relations: Relations) -> bool:
    """Whether a sentence before the question says what is not so: that is to be said, whatever else it asks."""
    if not any(item.gap == STRONGEST for item in items[1:]):
        return False
    segments = _segments(items, STRONGEST)
    told = [segment for segment in segments[:-1] if not _is_question(segment)]
    return any(next(_false_premise(chunked(segment, relations), relations), None) for segment in told)


def _is_doubled(items: Sequence[Item]) -> bool:
    """Whether it asks "how many" twice: "how many X and how many Y" are two questions, not one for their sum."""
    places = [place for place, item in enumerate(items) if item.has(Kind.HOW_MANY)]
    return len(places) > 1 and any(place and _goes_on(items[place], items[:place]) for place in places[1:])


def _social(items: Sequence[Item]) -> str | None:
    """Which kind of talk it is, if it is talk and nothing else."""
    kinds: list[str] = []
    for item in items:
        if Kind.SOCIAL in item.senses:
            kinds.append(item.senses[Kind.SOCIAL])
        elif not set(item.senses) <= {Kind.FILL, Kind.NARRATOR, Kind.LEAD, Kind.TAG, Kind.AUX, Kind.AND, Kind.FOLLOW}:
            return None
    substantial = [kind for kind in kinds if kind not in ("greeting", "thanks")]
    return next(iter(substantial or kinds), None)


MANNERS = frozenset({Kind.SOCIAL, Kind.FILL, Kind.LEAD, Kind.CLOSING})


def _without_manners(items: Sequence[Item]) -> list[Item]:
    """The items without the greeting before the question and the thanks after it."""
    start, end = 0, len(items)
    for place in range(1, len(items)):
        if items[place].gap and _social(items[start:place]):
            start = place
    while end > start and set(items[end - 1].senses) <= MANNERS:
        end -= 1
    while end < len(items) and not (items[end].has(Kind.SOCIAL) or items[end].gap):
        end += 1
    kept = [*items[start:end]]
    if kept and start:
        kept[0] = replace(kept[0], gap=0)
    return kept or [*items]


def best_candidate(clause: Clause) -> tuple[Reading, list[Part]] | None:
    """The reading of a clause that leaves the fewest parts unexplained and assumes the least, with these parts.

    Of several that are as good, the one that an earlier reader found first.
    """
    best: tuple[Reading, list[Part]] | None = None
    least = (0, 0)
    perfect = (clause.unknown, 0)
    for reader in READERS:
        for reading in reader(clause):
            left = clause.unexplained(reading.used)
            badness = (len(left), reading.defaults)
            if best is None or badness < least:
                best, least = (reading, left), badness
                if least <= perfect:
                    return best
    return best


def best_reading(items: Sequence[Item], relations: Relations, turns: tuple[Turn, ...] = ()) -> Understood | None:
    """The best reading of some items as one clause; none if they are about nothing that is known here."""
    parts = chunked(items, relations)
    alone = _read(parts, relations, turns)
    unread = alone is None or alone.outcome is not Outcome.READ or asks_of_each(parts)
    if unread and (both := _both(parts, relations, turns)):
        return both
    if not turns or (alone is not None and alone.outcome is Outcome.READ and not _leans(parts) and not alone.doubtful):
        return alone
    for known in (turns, _wider(parts, turns)):
        for attempt in _in_context(parts, relations, known) if known else ():
            found = _read(attempt, relations, turns)
            if found is not None and found.outcome is Outcome.READ and not (found.doubtful and alone is not None):
                return found
    return alone


def _both(parts: Sequence[Part], relations: Relations, turns: tuple[Turn, ...]) -> Understood | None:
    """Two questions that share their words, read one by one."""
    asked = halves(parts)
    if asked is None:
        return None
    read = [_read(half, relations, turns) for half in asked]
    found = [each for each in read if each is not None and each.outcome is Outcome.READ and not each.doubtful]
    if len(found) < len(read):
        return None
    queries = tuple(query for each in found for query in each.queries)
    answers = tuple(answer for each in found for answer in each.answers)
    return Understood(Outcome.READ, queries, answers, turns=found[-1].turns)


def _wider(parts: Sequence[Part], turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns from the last one on that spoke of several rows, where a place among them is asked for."""
    placing = any(part.chunk is Chunk.BEST for part in parts)
    if not placing or len(turns[0].rows) != 1:
        return ()
    return next((turns[place:] for place, turn in enumerate(turns) if len(turn.rows) > 1), ())


def _depends(parts: Sequence[Part]) -> bool:
    """Whether a clause is nothing without what came before: it names nothing itself, but points or goes on."""
    pointing = (*REFERENCES, Kind.FOLLOW, Kind.BEFORE, Kind.AFTER, Kind.LATER_YEAR, Kind.PREVIOUS_YEAR, Kind.THAT_YEAR)
    points = any(part.chunk is Chunk.WORD and part.has(*pointing) for part in parts)
    return points and not any(part.chunk in SUBJECTS or part.has(*DOMAIN, Kind.UNKNOWN) for part in parts)


def _leans(parts: Sequence[Part]) -> bool:
    """Whether a clause could stand alone, but is better understood from what came before."""
    if refers(parts):
        return True
    if parts[0].has(Kind.FOLLOW) and any(part.negated for part in parts):
        return True  # "and without the X, how many": of what was asked before
    together = any(part.has(Kind.SUM) and not part.has(Kind.OVERALL) for part in parts if part.chunk is Chunk.WORD)
    if together and not any(part.chunk in SUBJECTS or part.has(Kind.MODEL_NOUN, Kind.PLANT) for part in parts):
        return True
    asking = any(part.chunk is Chunk.WORD and part.has(*ASKING, Kind.ATTRIBUTE, Kind.AUX, Kind.SUM) for part in parts)
    subject = any(part.chunk in SUBJECTS or part.has(*THINGS) for part in parts)
    return not asking or not subject


SUBJECTS = (Chunk.ROWS, Chunk.MILESTONE, Chunk.TIME, Chunk.LIMIT)
THINGS = (Kind.PRODUCT_NOUN, Kind.MODEL_NOUN, Kind.FACT, Kind.MILESTONE_NOUN, Kind.START, Kind.SHARE)


def _in_context(parts: Sequence[Part], relations: Relations, turns: tuple[Turn, ...]) -> Iterator[list[Part]]:
    """The clause with what it refers to put in, and with what it leaves out taken over, the likeliest first."""
    turn = turns[0]
    singular = any(part.has(Kind.IT) for part in parts if part.chunk is Chunk.WORD)
    bare = [part for part in parts if not part.has(*REFERENCES) and not _only_tells(part)]
    if singular and len(turn.rows) > 1 and any(part.has(Kind.HOW_MANY) for part in bare):
        yield completed(bare, turns, relations, by_row=False)
    for by_row in (False, True):
        pointed = resolved(parts, turns, relations, by_row)
        if pointed is not None:
            yield pointed
            yield completed(pointed, turns, relations, by_row)
    for by_row in (False, True):
        yield completed(bare, turns, relations, by_row)


def _only_tells(part: Part) -> bool:
    """Whether a word only belongs to what somebody says around a name: "sorry, I meant the X"."""
    return part.chunk is Chunk.WORD and part.has(Kind.NARRATOR) and part.senses.keys() <= {Kind.NARRATOR, Kind.FILL}


def _read(parts: Sequence[Part], relations: Relations, turns: tuple[Turn, ...]) -> Understood | None:
    clause = Clause(parts, relations)
    found = best_candidate(clause)
    content = [part for part in clause.parts if part.chunk is not Chunk.WORD or part.has(*DOMAIN)]
    if found is None:
        left = clause.unexplained(())
        if not content and not coded(left):
            return None
        unknown = [part for part in left if part.has(Kind.UNKNOWN)]
        return Understood(Outcome.NOT_PLACED, left_over=_said(unknown), turns=turns)
    reading, left = found
    if left:
        made = clause.any(Kind.BUILD) and clause.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN)
        if not content and not made and any(part.has(Kind.UNKNOWN) for part in left) and not coded(left):
            return Understood(Outcome.OFF_TOPIC, left_over=_said(left), turns=turns)
        return Understood(Outcome.NOT_PLACED, left_over=_said(left), near=reading.query, turns=turns)
    if isinstance(reading.query, Unavailable):
        # "Why did it end": if it has not, that is to be said first.
        for claim in _false_premise(parts, relations):
            reading = replace(reading, query=claim)
    answer = evaluate(reading.query, relations)
    empty = isinstance(answer.result, Missing) and answer.result.reason == "no_records"
    doubtful = empty or (reading.defaults > 1 and not isinstance(reading.query, Exists))
    turn = turn_of(parts, reading.query, answer, relations)
    return Understood(Outcome.READ, (reading.query,), (answer,), doubtful=doubtful, turns=(turn, *turns)[:REMEMBERED])


def coded(said: Sequence[Part] | Sequence[Item]) -> bool:
    """Whether some words that mean nothing here look like a code or a type: such a word is one in any language."""
    unknown = [each.text for each in said if each.has(Kind.UNKNOWN)]
    return any(any(map(str.isdigit, text)) and any(map(str.isalpha, text)) for text in unknown)


def _said(parts: Sequence[Part]) -> tuple[str, ...]:
    unknown = [part.text for part in parts if part.has(Kind.UNKNOWN)]
    return tuple(dict.fromkeys(unknown or [part.text for part in parts]))


# -- stories around a question ----------------------------------------------------------------------------------


MOST_SEGMENTS = 12
"""Sentences, or clauses, of a message that is taken apart; people's longest stories have fewer."""

STRONGEST = 2
"""The break at the end of a sentence."""


def _segments(items: Sequence[Item], least: int) -> list[list[Item]]:
    """The items between breaks of at least this strength."""
    segments: list[list[Item]] = []
    for item in items:
        if item.has(Kind.CLOSING) and segments:
            break  # what follows a closing formula is a name
        leading = item.has(Kind.LEAD) and least < STRONGEST and bool(segments)
        if least == 0 and segments and _goes_on(item, segments[-1]):
            segments.append([segments[-1].pop()])  # "which was …, and when did it …": two questions in one breath
            segments[-1].append(item)
            continue
        if least == 0 and segments and item.has(*ASKING) and _tells(segments[-1]):
            leading = True  # somebody who dictates tells a story and asks in one breath
        if not segments or item.gap >= max(least, 1) or leading:
            segments.append([])
        segments[-1].append(item)
    return segments


def _goes_on(item: Item, before: Sequence[Item]) -> bool:
    """Whether a second question begins: a question word after "and", where a question stands before."""
    joint = before[-1].has(Kind.AND, Kind.FOLLOW) and len(before) > 1
    return joint and item.has(*QUESTION_WORDS) and any(each.has(*ASKING) for each in before[:-1])


def _is_one_clause(items: Sequence[Item]) -> bool:
    """Whether no break, however weak, takes the items apart."""
    return len(_segments(items, 0)) < 2 and not any(item.has(Kind.CLOSING) for item in items)


def is_beyond_reading(items: Sequence[Item]) -> bool:
    """Whether no reading can explain the items: one clause, with a word that means nothing here."""
    return any(item.has(Kind.UNKNOWN) for item in items) and _is_one_clause(items)


def _tells(segment: Sequence[Item]) -> bool:
    return any(item.has(Kind.NARRATOR) for item in segment) and not any(item.has(*ASKING) for item in segment)


def _is_question(segment: Sequence[Item]) -> bool:
    return any(item.has(*ASKING) for item in segment) or segment[0].has(Kind.AUX)


def _by_segments(items: Sequence[Item], relations: Relations, turns: tuple[Turn, ...]) -> Understood | None:
    """Read the questions among sentences that tell a story around them, each in the light of those before it."""
    if _is_one_clause(items):
        return None
    for strength in (STRONGEST, 1, 0):
        segments = _segments(items, strength)
        if len(segments) > MOST_SEGMENTS or (len(segments) < 2 and not any(item.has(Kind.CLOSING) for item in items)):
            continue
        known = turns
        queries: list[Query] = []
        premises: list[Query] = []
        rest: list[int] = []
        last = -1
        for place, segment in enumerate(segments):
            told_parts = chunked(segment, relations)
            if place and _only_confirms(segment) and not queries:
                # "… Is he right?": what was said before is what is asked.
                before = chunked(segments[place - 1], relations)
                premises.extend(_claims(before, relations))
                continue
            false = [] if _is_question(segment) else list(_false_premise(told_parts, relations))
            if false:
                premises.extend(false)
                known = (told(told_parts, relations), *known)[:REMEMBERED]
                continue
            read = None if _social(segment) else best_reading(segment, relations, known)
            if read is not None and read.doubtful and (premises or not _is_question(segment)):
                read = None  # it only leads to the question
            if premises and read is None:
                continue
            if read is not None and read.outcome is Outcome.READ and _is_asking(segment):
                if _narrows(told_parts):
                    queries = []  # "…, not counting the X": what was asked before, but without it
                queries.extend(read.queries)
                known = read.turns
                last = place
                continue
            rest.append(place)
            story = told(told_parts, relations)
            if story.parts and not coded(segment):
                known = continued(story, known)[:REMEMBERED]
        if premises:
            return Understood(Outcome.READ, tuple(dict.fromkeys((*premises, *queries))), turns=known)
        asked = [place for place in rest if place + 1 < len(segments) and segments[place + 1][0].asked]
        if queries and all(_is_story(segments[place], place < last, strength, place in asked) for place in rest):
            return Understood(Outcome.READ, tuple(dict.fromkeys(queries)), turns=known)
    return None


OPENING = (Kind.SAME_AS, Kind.SINCE, Kind.WHY, Kind.AND, Kind.FOLLOW, Kind.NARRATOR)
"""Words before what a sentence says: "since …", "my colleague says …"."""


def _claims(said: Sequence[Part], relations: Relations) -> Iterator[Query]:
    """What a sentence beside the question says, as a claim."""
    parts = [replace(part) for part in said]
    while parts and parts[0].chunk is Chunk.WORD and parts[0].has(*OPENING):
        parts = parts[1:]
    for index, part in enumerate(parts):
        part.index = index
    if not any(part.chunk in (Chunk.ROWS, Chunk.MILESTONE) for part in parts):
        return
    clause = Clause(parts, relations, claimed=True)
    if clause.any(*ASKING) or not clause.any(Kind.AUX, Kind.START, Kind.END, Kind.BUILD):
        return
    for reading in read_claims(clause):
        if not clause.unexplained(reading.used) and isinstance(reading.query, Claim):
            yield reading.query
            return


def _false_premise(said: Sequence[Part], relations: Relations) -> Iterator[Query]:
    """What a sentence beside the question says, where it is not so."""
    for claim in _claims(said, relations):
        result = evaluate(claim, relations).result
        if isinstance(result, Verdict) and not result.holds:
            yield claim


def _only_confirms(segment: Sequence[Item]) -> bool:
    """Whether a segment only asks whether the one before it is so."""
    idle = {Kind.FILL, Kind.NARRATOR, Kind.LEAD, Kind.TAG, Kind.AUX, Kind.IT, Kind.AND, Kind.FOLLOW, Kind.OR, Kind.NOT}
    return any(item.has(Kind.TAG) for item in segment) and all(set(item.senses) & idle for item in segment)


def _narrows(parts: Sequence[Part]) -> bool:
    """Whether a segment only takes something out of what was asked before."""
    taken_out = [part for part in parts if part.chunk is not Chunk.WORD]
    return bool(taken_out) and all(part.negated for part in taken_out) and not any(part.has(*ASKING) for part in parts)


def _is_asking(segment: Sequence[Item]) -> bool:
    """Whether a segment asks something, if only in a word or two."""
    return _is_question(segment) or not any(item.has(Kind.NARRATOR) for item in segment)


def _is_story(segment: Sequence[Item], before: bool, strength: int, asked: bool) -> bool:
    """Whether a segment only tells why somebody asks, so that its words change nothing in what is asked."""
    told = any(item.has(Kind.NARRATOR) for item in segment)
    if coded(segment) and not told:
        return False
    if _social(segment) or all(
        set(item.senses) & {Kind.FILL, Kind.NARRATOR, Kind.LEAD, Kind.SOCIAL} for item in segment
    ):
        return True
    opening = [item for item in segment if not item.has(Kind.FOLLOW, Kind.AND, Kind.FILL) or item.has(*ASKING)][:1]
    if asked or segment[0].has(Kind.AUX) or any(item.has(*ASKING) for item in opening):
        return False
    return told or (before and strength == STRONGEST)
