"""What a short question leaves to be understood, taken over from the turns before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.intent.discourse import (
    REFERENCES,
    Turn,
    asked_alike,
    milestone_part,
    rows_part,
    several,
    within_series,
)
from bot.intent.parts import Chunk, Limit, Mention, Part, Time, numbered, places_of
from bot.intent.senses import Kind
from knowledge.query import Attribute, Claim, Direction, Get
from knowledge.relations import Relations

NAMING = frozenset({Chunk.ROWS, Chunk.MILESTONE})
ASKS = frozenset(
    {Kind.WHICH, Kind.WHEN, Kind.WHEN_START, Kind.WHEN_END, Kind.HOW_MANY, Kind.HOW_LONG, Kind.LIST, Kind.ATTRIBUTE,
     Kind.WHY}
)  # fmt: skip
OPERATIONS = frozenset(
    {Kind.SUM, Kind.MEAN, Kind.MEDIAN, Kind.SHARE, Kind.DIFFERENCE, Kind.RATIO, Kind.RANK, Kind.NEAREST}
)
RELATING = frozenset({Kind.COMPARATIVE, Kind.DIFFERENCE, Kind.ELAPSED, Kind.RATIO, Kind.COMPARE})
SLOTS: tuple[frozenset[Kind], ...] = (
    ASKS | OPERATIONS,
    frozenset({Kind.START, Kind.END}),
    frozenset({Kind.STILL}),
    frozenset({Kind.FACT, Kind.RATE}),
    frozenset({Kind.COMPARATIVE}),
)
"""Words of one slot take each other's place: a new question word drops the old one."""

AGES = (Kind.AGE_NEW, Kind.AGE_OLD)
RUN = (Attribute.START, Attribute.END)
PUTTING_TOGETHER = (Kind.SUM, Kind.MEAN, Kind.MEDIAN)
SETTING_APART = frozenset({Kind.COMPARATIVE, Kind.OR, Kind.VERSUS, Kind.THAN, Kind.COMPARE, Kind.BEFORE, Kind.AFTER})
"""Words that only the setting apart of things needs; asked for their sum, nobody means them any more."""


def completed(parts: Sequence[Part], turns: Sequence[Turn], relations: Relations, by_row: bool) -> list[Part]:
    """The parts with what they leave out, taken over from the last turn; new parts take the place of old ones."""
    turn = turns[0]
    parts = _counting_on(parts, turn)
    if (turned := _turned(parts, turn)) is not None:
        parts = [*(part for part in parts if not part.has(Kind.COMPARATIVE, Kind.BEFORE, Kind.AFTER)), turned]
        turn = replace(turn, parts=tuple(old for old in turn.parts if old.index != turned.index))
    words = [part for part in parts if part.chunk is Chunk.WORD]
    named = any(part.chunk in NAMING and not part.negated for part in parts)
    apart = any(part.has(Kind.HOW_LONG, Kind.DIFFERENCE, Kind.ELAPSED) for part in words)
    if apart and not named and len(turns) > 1 and turn.milestones and turns[1].milestones:
        return numbered([*parts, milestone_part(turns[1].milestones), milestone_part(turn.milestones)])
    if isinstance(turn.query, Claim):
        reclaimed = _reclaimed(parts, turn)
        if reclaimed is not None:
            return numbered(reclaimed)
        turn = _after_claim(parts, turn, relations)
    if turn.query is None and any(part.has(Kind.HOW_MANY) for part in words) and turn.rows:
        # How many of its kind there are, whatever year somebody's own is of.
        turn = replace(turn, parts=tuple(old for old in turn.parts if old.chunk is not Chunk.TIME))
    dropped = _dropped(parts, turn)
    if only_today(parts) or any(part.has(Kind.WHEN, Kind.WHEN_START, Kind.WHEN_END) for part in words):
        turn = replace(turn, parts=tuple(old for old in turn.parts if old.chunk is not Chunk.TIME))
    if dropped >= SETTING_APART:
        turn = replace(turn, parts=tuple(replace(old, link=old.link and Kind.AND) for old in turn.parts))
    kept = _kept(parts, turn, dropped, relations, by_row=by_row, named=named)
    joined = _with_earlier(parts, kept, (turn, *turns[1:]), relations, named=named)
    if joined is not None:
        return numbered(joined)
    chunks = {part.chunk for part in parts if not part.negated} - {Chunk.WORD}
    only = any(part.has(Kind.ONLY) for part in parts if part.chunk is Chunk.WORD)
    other = any(part.has(Kind.WHICH) for part in parts if part.chunk is Chunk.WORD)  # "and which X": of all X
    parts = [
        _only_of(part, turn, relations) if only else part if other else within_series(part, turn, relations)
        for part in parts
        if not (only and part.chunk is Chunk.WORD and part.has(Kind.ONLY))
    ]
    place = next((i for i, old in enumerate(turn.parts) if old.chunk in chunks), None)
    if place is None:
        return numbered([*parts, *kept])
    before = [old for old in kept if old.index < turn.parts[place].index]
    after = [old for old in kept if old.index >= turn.parts[place].index]
    words = [part for part in parts if part.chunk is Chunk.WORD and not part.has(Kind.FOLLOW, Kind.AND)]
    new = [part for part in parts if part.chunk is not Chunk.WORD]
    return numbered([*before, *new, *words, *after])


