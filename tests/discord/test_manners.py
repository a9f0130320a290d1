"""Not too much at once, a sign of life when it takes long, and only where the bot may speak."""

from __future__ import annotations

import asyncio

import discord
import pytest

from bot.client import create_bot
from bot.dialogue import Dialogue

pytestmark = pytest.mark.simcord(shard_count=1)

QUESTION = "how many i8 Roadsters?"
ANSWER = "3,884"


class Slow(Dialogue):
    """A dialogue on a bad day: an answer takes five seconds."""

    async def ask(self, *arguments, **options):
        await asyncio.sleep(5)
        return await super().ask(*arguments, **options)


@pytest.fixture
def simcord_bot(settings, conversation):
    return create_bot(settings.model_copy(update={"cooldown_questions": 3, "cooldown_seconds": 20}), conversation)


@pytest.fixture
def slow(place):
    """The bot on a bad day."""
    place.bot.dialogue = Slow(place.bot.conversation, limit=10, seconds=900)


# -- not too much at once -------------------------------------------------------------------------------------------


async def test_who_asks_too_much_by_messages_is_told_once(place, text_of):
    for _ in range(6):
        await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    said = [text_of(message) for message in place.said()]
    assert len(said) == 4
    assert "20 seconds" in said[-1]


async def test_who_asks_too_much_by_commands_is_told_alone(place, text_of):
    results = [await place.ann.slash(place.channel, "ask", question=QUESTION) for _ in range(4)]
    assert [result.ephemeral for result in results] == [False, False, False, True]
    assert "20 seconds" in text_of(results[-1].response)


async def test_messages_and_commands_count_alike(place):
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    await place.ann.slash(place.channel, "milestones")
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    assert (await place.ann.slash(place.channel, "ask", question=QUESTION)).ephemeral


async def test_after_a_while_one_may_ask_on(place, text_of):
    for _ in range(4):
        await place.ann.slash(place.channel, "ask", question=QUESTION)
    await place.env.advance_time(21)
    assert ANSWER in text_of((await place.ann.slash(place.channel, "ask", question=QUESTION)).response)


async def test_nobody_waits_for_somebody_else(place, text_of):
    for _ in range(4):
        await place.ann.slash(place.channel, "ask", question=QUESTION)
    assert ANSWER in text_of((await place.ben.slash(place.channel, "ask", question=QUESTION)).response)


async def test_typing_into_an_option_is_no_question(place):
    for _ in range(6):
        assert await place.ann.autocomplete(place.channel, "model", "name", "i8")


@pytest.mark.usefixtures("german")
async def test_a_german_client_is_asked_to_wait_in_german(place, text_of):
    results = [await place.ann.slash(place.channel, "milestones") for _ in range(4)]
    assert "20 Sekunden" in text_of(results[-1].response)


# -- a sign of life -------------------------------------------------------------------------------------------------


def typing(place):
    """How often the bot showed that it is typing."""
    return [request.path.endswith("/typing") for request in place.env.http_requests].count(True)


@pytest.mark.usefixtures("slow")
async def test_the_bot_is_seen_typing_when_it_takes_long(place, text_of):
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    await place.env.advance_time(1.5)
    assert typing(place) == 1
    assert not place.said()
    await place.env.advance_time(5)
    assert ANSWER in text_of(place.channel.last_message)


@pytest.mark.usefixtures("slow")
async def test_a_command_is_deferred_when_it_takes_long(place, text_of):
    result = await place.ann.slash(place.channel, "ask", question=QUESTION)
    await place.env.advance_time(1.5)
    assert result.deferred
    await place.env.advance_time(5)
    assert ANSWER in text_of(result.response)


@pytest.mark.usefixtures("slow")
async def test_a_command_that_is_private_stays_so_when_it_takes_long(place):
    result = await place.ann.slash(place.channel, "ask", question=QUESTION, private=True)
    await place.env.advance_time(1.5)
    assert result.deferred
    await place.env.advance_time(5)
    assert result.ephemeral
    assert result.response.ephemeral


async def test_what_is_fast_needs_no_sign(place):
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    result = await place.ann.slash(place.channel, "ask", question=QUESTION)
    assert not result.deferred
    assert typing(place) == 0


# -- only where the bot may speak -----------------------------------------------------------------------------------


@pytest.fixture
def closed(place):
    """A channel in which the bot may read but not write."""
    return place.guild.create_text_channel(
        "rules", overwrites={place.bot.user: discord.PermissionOverwrite(send_messages=False)}
    )


async def test_a_command_is_answered_in_private_where_the_bot_may_not_speak(place, closed, text_of):
    result = await place.ann.slash(closed, "ask", question=QUESTION)
    assert result.ephemeral
    assert ANSWER in text_of(result.response)
    assert (await place.ann.slash(closed, "help")).ephemeral


async def test_who_mentions_the_bot_there_is_told_why_in_a_direct_message_once(place, closed):
    for _ in range(2):
        await place.ann.send(closed, f"{place.me} {QUESTION}")
    (told,) = place.ann.user.dm_channel.history()
    assert closed.mention in told.content
    assert "/ask" in told.content


@pytest.mark.parametrize(
    ("command", "options"),
    [("ask", {"question": QUESTION}), ("model", {"name": "i3"}), ("models", {}), ("about", {}), ("timeline", {})],
)
async def test_an_answer_is_private_for_who_asks_for_that(place, command, options):
    assert (await place.ann.slash(place.channel, command, private=True, **options)).ephemeral


async def test_an_answer_is_for_everybody_otherwise(place):
    assert not (await place.ann.slash(place.channel, "model", name="i3")).ephemeral
