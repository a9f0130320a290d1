"""What happens when something goes wrong: a friendly sentence for the person, the traceback for the log."""

from __future__ import annotations

import logging
import secrets

import discord
from discord import app_commands
from typing_extensions import override

from bot.commands.delivery import tell
from bot.commands.wording import language_of
from bot.languages import Language

log = logging.getLogger(__name__)


class Refusal(app_commands.CheckFailure):
    """A check that says why it refused: ``key`` names the sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands, with the one handler of their errors."""

    language: str | None = None
    """The language that the settings fix, if they do."""

    @override
    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        await answer_error(interaction, error, self.language)


def record(error: BaseException, place: str, language: Language) -> str:
    """Log an error with its traceback, and give the sentence for the person, which names the same incident."""
    incident = secrets.token_hex(3)
    log.error("incident %s in %s", incident, place, exc_info=error)
    return language.say("discord.error.incident", incident=incident)


async def answer_error(interaction: discord.Interaction, error: BaseException, fixed_language: str | None) -> None:
    """Tell who used a command or a button what became of it, whether or not it was answered before."""
    language = language_of(interaction, fixed_language)
    place = interaction.command.qualified_name if interaction.command else interaction.type.name
    match error:
        case Refusal(key=key):
            text = language.say(key)
        case app_commands.CheckFailure():
            text = language.say("discord.error.refused")
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            text = language.say("discord.error.outdated")
        case app_commands.CommandInvokeError(original=original):
            text = record(original, place, language)
        case _:
            text = record(error, place, language)
    try:
        await tell(interaction, text)
    except discord.HTTPException:
        log.warning("could not tell anybody about the error in %s", place, exc_info=True)
