"""Looking after the knowledge in Discord: what becomes live, who may do it, and what is remembered of it."""

from __future__ import annotations

import json
import re

import discord
import pytest

from bot.client import create_bot
from bot.conversation import Conversation, prepare
from bot.stewardship.records import attempts
from bot.stewardship.steward import Steward
from bot.store.database import Store
from knowledge.loading import load, parse

pytestmark = pytest.mark.simcord(shard_count=1)

QUESTION = "how many i8 Roadsters?"
BEFORE, AFTER = "3,884", "3,885"
CONFIRM, KEEP = "Replace the facts", "Leave them as they are"
COMMANDS = {
    "status": {},
    "reload": {},
    "check": {"file": ("facts.yaml", b"plant: {}")},
    "upload": {"file": ("facts.yaml", b"plant: {}")},
    "download": {},
    "history": {},
    "rollback": {"version": 1},
    "unanswered": {},
    "audit": {},
}


@pytest.fixture
def administrators(place):
    """Ann and Ben, whose ids stand in the settings."""
    ids = frozenset({place.ann.id, place.ben.id})
    place.bot.settings = place.bot.settings.model_copy(update={"administrators": ids})
    return place.ann, place.ben


def edited(file, quantity=3885, total=None):
    """The bytes of the file with another quantity, and a total that agrees with it."""
    total = total or 4_000_000 - 3884 + quantity
    text = re.sub(r"quantity: 3_?884\b", f"quantity: {quantity}", file.read_text("utf-8"))
    return re.sub(r"total: 4_?000_?000\b", f"total: {total}", text).encode()


def labels(message):
    return [part["label"] for row in message.components for part in row["components"] if "label" in part]


async def answer(place, text_of):
    return text_of((await place.ann.slash(place.channel, "ask", question=QUESTION)).response)


async def upload(place, person, data):
    """What a person is shown who uploads a file."""
    result = await person.slash(place.channel, "knowledge upload", file=("facts.yaml", data))
    assert result.ephemeral
    return result.response


def recorded(place):
    """The audit log: who, what and how it ended, the first at the top."""
    found = attempts(place.bot.knowledge.steward.store, 99)
    return [(int(each.actor.name), each.action, each.outcome.value) for each in reversed(found)]


# -- who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_stranger_is_refused_every_command_and_that_is_recorded(place, knowledge_file, text_of, command):
    role = place.guild.create_role("admins", permissions=discord.Permissions(administrator=True))
    chief = place.guild.add_member(place.env.create_user("chief"), roles=[role])
    before = knowledge_file.read_bytes()
    result = await chief.slash(place.channel, f"knowledge {command}", **COMMANDS[command])
    assert result.ephemeral
    assert "Being an administrator of this server is not enough" in text_of(result.response)
    assert not result.response.attachments
    assert knowledge_file.read_bytes() == before
    await place.env.settle()
    assert recorded(place) == [(chief.id, command, "refused")]
    (tried,) = attempts(place.bot.knowledge.steward.store, 9)
    assert tried.actor.place == f"{place.guild.id}/{place.channel.id}"
    assert len(place.env.errors) == 1


@pytest.mark.parametrize("command", COMMANDS)
async def test_an_administrator_gets_an_answer_to_every_command(place, administrators, text_of, command):
    result = await administrators[0].slash(place.channel, f"knowledge {command}", **COMMANDS[command])
    assert result.ephemeral
    assert "not enough" not in text_of(result.response)
    assert result.response.content or result.response.embeds


@pytest.mark.usefixtures("german")
async def test_a_stranger_is_refused_in_german_too(place, text_of):
    result = await place.ann.slash(place.channel, "knowledge status")
    assert "Das dürfen nur Administratoren des Bots" in text_of(result.response)
    assert len(place.env.errors) == 1


def made_public(place, shown):
    """Only who used the command sees the answer. Somebody who tampers with Discord may press all the same."""
    place.env.backend.get_message(place.channel.id, shown.id).flags = 0
    return shown


