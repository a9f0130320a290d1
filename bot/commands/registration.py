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


async def register(client: discord.Client, tree: app_commands.CommandTree[Any]) -> bool:
    """Make Discord's list of commands the tree's; true if it was another one before.

    Discord itself says what it knows, so there is no state of our own that could be wrong.
    """
    if tree.translator is None or client.application_id is None:
        raise RuntimeError("commands are registered after login, with their translations")
    ours = [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands()]
    # discord.py's own fetch leaves the translations out.
    route = Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    theirs = await client.http.request(route, params={"with_localizations": "true"})
    if _by_name(ours) == _by_name(theirs):
        log.info("Discord knows all %d commands", len(ours))
        return False
    await tree.sync()
    log.info("told Discord about %d commands", len(ours))
    return True


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
