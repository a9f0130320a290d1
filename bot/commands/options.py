"""Options that several commands have, and the choices that they offer."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from discord import app_commands

from bot.commands.wording import command_text
from bot.replies.pages import Order
from knowledge.query import Attribute

Described = TypeVar("Described", bound=Callable[..., Any])


KEY = "key"
"""Where a command keeps what it is called in the language files."""


class Measure(StrEnum):
    """What models are ranked or compared by."""

    QUANTITY = Attribute.QUANTITY.value
    DURATION = Attribute.DURATION.value
    START = Attribute.START.value


class End(StrEnum):
    """Which end of an order comes first."""

    MOST = "most"
    LEAST = "least"


def offered(kind: type[StrEnum], option: str) -> list[app_commands.Choice[str]]:
    """The members of an enumeration as choices of an option, named in every language."""
    return [app_commands.Choice(name=command_text(f"{option}.{each}"), value=each.value) for each in kind]


MEASURES = offered(Measure, "measures")
ENDS = offered(End, "ends")
ORDERS = offered(Order, "orders")


def command(name: str, /, *options: str, **shared: str) -> Callable[[Described], Any]:
    """A slash command with its options, all named and described by the language files.

    The text of ``option`` stands below the command's own, that of a ``shared`` one under the key that is given.
    Every command can be asked to answer in private.
    """
    keys = {option: f"{name}.{option}" for option in options} | shared | {"private": "private"}

    def decorate(callback: Described) -> Any:
        names = {option: command_text(f"{key}.name") for option, key in keys.items()}
        texts = {option: command_text(f"{key}.description") for option, key in keys.items()}
        described = app_commands.describe(**texts)(app_commands.rename(**names)(callback))
        make = app_commands.command(
            name=command_text(f"{name}.name"), description=command_text(f"{name}.description"), extras={KEY: name}
        )
        return make(described)

    return decorate
