"""Getting words to the person who asked, by whichever way the channel allows, and without pinging anybody."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

import discord

from bot.components.post import Post

log = logging.getLogger(__name__)

SILENT = discord.AllowedMentions.none()
"""Nothing that the bot sends pings anybody."""

PATIENCE = 1.0
"""Seconds after which a person wants to see that something is going on."""

T = TypeVar("T")


async def within_a_second(work: Coroutine[Any, Any, T], late: Callable[[], Awaitable[object]]) -> T:
    """The result of the work; if it takes over a second, ``late`` is called once while it goes on."""
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait((task,), timeout=PATIENCE)
        if not done:
            await late()
        return await task
    finally:
        task.cancel()


async def tell(
    interaction: discord.Interaction[Any],
    text: str,
    *,
    embed: discord.Embed | None = None,
    files: Sequence[discord.File] = (),
) -> None:
    """Tell something to only the person who used a command, also where it was answered or deferred before."""
    options: dict[str, Any] = {"ephemeral": True, "allowed_mentions": SILENT, "files": files}
    if embed is not None:
        options["embed"] = embed
    if interaction.response.is_done():
        await interaction.followup.send(text, **options)
    else:
        await interaction.response.send_message(text, **options)


async def present(interaction: discord.Interaction[Any], post: Post, *, private: bool) -> None:
    """Answer a command or a button with a new message, also where it was deferred as such."""
    if interaction.response.is_done():
        await interaction.edit_original_response(**_edited(post))
        return
    options: dict[str, Any] = {"embed": post.embed, "files": post.files, "allowed_mentions": SILENT}
    if post.view is not None:
        options["view"] = post.view
    await interaction.response.send_message(post.content or None, ephemeral=private, **options)


async def exchange_for(interaction: discord.Interaction[Any], post: Post) -> None:
    """Put a post in the place of the message whose button was pressed."""
    if interaction.response.is_done():
        await interaction.edit_original_response(**_edited(post))
    else:
        await interaction.response.edit_message(**_edited(post))


async def revise(reply: discord.Message, post: Post, *, plain: bool) -> None:
    """Put a post in the place of a reply of the bot; ``plain``: one without an embed."""
    if plain:
        await reply.edit(content=post.text, allowed_mentions=SILENT)
    else:
        await reply.edit(**_edited(post))


def _edited(post: Post) -> dict[str, Any]:
    return {
        "content": post.content or None,
        "embed": post.embed,
        "view": post.view,
        "attachments": post.files,
        "allowed_mentions": SILENT,
    }


async def send_reply(message: discord.Message, post: Post) -> discord.Message | None:
    """Reply to a message; where the bot may not embed or attach, in plain text. None: it may not speak there."""
    options: dict[str, Any] = {"allowed_mentions": SILENT}
    if post.view is not None:
        options["view"] = post.view
    try:
        return await message.channel.send(
            reference=message.to_reference(fail_if_not_exists=False),
            mention_author=False,
            embed=post.embed,
            files=post.files,
            **options,
        )
    except discord.Forbidden as refusal:
        log.info("channel %s allows no embed or no reply: %s", message.channel.id, refusal)
    return await send_text(message, post.text)


async def send_text(message: discord.Message, text: str) -> discord.Message | None:
    """Answer a message in plain text; none if the bot may not speak there."""
    try:
        return await message.channel.send(text, suppress_embeds=True, allowed_mentions=SILENT)
    except discord.Forbidden as refusal:
        log.warning("channel %s does not let the bot speak: %s", message.channel.id, refusal)
    return None


def may_speak(interaction: discord.Interaction[Any]) -> bool:
    """Whether the bot may answer in the open where a command was used.

    Where only a person has installed it, Discord itself decides whether others see the answer.
    """
    if interaction.guild_id is None or (interaction.is_user_integration() and not interaction.is_guild_integration()):
        return True
    permissions = interaction.app_permissions
    if isinstance(interaction.channel, discord.Thread):
        return permissions.send_messages_in_threads
    return permissions.send_messages
