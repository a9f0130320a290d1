"""Readings about the plant as a whole: the facts of the file, by their own words."""

from __future__ import annotations

from collections.abc import Iterator

from bot.intent.asking import asked_attributes, counts_kinds
from bot.intent.clause import Clause, Reading
from bot.intent.parts import Chunk, Part, Time, places_of
from bot.intent.phrases import words_of
from bot.intent.readers.claimed_facts import claimed_value
from bot.intent.readers.elapsed import aged_then, beginning
from bot.intent.senses import NOUNS, Kind
from knowledge.query import (
    Aggregate,
    AllOf,
    Attribute,
    Between,
    Claim,
    Condition,
    Constant,
    Difference,
    Equals,
    Get,
    Listing,
    Overlaps,
    PreviousValue,
    Query,
    Ranking,
    Selection,
)
from knowledge.relations import common_precision
from knowledge.schema import Fact, PartialDate

EARLIEST = Ranking(Attribute.START, "least")

ANY = (Kind.YEAR_OF, Kind.STILL, Kind.MODEL_NOUN, Kind.ELSE, Kind.OR, Kind.HOW)
AMOUNT = (*ANY, Kind.HOW_MANY, Kind.SUM, Kind.MEAN, Kind.UNIT, Kind.BOUND, Kind.PER_MODEL, Kind.DIFFERENCE)
ACCEPTED = {
    "products": (*AMOUNT, Kind.SHARE),
    "percent": (
        *(kind for kind in AMOUNT if kind is not Kind.SUM),
        Kind.SHARE,
        Kind.COMPARATIVE,
        Kind.VERSUS,
        Kind.BEFORE,
        Kind.PREVIOUS_YEAR,
        Kind.LAST_YEAR,
    ),
    "years": (*AMOUNT, Kind.HOW_LONG, Kind.WHEN, Kind.SINCE),
    "rank": (*ANY, Kind.RANK, Kind.NTH, Kind.HOW_MANY, Kind.COMPARATIVE, Kind.WHEREABOUTS, Kind.TOP),
    "date": (*ANY, Kind.WHEN, Kind.WHEN_START, Kind.START, Kind.UNIT, Kind.HOW_LONG),
    "text": (*ANY, Kind.HOW_MANY, Kind.WHEN, Kind.START, Kind.FUTURE, Kind.NEXT, Kind.AGE_NEW, Kind.COMPARATIVE),
}
"""Which words of asking suit a fact, by what its value is."""


PLAIN = frozenset(
    {
        Attribute.QUANTITY,
        Attribute.DATE,
        Attribute.NAME,
        Attribute.MODEL,
        Attribute.PERIOD,
        Attribute.BRAND,
        "day",
        "month",
    }
)
"""Attributes that a question about the plant may name without asking for a row's or a milestone's."""


def read_facts(clause: Clause) -> Iterator[Reading]:
    """Every reading of a clause as a question about the plant."""
    if counts_kinds(clause) or aged_then(clause):
        return
    if clause.any(Kind.COMPARATIVE) and clause.any(Kind.THAN) and len(clause.words(Kind.FACT)) > 1:
        return  # two facts set against each other
    yield from _beginning(clause)
    named = _named_facts(clause)
    for name, indices in named.items():
        fact = clause.relations.facts[name]
        if clause.any(Kind.WHO) and fact.unit != "text":
            continue  # a person, which no such fact names
        if fact.per not in (None, "year") and clause.any(Kind.YEAR_OF):
            continue  # "and in the year?" after a figure of a day
        rates = {part.index for part in clause.words(Kind.RATE) if part.senses[Kind.RATE] == fact.per}
        if fact.change_of:
            rates |= clause.places(Kind.CHANGE, Kind.BY_ATTRIBUTE)
            rates |= {part.index for part in clause.words(Kind.FACT) if fact.change_of in part.senses[Kind.FACT]}
        plain = places_of(clause.naming(*PLAIN))
        used = (
            set(indices)
            | plain
            | rates
            | _own_words(clause, fact)
            | _told_words(clause, fact)
            | clause.places(*ACCEPTED[fact.unit])
        )
        if fact.row is not None:
            used -= clause.places(Kind.FUTURE)
        if not fact.change_of and clause.any(Kind.CHANGE):
            used -= clause.places(Kind.SHARE)  # by how many percent it changed
        if fact.unit == "products" and fact.per in (None, "year"):
            used -= clause.places(Kind.MEAN)  # of one year, not of a typical one
        yield from _of_row(clause, fact, set(indices))
        yield from _before(clause, fact, used)
        if clause.polar and clause.times and isinstance(fact.value, PartialDate):
            time: Time = clause.times[0].value
            claim = Claim(_fact(fact), Between(Attribute.VALUE, time.first, time.last))
            yield Reading(claim, frozenset(used | {clause.times[0].index}))
            continue
        timed = _explains_times(clause, fact)
        if timed is None:
            yield from _slice(clause, fact, used)
            continue
        used |= timed | _owner(clause) | _own_row(clause, fact)
        yield from _value(clause, fact, used, 1 if len(named) > 1 else 0)


