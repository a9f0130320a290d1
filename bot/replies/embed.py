"""A reply as Discord shows it: the answer first and large, then its details, the reading and the source small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import discord

from bot.languages import Language, languages
from bot.replies.reply import Reply, Status
from bot.replies.wording_markdown import escape, plain, spans
from knowledge.schema import PRESENT, Knowledge

CONTENT_LIMIT = 2000
DESCRIPTION_LIMIT = 4096
FOOTER_LIMIT = 1000
"""Less than Discord's own 2,048: all parts of an embed together may have 6,000 characters."""

HEADING_LIMIT = 200
"""A longer headline is a paragraph, which nobody wants to read in large letters."""

SHORT_TABLE = 10
"""Rows; a longer one is only shown if the reply tells it in lines."""

LARGE = (Status.ANSWERED, Status.AMBIGUOUS)
"""The replies that have an answer to be seen at a glance."""

COLOURS = {
    Status.ANSWERED: discord.Colour.from_rgb(46, 139, 87),
    Status.AMBIGUOUS: discord.Colour.from_rgb(217, 145, 0),
    Status.UNKNOWN: discord.Colour.from_rgb(116, 127, 141),
    Status.OFF_TOPIC: discord.Colour.from_rgb(116, 127, 141),
    Status.SOCIAL: discord.Colour.from_rgb(88, 101, 242),
}


def embed_of(reply: Reply, url: str | None = None) -> discord.Embed:
    """The reply as an embed within all of Discord's limits; what does not fit is left out by whole lines.

    An embed rather than a layout of components: on a phone it takes a third less room for the same words, and its
    address, which nobody sees without a title, can carry what the buttons have to remember.
    """
    language = languages()[reply.language]
    headline = _headline(reply)
    lines = fit(body_of(reply), DESCRIPTION_LIMIT - len(headline) - 1, language)
    embed = discord.Embed(description="\n".join((headline, *lines)), colour=COLOURS[reply.status], url=url)
    tones = language.section("discord")["status"]
    if reply.status.value in tones:
        embed.set_author(name=language.say(f"discord.status.{reply.status.value}"))
    # A footer is small, and shows markdown as it is typed; one line for each of several readings would be long.
    footer = " · ".join(plain(part) for part in (*reply.reading.splitlines(), reply.source) if part)
    if footer:
        embed.set_footer(text=cut(footer, FOOTER_LIMIT))
    return embed


def leaves_out(reply: Reply) -> bool:
    """Whether not all of the reply has room in an embed."""
    headline = _headline(reply)
    whole = harmless(reply.headline) in headline
    return not whole or sum(len(line) + 1 for line in body_of(reply)) > DESCRIPTION_LIMIT - len(headline) - 1


def _headline(reply: Reply) -> str:
    headline = cut(harmless(reply.headline), DESCRIPTION_LIMIT // 2)
    if reply.status in LARGE and len(headline) <= HEADING_LIMIT and "\n" not in headline:
        return f"### {headline}"
    return headline


def plain_text(reply: Reply) -> str:
    """The reply for a channel in which the bot may not send embeds; at most 2,000 characters."""
    language = languages()[reply.language]
    headline = cut(harmless(reply.headline), CONTENT_LIMIT // 2)
    small = [f"-# {harmless(part)}" for part in (reply.reading, reply.source) if part]
    room = CONTENT_LIMIT - len(headline) - 1 - sum(len(line) + 1 for line in small)
    if room < 0:
        small, room = [], CONTENT_LIMIT - len(headline) - 1
    return "\n".join((headline, *fit(body_of(reply), room, language), *small))


def welcome(knowledge: Knowledge, language: Language, hint: str = "") -> discord.Embed:
    """What the bot is for, with questions to try that are made from the live facts."""
    say = language.say
    lines = [
        *_greeting(knowledge, language),
        *(f"- {escape(question)}" for question in examples(knowledge, language)),
        "",
        hint or say("discord.welcome.how", ask=say("discord.commands.ask.name")),
    ]
    return discord.Embed(description="\n".join(lines), colour=COLOURS[Status.SOCIAL])


def guide(knowledge: Knowledge, language: Language, commands: Sequence[str]) -> discord.Embed:
    """What can be done, a line for each command; the questions to try are the buttons below it."""
    how = language.say("discord.welcome.how", ask=language.say("discord.commands.ask.name"))
    *greeting, tries = _greeting(knowledge, language)
    lines = [*greeting, how, "", *commands, "", tries]
    return discord.Embed(description="\n".join(lines), colour=COLOURS[Status.SOCIAL])


def _greeting(knowledge: Knowledge, language: Language) -> list[str]:
    heading = language.say("discord.welcome.heading", plant=escape(knowledge.plant.name))
    return [f"### {heading}", language.say("discord.welcome.body"), "", language.say("discord.welcome.try")]


def examples(knowledge: Knowledge, language: Language) -> tuple[str, ...]:
    """Questions that these facts can answer, at most five."""

    def ask(key: str, **values: object) -> str:
        return language.say(f"discord.welcome.examples.{key}", **values)

    questions = []
    counted = [model for model in knowledge.models if model.quantity is not None]
    if counted:
        rarest = min(counted, key=lambda model: model.quantity or 0)
        questions.append(ask("model", name=rarest.name))
        questions.append(ask("most"))
    dated = [milestone for milestone in knowledge.milestones if milestone.date is not None]
    if dated:
        questions.append(ask("milestone", number=dated[-1].number))
    running = [model for model in knowledge.models if model.production.end == PRESENT]
    if running:
        questions.append(ask("running"))
    if running and running[0].production.start is not None:
        questions.append(ask("start", name=running[0].key))
    return tuple(questions)


def fit(lines: Iterable[str], limit: int, language: Language) -> list[str]:
    """As many whole lines as have room in so many characters, and a last one that says how many are missing."""
    remaining = list(lines)
    kept: list[str] = []
    room = limit
    while remaining and len(remaining[0]) + 1 <= room:
        room -= len(remaining[0]) + 1
        kept.append(remaining.pop(0))
    while remaining:
        more = language.say("discord.reply.more", count=len(remaining))
        if len(more) <= room or not kept:
            return [*kept, more] if len(more) <= room else kept
        room += len(kept[-1]) + 1
        remaining.insert(0, kept.pop())
    return kept


def cut(text: str, limit: int) -> str:
    """The text, at most so many characters long, cut between two words."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 3]
    kept = kept.rsplit(maxsplit=1)[0] if " " in kept else kept
    kept = kept.rstrip("\\")
    *_, (_, bold) = spans(kept)
    return kept + ("**…" if bold else "…")


def harmless(text: str) -> str:
    """Text that cannot mention anybody; nothing that the bot says is meant to."""
    return discord.utils.escape_mentions(text)


def body_of(reply: Reply) -> list[str]:
    """The lines under the headline: the details, or in their place a short table."""
    lines: Iterable[str] = reply.details
    if not reply.details and reply.table is not None and len(reply.table.rows) <= SHORT_TABLE:
        lines = (" · ".join(cell for cell in row if cell) for row in reply.table.rows)
    return [harmless(line) for line in lines]
