"""Reading the knowledge file again while the bot runs."""

from __future__ import annotations

import discord
import pytest
import simcord
from simcord import interactions
from simcord.http import router

pytestmark = pytest.mark.simcord(shard_count=1)

QUESTION = "how many i8 Roadsters?"
BEFORE, AFTER = "3,884", "3,885"


@pytest.fixture
def administrator(place):
    """Ann, whose id stands in the settings."""
    place.bot.settings = place.bot.settings.model_copy(update={"administrators": frozenset({place.ann.id})})
    return place.ann


@pytest.fixture
def owned_by(monkeypatch):
    """Who owns the application. SimCord's belongs to the bot itself, so its answer is replaced."""

    def own(owner, team=None):
        handlers = router._ROUTES["GET"]
        template = ["oauth2", "applications", "@me"]
        original = next(handler for path, handler in handlers if path == template)

        def application(context):
            return {**original(context), "owner": person(owner), "team": team}

        others = [entry for entry in handlers if entry[0] != template]
        monkeypatch.setitem(router._ROUTES, "GET", [(template, application), *others])

    return own


def person(user):
    return {"id": str(user.id), "username": user.name, "discriminator": "0", "avatar": None}


def change(file):
    """Edit the knowledge file as a person would."""
    old, new = BEFORE.replace(",", ""), AFTER.replace(",", "")
    text = file.read_text("utf-8")
    for spelling in (old, f"{int(old):_}"):
        text = text.replace(spelling, new)
    # The stated total has to agree with the sum.
    text = text.replace("total: 4000000", "total: 4000001").replace("total: 4_000_000", "total: 4000001")
    file.write_text(text, "utf-8")


async def answer(place, text_of):
    return text_of((await place.ben.slash(place.channel, "ask", question=QUESTION)).response)


async def test_a_listed_administrator_reloads_and_sees_what_changed(place, administrator, knowledge_file, text_of):
    change(knowledge_file)
    result = await administrator.slash(place.channel, "knowledge reload")
    told = text_of(result.response)
    assert result.ephemeral
    assert "i8 Roadster" in told
    assert BEFORE in told
    assert AFTER in told
    assert AFTER in await answer(place, text_of)


async def test_the_applications_owner_reloads(place, owned_by, knowledge_file, text_of):
    owned_by(place.ann)
    change(knowledge_file)
    await place.ann.slash(place.channel, "knowledge reload")
    assert AFTER in await answer(place, text_of)


@pytest.mark.parametrize(
    ("role", "state", "allowed"),
    [("admin", 2, True), ("developer", 2, True), ("read_only", 2, False), ("admin", 1, False)],
)
async def test_members_of_the_applications_team_reload_if_they_may_change_it(
    place, owned_by, knowledge_file, text_of, role, state, allowed
):
    member = {"user": person(place.ann), "membership_state": state, "role": role, "permissions": ["*"], "team_id": "1"}
    owned_by(place.ben, {"id": "1", "name": "team", "icon": None, "owner_user_id": "1", "members": [member]})
    change(knowledge_file)
    await place.ann.slash(place.channel, "knowledge reload")
    assert (AFTER if allowed else BEFORE) in await answer(place, text_of)
    place.env.errors  # noqa: B018 - a refusal is what is meant here: SimCord counts it as seen when it is read


async def test_who_leaves_the_team_may_not_reload_any_more(place, owned_by, text_of):
    owned_by(place.ann)
    assert "Nothing" in text_of((await place.ann.slash(place.channel, "knowledge reload")).response)
    owned_by(place.ben)
    result = await place.ann.slash(place.channel, "knowledge reload")
    assert "administrator of the bot" in text_of(result.response)
    assert len(place.env.errors) == 1


async def test_a_servers_administrator_is_told_why_not(place, knowledge_file, text_of):
    role = place.guild.create_role("admins", permissions=discord.Permissions(administrator=True))
    chief = place.guild.add_member(place.env.create_user("chief"), roles=[role])
    change(knowledge_file)
    result = await chief.slash(place.channel, "knowledge reload")
    assert result.ephemeral
    assert "Being an administrator of this server is not enough" in text_of(result.response)
    assert len(result.followups) == 0
    assert BEFORE in await answer(place, text_of)
    assert len(place.env.errors) == 1


async def test_the_servers_owner_is_refused_too(place, text_of):
    owner = place.env.create_user("lord")
    guild = place.env.create_guild("castle", owner=owner)
    result = await guild.add_member(owner).slash(guild.create_text_channel("hall"), "knowledge reload")
    assert "administrator of the bot" in text_of(result.response)
    assert len(place.env.errors) == 1


async def test_a_broken_file_keeps_the_facts_and_shows_where_it_is_broken(
    place, administrator, knowledge_file, text_of
):
    lines = knowledge_file.read_text("utf-8").splitlines()
    broken = next(number for number, line in enumerate(lines) if line.lstrip().startswith("quantity:"))
    lines[broken] = lines[broken].split(":")[0] + ": many"
    knowledge_file.write_text("\n".join(lines), "utf-8")
    result = await administrator.slash(place.channel, "knowledge reload")
    told = text_of(result.response)
    assert result.ephemeral
    assert f"{broken + 1}:{lines[broken].index('many') + 1}" in told
    assert BEFORE in await answer(place, text_of)


async def test_a_file_that_is_gone_keeps_the_facts(place, administrator, knowledge_file, text_of):
    knowledge_file.unlink()
    result = await administrator.slash(place.channel, "knowledge reload")
    assert "keep the facts" in text_of(result.response)
    assert BEFORE in await answer(place, text_of)


async def test_more_errors_than_discord_shows_are_all_in_a_file(place, administrator, knowledge_file, text_of):
    wrong = "".join(f"  - name: model {number}\n    quantity: many\n" for number in range(300))
    knowledge_file.write_text(knowledge_file.read_text("utf-8") + f"\nmodels_too:\n{wrong}", "utf-8")
    text = knowledge_file.read_text("utf-8").replace("\nmodels:\n", f"\nmodels:\n{wrong}", 1)
    knowledge_file.write_text(text, "utf-8")
    result = await administrator.slash(place.channel, "knowledge reload")
    told = result.response
    assert sum(len(embed) for embed in told.embeds) <= 6000
    (attached,) = told.attachments
    everything = (await attached.read()).decode("utf-8").splitlines()
    assert len(everything) >= 300
    assert f"{len(everything)} errors" in text_of(told)


async def test_a_reload_of_the_same_file_says_that_nothing_changed(place, administrator, text_of):
    result = await administrator.slash(place.channel, "knowledge reload")
    assert "Nothing in it has changed" in text_of(result.response)


async def test_two_reloads_at_once_come_one_after_the_other(place, administrator, knowledge_file, text_of):
    change(knowledge_file)
    # SimCord's people do one thing at a time, so both interactions are sent before either is handled.
    command = place.env.backend.find_command("knowledge", None)
    options = [{"name": "reload", "type": 1, "options": []}]
    sent = [
        interactions.base_payload(
            place.env.backend,
            type=2,
            channel_id=place.channel.id,
            guild_id=place.guild.id,
            user_id=administrator.id,
            data={"id": command["id"], "name": command["name"], "type": 1, "options": options},
        )
        for _ in range(2)
    ]
    for _, payload in sent:
        place.env.backend.emit("INTERACTION_CREATE", payload)
    await place.env.settle()
    told = [text_of(simcord.InteractionResult(place.env, record).response) for record, _ in sent]
    assert sorted("Nothing in it has changed" in text for text in told) == [False, True]
