"""Telling Discord which commands there are, only when they are others than those it knows."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

log = logging.getLogger(__name__)

DEFINED_BY_US = frozenset(
    {
        "type",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "options",
        "required",
        "choices",
        "value",
        "autocomplete",
        "min_value",
        "max_value",
        "min_length",
        "max_length",
        "channel_types",
        "contexts",
        "integration_types",
        "default_member_permissions",
        "nsfw",
    }
)
"""The keys of a definition that the bot chooses; Discord adds others, such as ids and a version."""


async def register(client: discord.Client, tree: app_commands.CommandTree[Any], home: int | None = None) -> None:
    """Make Discord's lists of commands the tree's: the one of all servers, and that of the home server.

    Discord itself says what it knows, so there is no state of our own that could be wrong.
    """
    await _register(client, tree, None)
    if home is None:
        return
    try:
        await _register(client, tree, discord.Object(home))
    except discord.Forbidden as refusal:
        log.warning("no commands for administrators, is the bot in the home server %d? %s", home, refusal)


async def _register(client: discord.Client, tree: app_commands.CommandTree[Any], server: discord.Object | None) -> None:
    if tree.translator is None or client.application_id is None:
        raise RuntimeError("commands are registered after login, with their translations")
    ours = [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands(guild=server)]
    # discord.py's own fetch leaves the translations out.
    place = f"/guilds/{server.id}" if server is not None else ""
    route = Route("GET", f"/applications/{{application_id}}{place}/commands", application_id=client.application_id)
    theirs = await client.http.request(route, params={"with_localizations": "true"})
    if _by_name(ours) == _by_name(theirs):
        log.info("Discord knows all %d commands", len(ours))
        return
    await tree.sync(guild=server)
    log.info("told Discord about %d commands", len(ours))


def _by_name(definitions: list[Any]) -> dict[tuple[int, str], object]:
    return {(definition.get("type", 1), definition["name"]): _canonical(definition) for definition in definitions}


def _canonical(value: object) -> object:
    """A definition, or a part of it, without what Discord adds and without what it leaves out when it is empty."""
    match value:
        case Mapping():
            return {
                key: part if key.endswith("_localizations") else _canonical(part)
                for key, part in value.items()
                if key in DEFINED_BY_US and part is not None and part is not False and part not in ("", [], {})
            }
        case list() if all(isinstance(part, int) for part in value):
            return sorted(value)
        case list():
            return [_canonical(part) for part in value]
        case _:
            return value
