"""What is shown in pages, and what is pressed there: versions, questions, and a change that waits for a word."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any, cast

import discord

from bot.commands.administration.access import attempt
from bot.commands.administration.buttons import Act, DoneSelect, KnowledgeButton, choice_of, pages_of
from bot.commands.administration.showing import show, style_of
from bot.commands.wording import language_of
from bot.stewardship.obstacles import Obstacle, ObstacleError
from bot.stewardship.steward import Proposal
from bot.stewardship.wording import (
    Style,
    change_lines,
    question_file,
    question_line,
    version_lines,
    warning_lines,
)
from bot.store.proposals import VALID_FOR

if TYPE_CHECKING:
    from bot.client import Werkbot

Interaction = discord.Interaction[Any]

VERSIONS = 5
LINES = 3
"""So many changes of each version are on a page."""

QUESTIONS = 10
"""Discord allows 25 in a menu."""

OVER = (Obstacle.MOVED, Obstacle.EXPIRED, Obstacle.GONE)
"""After these there is nothing left to confirm."""


async def press(bot: Werkbot, interaction: Interaction, item: KnowledgeButton | DoneSelect) -> None:
    """Do what a button or a menu says."""
    if isinstance(item, DoneSelect):
        async with attempt(bot, interaction, "unanswered done") as made:
            await interaction.response.defer()
            chosen = [int(value) for value in cast("dict[str, Any]", interaction.data)["values"]]
            made.detail = ", ".join(map(str, chosen))
            await bot.unanswered.done(chosen)
            await show_unanswered(bot, interaction, item.page, instead=True)
        return
    async with attempt(bot, interaction, item.act.value) as made:
        await interaction.response.defer()
        match item.act:
            case Act.HISTORY:
                await show_history(bot, interaction, int(item.argument), instead=True)
            case Act.UNANSWERED:
                await show_unanswered(bot, interaction, int(item.argument), instead=True)
            case Act.CONFIRM | Act.KEEP:
                style = style_of(language_of(interaction, bot.language))
                try:
                    if item.act is Act.CONFIRM:
                        proposal, number = await bot.knowledge.confirm(item.argument, made.actor)
                        made.detail = f"version {number} {proposal.snapshot.sha256}"
                        said = style.say("change.done", number=number)
                    else:
                        steward, live = bot.knowledge.steward, bot.knowledge.snapshot
                        await asyncio.to_thread(steward.kept, item.argument, made.actor, live)
                        await asyncio.to_thread(steward.drop, item.argument)
                        said = style.say("change.kept")
                except ObstacleError as error:
                    if error.obstacle in OVER:
                        await interaction.edit_original_response(view=None)
                    raise
                await interaction.edit_original_response(content=said, view=None)


async def show_proposal(interaction: Interaction, proposal: Proposal, token: str, style: Style) -> None:
    """Show what would change, with the buttons for the word that is waited for."""
    found = proposal.changes
    said = [style.say("change.proposed", count=len(found)) if found else style.say("change.text_only")]
    if proposal.overwrites:
        said.append(style.say("change.overwrites"))
    said.append(style.say("change.ask", minutes=int(VALID_FOR.total_seconds() // 60)))
    lines = [f"- {style.text(line)}" for line in change_lines(found, style.language)]
    lines += warning_lines(proposal.snapshot, style)
    await show(interaction, "\n".join(said), lines, style.language, view=choice_of(token, style.language))


async def show_history(bot: Werkbot, interaction: Interaction, page: int, *, instead: bool = False) -> None:
    """Show a page of the versions. Raises ``ObstacleError``."""
    style = style_of(language_of(interaction, bot.language))
    count, shown = await asyncio.to_thread(bot.knowledge.steward.history, page * VERSIONS, VERSIONS)
    if not count:
        if bot.knowledge.steward.path is None:
            raise ObstacleError(Obstacle.NO_FILE)
        await show(interaction, style.say("history.none"), (), style.language, instead=instead)
        return
    lines = [line for version in shown for line in version_lines(version, style, LINES)]
    view = pages_of(Act.HISTORY, page, -(-count // VERSIONS), style.language)
    text = style.say("history.heading", count=count)
    await show(interaction, text, lines, style.language, view=view, instead=instead)


async def show_unanswered(bot: Werkbot, interaction: Interaction, page: int, *, instead: bool = False) -> None:
    """Show a page of the open questions, and all of them as a file. Raises ``ObstacleError``."""
    style = style_of(language_of(interaction, bot.language))
    language = style.language
    questions = await bot.unanswered.open()
    if not questions:
        text = style.say("unanswered.none" if bot.unanswered.on else "unanswered.switched_off")
        await show(interaction, text, (), language, instead=instead)
        return
    pages = -(-len(questions) // QUESTIONS)
    page = min(page, pages - 1)
    shown = questions[page * QUESTIONS : (page + 1) * QUESTIONS]
    view = pages_of(Act.UNANSWERED, page, pages, language) or discord.ui.View(timeout=None)
    view.add_item(DoneSelect(page, shown, language.say("discord.knowledge.done")))
    files = [discord.File(io.BytesIO(question_file(questions).encode()), "unanswered.jsonl")]
    text = style.say("unanswered.heading", count=len(questions))
    lines = [question_line(kept, style) for kept in shown]
    await show(interaction, text, lines, language, view=view, files=files, instead=instead)