def only_today(parts: Sequence[Part]) -> bool:
    """Whether a follow-up asks the same of today alone: "and now?"."""
    said = [part for part in parts if not part.has(Kind.FOLLOW, Kind.AND)]
    return bool(said) and all(part.chunk is Chunk.WORD and part.has(Kind.NOW) for part in said)


def _only_of(part: Part, turn: Turn, relations: Relations) -> Part:
    """In "only the X" those of the rows that were spoken of, if there are any."""
    if part.chunk is not Chunk.ROWS or not part.items:
        return part
    shared = part.value.rows & {relations.order[key] for key in turn.rows}
    if not shared or len(turn.rows) < len(shared):
        return part
    named = [old.value for old in turn.parts if old.chunk is Chunk.ROWS and not old.negated]
    before = named[0] if len(named) == 1 and named[0].facet else rows_part(turn.rows, relations).value
    mention = Mention(shared, (*before.conditions, *part.value.conditions), (*before.sets, *part.value.sets))
    return replace(part, value=mention)


def _dropped(parts: Sequence[Part], turn: Turn) -> set[Kind]:
    """The kinds of words of the last turn whose place the words of this one take."""
    words = [part for part in parts if part.chunk is Chunk.WORD]
    dropped: set[Kind] = set()
    for slot in SLOTS:
        if any(part.has(*slot) for part in words):
            dropped |= slot
    if any(part.has(*PUTTING_TOGETHER) for part in words):
        dropped |= SETTING_APART
    timed = any(old.chunk is Chunk.TIME for old in turn.parts)
    if any(_is_of_quantity(part) for part in words) and not timed:
        dropped |= {Kind.START, Kind.END}  # "which is more?" after two dates
    if any(part.has(*ASKS) for part in words):
        dropped.add(Kind.AUX)
    if _asks_anew(parts):
        dropped |= DENYING  # what was denied before is not denied again
    if any(part.chunk is Chunk.TIME and not part.negated for part in parts):
        dropped |= {Kind.RATE, Kind.NOW}  # "a day" is not "last year", nor is now
    return dropped


def _asks_anew(parts: Sequence[Part]) -> bool:
    """Whether a follow-up is a question with a verb of its own: "wasn't it built in 2010", not "and in 2010"."""
    words = [part for part in parts if part.chunk is Chunk.WORD]
    opening = any(part is parts[0] and part.has(Kind.TAG) and not part.has(Kind.NOT) for part in words)
    return opening or any(part.has(Kind.AUX) for part in words)


DENYING = frozenset({Kind.NEVER, Kind.DENIAL, Kind.NEITHER, Kind.WRONG})


def _is_of_quantity(part: Part) -> bool:
    order = part.senses.get(Kind.COMPARATIVE)
    return order is not None and order.attribute == Attribute.QUANTITY


