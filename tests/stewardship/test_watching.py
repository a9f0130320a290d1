"""The file under watch: what is saved is answered from, however an editor saves it, and mistakes change nothing."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import Conversation, Speaker, prepare
from bot.dialogue import Dialogue
from bot.stewardship.live import LiveKnowledge
from bot.stewardship.records import attempts
from bot.stewardship.steward import START, Steward
from bot.stewardship.watching import WATCHER, watch
from bot.store.versions import Actor
from bot.store.writer import StoreWriter

PATIENCE = 60
"""Seconds after which a test that waits in vain fails."""

MISTAKES = "the facts stay as they were"
REPLACED = "knowledge replaced"
ANN = Actor("1", "2/3")


class Log(logging.Handler):
    """The log, in which one can wait for an entry."""

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []
        self._more = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record.getMessage())
        self._loop.call_soon_threadsafe(self._more.set)

    def count(self, text: str) -> int:
        """How many entries have this in them."""
        return sum(text in said for said in self._said)

    async def has(self, text: str, times: int = 1) -> None:
        """Wait until so many entries have this in them."""
        async with asyncio.timeout(PATIENCE):
            while self.count(text) < times:
                self._more.clear()
                await self._more.wait()


@pytest.fixture
async def log() -> AsyncIterator[Log]:
    """What the bot logs."""
    handler, logger = Log(), logging.getLogger("bot")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.setLevel(level)
    logger.removeHandler(handler)


@pytest.fixture
async def live(steward: Steward) -> AsyncIterator[LiveKnowledge]:
    """A running bot's knowledge, whose file is watched."""
    opened = steward.open()
    knowledge = LiveKnowledge(Conversation(prepare(opened.snapshot)), steward, opened)
    records = StoreWriter(steward.store)
    watching = asyncio.create_task(watch(knowledge, records))
    yield knowledge
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching
    await records.close()


def quantity(live: LiveKnowledge) -> object:
    return live.snapshot.knowledge.models[0].quantity


def written(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def renamed(file: Path, data: bytes) -> None:
    """As vim and most editors of today write."""
    beside = file.with_name("4913~")
    beside.write_bytes(data)
    beside.replace(file)


def moved_aside(file: Path, data: bytes) -> None:
    """As editors write that leave a copy of the old file."""
    file.replace(file.with_name(f"{file.name}~"))
    file.write_bytes(data)


def removed(file: Path, data: bytes) -> None:
    file.unlink()
    file.write_bytes(data)


@pytest.mark.parametrize("save", [written, renamed, moved_aside, removed])
async def test_what_an_editor_saves_is_live_and_recorded(live, log, file, facts, save):
    for times, number in enumerate((2, 3), 1):
        save(file, facts(number))
        await log.has(REPLACED, times)
        assert quantity(live) == number
    _, versions = live.steward.history()
    assert [version.actor for version in versions] == [WATCHER, WATCHER, START]
    assert (await live.status()).loaded_by == WATCHER


async def test_the_audit_log_has_every_change_and_every_refusal(steward, log, file, facts):
    opened = steward.open()
    records = StoreWriter(steward.store)
    watching = asyncio.create_task(watch(LiveKnowledge(Conversation(prepare(opened.snapshot)), steward), records))
    file.write_bytes(b"plant: soon")
    await log.has(MISTAKES)
    file.write_bytes(facts(2))
    await log.has(REPLACED)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await records.close()
    found = [(each.actor, each.action, each.outcome.value) for each in attempts(steward.store, 9)]
    assert (WATCHER, "reload", "rejected") in found
    assert found[0] == (WATCHER, "reload", "done")


async def test_a_file_with_mistakes_changes_nothing_and_is_logged_once(live, log, file, facts):
    half = facts(2)[:40]
    file.write_bytes(half)
    await log.has(MISTAKES)
    assert quantity(live) == 1
    assert (await live.status()).problems
    file.touch()  # saved again, as it is
    (file.parent / "other").write_bytes(b"")
    assert await live.follow(WATCHER) is None
    file.write_bytes(facts(2))
    await log.has(REPLACED)
    assert quantity(live) == 2
    assert log.count(MISTAKES) == 1
    assert not (await live.status()).problems


async def test_a_file_that_is_gone_changes_nothing(live, log, file, facts):
    file.unlink()
    await log.has(MISTAKES)
    assert quantity(live) == 1
    file.write_bytes(facts(2))
    await log.has(REPLACED)
    assert quantity(live) == 2


async def test_what_the_bot_writes_itself_is_not_read_again(live, log, file, facts):
    _, token = await live.propose(facts(2), ANN)
    await live.confirm(token, ANN)
    _, token = await live.restore(1, ANN)
    await live.confirm(token, ANN)
    await log.has(REPLACED, 2)
    assert await live.follow(WATCHER) is None
    # What comes after shows that the watch has been there.
    file.write_bytes(facts(3))
    await log.has(REPLACED, 3)
    assert log.count(REPLACED) == 3
    _, versions = live.steward.history()
    assert [version.actor for version in versions] == [WATCHER, ANN, ANN, START]


async def test_a_link_that_is_turned_around_is_followed(steward, log, tmp_path, facts):
    """As Kubernetes does it: the file is a link through a folder that is a link."""
    for name, number in (("one", 1), ("two", 2), ("three", 3)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "works.yaml").write_bytes(facts(number))
    (tmp_path / "data").symlink_to("one")
    path = tmp_path / "works.yaml"
    path.symlink_to(Path("data") / "works.yaml")
    there = Steward(path, steward.store)
    live = LiveKnowledge(Conversation(prepare(there.open().snapshot)), there)
    records = StoreWriter(steward.store)
    watching = asyncio.create_task(watch(live, records))
    for times, name in enumerate(("two", "three"), 1):
        (tmp_path / "turned").symlink_to(name)
        (tmp_path / "turned").replace(tmp_path / "data")
        await log.has(REPLACED, times)
        assert quantity(live) == times + 1
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await records.close()


async def test_without_a_file_there_is_nothing_to_watch(steward, log):
    there = Steward(None, steward.store)
    live = LiveKnowledge(Conversation(prepare(there.open().snapshot)), there)
    await watch(live, StoreWriter(steward.store))
    assert log.count("no file to watch") == 1


async def test_questions_during_a_replacement_are_each_answered_from_one_version(live, log, file):
    """Each version says the same number twice; an answer of two versions would hold two numbers."""
    dialogue = Dialogue(live._conversation, limit=1000, seconds=900)
    versions = 6
    both = "plant: {{name: Small Works}}\nas_of: 2020\nsources: [{{id: book, title: The book}}]\nmodels:\n"
    both += "  - {{name: Engine, code: KX7, quantity: {n}}}\n  - {{name: Wagon, code: LY8, quantity: {n}}}\n"
    seen = set()

    async def replaced():
        for number in range(1, versions + 1):
            renamed(file, both.format(n=number * 111).encode())
            await log.has(REPLACED, number)

    replacing = asyncio.create_task(replaced())
    asked = 0
    while not replacing.done() or asked < 50:
        asked += 1
        exchange = (await dialogue.ask("compare KX7 and LY8", Speaker("ann", str(asked)))).exchange
        numbers = set(re.findall(r"\b(?:111|222|333|444|555|666)\b", exchange.reply.text))
        rows = {model.quantity for model in exchange.prepared.snapshot.knowledge.models}
        assert numbers <= {str(quantity) for quantity in rows}
        assert len(numbers) <= 1
        seen |= numbers
    await replacing
    assert len(seen) > 1
    assert quantity(live) == versions * 111
