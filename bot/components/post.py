"""An exchange as a message: the answer first, few lines, and buttons for what has no room."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.components.button import Action, AnswerButton, day_of
from bot.components.carried import Carried, address
from bot.conversation import Exchange
from bot.languages import Language, languages
from bot.replies.charts import Chart, chart_for
from bot.replies.embed import body_of, embed_of, leaves_out, plain_text
from bot.replies.pages import Order, Page, page_of
from bot.replies.reply import Reply, Status
from bot.replies.wording import word
from bot.replies.wording_markdown import escape, plain
from knowledge.answer import Answer
from knowledge.evaluation import evaluate
from knowledge.query import Aggregate, Attribute, Selection

MAXIMUM_CHOICES = 20
"""Discord allows 25 buttons; the last five places are for those that every answer has."""

LAST_ROW = 4
ALT_LIMIT = 1024

SHORT = 10
"""Lines that a phone shows at a glance."""

PLANT = "plant"
ROWS = "rows"
LIST = "list"
"""The kinds of lists with pages, by what stands above them: the plant, the answer, or the answer as a list."""


@dataclass(frozen=True)
class Post:
    """A message ready to be sent. ``text`` is for where embeds are not allowed; ``rest`` what had no room at all."""

    embed: discord.Embed
    text: str
    buttons: tuple[discord.ui.Item[Any], ...] = ()
    picture: Chart | None = None
    rest: str = ""
    content: str = ""

    @property
    def view(self) -> discord.ui.View | None:
        """The buttons; none without any."""
        if not self.buttons:
            return None
        view = discord.ui.View(timeout=None)
        for button in self.buttons:
            view.add_item(button)
        return view

    @property
    def files(self) -> list[discord.File]:
        """What is attached; made anew for every attempt to send it, since sending reads it."""
        files = []
        if self.picture is not None:
            alt = self.picture.alt[:ALT_LIMIT]
            files.append(discord.File(io.BytesIO(self.picture.png), self.picture.filename, description=alt))
        if self.rest:
            files.append(discord.File(io.BytesIO(self.rest.encode()), "answer.txt"))
        return files


def post_of(
    exchange: Exchange,
    carried: Carried,
    owner: int,
    *,
    page: int = 0,
    chosen: int | None = None,
    picture: Chart | None = None,
    brief: bool = False,
    noted: bool = False,
    content: str = "",
) -> Post:
    """An exchange as a message.

    ``owner`` is the id of who asked; ``chosen`` the choice that it answers; ``brief`` leaves the lines to a button;
    ``noted`` the question is kept already; ``content`` stands above it.
    """
    language = languages()[carried.language]
    answer = exchange.answers[0] if len(exchange.answers) == 1 else None
    carried = replace(carried, query=answer.query if answer is not None else None)
    reply = exchange.reply
    shown: Page | None = None
    if carried.listing and answer is not None:
        shown = page_of(answer, page, carried.order, exchange.prepared.relations, language)
        reply = _listed(exchange, carried, shown, language)
    elif brief:
        reply = replace(reply, details=(), table=None)
    short = _shortened(reply, language) if shown is None else reply
    url = address(carried)
    buttons: list[discord.ui.Item[Any]] = []
    behind = (
        shown is None and answer is not None and len(answer.evidence) > 1 and len(body_of(short)) < len(answer.evidence)
    )
    if url is not None:
        day = day_of(exchange.prepared.snapshot)
        buttons = [
            AnswerButton(Action.CHOOSE, day, owner, place, label=choice.label, chosen=place == chosen)
            for place, choice in enumerate(carried.choices[:MAXIMUM_CHOICES])
        ]
        contested = bool(carried.question) and not noted and reply.status not in (Status.SOCIAL, Status.OFF_TOPIC)
        buttons += _actions(carried, answer, shown, language, day, owner, behind, picture is not None, contested)
    embed = embed_of(short, url=url)
    if picture is not None:
        embed.set_image(url=f"attachment://{picture.filename}")
    lost = (short != reply and not (behind and url)) or leaves_out(short)
    rest = plain(exchange.reply.text) if lost else ""
    return Post(embed, plain_text(short), tuple(buttons), picture, rest, content)


def _actions(
    carried: Carried,
    answer: Answer | None,
    shown: Page | None,
    language: Language,
    day: str,
    owner: int,
    behind: bool,
    drawn: bool,
    contested: bool,
) -> list[discord.ui.Item[Any]]:
    """The buttons that every answer may have."""
    wanted: list[tuple[Action, int, str]] = []
    if shown is not None and shown.number > 0:
        wanted.append((Action.PAGE, shown.number - 1, "previous"))
    if shown is not None and shown.number < shown.pages - 1:
        wanted.append((Action.PAGE, shown.number + 1, "next"))
    if behind:
        wanted.append((Action.ROWS, 0, "rows"))
    if answer is not None and not drawn and chart_for(answer) is not None:
        wanted.append((Action.CHART, 0, "chart"))
    if contested:
        wanted.append((Action.WRONG, 0, "wrong"))
    buttons: list[discord.ui.Item[Any]] = []
    for action, argument, key in wanted:
        button = AnswerButton(action, day, owner, argument, label=language.say(f"discord.button.{key}"))
        button.row = LAST_ROW if carried.choices else None
        buttons.append(button)
    return buttons


def _shortened(reply: Reply, language: Language) -> Reply:
    """The reply with no more lines than a phone shows at a glance."""
    body = body_of(reply)
    if reply.status is Status.AMBIGUOUS or len(body) <= SHORT + 2:
        return reply
    more = language.say("discord.reply.more", count=len(body) - SHORT)
    return replace(reply, details=(*body[:SHORT], more), table=None)


def _listed(exchange: Exchange, carried: Carried, shown: Page, language: Language) -> Reply:
    """The reply with one page of all its rows."""
    headline = exchange.reply.headline
    if carried.listing == PLANT:
        headline = _plant(exchange, language)
    reading = exchange.reply.reading
    if shown.pages > 1:
        where = language.say("discord.reply.page", number=shown.number + 1, pages=shown.pages, rows=shown.rows)
        order = "" if carried.order is Order.FILE else language.say(f"discord.commands.orders.{carried.order}")
        reading = " · ".join(filter(None, (where, order, reading)))
    return replace(exchange.reply, headline=headline, details=shown.lines, table=None, reading=reading)


def _plant(exchange: Exchange, language: Language) -> str:
    """The plant's name and all that it has produced."""
    relations = exchange.prepared.relations
    name = escape(relations.knowledge.plant.name)
    total = evaluate(Aggregate("sum", Attribute.QUANTITY, Selection()), relations)
    reply = word(total, relations, language)
    if reply.status is not Status.ANSWERED:
        return name
    return language.say("discord.plant.heading", plant=name, total=reply.headline)