async def test_a_stranger_cannot_press_what_an_administrator_sees(place, administrators, knowledge_file, text_of):
    ann, _ = administrators
    eve = place.guild.add_member(place.env.create_user("eve"))
    shown = made_public(place, await upload(place, ann, edited(knowledge_file)))
    for label, act in ((CONFIRM, "confirm"), (KEEP, "keep")):
        result = await eve.click(shown, label=label)
        assert "Only an administrator of the bot" in text_of(result.response)
        await place.env.settle()
        assert recorded(place)[-1] == (eve.id, act, "refused")
    assert labels(shown) == [CONFIRM, KEEP]
    assert BEFORE in await answer(place, text_of)


async def test_a_stranger_cannot_turn_pages_or_mark_questions_as_done(place, administrators, text_of):
    ann, _ = administrators
    eve = place.guild.add_member(place.env.create_user("eve"))
    await ann.send(place.channel, f"{place.me} how many i3 were sold?")
    shown = made_public(place, (await ann.slash(place.channel, "knowledge unanswered")).response)
    (menu,) = (part for row in shown.components for part in row["components"])
    result = await eve.select(shown, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert "Only an administrator of the bot" in text_of(result.response)
    assert len(await place.bot.unanswered.open()) == 1


async def test_another_administrator_does_not_confirm_what_was_shown_to_the_first(
    place, administrators, knowledge_file, text_of
):
    ann, ben = administrators
    shown = made_public(place, await upload(place, ann, edited(knowledge_file)))
    result = await ben.click(shown, label=CONFIRM)
    assert "Somebody else has made this change" in text_of(result.followups[0])
    assert BEFORE in await answer(place, text_of)


async def test_who_lost_the_right_meanwhile_cannot_confirm(place, administrators, knowledge_file, text_of):
    ann, _ = administrators
    shown = await upload(place, ann, edited(knowledge_file))
    place.bot.settings = place.bot.settings.model_copy(update={"administrators": frozenset()})
    await ann.click(shown, label=CONFIRM)
    assert BEFORE in await answer(place, text_of)
    assert recorded(place)[-1] == (ann.id, "confirm", "refused")


# -- the home server ------------------------------------------------------------------------------------------------


@pytest.fixture
async def home(place, settings, prepared):
    """A restart with a home server, in which a role looks after the bot."""
    role = place.guild.create_role("curators")
    settings = settings.model_copy(update={"home_server": place.guild.id, "administrator_roles": frozenset({role.id})})
    bot = create_bot(settings, Conversation(prepared))
    await place.env.restart_bot(bot)
    return role


async def test_the_commands_are_in_the_home_server_alone(place, home):
    known = place.env.backend.commands
    assert "knowledge" in {name for name, _ in known[place.guild.id]}
    assert "knowledge" not in {name for name, _ in known[None]}
    ann = place.env.create_guild("elsewhere")
    elsewhere = ann.create_text_channel("hall")
    member = ann.add_member(place.env.create_user("zoe"))
    assert not [name for name in member.available_commands(elsewhere) if name.startswith("knowledge")]
    assert "knowledge status" in place.ann.available_commands(place.channel)


async def test_a_second_start_tells_the_home_server_nothing_new(place, home, prepared):
    def synced():
        return [request.method for request in place.env.http_requests if request.path.endswith("/commands")].count(
            "PUT"
        )

    before = synced()
    await place.env.restart_bot(create_bot(place.env.bot.settings, Conversation(prepared)))
    assert synced() == before


async def test_a_role_of_the_home_server_looks_after_the_bot(place, home, text_of):
    curator = place.guild.add_member(place.env.create_user("cleo"), roles=[home])
    result = await curator.slash(place.channel, "knowledge status")
    assert "SHA-256" in text_of(result.response)
    result = await place.ann.slash(place.channel, "knowledge status")
    assert "Only an administrator of the bot" in text_of(result.response)
    assert len(place.env.errors) == 1


async def test_a_home_server_without_the_bot_does_not_keep_the_bot_away(place, settings, prepared, caplog):
    bot = create_bot(settings.model_copy(update={"home_server": 4711}), Conversation(prepared))
    place.env.inject_error("GET", "/applications/*/guilds/4711/commands", status=403, code=50001)
    await place.env.restart_bot(bot)
    await place.ann.send(place.channel, f"<@{bot.user.id}> {QUESTION}")
    assert BEFORE in place.channel.last_message.embeds[0].description
    assert "4711" in caplog.text


# -- upload ---------------------------------------------------------------------------------------------------------


async def test_an_upload_shows_what_would_change_and_is_live_when_it_is_confirmed(
    place, administrators, knowledge_file, text_of
):
    ann, _ = administrators
    new = edited(knowledge_file)
    shown = await upload(place, ann, new)
    told = text_of(shown)
    assert "2 things would change" in told
    assert "BMW i8 Roadster (i15): quantity 3,884 → 3,885" in told
    assert labels(shown) == [CONFIRM, KEEP]
    assert BEFORE in await answer(place, text_of)
    await ann.click(shown, label=CONFIRM)
    assert "version 2" in text_of(shown)
    assert "quantity 3,884 → 3,885" in text_of(shown)
    assert labels(shown) == []
    assert knowledge_file.read_bytes() == new
    assert AFTER in await answer(place, text_of)
    assert recorded(place) == [(ann.id, "upload", "done"), (ann.id, "confirm", "done")]


@pytest.mark.usefixtures("german")
async def test_an_upload_in_german(place, administrators, knowledge_file, text_of):
    shown = await upload(place, administrators[0], edited(knowledge_file))
    assert "BMW i8 Roadster (i15): Stückzahl 3.884 → 3.885" in text_of(shown)
    assert labels(shown) == ["Fakten ersetzen", "So lassen, wie sie sind"]
    await administrators[0].click(shown, label="Fakten ersetzen")
    assert "Erledigt" in text_of(shown)


async def test_an_upload_can_be_taken_back(place, administrators, knowledge_file, text_of):
    ann, _ = administrators
    shown = await upload(place, ann, edited(knowledge_file))
    await ann.click(shown, label=KEEP)
    assert "Nothing was changed" in text_of(shown)
    assert labels(shown) == []
    assert BEFORE in await answer(place, text_of)


async def test_an_upload_with_mistakes_shows_all_of_them(place, administrators, knowledge_file, text_of):
    before = knowledge_file.read_bytes()
    shown = await upload(place, administrators[0], before.replace(b"quantity: ", b"quantity: many "))
    assert "20 mistakes" in text_of(shown)
    assert labels(shown) == []
    assert knowledge_file.read_bytes() == before
    await place.env.settle()
    assert recorded(place)[-1] == (administrators[0].id, "upload", "rejected")


async def test_of_two_administrators_the_second_is_told_that_the_ground_has_moved(
    place, administrators, knowledge_file, text_of
):
    ann, ben = administrators
    hers = await upload(place, ann, edited(knowledge_file, 3885))
    his = await upload(place, ben, edited(knowledge_file, 3886))
    await ann.click(hers, label=CONFIRM)
    result = await ben.click(his, label=CONFIRM)
    assert "changed the file since this was shown to you" in text_of(result.followups[0])
    assert labels(his) == []
    assert AFTER in await answer(place, text_of)
    assert recorded(place)[-1] == (ben.id, "confirm", "rejected")


async def test_an_edit_on_the_disk_is_not_overwritten(place, administrators, knowledge_file, text_of):
    ann, _ = administrators
    shown = await upload(place, ann, edited(knowledge_file))
    by_hand = edited(knowledge_file, 3900)
    knowledge_file.write_bytes(by_hand)
    result = await ann.click(shown, label=CONFIRM)
    assert "changed the file since" in text_of(result.followups[0])
    assert knowledge_file.read_bytes() == by_hand
    again = await upload(place, ann, edited(knowledge_file, 3901))
    assert "/knowledge reload" in text_of(again)


async def test_a_confirmation_works_after_a_restart(place, administrators, knowledge_file, settings, text_of):
    ann, _ = administrators
    shown = await upload(place, ann, edited(knowledge_file))
    settings = settings.model_copy(update={"administrators": frozenset({ann.id})})
    bot = create_bot(settings, Conversation(prepare(load(knowledge_file))))
    await place.env.restart_bot(bot)
    await ann.click(shown, label=CONFIRM)
    assert "version 2" in text_of(shown)
    assert AFTER in await answer(place, text_of)


async def test_a_confirmation_that_comes_too_late_says_so(place, administrators, knowledge_file, text_of):
    ann, _ = administrators
    shown = await upload(place, ann, edited(knowledge_file))
    with place.bot.knowledge.steward.store.transaction() as connection:
        connection.execute("UPDATE proposals SET at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-16 minutes')")
    result = await ann.click(shown, label=CONFIRM)
    assert "too long ago" in text_of(result.followups[0])
    assert labels(shown) == []
    assert BEFORE in await answer(place, text_of)


async def test_an_attachment_that_is_too_large_is_not_even_fetched(place, administrators, text_of):
    shown = await upload(place, administrators[0], b"#" * 5_000_001)
    assert "5,000,000" in text_of(shown)
    assert not [request for request in place.env.http_requests if "attachments" in request.path]


async def test_without_a_file_of_ones_own_it_says_what_to_set(place, administrators, settings, knowledge_file, text_of):
    ann, _ = administrators
    settings = settings.model_copy(update={"knowledge_file": None, "administrators": frozenset({ann.id})})
    await place.env.restart_bot(create_bot(settings, Conversation(prepare(load(None)))))
    for command, options in (("upload", {"file": ("f.yaml", edited(knowledge_file))}), ("history", {})):
        result = await ann.slash(place.channel, f"knowledge {command}", **options)
        assert "KNOWLEDGE_FILE" in text_of(result.response)
    (file,) = (await ann.slash(place.channel, "knowledge download")).response.attachments
    assert parse(await file.read(), "downloaded").sha256 == load(None).sha256


async def test_check_changes_nothing(place, administrators, knowledge_file, text_of):
    ann, _ = administrators
    sound = await ann.slash(place.channel, "knowledge check", file=("f.yaml", edited(knowledge_file)))
    assert "no mistakes: 20 models" in text_of(sound.response)
    broken = await ann.slash(place.channel, "knowledge check", file=("f.yaml", b"plant: {name: X}\nas_of: soon\n"))
    assert "2:8: as\\_of" in text_of(broken.response)
    assert BEFORE in await answer(place, text_of)


# -- versions -------------------------------------------------------------------------------------------------------


@pytest.fixture
async def seven(place, administrators, knowledge_file):
    """Seven versions, six of them by Ann."""
    ann, _ = administrators
    facts = edited(knowledge_file, "{quantity}", "{total}").decode()
    for quantity in range(3885, 3891):
        data = facts.replace("{quantity}", str(quantity)).replace("{total}", str(4_000_000 - 3884 + quantity))
        await ann.click(await upload(place, ann, data.encode()), label=CONFIRM)
    return ann


async def test_the_history_has_pages_with_who_when_and_what(place, seven, text_of):
    shown = (await seven.slash(place.channel, "knowledge history")).response
    first = text_of(shown)
    assert "7 versions" in first
    assert [int(number) for number in re.findall(r"Version (\d)", first)] == [7, 6, 5, 4, 3]
    assert f"<@{seven.id}>" in first
    assert re.search(r"<t:\d+", first)
    assert "quantity 3,889 → 3,890" in first
    await seven.click(shown, label="Next →")
    assert not shown.attachments
    assert [int(number) for number in re.findall(r"Version (\d)", text_of(shown))] == [2, 1]
    await seven.click(shown, label="← Back")
    assert text_of(shown) == first


async def test_a_version_comes_back_when_it_is_confirmed(place, seven, knowledge_file, text_of):
    shown = (await seven.slash(place.channel, "knowledge rollback", version=1)).response
    assert "quantity 3,890 → 3,884" in text_of(shown)
    assert "3,890" in await answer(place, text_of)
    await seven.click(shown, label=CONFIRM)
    assert "version 8" in text_of(shown)
    assert BEFORE in await answer(place, text_of)
    history = text_of((await seven.slash(place.channel, "knowledge history")).response)
    assert "back to version 1" in history


async def test_a_version_that_there_is_not(place, administrators, text_of):
    result = await administrators[0].slash(place.channel, "knowledge rollback", version=99)
    assert "no version 99" in text_of(result.response)


async def test_the_live_file_and_each_version_can_be_downloaded(place, seven, knowledge_file):
    (live,) = (await seven.slash(place.channel, "knowledge download")).response.attachments
    assert (live.filename, await live.read()) == ("facts.yaml", knowledge_file.read_bytes())
    (first,) = (await seven.slash(place.channel, "knowledge download", version=1)).response.attachments
    assert b"3884" in await first.read() or b"3_884" in await first.read()


async def test_what_is_live_can_be_downloaded_though_the_file_was_edited(place, seven, knowledge_file):
    live = knowledge_file.read_bytes()
    knowledge_file.write_bytes(b"spoilt")
    (file,) = (await seven.slash(place.channel, "knowledge download")).response.attachments
    assert await file.read() == live


# -- status ---------------------------------------------------------------------------------------------------------


async def test_status_tells_the_file_its_digest_who_loaded_it_and_its_source(place, seven, knowledge_file, text_of):
    told = text_of((await seven.slash(place.channel, "knowledge status")).response)
    snapshot = place.bot.conversation.snapshot
    assert "facts.yaml" in told
    assert snapshot.sha256 in told
    assert "20 models, 4 milestones, 15 further facts" in told
    assert f"<@{seven.id}>" in told
    assert snapshot.knowledge.sources[0].title in told
    assert "December 9, 2025" in told
    assert "Version 7, of 7" in told


async def test_status_tells_of_an_edit_that_was_not_read(place, administrators, knowledge_file, text_of):
    knowledge_file.write_bytes(edited(knowledge_file))
    told = text_of((await administrators[0].slash(place.channel, "knowledge status")).response)
    assert "another one than I answer from" in told
    assert "/knowledge reload" in told


async def test_status_tells_of_doubts(place, administrators, knowledge_file, text_of):
    text = re.sub(r"total: 4_?000_?000", "total: 4000001", knowledge_file.read_text("utf-8"))
    knowledge_file.write_text(text, "utf-8")
    await administrators[0].slash(place.channel, "knowledge reload")
    told = text_of((await administrators[0].slash(place.channel, "knowledge status")).response)
    assert "One thing in it looks doubtful" in told


async def test_a_bad_file_at_the_start_is_said_in_status_until_it_is_put_right(
    place, administrators, settings, knowledge_file, text_of
):
    ann, _ = administrators
    steward = Steward(knowledge_file, Store(settings.store_file))
    good = knowledge_file.read_bytes()
    steward.open()
    knowledge_file.write_bytes(good.replace(b"as_of: ", b"as_of: not "))
    opened = steward.open()
    settings = settings.model_copy(update={"administrators": frozenset({ann.id})})
    await place.env.restart_bot(create_bot(settings, Conversation(prepare(opened.snapshot)), opened))
    assert BEFORE in await answer(place, text_of)
    told = text_of((await ann.slash(place.channel, "knowledge status")).response)
    assert "I answer from version 1, the last good one" in told
    assert "as\\_of" in told
    shown = (await ann.slash(place.channel, "knowledge rollback", version=1)).response
    assert "has mistakes and would be replaced" in text_of(shown)
    await ann.click(shown, label=CONFIRM)
    assert knowledge_file.read_bytes() == good
    told = text_of((await ann.slash(place.channel, "knowledge status")).response)
    assert "last good one" not in told


async def test_a_broken_store_keeps_nobody_from_an_answer_and_is_said_in_status(
    place, administrators, knowledge_file, text_of, caplog
):
    ann, _ = administrators
    path = place.bot.knowledge.steward.store.path
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"no database" * 1000)
    assert BEFORE in await answer(place, text_of)
    unplaced = await place.ann.slash(place.channel, "ask", question="how many i3 were sold?")
    assert "sold" in text_of(unplaced.response)
    await place.env.settle()
    assert "was not kept" in caplog.text
    told = text_of((await ann.slash(place.channel, "knowledge status")).response)
    assert "The store cannot be used" in told
    shown = await upload(place, ann, edited(knowledge_file))
    assert "cannot be used" in text_of(shown)
    # A change by hand still gets through.
    knowledge_file.write_bytes(edited(knowledge_file))
    await ann.slash(place.channel, "knowledge reload")
    assert AFTER in await answer(place, text_of)