def _named_facts(clause: Clause) -> dict[str, set[int]]:
    """The facts that the clause asks for, by their own words or by what they are, with the words that do so."""
    named: dict[str, set[int]] = {}
    about_plant = clause.any(Kind.PLANT, Kind.PLANT_NOUN) and all(part.has(Kind.OWNER) for part in clause.mentions)
    changing = not clause.mentions and clause.any(Kind.BUILD, Kind.PLANT, Kind.PLANT_NOUN, Kind.FACT, Kind.OWNER)
    for fact in clause.relations.knowledge.facts:
        words: list[Part] = []
        if fact.unit == "products" and not clause.mentions:
            words += [part for part in clause.words(Kind.RATE) if part.senses[Kind.RATE] == fact.per]
        if fact.unit == "rank" and about_plant and not clause.any(Kind.MODEL_NOUN):
            words += clause.words(Kind.RANK)
        if fact.change_of and changing:
            words += clause.words(Kind.CHANGE)
        words += [part for part in clause.words(Kind.FACT) if fact.id in part.senses[Kind.FACT]]
        if words:
            named[fact.id] = places_of(words)
    return named


def _fact(fact: Fact) -> Query:
    return Get(Selection("facts", (Equals(Attribute.KEY, (fact.id,)),)), (Attribute.VALUE,))


def _value(clause: Clause, fact: Fact, used: set[int], defaults: int) -> Iterator[Reading]:
    """The fact itself, or whether it is as the question says."""
    model = clause.any(Kind.WHICH) and clause.any(*NOUNS)
    if fact.unit == "date" and model and not clause.any(Kind.WHEN, Kind.WHEN_START):
        return  # which one it began with
    if fact.change_of and clause.any(Kind.HOW_MANY) and clause.any(Kind.PRODUCT_NOUN):
        return  # how many there were, not by how much they changed
    get = _fact(fact)
    claimed: Condition | None = None
    if clause.polar and isinstance(fact.value, (int, float)) and not isinstance(fact.value, bool):
        found = claimed_value(clause, fact)
        if found is None:
            return
        claimed, words = found
        used = used | words
    row = clause.relations.referenced(fact.row)
    if clause.polar and row is not None and len(clause.mentions) == 1:
        # "Did it begin with the X": the row that the fact names is one of those, or not.
        models = clause.relations.knowledge.models
        keys = tuple(models[place].key for place in sorted(clause.mentions[0].value.rows))
        named = used | {clause.mentions[0].index}
        listing = Listing(Selection("models", (Equals(Attribute.KEY, (row.key,)),)))
        yield Reading(Claim(listing, Equals(Attribute.KEY, keys)), frozenset(named), defaults)
        return
    if clause.polar and fact.value is True:
        if clause.any(Kind.IT) and not (clause.any(Kind.PLANT, Kind.PLANT_NOUN) or clause.times):
            return  # "is that a record": of what, nobody knows
        claimed = Equals(Attribute.VALUE, (True,))
    if claimed is not None:
        yield Reading(Claim(get, claimed), frozenset(used), defaults)
        return
    if fact.unit in ("rank", "text"):
        used = used | places_of(clause.bests)
    same = {p.index for p in clause.chunks(Chunk.NUMBER) if p.value.value == fact.value}
    yield Reading(get, frozenset(used | same), defaults)


