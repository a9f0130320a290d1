"""Replies with their buttons: an ambiguous one has a button for each thing that the question may have meant."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import discord
from typing_extensions import override

from bot.commands.delivery import SILENT, send_reply, tell
from bot.commands.incidents import answer_error
from bot.commands.wording import language_of
from bot.conversation import Conversation, Speaker
from bot.replies.embed import cut, embed_of, plain_text
from bot.replies.reply import Choice, Reply
from bot.replies.wording_markdown import plain

log = logging.getLogger(__name__)

MAXIMUM_CHOICES = 25
LABEL_LIMIT = 80
TIMEOUT = 600.0
"""Seconds; less than the 15 minutes for which Discord lets an answer to a command be edited."""


async def respond(interaction: discord.Interaction, conversation: Conversation, reply: Reply) -> None:
    """Answer a command with a reply."""
    embed = embed_of(reply)
    view = Choices(conversation, speaker_of(interaction), reply) if reply.choices else None
    if view is None:
        await interaction.response.send_message(embed=embed, allowed_mentions=SILENT)
    else:
        await interaction.response.send_message(embed=embed, view=view, allowed_mentions=SILENT)
        view.shown_by(interaction.edit_original_response)


async def reply_to(message: discord.Message, conversation: Conversation, reply: Reply) -> None:
    """Answer a message with a reply."""
    view = Choices(conversation, speaker_of(message), reply) if reply.choices else None
    sent = await send_reply(message, plain_text(reply), embed_of(reply), view)
    if view is not None and sent is not None:
        view.shown_by(sent.edit)


def speaker_of(place: discord.Interaction | discord.Message) -> Speaker:
    """Who speaks where; follow-ups are remembered by it."""
    if isinstance(place, discord.Message):
        return Speaker(str(place.author.id), str(place.channel.id))
    return Speaker(str(place.user.id), str(place.channel_id))


class Choices(discord.ui.View):
    """Buttons that ask the question of their choice; only who asked the ambiguous question may press them."""

    def __init__(self, conversation: Conversation, speaker: Speaker, reply: Reply) -> None:
        super().__init__(timeout=TIMEOUT)
        self._conversation = conversation
        self._speaker = speaker
        self._language = reply.language
        self._edit: Callable[..., Awaitable[object]] | None = None
        for choice in reply.choices[:MAXIMUM_CHOICES]:
            self.add_item(ChoiceButton(choice))

    def shown_by(self, edit: Callable[..., Awaitable[object]]) -> None:
        """Remember how to edit the message that shows these buttons."""
        self._edit = edit

    @override
    async def interaction_check(self, interaction: discord.Interaction) -> bool:
        if str(interaction.user.id) == self._speaker.person:
            return True
        await tell(interaction, language_of(interaction, None).say("discord.reply.stranger"))
        return False

    async def choose(self, interaction: discord.Interaction, chosen: ChoiceButton) -> None:
        """Show the answer to the choice in the same message; the other choices stay open."""
        reply = self._conversation.reply(chosen.choice.question, self._speaker, self._language)
        view = self
        if reply.choices:
            view = Choices(self._conversation, self._speaker, reply)
            self.stop()
        for button in self._buttons():
            button.disabled = button is chosen
            button.style = discord.ButtonStyle.primary if button is chosen else discord.ButtonStyle.secondary
        await interaction.response.edit_message(content=None, embed=embed_of(reply), view=view, allowed_mentions=SILENT)
        view.shown_by(interaction.edit_original_response)

    def _buttons(self) -> list[ChoiceButton]:
        return [item for item in self.children if isinstance(item, ChoiceButton)]

    @override
    async def on_timeout(self) -> None:
        for button in self._buttons():
            button.disabled = True
        if self._edit is None:
            return
        try:
            await self._edit(view=self)
        except discord.HTTPException as error:
            log.info("could not disable the buttons of an old reply: %s", error)

    @override
    async def on_error(
        self, interaction: discord.Interaction, error: Exception, item: discord.ui.Item[discord.ui.View]
    ) -> None:
        await answer_error(interaction, error, None)


class ChoiceButton(discord.ui.Button[Choices]):
    """One thing that the question may have meant."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(label=cut(plain(choice.label), LABEL_LIMIT), style=discord.ButtonStyle.secondary)
        self.choice = choice

    @override
    async def callback(self, interaction: discord.Interaction) -> None:
        if self.view is not None:
            await self.view.choose(interaction, self)
