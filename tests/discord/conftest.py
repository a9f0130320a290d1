"""The bot on the real facts, in a simulated Discord."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
import simcord

from bot.client import Werkbot, create_bot
from bot.conversation import Conversation, Prepared, prepare
from bot.settings import Settings
from knowledge.loading import load

# The tests are no package.
sys.path.insert(0, str(Path(__file__).parent))
from openapi_validation import requests_are_as_described, sent

__all__ = ["requests_are_as_described", "sent"]  # after each test, what the bot sent is judged

FACTS = Path(__file__).parents[2] / "knowledge" / "data" / "leipzig.yaml"


@pytest.fixture
def knowledge_file(tmp_path: Path) -> Path:
    """A copy of the facts that ship, which a test may change."""
    return Path(shutil.copy(FACTS, tmp_path / "facts.yaml"))


@pytest.fixture
def settings(knowledge_file: Path, tmp_path: Path) -> Settings:
    """Settings that do not depend on the environment of the tests."""
    return Settings(
        discord_token=None,
        knowledge_file=knowledge_file,
        administrators=frozenset(),
        administrator_roles=frozenset(),
        home_server=None,
        store_file=tmp_path / "store" / "werkbot.sqlite3",
        language="auto",
    )


@pytest.fixture(scope="session")
def prepared() -> Prepared:
    """The facts that ship, ready for questions; immutable, so all tests share them."""
    return prepare(load(FACTS))


@pytest.fixture
def conversation(prepared: Prepared) -> Conversation:
    """The engine on these facts."""
    return Conversation(prepared)


@pytest.fixture
def simcord_bot(settings: Settings, conversation: Conversation) -> Werkbot:
    """The bot under test."""
    return create_bot(settings, conversation)


@dataclass(frozen=True)
class Place:
    """A server with a channel and two people in it."""

    env: simcord.Env
    bot: Werkbot
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    ann: simcord.MemberActor
    ben: simcord.MemberActor

    @property
    def me(self) -> str:
        """The bot's mention."""
        return f"<@{self.bot.user.id}>"

    def said(self) -> list[discord.Message]:
        """What the bot has said in the channel."""
        return [message for message in self.channel.history() if message.author.id == self.bot.user.id]


@pytest.fixture
def place(simcord_env: simcord.Env, simcord_bot: Werkbot) -> Place:
    """Where the tests happen."""
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("general")
    ann, ben = (guild.add_member(simcord_env.create_user(name)) for name in ("ann", "ben"))
    return Place(simcord_env, simcord_bot, guild, channel, ann, ben)


@pytest.fixture
def german(simcord_env: simcord.Env) -> None:
    """Everybody's Discord speaks German. SimCord has no setting for it, so it is said in the gateway's payload."""

    def speak(event: str, payload: dict[str, object]) -> None:
        if event == "INTERACTION_CREATE":
            payload["locale"] = "de"

    simcord_env.backend.subscribers.insert(0, speak)


Text = Callable[[discord.Message | simcord.ResponseMessage], str]


@pytest.fixture
def text_of() -> Text:
    """Everything that a person reads in a message."""

    def text(message: discord.Message | simcord.ResponseMessage | None) -> str:
        assert message is not None
        parts = [message.content]
        for embed in message.embeds:
            parts += [embed.author.name, embed.title, embed.description, embed.footer.text]
        return "\n".join(part for part in parts if part)

    return text
