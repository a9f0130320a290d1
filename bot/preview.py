"""The preview: the same bot in a local Discord-like channel in the browser, without a token and without a network."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from bot.client import create_bot, language_of_terminal, stop_signal
from bot.conversation import Conversation
from bot.languages import Language
from bot.replies.embed import examples, welcome
from bot.settings import Settings
from bot.stewardship.steward import Opened

if TYPE_CHECKING:
    from simcord import Env, Preview

WIDTH, HEIGHT = 960, 720


def run(settings: Settings, conversation: Conversation, opened: Opened | None = None) -> int:
    """Serve the preview until SIGTERM, Ctrl-C or the end of its session; the exit status."""
    language = language_of_terminal(settings)
    if not all(find_spec(module) for module in ("simcord", "linkify_it", "PIL")):
        click.echo(language.say("discord.preview.missing"), err=True)
        return 1
    for library in ("aiohttp", "discord"):
        # What they say of every request tells nothing about the bot.
        logging.getLogger(library).setLevel(logging.WARNING)
    return asyncio.run(_serve(settings, conversation, language, opened))


async def _serve(settings: Settings, conversation: Conversation, language: Language, opened: Opened | None) -> int:
    from simcord import SetupError

    stop = stop_signal()
    try:
        async with preview(settings, conversation, opened) as shown:
            click.echo(language.say("discord.preview.started", url=shown.url))
            waits = [asyncio.ensure_future(wait) for wait in (stop.wait(), shown.wait_closed())]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits:
                wait.cancel()
    except SetupError as error:
        if not isinstance(error.__cause__, OSError):
            raise
        reason = error.__cause__.strerror
        click.echo(language.say("discord.preview.port", port=settings.preview_port, reason=reason), err=True)
        return 1
    click.echo(language.say("discord.preview.stopped"))
    return 0


@contextlib.asynccontextmanager
async def preview(
    settings: Settings, conversation: Conversation, opened: Opened | None = None
) -> AsyncIterator[Preview]:
    """A running preview, in which a first question has been asked and answered."""
    import simcord

    language = language_of_terminal(settings)
    say = language.say
    # The preview has a server of its own, which no setting can name.
    settings = settings.model_copy(update={"home_server": None})
    bot = create_bot(settings, conversation, opened)
    async with simcord.run(bot, shard_count=1, check_errors=False) as env:
        await _catch_up(env)
        guild = env.create_guild(say("discord.preview.server"))
        channel = guild.create_text_channel(say("discord.preview.channel"), topic=say("discord.preview.hint"))
        viewer = _viewer_class(env)(env, guild, env.create_user(say("discord.preview.viewer")))
        guild.add_member(viewer.user)
        # Who can start the bot on this machine may also reload its knowledge.
        administrators = settings.administrators | {viewer.id}
        bot.settings = settings.model_copy(update={"administrators": administrators})
        await env.settle()
        if bot.user is not None:
            await bot.user.edit(username=say("discord.preview.bot"))
        room: Any = bot.get_channel(channel.id)
        knowledge = conversation.snapshot.knowledge
        await room.send(embed=welcome(knowledge, language, say("discord.preview.hint")))
        for question in examples(knowledge, language)[1:2]:
            await viewer.send(channel, question)
        locale = {"en": "en-US"}.get(language.code, language.code)
        shown = env.preview(
            channel,
            viewers=[viewer],
            layout="channel",
            locale=locale,
            width=WIDTH,
            height=HEIGHT,
            port=settings.preview_port,
        )
        async with shown:
            yield shown


def _viewer_class(env: Env) -> type[Any]:
    """A person whose every message is addressed to the bot, as if the name had been picked from Discord's list."""
    from simcord import MemberActor

    class Viewer(MemberActor):
        async def send(self, channel: Any, content: str = "", **options: Any) -> Any:
            mention = env.bot.user.mention if env.bot.user is not None else ""
            await _catch_up(env)
            return await super().send(channel, content if mention in content else f"{mention} {content}", **options)

    return Viewer


async def _catch_up(env: Env) -> None:
    """Set the clock of the simulated Discord to the time here.

    It starts at a fixed day and stands still. It knows only UTC, and people read the time on their own clock.
    """
    here = datetime.now().astimezone().replace(tzinfo=UTC)
    await env.advance_time(max(0.0, (here - env.now()).total_seconds()))
