"""Asking in Discord: by command, by mention, in a direct message, in reply to an answer."""

from __future__ import annotations

import discord
import pytest

pytestmark = pytest.mark.simcord(shard_count=1)

QUESTION = "how many i8 Roadsters?"
ANSWER = "3,884"


async def test_a_command_answers(place, text_of):
    result = await place.ann.slash(place.channel, "ask", question=QUESTION)
    assert ANSWER in text_of(result.response)
    assert not result.ephemeral


async def test_a_mention_is_answered_by_a_reply(place, text_of):
    asked = await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    answer = place.channel.last_message
    assert ANSWER in text_of(answer)
    assert answer.reference.message_id == asked.id


@pytest.mark.parametrize("written", ["{question} {me}", "hey {me}, {question}", "{me}{question}"])
async def test_the_mention_may_stand_anywhere(place, text_of, written):
    await place.ann.send(place.channel, written.format(me=place.me, question=QUESTION))
    assert ANSWER in text_of(place.channel.last_message)


async def test_a_direct_message_is_answered(place, text_of):
    await place.ann.send_dm(QUESTION)
    assert ANSWER in text_of(place.ann.user.dm_channel.last_message)


async def test_a_command_works_in_a_direct_message(place, text_of):
    result = await place.ann.user.slash("ask", question=QUESTION)
    assert ANSWER in text_of(result.response)


async def test_a_reply_to_an_answer_is_a_follow_up(place, text_of):
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    await place.ann.send(place.channel, "and the i3?", reply_to=place.channel.last_message)
    # 250,271 were built; the question names neither the bot nor what is asked of the model.
    assert "250,271" in text_of(place.channel.last_message)


async def test_a_command_can_follow_a_mention(place, text_of):
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    result = await place.ann.slash(place.channel, "ask", question="and the i3?")
    assert "250,271" in text_of(result.response)


async def test_nobody_follows_up_on_what_somebody_else_asked(place, text_of):
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    await place.ben.send(place.channel, f"{place.me} when did its production end?")
    assert "2020" not in text_of(place.channel.last_message)


async def test_nobody_follows_up_on_what_they_asked_elsewhere(place, text_of):
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    await place.ann.send_dm("when did its production end?")
    assert "2020" not in text_of(place.ann.user.dm_channel.last_message)


async def test_german_is_answered_in_german(place, text_of):
    await place.ann.send(place.channel, f"{place.me} wie viele i8 Roadster?")
    assert "3.884" in text_of(place.channel.last_message)


async def test_the_questions_language_counts_and_not_the_clients(place, german, text_of):
    result = await place.ann.slash(place.channel, "ask", question=QUESTION)
    assert ANSWER in text_of(result.response)


@pytest.mark.usefixtures("german")
async def test_a_question_that_is_no_language_is_answered_in_the_clients(place, text_of):
    result = await place.ann.slash(place.channel, "ask", question="i8 Roadster")
    assert "3.884" in text_of(result.response)


@pytest.mark.parametrize("elsewhere", ["how many i8 Roadsters?", "@everyone how many i8 Roadsters?", "@here Werkbot?"])
async def test_what_is_not_addressed_to_the_bot_is_left_alone(place, elsewhere):
    await place.ann.send(place.channel, elsewhere)
    assert not place.said()


async def test_a_mention_of_everybody_is_not_addressed_to_the_bot(place):
    everybody = place.guild.create_role("callers", permissions=discord.Permissions(mention_everyone=True))
    caller = place.guild.add_member(place.env.create_user("caller"), roles=[everybody])
    await caller.send(place.channel, f"@everyone {QUESTION}")
    assert not place.said()


async def test_a_reply_to_somebody_else_is_left_alone(place):
    said = await place.ann.send(place.channel, "I saw one yesterday")
    await place.ben.send(place.channel, QUESTION, reply_to=said)
    assert not place.said()


