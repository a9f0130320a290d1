"""What happens when something goes wrong: a friendly sentence for the person, the traceback for the log."""

from __future__ import annotations

import logging
import secrets
from typing import Any

import discord
from discord import app_commands
from typing_extensions import override

from bot.commands.delivery import SILENT, may_speak, send_text, tell
from bot.commands.manners import Cooldowns
from bot.commands.wording import language_of
from bot.languages import Language

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
"""Discord let go of the interaction: the answer came too late."""
ALREADY_ACKNOWLEDGED = 40060
"""Somebody has answered the interaction already: another process of the same bot, most likely."""
SERVER_ERROR = 500
"""From this HTTP status on it is Discord's own fault."""


class Refusal(app_commands.CheckFailure):
    """What a person may not do, or cannot be done, and why: ``key`` names the sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands, with the one handler of their errors."""

    language: str | None = None
    """The language that the settings fix, if they do."""
    cooldowns: Cooldowns | None = None

    @override
    async def interaction_check(self, interaction: discord.Interaction) -> bool:
        """Keep people from asking faster than anybody reads; typing into an option is no question."""
        if self.cooldowns is None or interaction.type is not discord.InteractionType.application_command:
            return True
        wait = self.cooldowns.wait(interaction.user.id, interaction.created_at)
        if wait:
            await tell(
                interaction, language_of(interaction, self.language).say("discord.manners.slow_down", count=wait)
            )
        return not wait

    @override
    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        await answer_error(interaction, error, self.language)


def record(error: BaseException, place: str, language: Language) -> str:
    """Log an error with its traceback, and give the sentence for the person, which names the same incident."""
    incident = secrets.token_hex(3)
    log.error("incident %s in %s", incident, place, exc_info=error)
    return language.say("discord.error.incident", incident=incident)


def explain(error: BaseException, place: str, language: Language) -> str | None:
    """What a person has to know about an error; none if they have their answer already."""
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    match error:
        case Refusal(key=key, values=values):
            return language.say(key, **values)
        case app_commands.CheckFailure():
            return language.say("discord.error.refused")
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return language.say("discord.error.outdated")
        case discord.HTTPException(code=code) if code == ALREADY_ACKNOWLEDGED:
            log.warning("%s was answered before", place)
            return None
        case discord.NotFound(code=code) if code == UNKNOWN_INTERACTION:
            log.warning("Discord let go of %s before it was answered", place)
            return language.say("discord.error.vanished")
        case discord.Forbidden():
            log.warning("a permission is missing for %s: %s", place, error)
            return language.say("discord.error.forbidden")
        case discord.HTTPException(status=status) if status >= SERVER_ERROR:
            log.warning("Discord failed at %s: %s", place, error)
            return language.say("discord.error.discord")
    return record(error, place, language)


async def answer_error(interaction: discord.Interaction[Any], error: BaseException, fixed: str | None) -> None:
    """Tell who used a command or a button what became of it, once, whether or not it was answered before."""
    language = language_of(interaction, fixed)
    place = interaction.command.qualified_name if interaction.command else interaction.type.name
    text = explain(error, place, language)
    if text is None or interaction.type is discord.InteractionType.autocomplete:
        return
    try:
        await tell(interaction, text)
    except discord.HTTPException as failure:
        log.warning("could not tell anybody about the error in %s: %s", place, failure)
        if isinstance(failure, discord.NotFound) and may_speak(interaction):
            # Nobody can answer an interaction that is gone, but in the channel the person still reads it.
            await _tell_channel(interaction, language.say("discord.error.vanished"), place)


async def _tell_channel(interaction: discord.Interaction[Any], text: str, place: str) -> None:
    if not isinstance(interaction.channel, discord.abc.Messageable):
        return
    try:
        await interaction.channel.send(text, allowed_mentions=SILENT)
    except discord.HTTPException as failure:
        log.warning("could not tell the channel about the error in %s: %s", place, failure)


async def answer_message_error(message: discord.Message, error: BaseException, fixed: str | None) -> None:
    """Tell who wrote a message what became of it, once."""
    text = explain(error, "message", language_of(message, fixed))
    if text is None:
        return
    try:
        await send_text(message, text)
    except discord.HTTPException as failure:
        log.warning("could not tell anybody about the error in a message: %s", failure)
