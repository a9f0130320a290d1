"""How the things of a knowledge file are called and written in one language: the phrases that sentences are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.languages import Language
from bot.replies.wording_markdown import bold, escape
from knowledge.answer import Record
from knowledge.query import Attribute, AttributeName
from knowledge.relations import Relations, Value
from knowledge.schema import PRESENT, Fact, Milestone, Model, PartialDate, in_language

MONTHS_PER_YEAR = 12
DECIMALS = 2


@dataclass(frozen=True)
class Phrases:
    """The words of one language for the records of one knowledge file; all text of the file comes out escaped."""

    relations: Relations
    language: Language

    def say(self, key: str, **values: object) -> str:
        """A sentence of ``answers.yaml``."""
        return self.language.say(f"answers.{key}", **values)

    def has(self, *keys: str) -> bool:
        """Whether ``answers.yaml`` has something at this path."""
        section: Any = self.language.section("answers")
        for key in keys:
            if not isinstance(section, dict) or key not in section:
                return False
            section = section[key]
        return True

    # -- what things are called ---------------------------------------------------------------------------------

    def products(self, count: float) -> str:
        """What the plant makes, one or several, in the file's words."""
        vocabulary = self.relations.knowledge.vocabulary.get(self.language.code)
        words = vocabulary.products if vocabulary is not None else ()
        if not words:
            return self.say("units", count=count)
        return escape(words[0] if count == 1 else words[:2][-1])

    def label(self, attribute: AttributeName) -> str:
        """The noun for an attribute: the language's word, else the file's, else the attribute's own name."""
        if self.has("attributes", attribute):
            return self.say(f"attributes.{attribute}")
        vocabulary = self.relations.knowledge.vocabulary.get(self.language.code)
        words = vocabulary.facets.get(attribute) if vocabulary is not None else None
        if words:
            return escape(words[0])
        return escape(attribute.replace("_", " "))

    def heading(self, attribute: AttributeName) -> str:
        """The noun for an attribute at the start of a sentence."""
        label = self.label(attribute)
        return label[:1].upper() + label[1:]

    def name(self, record: Record) -> str:
        """What tells a record from all others."""
        match record:
            case Model():
                return escape(record.key)
            case Milestone():
                model = self.of(record, Attribute.MODEL)
                key = "milestone.called" if model else "milestone.name"
                return self.say(key, number=record.number, model=model)
            case Fact():
                return escape(self.subject(record))

    def named(self, text: str) -> str:
        """A row of the list by one of its names; where it stands alone with that name, its whole key."""
        rows = [row for row in self.relations.knowledge.models if text in (row.key, row.name, row.title, row.code)]
        return escape(rows[0].key if len(rows) == 1 else text)

    def subject(self, fact: Fact) -> str:
        """What a fact is about, as the file writes it."""
        return (fact.wording.get(self.language.code) or next(iter(fact.wording.values()))).subject

    def several(self, names: Iterable[str]) -> str:
        """Names as one phrase."""
        return self.language.enumeration(list(names))

    # -- numbers and times --------------------------------------------------------------------------------------

    def number(self, value: float, decimals: int = DECIMALS) -> str:
        """A number as the language writes it."""
        return self.language.number(value, decimals)

    def amount(self, count: float) -> str:
        """A number of products, with their name."""
        return self.say("amount", count=count, products=self.products(count))

    def percent(self, value: float, decimals: int = DECIMALS) -> str:
        """A percentage with its sign."""
        return self.say("percent", value=self.number(value, decimals))

    def date(self, value: PartialDate) -> str:
        """A date as far as it is known."""
        return self.language.date(value)

    def when(self, value: PartialDate, *, strong: bool = False) -> str:
        """A date as an adverb: in 2009, on 1 March 2005."""
        date = bold(self.date(value)) if strong else self.date(value)
        return self.say(f"when.{value.precision}", date=date)

    def after(self, value: PartialDate) -> str:
        """The time that follows a date."""
        return self.say(f"after.{value.precision}", date=value)

    def since(self, value: PartialDate, *, strong: bool = False) -> str:
        """The start of something that goes on."""
        date = bold(self.date(value)) if strong else self.date(value)
        return self.say(f"since.{value.precision}", date=date)

    def as_of(self) -> str:
        """Up to when the file knows anything."""
        return self.date(self.relations.knowledge.as_of)

    def span(self, row: Model) -> str:
        """A row's production period, short: 2009–2015; empty if nothing of it is known."""
        match row.production.start, row.production.end:
            case None, PartialDate() as end:
                return self.say("span.until", end=end)
            case None, "present":
                return self.say("span.running")
            case PartialDate() as start, None:
                return self.say("span.from", start=start)
            case PartialDate() as start, "present":
                return self.since(start)
            case PartialDate() as start, PartialDate() as end:
                if start == end:
                    return self.date(start)
                short = start.month is None and end.month is None
                return self.say("span.years" if short else "span.dates", start=start, end=end)
        return ""

    def between(self, row: Model, *, strong: bool = False) -> str:
        """A finished production period as an adverb: from 2009 to 2015; else the same as ``span``."""
        start, end = row.production.start, row.production.end
        if not isinstance(start, PartialDate) or not isinstance(end, PartialDate):
            return bold(self.span(row)) if strong else self.span(row)
        if start == end:
            return self.when(start, strong=strong)
        text = f"{self.say(f'from.{start.precision}', date=start)} {self.say(f'to.{end.precision}', date=end)}"
        return bold(text) if strong else text

    def duration(self, years: float) -> str:
        """A length of time in years, in years and months; none of them: less than a year."""
        months = round(years * MONTHS_PER_YEAR)
        whole, rest = divmod(months, MONTHS_PER_YEAR)
        if isinstance(years, int) or float(years).is_integer():
            return self.say("duration.years", count=int(years)) if years else self.say("duration.short")
        parts = [self.say("duration.years", count=whole)] if whole else []
        if rest:
            parts.append(self.say("duration.months", count=rest))
        return " ".join(parts) or self.say("duration.short")

    def about(self, years: float) -> str:
        """A length of time, which is never known to the day, with the word that says so."""
        if round(years * MONTHS_PER_YEAR) == 0:
            return self.duration(years)
        return self.say("about", value=self.duration(years))

    # -- values -------------------------------------------------------------------------------------------------

    def value(self, attribute: AttributeName, value: Value, record: Record | None = None) -> str:
        """The value of an attribute as people read it."""
        match value:
            case None:
                return self.say("not_known")
            case bool() if attribute == Attribute.IN_PRODUCTION:
                return self.say("state.running" if value else "state.ended")
            case bool():
                return self.say("truth.holds" if value else "truth.fails")
            case PartialDate():
                return self.date(value)
            case str() if value == PRESENT and attribute == Attribute.END:
                return self.say("state.running")
            case str():
                return escape(value)
            case dict():
                return escape(in_language(value, self.language.code))
            case tuple() if attribute == Attribute.PERIOD and isinstance(record, Model):
                return self.span(record)
            case tuple() if attribute in (Attribute.REPLACES, Attribute.REPLACED_BY):
                return self.several(self.named(str(part)) for part in value)
            case tuple():
                return self.several(self.value(attribute, part) for part in value if part != "")
            case int() | float() if isinstance(record, Fact):
                return self._measured(record, value)
            case int() | float() if attribute == Attribute.DURATION:
                return self.about(value)
            case int() | float():
                return self.number(value)

    def of(self, record: Record, attribute: AttributeName) -> str:
        """The value of a record's attribute as people read it; empty if it is not known."""
        value = self.relations.value(record, attribute)
        return "" if value is None else self.value(attribute, value, record)

    def _measured(self, fact: Fact, value: float) -> str:
        """A fact's number with its unit."""
        match fact.unit:
            case "products":
                shown = self.amount(value)
            case "percent":
                shown = self.percent(value)
            case "years":
                shown = self.duration(value)
            case "rank":
                shown = self.say("rank_value", number=value)
            case _:
                shown = self.number(value)
        if fact.exactness == "about":
            shown = self.say("about", value=shown)
        return self.say(f"per.{fact.per}", value=shown) if fact.per else shown
