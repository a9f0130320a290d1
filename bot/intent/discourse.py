"""What came before: references back, and what a short question leaves to be understood from the one before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.intent.parts import Chunk, Mention, MilestoneReference, Part, Time
from bot.intent.senses import Kind, RowSet
from knowledge.answer import Answer, Row, Rows
from knowledge.query import Attribute, Bound, Equals, Query
from knowledge.relations import Relations
from knowledge.schema import Fact, Milestone, Model, PartialDate


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was read, with what its answer was about.

    ``rows`` are keys of rows, ``milestones`` numbers, ``date`` the one date that the answer gave.
    """

    parts: tuple[Part, ...]
    query: Query | None = None
    rows: tuple[str, ...] = ()
    milestones: tuple[int, ...] = ()
    date: PartialDate | None = None


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
    frozenset({Kind.FACT}),
    frozenset({Kind.COMPARATIVE}),
)
"""Words of one slot take each other's place: a new question word drops the old one."""

PUTTING_TOGETHER = (Kind.SUM, Kind.MEAN, Kind.MEDIAN)
SETTING_APART = frozenset({Kind.COMPARATIVE, Kind.OR, Kind.VERSUS, Kind.THAN, Kind.COMPARE, Kind.BEFORE, Kind.AFTER})
"""Words that only the setting apart of things needs; asked for their sum, nobody means them any more."""

REFERENCES = (Kind.IT, Kind.THOSE)


def turn_of(parts: Sequence[Part], query: Query, answer: Answer, relations: Relations) -> Turn:
    """What is to be remembered of a question and its answer."""
    rows = [record.key for record in answer.evidence if isinstance(record, Model)]
    milestones = tuple(record.number for record in answer.evidence if isinstance(record, Milestone))
    for record in answer.evidence:
        row = relations.referenced(record.row) if isinstance(record, (Milestone, Fact)) else None
        if row is not None:
            rows.append(row.key)
    return Turn(tuple(parts), query, tuple(dict.fromkeys(rows)), milestones, _date(answer))


def told(parts: Sequence[Part], relations: Relations) -> Turn:
    """What a sentence of a story mentions: names, milestones and times that a later question may be about."""
    kept = [part for part in parts if part.chunk not in (Chunk.WORD, Chunk.NUMBER)]
    models = relations.knowledge.models
    named = [part.value for part in kept if part.chunk is Chunk.ROWS and not part.negated]
    shared: frozenset[int] = frozenset()
    for mention in named:
        shared = shared & mention.rows or mention.rows
    numbers = tuple(n for part in kept if part.chunk is Chunk.MILESTONE for n in part.value.numbers)
    dates = [part.value.first.value for part in kept if part.chunk is Chunk.TIME and part.value.first is not None]
    date = dates[-1] if dates and isinstance(dates[-1], PartialDate) else None
    return Turn(tuple(kept), None, tuple(models[place].key for place in sorted(shared)), numbers, date)


