"""Names of rows: what neighbouring words of names come to together."""

from __future__ import annotations

from bot.intent.chunking.scanner import PLAIN, Scanner
from bot.intent.normalise import fold
from bot.intent.numerals import is_number
from bot.intent.parts import Chunk, Mention, Part
from bot.intent.senses import Kind, RowSet
from knowledge.query import Attribute, AttributeName, Equals


def rows_at(scanner: Scanner, place: int) -> int:
    """A name; one that ends in a noun for models says of what it speaks, as if the noun stood behind it."""
    item = scanner.items[place]
    end = _rows(scanner, place)
    if end and item.has(Kind.MODEL_NOUN):
        scanner.parts.append(Part(Chunk.WORD, None, "", {Kind.MODEL_NOUN: None}, items=(item,)))
    return end


def _rows(scanner: Scanner, place: int) -> int:
    rows = scanner.items[place].senses.get(Kind.ROWS)
    if not isinstance(rows, RowSet) or is_numbered(scanner, place):
        return 0
    if scanner.has(place, Kind.OWNER) and scanner.has(_past_order(scanner, place + 1), Kind.PLANT_NOUN):
        return scanner.add(Chunk.WORD, None, place, place + 1)  # an owner before "plants" says whose plants they are
    if _is_feature(scanner, place, rows):
        facet = _facet_of(scanner, place, rows)
        senses: dict[Kind, object] = {Kind.ATTRIBUTE: (facet,)} if facet else {Kind.UNKNOWN: None}
        if facet:
            scanner.parts.pop()
        return scanner.add(Chunk.WORD, None, place, place + 1, senses)
    mention = Mention(rows.rows, (rows.condition,), (rows,))
    earlier = next((part.value for part in reversed(scanner.parts) if part.chunk is Chunk.ROWS), None)
    if earlier is not None and rows.facet and scanner.has(place + 1, Kind.ONE) and not scanner.items[place + 1].gap:
        mention = _of_the_same_body(scanner, mention, earlier)
    last = scanner.parts[-1] if scanner.parts else None
    listed = (
        scanner.items[place].gap
        and scanner.has(place + 1, Kind.AND)
        and scanner.has(scanner.skip(place + 2), Kind.ROWS)
    )
    listed = listed or scanner.has(scanner.skip(place + 1), Kind.LEFT_OUT)
    near = last is not None and not listed and scanner.items[place].gap < 2 and _adjacent(scanner, place, last)
    if last is not None and last.chunk is Chunk.ROWS and near:
        shared = last.value.rows & rows.rows
        if shared:
            last.value = _narrowed(last.value, rows, shared)
            last.text = f"{last.text} {scanner.items[place].text}"
            last.items = (*last.items, scanner.items[place])
            return place + 1
    return scanner.add(Chunk.ROWS, mention, place, place + 1)


def _past_order(scanner: Scanner, place: int) -> int:
    """The place after the words that say which in an order is meant: "the sixth largest plant"."""
    while scanner.has(scanner.skip_plain(place), Kind.SUPERLATIVE, Kind.NUMBER):
        place = scanner.skip_plain(place) + 1
    return scanner.skip_plain(place)


def _is_feature(scanner: Scanner, place: int, rows: RowSet) -> bool:
    """Whether it is asked how many of something a name has, whose word is only a part of names: "how many doors"."""
    if rows.exact or rows.facet is not None or not scanner.has(place - 1, Kind.HOW_MANY):
        return False
    return any(each.exact for each in _named_after(scanner, place))


def _named_after(scanner: Scanner, place: int) -> list[RowSet]:
    named = (item.senses.get(Kind.ROWS) for item in scanner.items[place + 1 :])
    return [each for each in named if isinstance(each, RowSet)]


def _facet_of(scanner: Scanner, place: int, rows: RowSet) -> AttributeName | None:
    """The facet that tells how many of something the named rows have: of "doors" the one with "Three-Door"."""
    relations = scanner.relations
    word = scanner.items[place].spelling[-1:]
    if not word or any(not each.rows <= rows.rows for each in _named_after(scanner, place)):
        return None
    for facet in relations.facet_names:
        values = [relations.value(relations.knowledge.models[row], facet) for row in rows.rows]
        words = [fold(value).replace("-", " ").split() if isinstance(value, str) else [] for value in values]
        if all(word[0] in each or word[0][:-1] in each for each in words):
            return facet
    return None


def _of_the_same_body(scanner: Scanner, mention: Mention, earlier: Mention) -> Mention:
    """In "the 1 Series convertible and the 2 Series one", the second is a convertible too."""
    models = scanner.relations.knowledge.models
    bodies = {models[place].body for place in earlier.rows}
    body = bodies.pop() if len(bodies) == 1 else None
    shared = frozenset(place for place in mention.rows if body and models[place].body == body)
    if not shared or body is None:
        return mention
    return Mention(shared, (*mention.conditions, Equals(Attribute.BODY, (body,))), mention.sets)


def _adjacent(scanner: Scanner, place: int, last: Part) -> bool:
    """Whether only filling stands between a name and the part before it."""
    before = place - 1
    while before >= 0 and scanner.items[before].senses.keys() <= PLAIN:
        before -= 1
    return before >= 0 and scanner.items[before] is last.items[-1]


def _narrowed(mention: Mention, rows: RowSet, shared: frozenset[int]) -> Mention:
    return Mention(shared, (*mention.conditions, rows.condition), (*mention.sets, rows))


def is_numbered(scanner: Scanner, place: int) -> bool:
    """Whether a bare number stands behind a word for "number", so that it is the value of no facet."""
    return is_number(scanner.items[place]) and scanner.has(place - 1, Kind.NTH) and not scanner.items[place].gap
