"""What happens when a button is pressed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord

from bot.commands.delivery import exchange_for, present, tell, within_a_second
from bot.commands.incidents import Refusal
from bot.commands.wording import language_of
from bot.components.button import ANYBODY, Action, AnswerButton, buttons_of, day_of
from bot.components.carried import Carried, carried_by
from bot.components.post import ROWS, post_of
from bot.conversation import Exchange, Speaker
from bot.languages import languages
from bot.replies.charts import Chart, chart_for
from bot.store.unanswered import Reason, Unanswered

if TYPE_CHECKING:
    from bot.client import Werkbot

Interaction = discord.Interaction[Any]

OWN = frozenset({Action.CHOOSE, Action.WRONG})
"""What only the person who asked may do: it changes what everybody reads, or speaks for that person."""


async def press(bot: Werkbot, interaction: Interaction, button: AnswerButton) -> None:
    """Do what a button says; raises ``Refusal`` with the reason where that cannot be."""
    carried = carried_by(interaction.message)
    if carried is None:
        raise Refusal("discord.button.lost")
    if button.action in OWN and button.owner not in (ANYBODY, interaction.user.id):
        raise Refusal("discord.button.stranger")
    reads_facts = button.action not in (Action.WRONG, Action.EXAMPLE)
    if reads_facts and button.day != day_of(bot.conversation.snapshot):
        await _renew(bot, interaction, button, carried)
        return
    match button.action:
        case Action.CHOOSE:
            await _choose(bot, interaction, button, carried)
        case Action.EXAMPLE:
            await _try(bot, interaction, button, carried)
        case Action.CHART:
            await _chart(bot, interaction, button, carried)
        case Action.ROWS:
            await _rows(bot, interaction, carried)
        case Action.PAGE:
            await _turn_page(bot, interaction, button, carried)
        case Action.WRONG:
            await _keep(bot, interaction, carried)


def speaker_of(place: Interaction | discord.Message) -> Speaker:
    """Who speaks where; follow-ups are remembered by it."""
    if isinstance(place, discord.Message):
        return Speaker(str(place.author.id), str(place.channel.id))
    return Speaker(str(place.user.id), str(place.channel_id))


async def _choose(bot: Werkbot, interaction: Interaction, button: AnswerButton, carried: Carried) -> None:
    """Show the answer to a choice in the same message; the other choices stay open."""
    question = _choice(carried, button.argument)
    asked = await within_a_second(
        bot.dialogue.ask(question, speaker_of(interaction), language=carried.language), interaction.response.defer
    )
    again = asked.exchange.reply.choices
    kept = replace(carried, trail=asked.trail, choices=again or carried.choices)
    chosen = None if again else button.argument
    await exchange_for(interaction, post_of(asked.exchange, kept, interaction.user.id, chosen=chosen))


async def _try(bot: Werkbot, interaction: Interaction, button: AnswerButton, carried: Carried) -> None:
    """Ask a question that the bot offered, as if the person had typed it."""
    private = _is_private(interaction)
    question = _choice(carried, button.argument)
    asked = await within_a_second(
        bot.dialogue.ask(question, speaker_of(interaction), language=bot.language, after=()),
        lambda: interaction.response.defer(ephemeral=private, thinking=True),
    )
    reply = asked.exchange.reply
    fresh = Carried(reply.language, asked.trail, choices=reply.choices)
    await present(interaction, post_of(asked.exchange, fresh, interaction.user.id), private=private)


async def _chart(bot: Werkbot, interaction: Interaction, button: AnswerButton, carried: Carried) -> None:
    """Put the picture into the answer; who did not ask the question gets it alone."""
    exchange = await _again(bot, carried)
    own = button.owner == interaction.user.id

    async def late() -> None:
        await interaction.response.defer(ephemeral=not own, thinking=not own)

    picture = await within_a_second(draw(bot, exchange), late)
    if picture is None:
        raise Refusal("discord.button.lost")
    shown = buttons_of(interaction.message)
    chosen = next((other.argument for other in shown if other.action is Action.CHOOSE and other.item.disabled), None)
    noted = all(other.action is not Action.WRONG for other in shown)
    kept = carried if own else replace(carried, trail=(), choices=())
    post = post_of(exchange, kept, interaction.user.id, chosen=chosen, picture=picture, noted=noted)
    if own:
        await exchange_for(interaction, post)
    else:
        await present(interaction, post, private=True)


async def draw(bot: Werkbot, exchange: Exchange) -> Chart | None:
    """The picture of an exchange's answer, off the event loop; none if there is nothing to look at."""
    (answer,) = exchange.answers
    kind = chart_for(answer)
    if kind is None:
        return None
    prepared = exchange.prepared
    language = languages()[exchange.reply.language]
    return await bot.charts.chart(kind, prepared.snapshot.sha256, prepared.relations, answer.query, language)


async def _rows(bot: Werkbot, interaction: Interaction, carried: Carried) -> None:
    """Show every row that the answer rests on to who wants to see them."""
    exchange = await _again(bot, carried)
    listed = Carried(carried.language, listing=ROWS, order=carried.order)
    await present(interaction, post_of(exchange, listed, interaction.user.id), private=True)


async def _turn_page(bot: Werkbot, interaction: Interaction, button: AnswerButton, carried: Carried) -> None:
    """Show another page in the same message; somebody else gets it alone."""
    exchange = await _again(bot, carried)
    post = post_of(exchange, carried, interaction.user.id, page=button.argument)
    if button.owner == interaction.user.id:
        await exchange_for(interaction, post)
    else:
        await present(interaction, post, private=True)


async def _keep(bot: Werkbot, interaction: Interaction, carried: Carried) -> None:
    """Keep the question for the administrators, and take the button away."""
    reading = ""
    message = interaction.message
    if message is not None and message.embeds:
        reading = message.embeds[0].footer.text or ""
    bot.unanswered.keep(Unanswered(carried.question, reading, carried.language, Reason.WRONG))
    view = discord.ui.View(timeout=None)
    for other in buttons_of(message):
        if other.action is not Action.WRONG:
            view.add_item(other)
    await interaction.response.edit_message(view=view)
    key = "kept" if bot.unanswered.on else "not_kept"
    await tell(interaction, language_of(interaction, bot.language).say(f"discord.button.{key}"))


async def _renew(bot: Werkbot, interaction: Interaction, button: AnswerButton, carried: Carried) -> None:
    """Say that the facts have changed, and what the answer is today."""
    said = languages()[carried.language].say("discord.button.changed")
    person = interaction.user.id
    if button.action is Action.CHOOSE:
        question = _choice(carried, button.argument)
        asked = await bot.dialogue.ask(question, speaker_of(interaction), language=carried.language)
        post = post_of(asked.exchange, Carried(carried.language, asked.trail), person)
    else:
        exchange = await _again(bot, carried)
        listing = carried.listing or (ROWS if button.action is Action.ROWS else "")
        post = post_of(exchange, replace(carried, choices=(), listing=listing), person)
    await present(interaction, replace(post, content=said), private=True)


async def _again(bot: Werkbot, carried: Carried) -> Exchange:
    if carried.query is None:
        raise Refusal("discord.button.lost")
    return await bot.dialogue.look_up(carried.query, carried.language)


def _choice(carried: Carried, place: int) -> str:
    if place >= len(carried.choices):
        raise Refusal("discord.button.lost")
    return carried.choices[place].question


def _is_private(interaction: Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral
