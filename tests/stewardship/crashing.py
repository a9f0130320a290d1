"""Kills processes that replace a knowledge file, and looks after each whether anything is lost or half done.

    python crashing.py FOLDER moments|lines ROUNDS SEED

``moments``: one or two processes at once, killed at a random moment. ``lines``: one process, killed before the n-th
line of its own code that it runs for a change, for every n in turn, as long as there are ROUNDS. Prints what was seen
as JSON, or fails with what was wrong. Not in the process of the tests, which has threads and should not fork.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from bot.stewardship import files, obstacles, records, steward
from bot.stewardship.obstacles import ObstacleError
from bot.stewardship.steward import Steward
from bot.store import database, versions, whole_files
from bot.store.database import Store
from bot.store.versions import Actor, digest
from knowledge.loading import parse

ACTOR = Actor("1", "2/3")
FACTS = """\
plant: {{name: Small Works}}
as_of: 2020
sources: [{{id: book, title: The book}}]
models:
  - {{name: Engine, code: KX7, quantity: {quantity}}}
"""
OWN_CODE = {module.__file__ for module in (files, obstacles, records, steward, database, versions, whole_files)}


def facts(quantity: int) -> bytes:
    """A whole file. What is different in it is at its end, where a half-written one would lack it."""
    return FACTS.format(quantity=quantity).encode()


def quantity_of(data: bytes) -> int:
    """The quantity in a file, which has to be whole."""
    (model,) = parse(data, "test").knowledge.models
    assert model.quantity is not None
    assert facts(model.quantity) == data
    return model.quantity


def work(kept: Steward, number: int, said: int) -> None:
    """Replace the file again and again, by ever other facts; say when each change is begun and when it is done."""
    while True:
        number += 2
        data = facts(number)
        os.write(said, f"begun {number}\n".encode())
        try:
            done = kept.publish(kept.propose(data, kept.open().snapshot), ACTOR)
        except ObstacleError:
            continue  # the other process was faster
        os.write(said, f"done {number} {done}\n".encode())


def fork(do: Callable[[int], None]) -> tuple[int, int]:
    """A process that does something, and the end of a pipe on which it says what it did."""
    heard, said = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(heard)
        try:
            do(said)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the parent has to hear of it
            os.write(said, f"failed {error!r}\n".encode())
        os._exit(1)
    os.close(said)
    return process, heard


def wait_for(process: int, heard: int) -> list[list[str]]:
    """What a process said until it was killed."""
    _, status = os.waitpid(process, 0)
    with os.fdopen(heard) as pipe:
        said = [line.split(" ", 1) for line in pipe.read().splitlines()]
    assert os.WIFSIGNALED(status), said
    assert os.WTERMSIG(status) == signal.SIGKILL
    return said


class Witness:
    """Remembers what was done, and looks whether that is what the disk and the store say."""

    def __init__(self, kept: Steward) -> None:
        self.kept = kept
        self.done: dict[int, int] = {}
        self.quantity = self.last = 1
        self.seen = {"kills": 0, "done": 0, "written_unsaid": 0, "not_written": 0, "left_over": 0}

    def look(self, said: list[list[str]]) -> None:
        """After a kill."""
        self.seen["kills"] += 1
        path = self.kept.path
        assert path is not None
        begun = {int(rest) for word, rest in said if word == "begun"}
        for word, rest in said:
            assert word != "failed", rest
            if word == "done":
                quantity, number = map(int, rest.split())
                assert number not in self.done
                self.done[number] = quantity
                self.seen["done"] += 1
        # The file is whole, and nothing but what somebody put there.
        on_disk = quantity_of(path.read_bytes())
        assert on_disk in begun | {self.last}, (on_disk, said)
        self.seen["left_over"] += len(list(path.parent.glob("*.tmp")) + list(path.parent.glob(".*.tmp")))
        if begun:
            unsaid = on_disk in begun and on_disk not in self.done.values()
            self.seen["written_unsaid"] += unsaid
            self.seen["not_written"] += max(begun) not in (on_disk, *self.done.values())
        # The next one who reads it, and the history with it.
        assert self.kept.open().snapshot.sha256 == digest(facts(on_disk))
        _, history = self.kept.history()
        assert history[0].sha256 == digest(facts(on_disk))
        assert [version.number for version in history] == list(range(len(history), 0, -1))
        # Nobody has edited the file by hand, so it is always known who made a version.
        assert {version.actor for version in history[:-1]} <= {ACTOR}
        known = {version.number: version.sha256 for version in history}
        for number, quantity in self.done.items():
            assert known[number] == digest(facts(quantity)), (number, quantity)
        for version in history[:3]:
            _, data = self.kept.version(version.number)
            assert digest(data) == version.sha256
        with sqlite3.connect(self.kept.store.path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("SELECT count(*) FROM versions WHERE state = 'pending'").fetchone() == (0,)
        connection.close()
        self.quantity = max(on_disk, *begun, self.quantity)
        self.last = on_disk

    def settle(self) -> None:
        """After all: a change that nobody disturbs, after which nothing is left over."""
        path = self.kept.path
        assert path is not None
        self.kept.publish(self.kept.propose(facts(1_000_000), self.kept.open().snapshot), ACTOR)
        assert not list(path.parent.glob(".*.tmp"))


def at_moments(witness: Witness, rounds: int, chance: random.Random) -> None:
    """Kill one or two processes at a random moment, some time into a first or a second change."""
    process, heard = fork(lambda said: work(witness.kept, witness.quantity, said))
    started = time.perf_counter()
    said = b""
    while b"done" not in said:
        said += os.read(heard, 1024)
    longest = 2 * (time.perf_counter() - started)  # of this machine, as busy as it is
    os.kill(process, signal.SIGKILL)
    heard_before = [line.split(" ", 1) for line in said.decode().splitlines()]
    witness.look([*heard_before, *wait_for(process, heard)])
    for _ in range(rounds):
        first = witness.quantity
        children = [
            fork(lambda said, start=first + offset: work(witness.kept, start, said))  # type: ignore[misc]
            for offset in range(chance.choice((1, 2)))
        ]
        time.sleep(chance.uniform(0, longest))  # the moment is what is tried here, nothing is waited for
        for process, _ in children:
            os.kill(process, signal.SIGKILL)
        witness.look([line for child in children for line in wait_for(*child)])


def at_lines(witness: Witness, rounds: int) -> None:
    """Kill a process before each line of a change in turn."""
    reached = 0
    while reached < rounds:
        reached += 1
        number = witness.quantity + 1

        def change(said: int, number: int = number, last: int = reached) -> None:
            proposal = witness.kept.propose(facts(number), witness.kept.open().snapshot)
            os.write(said, f"begun {number}\n".encode())
            sys.settrace(killer(last))
            done = witness.kept.publish(proposal, ACTOR)
            sys.settrace(None)
            os.write(said, f"done {number} {done}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

        before = witness.seen["done"]
        witness.look(wait_for(*fork(change)))
        if witness.seen["done"] > before:
            return  # that was past the last line
    raise AssertionError("the change has more lines than were tried")


def killer(last: int) -> Callable[[FrameType, str, Any], Any]:
    """What kills its own process before so many lines of our code have run."""
    ran = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal ran
        if frame.f_code.co_filename not in OWN_CODE:
            return None
        if event == "line":
            ran += 1
            if ran >= last:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def main() -> None:
    """Do what the command line says."""
    folder, how, rounds, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    path = folder / "works.yaml"
    path.write_bytes(facts(1))
    witness = Witness(Steward(path, Store(folder / "werkbot.sqlite3")))
    if how == "lines":
        at_lines(witness, rounds)
    else:
        at_moments(witness, rounds, random.Random(seed))
    witness.settle()
    sys.stdout.write(json.dumps(witness.seen))


if __name__ == "__main__":
    main()