async def test_a_locked_store_keeps_nobody_from_an_answer_either(place, administrators, text_of, monkeypatch, caplog):
    monkeypatch.setattr("bot.store.database.BUSY_SECONDS", 0)
    with place.bot.knowledge.steward.store.transaction():
        await place.ann.send(place.channel, f"{place.me} how many i3 were sold?")
        assert "sold" in place.channel.last_message.embeds[0].description
        await place.env.settle()
        assert "locked" in caplog.text
        told = text_of((await administrators[0].slash(place.channel, "knowledge status")).response)
        assert "The store cannot be used" in told
    place.bot.records.post(lambda connection: None)
    await place.ann.send(place.channel, f"{place.me} how many i3 were sold?")
    told = text_of((await administrators[0].slash(place.channel, "knowledge status")).response)
    assert "cannot be used" not in told
    assert "of late" not in told
    assert len(await place.bot.unanswered.open()) == 1


# -- unanswered -----------------------------------------------------------------------------------------------------


async def test_questions_that_could_not_be_placed_are_kept_and_off_topic_ones_are_not(place, administrators, text_of):
    for question in ("how many i3 were sold?", "how many i3 were sold?", "will it rain tomorrow?", QUESTION):
        await place.ann.send(place.channel, f"{place.me} {question}")
    result = await administrators[1].slash(place.channel, "knowledge unanswered")
    told = text_of(result.response)
    assert "One question is open" in told
    assert "how many i3 were sold? (2 times; no place for: sold)" in told
    (file,) = result.response.attachments
    (row,) = map(json.loads, (await file.read()).decode().splitlines())
    assert (row["q"], row["times"], row["why"]) == ("how many i3 were sold?", 2, "not_placed")
    for name in (place.ann.name, str(place.ann.id)):
        assert name not in told.replace(place.me, "")


