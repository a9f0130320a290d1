"""Names that people type into commands: completed while they type, and what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import discord
from discord import app_commands
from rapidfuzz import fuzz, process, utils
from typing_extensions import override

from bot.commands.delivery import tell
from bot.commands.wording import language_of
from bot.languages import Language
from bot.replies.embed import cut
from bot.replies.wording_markdown import escape
from knowledge.query import Attribute, AttributeName, Equals, Selection
from knowledge.relations import Relations
from knowledge.schema import Milestone, Model

if TYPE_CHECKING:
    from bot.client import Werkbot

MAXIMUM_CHOICES = 25
CHOICE_LIMIT = 100
"""Characters of a choice's name and of its value."""

SUGGESTIONS = 5
LEAST_LIKENESS = 70
"""Out of 100: what is less like the typed text is not offered while a person types."""

SENTENCE_LIMIT = 2000

GROUPS = (Attribute.SERIES, Attribute.BRAND, Attribute.BODY)
"""Facets whose values may stand for all rows that have them, the first that knows a name."""

T = TypeVar("T", int, str)
Interaction = discord.Interaction[Any]


@dataclass(frozen=True)
class Unknown:
    """A name that is not in the facts, and the sentence that says what is. A value: nothing went wrong."""

    key: str
    values: dict[str, object]


class ModelName(app_commands.Transformer):
    """A model, or a group of them, by a name from the list: the selection that it stands for."""

    @property
    @override
    def min_value(self) -> int:
        return 1

    @property
    @override
    def max_value(self) -> int:
        return CHOICE_LIMIT

    @override
    async def transform(self, interaction: Interaction, value: Any, /) -> Selection | Unknown:
        relations = relations_of(interaction)
        return selection_of(value, relations) or no_model(value, relations.knowledge.models)

    @override
    async def autocomplete(
        self, interaction: Interaction, value: str | int | float, /
    ) -> list[app_commands.Choice[str | int | float]]:
        relations = relations_of(interaction)
        offers = [(value_of(model), model.key) for model in relations.knowledge.models]
        groups = relations.facets.get(Attribute.SERIES, {})
        offers += [(name, name) for name, rows in groups.items() if len(rows) > 1 and len(name) <= CHOICE_LIMIT]
        return choices(str(value), offers, [caption for _, caption in offers])


class MilestoneNumber(app_commands.Transformer):
    """The number of a milestone that there is."""

    @property
    @override
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.integer

    @property
    @override
    def min_value(self) -> int:
        return 1

    @override
    async def transform(self, interaction: Interaction, value: Any, /) -> int | Unknown:
        milestones = relations_of(interaction).milestones
        if any(milestone.number == value for milestone in milestones):
            return int(value)
        return no_milestone(value, milestones, language_of(interaction, bot_of(interaction).language))

    @override
    async def autocomplete(
        self, interaction: Interaction, value: str | int | float, /
    ) -> list[app_commands.Choice[str | int | float]]:
        language = language_of(interaction, bot_of(interaction).language)
        offers = [(found.number, _caption(found, language)) for found in relations_of(interaction).milestones]
        # Grouping signs are no digits: 1000 is typed for 1,000,000.
        return choices(str(value), offers, [f"{number} {caption}" for number, caption in offers])


class FacetValue(app_commands.Transformer):
    """A value that some rows have for a facet: a brand, a series."""

    def __init__(self, facet: AttributeName) -> None:
        self._facet = facet

    @property
    @override
    def max_value(self) -> int:
        return CHOICE_LIMIT

    @override
    async def transform(self, interaction: Interaction, value: Any, /) -> str | Unknown:
        values = self._values(interaction)
        found = next((known for known in values if _folded(known) == _folded(value)), None)
        if found is None:
            return Unknown("discord.lookup.no_value", {"typed": _quoted(value), "known": _near(value, values)})
        return found

    @override
    async def autocomplete(
        self, interaction: Interaction, value: str | int | float, /
    ) -> list[app_commands.Choice[str | int | float]]:
        values = [known for known in self._values(interaction) if len(known) <= CHOICE_LIMIT]
        return choices(str(value), [(known, known) for known in values], values)

    def _values(self, interaction: Interaction) -> list[str]:
        return sorted(relations_of(interaction).facets.get(self._facet, {}))