def continued(story: Turn, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns with one more sentence of a story; what several sentences leave out is left out together."""
    before = turns[0] if turns else None
    if before is not None and before.query is None and any(part.negated for part in before.parts):
        return (replace(story, parts=tuple(_numbered([*before.parts, *story.parts]))), *turns[1:])
    return (story, *turns)


def _date(answer: Answer) -> PartialDate | None:
    if not isinstance(answer.result, Rows):
        return None
    cells = (cell.value for row in answer.result.rows for cell in row.cells)
    told = (value for value in cells if isinstance(value, PartialDate))
    ends = (end for row in answer.result.rows for end in _ends(row))
    for dates in (told, ends):
        first = next(dates, None)
        if first is not None:
            return first if all(date == first for date in dates) else None
    return None


def _ends(row: Row) -> list[PartialDate]:
    if not isinstance(row.record, Model) or not isinstance(row.record.production.end, PartialDate):
        return []
    return [row.record.production.end]


def rows_part(keys: Sequence[str], relations: Relations, index: int = 0) -> Part:
    """A part that names rows as if they had been said."""
    places = frozenset(relations.order[key] for key in keys if key in relations.order)
    rows = RowSet(places, Equals(Attribute.KEY, tuple(keys)), exact=True)
    mention = Mention(places, (rows.condition,), (rows,))
    return Part(Chunk.ROWS, mention, "", {Kind.ROWS: rows}, index=index)


def _milestone_part(numbers: Sequence[int]) -> Part:
    reference = MilestoneReference(Equals(Attribute.NUMBER, tuple(numbers)), tuple(numbers), True)
    return Part(Chunk.MILESTONE, reference, "")


def refers(parts: Sequence[Part]) -> bool:
    """Whether some words point back to what was said before."""
    return any(
        part.chunk is Chunk.WORD and (part.has(Kind.THAT_YEAR, Kind.ELSE) or _points(parts, place))
        for place, part in enumerate(parts)
    )


def _points(parts: Sequence[Part], place: int) -> bool:
    """Whether a word points back, and is not the "that" of "the models that …"."""
    before = parts[place - 1] if place else None
    relative = before is not None and (before.chunk is Chunk.ROWS or before.has(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN))
    return parts[place].has(*REFERENCES) and not (relative and parts[place].has(Kind.IT))


def _counted(part: Part, turns: Sequence[Turn]) -> tuple[str, ...]:
    """The rows that "the three" are: of the last answer with so many, or of so many questions in a row."""
    number = part.value.value
    if part.value.ordinal or number not in (2, 3, 4):
        return ()
    for turn in turns:
        if len(turn.rows) == number:
            return turn.rows
    asked = [turn.rows[0] for turn in turns[: int(number)] if len(turn.rows) == 1]
    return tuple(reversed(asked)) if len(set(asked)) == number else ()


def resolved(parts: Sequence[Part], turns: Sequence[Turn], relations: Relations, by_row: bool) -> list[Part] | None:
    """The parts with what they point to in its place; none if there is nothing to point to."""
    turn = turns[0]
    if any(part.chunk is Chunk.NUMBER and _counted(part, turns) for part in parts):
        parts = [part for part in parts if not (part.chunk is Chunk.WORD and part.has(*REFERENCES))]
    result: list[Part] = []
    pointed = False
    for place, part in enumerate(parts):
        if part.chunk is Chunk.WORD and part.has(Kind.THAT_YEAR) and turn.date is not None:
            year = PartialDate(turn.date.year)
            result.append(Part(Chunk.TIME, Time(Bound(year), Bound(year)), part.text, gap=part.gap))
            pointed = True
        elif (step := _stepped(parts, place, turn, relations)) is not None:
            result.append(replace(step, gap=part.gap))
            pointed = True
        elif _is_of_milestones(parts, place, turn):
            result.append(replace(part, senses={Kind.MILESTONE_NOUN: None}))
            pointed = True
        elif part.chunk is Chunk.WORD and _points(parts, place) and not pointed_twice(result):
            if any(_is_of_milestones(parts, at, turn) for at in range(place)):
                continue  # "the one in 2025, which was it": the one itself
            subject = _subject(turns, relations, by_row, plural=part.has(Kind.THOSE))
            if subject is None:
                result.append(part)
                continue
            result.append(replace(subject, gap=part.gap, text=part.text))
            pointed = True
        elif part.chunk is Chunk.NUMBER and not pointed_twice(result) and (counted := _counted(part, turns)):
            result.append(rows_part(counted, relations))
            pointed = True
        elif part.chunk is Chunk.WORD and part.has(Kind.ELSE) and turn.rows:
            excluded = rows_part(turn.rows, relations)
            result.append(part)
            result.append(replace(excluded, negated=True))
            pointed = True
        else:
            other = any(each.has(Kind.ELSE) for each in parts if each.chunk is Chunk.WORD)
            result.append(_within_series(part, turn, relations) if other else part)
    return _numbered(result) if pointed else None


def _stepped(parts: Sequence[Part], place: int, turn: Turn, relations: Relations) -> Part | None:
    """What lies one step from what was spoken of: the milestone before it, the year after it."""
    part = parts[place]
    back, on = part.has(Kind.BEFORE, Kind.PREVIOUS_YEAR), part.has(Kind.AFTER, Kind.LATER_YEAR)
    following = parts[place + 1] if place + 1 < len(parts) else None
    if (
        part.chunk is not Chunk.WORD
        or not (back or on)
        or (following is not None and following.chunk is not Chunk.WORD)
    ):
        return None
    if len(turn.milestones) == 1:
        numbers = [milestone.number for milestone in relations.milestones]
        at = numbers.index(turn.milestones[0]) + (-1 if back else 1)
        return _milestone_part((numbers[at],)) if 0 <= at < len(numbers) else None
    times = [old.value for old in turn.parts if old.chunk is Chunk.TIME]
    named = part.has(Kind.PREVIOUS_YEAR, Kind.LATER_YEAR) or any(each.has(Kind.UNIT) for each in parts[:place])
    if len(times) != 1 or not named or any(old.has(Kind.FACT) for old in turn.parts):
        return None
    year = times[0].first.value if times[0].first is not None and times[0].first == times[0].last else None
    if not isinstance(year, PartialDate):
        return None
    shifted = Bound(PartialDate(year.year + (-1 if back else 1)))
    return Part(Chunk.TIME, replace(times[0], first=shifted, last=shifted), part.text)


def _is_of_milestones(parts: Sequence[Part], place: int, turn: Turn) -> bool:
    """Whether "the one in 2025" is another milestone, after one was spoken of."""
    following = parts[place + 1 : place + 3]
    timed = any(part.chunk is Chunk.TIME for part in following)
    return bool(turn.milestones) and parts[place].chunk is Chunk.WORD and parts[place].has(Kind.ONE) and timed


def pointed_twice(parts: Sequence[Part]) -> bool:
    """Whether a reference was put in already: "it" and "that one" in one clause mean the same."""
    return any(part.chunk in (Chunk.ROWS, Chunk.MILESTONE) and not part.items for part in parts)


def _subject(turns: Sequence[Turn], relations: Relations, by_row: bool, plural: bool) -> Part | None:
    turn = turns[0]
    if turn.milestones and not by_row:
        return _milestone_part(turn.milestones)
    rows = _several(turns) if plural else turn.rows
    return rows_part(rows, relations) if rows else None


def _several(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The rows that "they" are: of the last answer, of the one before it of which the last was a part, or both."""
    rows = turns[0].rows
    for turn in turns:
        if len(turn.rows) > 1 and set(rows) <= set(turn.rows):
            return turn.rows
    if len(rows) == 1 and len(turns) > 1 and len(turns[1].rows) == 1:
        return tuple(dict.fromkeys((*turns[1].rows, *rows)))
    return rows


def _counting_on(parts: Sequence[Part], turn: Turn) -> list[Part]:
    """After "the first million", "and the second" is a million too."""
    numbers = [number for number in turn.milestones if number % 1_000_000 == 0]
    result: list[Part] = []
    for part in parts:
        ordinal = part.senses.get(Kind.NUMBER) if part.chunk in (Chunk.NUMBER, Chunk.BEST) else None
        if numbers and ordinal is not None and ordinal.ordinal and len(part.items) == 1:
            result.append(_milestone_part((int(ordinal.value) * 1_000_000,)))
        else:
            result.append(part)
    return result


def _stays(old: Part, dropped: Collection[Kind], replaced: Collection[Chunk]) -> bool:
    """Whether a part of the last turn is still meant: no new word has its slot, no new part is of its type."""
    if old.chunk is Chunk.WORD:
        return not old.has(*dropped, Kind.FOLLOW, *REFERENCES, Kind.UNKNOWN)
    return old.chunk not in replaced


def completed(parts: Sequence[Part], turns: Sequence[Turn], relations: Relations, by_row: bool) -> list[Part]:
    """The parts with what they leave out, taken over from the last turn; new parts take the place of old ones."""
    turn = turns[0]
    parts = _counting_on(parts, turn)
    named = any(part.chunk in (Chunk.ROWS, Chunk.MILESTONE) and not part.negated for part in parts)
    apart = any(part.has(Kind.HOW_LONG, Kind.DIFFERENCE, Kind.ELAPSED) for part in parts if part.chunk is Chunk.WORD)
    if apart and not named and len(turns) > 1 and turn.milestones and turns[1].milestones:
        return _numbered([*parts, _milestone_part(turns[1].milestones), _milestone_part(turn.milestones)])
    dropped: set[Kind] = set()
    for slot in SLOTS:
        if any(part.chunk is Chunk.WORD and part.has(*slot) for part in parts):
            dropped |= slot
    if any(part.chunk is Chunk.WORD and part.has(*PUTTING_TOGETHER) for part in parts):
        dropped |= SETTING_APART
    if any(part.has(*ASKS) for part in parts if part.chunk is Chunk.WORD):
        dropped.add(Kind.AUX)
    if any(part.has(Kind.WHEN, Kind.WHEN_START, Kind.WHEN_END) for part in parts if part.chunk is Chunk.WORD):
        turn = replace(turn, parts=tuple(old for old in turn.parts if old.chunk is not Chunk.TIME))
    if dropped >= SETTING_APART:
        turn = replace(turn, parts=tuple(replace(old, link=old.link and Kind.AND) for old in turn.parts))
    chunks = {part.chunk for part in parts if not part.negated} - {Chunk.WORD}
    if Chunk.TIME in chunks:
        dropped.add(Kind.RATE)  # "a day" is not "last year"
    replaced = chunks | ({Chunk.ROWS, Chunk.MILESTONE} if named else set())
    kept = [old for old in turn.parts if _stays(old, dropped, replaced)]
    own_noun = any(part.has(Kind.MODEL_NOUN) for part in parts) and not any(part.has(*REFERENCES) for part in parts)
    if (Chunk.BEST in chunks and len(turn.rows) == 1) or (
        own_noun and not named and any(p.has(Kind.WHICH) for p in parts)
    ):
        # A place among one is no place; and "which models" asks for others than the one before.
        kept = [old for old in kept if old.chunk is not Chunk.ROWS or (len(old.value.rows) > 1 and not own_noun)]
    if any(old.chunk is Chunk.BEST for old in kept) and turn.rows and not named and Chunk.BEST not in chunks:
        # What was found by a superlative is now known by name.
        kept = [old for old in kept if old.chunk not in (Chunk.BEST, Chunk.TIME, Chunk.LIMIT, Chunk.ROWS)]
        kept.append(rows_part(turn.rows, relations))
    if by_row and turn.rows and not named:
        kept = [old for old in kept if old.chunk not in (Chunk.MILESTONE, Chunk.ROWS)]
        kept.append(rows_part(turn.rows, relations))
    sides = [part for part in (*kept, *parts) if part.chunk is Chunk.ROWS and not part.negated]
    aged = any(part.has(Kind.AGE_NEW, Kind.AGE_OLD) for part in parts if part.chunk is Chunk.WORD)
    summed = any(part.has(Kind.SUM) for part in parts if part.chunk is Chunk.WORD)
    wider = _several(turns)
    if (aged or summed) and not named and len(wider) > len(turn.rows):
        kept = [old for old in kept if old.chunk not in (Chunk.ROWS, Chunk.BEST)]
        return _numbered([*parts, *kept, rows_part(wider, relations)])
    relating = any(part.has(*RELATING) for part in parts if part.chunk is Chunk.WORD)
    summing = any(part.has(Kind.SUM, Kind.BOTH) for part in parts if part.chunk is Chunk.WORD)
    if relating and len(sides) == 1 and named and len(turn.rows) == 1 and not kept_rows(kept):
        # "By how much is that more for the X?": set against the one that was spoken of.
        return _numbered([rows_part(turn.rows, relations), *(_linked(part) for part in parts)])
    single = len(sides) == 1 and (len(sides[0].value.rows) == 1 or summing)
    if (
        single
        and len(turns) > 1
        and turns[1].rows
        and not set(turns[1].rows) & set(turn.rows)
        and (relating or summing)
    ):
        earlier = rows_part(turns[1].rows, relations)
        return _numbered([earlier, *(_linked(part) for part in kept if not _excludes(part)), *parts])
    parts = [_within_series(part, turn, relations) for part in parts]
    place = next((i for i, old in enumerate(turn.parts) if old.chunk in chunks), None)
    if place is None:
        return _numbered([*parts, *kept])
    before = [old for old in kept if old.index < turn.parts[place].index]
    after = [old for old in kept if old.index >= turn.parts[place].index]
    words = [part for part in parts if part.chunk is Chunk.WORD and not part.has(Kind.FOLLOW, Kind.AND)]
    new = [part for part in parts if part.chunk is not Chunk.WORD]
    return _numbered([*before, *new, *words, *after])


def kept_rows(parts: Sequence[Part]) -> bool:
    """Whether some parts name rows."""
    return any(part.chunk is Chunk.ROWS for part in parts)


def _within_series(part: Part, turn: Turn, relations: Relations) -> Part:
    """After a row of a series, "and the coupé?" asks for the coupé of that series, if it has one.

    After a name that several facets make up, the value of one of them takes the place of its own facet alone: after the
    1 Series convertible, "and the 2 Series?" is its convertible.
    """
    exchanged = _exchanged(part, turn)
    if exchanged is not None:
        return exchanged
    if part.chunk is not Chunk.ROWS or not part.items or part.value.facet != Attribute.BODY or len(turn.rows) != 1:
        return part
    series = relations.by_key[turn.rows[0]].series
    rows = relations.facets.get(Attribute.SERIES, {}).get(series or "", ())
    shared = part.value.rows & frozenset(relations.order[row.key] for row in rows)
    if series is None or not shared:
        return part
    mention = Mention(shared, (Equals(Attribute.SERIES, (series,)), *part.value.conditions), part.value.sets)
    return replace(part, value=mention)


def _exchanged(part: Part, turn: Turn) -> Part | None:
    named = [old for old in turn.parts if old.chunk is Chunk.ROWS and not old.negated]
    if part.chunk is not Chunk.ROWS or len(named) != 1 or part.value.facet is None:
        return None
    sets = named[0].value.sets
    facets = [rows.facet for rows in sets]
    if len(sets) < 2 or None in facets or facets.count(part.value.facet) != 1:
        return None
    changed = tuple(part.value.sets[0] if rows.facet == part.value.facet else rows for rows in sets)
    shared = frozenset.intersection(*(rows.rows for rows in changed))
    if not shared:
        return None
    return replace(part, value=Mention(shared, tuple(rows.condition for rows in changed), changed))


def _excludes(part: Part) -> bool:
    return part.negated or (part.chunk is Chunk.WORD and part.has(Kind.NOT, Kind.ELSE, Kind.LEFT_OUT))


def _linked(part: Part) -> Part:
    return replace(part, link=Kind.OR) if part.chunk is Chunk.ROWS else part


def _numbered(parts: Sequence[Part]) -> list[Part]:
    return [replace(part, index=index) for index, part in enumerate(parts)]
