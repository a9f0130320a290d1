"""Asking: by command, by mentioning the bot, in a direct message, or in reply to one of its answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.commands.choices import reply_to, respond, speaker_of
from bot.commands.delivery import send_reply
from bot.commands.incidents import record
from bot.commands.wording import command_text, language_of
from bot.replies.embed import welcome

if TYPE_CHECKING:
    from bot.client import Werkbot

QUESTION_LIMIT = 500
"""Characters of a question that is typed as a command's option."""

_ENTITY = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]*:|id:)[^>\s]*>")
"""What Discord writes for a mention of somebody, a channel, a command, an emoji or a time: no words to read."""


class Questions(commands.Cog):
    """The ways to ask a question; all of them end at the one door, ``Conversation.reply``."""

    def __init__(self, bot: Werkbot) -> None:
        self._bot = bot

    @app_commands.command(name=command_text("ask.name"), description=command_text("ask.description"))
    @app_commands.rename(question=command_text("ask.question.name"))
    @app_commands.describe(question=command_text("ask.question.description"))
    async def ask(self, interaction: discord.Interaction, question: app_commands.Range[str, 1, QUESTION_LIMIT]) -> None:
        """Answer a question, in the language that it is asked in."""
        conversation = self._bot.conversation
        reply = conversation.reply(words_of(question), speaker_of(interaction), self._bot.language)
        await respond(interaction, conversation, reply)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what is addressed to the bot."""
        if self._bot.user is None or not addressed(message, self._bot.user.id):
            return
        try:
            await self._answer(message)
        except Exception as error:  # noqa: BLE001 - the one handler of errors in messages
            language = language_of(message, self._bot.language)
            await send_reply(message, record(error, "message", language))

    async def _answer(self, message: discord.Message) -> None:
        conversation = self._bot.conversation
        language = language_of(message, self._bot.language)
        if not message.content:
            # Without the privileged intent, Discord leaves out what a reply to a command's answer says.
            ask = language.say("discord.commands.ask.name")
            await send_reply(message, language.say("discord.welcome.unreadable", ask=ask))
            return
        question = words_of(message.content)
        if question:
            reply = conversation.reply(question, speaker_of(message), self._bot.language)
            await reply_to(message, conversation, reply)
        else:
            embed = welcome(conversation.snapshot.knowledge, language)
            await send_reply(message, embed.description or "", embed)


def addressed(message: discord.Message, me: int) -> bool:
    """Whether a person speaks to the bot: in a direct message, by its own mention, or by a reply to it.

    Discord counts a reply as a mention, unless the person switched that off; then its text is not shown to the bot.
    """
    if message.author.bot or message.author.system or message.webhook_id is not None or message.is_system():
        return False
    return message.guild is None or any(user.id == me for user in message.mentions)


def words_of(text: str) -> str:
    """What a person wrote, without the mentions and other entities in it."""
    return " ".join(_ENTITY.sub(" ", text).split())


async def setup(bot: Werkbot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Questions(bot))