def _beginning(clause: Clause) -> Iterator[Reading]:
    """When the plant as a whole began, how long ago, and with what: its date among the facts, and its first row."""
    dates = [fact for fact in clause.relations.knowledge.facts if fact.unit == "date"]
    named = [part for part in clause.words(Kind.FACT) if any(date.id in part.senses[Kind.FACT] for date in dates)]
    verbs = [part for part in clause.words(Kind.START, Kind.WHEN_START) if not part.has(Kind.FILL)]
    opening = {fact.id for fact in dates if clause.relations.opening and fact.value == clause.relations.opening.value}
    starts = verbs + [part for part in named if opening & set(part.senses[Kind.FACT])]
    plant = clause.any(Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER) or bool(named)
    # "When did production start": the verb itself says of what.
    plant = plant or any(part.has(Kind.START) and part.items and part.items[0].length > 1 for part in starts)
    plant = plant or (bool(starts) and clause.any(Kind.BUILD) and not clause.any(Kind.MODEL_NOUN))
    plant = plant or (clause.any(Kind.WHEN_START) and clause.any(Kind.BUILD) and clause.any(Kind.PRODUCT_NOUN))
    if (
        clause.any(Kind.WHO)
        or not plant
        or clause.milestones
        or clause.bests
        or clause.limits
        or (clause.times and not clause.polar)
    ):
        return
    used = places_of((*starts, *clause.words(Kind.ATTRIBUTE, Kind.UNIT, Kind.OR)))
    first = Selection("models", (), EARLIEST)
    if clause.polar and starts and len(clause.mentions) == 1:
        part = clause.mentions[0]
        models = clause.relations.knowledge.models
        claimed = Equals(Attribute.KEY, tuple(models[place].key for place in sorted(part.value.rows)))
        condition: Condition = claimed
        if clause.times and clause.any(Kind.PLANT, Kind.PLANT_NOUN):
            time: Time = clause.times[0].value
            condition = AllOf((claimed, Between(Attribute.START, time.first, time.last)))
            used |= {clause.times[0].index}
        yield Reading(Claim(Listing(first), condition), frozenset(used | {part.index}))
    if clause.mentions or clause.polar:
        return
    start = _fact(dates[0]) if len(dates) == 1 else Get(first, (Attribute.START,))
    asking = clause.places(Kind.WHEN, Kind.WHEN_START, Kind.HOW_LONG)
    if clause.any(Kind.HOW_LONG):
        today = Constant(clause.relations.knowledge.as_of)
        named_dates = [date for date in dates if any(date.id in part.senses[Kind.FACT] for part in named)]
        since = _fact(named_dates[0]) if named_dates else beginning(clause)
        if len(named) < 2:  # from the one to the other is not until today
            yield Reading(Difference(since, today), frozenset(used | asking), 0)
    elif starts and clause.any(Kind.WHICH) and clause.any(*NOUNS) and not clause.any(Kind.WHEN):
        yield Reading(Listing(first), frozenset(used), 0)
    elif starts and not clause.any(Kind.HOW_MANY, Kind.LIST) and not _asks_what_then(clause):
        yield Reading(start, frozenset(used | asking), 1)


def _asks_what_then(clause: Clause) -> bool:
    """Whether it asks what was built at a beginning, not when that was: "what did they build when the plant opened"."""
    asking, building, moments = (clause.words(kind) for kind in (Kind.WHICH, Kind.BUILD, Kind.WHEN))
    return bool(asking and building and moments) and asking[0].index < building[0].index < moments[-1].index


def _of_row(clause: Clause, fact: Fact, indices: set[int]) -> Iterator[Reading]:
    """Attributes of the row that a fact names: "how many of the first model were built"."""
    row = clause.relations.referenced(fact.row)
    if row is None or clause.polar:
        return
    asked, used = asked_attributes(clause, set())
    used |= clause.places(Kind.REACH, Kind.SUM)
    if not asked or asked == [Attribute.START] or asked == [Attribute.NAME]:
        return
    selection = Selection("models", (Equals(Attribute.KEY, (row.key,)),))
    yield Reading(Get(selection, tuple(asked)), frozenset(indices | used), 0, selection.conditions)


