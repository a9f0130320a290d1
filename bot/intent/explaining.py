"""What a reading of a clause has to explain: the parts that have a meaning of their own."""

from __future__ import annotations

from collections.abc import Collection

from bot.intent.clause import NOTHING, ROW_ATTRIBUTES, SUCCESSION, Clause
from bot.intent.parts import Chunk, Part
from bot.intent.senses import NOUNS, Kind
from knowledge.query import Attribute, AttributeName

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


def unexplained(clause: Clause, used: Collection[int]) -> list[Part]:
    """The parts with a meaning of their own that a reading leaves over."""
    if clause.meaningful is None:
        clause.meaningful = _meaningful(clause)
    return [part for part in clause.meaningful if part.index not in used]


def _meaningful(clause: Clause) -> list[Part]:
    """The parts with a meaning of their own."""
    return [
        part
        for part in clause.parts
        if _excludes(clause, part) or (part.index not in clause.included and not _is_idle(clause, part))
    ]


def _excludes(clause: Clause, part: Part) -> bool:
    """Whether a word says that something is so of these rows alone; beside an amount it may only call it small."""
    if part.chunk is not Chunk.WORD or not part.has(Kind.ONLY) or part.has(Kind.FILL, Kind.STILL):
        return False
    if not clause.polar:
        return _before_time(clause, part) and not clause.parts[0].has(Kind.FOLLOW)
    after = clause.after(part)
    named = after.chunk is Chunk.ROWS or after.has(Kind.MODEL_NOUN, Kind.ONE)
    return named or not (clause.limits or clause.chunks(Chunk.NUMBER))


def _before_time(clause: Clause, part: Part) -> bool:
    """Whether a time follows, with nothing but verbs between."""
    after = clause.after(part)
    while after.chunk is Chunk.WORD and after.has(Kind.BUILD, Kind.RUNNING, Kind.AUX):
        after = clause.after(after)
    return after.chunk is Chunk.TIME and not after.gap


def _is_idle(clause: Clause, part: Part) -> bool:
    """Whether a part narrows nothing by itself."""
    if part.chunk is Chunk.WORD:
        kinds = set(part.senses)
        if Kind.WRONG in kinds and part.index == 0:
            return False
        if Kind.DENIAL in kinds and is_told_so(clause, part):
            return False
        if Kind.SOCIAL in kinds and not kinds <= TALK:
            return refers(clause, part)  # "later" is a farewell, but beside other words it says which one
        if Kind.NONE in kinds and (clause.after(part).chunk is Chunk.ROWS or clause.after(part).has(*NOUNS)):
            return False
        if lacks(clause, part):
            return False
        if (
            Kind.SAME_TIME in kinds
            and not part.has(Kind.WHEN)
            and _is_of_models_alone(
                clause,
            )
        ):
            return False  # "how many models at the same time": how many there were at most is not computed
        if not kinds.isdisjoint((Kind.BETWEEN, Kind.UNTIL)) and _spans_names(clause, part):
            return False
        if Kind.PLANT_NOUN in kinds and clause.any(Kind.WHO) and clause.before(part).has(Kind.BUILD, Kind.RUNNING):
            return False  # "who runs the plant": a person
        if Kind.PLANT_NOUN in kinds and _is_counted(clause, part):
            return False  # "how many factories": how many there are of them, no figure of theirs
        if not kinds.isdisjoint((Kind.START, Kind.END)) and Kind.FILL not in kinds:
            kinds = kinds - {Kind.SINCE}  # "began" tells of a row, "beginning in" of a time
        if Kind.NOT in kinds and part.index > 0:
            kinds = kinds - {Kind.AUX}  # "weren't" denies; only at the beginning it asks, as "isn't it" does
        if Kind.OR in kinds and _chooses(clause, part):
            kinds = kinds - {Kind.TAG, Kind.FOLLOW}  # only at an end "or" asks whether it is so, or goes on
        if Kind.COMPARATIVE in kinds and Kind.FILL not in kinds:
            kinds = kinds - {Kind.THAN}  # "fewer than" compares, whatever "than" does
        return kinds.isdisjoint(BINDING) and (not kinds.isdisjoint(FREE) or refers(clause, part))
    return part.chunk is Chunk.NUMBER and counts_names(clause, part)


def is_told_so(clause: Clause, part: Part) -> bool:
    """Whether a verb that denies stands behind what it is said of: "the X wasn't …" is no "wasn't the X …"."""
    named = (Chunk.ROWS, Chunk.MILESTONE, Chunk.TIME)
    before = clause.parts[: part.index]
    return clause.polar and any(each.chunk in named or each.has(Kind.PLANT, *NOUNS) for each in before)


def lacks(clause: Clause, part: Part) -> bool:
    """Whether a word says that rows have no value of the attribute behind it: "no body", "no known end"."""
    return lacked(clause, part) is not None


