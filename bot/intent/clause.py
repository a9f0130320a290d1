"""One clause of a question as the readers see it: its parts by type, what they select, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from bot.intent.parts import Best, Chunk, Mention, Part, Time
from bot.intent.senses import Kind
from knowledge.evaluation import evaluate
from knowledge.query import (
    Aggregate,
    AllOf,
    AnyOf,
    Attribute,
    AttributeName,
    Between,
    Bound,
    Condition,
    Equals,
    Get,
    IsKnown,
    Listing,
    Not,
    Overlaps,
    Query,
    Ranking,
    Selection,
)
from knowledge.relations import FACETS, Relations

FREE = frozenset(
    {
        Kind.FILL, Kind.LEAD, Kind.AUX, Kind.BUILD, Kind.PRODUCT_NOUN, Kind.MODEL_NOUN, Kind.PLANT,
        Kind.PLANT_NOUN, Kind.OWNER, Kind.TAG, Kind.IN, Kind.TO, Kind.BY, Kind.SINCE, Kind.UNTIL, Kind.AND,
        Kind.BOTH, Kind.FOLLOW, Kind.WHICH, Kind.LIST, Kind.THAN, Kind.BY_ATTRIBUTE, Kind.ONLY, Kind.INCLUDING,
        Kind.SOCIAL, Kind.DECADE_SUFFIX, Kind.BETWEEN, Kind.WHO, Kind.KNOWN,
    }
)  # fmt: skip
"""Words that narrow nothing by themselves: any reading explains them."""

BINDING = frozenset({Kind.FUTURE, Kind.COST})
"""Words that change what is asked even where they could be filling too."""

ROW_ATTRIBUTES = (
    Attribute.NAME, Attribute.CODE, Attribute.QUANTITY, Attribute.START, Attribute.END, Attribute.PERIOD,
    Attribute.DURATION, Attribute.REPLACES, Attribute.REPLACED_BY,
)  # fmt: skip

ASKING = frozenset(
    {Kind.WHICH, Kind.WHEN, Kind.WHEN_START, Kind.WHEN_END, Kind.HOW_MANY, Kind.HOW_LONG, Kind.LIST, Kind.WHY}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a clause: the query, which of its parts it explains, and how much it had to assume."""

    query: Query
    used: frozenset[int]
    defaults: int = 0
    rows: tuple[Condition, ...] = ()
    """The conditions of its subject, for questions that refer back to it."""


@dataclass
class Chosen:
    """A selection under construction, with the parts that it explains."""

    conditions: list[Condition] = field(default_factory=list)
    ranking: Ranking | None = None
    used: set[int] = field(default_factory=set)

    def selection(self) -> Selection:
        """What was chosen."""
        return Selection("models", tuple(self.conditions), self.ranking)


