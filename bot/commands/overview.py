"""What the bot is about: the plant, what can be asked, where the facts are from, what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot import __version__
from bot.commands.answering import answer_query
from bot.commands.delivery import may_speak, present
from bot.commands.options import KEY, command
from bot.commands.wording import language_of
from bot.components.button import ANYBODY, Action, AnswerButton, day_of
from bot.components.carried import Carried, address
from bot.components.post import PLANT, Post
from bot.languages import Language
from bot.replies.embed import COLOURS, examples, guide, welcome
from bot.replies.evidence import sources
from bot.replies.reply import Choice, Status
from bot.replies.wording_markdown import escape
from bot.replies.wording_phrases import Phrases
from knowledge.query import Listing, Selection

if TYPE_CHECKING:
    from bot.client import Werkbot


class Overview(commands.Cog):
    """Commands that need no question."""

    def __init__(self, bot: Werkbot) -> None:
        self._bot = bot

    @command("plant")
    async def plant(self, interaction: discord.Interaction, private: bool = False) -> None:
        """Show what is known about the plant as a whole."""
        query = Listing(Selection("facts"))
        await answer_query(self._bot, interaction, query, private=private, listing=PLANT)

    @command("help")
    async def help(self, interaction: discord.Interaction, private: bool = False) -> None:
        """Show what can be asked, with questions to press."""
        language = language_of(interaction, self._bot.language)
        knowledge = self._bot.conversation.snapshot.knowledge
        embed = guide(knowledge, language, commands_of(self._bot, language))
        post = with_examples(self._bot, language, embed)
        await present(interaction, post, private=private or not may_speak(interaction))

    @command("about")
    async def about(self, interaction: discord.Interaction, private: bool = False) -> None:
        """Show where the facts are from, the version, and what is stored about people."""
        language = language_of(interaction, self._bot.language)
        embed = about_embed(self._bot, language)
        post = Post(embed, embed.description or "")
        await present(interaction, post, private=private or not may_speak(interaction))


def welcome_post(bot: Werkbot, language: Language) -> Post:
    """What the bot is for, with questions that anybody can press."""
    return with_examples(bot, language, welcome(bot.conversation.snapshot.knowledge, language))


def with_examples(bot: Werkbot, language: Language, embed: discord.Embed) -> Post:
    """An embed above questions that are made from the facts and that anybody can press."""
    snapshot = bot.conversation.snapshot
    offered = tuple(Choice(question, question) for question in examples(snapshot.knowledge, language))
    embed.url = address(Carried(language.code, choices=offered))
    day = day_of(snapshot)
    buttons = tuple(
        AnswerButton(Action.EXAMPLE, day, ANYBODY, place, label=choice.label) for place, choice in enumerate(offered)
    )
    return Post(embed, embed.description or "", buttons if embed.url else ())


def commands_of(bot: Werkbot, language: Language) -> tuple[str, ...]:
    """A line for each command that people have, as it is called in their language."""
    lines = []
    for each in bot.tree.get_commands():
        if isinstance(each, app_commands.Command):
            named = (language.say(f"discord.commands.{each.extras[KEY]}.{part}") for part in ("name", "description"))
            lines.append(language.say("discord.help.command", **dict(zip(("name", "description"), named, strict=True))))
    return tuple(lines)


def about_embed(bot: Werkbot, language: Language) -> discord.Embed:
    """Where the facts are from and of when, the version, and what is stored about people."""
    snapshot = bot.conversation.snapshot
    knowledge = snapshot.knowledge
    settings = bot.settings
    phrases = Phrases(bot.conversation.relations, language)
    days = settings.unanswered_days
    values = {
        "questions": language.say(f"discord.about_{'questions' if days else 'no_questions'}", days=days),
        "plant": escape(knowledge.plant.name),
        "source": sources(knowledge.sources, phrases),
        "as_of": knowledge.as_of,
        "models": len(knowledge.models),
        "milestones": len(knowledge.milestones),
        "facts": len(knowledge.facts),
        "loaded": discord.utils.format_dt(snapshot.loaded_at, "R"),
        "day": day_of(snapshot),
        "version": __version__,
        "minutes": max(1, round(settings.conversation_seconds / 60)),
    }
    return discord.Embed(description=language.say("discord.about", **values), colour=COLOURS[Status.SOCIAL])


async def setup(bot: Werkbot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Overview(bot))
