"""Reading a question: the readings of a clause, by itself or in the light of those before it, and the best of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.intent.chunking.chunker import chunked
from bot.intent.clause import ASKING, Clause, Reading
from bot.intent.completing import completed, only_today
from bot.intent.discourse import (
    REFERENCES,
    Turn,
    lacks_subject,
    only_claims,
    refers,
    resolved,
    turn_of,
    with_it,
    with_those,
)
from bot.intent.explaining import unexplained
from bot.intent.halves import asks_of_each, halves
from bot.intent.linking import Item
from bot.intent.parts import Chunk, Part
from bot.intent.premises import false_premises
from bot.intent.readers.choices import read_choices
from bot.intent.readers.claims import read_claims
from bot.intent.readers.comparisons import read_comparisons
from bot.intent.readers.denials import read_denials
from bot.intent.readers.elapsed import read_elapsed
from bot.intent.readers.facts import read_facts
from bot.intent.readers.gaps import read_gaps
from bot.intent.readers.groups import read_groups
from bot.intent.readers.measures import read_measures
from bot.intent.readers.milestones import attribute_is, read_milestones
from bot.intent.readers.neighbours import read_neighbours
from bot.intent.readers.quantified import read_quantified
from bot.intent.readers.rows import read_rows
from bot.intent.readers.succession import read_succession
from bot.intent.segments import coded
from bot.intent.senses import NOUNS, Kind
from bot.intent.stories import asks_of_specimen, goes_on_in
from bot.intent.timed_orders import without_parts
from knowledge.answer import Answer, Missing
from knowledge.evaluation import evaluate
from knowledge.query import (
    Attribute,
    Compare,
    Difference,
    Equals,
    Exists,
    Get,
    Listing,
    Query,
    Ratio,
)
from knowledge.relations import Relations

READERS = (
    read_succession,
    read_choices,
    read_quantified,
    read_claims,
    read_denials,
    read_facts,
    read_milestones,
    read_elapsed,
    read_groups,
    read_neighbours,
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


def best_candidate(clause: Clause) -> tuple[Reading, list[Part]] | None:
    """The reading of a clause that leaves the fewest parts unexplained and assumes the least, with these parts.

    Of several that are as good, the one that an earlier reader found first.
    """
    best: tuple[Reading, list[Part]] | None = None
    least = (0, 0)
    perfect = (clause.unknown, 0)
    for reader in READERS:
        for reading in reader(clause):
            left = unexplained(clause, reading.used)
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
    rate = lacks_subject(parts, turns[0], relations) if turns else None
    if rate is not None:
        return Understood(Outcome.NOT_PLACED, left_over=(rate.text,), turns=turns)
    unread = alone is None or alone.outcome is not Outcome.READ or asks_of_each(parts)
    if unread and (both := _both(parts, relations, turns)):
        return both
    read = alone is not None and alone.outcome is Outcome.READ and not alone.doubtful
    if not turns or (read and not _leans(parts, turns)):
        return alone
    for known in (turns, _wider(parts, turns)):
        for attempt in _in_context(parts, relations, known) if known else ():
            found = _read(attempt, relations, turns)
            surely = found is not None and (_is_partitive(parts) or alone is None or not found.doubtful)
            if found is not None and found.outcome is Outcome.READ and surely:
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


def _leans(parts: Sequence[Part], turns: tuple[Turn, ...]) -> bool:
    """Whether a clause could stand alone, but is better understood from what came before."""
    if refers(parts) or with_those(parts) is not parts or (turns and goes_on_in(parts, turns[0])):
        return True
    if parts[0].has(Kind.FOLLOW) and any(part.negated for part in parts):
        return True  # "and without the X, how many": of what was asked before
    together = any(part.has(Kind.SUM) and not part.has(Kind.OVERALL) for part in parts if part.chunk is Chunk.WORD)
    if together and not any(part.chunk in SUBJECTS or part.has(Kind.MODEL_NOUN, Kind.PLANT) for part in parts):
        return True
    if parts[0].has(Kind.FOLLOW, Kind.AND) and not any(part.chunk is Chunk.WORD and part.has(*VERBS) for part in parts):
        return True
    verbs = any(part.chunk is Chunk.WORD and part.has(*VERBS) for part in parts)
    narrowed = bool(turns) and any(old.chunk in (Chunk.TIME, Chunk.LIMIT, Chunk.BEST) for old in turns[0].parts)
    if narrowed and not verbs and any(part.has(Kind.WHICH) for part in parts if part.chunk is Chunk.WORD):
        return True  # "which X were built in 2020?", "which Y?"
    if only_claims(parts):
        return True
    asking = any(part.chunk is Chunk.WORD and part.has(*ASKING, Kind.ATTRIBUTE, Kind.AUX, Kind.SUM) for part in parts)
    subject = any(part.chunk in SUBJECTS or part.has(*THINGS) for part in parts)
    return not asking or not subject


VERBS = (Kind.AUX, Kind.BUILD, Kind.RUNNING, Kind.START, Kind.END, Kind.STILL)
SUBJECTS = (Chunk.ROWS, Chunk.MILESTONE, Chunk.TIME, Chunk.LIMIT)
THINGS = (Kind.PRODUCT_NOUN, Kind.MODEL_NOUN, Kind.FACT, Kind.MILESTONE_NOUN, Kind.START, Kind.SHARE)


def _in_context(parts: Sequence[Part], relations: Relations, turns: tuple[Turn, ...]) -> Iterator[list[Part]]:
    """The clause with what it refers to put in, and with what it leaves out taken over, the likeliest first."""
    turn = turns[0]
    parts = with_it(parts)
    singular = any(part.has(Kind.IT) for part in parts if part.chunk is Chunk.WORD)
    bare = [part for part in parts if not part.has(*REFERENCES) and not _only_tells(part)]
    if singular and len(turn.rows) > 1 and any(part.has(Kind.HOW_MANY) for part in bare):
        yield completed(bare, turns, relations, by_row=False)
    # What is still built is a row, never a single product; a superlative is of all rows.
    of_rows = (
        not only_today(bare)
        and any(part.has(Kind.STILL) for part in bare)
        and not any(part.chunk is Chunk.BEST for part in bare)
    )
    orders = (True, False) if of_rows else (False, True)
    for by_row in orders:
        pointed = resolved(parts, turns, relations, by_row)
        if pointed is not None:
            attempts = (pointed, completed(pointed, turns, relations, by_row))
            others = any(part.has(Kind.ELSE) for part in parts)  # others of which the same is so
            yield from reversed(attempts) if others or asks_of_specimen(parts, turn) else attempts
    if _is_partitive(parts) or with_those(parts) is not parts:
        return  # "are both still built" asks of what was spoken of, not again what was asked of it
    for by_row in orders:
        yield completed(bare, turns, relations, by_row)


def _is_partitive(parts: Sequence[Part]) -> bool:
    """Whether it is asked of what was spoken of alone, even where none of it is so: "how many of them were X"."""
    return any(part.chunk is Chunk.WORD and part.has(Kind.THOSE) for part in parts) and any(
        part.chunk is Chunk.ROWS for part in parts
    )


def _only_tells(part: Part) -> bool:
    """Whether a word only belongs to what somebody says around a name: "sorry, I meant the X"."""
    return part.chunk is Chunk.WORD and part.has(Kind.NARRATOR) and part.senses.keys() <= {Kind.NARRATOR, Kind.FILL}


def _read(parts: Sequence[Part], relations: Relations, turns: tuple[Turn, ...]) -> Understood | None:
    clause = Clause(parts, relations)
    found = best_candidate(clause)
    content = [part for part in clause.parts if part.chunk is not Chunk.WORD or part.has(*DOMAIN)]
    if found is None:
        left = unexplained(clause, ())
        if not content and not coded(left):
            return None
        unknown = [part for part in left if part.has(Kind.UNKNOWN)]
        return Understood(Outcome.NOT_PLACED, left_over=_said(unknown), turns=turns)
    reading, left = found
    if _with_itself(reading.query):
        return Understood(Outcome.NOT_PLACED, left_over=_said(list(clause.parts)), turns=turns)
    if clause.any(Kind.WHY):
        # "Why did it end": if it has not, that is to be said first.
        for claim in false_premises(parts, relations):
            reading, left = replace(reading, query=claim), []
    if left:
        made = clause.any(Kind.BUILD) and clause.any(*NOUNS)
        if not content and not made and any(part.has(Kind.UNKNOWN) for part in left) and not coded(left):
            return Understood(Outcome.OFF_TOPIC, left_over=_said(left), turns=turns)
        return Understood(Outcome.NOT_PLACED, left_over=_said(left), near=reading.query, turns=turns)
    reading = replace(reading, query=without_parts(reading.query, clause))
    answer = evaluate(reading.query, relations)
    empty = isinstance(answer.result, Missing) and answer.result.reason == "no_records"
    doubtful = empty or (reading.defaults > 1 and not isinstance(reading.query, Exists))
    turn = turn_of(parts, reading.query, answer, relations)
    return Understood(Outcome.READ, (reading.query,), (answer,), doubtful=doubtful, turns=(turn, *turns)[:REMEMBERED])


def _with_itself(query: Query) -> bool:
    """Whether something is set against itself, which nobody asks for: a reference led to the wrong thing."""
    match query:
        case Difference() | Ratio():
            return query.left == query.right
        case Compare():
            return len(set(query.sides)) < len(query.sides)
        case Get() | Listing():
            named = (each for each in query.selection.conditions if attribute_is(each, Attribute.KEY))
            alone = any(isinstance(each, Equals) and len(each.values) == 1 for each in named)
            ranking = query.selection.ranking
            return alone and ranking is not None and ranking.attribute == Attribute.QUANTITY  # one alone is no most
    return False


def _said(parts: Sequence[Part]) -> tuple[str, ...]:
    unknown = [part.text for part in parts if part.has(Kind.UNKNOWN)]
    return tuple(dict.fromkeys(unknown or [part.text for part in parts]))
