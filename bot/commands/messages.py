"""Asking by a message: a mention, a direct message, a reply to an answer, in a thread; edited and deleted, too."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
from cachetools import LRUCache
from discord.ext import commands

from bot.commands.delivery import revise, send_reply, send_text, within_a_second
from bot.commands.incidents import answer_message_error
from bot.commands.overview import welcome_post
from bot.commands.questions import words_of
from bot.commands.wording import language_of
from bot.components.carried import Carried, carried_by
from bot.components.post import Post, post_of
from bot.components.presses import speaker_of
from bot.conversation import Speaker
from bot.dialogue import LONGEST, Asked

if TYPE_CHECKING:
    from bot.client import Werkbot

log = logging.getLogger(__name__)

REPLIES = 2_000
"""So many questions are remembered with their replies; the longest untouched is forgotten first."""

EDITABLE = 60.0
"""Seconds after which an edited question keeps the reply it got: others have read it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply to a question: where it is, the question's words, what was asked before, and whether it is no embed."""

    reply: discord.Message
    question: str
    before: tuple[str, ...]
    plain: bool


class Messages(commands.Cog):
    """Listens to what is addressed to the bot."""

    def __init__(self, bot: Werkbot) -> None:
        self._bot = bot
        self._answered: LRUCache[int, Answered] = LRUCache(REPLIES)
        self._hinted: LRUCache[tuple[int, int], bool] = LRUCache(REPLIES)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what is addressed to the bot."""
        if self._bot.user is None or not addressed(message, self._bot.user.id):
            return
        try:
            await self._answer(message)
        except Exception as error:  # noqa: BLE001 - the one handler of errors in messages
            await answer_message_error(message, error, self._bot.language)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Give the reply to a question that was edited at once the answer to what it asks now."""
        answered, message = self._answered.get(payload.message_id), payload.message
        if answered is None or message.edited_at is None:
            return
        question = words_of(message.content)
        late = (message.edited_at - message.created_at).total_seconds() > EDITABLE
        # Discord also sends an edit when it has found out what is behind a link.
        if late or not question or question == answered.question:
            return
        try:
            post, asked = await self._ask(message, question, answered.before)
            await revise(answered.reply, post, plain=answered.plain)
        except discord.NotFound:
            self._answered.pop(payload.message_id, None)
        except Exception as error:  # noqa: BLE001 - the one handler of errors in messages
            await answer_message_error(message, error, self._bot.language)
        else:
            self._answered[message.id] = Answered(answered.reply, question, asked.before, answered.plain)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Take the reply away with its question."""
        await self._take_back(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Take the replies away with their questions."""
        for message in payload.message_ids:
            await self._take_back(message)

    async def _take_back(self, question: int) -> None:
        answered = self._answered.pop(question, None)
        if answered is None:
            return
        try:
            await answered.reply.delete()
        except discord.HTTPException as refusal:
            log.info("a reply stays although its question is gone: %s", refusal)

    async def _answer(self, message: discord.Message) -> None:
        wait = self._bot.cooldowns.wait(message.author.id, message.created_at)
        language = language_of(message, self._bot.language)
        if wait:
            if not self._bot.cooldowns.told(message.author.id, message.created_at):
                await send_text(message, language.say("discord.manners.slow_down", count=wait))
            return
        if not message.content:
            # Without the privileged intent, Discord leaves out what a reply to a command's answer says.
            ask = language.say("discord.commands.ask.name")
            await send_text(message, language.say("discord.welcome.unreadable", ask=ask))
            return
        question = words_of(message.content)
        if not question:
            await send_reply(message, welcome_post(self._bot, language))
            return
        post, asked = await self._ask(message, question, await self._dialogue_of(message))
        sent = await send_reply(message, post)
        if sent is None:
            await self._hint(message)
            return
        self._answered[message.id] = Answered(sent, question, asked.before, not sent.embeds)

    async def _ask(self, message: discord.Message, question: str, after: tuple[str, ...] | None) -> tuple[Post, Asked]:
        """The post that answers a question, which goes on from those ``after`` which it was asked."""
        preferred = language_of(message, self._bot.language).code
        work = self._bot.dialogue.ask(
            question, speaker_of(message), language=self._bot.language, preferred=preferred, after=after
        )
        asked = await within_a_second(work, lambda: show_typing(message))
        reply = asked.exchange.reply
        carried = Carried(reply.language, asked.trail, choices=reply.choices)
        return post_of(asked.exchange, carried, message.author.id), asked

    async def _dialogue_of(self, message: discord.Message) -> tuple[str, ...] | None:
        """The questions that a message goes on from; none: those that its author asked there last."""
        replied_to = message.reference.resolved if message.reference is not None else None
        if isinstance(replied_to, discord.Message) and replied_to.author == self._bot.user:
            found = trail_of(replied_to)
            if found:
                return found
        if not isinstance(message.channel, discord.Thread) or self._bot.dialogue.trail(speaker_of(message)):
            return None
        # The first question in a thread goes on from the answer that the thread began at.
        begun_at = await self._starter_of(message.channel)
        if begun_at is not None and begun_at.author == self._bot.user:
            return trail_of(begun_at) or None
        return self._bot.dialogue.trail(Speaker(str(message.author.id), str(message.channel.parent_id))) or None

    async def _starter_of(self, thread: discord.Thread) -> discord.Message | None:
        """The message that a thread was opened at, which has the thread's id."""
        if not isinstance(thread.parent, discord.TextChannel):
            return None
        try:
            return await thread.parent.fetch_message(thread.id)
        except (discord.NotFound, discord.Forbidden):
            return None

    async def _hint(self, message: discord.Message) -> None:
        """Tell in private, once for each channel, that the bot may not speak there."""
        place = (message.author.id, message.channel.id)
        if message.guild is None or place in self._hinted:
            return
        self._hinted[place] = True
        language = language_of(message, self._bot.language)
        ask = language.say("discord.commands.ask.name")
        said = language.say("discord.error.silenced", channel=f"<#{message.channel.id}>", ask=ask)
        try:
            await message.author.send(said)
        except discord.HTTPException as refusal:
            log.info("could not tell anybody that channel %s is closed: %s", message.channel.id, refusal)


async def show_typing(message: discord.Message) -> None:
    """Show that an answer is coming; where that may not be shown, the answer comes all the same."""
    try:
        await message.channel.typing()
    except discord.HTTPException as refusal:
        log.info("could not show that an answer is coming: %s", refusal)


def trail_of(message: discord.Message) -> tuple[str, ...]:
    """The questions that led to an answer of the bot; none if one of them was too long to be kept."""
    carried = carried_by(message)
    trail = carried.trail if carried is not None else ()
    return trail if all(len(question) < LONGEST for question in trail) else ()


def addressed(message: discord.Message, me: int) -> bool:
    """Whether a person speaks to the bot: in a direct message, by its own mention, or by a reply to it.

    Discord counts a reply as a mention, unless the person switched that off; then its text is not shown to the bot.
    """
    if message.author.bot or message.author.system or message.webhook_id is not None or message.is_system():
        return False
    return message.guild is None or any(user.id == me for user in message.mentions)


async def setup(bot: Werkbot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Messages(bot))
