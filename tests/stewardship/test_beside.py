"""A large file is loaded in a process of its own and behaves as a small one does; nobody gets facts of two files."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import threading
import weakref
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.conversation import Conversation, Speaker, prepare
from bot.dialogue import Asked, Dialogue
from bot.logs import HIDDEN, formatter
from bot.settings import LogFormat
from bot.stewardship import beside
from bot.stewardship.live import LiveKnowledge
from bot.stewardship.steward import Steward
from bot.store.database import Store
from bot.store.versions import Actor
from knowledge.loading import parse
from knowledge.problems import Kind, KnowledgeError
from knowledge.schema import Model

ANN = Actor("1", "2/3")
HEAD = "plant: {name: Small Works}\nas_of: 2020\nsources: [{id: book, title: The book}]\nmodels:\n"
FEW, MANY = 3, 4000
QUESTIONS = ("how many Engine 0 and Engine 2?", "list all models", "KX1 or KX2, which was built more?", "and the KX0?")


def facts(quantity: int, rows: int = FEW) -> bytes:
    """A file whose rows all have the same quantity, which tells of every row from which file it is."""
    return (
        HEAD + "".join(f"- {{name: Engine {n}, code: KX{n}, quantity: {quantity}}}\n" for n in range(rows))
    ).encode()


def large(quantity: int) -> bytes:
    """A file that is not read in a thread."""
    made = facts(quantity, MANY)
    assert len(made) > beside.SMALL
    return made


@pytest.fixture
def conversation() -> Conversation:
    """What is answered from: facts that nobody has changed."""
    return Conversation(prepare(parse(facts(7), "works")))


@pytest.fixture
def live(tmp_path: Path, conversation: Conversation) -> LiveKnowledge:
    """A running bot's knowledge."""
    file = tmp_path / "works.yaml"
    file.write_bytes(facts(7))
    return LiveKnowledge(conversation, Steward(file, Store(tmp_path / "store.sqlite3")))


def quantity(live: LiveKnowledge) -> int | None:
    return live.snapshot.knowledge.models[0].quantity


async def test_a_large_file_becomes_live_and_a_version(live):
    live.steward.path.write_bytes(large(8))
    before, after = await live.reload(ANN)
    assert before.knowledge.models[0].quantity == 7
    assert live.snapshot is after
    assert after.knowledge == parse(large(8), "here").knowledge
    assert after.origin == str(live.steward.path)
    _, (latest, *_) = live.steward.history()
    assert (latest.actor, latest.sha256) == (ANN, after.sha256)
    assert gc.isenabled()


async def test_the_mistakes_of_a_large_file_arrive_with_their_places(live):
    live.steward.path.write_bytes(large(8).replace(b"quantity: 8", b"quantity: many", 1))
    with pytest.raises(KnowledgeError) as found:
        await live.reload(ANN)
    (problem,) = found.value.problems
    assert (problem.kind, problem.line, problem.found) == (Kind.NOT_WHOLE, 5, "many")
    assert quantity(live) == 7


async def test_a_large_file_is_uploaded_and_taken_back(live):
    _, token = await live.propose(large(9), ANN)
    await live.confirm(token, ANN)
    assert quantity(live) == 9
    _, token = await live.restore(1, ANN)
    await live.confirm(token, ANN)
    assert quantity(live) == 7
    assert live.steward.path.read_bytes() == facts(7)


@pytest.mark.parametrize(("made", "turns"), [(facts, 30), (large, 3)])
async def test_no_answer_mixes_two_files(live, conversation, made, turns):
    """Questions are asked all the time while one file takes the other's place."""
    dialogue = Dialogue(conversation, limit=100, seconds=900)

    async def replace() -> None:
        for number in range(8, 8 + turns):
            live.steward.path.write_bytes(made(number))
            await live.reload(ANN)

    replacing = asyncio.create_task(replace())
    asked: list[Asked] = []
    while not replacing.done():
        asked += [await dialogue.ask(question, Speaker("ann", "hall")) for question in QUESTIONS]
    await replacing
    seen = set()
    for each in asked:
        (of,) = {model.quantity for model in each.exchange.prepared.snapshot.knowledge.models}
        rows = [record for answer in each.exchange.answers for record in answer.evidence if isinstance(record, Model)]
        assert rows
        assert {row.quantity for row in rows} == {of}
        seen.add(of)
    assert len(seen) > 1


async def test_old_facts_are_dropped_though_somebody_asked_about_them(live, conversation, monkeypatch):
    monkeypatch.setattr(beside, "PATIENCE", 0.0)
    live.steward.path.write_bytes(large(8))
    await live.reload(ANN)
    old = weakref.ref(conversation.prepared)
    row = weakref.ref(conversation.snapshot.knowledge.models[0])
    assert conversation.reply("how many KX1?", Speaker("ann", "hall")).headline
    live.steward.path.write_bytes(facts(9))
    await live.reload(ANN)
    for thread in threading.enumerate():
        if "_take_apart" in thread.name:
            thread.join()
    assert old() is None
    assert row() is None


async def test_the_other_process_logs_as_this_one_does_without_the_token(capfd):
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(LogFormat.JSON, SecretStr("xyzzy")))
    logging.getLogger().addHandler(handler)
    try:
        await beside.apart(partial(logging.warning, "the token is xyzzy"), beside.SMALL + 1)
    finally:
        logging.getLogger().removeHandler(handler)
    entry = json.loads(capfd.readouterr().err)
    assert (entry["level"], entry["message"]) == ("WARNING", f"the token is {HIDDEN}")
