"""What came before: references back, and what a short question leaves to be understood from the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.intent.chunking.successors import led_to
from bot.intent.clause import SUCCESSION
from bot.intent.parts import Chunk, Mention, MilestoneReference, Part, Time, numbered
from bot.intent.senses import NOUNS, PAIR, Kind, RowSet
from knowledge.answer import Answer, Row, Rows
from knowledge.evaluation import evaluate
from knowledge.query import Attribute, Bound, Claim, Compare, Count, Equals, Get, Listing, Query, Selection
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


REFERENCES = (Kind.IT, Kind.THOSE, Kind.FORMER, Kind.LATTER)


def turn_of(parts: Sequence[Part], query: Query, answer: Answer, relations: Relations) -> Turn:
    """What is to be remembered of a question and its answer."""
    rows = _followed(query, relations) or [record.key for record in answer.evidence if isinstance(record, Model)]
    milestones = tuple(record.number for record in answer.evidence if isinstance(record, Milestone))
    for record in answer.evidence:
        row = relations.referenced(record.row) if isinstance(record, (Milestone, Fact)) else None
        if row is not None:
            rows.append(row.key)
    return Turn(tuple(parts), query, tuple(dict.fromkeys(rows)), milestones, _date(answer, parts))


def _followed(query: Query, relations: Relations) -> list[str]:
    """The rows that were asked for as what replaced others, or was replaced by them; none: others were asked for."""
    match query:
        case Get(Selection("models", conditions), (way,)) if way in SUCCESSION:
            found = led_to(relations, conditions, way)
            return [str(key) for key in found.values] if isinstance(found, Equals) else []
    return []


def continued(story: Turn, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns with one more sentence of a story; what several sentences leave out is left out together."""
    before = turns[0] if turns else None
    if before is not None and before.query is None and any(part.negated for part in before.parts):
        return (replace(story, parts=tuple(numbered([*before.parts, *story.parts]))), *turns[1:])
    return (story, *turns)


def _date(answer: Answer, parts: Sequence[Part]) -> PartialDate | None:
    if not isinstance(answer.result, Rows):
        return None
    cells = (cell.value for row in answer.result.rows for cell in row.cells)
    told = (value for value in cells if isinstance(value, PartialDate))
    ends = (end for row in answer.result.rows for end in _ends(row))
    for dates in (told, _said(parts), ends):
        first = next(dates, None)
        if first is not None:
            return first if all(date == first for date in dates) else None
    return None


def _said(parts: Sequence[Part]) -> Iterator[PartialDate]:
    """The years that a question names by themselves: "which ones started in 2009"."""
    for part in parts:
        if part.chunk is Chunk.TIME and part.value.first is not None and part.value.first == part.value.last:
            year = part.value.first.value
            if isinstance(year, PartialDate):
                yield year


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


def milestone_part(numbers: Sequence[int]) -> Part:
    reference = MilestoneReference(Equals(Attribute.NUMBER, tuple(numbers)), tuple(numbers), True)
    return Part(Chunk.MILESTONE, reference, "")


def refers(parts: Sequence[Part]) -> bool:
    """Whether some words point back to what was said before."""
    return any(
        part.chunk is Chunk.WORD and (part.has(Kind.THAT_YEAR, Kind.ELSE) or _points(parts, place))
        for place, part in enumerate(parts)
    )


def lacks_subject(parts: Sequence[Part], turn: Turn, relations: Relations) -> Part | None:
    """The rate that is asked for after some rows were spoken of, where nothing says of what: "and per year?"."""
    rates = [part for part in parts if part.chunk is Chunk.WORD and _is_rate(part, relations)]
    own = (Kind.PLANT, Kind.PLANT_NOUN, Kind.PRODUCT_NOUN, Kind.OWNER, Kind.BUILD, Kind.SUM)
    named = any(part.chunk in (Chunk.ROWS, Chunk.MILESTONE, Chunk.TIME) or part.has(*own) for part in parts)
    spoken = 0 < len(turn.rows) < len(relations.knowledge.models)
    return rates[0] if rates and spoken and not named else None


def _is_rate(part: Part, relations: Relations) -> bool:
    facts = [relations.facts[name] for name in part.senses.get(Kind.FACT, ())]
    return part.has(Kind.RATE) or any(fact.per is not None for fact in facts)