def _before(clause: Clause, fact: Fact, used: set[int]) -> Iterator[Reading]:
    """What a fact was in the period before, where the file states by how much it changed."""
    changes = [each for each in clause.relations.knowledge.facts if each.change_of == fact.id]
    change = fact if fact.change_of else changes[0] if changes else None
    words = clause.words(Kind.PREVIOUS_YEAR)
    if change is None or not change.period:
        return
    changed = clause.relations.facts[change.change_of or ""]
    before = [part for part in clause.times if _covers(part.value, PartialDate(change.period.year - 1))]
    if not words and not (before and clause.any(Kind.HOW_MANY) and clause.any(Kind.PRODUCT_NOUN)):
        return
    words = [*words, *clause.times, *clause.words(Kind.CHANGE, Kind.HOW_MANY)]
    stated = (change.value, changed.value)
    numbers = {p.index for p in clause.chunks(Chunk.NUMBER) if p.value.value in stated}
    facts = clause.places(Kind.FACT, Kind.SHARE)
    facts |= {part.index for part in clause.words(Kind.COMPARATIVE) if not clause.polar}
    explained = used | numbers | facts | places_of(words) | (_explains_times(clause, change) or set())
    yield Reading(PreviousValue(change.id), frozenset(explained | clause.places(Kind.IT, Kind.TO)), 1)


def _own_words(clause: Clause, fact: Fact) -> set[int]:
    """Words that would ask for another fact alone, but are this fact's own words too."""
    own = {
        word
        for wording in fact.wording.values()
        for phrase in (wording.subject, *wording.ask)
        for spelling in words_of(phrase)
        for word in spelling
    }
    return {
        part.index
        for part in clause.words(Kind.FACT)
        if all(word in own for item in part.items for word in item.spelling if len(word) > 3)
    }


def _told_words(clause: Clause, fact: Fact) -> set[int]:
    """Words that mean nothing elsewhere, but stand in the sentence that this fact is told by."""
    told = {
        word
        for wording in fact.wording.values()
        for phrase in (wording.subject, wording.sentence or "")
        for spelling in words_of(phrase)
        for word in spelling
    }
    return {part.index for part in clause.words(Kind.UNKNOWN) if part.text.lower() in told}


def _owner(clause: Clause) -> set[int]:
    """The owner's name beside a fact about its plant; how many of the owner's products there are tells no fact."""
    return {part.index for part in clause.mentions if part.has(Kind.OWNER) and not _is_counted(clause, part)}


def _is_counted(clause: Clause, part: Part) -> bool:
    """Whether it is asked how many there are of just these rows."""
    every = len(part.value.rows) == len(clause.relations.knowledge.models)
    return clause.before(part).has(Kind.HOW_MANY) and not every


def _own_row(clause: Clause, fact: Fact) -> set[int]:
    row = clause.relations.referenced(fact.row)
    if row is not None:
        place = clause.relations.order[row.key]
        return {part.index for part in clause.mentions if place in part.value.rows}
    values = fact.value if isinstance(fact.value, tuple) else ()
    named: set[int] = set()
    for part in clause.mentions:
        conditions = [rows.condition for rows in part.value.sets]
        if any(isinstance(c, Equals) and set(c.values) & set(values) for c in conditions):
            named.add(part.index)
        if any(part.text.lower() in str(wording.sentence or "").lower() for wording in fact.wording.values()):
            named.add(part.index)
    return named


def _explains_times(clause: Clause, fact: Fact) -> set[int] | None:
    """The times of the clause that the fact is about; none if it is about another time."""
    used: set[int] = set()
    for part in clause.times:
        time: Time = part.value
        own = fact.period if fact.period is not None else fact.value
        if not isinstance(own, PartialDate):
            return None
        if not _covers(time, own) and not (
            fact.change_of and _covers(time, PartialDate(own.year - 1)) and _is_named(clause, own)
        ):
            return None
        used.add(part.index)
    return used


def _is_named(clause: Clause, own: PartialDate) -> bool:
    return any(_covers(part.value, own) for part in clause.times)


def _covers(time: Time, own: PartialDate) -> bool:
    for bound in (time.first, time.last):
        if bound is not None and isinstance(bound.value, PartialDate):
            one, other = common_precision(bound.value, own)
            if one != other:
                return False
        elif bound is not None:
            return False
    return True


def _slice(clause: Clause, fact: Fact, used: set[int]) -> Iterator[Reading]:
    """An output asked for another year: what the file knows of that year's part of the whole."""
    if fact.unit != "products" or fact.per not in (None, "year") or len(clause.times) != 1:
        return
    part = clause.times[0]
    period = Overlaps(part.value.first, part.value.last)
    query = Aggregate("sum", Attribute.QUANTITY, Selection(), period)
    yield Reading(query, frozenset(used | {part.index} | _owner(clause)), 1)
