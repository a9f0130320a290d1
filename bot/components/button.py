"""The button of every reply: what it does, whose it is and of which day stands in its custom id."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from typing_extensions import override

from bot.replies.embed import cut
from bot.replies.wording_markdown import plain
from knowledge.snapshot import Snapshot

if TYPE_CHECKING:
    import re

    from bot.client import Werkbot

LABEL_LIMIT = 80
ANYBODY = 0
"""The owner of a button that anybody may press."""


class Action(StrEnum):
    """What a button does."""

    CHOOSE = "choose"
    """Answers one thing that an ambiguous question may have meant."""
    EXAMPLE = "example"
    """Asks a question that the bot offered."""
    CHART = "chart"
    ROWS = "rows"
    PAGE = "page"
    WRONG = "wrong"
    """Says that the answer is to another question."""


def day_of(snapshot: Snapshot) -> str:
    """What tells the knowledge of one day from that of another, in a custom id."""
    return snapshot.sha256[:8]


class AnswerButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"werkbot:(?P<action>[a-z]+):(?P<day>[0-9a-f]*):(?P<owner>\d{1,20}):(?P<argument>\d{1,4})",
):
    """A button that needs no memory: discord.py makes it anew from its custom id whenever it is pressed."""

    def __init__(
        self, action: Action, day: str, owner: int, argument: int = 0, *, label: str = "–", chosen: bool = False
    ) -> None:
        self.action = action
        self.day = day
        self.owner = owner
        self.argument = argument
        super().__init__(
            discord.ui.Button(
                label=cut(plain(label), LABEL_LIMIT),
                style=discord.ButtonStyle.primary if chosen else discord.ButtonStyle.secondary,
                disabled=chosen,
                custom_id=f"werkbot:{action}:{day}:{owner}:{argument}",
            )
        )

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(Action(match["action"]), match["day"], int(match["owner"]), int(match["argument"]))

    @classmethod
    def of(cls, shown: discord.Button) -> AnswerButton | None:
        """The button that is shown in a message; none if it is another kind of button."""
        match = cls.__discord_ui_compiled_template__.fullmatch(shown.custom_id or "")
        if match is None:
            return None
        place = (Action(match["action"]), match["day"], int(match["owner"]), int(match["argument"]))
        return cls(*place, label=shown.label or "–", chosen=shown.disabled)

    @override
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await cast("Werkbot", interaction.client).pressed(interaction, self)


def buttons_of(message: discord.Message | None) -> list[AnswerButton]:
    """The buttons that a message shows."""
    rows = message.components if message is not None else []
    shown = [part for row in rows if isinstance(row, discord.ActionRow) for part in row.children]
    made = [AnswerButton.of(button) for button in shown if isinstance(button, discord.Button)]
    return [button for button in made if button is not None]