def bot_of(interaction: Interaction) -> Werkbot:
    """The bot that an interaction is with."""
    return cast("Werkbot", interaction.client)


async def tell_unknown(interaction: Interaction, unknown: Unknown) -> None:
    """Tell that a name is not in the facts."""
    language = language_of(interaction, bot_of(interaction).language)
    await tell(interaction, language.say(unknown.key, **unknown.values))


def relations_of(interaction: Interaction) -> Relations:
    """The facts of today."""
    return bot_of(interaction).conversation.relations


def choices(
    typed: str, offers: Sequence[tuple[T, str]], searched: Sequence[str]
) -> list[app_commands.Choice[str | int | float]]:
    """At most 25 offers, each a value and its caption, those whose searched text is most like the typed one first."""
    places = _ranked(typed, searched) if typed.strip() else range(len(offers))
    return [
        app_commands.Choice(name=cut(caption, CHOICE_LIMIT), value=value)
        for value, caption in (offers[place] for place in places[:MAXIMUM_CHOICES])
    ]


def selection_of(typed: str, relations: Relations) -> Selection | None:
    """The rows that have exactly this key, name, title, code or alias; else the group of this name."""
    keys = tuple(model.key for model in models_called(typed, relations.knowledge.models))
    if keys:
        return Selection("models", (Equals(Attribute.KEY, keys),))
    for facet in GROUPS:
        for value in relations.facets.get(facet, {}):
            if _folded(value) == _folded(typed):
                return Selection("models", (Equals(facet, (value,)),))
    return None


def models_called(typed: str, models: Sequence[Model]) -> tuple[Model, ...]:
    """The models that have exactly this key, name, title, code or alias, upper and lower case the same."""
    wanted = _folded(typed)
    picked = tuple(model for model in models if _folded(value_of(model)) == wanted)
    return picked or tuple(
        model
        for model in models
        if wanted in {_folded(text) for text in (model.name, model.title, model.code or "", *model.aliases)}
    )


def value_of(model: Model) -> str:
    """A model's key, as far as Discord lets it be the value of a choice."""
    return model.key[:CHOICE_LIMIT].strip()


def no_model(typed: str, models: Sequence[Model]) -> Unknown:
    """What to say to a name that is not on the list: which ones are near."""
    if not models:
        return Unknown("discord.lookup.no_models", {})
    near = _near(typed, [model.key for model in models])
    return Unknown("discord.lookup.no_model", {"typed": _quoted(typed), "known": near})


def no_milestone(number: int, milestones: Sequence[Milestone], language: Language) -> Unknown:
    """What to say to a number that is none: which ones there are."""
    if not milestones:
        return Unknown("discord.lookup.no_milestones", {})
    nearest = sorted(milestones, key=lambda milestone: abs(milestone.number - number))[:MAXIMUM_CHOICES]
    known = ", ".join(language.number(found) for found in sorted({milestone.number for milestone in nearest}))
    return Unknown("discord.lookup.no_milestone", {"number": number, "known": cut(known, SENTENCE_LIMIT // 2)})


def _folded(text: str) -> str:
    return text.strip().casefold()


def _quoted(typed: str) -> str:
    return cut(escape(typed), SENTENCE_LIMIT // 4)


def _near(typed: str, known: Sequence[str]) -> str:
    near = _ranked(typed, known, least=0)[:SUGGESTIONS]
    return cut(", ".join(escape(known[place]) for place in near), SENTENCE_LIMIT // 2)


def _caption(milestone: Milestone, language: Language) -> str:
    parts = (
        language.number(milestone.number),
        milestone.model or "",
        language.date(milestone.date) if milestone.date else "",
    )
    return " · ".join(part for part in parts if part)


def _ranked(typed: str, searched: Sequence[str], least: float = LEAST_LIKENESS) -> list[int]:
    """The places of the texts that are like the typed one, the most like first, then in their own order."""
    found = process.extract(
        typed, searched, scorer=fuzz.partial_ratio, processor=utils.default_process, score_cutoff=least, limit=None
    )
    return [place for _, _, place in found]
