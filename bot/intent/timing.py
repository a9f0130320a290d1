"""What a time says of rows, and which verb it belongs to: that they were built then, began, or ended."""

from __future__ import annotations

from bot.intent.clause import Clause
from bot.intent.parts import Chunk, Part, Time
from bot.intent.senses import Kind
from knowledge.query import AllOf, Attribute, Between, Bound, Condition, Equals, Get, Not, Overlaps, Selection, all_of
from knowledge.schema import PartialDate


def verb_of(clause: Clause, part: Part) -> Part | None:
    """The verb of starting or ending that a time or a superlative belongs to: the nearest one, if any."""
    if part.chunk is Chunk.TIME and part.value.kind in TELLING:
        return None
    verbs = [v for v in clause.words(Kind.START, Kind.END, Kind.BUILD, Kind.STILL) if not _is_begun(clause, v)]
    if not verbs:
        return None

    def distance(verb: Part) -> tuple[float, bool]:
        # "The production between … and … began": production is what began, not what is said of the time.
        turning = _turns(verb)
        taken = turning and any(_is_nearer(clause, verb, other, part) for other in clause.times)
        return _steps(clause, verb, part) + 0.5 * (not turning) + taken, verb.index > part.index

    nearest = min(verbs, key=distance)
    return nearest if _turns(nearest) else None


RELATIVE = ("same", "period", "during")
"""Kinds of times that the run of other rows is."""

TELLING = ("of", "whole", "reached", "ended")
"""Kinds of times that say themselves what happened then."""


def _turns(verb: Part) -> bool:
    """Whether a verb tells of a start or an end; "still built" and "still running" tell of neither."""
    return verb.has(Kind.START, Kind.END) and not verb.has(Kind.STILL)


def _is_nearer(clause: Clause, verb: Part, time: Part, other: Part) -> bool:
    """Whether a verb belongs to a time rather than to another one: of two as near, to the one that follows it."""
    near, far = _steps(clause, verb, time), _steps(clause, verb, other)
    return near < far or (near == far and time.index > verb.index > other.index)


def _steps(clause: Clause, one: Part, other: Part) -> int:
    """How many words with a meaning stand between two parts."""
    low, high = sorted((one.index, other.index))
    return sum(not part.has(Kind.FILL) for part in clause.parts[low + 1 : high])


def _is_begun(clause: Clause, part: Part) -> bool:
    """Whether a word for building only says what began or ended: "the end of production"."""
    before = [each for each in clause.parts[max(0, part.index - 2) : part.index] if not each.has(Kind.FILL)]
    return (
        part.has(Kind.BUILD)
        and not part.has(Kind.START, Kind.END)
        and bool(before)
        and before[-1].has(Kind.START, Kind.END)
    )


def time_condition(clause: Clause, part: Part, verb: Part | None) -> Condition:
    """What a time says of rows: when they were in production, or began or ended to be."""
    time: Time = part.value
    started = verb is not None and verb.has(Kind.START)
    ended = verb is not None and verb.has(Kind.END)
    if time.kind in RELATIVE:
        return _same_time(clause, time, started, ended)
    if time.kind in TELLING:
        return _told(clause, time)
    if time.kind == "since" and any(_has_lasted(clause, word, part) for word in clause.words(Kind.STILL)):
        return _told(clause, Time(time.first, None, "reached"))
    if verb is not None and verb.has(Kind.OVER) and (over := _over(time)) is not None:
        return over
    if verb is None or not (started or ended):
        if time.kind == "range" and time.first and time.last:
            # "ran from … to …" names both ends of a run; where no row has just these, any that ran then.
            exact = AllOf(
                (
                    Between(Attribute.START, time.first, Bound(time.first.value)),
                    Between(Attribute.END, Bound(time.last.value), time.last),
                )
            )
            if clause.count((exact,)):
                return exact
        return Overlaps(time.first, time.last)
    began, ceased = (Between(each, time.first, time.last) for each in (Attribute.START, Attribute.END))
    told = paired(clause, verb)
    if any(each.has(Kind.START) for each in told) and any(each.has(Kind.END) for each in told):
        return AllOf((began, ceased))
    return began if verb.has(Kind.START) else ceased


