"""The words of the commands, and in which language to speak to whom."""

from __future__ import annotations

import discord
from discord import app_commands
from typing_extensions import override

from bot.languages import DEFAULT, Language, languages


def command_text(key: str) -> app_commands.locale_str:
    """A command's name or description; Discord gets it in every language that the bot has."""
    key = f"discord.commands.{key}"
    return app_commands.locale_str(languages()[DEFAULT].say(key), key=key)


class Translations(app_commands.Translator):
    """Names and descriptions of commands from the language files."""

    @override
    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        language = _language(locale)
        if language is None or language.code == DEFAULT or "key" not in string.extras:
            return None
        return language.say(string.extras["key"])


def language_of(place: discord.Interaction | discord.Message, fixed: str | None) -> Language:
    """The language of who speaks: ``fixed`` by the settings, or by the person's client, or by the server.

    Only for what the bot says on its own account: a question is answered in the language that it is asked in.
    """
    if fixed is not None:
        return languages()[fixed]
    match place:
        case discord.Interaction():
            spoken = _language(place.locale)
        case discord.Message(guild=discord.Guild() as guild):
            spoken = _language(guild.preferred_locale)
        case _:
            spoken = None
    return spoken or languages()[DEFAULT]


def _language(locale: discord.Locale) -> Language | None:
    return languages().get(locale.value.partition("-")[0])