def _kept(
    parts: Sequence[Part], turn: Turn, dropped: Collection[Kind], relations: Relations, *, by_row: bool, named: bool
) -> list[Part]:
    """The parts of the last turn that are still meant; what it found by a superlative is now known by name."""
    chunks = {part.chunk for part in parts if not part.negated} - {Chunk.WORD}
    kept = [old for old in turn.parts if _stays(old, dropped, chunks | (NAMING if named else frozenset()))]
    words = [part for part in parts if part.chunk is Chunk.WORD]
    own_noun = any(part.has(Kind.MODEL_NOUN) for part in parts) and not any(part.has(*REFERENCES) for part in parts)
    others = own_noun and not named and any(part.has(Kind.WHICH) for part in words)
    running = any(part.chunk is Chunk.BEST and part.value.attribute in RUN for part in parts)
    last_of_it = running and (any(part.has(Kind.WHEN) for part in words) or (_asked_an_edge(turn) and not own_noun))
    if others or (Chunk.BEST in chunks and len(turn.rows) == 1 and not last_of_it):
        # A place among one is no place; and "which models" asks for others than the one before.
        kept = [old for old in kept if old.chunk is not Chunk.ROWS or (len(old.value.rows) > 1 and not own_noun)]
    if Chunk.BEST in chunks:
        # "And the last one?" after a milestone: of all of them, not of the one before.
        kept = [_one_of_all(old) if old.chunk is Chunk.MILESTONE and old.value.numbers else old for old in kept]
    if any(part.has(Kind.ELSE) for part in words):
        without = frozenset().union(*(part.value.rows for part in parts if part.chunk is Chunk.ROWS and part.negated))
        kept = [old for old in kept if old.chunk is not Chunk.ROWS or old.negated or not old.value.rows <= without]
    if any(old.chunk is Chunk.BEST for old in kept) and turn.rows and not named and Chunk.BEST not in chunks:
        kept = [old for old in kept if old.chunk not in (Chunk.BEST, Chunk.TIME, Chunk.LIMIT, Chunk.ROWS)]
        kept.append(rows_part(turn.rows, relations))
    if by_row and turn.rows and not named:
        kept = [old for old in kept if old.chunk not in NAMING]
        kept.append(rows_part(turn.rows, relations))
    return kept


def _asked_an_edge(turn: Turn) -> bool:
    """Whether the first or the last of some rows was asked for, and so when they began or ended."""
    edge = isinstance(turn.query, Get) and turn.query.attributes in ((Attribute.START,), (Attribute.END,))
    return edge and any(old.chunk is Chunk.BEST and old.value.attribute in RUN for old in turn.parts)


def _one_of_all(milestone: Part) -> Part:
    return replace(milestone, chunk=Chunk.WORD, value=None, senses={Kind.MILESTONE_NOUN: None})


def _with_earlier(
    parts: Sequence[Part], kept: Sequence[Part], turns: Sequence[Turn], relations: Relations, *, named: bool
) -> list[Part] | None:
    """The parts with what was spoken of before the last turn too, where they add up or set apart; else none."""
    turn = turns[0]
    words = [part for part in parts if part.chunk is Chunk.WORD]
    sides = [part for part in (*kept, *parts) if part.chunk is Chunk.ROWS and not part.negated]
    summed = any(part.has(Kind.SUM) for part in words)
    wider = several(turns)
    # "Together?", "which of them ended first": of all that was asked for one by one.
    alike = asked_alike(turns) if summed or any(part.chunk is Chunk.BEST for part in parts) else ()
    widening = summed or any(part.has(Kind.AGE_NEW, Kind.AGE_OLD, Kind.BOTH) for part in words)
    meant = alike or (wider if widening and len(wider) > len(turn.rows) else ())
    if meant and not named:
        rest = [old for old in kept if old.chunk not in (Chunk.ROWS, Chunk.BEST) and not old.has(*AGES)]
        return [*parts, *rest, rows_part(meant, relations)]
    new = [part for part in parts if part.chunk is Chunk.ROWS and not part.negated]
    added = any(part.has(Kind.INCLUDING) for part in words) or _adds(parts, turn)
    if len(new) == 1 and turn.rows and added:
        # "And with the X included?": what was spoken of, and the X.
        others = [old for old in kept if old.chunk is Chunk.WORD]
        rest = [part for part in words if not part.has(Kind.INCLUDING, Kind.WITH)]
        return [*others, rows_part(turn.rows, relations), replace(new[0], link=Kind.AND), *rest]
    spoken = frozenset(relations.order[key] for key in turn.rows if key in relations.order)
    if len(new) == 1 and any(part.has(Kind.SHARE) for part in words) and spoken < new[0].value.rows:
        return [*words, rows_part(turn.rows, relations), new[0]]  # "as a share of all X?"
    relating = any(part.has(*RELATING) for part in words)
    one = len(turn.rows) == 1 or (turn.rows and any(old.has(Kind.SUM) for old in turn.parts))
    if relating and len(sides) == 1 and named and one and not any(o.chunk is Chunk.ROWS for o in kept):
        # "By how much is that more for the X?": set against the one that was spoken of.
        if parts[0].has(Kind.AUX):
            return [parts[0], rows_part(turn.rows, relations), *parts[1:]]
        return [rows_part(turn.rows, relations), *(_linked(part) for part in parts)]
    summing = summed or any(part.has(Kind.BOTH) for part in words)
    single = len(sides) == 1 and (len(sides[0].value.rows) == 1 or summing) and (relating or summing)
    if single and len(turns) > 1 and turns[1].rows and not set(turns[1].rows) & set(turn.rows):
        earlier = rows_part(turns[1].rows, relations)
        if any(part.has(Kind.RATIO) for part in words) and not any(part.has(Kind.THAN) for part in words):
            return [*sides, replace(earlier, link=Kind.OR), *parts]  # "how many times as many is that"
        return [earlier, *(_linked(part) for part in kept if not _excludes(part)), *parts]
    return None


