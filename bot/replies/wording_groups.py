"""Groups in words: what each comes to, and which of them has the most or the least."""

from __future__ import annotations

from bot.replies.evidence import lines, lines_of
from bot.replies.wording_markdown import bold, capital
from bot.replies.wording_numbers import measured
from bot.replies.wording_phrases import Phrases
from bot.replies.wording_said import Said
from knowledge.answer import Answer, Group, Groups
from knowledge.query import AttributeName, Grouped

INLINE = 4
"""So many groups at most stand in one sentence."""


def group_label(by: AttributeName, phrases: Phrases) -> str:
    """What groups are made by: a facet, or a year."""
    return phrases.say(f"group.year.{by}") if phrases.has("group", "year", by) else phrases.label(by)


def measure_label(query: Grouped, phrases: Phrases) -> str:
    """What is told of each group."""
    if query.function is None:
        return phrases.say("group.count")
    return phrases.say(f"group.{query.function}", attribute=phrases.label(query.attribute))


def say_groups(answer: Answer, groups: Groups, phrases: Phrases) -> Said:
    """The groups that were asked for, with the others or with their own records below."""
    query = answer.query
    if not isinstance(query, Grouped):
        raise TypeError(query)
    measure, by = capital(measure_label(query, phrases)), group_label(groups.by, phrases)
    note = (phrases.say("group.left_out", count=groups.unknown, by=by),) if groups.unknown else ()

    def said(group: Group) -> str:
        amount = measured(group.amount, groups.unit, phrases)
        return phrases.say("line", name=_named(group, groups, phrases), values=amount)

    if groups.chosen:
        chosen = [groups.groups[index] for index in groups.chosen]
        names = phrases.several([bold(_named(group, groups, phrases)) for group in chosen])
        amount = measured(chosen[0].amount, groups.unit, phrases)
        place = phrases.language.ordinal(query.position)
        key = f"group.{'first' if query.position == 1 else 'place'}.{query.direction}"
        headline = phrases.say(key, measure=measure, by=by, names=names, amount=amount, place=place)
        below = lines_of(answer.evidence, phrases) if query.function is None else lines(groups.groups, said, phrases)
        return Said(headline, (*below, *note))
    if len(groups.groups) <= INLINE:
        told = [
            phrases.say(
                "line", name=_named(group, groups, phrases), values=bold(measured(group.amount, groups.unit, phrases))
            )
            for group in groups.groups
        ]
        return Said("; ".join(told) + ".", note)
    return Said(phrases.say("group.all", measure=measure, by=by), (*lines(groups.groups, said, phrases), *note))


def _named(group: Group, groups: Groups, phrases: Phrases) -> str:
    """A group by its value; a year is no amount, and has no separators."""
    return str(group.value) if isinstance(group.value, int) else phrases.value(groups.by, group.value)