def paired(clause: Clause, verb: Part) -> list[Part]:
    """A verb with the one that "and" joins to it, so that both belong to one time: "started and ended in 2010"."""
    before = clause.parts[max(0, verb.index - 2) : verb.index]
    joined = len(before) > 1 and _turns(before[0]) and before[1].has(Kind.AND) and not verb.gap
    return [before[0], verb] if joined else [verb]


BUILDING = (Kind.BUILD, Kind.RUNNING)


def shares_verb(clause: Clause, word: Part, time: Part) -> bool:
    """Whether a word is said of what was so at a time; not in "built in 2019 and still built", which has two verbs."""
    low, high = sorted((word.index, time.index))
    between = clause.parts[low + 1 : high]
    verbs = clause.words(*BUILDING)
    if not any(part.has(Kind.AND, Kind.PRESENT) for part in between):
        return len(verbs) < 2
    return not any(part.index < high for part in verbs)


def _has_lasted(clause: Clause, word: Part, time: Part) -> bool:
    """Whether it is said that a row is still built that was built at a time: "are still built since 2021"."""
    return clause.any(Kind.PRESENT) and shares_verb(clause, word, time)


def not_yet(part: Part, verb: Part | None) -> Condition | None:
    """What had not begun by a time; none: of an end it says too little."""
    last = part.value.last
    if last is None or part.value.kind in TELLING or (verb is not None and verb.has(Kind.END)):
        return None
    return Between(Attribute.START, Bound(last.value, not last.inclusive, last.by_year), None)


def _told(clause: Clause, time: Time) -> Condition:
    """What a time says of rows that says itself what happened then."""
    first, last = time.first, time.last
    if time.kind == "ended":
        return Between(Attribute.END, first, last)
    if time.kind == "of":
        began = Between(Attribute.START, first, last)
        named = tuple(condition for part in clause.mentions for condition in part.value.conditions)
        # "The X of 2014" began then, or was built then.
        told = first is not None and not isinstance(first.value, (int, float, PartialDate))
        return began if told or not named or clause.count((*named, began)) else Overlaps(first, last)
    begun = Between(Attribute.START, None, Bound(first.value) if first is not None else None)
    return AllOf((begun, Overlaps(last if time.kind == "whole" else first)))


def _over(time: Time) -> Condition | None:
    """When what was no longer built at a time had ended; none: as any end is told."""
    match time.kind:
        case "in" if time.first is not None:
            return Between(Attribute.END, None, Bound(time.first.value, inclusive=False, by_year=time.first.by_year))
        case "after" | "since" if time.first is not None:
            return Between(Attribute.END, None, Bound(time.first.value, by_year=time.first.by_year))
    return None


def claimed_time(clause: Clause, part: Part) -> tuple[Condition, set[int]]:
    """What a time claims of its subject, and the verb that says so; both of its ends where both were named."""
    time: Time = part.value
    verb = verb_of(clause, part)
    if time.kind in TELLING:
        return _told(clause, time), set()
    if time.kind in RELATIVE:
        started, ended = (verb is not None and verb.has(kind) for kind in (Kind.START, Kind.END))
        return _same_time(clause, time, started, ended), set() if verb is None else {verb.index}
    if verb is not None:
        attribute = Attribute.START if verb.has(Kind.START) else Attribute.END
        first, last = time.first, time.last
        if time.kind == "until":
            first = last
        if time.kind == "by" or (time.kind == "in" and verb.has(Kind.OVER)):
            first = None  # what was over then had ended by then
        if time.kind == "since":
            last = first
        return Between(attribute, first, last), {verb.index}
    if _is_of_some(clause, part):
        return Overlaps(time.first, time.last), set()
    match time.kind:
        case "range":
            starts = Between(Attribute.START, time.first, time.first)
            ends = Between(Attribute.END, time.last, time.last)
            return AllOf((starts, ends)), set()
        case "by":
            return Between(Attribute.END, None, time.last), set()
        case "until":
            return Between(Attribute.END, time.last, time.last), set()
        case "since":
            return Between(Attribute.START, time.first, time.first), set()
    return Overlaps(time.first, time.last), set()