def _adds(parts: Sequence[Part], turn: Turn) -> bool:
    """Whether a name is added to what was spoken of: "plus the X?", "and with the X?" after a quantity."""
    counted = isinstance(turn.query, Get) and turn.query.attributes == (Attribute.QUANTITY,)
    first = next((part for part in parts if not part.has(Kind.FOLLOW) or part.has(Kind.WITH, Kind.SUM)), None)
    return counted and first is not None and first.chunk is Chunk.WORD and first.has(Kind.WITH, Kind.SUM)


def _counting_on(parts: Sequence[Part], turn: Turn) -> list[Part]:
    """After "the first million", "and the second" is a million too; after "the most built" it is the second most."""
    numbers = [number for number in turn.milestones if number % 1_000_000 == 0]
    bests = [old for old in turn.parts if old.chunk is Chunk.BEST]
    content = [part for part in parts if part.chunk is not Chunk.WORD]
    result: list[Part] = []
    for part in parts:
        if part.chunk is Chunk.NUMBER and part.value.ordinal and len(content) == 1 and len(bests) == 1:
            placed = replace(bests[0].value, position=int(part.value.value))
            result.append(replace(part, chunk=Chunk.BEST, value=placed))
            continue
        ordinal = part.senses.get(Kind.NUMBER) if part.chunk in (Chunk.NUMBER, Chunk.BEST) else None
        if numbers and ordinal is not None and ordinal.ordinal and len(part.items) == 1:
            result.append(milestone_part((int(ordinal.value) * 1_000_000,)))
        else:
            result.append(part)
    return result


def _reclaimed(parts: Sequence[Part], turn: Turn) -> list[Part] | None:
    """After a claim, "and the X?" asks whether it is so of the X too; a name of the predicate's type replaces that."""
    new = [part for part in parts if part.chunk in NAMING and not part.negated]
    rest = [part for part in parts if part.chunk is not Chunk.WORD or part.has(*ASKS)]
    old = [part for part in turn.parts if part.chunk in NAMING and not part.negated]
    old = [half for part in old for half in _subject_and_predicate(part)]
    joined = any(part.link not in (None, Kind.THAN) for part in old)
    if len(new) != 1 or len(rest) != 1 or len(old) < 2 or joined:
        return None
    alike = [part for part in old[1:] if _type_of(part) == _type_of(new[0])]
    than = any(part.has(Kind.THAN, Kind.SAME_AS) for part in parts)
    replaced = old[-1] if than else alike[-1] if alike and _type_of(old[0]) != _type_of(new[0]) else old[0]
    named = places_of(old)
    first = min(named)
    before = [part for part in turn.parts if part.index < first]
    after = [part for part in turn.parts if part.index > first and part.index not in named]
    told = [replace(new[0], link=part.link) if part is replaced else part for part in old]
    whole = [*before, *_in_order([*told, *after])]
    return [part for part in whole if not (_asks_anew(parts) and part.has(*DENYING))]


def _subject_and_predicate(part: Part) -> list[Part]:
    """In "is the X a convertible" both stand in one name; taken apart, the second is what is said of the first."""
    mention = part.value
    if part.chunk is not Chunk.ROWS or len(mention.sets) < 2 or not mention.sets[-1].facet:
        return [part]
    *names, last = mention.sets
    if not any(rows.exact for rows in names):
        return [part]
    subject = Mention(frozenset.intersection(*(n.rows for n in names)), tuple(n.condition for n in names), tuple(names))
    return [
        replace(part, value=subject),
        replace(part, value=Mention(last.rows, (last.condition,), (last,)), link=None),
    ]


