"""Who may look after the knowledge, and a record of everybody who tried."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import discord

from bot.commands.administration.showing import show, style_of
from bot.commands.delivery import tell
from bot.commands.incidents import Refusal
from bot.commands.wording import language_of
from bot.stewardship.obstacles import ObstacleError
from bot.stewardship.wording import obstacle_text, problem_line
from bot.store import audit
from bot.store.audit import Outcome
from bot.store.versions import Actor
from knowledge.problems import KnowledgeError

if TYPE_CHECKING:
    from bot.client import Werkbot

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]

DIRECT = "direct"
"""The place of a direct message, where others have the id of a server."""


@dataclass(slots=True)
class Attempt:
    """What somebody is doing; ``outcome`` and ``detail`` are what the record will say of it."""

    actor: Actor
    outcome: Outcome = Outcome.DONE
    detail: str = ""


async def may(bot: Werkbot, interaction: Interaction) -> bool:
    """Whether a person looks after the bot, asked at every use: roles, an owner and a team may change meanwhile.

    What somebody may do in a server, up to its owner, is no reason: the facts are those of all servers.
    """
    settings, person = bot.settings, interaction.user
    if person.id in settings.administrators:
        return True
    # The roles come with the interaction itself, as Discord knows them at this moment.
    at_home = settings.home_server is not None and interaction.guild_id == settings.home_server
    if (
        at_home
        and isinstance(person, discord.Member)
        and any(role.id in settings.administrator_roles for role in person.roles)
    ):
        return True
    return person.id in await owners(bot)


async def owners(client: discord.Client) -> frozenset[int]:
    """The ids of the application's owner, or of those in its team who may change it."""
    application = await client.application_info()
    if application.team is None:
        return frozenset({application.owner.id})
    may_change = (discord.TeamMemberRole.admin, discord.TeamMemberRole.developer)
    return frozenset(
        member.id
        for member in application.team.members
        if member.membership_state is discord.TeamMembershipState.accepted
        and (member.role in may_change or member.id == application.team.owner_id)
    )


def actor_of(interaction: Interaction) -> Actor:
    """Who uses a command or a button, and where."""
    return Actor(str(interaction.user.id), f"{interaction.guild_id or DIRECT}/{interaction.channel_id}")


async def _ask_for_right(bot: Werkbot, interaction: Interaction) -> None:
    if not await may(bot, interaction):
        raise Refusal("discord.knowledge.refused")


@asynccontextmanager
async def attempt(
    bot: Werkbot, interaction: Interaction, action: str, *, mistakes: str = "check.wrong"
) -> AsyncIterator[Attempt]:
    """Let somebody do something who may, and record it in any case. Raises ``Refusal``.

    What keeps it from being done is told here: an obstacle, or the mistakes of a file under the sentence ``mistakes``.
    """
    made = Attempt(actor_of(interaction))
    try:
        await _ask_for_right(bot, interaction)
        yield made
    except Refusal:
        made.outcome = Outcome.REFUSED
        raise
    except ObstacleError as error:
        made.outcome, made.detail = Outcome.REJECTED, error.obstacle.value
        await tell(interaction, obstacle_text(error, style_of(language_of(interaction, bot.language))))
    except KnowledgeError as error:
        made.outcome, made.detail = Outcome.REJECTED, f"{len(error.problems)} mistakes"
        style = style_of(language_of(interaction, bot.language))
        lines = [f"- {style.text(problem_line(problem, style.language))}" for problem in error.problems]
        await show(interaction, style.say(mistakes, count=len(lines)), lines, style.language)
    except BaseException as error:
        made.outcome, made.detail = Outcome.FAILED, type(error).__name__
        raise
    finally:
        log.info(
            "audit: %s at %s: %s %s %s", made.actor.name, made.actor.place, action, made.outcome.value, made.detail
        )
        bot.records.post(
            partial(audit.record, actor=made.actor, action=action, outcome=made.outcome, detail=made.detail)
        )
