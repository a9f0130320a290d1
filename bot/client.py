"""The Discord client: connects, loads the commands, and closes when it is told to."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import Any

import aiohttp
import click
import discord
from discord import app_commands
from discord.ext import commands
from typing_extensions import override

from bot.commands import EXTENSIONS
from bot.commands.administration.buttons import DoneSelect, KnowledgeButton
from bot.commands.administration.pages import press as press_administration
from bot.commands.delivery import SILENT
from bot.commands.incidents import Tree, answer_error
from bot.commands.manners import Cooldowns
from bot.commands.registration import register
from bot.commands.wording import Translations
from bot.components.button import AnswerButton
from bot.components.presses import press
from bot.conversation import Conversation
from bot.dialogue import Dialogue
from bot.health import Health, keep_reporting
from bot.languages import AUTOMATIC, Language
from bot.replies.charts import ChartCache
from bot.settings import Settings
from bot.stewardship.live import LiveKnowledge
from bot.stewardship.steward import Opened, Steward
from bot.stewardship.watching import watch
from bot.store.database import Store, default_path
from bot.store.writer import StoreWriter
from bot.unanswered import UnansweredQuestions

log = logging.getLogger(__name__)

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""None of them privileged: Discord shows a bot what is written to it anyway."""


class Werkbot(commands.AutoShardedBot):
    """The bot, with what its commands need."""

    def __init__(self, settings: Settings, conversation: Conversation, opened: Opened | None = None) -> None:
        # The bot has no voice, so discord.py need not warn about what that would take.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            # There are no commands with a prefix, but discord.py wants one; this one needs no privileged intent.
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=INTENTS,
            allowed_mentions=SILENT,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            max_messages=None,
        )
        self.settings = settings
        self.conversation = conversation
        self.language = None if settings.language == AUTOMATIC else settings.language
        """The language that the settings fix, if they do."""
        store = Store(settings.store_file or default_path())
        self.records = StoreWriter(store)
        self.unanswered = UnansweredQuestions(store, self.records, settings.unanswered_days)
        self.dialogue = Dialogue(
            conversation,
            limit=settings.conversation_limit,
            seconds=settings.conversation_seconds,
            not_placed=self.unanswered.keep_not_placed,
        )
        self.charts = ChartCache()
        steward = Steward(settings.knowledge_file, store)
        self.knowledge = LiveKnowledge(conversation, steward, opened, replaced=self.charts.clear)
        self.cooldowns = Cooldowns(settings.cooldown_questions, settings.cooldown_seconds)
        self._beside: list[asyncio.Task[None]] = []
        """What runs as long as the bot."""

    @override
    async def setup_hook(self) -> None:
        self.add_dynamic_items(AnswerButton, KnowledgeButton, DoneSelect)
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        if isinstance(self.tree, Tree):
            self.tree.language = self.language
            self.tree.cooldowns = self.cooldowns
        await self.tree.set_translator(Translations())
        try:
            await register(self, self.tree, self.settings.home_server)
        except discord.HTTPException:
            # The commands that Discord already knows still work, and so do mentions.
            log.exception("could not tell Discord about the commands")
        if self.settings.knowledge_watch:
            self._beside.append(asyncio.create_task(watch(self.knowledge, self.records)))
        if self.settings.health_file is not None:
            self._beside.append(asyncio.create_task(keep_reporting(self.settings.health_file, self._health)))

    @override
    async def close(self) -> None:
        await super().close()
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        await self.records.close()

    @override
    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing: discord.py would look for commands with a prefix; ``bot.commands.messages`` answers."""

    async def pressed(
        self, interaction: discord.Interaction[Any], item: AnswerButton | KnowledgeButton | DoneSelect
    ) -> None:
        """Do what a button says. discord.py would log an error in it and leave the person without a word."""
        try:
            if isinstance(item, AnswerButton):
                await press(self, interaction, item)
            else:
                await press_administration(self, interaction, item)
        except Exception as error:  # noqa: BLE001 - the one handler of errors in buttons
            await answer_error(interaction, error, self.language)

    def _health(self) -> Health | None:
        """How the bot is; none while any part of it is not connected."""
        if not self.is_ready() or not self.shards or any(shard.is_closed() for shard in self.shards.values()):
            return None
        return Health.TROUBLED if self.knowledge.problems or self.records.problem else Health.WELL

    async def on_ready(self) -> None:
        """Say that the bot is there."""
        log.info("connected as %s, in %d servers", self.user, len(self.guilds))


def create_bot(settings: Settings, conversation: Conversation, opened: Opened | None = None) -> Werkbot:
    """The bot, not yet connected; ``opened`` says how its facts were come by."""
    return Werkbot(settings, conversation, opened)


def run(settings: Settings, conversation: Conversation, opened: Opened | None = None) -> int:
    """Connect to Discord until SIGTERM or Ctrl-C; the exit status."""
    language = language_of_terminal(settings)
    if settings.discord_token is None:
        click.echo(language.say("discord.client.no_token"), err=True)
        return 1
    bot = create_bot(settings, conversation, opened)
    return asyncio.run(_run(bot, settings.discord_token.get_secret_value(), language))


def language_of_terminal(settings: Settings) -> Language:
    """The language for who starts the bot."""
    from bot.cli import terminal_language

    return terminal_language(None if settings.language == AUTOMATIC else settings.language)


def stop_signal() -> asyncio.Event:
    """An event that SIGTERM and Ctrl-C set, for the running loop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


async def _run(bot: Werkbot, token: str, language: Language) -> int:
    return await connect(bot, token, stop_signal(), language)


async def connect(bot: Werkbot, token: str, stop: asyncio.Event, language: Language) -> int:
    """Keep the bot connected until ``stop`` is set; 0, or 1 if Discord did not let it in."""
    running = asyncio.create_task(bot.start(token))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not running.done():
        await bot.close()
        # Before the connection stands, closing does not end the attempt to make it.
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return 0
    await bot.close()
    match running.exception():
        case None:
            return 0
        case discord.LoginFailure():
            click.echo(language.say("discord.client.bad_token"), err=True)
        case discord.PrivilegedIntentsRequired():
            click.echo(language.say("discord.client.intents"), err=True)
        case aiohttp.ClientError() | OSError() | discord.DiscordException() as error:
            click.echo(language.say("discord.client.unreachable", reason=error), err=True)
        case error:
            raise error
    return 1
