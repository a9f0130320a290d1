"""Looking models and milestones up: these commands build their query themselves, nothing is read from words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.commands.answering import answer_query
from bot.commands.names import FacetValue, MilestoneNumber, ModelName, Unknown, tell_unknown
from bot.commands.options import ENDS, MEASURES, ORDERS, End, Measure, command
from bot.components.post import LIST
from bot.replies.pages import Order
from knowledge.query import (
    Attribute,
    Bound,
    Compare,
    Condition,
    Equals,
    Get,
    Listing,
    Overlaps,
    Ranking,
    Selection,
)
from knowledge.schema import FIRST_YEAR, LAST_YEAR, PartialDate

if TYPE_CHECKING:
    from bot.client import Werkbot

MODEL_ATTRIBUTES = (Attribute.QUANTITY, Attribute.PERIOD)
MILESTONE_ATTRIBUTES = (Attribute.DATE, Attribute.MODEL, Attribute.COLOUR)
MAXIMUM_TOP = 25
USUAL_TOP = 5

Model = app_commands.Transform[Selection | Unknown, ModelName]
Milestone = app_commands.Transform[int | Unknown, MilestoneNumber]
Brand = app_commands.Transform[str | Unknown, FacetValue(Attribute.BRAND)]
Series = app_commands.Transform[str | Unknown, FacetValue(Attribute.SERIES)]
Body = app_commands.Transform[str | Unknown, FacetValue(Attribute.BODY)]


class LookUps(commands.Cog):
    """Models and milestones, one, several or all of them."""

    def __init__(self, bot: Werkbot) -> None:
        self._bot = bot

    @command("model", name="model.model")
    async def model(self, interaction: discord.Interaction, name: Model, private: bool = False) -> None:
        """Show the rows of the list of models that have a name or code."""
        if isinstance(name, Unknown):
            await tell_unknown(interaction, name)
            return
        await answer_query(self._bot, interaction, Get(name, MODEL_ATTRIBUTES), private=private)

    @command("models", "built_in", "still_built", "sort", brand="brand", series="series", body="body")
    @app_commands.choices(sort=ORDERS)
    async def models(
        self,
        interaction: discord.Interaction,
        brand: Brand | None = None,
        series: Series | None = None,
        body: Body | None = None,
        built_in: app_commands.Range[int, FIRST_YEAR, LAST_YEAR] | None = None,
        still_built: bool | None = None,
        sort: str = Order.FILE,
        private: bool = False,
    ) -> None:
        """List the models that fulfil every filter."""
        wanted = {Attribute.BRAND: brand, Attribute.SERIES: series, Attribute.BODY: body}
        conditions: list[Condition] = []
        for facet, value in wanted.items():
            if isinstance(value, Unknown):
                await tell_unknown(interaction, value)
                return
            if value is not None:
                conditions.append(Equals(facet, (value,)))
        if built_in is not None:
            year = Bound(PartialDate(built_in))
            conditions.append(Overlaps(year, year))
        if still_built is not None:
            conditions.append(Equals(Attribute.IN_PRODUCTION, (still_built,)))
        query = Listing(Selection("models", tuple(conditions)))
        await answer_query(self._bot, interaction, query, private=private, listing=LIST, order=Order(sort))

    @command("milestone", "number")
    async def milestone(
        self,
        interaction: discord.Interaction,
        number: Milestone,
        private: bool = False,
    ) -> None:
        """Show the milestone with a number."""
        if isinstance(number, Unknown):
            await tell_unknown(interaction, number)
            return
        found = [each for each in self._bot.conversation.relations.milestones if each.number == number]
        details = dict.fromkeys(name for each in found for name in each.details)
        selection = Selection("milestones", (Equals(Attribute.NUMBER, (number,)),))
        query = Get(selection, (*MILESTONE_ATTRIBUTES, *details))
        await answer_query(self._bot, interaction, query, private=private)

    @command("milestones")
    async def milestones(self, interaction: discord.Interaction, private: bool = False) -> None:
        """List all milestones."""
        query = Listing(Selection("milestones"))
        await answer_query(self._bot, interaction, query, private=private, listing=LIST)

    @command(
        "compare",
        by="by",
        first="compare.first",
        second="compare.second",
        third="compare.further",
        fourth="compare.further_still",
        fifth="compare.last",
    )
    @app_commands.choices(by=MEASURES)
    async def compare(
        self,
        interaction: discord.Interaction,
        first: Model,
        second: Model,
        third: Model | None = None,
        fourth: Model | None = None,
        fifth: Model | None = None,
        by: str = Measure.QUANTITY,
        private: bool = False,
    ) -> None:
        """Compare models, or groups of them."""
        sides: dict[Selection, None] = {}
        for named in (first, second, third, fourth, fifth):
            if isinstance(named, Unknown):
                await tell_unknown(interaction, named)
                return
            if named is not None:
                sides[named] = None
        measure = Measure(by)
        if len(sides) == 1:
            # The same thing twice is nothing to compare, but what it is can be said.
            query: Compare | Get = Get(next(iter(sides)), (measure.value,))
        else:
            query = Compare(tuple(sides), measure.value, "least" if measure is Measure.START else "most")
        await answer_query(self._bot, interaction, query, private=private)

    @command("top", "count", by="by", first="end")
    @app_commands.choices(by=MEASURES, first=ENDS)
    async def top(
        self,
        interaction: discord.Interaction,
        count: app_commands.Range[int, 1, MAXIMUM_TOP] = USUAL_TOP,
        by: str = Measure.QUANTITY,
        first: str = End.MOST,
        private: bool = False,
    ) -> None:
        """Show the first models by a measure."""
        ranking = Ranking(Measure(by).value, End(first).value, 1, count)
        query = Get(Selection("models", (), ranking), (Attribute.NAME,))
        await answer_query(self._bot, interaction, query, private=private)

    @command("timeline")
    async def timeline(self, interaction: discord.Interaction, private: bool = False) -> None:
        """Show when each model was produced, as a picture."""
        query = Get(Selection("models"), (Attribute.PERIOD,))
        await answer_query(self._bot, interaction, query, private=private, drawn=True)


async def setup(bot: Werkbot) -> None:
    """Called by discord.py when the extension is loaded."""
    await bot.add_cog(LookUps(bot))
