"""Answering a command: a question in words, or a query that the command built itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.commands.delivery import may_speak, present, within_a_second
from bot.commands.wording import language_of
from bot.components.carried import Carried
from bot.components.post import post_of
from bot.components.presses import draw, speaker_of
from bot.conversation import Exchange
from bot.replies.charts import Chart
from bot.replies.pages import Order
from knowledge.query import Query

if TYPE_CHECKING:
    from bot.client import Werkbot

Interaction = discord.Interaction[Any]


async def answer_question(
    bot: Werkbot, interaction: Interaction, question: str, *, private: bool, content: str = ""
) -> None:
    """Answer a question in the language that it is asked in; ``content`` stands above the answer."""
    private = private or not may_speak(interaction)
    preferred = language_of(interaction, bot.language).code
    asked = await within_a_second(
        bot.dialogue.ask(question, speaker_of(interaction), language=bot.language, preferred=preferred),
        lambda: interaction.response.defer(ephemeral=private, thinking=True),
    )
    reply = asked.exchange.reply
    carried = Carried(reply.language, asked.trail, choices=reply.choices)
    post = post_of(asked.exchange, carried, interaction.user.id, content=content)
    await present(interaction, post, private=private)


async def answer_query(
    bot: Werkbot,
    interaction: Interaction,
    query: Query,
    *,
    private: bool,
    listing: str = "",
    order: Order = Order.FILE,
    drawn: bool = False,
) -> None:
    """Answer a query; as a list with pages under ``listing``, or with its picture in place of its lines."""
    private = private or not may_speak(interaction)
    language = language_of(interaction, bot.language)

    async def work() -> tuple[Exchange, Chart | None]:
        exchange = await bot.dialogue.look_up(query, language.code, speaker_of(interaction))
        return exchange, await draw(bot, exchange) if drawn else None

    exchange, picture = await within_a_second(
        work(), lambda: interaction.response.defer(ephemeral=private, thinking=True)
    )
    carried = Carried(language.code, listing=listing, order=order)
    brief = picture is not None
    post = post_of(exchange, carried, interaction.user.id, picture=picture, brief=brief)
    await present(interaction, post, private=private)
