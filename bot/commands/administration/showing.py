"""Messages for those who look after the knowledge; only they see them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import discord

from bot.commands.delivery import SILENT
from bot.languages import Language
from bot.replies.embed import CONTENT_LIMIT, DESCRIPTION_LIMIT, cut, fit
from bot.replies.wording_markdown import escape, plain
from bot.stewardship.wording import Style

Interaction = discord.Interaction[Any]


def style_of(language: Language) -> Style:
    """How Discord shows people, times and what people wrote."""
    return Style(language, lambda person: f"<@{person}>", discord.utils.format_dt, escape)


async def show(
    interaction: Interaction,
    text: str,
    lines: Sequence[str],
    language: Language,
    *,
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
    instead: bool = False,
) -> None:
    """Show a sentence and as many lines as Discord allows; all of them in a file if that leaves some out.

    ``instead``: in the place of the message whose button was pressed.
    """
    kept = fit(lines, DESCRIPTION_LIMIT, language)
    attached = list(files)
    if kept != list(lines):
        text = f"{text}\n{language.say('discord.knowledge.attached')}"
        attached.append(discord.File(io.BytesIO(plain("\n".join(lines)).encode()), filename="knowledge.txt"))
    embed = discord.Embed(description="\n".join(kept)) if kept else None
    content = cut(text, CONTENT_LIMIT)
    if instead:
        change: dict[str, Any] = {"content": content, "embed": embed, "view": view, "allowed_mentions": SILENT}
        change["attachments"] = attached
        if interaction.response.is_done():
            await interaction.edit_original_response(**change)
        else:
            await interaction.response.edit_message(**change)
        return
    options: dict[str, Any] = {"files": attached, "allowed_mentions": SILENT, "ephemeral": True}
    options |= {"embed": embed} if embed is not None else {}
    options |= {"view": view} if view is not None else {}
    if interaction.response.is_done():
        await interaction.followup.send(content, **options)
    else:
        await interaction.response.send_message(content, **options)
