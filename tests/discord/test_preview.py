"""The local channel in the browser."""

from __future__ import annotations

import socket

from bot.preview import preview, run


def read(shown):
    """Everything that stands in the channel."""
    parts = []
    for message in shown.channel.history():
        parts += [message.content, *(f"{embed.description} {embed.footer.text}" for embed in message.embeds)]
    return "\n".join(parts)


async def test_a_newcomer_sees_what_the_bot_is_for_and_a_first_answer(settings, conversation):
    async with preview(settings, conversation) as shown:
        first, question, answer = shown.channel.history()
        assert first.embeds[0].description.count("\n- ") == 5
        assert question.author.id == shown.viewers[0].id
        assert answer.reference.message_id == question.id


async def test_what_is_typed_is_addressed_to_the_bot(settings, conversation):
    async with preview(settings, conversation) as shown:
        await shown.viewers[0].send(shown.channel, "how many i8 Roadsters?")
        assert "3,884" in read(shown)


async def test_commands_are_offered_and_work(settings, conversation):
    async with preview(settings, conversation) as shown:
        viewer = shown.viewers[0]
        assert {"ask", "milestone", "model", "knowledge reload"} <= set(viewer.available_commands(shown.channel))
        result = await viewer.slash(shown.channel, "ask", question="how many i8 Roadsters?")
        assert "3,884" in result.response.embeds[0].description


async def test_who_runs_the_preview_may_reload_the_knowledge(settings, conversation):
    async with preview(settings, conversation) as shown:
        result = await shown.viewers[0].slash(shown.channel, "knowledge reload")
        assert "Nothing in it has changed" in result.response.content


def test_a_port_in_use_is_told_in_one_line(settings, conversation, capsys, unused_tcp_port):
    with socket.create_server(("127.0.0.1", unused_tcp_port)):
        assert run(settings.model_copy(update={"preview_port": unused_tcp_port}), conversation) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert str(unused_tcp_port) in line