def lacked(clause: Clause, part: Part) -> tuple[AttributeName, set[int]] | None:
    """The attribute of which rows have no value by a word of denial, and the places of the words for that."""
    if part.chunk is not Chunk.WORD or not part.has(Kind.NOT, Kind.NOT_KNOWN):
        return None
    before, after = clause.before(part), clause.after(part)
    places = {part.index}
    known = part.has(Kind.NOT_KNOWN)
    if after.has(Kind.KNOWN) and after.chunk is Chunk.WORD:
        places.add(after.index)
        known, after = True, clause.after(after)
    if part.has(Kind.NOT_KNOWN) and not after.has(Kind.START, Kind.END, Kind.ATTRIBUTE):
        after = clause.before(before) if before.has(Kind.AUX) and before.chunk is Chunk.WORD else before
    if after.chunk is not Chunk.WORD or (after.gap and after.index > part.index):
        return None
    attributes = clause.row_attributes | clause.relations.details
    names = [name for name in after.senses.get(Kind.ATTRIBUTE, ()) if name in attributes]
    if not known and not part.has(Kind.NONE) and (clause.mentions or clause.polar):
        return None  # some words for "no" are also short for "a"
    if known and not names and after.has(Kind.START, Kind.END) and not after.has(Kind.STILL):
        names = [Attribute.START if after.has(Kind.START) else Attribute.END]
    elif not known:
        names = [name for name in names if name not in ROW_ATTRIBUTES or name in SUCCESSION]
    return (names[0], places | {after.index}) if names else None


def _spans_names(clause: Clause, part: Part) -> bool:
    """Whether what lies from one name to another is meant: "how many models between the X and the Y"."""
    if clause.after(part).chunk is not Chunk.ROWS or not clause.any(Kind.HOW_MANY, Kind.LIST, Kind.WHICH):
        return False
    if part.has(Kind.BETWEEN):
        return clause.any(Kind.MODEL_NOUN) and not (clause.bests or clause.any(*SETTING_APART))
    return clause.before(part).chunk is Chunk.ROWS and not clause.any(*SETTING_APART)


def _is_of_models_alone(clause: Clause) -> bool:
    named = clause.chunks(Chunk.ROWS) or clause.times or clause.milestones
    return clause.any(Kind.MODEL_NOUN) and not named and (clause.any(Kind.HOW_MANY) or clause.polar)


def _chooses(clause: Clause, part: Part) -> bool:
    """Whether "or" stands between two things, and not between two units of one: "months or years"."""
    after = clause.after(part)
    return part.index > 0 and after is not NOTHING and not after.has(Kind.UNIT)


def _is_counted(clause: Clause, part: Part) -> bool:
    """Whether it is asked how many there are of what a word names."""
    before = clause.before(part)
    return before.has(Kind.HOW_MANY) and not part.gap and not clause.any(Kind.BUILD)


def counts_names(clause: Clause, part: Part) -> bool:
    """Whether a number says how many the names after it are: "the two Active Tourers F45 and U06"."""
    after = clause.after(part)
    if part.value.ordinal:
        return False
    if clause.any(Kind.WHICH) and part.value.value == len(clause.mentions) > 1:
        return True  # "which of the two, X or Y"
    if after.chunk is not Chunk.ROWS:
        return False
    if all(rows.facet is None and not rows.exact for rows in after.value.sets):
        return False  # "four doors": of a mere part of a name it says what it has
    rows: frozenset[int] = frozenset().union(*(mention.value.rows for mention in clause.mentions))
    return bool(len(rows) == part.value.value)


def refers(clause: Clause, part: Part) -> bool:
    """Whether a word only points to what the clause names itself: "it", "new", "the brand" of a named brand."""
    if part.has(Kind.THAT_YEAR):
        return bool(clause.times)
    if part.has(Kind.THOSE) and clause.any(Kind.WHICH, Kind.HOW_MANY) and not clause.any(Kind.MODEL_NOUN):
        return bool(clause.mentions or clause.milestones or clause.bests)  # "which of those": of what was spoken of
    if part.has(Kind.IT, Kind.THOSE):
        named = clause.mentions or clause.milestones or clause.bests or clause.times or clause.limits
        added = part is clause.parts[-1] and clause.any(Kind.HOW_MANY) and clause.any(Kind.SUM)  # "how many is that"
        return bool(named) or added or clause.any(Kind.FACT, Kind.MODEL_NOUN, Kind.PLANT_NOUN)
    if part.has(Kind.AFTER, Kind.BEFORE):
        return clause.after(part).has(Kind.PLANT, Kind.PLANT_NOUN)  # where it came to, not what came after it
    if part.has(Kind.ELSE):
        return any(time.value.anchor for time in clause.times) or bool(clause.excluded)
    if part.has(Kind.COMPARATIVE) and clause.after(part).has(Kind.THAN):
        return False
    if part.has(Kind.AGE_NEW, Kind.AGE_OLD):
        compared = part.has(Kind.THAN) or (part.has(Kind.COMPARATIVE) and clause.any(Kind.THAN))
        return (
            not (compared or clause.after(part).has(Kind.THAN))
            and bool(clause.mentions)
            and all(len(mention.value.rows) == 1 and bool(mention.items) for mention in clause.mentions)
        )
    if part.has(Kind.ATTRIBUTE):
        facets = {rows.facet for each in clause.chunks(Chunk.ROWS) for rows in each.value.sets}
        after = clause.after(part)
        if after.chunk is Chunk.LIMIT and clause.before(part).has(Kind.MODEL_NOUN):
            return True  # "types where fewer than 100 were built"
        said = Attribute.NAME in part.senses[Kind.ATTRIBUTE] and after.chunk is Chunk.ROWS  # "the name X"
        return said or bool(facets & set(part.senses[Kind.ATTRIBUTE]))
    return False
