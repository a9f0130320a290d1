"""From items to parts, from left to right: what begins at each place, tried in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.intent.anchors import anchored
from bot.intent.chunking.bests import MOST_PLACES, best_at
from bot.intent.chunking.denials import with_denials
from bot.intent.chunking.facet_limits import facet_limit_at
from bot.intent.chunking.limits import limit_at
from bot.intent.chunking.milestones import milestone_at
from bot.intent.chunking.names import is_numbered, rows_at
from bot.intent.chunking.pronouns import with_pronouns
from bot.intent.chunking.scanner import IDLE, PLAIN, Scanner
from bot.intent.chunking.sizes import size_at
from bot.intent.chunking.successors import with_successors
from bot.intent.chunking.times import time_at
from bot.intent.linking import Item
from bot.intent.negation import denial_of
from bot.intent.numerals import is_number, read_number
from bot.intent.parts import Chunk, Limit, MilestoneReference, Part, Time
from bot.intent.senses import NOUNS, Kind, Order
from knowledge.query import Attribute, Bound, Equals
from knowledge.relations import Relations

MILLION = 1_000_000
JOINING = frozenset({Kind.AND, Kind.OR, Kind.VERSUS, Kind.THAN})

BEGINNING = frozenset(
    {
        Kind.BEFORE, Kind.AFTER, Kind.BETWEEN, Kind.UNTIL, Kind.BY, Kind.SINCE, Kind.IN, Kind.OF_YEAR, Kind.LAST_YEAR,
        Kind.THIS_YEAR, Kind.NEXT_YEAR, Kind.MONTH, Kind.NUMBER, Kind.SCALE, Kind.RUNNER_UP, Kind.THIRD_PLACE,
        Kind.TOP, Kind.BOTTOM, Kind.NTH, Kind.SUPERLATIVE, Kind.BOUND, Kind.VARIANT, Kind.ROWS, Kind.DECADE,
        Kind.RECENT, Kind.SURVIVE, Kind.THROUGHOUT, Kind.DATE, Kind.PART_OF_YEAR,
        Kind.YEAR_BEFORE_LAST, Kind.SIZE,
    }
)  # fmt: skip
"""With a word of one of these kinds a part of several words may begin; any other stands for itself."""


def chunked(items: Sequence[Item], relations: Relations) -> list[Part]:
    """The parts of the clause, without the words that carry no meaning."""
    if not items:
        return []
    items = with_pronouns(with_denials(items))
    scanner = Scanner(items, relations)
    place = _after_refusal(items)
    if _only_narrows(items[place:]):
        place = scanner.add(Chunk.WORD, None, place, place + 1, {Kind.ONLY: None})
    while place < len(items):
        if scanner.items[place].senses.keys().isdisjoint(BEGINNING):
            place = _word(scanner, place)
            continue
        place = (
            time_at(scanner, place)
            or size_at(scanner, place)
            or best_at(scanner, place)
            or facet_limit_at(scanner, place)
            or limit_at(scanner, place)
            or milestone_at(scanner, place)
            or _number(scanner, place)
            or rows_at(scanner, place)
            or _word(scanner, place)
        )
    _rank_plants(scanner)
    _count_on(scanner)
    _quantify(scanner)
    _date_milestones(scanner)
    scanner.parts = anchored(with_successors(scanner.parts, relations), relations)
    _settle(scanner)
    _put_off(scanner)
    _join(scanner.parts)
    for index, part in enumerate(scanner.parts):
        part.index = index
    return scanner.parts


def _after_refusal(items: Sequence[Item]) -> int:
    """The place after a "no" that only turns down the last answer: "no, the X" means the X, not all but the X."""
    refuses = items[0].has(Kind.NOT) and items[0].has(Kind.TAG) and len(items) > 1 and items[1].gap
    return 1 if refuses else 0


def _only_narrows(items: Sequence[Item]) -> bool:
    """Whether it is nothing but "of the X": of what was spoken of, those that are X."""
    if not items or not items[0].has(Kind.OF_YEAR, Kind.SINCE) or not any(item.has(Kind.ROWS) for item in items):
        return False
    return all(item.has(Kind.ROWS, Kind.FILL) and not item.has(Kind.NUMBER, Kind.AUX) for item in items)


def _quantify(scanner: Scanner) -> None:
    """Note at a part that "all" or "any" stands before it; of words that mean both, it is the latter."""
    if not any(item.has(Kind.EVERY, Kind.ANY) for item in scanner.items):
        return
    owners = {id(item): part for part in scanner.parts for item in part.items}
    quantifier: Kind | None = None
    for item in scanner.items:
        part = owners.get(id(item))
        if item.has(Kind.EVERY, Kind.ANY):
            quantifier = Kind.ANY if item.has(Kind.ANY) else Kind.EVERY
            if part is not None and item.has(Kind.THOSE):
                part.quantifier, quantifier = quantifier, None  # "all of them"
        elif part is not None and quantifier is not None:
            part.quantifier, quantifier = quantifier, None


def _rank_plants(scanner: Scanner) -> None:
    """A superlative of plants ranks none of what they make: "the sixth largest plant", "which plant is the biggest"."""
    parts = scanner.parts
    for place, part in enumerate(parts):
        if part.chunk is not Chunk.BEST or part.value.attribute != Attribute.QUANTITY:
            continue
        after = next((each for each in parts[place + 1 :] if each.chunk is not Chunk.ROWS), None)
        pairs = pairwise(parts[:place])
        asked = any(one.has(Kind.WHICH) and _is_plant(other) for one, other in pairs)
        if asked or (after is not None and _is_plant(after) and not after.gap):
            order = Order(part.value.direction, part.value.attribute)
            part.chunk, part.value, part.senses = Chunk.WORD, None, {Kind.SUPERLATIVE: order}


def _is_plant(part: Part) -> bool:
    return part.has(Kind.PLANT_NOUN) and not part.has(*NOUNS)


def _count_on(scanner: Scanner) -> None:
    """In "between the first and the second million" the first is one of the millions too, as number 1 beside 100."""
    named = [part.value for part in scanner.parts if part.chunk is Chunk.MILESTONE and part.value.ordinal]
    if not named:
        return
    millions = any(reference.numbers[0] % MILLION == 0 for reference in named)
    for part in scanner.parts:
        numeral = part.senses.get(Kind.NUMBER) if part.chunk in (Chunk.NUMBER, Chunk.BEST) else None
        if numeral is None or not numeral.ordinal or len(part.items) != 1:
            continue
        number = int(numeral.value) * (MILLION if millions and numeral.value < MOST_PLACES else 1)
        if millions or number in scanner.numbers:
            part.chunk = Chunk.MILESTONE
            part.value = MilestoneReference(Equals(Attribute.NUMBER, (number,)), (number,), True)


def _date_milestones(scanner: Scanner) -> None:
    """Note at a milestone that "at" stands before it, so that it tells a time."""
    at = False
    told: set[int] = set()
    for item in scanner.items:
        told |= {id(item)} if at else set()
        at = item.has(Kind.AT) or (at and item.senses.keys() <= PLAIN)
    for part in scanner.parts:
        if part.chunk is Chunk.MILESTONE and id(part.items[0]) in told:
            part.senses[Kind.AT] = None


def _settle(scanner: Scanner) -> None:
    """What had ended or was reached "in 2012 already" was so by then; "already in 2012" may name just that year."""
    words = [place for place, item in enumerate(scanner.items) if item.has(Kind.ALREADY)]
    times = [part for part in scanner.parts if part.chunk is Chunk.TIME]
    if not words or len(times) != 1 or times[0].value.kind != "in":
        return
    turning = any(part.has(Kind.START, Kind.END) and not part.has(Kind.FILL) for part in scanner.parts)
    reached = any(part.chunk is Chunk.MILESTONE for part in scanner.parts)
    following = {id(scanner.items[place + 1]) for place in words if place + 1 < len(scanner.items)}
    directly = id(times[0].items[0]) in following and not scanner.items[0].has(Kind.AUX)
    if (turning or reached) and not directly:
        times[0].value = Time(None, times[0].value.last, "by")


def _put_off(scanner: Scanner) -> None:
    """Note at a denial that "yet" stands behind it: "did not exist yet"."""
    if any(item.has(Kind.YET) for item in scanner.items):
        for part in scanner.parts:
            if part.chunk is Chunk.WORD and part.has(Kind.NOT):
                part.senses = {**part.senses, Kind.NOT_YET: None}


def _number(scanner: Scanner, place: int) -> int:
    item = scanner.items[place]
    named = item.has(Kind.ROWS) and not is_numbered(scanner, place)
    if not is_number(item) or named or (item.has(Kind.FILL) and not item.text.isdigit()):
        return 0
    amount, end = read_number(scanner.items, place)
    return scanner.add(Chunk.NUMBER, replace(amount, whole=_tells_whole(scanner, place)), place, end)


def _tells_whole(scanner: Scanner, place: int) -> bool:
    """Whether a number tells how many there are to choose from: "which of the three", "the rarest of the three"."""
    before = scanner.last_said(place)
    if before < 0 or before == place - 1 or scanner.has(before, Kind.AUX):
        return False
    asked = scanner.has(before, Kind.WHICH) and scanner.items[before].length == 1  # not "what were the three"
    return asked or scanner.has(before, Kind.SUPERLATIVE)


OWNING_TIME = (Kind.PLANT, Kind.PLANT_NOUN, Kind.OWNER, Kind.IN, Kind.OF_YEAR)


def _is_claimed(scanner: Scanner, place: int) -> bool:
    """Whether praise is what is claimed, and not only said along: "is the X a good car"."""
    last = place + 2 == len(scanner.items) and scanner.has(place + 1, Kind.PRODUCT_NOUN, Kind.MODEL_NOUN)
    named = any(part.chunk is Chunk.ROWS for part in scanner.parts)
    return last and named and scanner.items[0].has(Kind.AUX)


def _is_compounded(scanner: Scanner, place: int) -> bool:
    """Whether a noun for models follows with nothing between, as in "how many turbine types"."""
    if not (scanner.has(place - 1, Kind.HOW_MANY, Kind.WHICH) and scanner.has(place + 1, Kind.MODEL_NOUN)):
        return False
    return not scanner.items[place + 1].gap and not scanner.has(place + 2, Kind.ROWS)


def _word(scanner: Scanner, place: int) -> int:
    item = scanner.items[place]
    if item.has(Kind.END) and _leaves_plant(scanner, place):
        scanner.parts.append(Part(Chunk.WORD, None, item.text, {Kind.BUILD: None}, item.gap, items=(item,)))
        return place + 1
    if item.has(Kind.START) and item.has(Kind.FILL) and _comes_from_plant(scanner, place):
        built: dict[Kind, object] = {**item.senses, Kind.BUILD: None}
        del built[Kind.START]
        return scanner.add(Chunk.WORD, None, place, place + 1, built)
    if item.has(Kind.PRODUCT_NOUN) and scanner.has(place - 1, Kind.DISTINCT):
        scanner.parts.append(Part(Chunk.WORD, None, item.text, {Kind.MODEL_NOUN: None}, item.gap, items=(item,)))
        return place + 1  # "how many different cars" counts models
    if item.has(Kind.PRODUCT_NOUN) and not item.has(Kind.MODEL_NOUN) and _is_compounded(scanner, place):
        return place + 1
    if item.has(Kind.CHRONICLE) and (not item.has(Kind.END) or scanner.has(scanner.last_said(place), *OWNING_TIME)):
        return place + 1  # "in the plant's history": in all its time
    if item.has(Kind.FACT) and _is_of_plant(scanner, place):
        senses: dict[Kind, object] = {kind: value for kind, value in item.senses.items() if kind is not Kind.FACT}
        return scanner.add(Chunk.WORD, None, place, place + 1, senses or {Kind.UNKNOWN: None})
    if item.has(Kind.PRAISE) and _is_claimed(scanner, place):
        return scanner.add(Chunk.WORD, None, place, place + 1, {Kind.UNKNOWN: None})
    # "Even rarer", as some languages say it.
    even = item.has(Kind.STILL) and scanner.has(place + 1, Kind.COMPARATIVE)
    even = even and not scanner.has(place + 1, Kind.SUPERLATIVE)
    if even or (set(item.senses) <= IDLE and item.has(Kind.FILL, Kind.EVERY, Kind.ANY)):
        return place + 1
    return scanner.add(Chunk.WORD, None, place, place + 1)


def _comes_from_plant(scanner: Scanner, place: int) -> bool:
    """Whether "comes … from the plant" says where something was built, and not that it began."""
    rest = range(place + 1, len(scanner.items))
    return any(scanner.has(at, Kind.PLANT, Kind.PLANT_NOUN) and scanner.has(at - 1, Kind.OF_YEAR) for at in rest)


def _is_of_plant(scanner: Scanner, place: int) -> bool:
    """Whether words for a row stand before a plant, of which they say something else: "the smallest plant"."""
    facts = [scanner.relations.facts[name] for name in scanner.items[place].senses[Kind.FACT]]
    near = scanner.has(place + 1, Kind.PLANT_NOUN) and not scanner.items[place + 1].gap
    return near and all(fact.row is not None for fact in facts)


def _leaves_plant(scanner: Scanner, place: int) -> bool:
    """Whether products left the plant, and so were built, where of a model it would mean its end."""
    following = scanner.skip_plain(place + 1)
    models = any(item.has(Kind.MODEL_NOUN) for item in scanner.items)
    return not models and scanner.items[place].has(Kind.BUILD) and scanner.has(following, Kind.PLANT, Kind.PLANT_NOUN)


def _deny(part: Part) -> None:
    """ "Did not last five years": less than these; "did not last more than five": not more."""
    limit: Limit = part.value
    said = any(item.has(Kind.BOUND) for item in part.items)  # "not exactly five years"
    if said or limit.least is None or limit.least != limit.most:
        part.negated = True
    else:
        part.value = Limit(limit.attribute, None, Bound(limit.least.value, inclusive=False))


def _join(parts: Sequence[Part]) -> None:
    """Note for each name what joins it to the name before, and whether it is excluded."""
    last: int | None = None
    for index, part in enumerate(parts):
        between = parts[last + 1 : index] if last is not None else parts[:index]
        described = part.chunk is Chunk.MILESTONE and not part.value.numbers
        narrowing = part.chunk in (Chunk.ROWS, Chunk.TIME, Chunk.LIMIT) or described
        denied = narrowing and denial_of(parts, index) is not None
        if denied and part.chunk is Chunk.LIMIT:
            _deny(part)
        else:
            part.negated = denied
        if part.chunk is Chunk.ROWS and index + 1 < len(parts) and parts[index + 1].has(Kind.LEFT_OUT):
            part.negated = True  # "the X not counted"
        if part.chunk is not Chunk.ROWS:
            continue
        if last is not None:
            words = [each for each in between if each.chunk is Chunk.WORD]
            joints = [kind for each in words for kind in JOINING if each.has(kind)]
            if not joints and any(each.has(Kind.INCLUDING) for each in words) and not parts[last].negated:
                joints = [] if part.value.rows & parts[last].value.rows else [Kind.AND]  # others besides
            if joints and len(words) == len(between) and len(between) <= 2:
                part.link = next((k for k in (Kind.VERSUS, Kind.THAN, Kind.OR, Kind.AND) if k in joints), None)
                if part.link in (Kind.AND, Kind.OR, Kind.VERSUS) and parts[last].negated:
                    part.negated = True
                elif part.link is Kind.AND and _is_said_besides(words, parts, last, index):
                    part.link = Kind.WITH
            elif not between and part.gap == 1:
                part.link = Kind.AND
                part.negated = part.negated or parts[last].negated
        last = index


def _is_said_besides(words: Sequence[Part], parts: Sequence[Part], last: int, index: int) -> bool:
    """Whether a verb of its own says a second thing of the same rows: "which are X and are Y" of other facets."""
    facets = [{rows.facet for rows in parts[place].value.sets} for place in (last, index)]
    asked = any(part.chunk is Chunk.WORD and part.has(Kind.WHICH, Kind.HOW_MANY) for part in parts[:last])
    verbs = len(words) == 2 and words[0].has(Kind.AND) and words[1].has(Kind.AUX) and parts[last - 1].has(Kind.AUX)
    return verbs and asked and None not in facets[0] | facets[1] and not facets[0] & facets[1]
