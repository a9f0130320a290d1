"""Words for facets: whether their values are asked for, counted, ranked, or have to go together."""

from __future__ import annotations

from bot.intent.clause import Clause
from bot.intent.explaining import refers
from bot.intent.parts import Chunk, Part
from bot.intent.senses import NOUNS, Kind, Order
from knowledge.query import Attribute, AttributeName


def facet_words(clause: Clause) -> list[tuple[Part, AttributeName]]:
    """The words for facets of this file, each with the facet."""
    return [
        (part, name)
        for part in clause.words(Kind.ATTRIBUTE)
        for name in part.senses[Kind.ATTRIBUTE]
        if name in clause.facets()
    ]


def counts_values(clause: Clause) -> bool:
    """Whether the different values of a facet are counted: "how many body styles does the X have".

    Where the values are numbers themselves, it is the value that is asked for: "how many wheels does the X have".
    """
    for part, name in facet_words(clause):
        if clause.before(part).has(Kind.HOW_MANY) and not refers(clause, part):
            return not all(value[:1].isdigit() for value in clause.relations.facets.get(name, {}))
    return False


def asks_groups(clause: Clause) -> bool:
    """Whether a facet's groups themselves are asked for, and no row of them: "which series was built the longest"."""
    asked = [part for part, _ in facet_words(clause) if not refers(clause, part)]
    return bool(asked) and not clause.mentions and not clause.any(*NOUNS)


def joins_groups(clause: Clause) -> bool:
    """Whether it is asked which value of a facet goes with several groups at once: "which series has X and Y"."""
    asked = [
        part for part, _ in facet_words(clause) if clause.before(part).has(Kind.WHICH) and not refers(clause, part)
    ]
    groups = [part for part in clause.mentions if len(part.value.rows) > 1]
    return bool(asked and groups) and any(part.link is Kind.AND for part in clause.mentions[1:])


def limits_groups(clause: Clause, facet: Part) -> bool:
    """Whether an amount is one of the groups that a facet makes, not of the rows in them."""
    nouns = [part.index for part in clause.words(Kind.MODEL_NOUN) if part is not facet]
    return any(not any(noun < limit.index for noun in nouns) for limit in clause.limits)


def ranks_facet(clause: Clause) -> bool:
    """Whether it asks who has the most or more of something that is no figure here: "the most power", "more doors"."""
    for part in clause.parts:
        best = part.value if part.chunk is Chunk.BEST else None
        order = part.senses.get(Kind.COMPARATIVE) if part.chunk is Chunk.WORD else None
        attribute = best.attribute if best is not None else order.attribute if isinstance(order, Order) else None
        if attribute != Attribute.QUANTITY:
            continue
        after = clause.after(part)
        names = after.senses.get(Kind.ATTRIBUTE, ())
        if names and set(names) <= set(clause.facets()) and not after.has(*NOUNS):
            return True
        parts = [rows for rows in after.value.sets if not rows.exact] if after.chunk is Chunk.ROWS else []
        if part.has(Kind.QUANTIFIER) and any(rows.facet is None for rows in parts):
            return True
    return False