async def test_questions_have_pages_and_are_done_when_they_are_chosen(place, administrators, text_of, caplog):
    ann, _ = administrators
    words = ["sold", "painted", "exported", "crashed", "stolen", "recalled", "leased", "rented", "scrapped", "wrapped",
             "hidden", "burnt"]  # fmt: skip
    place.bot.cooldowns._questions = 0
    for word in words:
        await place.ben.send(place.channel, f"{place.me} how many i3 were {word}?")
    shown = (await ann.slash(place.channel, "knowledge unanswered")).response
    first = text_of(shown)
    count = len(await place.bot.unanswered.open())
    assert count > 10
    assert f"{count} questions are open" in first
    await ann.click(shown, label="Next →")
    assert f"{count} questions" in text_of(shown)
    assert text_of(shown) != first
    (menu,) = [part for row in shown.components for part in row["components"] if "options" in part]
    chosen = [option["value"] for option in menu["options"]]
    await ann.select(shown, chosen, custom_id=menu["custom_id"])
    assert "10 questions are open" in text_of(shown)
    assert len(await place.bot.unanswered.open()) == 10
    (file,) = shown.attachments
    assert len((await file.read()).splitlines()) == 10
    assert "Ignoring exception" not in caplog.text  # a press that two kinds of items would take for theirs
    assert recorded(place)[-1] == (ann.id, "unanswered done", "done")


async def test_questions_are_not_kept_where_that_is_switched_off(place, administrators, settings, prepared, text_of):
    ann, _ = administrators
    settings = settings.model_copy(update={"unanswered_days": 0, "administrators": frozenset({ann.id})})
    bot = create_bot(settings, Conversation(prepared))
    await place.env.restart_bot(bot)
    await ann.send(place.channel, f"<@{bot.user.id}> how many i3 were sold?")
    told = text_of((await ann.slash(place.channel, "knowledge unanswered")).response)
    assert "UNANSWERED_DAYS is 0" in told.replace("\\", "")


# -- the audit log --------------------------------------------------------------------------------------------------


async def test_the_audit_log_tells_who_tried_what(place, administrators, text_of):
    ann, _ = administrators
    eve = place.guild.add_member(place.env.create_user("eve"))
    await eve.slash(place.channel, "knowledge rollback", version=1)
    await ann.slash(place.channel, "knowledge status")
    lines = text_of((await ann.slash(place.channel, "knowledge audit")).response).splitlines()
    assert [f"<@{ann.id}>" in line for line in lines if "·" in line] == [True, False]
    assert "rollback · refused" in lines[-1]
    assert f"<@{eve.id}>" in lines[-1]
    assert len(place.env.errors) == 1