def _in_order(parts: Sequence[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: part.index)


def _type_of(part: Part) -> object:
    """What kind of thing a name names: a milestone, what describes one, a row, or rows by a facet."""
    if part.chunk is Chunk.MILESTONE:
        return (Chunk.MILESTONE, bool(part.value.numbers))
    return (Chunk.ROWS, part.value.facet)


def _after_claim(parts: Sequence[Part], turn: Turn, relations: Relations) -> Turn:
    """A turn that claimed something, without its predicate where something else is asked now."""
    asks = any(part.has(*(ASKS - {Kind.WHICH, Kind.LIST})) for part in parts)
    best = any(part.chunk is Chunk.BEST for part in parts)
    others = any(part.has(Kind.MODEL_NOUN, Kind.ELSE) for part in parts)
    if others or not (asks or best):
        return turn
    kept = tuple(old for old in turn.parts if old.chunk is Chunk.WORD and not old.has(Kind.STILL, Kind.TAG))
    if turn.milestones:
        return replace(turn, parts=tuple(numbered([*kept, milestone_part(turn.milestones)])))
    subject = [rows_part(turn.rows, relations)] if turn.rows and not best else []
    return replace(turn, parts=tuple(numbered([*kept, *subject])))


NARROWING = frozenset({Chunk.TIME, Chunk.LIMIT})


def _turned(parts: Sequence[Part], turn: Turn) -> Part | None:
    """The condition before, turned: "and which are not?" asks for those that do not fulfil it, "which have less?" too.

    It keeps its place among the parts of the turn.
    """
    conditions = [old for old in turn.parts if old.chunk in NARROWING or old.has(Kind.STILL)]
    own = any(part.chunk is not Chunk.WORD or part.has(Kind.STILL) for part in parts)
    asking = (Kind.WHICH, Kind.HOW_MANY, Kind.BEFORE, Kind.AFTER)
    if own or len(conditions) != 1 or not any(part.has(*asking) for part in parts):
        return None
    condition = conditions[0]
    if condition.chunk is Chunk.TIME and (other := _other_time(parts, condition.value)) is not None:
        return replace(condition, value=other)
    if parts[-1].has(Kind.NOT) and not condition.negated:
        return replace(condition, negated=True)
    compared = [part for part in parts if part.has(Kind.COMPARATIVE)]
    limit = condition.value
    if condition.chunk is Chunk.LIMIT and len(compared) == 1 and (limit.least is None) is not (limit.most is None):
        return replace(condition, value=_other_side(limit, compared[0].senses[Kind.COMPARATIVE].direction))
    return None


def _other_time(parts: Sequence[Part], time: Time) -> Time | None:
    """After "… after 2020", "and before?" is the time until then; none if that is not asked."""
    if any(not part.has(Kind.FOLLOW, Kind.AND, Kind.BEFORE, Kind.AFTER) for part in parts):
        return None
    if time.last is None and time.first is not None and any(part.has(Kind.BEFORE) for part in parts):
        return Time(None, replace(time.first, inclusive=not time.first.inclusive), "before")
    if time.first is None and time.last is not None and any(part.has(Kind.AFTER) for part in parts):
        return Time(replace(time.last, inclusive=not time.last.inclusive), None, "after")
    return None


def _other_side(limit: Limit, direction: Direction) -> Limit:
    """The amounts on this side of a limit."""
    edge = limit.least or limit.most
    if edge is None or (limit.least is not None) is (direction == "most"):
        return limit
    bound = replace(edge, inclusive=not edge.inclusive)
    return replace(limit, least=None, most=bound) if limit.least is not None else replace(limit, least=bound, most=None)


def _stays(old: Part, dropped: Collection[Kind], replaced: Collection[Chunk]) -> bool:
    """Whether a part of the last turn is still meant: no new word has its slot, no new part is of its type."""
    if old.chunk is Chunk.WORD:
        turning = old.has(Kind.START, Kind.END)  # in some languages a verb also begins a question
        gone = {*dropped} - ({Kind.AUX} if turning else set())
        return not old.has(*gone, Kind.FOLLOW, *REFERENCES, Kind.UNKNOWN)
    return old.chunk not in replaced


def _excludes(part: Part) -> bool:
    return part.negated or (part.chunk is Chunk.WORD and part.has(Kind.NOT, Kind.ELSE, Kind.LEFT_OUT))


def _linked(part: Part) -> Part:
    return replace(part, link=Kind.OR) if part.chunk is Chunk.ROWS else part