def _points(parts: Sequence[Part], place: int) -> bool:
    """Whether a word points back, and is not the "that" of "the models that …"."""
    before = parts[place - 1] if place else None
    relative = before is not None and (before.chunk is Chunk.ROWS or before.has(*NOUNS))
    return parts[place].has(*REFERENCES) and not (relative and parts[place].has(Kind.IT))


def _counted(part: Part, turns: Sequence[Turn]) -> tuple[str, ...]:
    """The rows that "the three" are: of the last answer with so many, or of the last ones with so many together."""
    number = part.value.value
    if part.value.ordinal or number not in (2, 3, 4):
        return ()
    rows: tuple[str, ...] = ()
    for turn in turns:
        if len(turn.rows) == number:
            return turn.rows
    for turn in turns:
        rows = tuple(dict.fromkeys((*turn.rows, *rows)))
        if len(rows) == number:
            return rows
    return ()


def resolved(parts: Sequence[Part], turns: Sequence[Turn], relations: Relations, by_row: bool) -> list[Part] | None:
    """The parts with what they point to in its place; none if there is nothing to point to."""
    turn = turns[0]
    parts = with_those(parts)
    if any(part.chunk is Chunk.NUMBER and _counted(part, turns) for part in parts):
        parts = [part for part in parts if not (part.chunk is Chunk.WORD and part.has(*REFERENCES))]
    result: list[Part] = []
    pointed = numbered_before = False
    words = [part for part in parts if part.chunk is Chunk.WORD]
    summed, other = (any(part.has(kind) for part in words) for kind in (Kind.SUM, Kind.ELSE))
    for place, part in enumerate(parts):
        if part.chunk is Chunk.WORD and part.has(Kind.THAT_YEAR) and turn.date is not None and _is_told(part, turn):
            result.append(Part(Chunk.TIME, _that_time(part, PartialDate(turn.date.year)), part.text, gap=part.gap))
            pointed = True
        elif (step := _stepped(parts, place, turn, relations)) is not None:
            result.append(replace(step, gap=part.gap))
            pointed = True
        elif _is_of_milestones(parts, place, turn):
            result.append(replace(part, senses={Kind.MILESTONE_NOUN: None}))
            pointed = numbered_before = True
        elif part.chunk is Chunk.WORD and _points(parts, place) and not pointed_twice(result):
            if numbered_before:
                continue  # "the one in 2025, which was it": the one itself
            if part.has(Kind.FORMER, Kind.LATTER):
                subject = _one_of_named(part, turns)
            else:
                subject = _subject(turns, relations, by_row, plural=part.has(Kind.THOSE) or summed)
            unpaired = subject is not None and subject.chunk is Chunk.ROWS and len(subject.value.rows) != PAIR
            if subject is None or (part.quantifier is Kind.BOTH and unpaired):
                result.append(part)
                continue
            if part.has(Kind.NEVER):
                denial = dict.fromkeys((Kind.NOT, Kind.NONE, Kind.NEVER))
                result.append(Part(Chunk.WORD, None, part.text, denial, part.gap))  # "none of them"
            result.append(replace(subject, gap=part.gap, text=part.text, quantifier=part.quantifier))
            if part.has(Kind.THOSE) and isinstance(turn.query, Listing | Count) and _narrows(parts):
                result.append(Part(Chunk.WORD, None, part.text, {Kind.MODEL_NOUN: None}))  # of models
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
            result.append(within_series(part, turn, relations) if other else part)
    return numbered(result) if pointed else None


def _narrows(parts: Sequence[Part]) -> bool:
    """Whether something else is said of "those": how many of them are such ones, not how many were built."""
    return any(part.chunk in (Chunk.ROWS, Chunk.TIME, Chunk.LIMIT) or part.has(Kind.STILL, Kind.END) for part in parts)


def only_claims(parts: Sequence[Part]) -> bool:
    """Whether nothing but an amount is said: "is it more than 5,000", of what was spoken of before."""
    amounts = (Chunk.LIMIT, Chunk.NUMBER)
    said = any(part.chunk in amounts for part in parts) and parts[0].has(Kind.AUX)
    return said and all(part.chunk in amounts or part.has(Kind.AUX, Kind.TAG) for part in parts)


def with_it(parts: Sequence[Part]) -> list[Part]:
    """The parts with the word that points to what was spoken of, where nothing but an amount is said."""
    if not only_claims(parts) or refers(parts):
        return [*parts]
    return numbered([parts[0], Part(Chunk.WORD, None, "", {Kind.IT: None}), *parts[1:]])


