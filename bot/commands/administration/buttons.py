"""What is pressed below the messages for administrators; what it is about stands in its custom id."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from typing_extensions import override

from bot.languages import Language
from bot.replies.embed import cut
from bot.store.unanswered import Kept

if TYPE_CHECKING:
    import re

    from bot.client import Werkbot

OPTION_LIMIT = 100
"""Characters of an option in a menu."""


class Act(StrEnum):
    """What a button does."""

    CONFIRM = "confirm"
    """Carries out the change of a token."""
    KEEP = "keep"
    """Takes it back."""
    HISTORY = "history"
    """Shows another page of the versions."""
    UNANSWERED = "unanswered"
    """Shows another page of the questions."""


class KnowledgeButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"knowledge:(?P<act>confirm|keep|history|unanswered):(?P<argument>[0-9a-f]{1,32})",
):
    """A button that needs no memory. Whoever presses it is asked for the right to do so again."""

    def __init__(self, act: Act, argument: str, label: str = "–", style: discord.ButtonStyle | None = None) -> None:
        self.act = act
        self.argument = argument
        super().__init__(
            discord.ui.Button(
                label=label,
                style=style or discord.ButtonStyle.secondary,
                custom_id=f"knowledge:{act}:{argument}",
            )
        )

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(Act(match["act"]), match["argument"])

    @override
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await cast("Werkbot", interaction.client).pressed(interaction, self)


class DoneSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"knowledge:done:(?P<page>\d{1,6})"):
    """A menu of the questions on a page; those that are chosen are done."""

    def __init__(self, page: int, questions: Sequence[Kept] = (), placeholder: str = "") -> None:
        self.page = page
        options = [
            discord.SelectOption(label=cut(kept.unanswered.question, OPTION_LIMIT) or "–", value=str(kept.id))
            for kept in questions
        ]
        super().__init__(
            discord.ui.Select(
                custom_id=f"knowledge:done:{page}",
                placeholder=placeholder or None,
                max_values=max(1, len(options)),
                options=options,
            )
        )

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["page"]))

    @override
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await cast("Werkbot", interaction.client).pressed(interaction, self)


def choice_of(token: str, language: Language) -> discord.ui.View:
    """The buttons below a change that was shown."""
    view = discord.ui.View(timeout=None)
    confirm, keep = (language.say(f"discord.knowledge.{act}") for act in (Act.CONFIRM, Act.KEEP))
    view.add_item(KnowledgeButton(Act.CONFIRM, token, confirm, discord.ButtonStyle.danger))
    view.add_item(KnowledgeButton(Act.KEEP, token, keep))
    return view


def pages_of(act: Act, page: int, pages: int, language: Language) -> discord.ui.View | None:
    """The buttons to the pages before and after; none if there is one page."""
    view = discord.ui.View(timeout=None)
    if page > 0:
        view.add_item(KnowledgeButton(act, str(page - 1), language.say("discord.button.previous")))
    if page < pages - 1:
        view.add_item(KnowledgeButton(act, str(page + 1), language.say("discord.button.next")))
    return view if view.children else None
