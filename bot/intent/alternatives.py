"""Conditions of one kind beside each other: what "or", "and" and commas between them make of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.intent.clause import Clause
from bot.intent.parts import Part, Time
from bot.intent.senses import Kind
from knowledge.query import AllOf, AnyOf, Attribute, Between, Condition, Equals
from knowledge.schema import PartialDate

JOINTS = (Kind.OR, Kind.AND)
VERBS = (Kind.START, Kind.END, Kind.BUILD)


@dataclass(frozen=True, slots=True)
class Run:
    """Parts that only joints, commas and verbs of their own stand between."""

    parts: tuple[Part, ...]
    joints: tuple[Part, ...] = ()
    """The words that join them."""
    own_verbs: bool = False
    """Whether a part after the first has a verb of its own: "started in … or ended in …"."""

    @property
    def denied(self) -> bool:
        """Whether all of them are denied by what denies the first: "not in 2010 or 2015"."""
        return self.parts[0].negated

    @property
    def chosen(self) -> bool:
        """Whether it is enough that one of them holds: "or" stands between them, and nothing denies them."""
        return any(part.has(Kind.OR) for part in self.joints) and not self.denied


def runs(clause: Clause, parts: Sequence[Part]) -> list[Run]:
    """Parts of one kind, those that belong together in one run each: "in 2013, 2014 or 2016"."""
    found: list[Run] = []
    for part in parts:
        between = clause.parts[found[-1].parts[-1].index + 1 : part.index] if found else []
        if found and _joins(between, part):
            run = found[-1]
            joints = tuple(each for each in between if each.has(*JOINTS))
            own = run.own_verbs or len(joints) < len(between)
            found[-1] = Run((*run.parts, part), (*run.joints, *joints), own)
        else:
            found.append(Run((part,)))
    return [split for run in found for split in ([run] if run.joints else [Run((part,)) for part in run.parts])]


def _joins(between: Sequence[Part], part: Part) -> bool:
    """Whether what stands before a part makes it one more of the kind before it."""
    if not between:
        return part.gap == 1
    return between[0].has(*JOINTS) and all(each.has(*JOINTS, *VERBS) for each in between)


def together(run: Run, conditions: Sequence[Condition], *, both: bool) -> tuple[Condition, ...]:
    """What the conditions of a run come to; ``both``: the clause says that each of them is to hold."""
    if len(conditions) < 2:
        return tuple(conditions)
    if run.chosen:
        return (AnyOf(tuple(conditions)),)
    if both or run.denied:
        return (AllOf(tuple(conditions)),)
    if run.own_verbs or (_half_open(run) and not contradict(conditions)):
        return tuple(conditions)  # "after 2010 and before 2015"
    return (AnyOf(tuple(conditions)),)


def _half_open(run: Run) -> bool:
    times = [part.value for part in run.parts if isinstance(part.value, Time)]
    return any((time.first is None) != (time.last is None) for time in times)


def contradict(conditions: Sequence[Condition]) -> bool:
    """Whether no row can fulfil two of the conditions: of ends in years apart, or an end of what is still built."""
    ranges = [condition for condition in conditions if isinstance(condition, Between)]
    built = Equals(Attribute.IN_PRODUCTION, (True,)) in conditions
    return (built and any(each.attribute == Attribute.END for each in ranges)) or any(
        _ends_before(one, other)
        for one in ranges
        for other in ranges
        if one is not other and one.attribute == other.attribute
    )


def _ends_before(one: Between, other: Between) -> bool:
    end, start = one.most, other.least
    if end is None or start is None:
        return False
    if isinstance(end.value, PartialDate) and isinstance(start.value, PartialDate):
        if end.by_year or start.by_year:
            return end.value.year < start.value.year
        return (end.value.year, end.value.month or 12) < (start.value.year, start.value.month or 1)
    return isinstance(end.value, int | float) and isinstance(start.value, int | float) and end.value < start.value
