"""Replies that are too long for Discord: a sensible part is shown, and the rest is in a file."""

from __future__ import annotations

import pytest

from bot.client import create_bot
from bot.conversation import Conversation, Exchange
from bot.replies.reply import Reply, Status

pytestmark = pytest.mark.simcord(shard_count=1)


class Talkative(Conversation):
    """An engine whose every reply is of the length that a test wants."""

    lines = 0
    width = 10

    def exchange(self, question, *_context):
        details = tuple(f"{number} {'x' * self.width}" for number in range(1, self.lines + 1))
        return Exchange(Reply(Status.ANSWERED, "en", "Many.", details), (), self._prepared)


@pytest.fixture
def talkative(prepared):
    return Talkative(prepared)


@pytest.fixture
def simcord_bot(settings, talkative):
    return create_bot(settings, talkative)


async def reply(place, way):
    if way == "command":
        return (await place.ann.slash(place.channel, "ask", question="tell me")).response.message
    await place.ann.send(place.channel, f"{place.me} tell me")
    return place.channel.last_message


@pytest.mark.parametrize("way", ["command", "message"])
@pytest.mark.parametrize(("lines", "width"), [(13, 10), (300, 10), (12, 900), (1, 9000)])
async def test_what_has_no_room_is_in_a_file(place, talkative, way, lines, width):
    talkative.lines, talkative.width = lines, width
    said = await reply(place, way)
    assert len(said.embeds[0]) <= 6000
    assert len(said.embeds[0].description.splitlines()) <= 13
    (attached,) = said.attachments
    whole = (await attached.read()).decode()
    assert whole.splitlines()[-1] == f"{lines} {'x' * width}"


@pytest.mark.parametrize("lines", [0, 1, 12])
async def test_what_has_room_needs_no_file(place, talkative, lines):
    talkative.lines = lines
    said = await reply(place, "message")
    assert not said.attachments
    assert len(said.embeds[0].description.splitlines()) == lines + 1


async def test_plain_text_is_shortened_by_whole_lines(place, talkative):
    talkative.lines, talkative.width = 12, 900
    place.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    said = await reply(place, "message")
    assert len(said.content) <= 2000
    assert said.content.splitlines()[-1].startswith("…")


async def test_a_very_long_question_is_answered_and_its_buttons_work(place, talkative, text_of):
    talkative.lines = 1
    asked = "tell me " * 240
    await place.ann.send(place.channel, f"{place.me} {asked}")
    said = place.channel.last_message
    assert len(said.embeds[0].url) <= 2048
    thanked = await place.ann.click(said, label="Not what I asked")
    assert "noted" in text_of(thanked.followups[0])
