"""Asking in words by command: what is typed behind it, or what stands in a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot.commands.answering import answer_question
from bot.commands.delivery import tell
from bot.commands.options import command
from bot.commands.wording import command_text, language_of

if TYPE_CHECKING:
    from bot.client import Werkbot

QUESTION_LIMIT = 500
"""Characters of a question that is typed as a command's option."""

_ENTITY = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]*:|id:)[^>\s]*>")
"""What Discord writes for a mention of somebody, a channel, a command, an emoji or a time: no words to read."""


class Questions(commands.Cog):
    """Commands that end at the one door for questions."""

    def __init__(self, bot: Werkbot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name=command_text("answer_this.name"), callback=self.answer_this)

    @override
    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._menu)

    @override
    async def cog_unload(self) -> None:
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @command("ask", "question")
    async def ask(
        self,
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, QUESTION_LIMIT],
        private: bool = False,
    ) -> None:
        """Answer a question, in the language that it is asked in."""
        await answer_question(self._bot, interaction, words_of(question), private=private)

    async def answer_this(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Answer the question in a message, and say which message that is."""
        question = words_of(message.content)
        if not question or message.author == self._bot.user:
            await tell(interaction, language_of(interaction, self._bot.language).say("discord.answer_this.nothing"))
            return
        await answer_question(self._bot, interaction, question, private=False, content=message.jump_url)


def words_of(text: str) -> str:
    """What a person wrote, without the mentions and other entities in it."""
    return " ".join(_ENTITY.sub(" ", text).split())


async def setup(bot: Werkbot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Questions(bot))
