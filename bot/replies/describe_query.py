"""A query in words: how a question was read, so that a reader can check it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.languages import Language
from bot.replies.wording_markdown import escape
from bot.replies.wording_phrases import Phrases
from knowledge.query import (
    Aggregate,
    AllOf,
    AnyOf,
    Attribute,
    AttributeName,
    Between,
    Bound,
    Claim,
    Compare,
    Condition,
    Constant,
    Count,
    Difference,
    Direction,
    Distinct,
    Equals,
    Exists,
    Get,
    Grouped,
    IsKnown,
    Listing,
    Nearest,
    Not,
    Overlaps,
    Position,
    PreviousValue,
    Query,
    Ranking,
    Ratio,
    Selection,
    Share,
    Together,
    Unavailable,
)
from knowledge.relations import Relations
from knowledge.schema import PartialDate

SPELT_OUT = 2
"""Rows that a reading names one by one; of more it says how many they are."""


def describe(query: Query, relations: Relations, language: Language) -> str:
    """The reading of a query in words, every condition named; text of the file comes out escaped."""
    return _Description(Phrases(relations, language)).query(query)


def describe_selection(selection: Selection, phrases: Phrases) -> str:
    """The records of a selection in words."""
    return _Description(phrases).selection(selection)


def group_name(selection: Selection, phrases: Phrases) -> str:
    """The records of a selection as a short name: a facet's value where that is all there is to say."""
    match selection:
        case Selection("models", (Equals(str(), (str() as value,)),), None):
            return escape(value)
    return describe_selection(selection, phrases)


