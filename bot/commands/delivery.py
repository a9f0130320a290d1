"""Getting words to the person who asked, by whichever way the channel allows, and without pinging anybody."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import discord

log = logging.getLogger(__name__)

SILENT = discord.AllowedMentions.none()
"""Nothing that the bot sends pings anybody."""


async def tell(
    interaction: discord.Interaction,
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


async def send_reply(
    message: discord.Message, text: str, embed: discord.Embed | None = None, view: discord.ui.View | None = None
) -> discord.Message | None:
    """Reply to a message with an embed; where the bot may not, in plain text; where it may not speak, log that."""
    options: dict[str, Any] = {"allowed_mentions": SILENT}
    if view is not None:
        options["view"] = view
    shown: dict[str, Any] = {"embed": embed} if embed is not None else {"content": text}
    try:
        reference = message.to_reference(fail_if_not_exists=False)
        return await message.channel.send(reference=reference, mention_author=False, **shown, **options)
    except discord.Forbidden as refusal:
        log.info("channel %s allows no embed or no reply: %s", message.channel.id, refusal)
    try:
        return await message.channel.send(text, suppress_embeds=True, **options)
    except discord.Forbidden as refusal:
        log.warning("channel %s does not let the bot speak: %s", message.channel.id, refusal)
    return None
