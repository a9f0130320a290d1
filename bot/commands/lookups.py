"""Looking things up by picking them from a list: a milestone by its number, a model by its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import discord
from discord import app_commands
from discord.ext import commands
from rapidfuzz import fuzz, process, utils

from bot.commands.choices import respond
from bot.commands.delivery import tell
from bot.commands.wording import command_text, language_of
from bot.languages import Language
from bot.replies.embed import cut
from bot.replies.wording_markdown import escape
from knowledge.query import Attribute, Equals, Get, Selection
from knowledge.schema import Milestone, Model

if TYPE_CHECKING:
    from bot.client import Werkbot

MAXIMUM_CHOICES = 25
CHOICE_LIMIT = 100
"""Characters of a choice's name and of its value."""

SUGGESTIONS = 5
LEAST_LIKENESS = 70
"""Out of 100: what is less like the typed text is not offered while a person types."""

MODEL_ATTRIBUTES = (Attribute.QUANTITY, Attribute.PERIOD)
MILESTONE_ATTRIBUTES = (Attribute.DATE, Attribute.MODEL, Attribute.COLOUR)

T = TypeVar("T", int, str)


class LookUps(commands.Cog):
    """Commands that build their query themselves, so nothing of them has to be read from words."""

    def __init__(self, bot: Werkbot) -> None:
        self._bot = bot

    @app_commands.command(name=command_text("milestone.name"), description=command_text("milestone.description"))
    @app_commands.rename(number=command_text("milestone.number.name"))
    @app_commands.describe(number=command_text("milestone.number.description"))
    async def milestone(self, interaction: discord.Interaction, number: app_commands.Range[int, 1]) -> None:
        """Show the milestone with a number."""
        conversation = self._bot.conversation
        language = language_of(interaction, self._bot.language)
        milestones = conversation.snapshot.knowledge.milestones
        found = [milestone for milestone in milestones if milestone.number == number]
        if not found:
            await tell(interaction, no_milestone(number, milestones, language))
            return
        details = dict.fromkeys(name for milestone in found for name in milestone.details)
        selection = Selection("milestones", (Equals(Attribute.NUMBER, (number,)),))
        reply = conversation.answer(Get(selection, (*MILESTONE_ATTRIBUTES, *details)), language.code)
        await respond(interaction, conversation, reply)

    @app_commands.command(name=command_text("model.name"), description=command_text("model.description"))
    @app_commands.rename(name=command_text("model.model.name"))
    @app_commands.describe(name=command_text("model.model.description"))
    async def model(self, interaction: discord.Interaction, name: app_commands.Range[str, 1, CHOICE_LIMIT]) -> None:
        """Show the rows of the list of models that have a name or code."""
        conversation = self._bot.conversation
        language = language_of(interaction, self._bot.language)
        models = conversation.snapshot.knowledge.models
        keys = tuple(model.key for model in models_called(name, models))
        if not keys:
            await tell(interaction, no_model(name, models, language))
            return
        selection = Selection("models", (Equals(Attribute.KEY, keys),))
        reply = conversation.answer(Get(selection, MODEL_ATTRIBUTES), language.code)
        await respond(interaction, conversation, reply)

    @milestone.autocomplete("number")
    async def milestone_numbers(self, interaction: discord.Interaction, current: str) -> list[app_commands.Choice[int]]:
        """The milestones that are like what has been typed."""
        language = language_of(interaction, self._bot.language)
        milestones = self._bot.conversation.snapshot.knowledge.milestones
        offers = [(milestone.number, _caption(milestone, language)) for milestone in milestones]
        # Grouping signs are no digits: 1000 is typed for 1,000,000.
        return choices(current, offers, [f"{number} {caption}" for number, caption in offers])

    @model.autocomplete("name")
    async def model_names(self, _interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        """The models that are like what has been typed."""
        models = self._bot.conversation.snapshot.knowledge.models
        offers = [(value_of(model), model.key) for model in models]
        return choices(current, offers, [caption for _, caption in offers])


def choices(typed: str | int, offers: Sequence[tuple[T, str]], searched: Sequence[str]) -> list[app_commands.Choice[T]]:
    """At most 25 offers, each a value and its caption, those whose searched text is most like the typed one first."""
    places = _ranked(str(typed), searched) if str(typed).strip() else range(len(offers))
    return [
        app_commands.Choice(name=cut(caption, CHOICE_LIMIT), value=value)
        for value, caption in (offers[place] for place in places[:MAXIMUM_CHOICES])
    ]


def models_called(typed: str, models: Sequence[Model]) -> tuple[Model, ...]:
    """The models that have exactly this key, name, title, code or alias, upper and lower case the same."""
    wanted = typed.strip().casefold()
    picked = tuple(model for model in models if value_of(model).casefold() == wanted)
    return picked or tuple(
        model
        for model in models
        if wanted in {text.casefold() for text in (model.name, model.title, model.code or "", *model.aliases)}
    )


def value_of(model: Model) -> str:
    """A model's key, as far as Discord lets it be the value of a choice."""
    return model.key[:CHOICE_LIMIT].strip()


def no_model(typed: str, models: Sequence[Model], language: Language) -> str:
    """What to say to a name that is not on the list: which ones are near."""
    if not models:
        return language.say("discord.lookup.no_models")
    keys = [model.key for model in models]
    near = _ranked(typed, keys, least=0)[:SUGGESTIONS]
    known = ", ".join(escape(keys[place]) for place in near)
    return cut(language.say("discord.lookup.no_model", typed=escape(typed), known=known), 2000)


def no_milestone(number: int, milestones: Sequence[Milestone], language: Language) -> str:
    """What to say to a number that is none: which ones there are."""
    if not milestones:
        return language.say("discord.lookup.no_milestones")
    nearest = sorted(milestones, key=lambda milestone: abs(milestone.number - number))[:MAXIMUM_CHOICES]
    known = ", ".join(language.number(found) for found in sorted({milestone.number for milestone in nearest}))
    return cut(language.say("discord.lookup.no_milestone", number=number, known=known), 2000)


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


async def setup(bot: Werkbot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(LookUps(bot))
