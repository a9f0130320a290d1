"""Times that are told by something else: "the year the X ended", "the same year as the X", "before the X"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.intent.parts import Chunk, Part, Time
from bot.intent.senses import NOUNS, Kind
from knowledge.query import Attribute, Bound, Equals, Get, Query, Selection
from knowledge.relations import Relations
from knowledge.schema import PartialDate

MOMENTS = (Kind.YEAR_OF, Kind.WHEN, Kind.SAME_TIME)
OPENING = (*MOMENTS, Kind.BEFORE, Kind.AFTER, Kind.SINCE, Kind.IN)
CHOOSING = (Kind.WHICH, Kind.LIST, Kind.HOW_MANY, Kind.MODEL_NOUN, Kind.ELSE)
VERBS = (Kind.START, Kind.END, Kind.BUILD, Kind.STILL)
REACH = 4
"""Parts between the word that announces a time and the name that tells it."""


def anchored(parts: Sequence[Part], relations: Relations) -> list[Part]:
    """The parts with every time that a name tells put together to one part.

    Only where the clause asks for something besides: in "when did the X start" the X is what is asked about.
    """
    result: list[Part] = []
    # "How long was it until …" asks for the time between two moments, which are not conditions then.
    lasting = any(part.chunk is Chunk.WORD and part.has(Kind.HOW_LONG, Kind.DIFFERENCE, Kind.ELAPSED) for part in parts)
    place = 0
    asked = claiming = False
    while place < len(parts):
        asked = asked or _asks(result[-1:])
        claiming = claiming or _is_claim(result[:1], result[-1:])
        early = parts[place].has(Kind.YEAR_OF) or (place == 1 and parts[place].has(Kind.START, Kind.END))
        asking = asked or (early and _asks(parts[place + 2 :]))
        asking = asking or (parts[place].has(Kind.IMMEDIATE) and bool(result) and not parts[0].has(Kind.AUX))
        asking = asking or (claiming and _lasts(result))
        asking = asking or (claiming and parts[place].has(Kind.WHILE) and _turns(result))
        found = (_edge(parts, place) or _anchor(parts, place, result)) if asking and not lasting else None
        if found is None and not lasting and (asked or claiming):
            found = _at_milestones(parts, place)
        if found is None and asking and not lasting and parts[place].has(*OPENING) and _of_rows(result):
            found = _of_fact(parts, place, relations, _said(result))
        if found is None and asked and parts[place].has(Kind.BEFORE, Kind.AFTER):
            found = _as_before(result, parts, place)
        if found is None and asked and parts[place].has(Kind.THAT_YEAR):
            found = _anchored_before(result, place)
        if found is None:
            result.append(parts[place])
            place += 1
            continue
        time, end = found
        time = time if relations.by_month else _of_its_year(time)
        covered = parts[place:end]
        text = " ".join(part.text for part in covered)
        items = tuple(item for part in covered for item in part.items)
        senses = {kind: None for kind in (Kind.IMMEDIATE,) if parts[place].has(kind)}
        result.append(Part(Chunk.TIME, time, text, senses, parts[place].gap, items=items))
        place = end
    return result


def _of_its_year(time: Time) -> Time:
    """The year of a moment, where rows are known by their years alone: what was built in the year of the milestone."""
    if time.kind != "in" or time.first is None or time.first != time.last:
        return time
    if isinstance(time.first.value, (int, float, PartialDate)):
        return time
    year = replace(time.first, by_year=True)
    return replace(time, first=year, last=year)


def _anchored_before(result: list[Part], place: int) -> tuple[Time, int] | None:
    """The time of a name that stands before: "that began with the X in the same year"."""
    named = [part for part in result if part.chunk is Chunk.ROWS]
    if len(named) != 1 or not any(part.has(*NOUNS) for part in result):
        return None
    result.remove(named[0])
    return Time(None, None, "same", named[0].value.conditions), place + 1


def _as_before(result: list[Part], parts: Sequence[Part], place: int) -> tuple[Time, int] | None:
    """The time of a pronoun: in "before the X but after it", it is the X again."""
    earlier = [part.value for part in result if part.chunk is Chunk.TIME]
    bounds = [bound for time in earlier for bound in (time.first, time.last) if bound is not None]
    dates = [bound.value for bound in bounds if not isinstance(bound.value, (int, float, PartialDate))]
    if not dates or place + 1 >= len(parts) or not parts[place + 1].has(Kind.IT):
        return None
    return _timed(parts[place], dates[-1]), place + 2


def _asks(parts: Sequence[Part]) -> bool:
    """Whether some parts ask for rows, or say what became of them."""
    return any(part.chunk is Chunk.BEST or part.has(*CHOOSING) for part in parts)


def _lasts(parts: Sequence[Part]) -> bool:
    """Whether a claim is that a row was still built, so that what follows tells when."""
    return any(part.has(Kind.STILL) and not part.has(Kind.NOW) for part in parts)


def _is_claim(first: Sequence[Part], last: Sequence[Part]) -> bool:
    """Whether something is asked of a row by yes or no: a verb stands first, and now a row was named."""
    return bool(first) and first[0].has(Kind.AUX) and last[0].chunk is Chunk.ROWS


def _turns(parts: Sequence[Part]) -> bool:
    """Whether a claim is that a row began or ended, so that what follows tells when."""
    return any(part.chunk is Chunk.WORD and part.has(Kind.START, Kind.END) for part in parts)


def _at_milestones(parts: Sequence[Part], place: int) -> tuple[Time, int] | None:
    """The time of a milestone, or between two, at which rows were built: "at the two millionth car"."""
    one = parts[place]
    if one.chunk is not Chunk.MILESTONE and not one.has(Kind.BETWEEN):
        return None
    if not any(part.has(Kind.STILL, Kind.RUNNING, Kind.START, Kind.END) for part in parts):
        return None
    if one.chunk is Chunk.MILESTONE and one.has(Kind.AT) and one.value.ordinal:
        date = Bound(_date_of(one))
        return Time(date, date), place + 1
    between = parts[place + 1 : place + 4]
    if one.has(Kind.BETWEEN) and [part.chunk for part in between] == [Chunk.MILESTONE, Chunk.WORD, Chunk.MILESTONE]:
        return Time(Bound(_date_of(between[0])), Bound(_date_of(between[2])), "span"), place + 4
    return None


def _said(parts: Sequence[Part]) -> Part | None:
    """The verb that stands last before a time."""
    return next((part for part in reversed(parts) if part.chunk is Chunk.WORD and part.has(*VERBS)), None)


def _anchor(parts: Sequence[Part], place: int, before: Sequence[Part]) -> tuple[Time, int] | None:
    """The time that a name or a milestone tells, and the place after it; ``before``: what was said until there."""
    at = _announced(parts, place)
    if at is None:
        return None
    said = _said(before)
    opener, anchor = parts[place], parts[at]
    if opener.has(Kind.SINCE) and any(part.has(Kind.MODEL_NOUN) for part in parts[place + 1 : at]):
        return None  # "vom Modell, das …": of it, not since then
    if anchor.chunk is Chunk.MILESTONE and opener.has(*MOMENTS, Kind.BEFORE, Kind.AFTER, Kind.SINCE):
        alone = said is None and opener.has(Kind.PREPOSITION)  # "nach dem X gestartet": the verb of what is asked
        return _of_milestone(opener, anchor, said), at + 1 if alone else _past(parts, at + 1)
    return _of_name(parts, place, at, said) if anchor.chunk is Chunk.ROWS else None


def _announced(parts: Sequence[Part], place: int) -> int | None:
    """The place of the name that a word at a place announces as one that tells a time, if it does."""
    opener = parts[place]
    kinds = (*MOMENTS, Kind.SAME, Kind.THAT_YEAR, Kind.BEFORE, Kind.AFTER, Kind.SINCE, Kind.UNTIL)
    if opener.chunk is not Chunk.WORD or not opener.has(*kinds):
        return None
    at = place + 1
    while at < len(parts) and at - place <= REACH and parts[at].chunk is Chunk.WORD:
        word = parts[at]
        if word.has(Kind.START, Kind.END) and not opener.has(Kind.BEFORE, Kind.AFTER):
            return None
        if not word.has(Kind.SAME_AS, Kind.UNIT, Kind.YEAR_OF, Kind.WHEN, Kind.PLANT, Kind.PLANT_NOUN, Kind.AND,
                        Kind.AUX, Kind.MILESTONE_NOUN, Kind.REACH, Kind.BUILD, Kind.MODEL_NOUN, Kind.PRODUCT_NOUN,
                        Kind.START, Kind.END, Kind.OWNER, Kind.IT, Kind.ATTRIBUTE):  # fmt: skip
            return None
        at += 1
    between = parts[place + 1 : at]
    timed = any(part.has(Kind.UNIT, Kind.YEAR_OF, Kind.WHEN) or _names_a_time(part) for part in between)
    if opener.has(Kind.SAME) and not opener.has(*MOMENTS, Kind.THAT_YEAR) and not timed:
        return None  # "as long as the X": as much of it, not at the same time
    return at if at < len(parts) else None


def _names_a_time(part: Part) -> bool:
    """Whether a word names when a row was built: "in the same period"."""
    return not {Attribute.PERIOD, Attribute.START, Attribute.END}.isdisjoint(part.senses.get(Kind.ATTRIBUTE, ()))


def _of_name(parts: Sequence[Part], place: int, at: int, said: Part | None) -> tuple[Time, int] | None:
    """The time that a name tells: the start or the end of its rows, as its verb says."""
    opener = parts[place]
    verb, end = _verb_of_name(parts, place, at, said)
    if verb is None and opener.has(Kind.SINCE, Kind.UNTIL) and not opener.has(Kind.BEFORE, Kind.AFTER):
        return None
    conditions = parts[at].value.conditions
    if opener.has(Kind.SAME, Kind.THAT_YEAR, Kind.SAME_TIME) and not opener.has(Kind.WHEN):
        if any(part.has(Kind.ATTRIBUTE) for part in parts[place + 1 : at]):
            return Time(None, None, "during" if opener.has(Kind.WHILE) else "period", conditions), at + 1
        if verb is None and opener.has(Kind.WHILE):
            turning = said is not None and said.has(Kind.START, Kind.END)
            return Time(None, None, "during", conditions), _past_running(parts, at + 1) if turning else at + 1
        if verb is None:
            return Time(None, None, "same", conditions), at + 1
    if opener.has(Kind.YEAR_OF, Kind.WHEN) and verb is None:
        return None
    running = verb is not None and verb.has(Kind.STILL, Kind.RUNNING)
    ended = verb is not None and (verb.has(Kind.END) or (running and opener.has(Kind.AFTER)))
    date: Query = Get(Selection("models", conditions), (Attribute.END if ended else Attribute.START,))
    time = _timed(opener, date)
    began = (not ended and end == at + 1) or opener.has(Kind.IMMEDIATE)
    turning = said is not None and said.has(Kind.START, Kind.END)
    if time.kind == "after" and began and not running and not turning:
        time = replace(time, kind="of")  # "built after the X": what began after it
    return time, end


def _past_running(parts: Sequence[Part], place: int) -> int:
    """Past the words that say of a name that it was built meanwhile."""
    while place < len(parts) and parts[place].has(Kind.AUX, Kind.BUILD, Kind.RUNNING) and not parts[place].gap:
        place += 1
    return place


def _verb_of_name(parts: Sequence[Part], place: int, at: int, said: Part | None) -> tuple[Part | None, int]:
    """The verb that a name after "before" or the like shares or has of its own, and the place after both."""
    opener = parts[place]
    verb, end = _verb(parts, at + 1)
    if verb is not None and said is not None and _is_timed(parts, end):
        verb, end = None, at + 1  # "that started after the X ended before …": the verb of what is asked
    if verb is not None and said is None and opener.has(Kind.PREPOSITION):
        end = at + 1  # "vor dem X eingestellt": the verb of what is asked, and so of the X
    if verb is None and opener.has(Kind.BEFORE, Kind.AFTER):
        own = [part for part in parts[place + 1 : at] if part.has(Kind.START, Kind.END)]
        verb = own[0] if own else said  # "after the end of the X"; "ended before the X": before its end
    return verb, end


def _edge(parts: Sequence[Part], place: int) -> tuple[Time, int] | None:
    """ "In the last year of the X", beside another verb: the year in which the X ended."""
    edge = parts[place]
    if not edge.has(Kind.START, Kind.END) or not place or not parts[place - 1].has(Kind.IN):
        return None
    verbs = (Kind.START, Kind.END, Kind.BUILD, Kind.MODEL_NOUN)
    rest = parts[:place] if place > 1 else parts[place + 1 :]
    if not any(part.chunk is Chunk.WORD and part.has(*verbs) for part in rest):
        return None
    at = place + 1
    while at < len(parts) and parts[at].has(Kind.OF_YEAR, Kind.SINCE, Kind.BUILD, Kind.FILL):
        at += 1
    if at >= len(parts) or parts[at].chunk is not Chunk.ROWS:
        return None
    attribute = Attribute.END if edge.has(Kind.END) else Attribute.START
    date = Get(Selection("models", parts[at].value.conditions), (attribute,))
    return Time(Bound(date, by_year=True), Bound(date, by_year=True), "in"), at + 1


def _of_rows(parts: Sequence[Part]) -> bool:
    """Whether rows are asked for: "which models were built", "what did they build"."""
    nouns = (Kind.MODEL_NOUN, Kind.PRODUCT_NOUN) if any(part.has(Kind.WHICH) for part in parts) else (Kind.MODEL_NOUN,)
    return any(part.chunk is Chunk.BEST or part.has(*nouns, Kind.BUILD, Kind.STILL, *VERBS) for part in parts)


def _of_fact(parts: Sequence[Part], place: int, relations: Relations, said: Part | None) -> tuple[Time, int] | None:
    """The time that a dated fact tells: "when the quay was opened"."""
    opener = parts[place]
    if opener.chunk is not Chunk.WORD:
        return None
    for at in range(place + 1, min(place + REACH, len(parts))):
        dates = [name for name in parts[at].senses.get(Kind.FACT, ()) if relations.facts[name].unit == "date"]
        if not opener.has(*MOMENTS, Kind.BEFORE, Kind.AFTER, Kind.SINCE):
            # "At the opening": the plant began then.
            dates = [name for name in dates if relations.facts[name] is not relations.opening]
        if parts[at].chunk is Chunk.WORD and dates:
            date = Get(Selection("facts", (Equals(Attribute.KEY, (dates[0],)),)), (Attribute.VALUE,))
            end = at + 1
            while end < len(parts) and parts[end].has(Kind.AUX, Kind.START, Kind.END) and not parts[end].gap:
                end += 1
            return _at_moment(opener, date, said), end
        if not parts[at].has(Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER, Kind.AUX, Kind.IT):
            return None
    return None


def _of_milestone(opener: Part, anchor: Part, said: Part | None) -> Time:
    return _at_moment(opener, _date_of(anchor), said)


def _date_of(milestone: Part) -> Query:
    return Get(Selection("milestones", (milestone.value.condition,)), (Attribute.DATE,))


def _at_moment(opener: Part, date: Query, said: Part | None) -> Time:
    """The time of something that happened on one day: what was built then was so on that day, not in its year."""
    time = _timed(opener, date)
    of_year = opener.has(Kind.YEAR_OF) and not opener.has(Kind.THAN)  # in some languages "when" is "than" too
    turning = said is not None and said.has(Kind.START, Kind.END)
    return time if time.kind != "in" or of_year or turning else Time(Bound(date), Bound(date))


def _timed(opener: Part, date: Query) -> Time:
    if opener.has(Kind.BEFORE):
        return Time(None, Bound(date, inclusive=False), "before")
    if opener.has(Kind.AFTER):
        return Time(Bound(date, inclusive=False), None, "after")
    if opener.has(Kind.SINCE) and not opener.has(*MOMENTS):
        return Time(Bound(date), None, "since")
    if opener.has(Kind.UNTIL):
        return Time(None, Bound(date), "until")
    return Time(Bound(date, by_year=True), Bound(date, by_year=True), "in")


def _verb(parts: Sequence[Part], place: int) -> tuple[Part | None, int]:
    """The verb of starting or ending that follows a name, and the place after it."""
    for at in range(place, min(place + 2, len(parts))):
        part = parts[at]
        if part.chunk is Chunk.WORD and part.has(Kind.START, Kind.END) and not part.gap:
            return part, at + 1
        if part.chunk is not Chunk.WORD or not part.has(Kind.AUX, Kind.BUILD):
            break
    return None, place


def _is_timed(parts: Sequence[Part], place: int) -> bool:
    """Whether a time of its own follows a verb."""
    following = parts[place] if place < len(parts) else None
    if following is None or following.gap:
        return False
    return following.chunk is Chunk.TIME or following.has(Kind.BEFORE, Kind.AFTER)


def _past(parts: Sequence[Part], place: int) -> int:
    """Past the words that only say that a milestone was reached."""
    while place < len(parts) and parts[place].chunk is Chunk.WORD and not parts[place].gap:
        part = parts[place]
        if not part.has(Kind.MILESTONE_NOUN, Kind.BUILD, Kind.AUX, Kind.REACH, Kind.PRODUCT_NOUN, Kind.START):
            break
        place += 1
    return place