def with_those(parts: Sequence[Part]) -> Sequence[Part]:
    """ "Are both still built", "are all still built": with the word for what they are that is left out."""
    named = any(part.chunk in (Chunk.ROWS, Chunk.MILESTONE) or part.has(*REFERENCES, Kind.MODEL_NOUN) for part in parts)
    if named or not parts or not parts[0].has(Kind.AUX):
        return parts
    for place, part in enumerate(parts):
        both = part.chunk is Chunk.WORD and part.has(Kind.BOTH)
        if not both and part.quantifier is None:
            continue
        quantifier = part.quantifier or Kind.BOTH
        those = Part(Chunk.WORD, None, part.text, {Kind.THOSE: None}, part.gap, quantifier=quantifier)
        rest = parts[place + 1 :] if both else (replace(part, quantifier=None), *parts[place + 1 :])
        return [*parts[:place], those, *rest]
    return parts


def _is_told(part: Part, turn: Turn) -> bool:
    """Whether "then", which often means nothing, is a time: one that was said, and not only found."""
    return not part.has(Kind.FILL) or any(old.chunk is Chunk.TIME for old in turn.parts)


def _that_time(part: Part, year: PartialDate) -> Time:
    """That year, or with "since then" the time from it on."""
    return Time(Bound(year), None, "since") if part.has(Kind.SINCE) else Time(Bound(year), Bound(year))


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
        return milestone_part((numbers[at],)) if 0 <= at < len(numbers) else None
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
        return milestone_part(turn.milestones)
    rows = several(turns) if plural else _focus(turn, relations)
    return rows_part(rows, relations) if rows else None


def _one_of_named(part: Part, turns: Sequence[Turn]) -> Part | None:
    """The former or the latter of the names that were last set beside each other."""
    for turn in turns:
        named = [old for old in turn.parts if old.chunk is Chunk.ROWS and not old.negated]
        if len(named) >= PAIR:
            return replace(named[0] if part.has(Kind.FORMER) else named[-1], link=None)
    return None


def _focus(turn: Turn, relations: Relations) -> tuple[str, ...]:
    """The rows that "it" is: of two that were set against each other, those that the sentence was about."""
    query = turn.query.subject if isinstance(turn.query, Claim) else turn.query
    if not isinstance(query, Compare):
        return turn.rows
    first = evaluate(Listing(query.sides[0]), relations).evidence
    return tuple(record.key for record in first if isinstance(record, Model))


def asked_alike(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The rows of the last turns, the earliest first, if the same was asked of each of these one after the other."""
    rows: tuple[str, ...] = ()
    asked = None
    alike = 0
    for turn in turns:
        if not isinstance(turn.query, Get) or turn.milestones or set(rows) & set(turn.rows):
            break
        if asked is not None and turn.query.attributes != asked:
            break
        asked = turn.query.attributes
        rows = (*turn.rows, *rows)
        alike += 1
    return rows if alike > 1 else ()


def several(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The rows that "they" are: of the last answer, of the one before it of which the last was a part, or both."""
    rows = turns[0].rows
    for turn in turns:
        if len(turn.rows) > 1 and set(rows) <= set(turn.rows):
            return turn.rows
    if alike := asked_alike(turns):
        return alike
    if len(rows) == 1 and len(turns) > 1 and len(turns[1].rows) == 1:
        return tuple(dict.fromkeys((*turns[1].rows, *rows)))
    return rows


def within_series(part: Part, turn: Turn, relations: Relations) -> Part:
    """After a row of a series, "and the coupé?" asks for the coupé of that series, if it has one.

    After a name that several facets make up, the value of one of them takes the place of its own facet alone: after the
    1 Series convertible, "and the 2 Series?" is its convertible.
    """
    exchanged = _exchanged(part, turn)
    if exchanged is not None:
        return exchanged
    if part.chunk is not Chunk.ROWS or not part.items or part.value.facet != Attribute.BODY or not turn.rows:
        return part
    named = [old.value.facet for old in turn.parts if old.chunk is Chunk.ROWS and not old.negated]
    if named and set(named) == {Attribute.BODY}:
        return part  # "which roadster", "and coupés": of any series
    first, *others = {relations.by_key[row].series for row in turn.rows}
    series = None if others else first
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
