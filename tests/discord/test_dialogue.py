"""Going on from an answer: in reply to it, in a thread, in a direct message; questions that are edited or deleted."""

from __future__ import annotations

import pytest

from bot.client import create_bot
from bot.conversation import Conversation

pytestmark = pytest.mark.simcord(shard_count=1)

QUESTION = "how many i8 Roadsters?"
ANSWER = "3,884"
FOLLOW_UP = "when did its production end?"
END = "2020"


async def ask(place, question, **options):
    """Ann's question by mention, and the reply."""
    asked = await place.ann.send(place.channel, f"{place.me} {question}", **options)
    return asked, place.channel.last_message


# -- follow-ups -----------------------------------------------------------------------------------------------------


async def test_a_direct_message_is_followed_up(place, text_of):
    await place.ann.send_dm(QUESTION)
    await place.ann.send_dm(FOLLOW_UP)
    assert END in text_of(place.ann.user.dm_channel.last_message)


async def test_a_reply_goes_on_from_the_answer_that_it_replies_to(place, text_of):
    _, first = await ask(place, QUESTION)
    await ask(place, "how many X1?")
    await place.ann.send(place.channel, FOLLOW_UP, reply_to=first)
    assert END in text_of(place.channel.last_message)


async def test_somebody_else_can_go_on_from_an_answer_by_a_reply(place, text_of):
    _, first = await ask(place, QUESTION)
    await place.ben.send(place.channel, FOLLOW_UP, reply_to=first)
    assert END in text_of(place.channel.last_message)


async def test_a_reply_goes_on_from_a_whole_dialogue(place, text_of):
    await ask(place, QUESTION)
    _, second = await ask(place, "and the i3?")
    await ask(place, "how many X1?")
    await place.ben.send(place.channel, "and when did its production start?", reply_to=second)
    assert "2013" in text_of(place.channel.last_message)


async def test_a_reply_goes_on_after_a_restart(place, settings, prepared, text_of):
    _, first = await ask(place, QUESTION)
    await place.env.restart_bot(create_bot(settings, Conversation(prepared)))
    await place.ann.send(place.channel, FOLLOW_UP, reply_to=first)
    assert END in text_of(place.channel.last_message)


@pytest.mark.parametrize("opened_at", ["answer", "question"])
async def test_the_first_question_in_a_thread_goes_on_from_where_it_was_opened(place, text_of, opened_at):
    asked, answer = await ask(place, QUESTION)
    opened = answer if opened_at == "answer" else asked
    room = place.bot.get_channel(place.channel.id)
    message = await room.fetch_message(opened.id)
    await message.create_thread(name="i8")
    (thread,) = place.channel.threads
    await place.ann.send(thread, f"{place.me} {FOLLOW_UP}")
    assert END in text_of(thread.last_message)


async def test_a_thread_has_its_own_dialogue(place, text_of):
    _, answer = await ask(place, QUESTION)
    room = place.bot.get_channel(place.channel.id)
    await (await room.fetch_message(answer.id)).create_thread(name="i8")
    (thread,) = place.channel.threads
    await place.ann.send(thread, f"{place.me} how many i3?")
    await ask(place, "how many X1?")
    await place.ann.send(thread, f"{place.me} {FOLLOW_UP}")
    assert "2022" in text_of(thread.last_message)


async def test_a_question_goes_on_from_a_look_up(place, text_of):
    await place.ann.slash(place.channel, "model", name="i8 Roadster")
    await ask(place, FOLLOW_UP)
    assert END in text_of(place.channel.last_message)


async def test_a_message_can_be_answered_from_its_menu(place, text_of):
    said = await place.ben.send(place.channel, QUESTION)
    result = await place.ann.context_menu(place.channel, "Answer this question", said)
    assert ANSWER in text_of(result.response)
    assert said.jump_url in result.response.content


async def test_a_message_without_words_has_nothing_to_answer(place, text_of):
    said = await place.ben.send(place.channel, place.me)
    result = await place.ann.context_menu(place.channel, "Answer this question", said)
    assert result.ephemeral
    assert "no question" in text_of(result.response)


# -- editing and deleting -------------------------------------------------------------------------------------------


async def test_the_reply_to_an_edited_question_is_edited(place, text_of):
    asked, answer = await ask(place, "how many X1?")
    await place.ann.edit(asked, f"{place.me} {QUESTION}")
    assert place.channel.last_message.id == answer.id
    assert ANSWER in text_of(place.channel.last_message)


async def test_what_follows_goes_on_from_the_edited_question(place, text_of):
    asked, _ = await ask(place, "how many X1?")
    await place.ann.edit(asked, f"{place.me} {QUESTION}")
    await ask(place, FOLLOW_UP)
    assert END in text_of(place.channel.last_message)


async def test_an_edited_follow_up_goes_on_from_what_was_asked_before_it(place, text_of):
    await ask(place, QUESTION)
    asked, _ = await ask(place, "and the i3?")
    await place.ann.edit(asked, f"{place.me} {FOLLOW_UP}")
    assert END in text_of(place.channel.last_message)


async def test_after_a_minute_a_reply_stays_as_it_is(place, text_of):
    asked, _ = await ask(place, QUESTION)
    await place.env.advance_time(61)
    await place.ann.edit(asked, f"{place.me} how many X1?")
    assert ANSWER in text_of(place.channel.last_message)


async def test_an_edit_that_asks_the_same_changes_nothing(place):
    asked, _ = await ask(place, QUESTION)
    await place.ann.edit(asked, f"{place.me}  {QUESTION}")
    assert "PATCH" not in [request.method for request in place.env.http_requests]


async def test_a_plain_reply_is_edited_in_plain_text(place):
    place.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    asked, _ = await ask(place, "how many X1?")
    await place.ann.edit(asked, f"{place.me} {QUESTION}")
    assert ANSWER in place.channel.last_message.content


async def test_the_reply_goes_with_its_question(place):
    asked, _ = await ask(place, QUESTION)
    await place.ann.delete(asked)
    assert not place.said()


async def test_a_reply_that_is_gone_already_harms_nobody(place):
    asked, _ = await ask(place, QUESTION)
    place.env.inject_error("DELETE", "*", status=404, code=10008)
    await place.ann.delete(asked)
    assert place.env.errors == []


async def test_a_direct_message_is_edited_and_deleted_too(place, text_of):
    asked = await place.ann.user.send_dm("how many X1?")
    await place.ann.user.edit(asked, QUESTION)
    assert ANSWER in text_of(place.ann.user.dm_channel.last_message)
    await place.ann.user.delete(asked)
    assert [message for message in place.ann.user.dm_channel.history() if message.author.id == place.bot.user.id] == []
