"""What Discord is told about the bot and its commands."""

from __future__ import annotations

import re

import pytest

from bot.client import create_bot

pytestmark = pytest.mark.simcord(shard_count=1)

COMMANDS = {
    "ask",
    "model",
    "models",
    "milestone",
    "milestones",
    "compare",
    "top",
    "timeline",
    "plant",
    "help",
    "about",
}
"""The commands that everybody has."""


def synced(env):
    """How often the commands were sent."""
    return [request.method for request in env.http_requests if request.path.endswith("/commands")].count("PUT")


def commands(env):
    return {name: command for (name, _), command in env.backend.commands[None].items()}


async def test_the_first_start_tells_discord_about_the_commands(simcord_env):
    assert synced(simcord_env) == 1
    assert set(commands(simcord_env)) == COMMANDS | {"Answer this question", "knowledge"}


async def test_a_second_start_sends_nothing(simcord_env, settings, conversation):
    await simcord_env.restart_bot(create_bot(settings, conversation))
    assert synced(simcord_env) == 1


async def test_what_discord_adds_and_leaves_out_makes_no_difference(simcord_env, settings, conversation):
    for command in commands(simcord_env).values():
        command |= {"version": "7", "default_permission": True, "dm_permission": True, "nsfw": False}
        command["contexts"] = list(reversed(command["contexts"]))
        for option in command["options"]:
            option.pop("required", None) if not option.get("required") else None
            option.setdefault("autocomplete", False)
    await simcord_env.restart_bot(create_bot(settings, conversation))
    assert synced(simcord_env) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"description": "Ask something else"},
        {"options": []},
        {"contexts": [0]},
        {"description_localizations": {"de": "etwas anderes"}},
        {"default_member_permissions": "8"},
    ],
)
async def test_a_start_with_other_definitions_sends_them(simcord_env, settings, conversation, other):
    commands(simcord_env)["ask"].update(other)
    await simcord_env.restart_bot(create_bot(settings, conversation))
    assert synced(simcord_env) == 2
    for key, value in other.items():
        assert commands(simcord_env)["ask"][key] != value


async def test_a_command_that_is_no_more_is_taken_away(simcord_env, settings, conversation):
    known = simcord_env.backend.commands[None]
    known["gone", 1] = {**known["ask", 1], "name": "gone", "id": "1"}
    await simcord_env.restart_bot(create_bot(settings, conversation))
    assert "gone" not in commands(simcord_env)


async def test_a_discord_that_refuses_the_commands_does_not_keep_the_bot_away(simcord_env, settings, conversation):
    simcord_env.inject_error("GET", "/applications/*/commands")
    await simcord_env.restart_bot(create_bot(settings, conversation))
    ann = simcord_env.create_user("ann")
    await ann.send_dm("how many i8 Roadsters?")
    assert ann.dm_channel.last_message.author.id == simcord_env.bot.user.id


async def test_commands_work_everywhere_and_for_everybody(simcord_env):
    for command in commands(simcord_env).values():
        assert set(command["contexts"]) == {0, 1, 2}
        assert set(command["integration_types"]) == {0, 1}
        assert command["default_member_permissions"] is None


async def test_commands_have_german_names(simcord_env):
    ask = commands(simcord_env)["ask"]
    assert ask["name_localizations"] == {"de": "frage"}
    assert ask["options"][0]["description_localizations"].keys() == {"de"}
    names = {each["name"]: each["name_localizations"]["de"] for each in commands(simcord_env)["knowledge"]["options"]}
    assert (names["reload"], names["upload"], names["rollback"]) == ("neu-laden", "hochladen", "zurücksetzen")


async def test_the_bot_asks_for_no_privileged_intent(simcord_env):
    intents = simcord_env.bot.intents
    assert not any((intents.message_content, intents.members, intents.presences))


async def test_names_and_descriptions_keep_to_discords_limits_in_every_language(simcord_env):
    """discord.py checks only those that are no translations."""
    parts = list(commands(simcord_env).values())
    for part in parts:
        parts += part.get("options", ())
        for name in (part["name"], *(part.get("name_localizations") or {}).values()):
            # What stands in the menu of a message is written as in any other menu.
            assert re.fullmatch(r"[-_ \w]{1,32}" if part["type"] == 3 and "id" in part else r"[-_\w]{1,32}", name)
            assert name == name.lower() or part["type"] == 3
        texts = (part["description"], *(part.get("description_localizations") or {}).values())
        for text in texts if "id" not in part or part["type"] == 1 else ():
            assert 1 <= len(text) <= 100
    assert len(parts) > 4