class _Description:
    """The words of one description."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def say(self, key: str, **values: object) -> str:
        return self._phrases.say(f"reading.{key}", **values)

    def labels(self, attributes: Iterable[AttributeName]) -> str:
        return self._phrases.several([self._phrases.label(attribute) for attribute in attributes])

    def extreme(self, attribute: AttributeName, direction: Direction, degree: str = "extreme") -> str:
        """What stands first in an order: highest, latest, longest; or which of two is ahead: higher, later, longer."""
        match attribute:
            case Attribute.START | Attribute.END | Attribute.DATE:
                kind = "dates"
            case Attribute.DURATION:
                kind = "times"
            case _:
                kind = "numbers"
        return self.say(f"{degree}.{direction}.{kind}")

    # -- queries ------------------------------------------------------------------------------------------------

    def query(self, query: Query) -> str:
        match query:
            case Get(selection, attributes) if selection.relation == "facts" and attributes == (Attribute.VALUE,):
                return self.selection(selection)
            case Get(selection, attributes):
                return self.say("get", attributes=self.labels(attributes), selection=self.selection(selection))
            case Listing(selection):
                return self.say("listing", selection=self.selection(selection))
            case Count(selection, None):
                return self.say("count", selection=self.selection(selection))
            case Count(selection, str() as distinct):
                label = self._phrases.label(distinct)
                return self.say("count_values", attribute=label, selection=self.selection(selection))
            case Distinct(selection, attribute):
                label = self._phrases.label(attribute)
                return self.say("values", attribute=label, selection=self.selection(selection))
            case Aggregate():
                return self._aggregate(query)
            case Grouped():
                return self._grouped(query)
            case Constant(value):
                return self._constant(value)
            case Difference(left, right, missing, percent):
                key = "missing" if missing else "difference_percent" if percent else "difference"
                return self.say(key, left=self.query(left), right=self.query(right))
            case Ratio(left, right):
                return self.say("ratio", left=self.query(left), right=self.query(right))
            case Share(part, whole, attribute):
                by = self._phrases.label(attribute) if attribute else self.say("number_of_records")
                return self.say("share", part=self.selection(part), whole=self.selection(whole), attribute=by)
            case _:
                return self._judged(query)

    def _judged(self, query: Query) -> str:
        """The queries that compare, order and judge."""
        match query:
            case Compare(sides, attribute, direction):
                named = self._phrases.language.enumeration([self.selection(side) for side in sides], "or")
                comparative = self.extreme(attribute, direction, "comparative")
                return self.say("compare", attribute=self._phrases.label(attribute), extreme=comparative, sides=named)
            case Together(sides, lasting):
                named = self._phrases.several([self.selection(side) for side in sides])
                return self.say("together_lasting" if lasting else "together", sides=named)
            case Exists(selection):
                return self.say("exists", selection=self.selection(selection))
            case Claim(subject, condition, negated, quantifier):
                key = "claim_negated" if negated else f"claim_{quantifier}"
                said = self.selection(subject.selection) if isinstance(subject, (Get, Listing)) else self.query(subject)
                return self.say(key, subject=said, condition=self.condition(condition))
            case Position(selection, attribute, direction, among):
                return self.say(
                    "position",
                    selection=self.selection(selection),
                    attribute=self._phrases.label(attribute),
                    extreme=self.extreme(attribute, direction),
                    among=self.selection(among),
                )
            case Nearest(selection, attribute, target):
                label = self._phrases.label(attribute)
                return self.say(
                    "nearest", selection=self.selection(selection), attribute=label, target=self.query(target)
                )
            case PreviousValue(name):
                return self.say("previous", subject=self._fact(name))
            case Unavailable(topic, near):
                topic = self._phrases.say(f"topics.{topic}") if self._phrases.has("topics", topic) else escape(topic)
                return self.say("near", topic=topic, near=self.query(near)) if near else topic
        raise TypeError(query)

    def _aggregate(self, query: Aggregate) -> str:
        label = self._phrases.label(query.attribute)
        said = self.say(f"aggregate.{query.function}", attribute=label, selection=self.selection(query.selection))
        if query.in_period is None:
            return said
        return self.say("in_period", query=said, period=self._period(query.in_period))

    def _grouped(self, query: Grouped) -> str:
        phrases = self._phrases
        label = phrases.label(query.attribute)
        measure = phrases.say(f"group.{query.function}" if query.function else "group.count", attribute=label)
        dated = phrases.has("group", "year", query.by)
        by = phrases.say(f"group.year.{query.by}") if dated else phrases.label(query.by)
        said = self.say("grouped", measure=measure, by=by, selection=self.selection(query.selection))
        if query.least or query.most:
            said = self.say("grouped_within", query=said, range=self._range(query.least, query.most))
        if query.direction is None:
            return said
        extreme = self.say(f"extreme.{query.direction}.numbers")
        if query.count is None:
            return self.say("grouped_order", query=said, extreme=extreme)
        if query.count > 1:
            last = query.position + query.count - 1
            return self.say("grouped_places", query=said, extreme=extreme, first=query.position, last=last)
        return self.say("grouped_place", query=said, extreme=extreme, position=query.position)

    def _fact(self, name: object) -> str:
        fact = self._phrases.relations.facts.get(str(name))
        return escape(self._phrases.subject(fact) if fact else str(name))

    def _constant(self, value: float | PartialDate) -> str:
        return self._phrases.date(value) if isinstance(value, PartialDate) else self._phrases.number(value)

    # -- selections ---------------------------------------------------------------------------------------------

    def selection(self, selection: Selection) -> str:
        said = self._records(selection)
        return self._ranked(selection.ranking, said) if selection.ranking else said

    def _records(self, selection: Selection) -> str:
        match selection:
            case Selection("models", (Equals(Attribute.KEY, values),)):
                return self._phrases.several([escape(str(value)) for value in values])
            case Selection("milestones", (Equals(Attribute.NUMBER | Attribute.KEY, values),)):
                numbers = [int(value) if str(value).isdecimal() else value for value in values]
                named = [self._phrases.number(n) if isinstance(n, int) else escape(n) for n in numbers]
                return self.say("milestone", numbers=self._phrases.several(named))
            case Selection("facts", (Equals(Attribute.KEY, values),)):
                return self._phrases.several([self._fact(value) for value in values])
        key = "some" if selection.conditions else "all"
        conditions = self._joined(selection.conditions, "all_of")
        return self.say(f"{key}.{selection.relation}", conditions=conditions)

    def _ranked(self, ranking: Ranking, among: str) -> str:
        label = self._phrases.label(ranking.attribute)
        last = ranking.position + ranking.count - 1
        key = "first" if last == 1 else "top" if ranking.position == 1 else "place" if ranking.count == 1 else "places"
        return self.say(
            f"ranked.{key}",
            attribute=label,
            extreme=self.extreme(ranking.attribute, ranking.direction),
            among=among,
            count=ranking.count,
            first=ranking.position,
            last=last,
        )

    # -- conditions ---------------------------------------------------------------------------------------------

    def condition(self, condition: Condition) -> str:
        match condition:
            case Equals(Attribute.IN_PRODUCTION, (bool() as running,)):
                return self._phrases.say("state.running" if running else "state.ended")
            case Equals(Attribute.KEY, values) if len(values) > SPELT_OUT:
                return self.say("one_of", count=len(values))
            case Equals(Attribute.KEY, values):
                return self._phrases.language.enumeration([escape(str(value)) for value in values], "or")
            case Equals(attribute, values):
                shown = [self._phrases.value(attribute, value) for value in values]
                either = self._phrases.language.enumeration(shown, "or")
                return self.say("equals", attribute=self._phrases.label(attribute), values=either)
            case Between(attribute, least, most):
                return self.say("range", attribute=self._phrases.label(attribute), range=self._range(least, most))
            case Overlaps():
                return self.say("overlaps", period=self._period(condition))
            case IsKnown(attribute):
                return self.say("known", attribute=self._phrases.label(attribute))
            case Not(IsKnown(attribute)):
                return self.say("not_known", attribute=self._phrases.label(attribute))
            case Not(inner):
                return self.say("other_than", condition=self.condition(inner))
            case AnyOf(conditions):
                return self._joined(conditions, "any_of")
            case AllOf(conditions):
                return self._joined(conditions, "all_of")

    def _joined(self, conditions: Iterable[Condition], key: str) -> str:
        """Conditions with a word between them; what is itself joined stands in brackets."""
        parts = []
        for each in conditions:
            said = self.condition(each)
            nested = isinstance(each, (AnyOf, AllOf)) and len(each.conditions) > 1
            parts.append(f"({said})" if nested else said)
        return self.say(key).join(parts)

    def _range(self, least: Bound | None, most: Bound | None) -> str:
        dated = any(bound is not None and isinstance(bound.value, PartialDate) for bound in (least, most))
        kind = "dates" if dated else "numbers"
        low, high = (self._bound(bound) if bound else "" for bound in (least, most))
        if least and most and least.inclusive and most.inclusive:
            if least.value == most.value:
                return self.say(f"{kind}.is", value=low)
            return self.say(f"{kind}.between", least=low, most=high)
        ends = []
        if least:
            ends.append(self.say(f"{kind}.{'from' if least.inclusive else 'above'}", value=low))
        if most:
            ends.append(self.say(f"{kind}.{'up_to' if most.inclusive else 'below'}", value=high))
        return self.say("all_of").join(ends) or self.say(f"{kind}.any")

    def _period(self, period: Overlaps) -> str:
        match period:
            case Overlaps(None, None):
                return self.say("dates.any")
            case Overlaps(Bound(PartialDate() as first), Bound(PartialDate() as last)) if first == last:
                return self._phrases.when(first)
            case Overlaps(first, last):
                low, high = (self._bound(bound) if bound else "" for bound in (first, last))
                if first and last and low == high:
                    return self.say("dates.is", value=low)
                if first and last:
                    return self.say("dates.between", least=low, most=high)
                if first:
                    return self.say(f"dates.{'from' if first.inclusive else 'above'}", value=low)
                key = "up_to" if last and last.inclusive else "below"
                return self.say(f"dates.{key}", value=high)

    def _bound(self, bound: Bound) -> str:
        if isinstance(bound.value, (int, float, PartialDate)):
            return self._constant(bound.value)
        return f"({self.query(bound.value)})"
