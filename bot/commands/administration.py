"""Looking after the knowledge while the bot runs, for the administrators of the bot."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot.commands.delivery import tell
from bot.commands.incidents import Refusal
from bot.commands.wording import command_text, language_of
from bot.conversation import Prepared, prepare
from bot.languages import Language
from bot.replies.changes import describe_change
from bot.replies.embed import DESCRIPTION_LIMIT, fit
from bot.replies.problems import describe
from bot.replies.wording_markdown import escape
from knowledge.changes import changes
from knowledge.loading import load
from knowledge.problems import KnowledgeError, Problem
from knowledge.snapshot import Snapshot

if TYPE_CHECKING:
    from bot.client import Werkbot

log = logging.getLogger(__name__)


class Administration(
    commands.GroupCog,
    group_name=command_text("knowledge.name"),
    group_description=command_text("knowledge.description"),
):
    """Commands that change what everybody gets to hear."""

    def __init__(self, bot: Werkbot) -> None:
        self._bot = bot
        self._reloading = asyncio.Lock()

    @override
    async def interaction_check(self, interaction: discord.Interaction) -> bool:
        """Ask at every use, since an application's owner and team may change while the bot runs."""
        person = interaction.user.id
        if person in self._bot.settings.administrators or person in await owners(self._bot):
            return True
        raise Refusal("discord.knowledge.refused")

    @app_commands.command(
        name=command_text("knowledge.reload.name"), description=command_text("knowledge.reload.description")
    )
    async def reload(self, interaction: discord.Interaction) -> None:
        """Read the knowledge file again; answers change only if all of it is right."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        language = language_of(interaction, self._bot.language)
        async with self._reloading:
            before = self._bot.conversation.snapshot
            try:
                prepared = await asyncio.to_thread(_load, self._bot.settings.knowledge_file)
            except KnowledgeError as error:
                problems = error.problems
                log.warning("knowledge kept: %d errors in the file", len(problems))
                text = language.say("discord.knowledge.kept", count=len(problems))
                await report(interaction, text, [_line(problem, language) for problem in problems], language)
                return
            self._bot.conversation.replace(prepared)
            self._bot.charts.clear()
        log.info("knowledge replaced by %s", interaction.user.id)
        text, lines = _news(before, prepared.snapshot, language)
        await report(interaction, text, lines, language)

    @app_commands.command(
        name=command_text("knowledge.unanswered.name"), description=command_text("knowledge.unanswered.description")
    )
    async def unanswered(self, interaction: discord.Interaction) -> None:
        """Show the questions whose answers were not what somebody had asked."""
        language = language_of(interaction, self._bot.language)
        kept = self._bot.unanswered.latest()
        lines = [
            language.say("discord.knowledge.question", question=each.question, reading=each.reading) for each in kept
        ]
        await report(interaction, language.say("discord.knowledge.questions", count=len(kept)), lines, language)


def _load(path: Path | None) -> Prepared:
    return prepare(load(path))


def _news(before: Snapshot, after: Snapshot, language: Language) -> tuple[str, list[str]]:
    found = changes(before.knowledge, after.knowledge)
    key = "changed" if found else "unchanged"
    lines = [describe_change(change, language) for change in found]
    if after.warnings:
        lines.append(language.say("discord.knowledge.warnings", count=len(after.warnings)))
        lines += [_line(problem, language) for problem in after.warnings]
    return language.say(f"discord.knowledge.{key}", count=len(found)), lines


def _line(problem: Problem, language: Language) -> str:
    said = describe(problem, language)
    anywhere = not problem.where and (problem.line, problem.column) == (1, 1)
    return said if anywhere else f"{problem.line}:{problem.column}: {said}"


async def owners(client: discord.Client) -> frozenset[int]:
    """The ids of the application's owner, or of those in its team who may change it."""
    application = await client.application_info()
    if application.team is None:
        return frozenset({application.owner.id})
    may_change = (discord.TeamMemberRole.admin, discord.TeamMemberRole.developer)
    return frozenset(
        member.id
        for member in application.team.members
        if member.membership_state is discord.TeamMembershipState.accepted
        and (member.role in may_change or member.id == application.team.owner_id)
    )


async def report(interaction: discord.Interaction, text: str, lines: Sequence[str], language: Language) -> None:
    """Tell a sentence and as many lines as Discord allows; all of them in a file if that leaves some out."""
    shown = [f"- {escape(line)}" for line in lines]
    kept = fit(shown, DESCRIPTION_LIMIT, language)
    files = []
    if kept != shown:
        text = f"{text}\n{language.say('discord.knowledge.attached')}"
        files.append(discord.File(io.BytesIO("\n".join(lines).encode()), filename="knowledge.txt"))
    await tell(interaction, text, embed=discord.Embed(description="\n".join(kept)) if kept else None, files=files)


async def setup(bot: Werkbot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(Administration(bot))
