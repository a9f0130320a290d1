"""One clause of a question as the readers see it: its parts by type, what they select, and what is asked of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.intent.negation import denial_of
from bot.intent.parts import Chunk, Mention, Part, places_of
from bot.intent.senses import NOUNS, Kind
from knowledge.evaluation import selected
from knowledge.query import (
    Attribute,
    AttributeName,
    Condition,
    Query,
    Selection,
)
from knowledge.relations import Relations

FREE = frozenset(
    {
        Kind.FILL, Kind.PAST,
        Kind.LEAD, Kind.CLOSING, Kind.AUX, Kind.BUILD, Kind.RUNNING, Kind.PRODUCT_NOUN, Kind.MODEL_NOUN,
        Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER, Kind.TAG, Kind.IN, Kind.TO, Kind.BY, Kind.SINCE, Kind.UNTIL, Kind.AND,
        Kind.BOTH, Kind.FOLLOW, Kind.WHICH, Kind.LIST, Kind.THAN, Kind.BY_ATTRIBUTE, Kind.ONLY, Kind.INCLUDING,
        Kind.SOCIAL, Kind.THERE, Kind.DECADE_SUFFIX, Kind.BETWEEN, Kind.WHO, Kind.KNOWN,
    }
)  # fmt: skip
"""Words that narrow nothing by themselves: any reading explains them."""

TALK = FREE | {Kind.NARRATOR}
"""Beside these meanings, talk stays talk."""

SETTING_APART = (
    Kind.DIFFERENCE, Kind.ELAPSED, Kind.RATIO, Kind.COMPARATIVE, Kind.COMPARE, Kind.VERSUS, Kind.CHANGE, Kind.SHARE,
    Kind.HOW_LONG, Kind.WHEN, Kind.SAME_TIME,
)  # fmt: skip
"""Words that set two names apart, between which nothing else is asked for."""

BINDING = frozenset({Kind.FUTURE, Kind.SPECIFICATION})
"""Words that change what is asked even where they could be filling too."""

ROW_ATTRIBUTES = (
    Attribute.NAME, Attribute.CODE, Attribute.QUANTITY, Attribute.START, Attribute.END, Attribute.PERIOD,
    Attribute.DURATION, Attribute.REPLACES, Attribute.REPLACED_BY,
)  # fmt: skip

SUCCESSION = (Attribute.REPLACES, Attribute.REPLACED_BY)

ASKING = frozenset(
    {Kind.WHICH, Kind.WHEN, Kind.WHEN_START, Kind.WHEN_END, Kind.HOW_MANY, Kind.HOW_LONG, Kind.LIST, Kind.WHY}
)

QUESTION_WORDS = ASKING - {Kind.LIST}


LEAST_ASSERTED = 100
"""A smaller number before a name counts names or is a part of one."""

NOTHING = Part(Chunk.WORD, None, "", index=-1)
"""What stands before the first part of a clause and after its last one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a clause: the query, which of its parts it explains, and how much it had to assume."""

    query: Query
    used: frozenset[int]
    defaults: int = 0
    rows: tuple[Condition, ...] = ()
    """The conditions of its subject, for questions that refer back to it."""


class Clause:
    """The parts of one clause."""

    def __init__(self, parts: Sequence[Part], relations: Relations, claimed: bool = False) -> None:
        """``claimed``: the clause says that something is so, whatever its words are."""
        self.parts = parts
        self.relations = relations
        self.claimed = claimed
        self.chosen: dict[object, object] = {}
        """What was selected before, by what was asked for."""
        self.sides: dict[tuple[int, ...], list[Mention]] = {}
        """The sides that some names make, by the places of these."""
        self.measured: frozenset[int] | None = None
        """The names that others are measured by, once they were looked for."""
        self._keys: dict[frozenset[int], tuple[str, ...]] = {}
        self._words: dict[Kind, list[Part]] = {}
        self._chunks: dict[Chunk, list[Part]] = {}
        for part in parts:
            self._chunks.setdefault(part.chunk, []).append(part)
        for part in self.chunks(Chunk.WORD):
            for kind in part.senses:
                self._words.setdefault(kind, []).append(part)
        self.times = self.chunks(Chunk.TIME)
        self.limits = self.chunks(Chunk.LIMIT)
        self.bests = self.chunks(Chunk.BEST)
        """Superlatives."""
        self.milestones = self.chunks(Chunk.MILESTONE)
        names = self.chunks(Chunk.ROWS)
        self.excluded = [part for part in names if part.negated]
        """Names of rows after a word of exclusion."""
        self.included = self._included(names)
        """Names after "including" whose rows the names before hold already."""
        self.mentions = [part for part in names if not part.negated and part.index not in self.included]
        """Names of rows that are not excluded, without those that only say what is included anyhow."""

    def before(self, part: Part) -> Part:
        """The part before another one; before the first one stands nothing, which has no meaning."""
        return self.parts[part.index - 1] if part.index else NOTHING

    def after(self, part: Part) -> Part:
        """The part after another one; after the last one stands nothing, which has no meaning."""
        return self.parts[part.index + 1] if part.index + 1 < len(self.parts) else NOTHING

    def denial(self, part: Part) -> frozenset[int]:
        """The place of the word that denies a part; nothing if none does."""
        place = denial_of(self.parts, part.index)
        return frozenset() if place is None else frozenset({place})

    def chunks(self, chunk: Chunk) -> list[Part]:
        """Parts of a type."""
        return self._chunks.get(chunk, [])

    def words(self, *kinds: Kind) -> list[Part]:
        """Single words that may be of one of these kinds."""
        if len(kinds) == 1:
            return self._words.get(kinds[0], [])
        if self._words.keys().isdisjoint(kinds):
            return []
        found = {part.index: part for kind in kinds for part in self._words.get(kind, ())}
        return [found[index] for index in sorted(found)]

    def places(self, *kinds: Kind) -> set[int]:
        """The places of such words."""
        return places_of(self.words(*kinds))

    def naming(self, *attributes: AttributeName) -> list[Part]:
        """Words that name one of these attributes."""
        return [
            part for part in self.words(Kind.ATTRIBUTE) if not set(attributes).isdisjoint(part.senses[Kind.ATTRIBUTE])
        ]

    def any(self, *kinds: Kind) -> bool:
        """Whether there is such a word."""
        return not self._words.keys().isdisjoint(kinds)

    @property
    def unknown(self) -> int:
        """How many words mean nothing here, so that no reading explains them."""
        return len(self.words(Kind.UNKNOWN))

    def _included(self, names: Sequence[Part]) -> frozenset[int]:
        """Names whose rows the names before hold already: after "including", or where they only spell these out."""
        if len(names) < 2:
            return frozenset()
        held: frozenset[int] = frozenset()
        found: set[int] = set(_spelt_out(names))
        for part in names if self.any(Kind.INCLUDING) else ():
            before = self.before(part)
            including = before.chunk is Chunk.WORD and before.has(Kind.INCLUDING)
            if including and part.value.rows <= held:
                found.add(part.index)
            elif not part.negated:
                held |= part.value.rows
        return frozenset(found)

    @cached_property
    def polar(self) -> bool:
        """Whether yes or no is asked: it begins with a verb, or ends in "right?", and has no question word."""
        if self.claimed or (self.parts and self.parts[0].has(Kind.WRONG)):
            return True
        if any(not self._is_relative(part) for part in self.words(*QUESTION_WORDS)):
            return False
        content = [
            part for part in self.parts if not part.has(Kind.FOLLOW, Kind.TAG, Kind.SOCIAL) or part.has(Kind.AUX)
        ]
        starts = bool(content) and content[0].chunk is Chunk.WORD and content[0].has(Kind.AUX)
        if not starts and len(content) > 1 and content[0].chunk in (Chunk.ROWS, Chunk.MILESTONE):
            # "the X, is it still built?"; "X still built?"
            starts = any(part.has(Kind.AUX) and part.gap for part in content[1:3])
            starts = starts or (
                self.any(Kind.STILL) and not self.any(Kind.LIST, Kind.MODEL_NOUN, Kind.ATTRIBUTE, Kind.SUM)
            )
        tags = self.words(Kind.TAG)
        return (
            starts
            or self._declares(content)
            or self._asserts(content)
            or any(
                part is self.parts[-1]
                or (part.index == 0 and not part.has(Kind.OR, Kind.AND, Kind.NOT) and not self.any(Kind.ATTRIBUTE))
                for part in tags
            )
        )

    def _is_relative(self, part: Part) -> bool:
        """Whether a question word only goes on about what stands before it: "a year in which …"."""
        if part.has(Kind.SAME_TIME):
            # "Did the X start when the Y ended": a time, told by what happened then.
            told = any(each.has(Kind.START, Kind.END) for each in self.parts[1 : part.index])
            rest = self.parts[part.index + 1 :]
            return self.parts[0].has(Kind.AUX) and told and any(each.has(Kind.START, Kind.END) for each in rest)
        before = [each for each in self.parts[: part.index] if not each.has(Kind.IN)]
        return part.has(Kind.WHICH) and bool(before) and before[-1].has(Kind.UNIT, Kind.YEAR_OF, Kind.MODEL_NOUN)

    def _declares(self, content: Sequence[Part]) -> bool:
        """Whether it says something of what it names first, as if it were so: "the X is the most built"."""
        if len(content) < 3 or content[0].chunk not in (Chunk.ROWS, Chunk.MILESTONE) or not content[0].items:
            return False
        verb, said = content[1], content[2:]
        if verb.chunk is not Chunk.WORD or not verb.has(Kind.AUX) or verb.gap or self.any(Kind.LIST, Kind.ATTRIBUTE):
            return False
        told = (Chunk.BEST, Chunk.TIME, Chunk.LIMIT)
        return any(part.chunk in told for part in said) and not self.any(Kind.SUM, Kind.MEAN, Kind.OR, Kind.HOW)

    def _asserts(self, content: Sequence[Part]) -> bool:
        """Whether it only says an amount before a name, as if there were so many: "16,581 X in total"."""
        amount = content[0] if content else NOTHING
        if amount.chunk is not Chunk.NUMBER or amount.value.ordinal or amount.value.value < LEAST_ASSERTED:
            return False
        named = len(content) > 1 and content[1].chunk is Chunk.ROWS and not content[1].negated
        rest = content[2:]
        return named and all(part.chunk is Chunk.WORD and part.has(Kind.SUM, Kind.BUILD, Kind.FILL) for part in rest)

    def unexplained(self, used: Collection[int]) -> list[Part]:
        """The parts with a meaning of their own that a reading leaves over."""
        return [part for part in self._meaningful if part.index not in used]

    @cached_property
    def _meaningful(self) -> list[Part]:
        """The parts with a meaning of their own."""
        return [
            part
            for part in self.parts
            if self._excludes(part) or (part.index not in self.included and not self._is_idle(part))
        ]

    def _excludes(self, part: Part) -> bool:
        """Whether a word says that something is so of these rows alone; beside an amount it may only call it small."""
        if part.chunk is not Chunk.WORD or not part.has(Kind.ONLY) or part.has(Kind.FILL, Kind.STILL):
            return False
        if not self.polar:
            return self._before_time(part) and not self.parts[0].has(Kind.FOLLOW)
        after = self.after(part)
        named = after.chunk is Chunk.ROWS or after.has(Kind.MODEL_NOUN, Kind.ONE)
        return named or not (self.limits or self.chunks(Chunk.NUMBER))

    def _before_time(self, part: Part) -> bool:
        """Whether a time follows, with nothing but verbs between."""
        after = self.after(part)
        while after.chunk is Chunk.WORD and after.has(Kind.BUILD, Kind.RUNNING, Kind.AUX):
            after = self.after(after)
        return after.chunk is Chunk.TIME and not after.gap

    def _is_idle(self, part: Part) -> bool:
        """Whether a part narrows nothing by itself."""
        if part.chunk is Chunk.WORD:
            kinds = set(part.senses)
            if Kind.WRONG in kinds and part.index == 0:
                return False
            if Kind.DENIAL in kinds and self.is_told_so(part):
                return False
            if Kind.SOCIAL in kinds and not kinds <= TALK:
                return self.refers(part)  # "later" is a farewell, but beside other words it says which one
            if Kind.NONE in kinds and (self.after(part).chunk is Chunk.ROWS or self.after(part).has(*NOUNS)):
                return False
            if self.lacks(part):
                return False
            if Kind.SAME_TIME in kinds and not part.has(Kind.WHEN) and self._is_of_models_alone():
                return False  # "how many models at the same time": how many there were at most is not computed
            if not kinds.isdisjoint((Kind.BETWEEN, Kind.UNTIL)) and self._spans_names(part):
                return False
            if Kind.PLANT_NOUN in kinds and self.any(Kind.WHO) and self.before(part).has(Kind.BUILD, Kind.RUNNING):
                return False  # "who runs the plant": a person
            if Kind.PLANT_NOUN in kinds and self._is_counted(part):
                return False  # "how many factories": how many there are of them, no figure of theirs
            if not kinds.isdisjoint((Kind.START, Kind.END)) and Kind.FILL not in kinds:
                kinds = kinds - {Kind.SINCE}  # "began" tells of a row, "beginning in" of a time
            if Kind.NOT in kinds and part.index > 0:
                kinds = kinds - {Kind.AUX}  # "weren't" denies; only at the beginning it asks, as "isn't it" does
            if Kind.OR in kinds and self._chooses(part):
                kinds = kinds - {Kind.TAG, Kind.FOLLOW}  # only at an end "or" asks whether it is so, or goes on
            if Kind.COMPARATIVE in kinds and Kind.FILL not in kinds:
                kinds = kinds - {Kind.THAN}  # "fewer than" compares, whatever "than" does
            return kinds.isdisjoint(BINDING) and (not kinds.isdisjoint(FREE) or self.refers(part))
        return part.chunk is Chunk.NUMBER and self.counts_names(part)

    def is_told_so(self, part: Part) -> bool:
        """Whether a verb that denies stands behind what it is said of: "the X wasn't …" is no "wasn't the X …"."""
        named = (Chunk.ROWS, Chunk.MILESTONE, Chunk.TIME)
        before = self.parts[: part.index]
        return self.polar and any(each.chunk in named or each.has(Kind.PLANT, *NOUNS) for each in before)

    def lacks(self, part: Part) -> bool:
        """Whether a word says that rows have no value of the attribute behind it: "no body", "no known end"."""
        return self.lacked(part) is not None

    def lacked(self, part: Part) -> tuple[AttributeName, set[int]] | None:
        """The attribute of which rows have no value by a word of denial, and the places of the words for that."""
        if part.chunk is not Chunk.WORD or not part.has(Kind.NOT, Kind.NOT_KNOWN):
            return None
        before, after = self.before(part), self.after(part)
        places = {part.index}
        known = part.has(Kind.NOT_KNOWN)
        if after.has(Kind.KNOWN) and after.chunk is Chunk.WORD:
            places.add(after.index)
            known, after = True, self.after(after)
        if part.has(Kind.NOT_KNOWN) and not after.has(Kind.START, Kind.END, Kind.ATTRIBUTE):
            after = self.before(before) if before.has(Kind.AUX) and before.chunk is Chunk.WORD else before
        if after.chunk is not Chunk.WORD or (after.gap and after.index > part.index):
            return None
        attributes = self.row_attributes | self.relations.details
        names = [name for name in after.senses.get(Kind.ATTRIBUTE, ()) if name in attributes]
        if not known and not part.has(Kind.NONE) and (self.mentions or self.polar):
            return None  # some words for "no" are also short for "a"
        if known and not names and after.has(Kind.START, Kind.END) and not after.has(Kind.STILL):
            names = [Attribute.START if after.has(Kind.START) else Attribute.END]
        elif not known:
            names = [name for name in names if name not in ROW_ATTRIBUTES or name in SUCCESSION]
        return (names[0], places | {after.index}) if names else None

    def _spans_names(self, part: Part) -> bool:
        """Whether what lies from one name to another is meant: "how many models between the X and the Y"."""
        if self.after(part).chunk is not Chunk.ROWS or not self.any(Kind.HOW_MANY, Kind.LIST, Kind.WHICH):
            return False
        if part.has(Kind.BETWEEN):
            return self.any(Kind.MODEL_NOUN) and not (self.bests or self.any(*SETTING_APART))
        return self.before(part).chunk is Chunk.ROWS and not self.any(*SETTING_APART)

    def _is_of_models_alone(self) -> bool:
        named = self.chunks(Chunk.ROWS) or self.times or self.milestones
        return self.any(Kind.MODEL_NOUN) and not named and (self.any(Kind.HOW_MANY) or self.polar)

    def _chooses(self, part: Part) -> bool:
        """Whether "or" stands between two things, and not between two units of one: "months or years"."""
        after = self.after(part)
        return part.index > 0 and after is not NOTHING and not after.has(Kind.UNIT)

    def _is_counted(self, part: Part) -> bool:
        """Whether it is asked how many there are of what a word names."""
        before = self.before(part)
        return before.has(Kind.HOW_MANY) and not part.gap and not self.any(Kind.BUILD)

    def counts_names(self, part: Part) -> bool:
        """Whether a number says how many the names after it are: "the two Active Tourers F45 and U06"."""
        after = self.after(part)
        if part.value.ordinal:
            return False
        if self.any(Kind.WHICH) and part.value.value == len(self.mentions) > 1:
            return True  # "which of the two, X or Y"
        if after.chunk is not Chunk.ROWS:
            return False
        if all(rows.facet is None and not rows.exact for rows in after.value.sets):
            return False  # "four doors": of a mere part of a name it says what it has
        rows: frozenset[int] = frozenset().union(*(mention.value.rows for mention in self.mentions))
        return bool(len(rows) == part.value.value)

    def refers(self, part: Part) -> bool:
        """Whether a word only points to what the clause names itself: "it", "new", "the brand" of a named brand."""
        if part.has(Kind.THAT_YEAR):
            return bool(self.times)
        if part.has(Kind.THOSE) and self.any(Kind.WHICH, Kind.HOW_MANY) and not self.any(Kind.MODEL_NOUN):
            return bool(self.mentions or self.milestones or self.bests)  # "which of those": of what was spoken of
        if part.has(Kind.IT, Kind.THOSE):
            named = self.mentions or self.milestones or self.bests or self.times or self.limits
            added = part is self.parts[-1] and self.any(Kind.HOW_MANY) and self.any(Kind.SUM)  # "how many is that"
            return bool(named) or added or self.any(Kind.FACT, Kind.MODEL_NOUN, Kind.PLANT_NOUN)
        if part.has(Kind.AFTER, Kind.BEFORE):
            return self.after(part).has(Kind.PLANT, Kind.PLANT_NOUN)  # where it came to, not what came after it
        if part.has(Kind.ELSE):
            return any(time.value.anchor for time in self.times) or bool(self.excluded)
        if part.has(Kind.COMPARATIVE) and self.after(part).has(Kind.THAN):
            return False
        if part.has(Kind.AGE_NEW, Kind.AGE_OLD):
            compared = part.has(Kind.THAN) or (part.has(Kind.COMPARATIVE) and self.any(Kind.THAN))
            return (
                not (compared or self.after(part).has(Kind.THAN))
                and bool(self.mentions)
                and all(len(mention.value.rows) == 1 and bool(mention.items) for mention in self.mentions)
            )
        if part.has(Kind.ATTRIBUTE):
            facets = {rows.facet for each in self.chunks(Chunk.ROWS) for rows in each.value.sets}
            after = self.after(part)
            if after.chunk is Chunk.LIMIT and self.before(part).has(Kind.MODEL_NOUN):
                return True  # "types where fewer than 100 were built"
            said = Attribute.NAME in part.senses[Kind.ATTRIBUTE] and after.chunk is Chunk.ROWS  # "the name X"
            return said or bool(facets & set(part.senses[Kind.ATTRIBUTE]))
        return False

    def keys(self, rows: frozenset[int]) -> tuple[str, ...]:
        """The keys of some rows, in the order of the file."""
        if rows not in self._keys:
            models = self.relations.knowledge.models
            self._keys[rows] = tuple(models[place].key for place in sorted(rows))
        return self._keys[rows]

    def count(self, conditions: Sequence[Condition]) -> int:
        """How many rows fulfil some conditions."""
        return len(selected(Selection("models", tuple(conditions)), self.relations))

    @cached_property
    def row_attributes(self) -> frozenset[AttributeName]:
        """The attributes that rows of this file may have."""
        return frozenset({*ROW_ATTRIBUTES, *self.facets()})

    def facets(self) -> tuple[AttributeName, ...]:
        """The facets that rows of this file have."""
        return self.relations.facet_names


def _spelt_out(names: Sequence[Part]) -> Iterator[int]:
    """In "the convertibles, 1 and 2 Series" the names after the comma only say which these are."""
    named = [part for part in names if not part.negated]
    for place, whole in enumerate(named):
        rest = named[place + 1 :]
        count = next((at for at, part in enumerate(rest) if at and part.link is not Kind.AND), len(rest))
        run = rest[:count]
        if len(run) < 2 or run[0].gap != 1 or any(part.gap for part in run[1:]):
            continue
        wider = whole.value.wider
        rows = wider.rows if wider is not None else whole.value.rows
        parts = [part.value.rows & rows for part in run]
        if all(parts) and frozenset().union(*parts) == rows:
            yield from (part.index for part in run)
            return
