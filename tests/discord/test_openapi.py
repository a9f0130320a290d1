"""What judges the bot's requests finds what is wrong with them, and only that."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_validation import operation, violations
from simcord.types import HttpLogEntry

SEND = ("POST", "/channels/1/messages")
ANSWER = ("POST", "/interactions/1/token/callback")
COMMANDS = ("PUT", "/applications/1/commands")


def request(route: tuple[str, str], body: object) -> HttpLogEntry:
    return HttpLogEntry(*route, {}, body, None)


def button(**fields: object) -> dict[str, Any]:
    whole = {"type": 2, "style": 1, "custom_id": "x", "label": "Yes", **fields}
    return {"components": [{"type": 1, "components": [whole]}]}


@pytest.mark.parametrize(
    ("route", "body"),
    [
        (SEND, {"content": "Hello", "embeds": [{"description": "There", "flags": 0}]}),
        (SEND, {"message_reference": {"message_id": 1, "channel_id": "2"}}),
        (SEND, button()),
        (SEND, {"flags": 1 << 15, "components": [{"type": 10, "content": "Hello"}]}),
        (SEND, {"attachments": [{"id": 0, "filename": "chart.png", "description": "A chart"}]}),
        (ANSWER, {"type": 4, "data": {"content": "Hello", "flags": 64}}),
        (ANSWER, {"type": 8, "data": {"choices": [{"name": "a", "value": "a"}]}}),
        (COMMANDS, [{"name": "ask", "description": "Ask", "type": 1, "nsfw": False}]),
        (("POST", "/channels/1/typing"), None),
    ],
)
def test_what_discord_describes_passes(route: tuple[str, str], body: object) -> None:
    assert violations(request(route, body)) == []


@pytest.mark.parametrize(
    ("route", "body", "place"),
    [
        (SEND, None, "no body"),
        (SEND, {"content": 5}, "content: "),
        (SEND, {"contents": "Hello"}, "contents"),
        (SEND, {"embeds": [{"description": "x" * 4097}]}, "embeds/0/description: "),
        (SEND, {"message_reference": {"message_id": "first"}}, "message_reference/message_id: "),
        (SEND, button(custom_id="x" * 101), "components/0/components/0/custom_id: "),
        (SEND, button(label="x" * 81), "components/0/components/0/label: "),
        (SEND, button(colour=1), "colour"),
        (ANSWER, {"type": 4, "data": {"content": "x" * 2001}}, "data/content: "),
        (ANSWER, {"type": 8, "data": {"choices": [{"name": "a", "value": "a"}] * 26}}, "data/choices: "),
        (ANSWER, {"type": 3}, "type"),
        (COMMANDS, [{"name": "x" * 33, "description": "Ask"}], "0/name: "),
        (("POST", "/channels/1/typing"), {}, "a body where none is described"),
        (("POST", "/channels/1/wishes"), {}, "no such operation"),
    ],
)
def test_what_discord_does_not_describe_is_found_at_its_place(route: tuple[str, str], body: object, place: str) -> None:
    found = violations(request(route, body))
    assert found
    assert any(place in line for line in found), found
    assert all(line.startswith(f"{route[0]} {route[1]}") for line in found)


def test_a_path_is_the_one_that_names_it_most_exactly() -> None:
    original = operation("PATCH", "/webhooks/1/token/messages/@original")
    other = operation("PATCH", "/webhooks/1/token/messages/5")
    assert original is not None
    assert other is not None
    assert original["operationId"] != other["operationId"]


@pytest.mark.simcord(shard_count=1)
async def test_what_the_bot_sends_is_judged(place: Any, sent: list[HttpLogEntry]) -> None:
    await place.ann.send(place.channel, f"{place.me} how many i8 Roadsters?")
    bodies = [each for each in sent if each.path == f"/channels/{place.channel.id}/messages" and each.method == "POST"]
    assert [each.json for each in bodies] == [each.json for each in place.env.http_requests if each in bodies]
    (body,) = bodies
    assert violations(body) == []
    body.json["embeds"][0]["colour"] = "red"
    assert violations(body)
    del body.json["embeds"][0]["colour"]  # this test's own requests are judged too
