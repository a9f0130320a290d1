"""The different values of an attribute, in words."""

from __future__ import annotations

from bot.replies.evidence import lines, row_lines
from bot.replies.wording_markdown import bold
from bot.replies.wording_phrases import Phrases
from bot.replies.wording_said import Said
from knowledge.answer import Answer, Cell, Row, Values
from knowledge.query import Distinct

ENUMERATED = 12
"""So many values at most stand in one sentence."""


def say_values(answer: Answer, values: Values, phrases: Phrases) -> Said:
    """The values in the order of the file; for a few records also which of them has which."""
    shown = [bold(phrases.value(values.attribute, value)) for value in values.values]
    label = phrases.heading(values.attribute)
    chosen = isinstance(answer.query, Distinct) and answer.query.selection.conditions
    below: tuple[str, ...] = ()
    if chosen and len(values.values) > 1:
        cells = ((record, phrases.relations.value(record, values.attribute)) for record in answer.evidence)
        rows = [Row(record, (Cell(values.attribute, value),)) for record, value in cells]
        below = row_lines(rows, phrases)
    if len(shown) <= ENUMERATED:
        return Said(phrases.say("line", name=label, values=phrases.several(shown)) + ".", below)
    count = bold(phrases.number(len(shown)))
    return Said(phrases.say("line", name=label, values=count) + ".", lines(shown, str, phrases))