async def test_a_mention_in_a_reply_to_somebody_else_is_answered(place, text_of):
    said = await place.ann.send(place.channel, "they are rare")
    await place.ben.send(place.channel, f"{place.me} {QUESTION}", reply_to=said)
    assert ANSWER in text_of(place.channel.last_message)


async def test_other_bots_are_not_answered(place):
    robot = place.guild.add_member(place.env.create_user("robot", bot=True))
    await robot.send(place.channel, f"{place.me} {QUESTION}")
    assert not place.said()


async def test_webhooks_are_not_answered(place):
    await place.guild.create_webhook(place.channel, "news").send(f"{place.me} {QUESTION}")
    assert [message for message in place.said() if message.webhook_id is None] == []


@pytest.mark.parametrize(("locale", "greeting"), [("en-GB", "Hello"), ("de", "Hallo")])
async def test_a_mention_alone_is_answered_with_questions_that_work(place, text_of, locale, greeting):
    guild = place.env.create_guild("elsewhere", preferred_locale=locale)
    channel = guild.create_text_channel("general")
    newcomer = guild.add_member(place.env.create_user("newcomer"))
    await newcomer.send(channel, place.me)
    help_text = text_of(channel.last_message)
    assert greeting in help_text
    examples = [line.removeprefix("- ") for line in help_text.splitlines() if line.startswith("- ")]
    assert len(examples) == 5
    for example in examples:
        result = await newcomer.slash(channel, "ask", question=example.replace("\\", ""))
        assert result.response.embeds[0].author.name is None, example


async def test_a_reply_that_discord_does_not_show_gets_a_hint(place, text_of):
    # Discord shows a reply's text to the bot only if the reply mentions it, and one to a command's answer does not.
    result = await place.ann.slash(place.channel, "ask", question=QUESTION)
    await place.ann.send(place.channel, "and the i3?", reply_to=result.response)
    assert "Mention me" in text_of(place.channel.last_message)


@pytest.mark.parametrize("nothing", ["<@80351110224678912>", " ", "?!", "**"])
async def test_a_question_without_words_is_no_error(place, text_of, nothing):
    result = await place.ann.slash(place.channel, "ask", question=nothing)
    assert text_of(result.response)


@pytest.mark.parametrize("bait", ["@everyone", "@here", "<@{ben}>", "<@&{role}>"])
async def test_nobody_is_pinged_by_a_reply(place, text_of, bait):
    bait = bait.format(ben=place.ben.id, role=place.guild.create_role("crew").id)
    await place.ann.send(place.channel, f"{place.me} how many {bait} were built in {bait}?")
    answer = place.channel.last_message
    assert answer.author.id == place.bot.user.id
    assert not answer.mention_everyone
    assert not answer.role_mentions
    assert not [user for user in answer.mentions if user.id != place.bot.user.id]
    assert bait not in text_of(answer)


async def test_every_message_is_sent_with_pings_switched_off(place):
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    await place.ann.slash(place.channel, "ask", question=QUESTION)
    sent = [request for request in place.env.http_requests if request.method == "POST"]
    bodies = [request.json.get("data", request.json) for request in sent]
    assert len(bodies) == 2
    for body in bodies:
        assert body["allowed_mentions"]["parse"] == []
        assert not body["allowed_mentions"].get("replied_user")


async def test_without_the_permission_for_embeds_the_answer_is_plain_text(place):
    place.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    answer = place.channel.last_message
    assert ANSWER in answer.content
    assert not answer.embeds


async def test_where_the_bot_may_not_speak_it_stays_silent(place):
    place.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)
    await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    assert not place.said()
    assert place.env.errors == []


async def test_a_reply_survives_that_the_question_is_deleted(place):
    asked = await place.ann.send(place.channel, f"{place.me} {QUESTION}")
    body = next(request.json for request in place.env.http_requests if request.method == "POST")
    assert body["message_reference"]["message_id"] == asked.id
    assert body["message_reference"]["fail_if_not_exists"] is False
