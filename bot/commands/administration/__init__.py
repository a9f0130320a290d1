"""Looking after the knowledge while the bot runs, for the administrators of the bot."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.commands.administration.access import attempt
from bot.commands.administration.pages import show_history, show_proposal, show_unanswered
from bot.commands.administration.showing import show, style_of
from bot.commands.wording import command_text, language_of
from bot.stewardship.records import attempts
from bot.stewardship.wording import Style, attempt_line, change_lines, status_lines, warning_lines
from knowledge.changes import changes
from knowledge.loading import parse
from knowledge.problems import Kind, KnowledgeError, Problem
from knowledge.reading import MAXIMUM_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.client import Werkbot

Interaction = discord.Interaction[Any]

ATTEMPTS = 25
"""Lines of the audit log that are shown."""

MAXIMUM_VERSION = 2**31 - 1


def named(name: str, *options: str) -> Callable[[Callable[..., Any]], Any]:
    """A command of the group, named and described by the language files, as are its options."""

    def decorate(callback: Callable[..., Any]) -> Any:
        key = f"knowledge.{name}"
        names = {option: command_text(f"{key}.{option}.name") for option in options}
        texts = {option: command_text(f"{key}.{option}.description") for option in options}
        described = app_commands.describe(**texts)(app_commands.rename(**names)(callback)) if options else callback
        make = app_commands.command(name=command_text(f"{key}.name"), description=command_text(f"{key}.description"))
        return make(described)

    return decorate


class Administration(
    commands.GroupCog,
    group_name=command_text("knowledge.name"),
    group_description=command_text("knowledge.description"),
):
    """Commands about what everybody gets to hear. Each asks for the right to use it, and is recorded."""

    def __init__(self, bot: Werkbot) -> None:
        self._bot = bot

    @named("status")
    async def status(self, interaction: Interaction) -> None:
        """Show what is answered from, since when, and what is out of order."""
        async with attempt(self._bot, interaction, "status"):
            await interaction.response.defer(ephemeral=True, thinking=True)
            status = await self._bot.knowledge.status()
            style = self._style(interaction)
            lines = status_lines(status, style)
            if self._bot.records.problem and not status.trouble:
                lines.insert(0, style.say("status.lost", reason=style.text(self._bot.records.problem)))
            await show(interaction, style.text(status.snapshot.knowledge.plant.name), lines, style.language)

    @named("reload")
    async def reload(self, interaction: Interaction) -> None:
        """Read the knowledge file again; answers change only if all of it is right."""
        async with attempt(self._bot, interaction, "reload", mistakes="reload.kept") as made:
            await interaction.response.defer(ephemeral=True, thinking=True)
            before, after = await self._bot.knowledge.reload(made.actor)
            made.detail = after.sha256
            style = self._style(interaction)
            found = await asyncio.to_thread(changes, before.knowledge, after.knowledge)
            lines = [f"- {style.text(line)}" for line in change_lines(found, style.language)]
            key = "changed" if found else "unchanged"
            text = style.say(f"reload.{key}", count=len(found))
            await show(interaction, text, [*lines, *warning_lines(after, style)], style.language)

    @named("check", "file")
    async def check(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Say whether a file has mistakes; nothing changes."""
        async with attempt(self._bot, interaction, "check"):
            await interaction.response.defer(ephemeral=True, thinking=True)
            snapshot = await asyncio.to_thread(parse, await _bytes_of(file), file.filename)
            style = self._style(interaction)
            held = snapshot.knowledge
            counts = {"models": len(held.models), "milestones": len(held.milestones), "facts": len(held.facts)}
            await show(interaction, style.say("check.fine", **counts), warning_lines(snapshot, style), style.language)

    @named("upload", "file")
    async def upload(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Show what would change if a file were the live one, and wait for the word."""
        async with attempt(self._bot, interaction, "upload") as made:
            await interaction.response.defer(ephemeral=True, thinking=True)
            proposal, token = await self._bot.knowledge.propose(await _bytes_of(file), made.actor)
            made.detail = proposal.snapshot.sha256
            await show_proposal(interaction, proposal, token, self._style(interaction))

    @named("download", "version")
    async def download(
        self, interaction: Interaction, version: app_commands.Range[int, 1, MAXIMUM_VERSION] | None = None
    ) -> None:
        """Send the file as it is live, or one of its versions."""
        async with attempt(self._bot, interaction, "download") as made:
            await interaction.response.defer(ephemeral=True, thinking=True)
            style, knowledge = self._style(interaction), self._bot.knowledge
            if version is None:
                data = await asyncio.to_thread(knowledge.steward.live, knowledge.snapshot)
                text = style.say("download.live", digest=knowledge.snapshot.sha256)
            else:
                found, data = await asyncio.to_thread(knowledge.steward.version, version)
                text = style.say("download.version", number=version, digest=found.sha256)
                made.detail = f"version {version}"
            name = (knowledge.steward.path or Path("knowledge.yaml")).name
            await show(interaction, text, (), style.language, files=[discord.File(io.BytesIO(data), name)])

    @named("history")
    async def history(self, interaction: Interaction) -> None:
        """Show the versions: who made them, when, and what changed."""
        async with attempt(self._bot, interaction, "history"):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await show_history(self._bot, interaction, 0)

    @named("rollback", "version")
    async def rollback(self, interaction: Interaction, version: app_commands.Range[int, 1, MAXIMUM_VERSION]) -> None:
        """Show what would change if a version came back, and wait for the word."""
        async with attempt(self._bot, interaction, "rollback") as made:
            made.detail = f"version {version}"
            await interaction.response.defer(ephemeral=True, thinking=True)
            proposal, token = await self._bot.knowledge.restore(version, made.actor)
            await show_proposal(interaction, proposal, token, self._style(interaction))

    @named("unanswered")
    async def unanswered(self, interaction: Interaction) -> None:
        """Show the questions that have no answer, or one that somebody had not asked for."""
        async with attempt(self._bot, interaction, "unanswered"):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await show_unanswered(self._bot, interaction, 0)

    @named("audit")
    async def audit(self, interaction: Interaction) -> None:
        """Show who did or tried what."""
        async with attempt(self._bot, interaction, "audit"):
            await interaction.response.defer(ephemeral=True, thinking=True)
            style = self._style(interaction)
            found = await asyncio.to_thread(attempts, self._bot.knowledge.steward.store, ATTEMPTS)
            lines = [attempt_line(each, style) for each in found]
            await show(interaction, "" if lines else style.say("audit.none"), lines, style.language)

    def _style(self, interaction: Interaction) -> Style:
        return style_of(language_of(interaction, self._bot.language))


async def _bytes_of(file: discord.Attachment) -> bytes:
    """What somebody attached; raises ``KnowledgeError`` for what is too large before it is fetched."""
    if file.size > MAXIMUM_BYTES:
        raise KnowledgeError((Problem(Kind.FILE_TOO_LARGE, values=(("limit", MAXIMUM_BYTES),)),))
    return await file.read()


async def setup(bot: Werkbot) -> None:
    """Called by discord.py when the extension is loaded."""
    home = bot.settings.home_server
    if home is None:
        await bot.add_cog(Administration(bot))
    else:
        await bot.add_cog(Administration(bot), guild=discord.Object(home))