class Clause:
    """The parts of one clause."""

    def __init__(self, parts: Sequence[Part], relations: Relations, claimed: bool = False) -> None:
        """``claimed``: the clause says that something is so, whatever its words are."""
        self.parts = parts
        self.relations = relations
        self.claimed = claimed
        self._words: dict[Kind, list[Part]] = {}
        for part in parts:
            if part.chunk is Chunk.WORD:
                for kind in part.senses:
                    self._words.setdefault(kind, []).append(part)

    # -- parts by type ------------------------------------------------------------------------------------------

    def chunks(self, chunk: Chunk) -> list[Part]:
        """Parts of a type."""
        return [part for part in self.parts if part.chunk is chunk]

    def words(self, *kinds: Kind) -> list[Part]:
        """Single words that may be of one of these kinds."""
        if len(kinds) == 1:
            return self._words.get(kinds[0], [])
        found = {part.index: part for kind in kinds for part in self._words.get(kind, ())}
        return [found[index] for index in sorted(found)]

    def any(self, *kinds: Kind) -> bool:
        """Whether there is such a word."""
        return not self._words.keys().isdisjoint(kinds)

    @cached_property
    def mentions(self) -> list[Part]:
        """Names of rows that are not excluded, without those that only say what is included anyhow."""
        named = [part for part in self.chunks(Chunk.ROWS) if not part.negated]
        return [part for part in named if part.index not in self.included]

    @cached_property
    def included(self) -> frozenset[int]:
        """Names after "including" whose rows the names before hold already."""
        held: frozenset[int] = frozenset()
        found: set[int] = set()
        for part in self.chunks(Chunk.ROWS):
            before = self.parts[part.index - 1] if part.index else None
            including = before is not None and before.chunk is Chunk.WORD and before.has(Kind.INCLUDING)
            if including and part.value.rows <= held:
                found.add(part.index)
            elif not part.negated:
                held |= part.value.rows
        return frozenset(found)

    @cached_property
    def excluded(self) -> list[Part]:
        """Names of rows after a word of exclusion."""
        return [part for part in self.chunks(Chunk.ROWS) if part.negated]

    @cached_property
    def times(self) -> list[Part]:
        """Times."""
        return self.chunks(Chunk.TIME)

    @cached_property
    def limits(self) -> list[Part]:
        """Ranges of amounts."""
        return self.chunks(Chunk.LIMIT)

    @cached_property
    def bests(self) -> list[Part]:
        """Superlatives."""
        return self.chunks(Chunk.BEST)

    @cached_property
    def milestones(self) -> list[Part]:
        """References to milestones."""
        return self.chunks(Chunk.MILESTONE)

    @cached_property
    def polar(self) -> bool:
        """Whether yes or no is asked: it begins with a verb, or ends in "right?", and has no question word."""
        if self.claimed:
            return True
        if self.any(*ASKING - {Kind.LIST}):
            return False
        content = [part for part in self.parts if not part.has(Kind.FOLLOW, Kind.TAG, Kind.SOCIAL) or part.has(Kind.AUX)]
        starts = bool(content) and content[0].chunk is Chunk.WORD and content[0].has(Kind.AUX)
        if not starts and len(content) > 1 and content[0].chunk in (Chunk.ROWS, Chunk.MILESTONE):
            # "the X, is it still built?"; "X still built?"
            starts = any(part.has(Kind.AUX) and part.gap for part in content[1:3])
            starts = starts or (self.any(Kind.STILL) and not self.any(Kind.LIST, Kind.MODEL_NOUN, Kind.ATTRIBUTE, Kind.SUM))
        tags = self.words(Kind.TAG)
        return starts or any(
            part is self.parts[-1] or (part.index == 0 and not part.has(Kind.OR, Kind.AND, Kind.NOT)) for part in tags
        )

    def unexplained(self, used: Iterable[int]) -> list[Part]:
        """The parts with a meaning of their own that a reading leaves over."""
        explained = set(used) | self.included
        return [
            part
            for part in self.parts
            if part.index not in explained
            and not (part.chunk is Chunk.WORD and not part.has(*BINDING) and (part.has(*FREE) or self._refers(part)))
            and not (part.chunk is Chunk.NUMBER and self._counts_names(part))
        ]

    def _counts_names(self, part: Part) -> bool:
        """Whether a number says how many the names after it are: "the two Active Tourers F45 and U06"."""
        after = self.parts[part.index + 1] if part.index + 1 < len(self.parts) else None
        if after is None or after.chunk is not Chunk.ROWS or part.value.ordinal:
            return False
        rows = frozenset().union(*(mention.value.rows for mention in self.mentions))
        return len(rows) == part.value.value

    def _refers(self, part: Part) -> bool:
        """Whether a word only points to what the clause names itself: "it", "new", "the brand" of a named brand."""
        if part.has(Kind.THAT_YEAR):
            return bool(self.times)
        if part.has(Kind.IT, Kind.THOSE):
            return bool(self.mentions or self.milestones or self.bests or self.times or self.limits) or self.any(
                Kind.FACT, Kind.MODEL_NOUN
            )
        if part.has(Kind.ELSE):
            return any(time.value.anchor for time in self.times) or bool(self.excluded)
        if part.has(Kind.AGE_NEW, Kind.AGE_OLD):
            return bool(self.mentions) and all(
                len(mention.value.rows) == 1 and bool(mention.items) for mention in self.mentions
            )
        if part.has(Kind.ATTRIBUTE):
            facets = {rows.facet for each in self.chunks(Chunk.ROWS) for rows in each.value.sets}
            return bool(facets & set(part.senses[Kind.ATTRIBUTE]))
        return False

    # -- what happens to the rows -------------------------------------------------------------------------------

    def verb_of(self, part: Part, taken: set[int]) -> Part | None:
        """The verb of starting or ending that a time or a superlative belongs to: the nearest one, if any."""
        verbs = [v for v in self.words(Kind.START, Kind.END, Kind.BUILD) if not v.has(Kind.STILL)]
        if not verbs:
            return None
        nearest = min(verbs, key=lambda verb: (abs(verb.index - part.index), verb.index > part.index))
        return nearest if nearest.has(Kind.START, Kind.END) else None

    def time_condition(self, part: Part, verb: Part | None) -> Condition:
        """What a time says of rows: when they were in production, or began or ended to be."""
        time: Time = part.value
        started = verb is not None and verb.has(Kind.START)
        ended = verb is not None and verb.has(Kind.END)
        if time.kind in ("same", "period"):
            return self._same_time(time, started, ended)
        if verb is None or not (started or ended):
            if time.kind == "range" and time.first and time.last:
                # "ran from … to …" names both ends of a run; where no row has just these, any that ran then.
                exact = AllOf(
                    (
                        Between(Attribute.START, time.first, Bound(time.first.value)),
                        Between(Attribute.END, Bound(time.last.value), time.last),
                    )
                )
                if self.count((exact,)):
                    return exact
            return Overlaps(time.first, time.last)
        attribute = Attribute.START if verb.has(Kind.START) else Attribute.END
        return Between(attribute, time.first, time.last)

    def _same_time(self, time: Time, started: bool, ended: bool) -> Condition:
        """In the year in which other rows started or ended, or at any time while they were built; without these."""
        start = Get(Selection("models", time.anchor), (Attribute.START,))
        end = Get(Selection("models", time.anchor), (Attribute.END,))
        others = Not(_all(time.anchor))
        if time.kind == "period":
            first, last = Bound(start, by_year=True), Bound(end, by_year=True)
            return AllOf((Between(Attribute.START, first, first), Between(Attribute.END, last, last), others))
        if started:
            year = Bound(start, by_year=True)
            return AllOf((Between(Attribute.START, year, year), others))
        if ended:
            year = Bound(end, by_year=True)
            return AllOf((Between(Attribute.END, year, year), others))
        last = None if self.count((*time.anchor, Equals(Attribute.IN_PRODUCTION, (True,)))) else Bound(end)
        return AllOf((Overlaps(Bound(start), last), others))

    def timed_verbs(self) -> set[int]:
        """The verbs of starting or ending that belong to a time."""
        verbs = (self.verb_of(part, set()) for part in self.times)
        return {verb.index for verb in verbs if verb is not None}

    def count(self, conditions: Sequence[Condition]) -> int:
        """How many rows fulfil some conditions."""
        return len(evaluate(Listing(Selection("models", tuple(conditions))), self.relations).evidence)

    # -- selecting ----------------------------------------------------------------------------------------------

    def choose(self, mentions: Sequence[Part] | None = None, ranked: bool = True, timed: bool = True) -> Chosen:
        """The rows that the clause's names, times, limits and superlative select together."""
        chosen = Chosen()
        named = self.mentions if mentions is None else mentions
        named = [part for part in named if part.index not in self.measured]
        condition = self.united(named)
        if condition is not None:
            chosen.conditions.extend(condition)
            chosen.used.update(part.index for part in named)
            if len(named) > 1:
                chosen.used.update(part.index for part in self.words(Kind.OR, Kind.AND))
        for part in self.excluded:
            chosen.conditions.append(Not(_all(part.value.conditions)))
            chosen.used.add(part.index)
            chosen.used.add(part.index - 1)
        if self.excluded:
            chosen.used.update(part.index for part in self.words(Kind.NOT, Kind.ELSE))
        if timed:
            self._times(chosen)
        self._limits(chosen)
        self._relative(chosen)
        self._unknown(chosen)
        self._still(chosen)
        self._ended(chosen)
        if ranked:
            self._ranking(chosen)
        self._age(chosen)
        self._counted(chosen)
        return chosen

    def united(self, named: Sequence[Part]) -> list[Condition] | None:
        """The conditions of several names: narrowing each other where they can, else each of them."""
        if not named:
            return None
        groups = self.groups(named)
        if len(groups) == 1:
            return list(groups[0].conditions)
        if self._contradicts(named):
            return [condition for group in groups for condition in group.conditions]
        return [AnyOf(tuple(_all(group.conditions) for group in groups))]

    def _contradicts(self, named: Sequence[Part]) -> bool:
        """Whether names that stand side by side, as for one thing, name nothing together: "1 Series sedan"."""
        return len(named) == 2 and named[1].link is None and not named[1].gap and named[1].index == named[0].index + 1

    def _widened(self, mention: Mention) -> Mention:
        """Asked for the versions of something, a name means all rows that have it as a facet's value."""
        wider = mention.sets[0].wider if len(mention.sets) == 1 else None
        if wider is None or not self.any(Kind.MODEL_NOUN) or self.polar:
            return mention
        return Mention(wider.rows, (wider.condition,), (wider,))

    def groups(self, named: Sequence[Part]) -> list[Mention]:
        """Names as the sides that they make: "2 Series … convertible" is one, "X and Y" are two."""
        groups: list[Mention] = []
        for part in named:
            mention: Mention = self._widened(part.value)
            if groups and part.link is None:
                shared = groups[-1].rows & mention.rows
                if shared:
                    joined = (*groups[-1].conditions, *mention.conditions)
                    groups[-1] = Mention(shared, joined, (*groups[-1].sets, *mention.sets))
                    continue
            if groups and part.link in (Kind.AND, Kind.OR):
                mention = self._inheriting(groups, mention)
            groups.append(mention)
        return self._apart(groups)

    def _inheriting(self, groups: list[Mention], mention: Mention) -> Mention:
        """In "1 Series coupé and convertible" the second takes the series from the first."""
        before = groups[-1]
        own = {rows.facet for rows in mention.sets}
        if mention.exact or any(rows.exact for rows in before.sets):
            return mention
        for rows in before.sets:
            if rows.facet and rows.facet not in own and len(before.sets) > 1 and rows.rows & mention.rows:
                mention = Mention(
                    rows.rows & mention.rows, (rows.condition, *mention.conditions), (*mention.sets, rows)
                )
        return mention

    def _apart(self, groups: list[Mention]) -> list[Mention]:
        """Where one side holds another, it means only the row that bears its very name."""
        apart: list[Mention] = []
        for group in groups:
            others = [other for other in groups if other is not group and other.rows < group.rows]
            exact = [rows for rows in group.sets if rows.exact]
            if others and exact and exact[0].rows < group.rows:
                apart.append(Mention(exact[0].rows, (exact[0].condition,), (exact[0],)))
            else:
                apart.append(group)
        return apart

    def _times(self, chosen: Chosen) -> None:
        for place, part in enumerate(self.times):
            verb = self.verb_of(part, chosen.used)
            condition = self.time_condition(part, verb)
            before = self.times[place - 1] if place else None
            joint = self.parts[part.index - 1]
            if before is not None and joint.index == before.index + 1 and joint.has(Kind.OR, Kind.AND):
                # "in 2020 or 2021": the second year is another of the same kind.
                verb = self.verb_of(before, chosen.used)
                both = (chosen.conditions.pop(), self.time_condition(part, verb))
                condition = AllOf(both) if self.any(Kind.BOTH) and joint.has(Kind.AND) else AnyOf(both)
                chosen.used.add(joint.index)
            chosen.conditions.append(Not(condition) if part.negated else condition)
            chosen.used.add(part.index)
            if verb is not None:
                chosen.used.add(verb.index)
            if part.negated:
                chosen.used.add(part.index - 1)

    def _limits(self, chosen: Chosen) -> None:
        if self.limits:
            chosen.used.update(part.index for part in self.words(Kind.REACH))
        for part in self.limits:
            limit = part.value
            condition: Condition = Between(limit.attribute or Attribute.QUANTITY, limit.least, limit.most)
            chosen.conditions.append(Not(condition) if part.negated else condition)
            chosen.used.add(part.index)
            if part.negated:
                chosen.used.add(part.index - 1)
            if limit.attribute in (None, Attribute.QUANTITY):
                names = [w for w in self.words(Kind.ATTRIBUTE) if Attribute.QUANTITY in w.senses[Kind.ATTRIBUTE]]
                chosen.used.update(word.index for word in names)

    def _still(self, chosen: Chosen) -> None:
        for part in self.words(Kind.STILL):
            before = self.parts[part.index - 1] if part.index else None
            denied = before is not None and before.chunk is Chunk.WORD and before.has(Kind.NOT)
            chosen.conditions.append(Equals(Attribute.IN_PRODUCTION, (not denied,)))
            chosen.used.add(part.index)
            if denied and before is not None:
                chosen.used.add(before.index)
            break
        chosen.used.update(part.index for part in self.words(Kind.STILL))

    @cached_property
    def measured(self) -> frozenset[int]:
        """Names that others are measured by: "which models were built more often than the X"."""
        last = self.mentions[-1] if self.mentions else None
        choosing = self.any(Kind.WHICH, Kind.LIST, Kind.HOW_MANY) and self.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN)
        if last is None or not choosing or self.polar or len(self.groups(self.mentions)) > 1:
            return frozenset()
        before = [part for part in self.parts[: last.index] if part.chunk is Chunk.WORD]
        than = before and before[-1].index == last.index - 1 and before[-1].has(Kind.THAN, Kind.BOUND)
        ordered = any(part.has(Kind.COMPARATIVE, Kind.BOUND) for part in before)
        return frozenset({last.index}) if than and ordered else frozenset()

    def _relative(self, chosen: Chosen) -> None:
        """Bounds that another row or the mean sets."""
        target: Query | None = None
        attribute: AttributeName = Attribute.QUANTITY
        direction = "most"
        compared = self.words(Kind.COMPARATIVE)
        if compared:
            order = compared[0].senses[Kind.COMPARATIVE]
            attribute, direction = order.attribute, order.direction
        bounds = [part for part in self.words(Kind.BOUND) if part.senses[Kind.BOUND] in ("above", "below")]
        if bounds and not compared:
            direction = "most" if bounds[0].senses[Kind.BOUND] == "above" else "least"
        for part in self.parts:
            if part.index in self.measured:
                target = Get(Selection("models", part.value.conditions), (attribute,))
                chosen.used.add(part.index)
        means = self.words(Kind.MEAN)
        if target is None and means and (bounds or compared):
            target = Aggregate("mean", attribute, Selection())
        if target is None:
            return
        edge = Bound(target, inclusive=False)
        chosen.conditions.append(
            Between(attribute, edge, None) if direction == "most" else Between(attribute, None, edge)
        )
        chosen.used.update(part.index for part in (*compared, *bounds, *means, *self.words(Kind.ATTRIBUTE)))

    def _unknown(self, chosen: Chosen) -> None:
        """Rows of which the file does not give a value."""
        missing = self.words(Kind.NOT_KNOWN)
        asked = [part for part in self.words(Kind.ATTRIBUTE) if self.row_attributes & set(part.senses[Kind.ATTRIBUTE])]
        if not missing or not (self.any(Kind.WHICH, Kind.LIST, Kind.HOW_MANY) and self.any(Kind.MODEL_NOUN)):
            return
        names = [name for part in asked for name in part.senses[Kind.ATTRIBUTE] if name in self.row_attributes]
        chosen.conditions.append(Not(IsKnown(names[0] if names else Attribute.QUANTITY)))
        chosen.used.update(part.index for part in (*missing, *asked))

    def _ended(self, chosen: Chosen) -> None:
        """In "units of all discontinued models" the verb says which models."""
        ended = [part for part in self.words(Kind.END) if part.index not in chosen.used and not self._asks(part)]
        asked = self.any(Kind.HOW_MANY, Kind.SUM, Kind.MEAN, Kind.SHARE, Kind.LIST, Kind.WHICH) or bool(self.bests)
        asked = asked or (self.any(Kind.PRODUCT_NOUN) and self.any(Kind.MODEL_NOUN))
        if not ended or not asked or self.any(Kind.WHEN, Kind.WHEN_END, Kind.HOW_LONG, Kind.STILL, Kind.DIFFERENCE):
            return
        if not (self.any(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN) or self.mentions):
            return
        if any(best.value.attribute in (Attribute.START, Attribute.END) for best in self.bests):
            return
        if self.any(Kind.START) or (self.mentions and all(part.value.exact for part in self.mentions)):
            return
        before = self.parts[ended[0].index - 1] if ended[0].index else None
        denied = before is not None and before.chunk is Chunk.WORD and before.has(Kind.NOT)
        chosen.conditions.append(Equals(Attribute.IN_PRODUCTION, (denied,)))
        chosen.used.update(part.index for part in ended)
        if denied and before is not None:
            chosen.used.add(before.index)

    def _age(self, chosen: Chosen) -> None:
        """Of several rows of a name, the new one or the old one."""
        words = [part for part in self.words(Kind.AGE_NEW, Kind.AGE_OLD) if part.index not in chosen.used]
        if not words or chosen.ranking or not self.mentions or self.count(chosen.conditions) < 2:
            return
        chosen.ranking = Ranking(Attribute.START, "most" if words[0].has(Kind.AGE_NEW) else "least")
        chosen.used.update(part.index for part in words)

    def _counted(self, chosen: Chosen) -> None:
        """A number that only says how many there are: "the two Gran Coupés", "all four models that ended then"."""
        for part in self.chunks(Chunk.NUMBER):
            amount = part.value
            following = self.parts[part.index + 1 :]
            if amount.ordinal or not following or amount.value > 100:
                continue
            after = following[0]
            if after.chunk is Chunk.ROWS or after.has(Kind.MODEL_NOUN, Kind.PRODUCT_NOUN):
                if self.count(chosen.conditions) == amount.value:
                    chosen.used.add(part.index)

    def _ranking(self, chosen: Chosen) -> None:
        ordinals = [part for part in self.chunks(Chunk.NUMBER) if part.value.ordinal and part.value.value <= 100]
        if not self.bests:
            self._place_without_superlative(chosen, ordinals)
            return
        part = self.bests[0]
        best: Best = part.value
        if ordinals and best.position == 1:
            best = replace(best, position=int(ordinals[0].value.value))
            chosen.used.add(ordinals[0].index)
        attribute = best.attribute
        verbs = [v for v in self.words(Kind.START, Kind.END) if v.index not in chosen.used]
        if attribute in (Attribute.START, Attribute.END) and verbs and not self.any(Kind.WHEN):
            # "ended first", "stopped last": the verb says of what the superlative is the first or the last.
            nearest = min(verbs, key=lambda verb: abs(verb.index - part.index))
            if abs(nearest.index - part.index) <= 3:
                attribute = Attribute.START if nearest.has(Kind.START) else Attribute.END
                chosen.used.add(nearest.index)
        chosen.ranking = Ranking(attribute, best.direction, best.position, best.count)
        chosen.used.add(part.index)

    def _place_without_superlative(self, chosen: Chosen, ordinals: Sequence[Part]) -> None:
        """ "Which is second", and of several rows of one name "which is more"."""
        if ordinals and self.any(Kind.WHICH):
            chosen.ranking = Ranking(Attribute.QUANTITY, "most", int(ordinals[0].value.value))
            chosen.used.add(ordinals[0].index)
        compared = self.words(Kind.COMPARATIVE)
        if compared and self.any(Kind.WHICH) and len(self.groups(self.mentions)) == 1 and len(self.mentions[0].value.rows) > 1:
            order = compared[0].senses[Kind.COMPARATIVE]
            attribute = order.attribute
            verbs = [v for v in self.words(Kind.START, Kind.END) if v.index not in chosen.used]
            if verbs and attribute == Attribute.START:
                attribute = Attribute.START if verbs[0].has(Kind.START) else Attribute.END
                chosen.used.add(verbs[0].index)
            chosen.ranking = Ranking(attribute, order.direction)
            chosen.used.update(part.index for part in compared)

    # -- what is asked ------------------------------------------------------------------------------------------

    def attributes(self, taken: set[int]) -> tuple[list[AttributeName], set[int]]:
        """The attributes that the clause asks for, and the words that ask for them."""
        asked: list[AttributeName] = []
        used: set[int] = set()
        starts = [part for part in self.words(Kind.START) if part.index not in taken]
        ends = [part for part in self.words(Kind.END) if part.index not in taken and not self._asks(part)]
        for part in self.words(Kind.WHEN, Kind.WHEN_START, Kind.WHEN_END, Kind.HOW_LONG, Kind.HOW_MANY, Kind.ATTRIBUTE):
            if part.index in taken or (part.has(Kind.ATTRIBUTE) and self._refers(part)):
                continue
            if part.has(Kind.WHEN_START):
                asked.append(Attribute.START)
            elif part.has(Kind.WHEN_END):
                asked.append(Attribute.END)
            elif part.has(Kind.WHEN):
                if starts or ends:
                    asked += [Attribute.START] * bool(starts) + [Attribute.END] * bool(ends)
                else:
                    asked.append(Attribute.PERIOD)
            elif part.has(Kind.HOW_LONG):
                asked.append(Attribute.DURATION)
            elif part.has(Kind.COST) and not self.any(Kind.ATTRIBUTE, Kind.SUM, Kind.SHARE, Kind.DIFFERENCE):
                continue  # "how much is it" asks for a price
            elif part.has(Kind.HOW_MANY):
                asked.append(Attribute.QUANTITY)
            else:
                known = [name for name in part.senses[Kind.ATTRIBUTE] if name in self.row_attributes]
                if not known and not self._is_precision(part):
                    continue
                if known:
                    lasting = known[0] == Attribute.PERIOD and bool(self.words(Kind.UNIT))
                    asked.append(Attribute.DURATION if lasting else known[0])
                    used.update(unit.index for unit in self.words(Kind.UNIT) if lasting)
                elif not (starts or ends):
                    asked.append(Attribute.PERIOD)
            used.add(part.index)
        asked += self._succession(used)
        if not asked or all(attribute in (Attribute.START, Attribute.END, Attribute.PERIOD) for attribute in asked):
            asked += [Attribute.START] * bool(starts) + [Attribute.END] * bool(ends)
        if {Attribute.START, Attribute.END, Attribute.PERIOD} & set(asked):
            used.update(part.index for part in self.words(Kind.UNIT))
        if Attribute.START in asked or Attribute.PERIOD in asked:
            used.update(part.index for part in starts)
        if Attribute.END in asked or Attribute.PERIOD in asked:
            used.update(part.index for part in ends)
        return list(dict.fromkeys(asked)), used

    def _asks(self, part: Part) -> bool:
        """Whether a word is the name of an attribute of this file's rows, whatever else it may be."""
        return bool(self.row_attributes & set(part.senses.get(Kind.ATTRIBUTE, ())))

    def _is_precision(self, part: Part) -> bool:
        return bool({"day", "month"} & set(part.senses.get(Kind.ATTRIBUTE, ())))

    @cached_property
    def precision(self) -> Literal["year", "month", "day"]:
        """How exactly the clause asks for a date."""
        names = {name for part in self.words(Kind.ATTRIBUTE) for name in part.senses[Kind.ATTRIBUTE]}
        return "day" if "day" in names else "month" if "month" in names else "year"

    def _succession(self, used: set[int]) -> list[AttributeName]:
        """What replaced what: "what replaced the X" asks for its successor, "what did the X replace" for the other."""
        if not self.mentions:
            return []
        for part in self.words(Kind.REPLACE, Kind.REPLACED_BY):
            used.add(part.index)
            before = self.mentions[0].index < part.index
            active = part.has(Kind.REPLACE) and not part.has(Kind.REPLACED_BY)
            return [Attribute.REPLACES if before is active else Attribute.REPLACED_BY]
        return []

    @cached_property
    def row_attributes(self) -> frozenset[AttributeName]:
        """The attributes that rows of this file may have."""
        return frozenset({*ROW_ATTRIBUTES, *self.facets()})

    def facets(self) -> tuple[AttributeName, ...]:
        """The facets that rows of this file have."""
        own = {name for model in self.relations.knowledge.models for name in model.facets}
        return (*FACETS, *sorted(own))


def _all(conditions: Sequence[Condition]) -> Condition:
    return conditions[0] if len(conditions) == 1 else AllOf(tuple(conditions))

