"""What a message has to remember for its buttons, kept in the message itself.

A button has to work after a restart, so what it needs must not live in memory. A custom id holds 100 characters, which
is too few for a query. The question cannot be read again either: Discord hides it from the bot unless it was mentioned,
does not say what was typed behind a command, and "and the other one?" means nothing by itself. But the address of an
embed without a title is shown to nobody, comes back with every press of a button and with every reply to the message,
and holds 2,048 characters. Only the bot writes its own messages, so what comes back is what it wrote.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass, replace
from typing import Any

import discord
import msgpack

from bot.replies.pages import Order
from bot.replies.reply import Choice
from knowledge.encoding import decode, encode
from knowledge.query import Query

PREFIX = "https://werkbot.invalid/"
"""Leads nowhere: the domain is reserved for that."""

ADDRESS_LIMIT = 2048


@dataclass(frozen=True, slots=True)
class Carried:
    """What the buttons of a message need.

    ``trail``: the questions that led here, the last one is answered by the message; none for a command.
    ``query``: what the answer answers, if it is one. ``listing``: the message is a list with pages, under this heading.
    """

    language: str
    trail: tuple[str, ...] = ()
    query: Query | None = None
    choices: tuple[Choice, ...] = ()
    listing: str = ""
    order: Order = Order.FILE

    @property
    def question(self) -> str:
        """The question that the message answers; empty for a command."""
        return self.trail[-1] if self.trail else ""


def address(carried: Carried) -> str | None:
    """The address that carries it; what is least needed is left out if it is too long, and at last all of it."""
    for kept in (carried, replace(carried, trail=carried.trail[-1:]), replace(carried, trail=(), query=None)):
        found = PREFIX + base64.urlsafe_b64encode(zlib.compress(_packed(kept), 9)).decode("ascii")
        if len(found) <= ADDRESS_LIMIT:
            return found
    return None


def carried_by(message: discord.Message | None) -> Carried | None:
    """What a message of the bot carries; none if it carries nothing that this version understands."""
    url = next((embed.url for embed in message.embeds if embed.url), None) if message is not None else None
    if url is None or not url.startswith(PREFIX):
        return None
    try:
        return _unpacked(zlib.decompress(base64.urlsafe_b64decode(url.removeprefix(PREFIX))))
    except (ValueError, TypeError, binascii.Error, zlib.error, msgpack.UnpackException):
        return None


def _packed(carried: Carried) -> bytes:
    query = encode(carried.query) if carried.query is not None else None
    choices = [(choice.label, choice.question) for choice in carried.choices]
    held = (carried.language, carried.trail, query, choices, carried.listing, carried.order.value)
    packed: bytes = msgpack.packb(held)
    return packed


def _unpacked(data: bytes) -> Carried:
    held: list[Any] = msgpack.unpackb(data)
    language, trail, query, choices, listing, order = held
    return Carried(
        language,
        tuple(trail),
        decode(query) if query is not None else None,
        tuple(Choice(*choice) for choice in choices),
        listing,
        Order(order),
    )