def _is_of_some(clause: Clause, part: Part) -> bool:
    """Whether it is asked of any of a kind if it was built then, not when all of a name began or ended."""
    if len(clause.mentions) != 1:
        return False
    named = clause.mentions[0]
    if named.quantifier is Kind.ANY or clause.before(named) is part:
        return True  # "have any X been built since …"; in some languages what is new stands behind the time
    facets = {rows.facet for rows in named.value.sets}
    return len(named.value.rows) > 1 and not facets & {None, Attribute.SERIES, Attribute.BRAND}


def _same_time(clause: Clause, time: Time, started: bool, ended: bool) -> Condition:
    """In the year in which other rows started or ended, or at any time while they were built; without these."""
    start = Get(Selection("models", time.anchor), (Attribute.START,))
    end = Get(Selection("models", time.anchor), (Attribute.END,))
    others = Not(all_of(time.anchor))
    if time.kind == "period":
        began, ended_in = Bound(start, by_year=True), Bound(end, by_year=True)
        return AllOf((Between(Attribute.START, began, began), Between(Attribute.END, ended_in, ended_in), others))
    running = Equals(Attribute.IN_PRODUCTION, (True,))
    last = None if clause.count((*time.anchor, running)) else Bound(end)
    if time.kind == "during" and (started or ended):
        return AllOf((Between(Attribute.START if started else Attribute.END, Bound(start), last), others))
    if started:
        year = Bound(start, by_year=True)
        return AllOf((Between(Attribute.START, year, year), others))
    if ended:
        year = Bound(end, by_year=True)
        return AllOf((Between(Attribute.END, year, year), others))
    return AllOf((Overlaps(Bound(start), last), others))


def is_included(clause: Clause, part: Part) -> bool:
    """Whether a time only says that it counts too: "since 2013, 2013 included"."""
    near = clause.parts[max(0, part.index - 1) : part.index + 2]
    return len(clause.times) > 1 and any(each.chunk is Chunk.WORD and each.has(Kind.INCLUDING) for each in near)


def only_during(clause: Clause, part: Part) -> Part | None:
    """The word that says that rows were built in a time alone, and neither before nor after: "built only in 2013"."""
    before = clause.before(part)
    while before.chunk is Chunk.WORD and before.has(Kind.BUILD, Kind.RUNNING, Kind.AUX) and not before.has(Kind.ONLY):
        before = clause.before(before)
    after = clause.after(part)
    for word in (before, after):
        if word.chunk is Chunk.WORD and word.has(Kind.ONLY) and not word.has(Kind.FILL, Kind.STILL):
            return word
    return None


def within(time: Time) -> Condition:
    """That rows began and ended in a time."""
    began = [Between(Attribute.START, time.first)] if time.first else []
    ended = [Between(Attribute.END, None, time.last)] if time.last else []
    return all_of([*began, *ended])


def timed_verbs(clause: Clause) -> set[int]:
    """The verbs of starting or ending that belong to a time."""
    verbs = (verb_of(clause, part) for part in clause.times)
    return {verb.index for verb in verbs if verb is not None}


def set_apart(clause: Clause) -> bool:
    """Whether two times are set against each other: "in 2014 compared with 2020", "more in 2014 than in 2020"."""
    if len(clause.times) != 2:
        return False
    one, other = clause.times
    between = clause.parts[one.index + 1 : other.index]
    joints = [part for part in between if part.chunk is Chunk.WORD]
    return any(part.has(Kind.VERSUS, Kind.THAN) and not part.has(Kind.OR) for part in joints)
