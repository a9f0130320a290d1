"""Changing the knowledge file so that nothing is lost, whoever asks for it and whatever happens meanwhile.

The order of a change, all under the lock of the file:

1. What is on the disk has to be what the change was shown against.
2. The store gets what is on the disk, if it does not have it, and the new version as *pending*.
3. The file is replaced.
4. The version is *live* in the store.

Whoever is next, after a crash too, looks at the disk: a pending version that is there was written, any other was not.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from bot.stewardship import files
from bot.stewardship.obstacles import Obstacle, ObstacleError
from bot.stewardship.records import keeping
from bot.stewardship.wording import summarise
from bot.store import proposals, versions
from bot.store.database import Store, StoreError
from bot.store.versions import Actor, Cause, Summary, Version, digest
from knowledge.changes import Change, changes
from knowledge.loading import load, parse, shipped
from knowledge.problems import KnowledgeError, Problem
from knowledge.schema import Knowledge
from knowledge.snapshot import Snapshot

log = logging.getLogger(__name__)

NOTHING = ""
"""The digest of a file that is not there."""

START = Actor("-", "start")
"""Who reads the file when the bot starts."""

BY_HAND = Actor("-", "disk")
"""Who edits the file itself."""


@dataclass(frozen=True)
class Opened:
    """The facts to start with. ``fallback``: the version they are from, since the file has these ``problems``."""

    snapshot: Snapshot
    fallback: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A change that waits for a word.

    ``base`` is the digest of what was on the disk when it was proposed; ``overwrites``: that is a file with mistakes,
    which nobody answers from. ``live`` is what the changes are counted from; none: there were no facts.
    """

    data: bytes
    snapshot: Snapshot
    base: str
    cause: Cause
    restored: int | None
    live: Snapshot | None
    overwrites: bool = False

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is different from the live facts."""
        return changes(self.live.knowledge, self.snapshot.knowledge) if self.live is not None else ()


@dataclass(frozen=True, slots=True)
class Steward:
    """Looks after one knowledge file with one store. Everything here reads and writes files: call it in a thread."""

    path: Path | None
    """None: the facts that ship."""
    store: Store

    # -- reading ----------------------------------------------------------------------------------------------------

    def open(self, actor: Actor = START) -> Opened:
        """The facts to start with: those of the file, or if it has mistakes the last good ones that the store has.

        Raises ``KnowledgeError`` if there are none.
        """
        if self.path is None:
            return Opened(load(None))
        try:
            return Opened(self.read(actor))
        except KnowledgeError as error:
            found = self._last_good()
            if found is None:
                raise
            version, snapshot = found
            log.critical(
                "the knowledge file %s has %d errors: answering from version %d of %s",
                self.path,
                len(error.problems),
                version.number,
                version.at.isoformat(),
            )
            return Opened(snapshot, version.number, error.problems)

    def read(self, actor: Actor) -> Snapshot:
        """The facts of the file as it is, which become a version if they are new. Raises ``KnowledgeError``."""
        if self.path is None:
            return load(None)
        with ExitStack() as stack:
            locked = True
            try:
                stack.enter_context(files.locked(self._file))
            except (ObstacleError, OSError) as error:
                locked = False
                # Reading does no harm to anybody; a folder that may only be read is as good as any.
                log.info("reading %s without a lock: %s", self._file, error)
            try:
                data, snapshot = files.read(self._file)
            except ObstacleError:
                return load(self.path)
            try:
                self._observe(data, snapshot, actor, locked=locked)
            except StoreError as error:
                log.error("the store %s cannot be used, no version is kept: %s", self.store.path, error)  # noqa: TRY400 - the reason is all there is to know
        # As the settings name it, which is how people know it.
        return replace(snapshot, origin=str(self.path))

    def on_disk(self) -> str | None:
        """The digest of what is in the file's place; none if it cannot be told."""
        try:
            return _digest(files.contents(self._file)) if self.path is not None else None
        except ObstacleError:
            return None

    def size(self) -> int:
        """How large the file is, in bytes; zero if it cannot be told."""
        try:
            return self.path.stat().st_size if self.path is not None else 0
        except (OSError, ValueError):
            return 0

    def history(self, offset: int = 0, limit: int = -1) -> tuple[int, tuple[Version, ...]]:
        """How many versions there are, and some of them, the latest first. Raises ``ObstacleError``."""
        if self.path is None:
            return 0, ()
        name = self._name
        with keeping(self.store) as connection:
            return versions.count(connection, name), versions.history(connection, name, offset=offset, limit=limit)

    def version(self, number: int) -> tuple[Version, bytes]:
        """A version and its bytes. Raises ``ObstacleError``."""
        name = self._name
        with keeping(self.store) as connection:
            found = versions.content(connection, name, number)
        if found is None:
            raise ObstacleError(Obstacle.NO_VERSION, number=number)
        return found

    def live(self, snapshot: Snapshot) -> bytes:
        """The bytes of the facts that are answered from, wherever they still are. Raises ``ObstacleError``."""
        if self.path is None:
            return shipped()
        try:
            data = files.contents(self._file)
        except ObstacleError:
            data = None
        if data is not None and digest(data) == snapshot.sha256:
            return data
        with keeping(self.store) as connection:
            found = versions.content_of(connection, snapshot.sha256)
        if found is None:
            raise ObstacleError(Obstacle.NOT_KEPT)
        return found

    # -- changing ---------------------------------------------------------------------------------------------------

    def propose(
        self, data: bytes, live: Snapshot | None, cause: Cause = Cause.UPLOAD, restored: int | None = None
    ) -> Proposal:
        """A change of the file to these bytes. Raises ``KnowledgeError``, ``ObstacleError``."""
        path = self._file
        snapshot = parse(data, str(self.path))
        on_disk = files.contents(path)
        base, current = _digest(on_disk), live.sha256 if live is not None else NOTHING
        if base == current == snapshot.sha256:
            raise ObstacleError(Obstacle.SAME)
        foreign = on_disk is not None and base != current
        if foreign and _facts(on_disk) is not None:
            raise ObstacleError(Obstacle.RELOAD_FIRST)
        return Proposal(data, snapshot, base, cause, restored, live, foreign)

    def restore(self, number: int, live: Snapshot | None) -> Proposal:
        """A change back to an earlier version. Raises ``KnowledgeError``, ``ObstacleError``."""
        _, data = self.version(number)
        return self.propose(data, live, Cause.ROLLBACK, number)

    def keep(self, proposal: Proposal, actor: Actor) -> str:
        """Keep a proposal until somebody confirms it, by the token that is returned. Raises ``ObstacleError``."""
        with keeping(self.store) as connection:
            return proposals.keep(
                connection,
                self._name,
                proposal.data,
                proposal.base,
                proposal.cause,
                proposal.restored,
                actor.name,
            )

    def kept(self, token: str, actor: Actor, live: Snapshot) -> Proposal:
        """The proposal of a token, for who made it. Raises ``ObstacleError``."""
        with keeping(self.store) as connection:
            waiting = proposals.find(connection, self._name, token)
        if waiting is None:
            raise ObstacleError(Obstacle.GONE)
        if waiting.actor != actor.name:
            raise ObstacleError(Obstacle.STRANGER)
        if waiting.expired:
            raise ObstacleError(Obstacle.EXPIRED)
        snapshot = parse(waiting.data, str(self.path))
        return Proposal(waiting.data, snapshot, waiting.base, waiting.cause, waiting.restored, live)

    def drop(self, token: str) -> None:
        """Forget a proposal. Raises ``ObstacleError``."""
        with keeping(self.store) as connection:
            proposals.drop(connection, token)

    def publish(self, proposal: Proposal, actor: Actor, token: str | None = None) -> int:
        """Write a proposal, and give the number of its version. Raises ``ObstacleError``; then nothing has changed."""
        path = self._file
        try:
            with files.locked(path):
                return self._publish(path, proposal, actor, token)
        except StoreError as error:
            raise ObstacleError(Obstacle.STORE, store=self.store.path, reason=error.reason) from error
        except OSError as error:
            raise ObstacleError(Obstacle.UNWRITABLE, file=path, reason=error.strerror or str(error)) from error

    def _publish(self, path: Path, proposal: Proposal, actor: Actor, token: str | None) -> int:
        before = files.contents(path)
        if _digest(before) != proposal.base:
            raise ObstacleError(Obstacle.MOVED)
        files.sweep(path)
        self._observe(before, None, BY_HAND)
        summary = summarise(proposal.changes)
        with self.store.transaction() as connection:
            number = versions.add(
                connection,
                self._name,
                proposal.data,
                actor,
                cause=proposal.cause,
                valid=True,
                summary=summary,
                restored=proposal.restored,
                pending=True,
            )
        try:
            files.replace(path, proposal.data)
        except OSError:
            if self.on_disk() != proposal.snapshot.sha256:
                raise
            log.exception("%s is replaced, but perhaps not for good", path)
        try:
            with self.store.transaction() as connection:
                versions.settle(connection, self._name, proposal.snapshot.sha256)
                if token is not None:
                    proposals.drop(connection, token)
        except StoreError as error:
            # The file is what counts, and whoever looks next at both puts this right.
            log.error("version %d is live, but the store does not know it yet: %s", number, error)  # noqa: TRY400 - the reason is all there is to know
        return number

    def _observe(self, data: bytes | None, snapshot: Snapshot | None, actor: Actor, *, locked: bool = True) -> None:
        """Settle what was being written, and make what is on the disk a version if it is none. Raises ``StoreError``.

        None of a snapshot: the bytes may have mistakes. Without the lock, what is being written is left to its writer.
        """
        sha256 = _digest(data)
        with self.store.transaction() as connection:
            if not locked and versions.is_written(connection, self._name):
                return
            versions.settle(connection, self._name, sha256)
            last = next(iter(versions.history(connection, self._name, limit=1)), None)
            before = versions.content(connection, self._name, last.number) if last is not None else None
        if data is None or (last is not None and last.sha256 == sha256):
            return
        old = _facts(before[1]) if before is not None else None
        new = snapshot.knowledge if snapshot is not None else _facts(data)
        summary = summarise(changes(old, new)) if old is not None and new is not None else Summary()
        valid = new is not None
        with self.store.transaction() as connection:
            versions.add(connection, self._name, data, actor, cause=Cause.FOUND, valid=valid, summary=summary)

    def _last_good(self) -> tuple[Version, Snapshot] | None:
        """The latest version whose facts this program can read."""
        try:
            _, found = self.history()
            for version in found:
                if version.valid:
                    _, data = self.version(version.number)
                    try:
                        return version, parse(data, str(self.path))
                    except KnowledgeError:
                        log.warning("version %d is of another program and cannot be read", version.number)
        except ObstacleError as error:
            log.error("there is no version to fall back to: %s", error)  # noqa: TRY400 - the reason is all there is to know
        return None

    @property
    def _file(self) -> Path:
        """The file itself, where the setting names a link to it."""
        if self.path is None:
            raise ObstacleError(Obstacle.NO_FILE)
        return self.path.resolve()

    @property
    def _name(self) -> str:
        """What the store knows the file by."""
        return str(self._file).encode("utf-8", "backslashreplace").decode()


def _digest(data: bytes | None) -> str:
    return digest(data) if data is not None else NOTHING


def _facts(data: bytes | None) -> Knowledge | None:
    """What the bytes say; none if they have mistakes."""
    try:
        return parse(data, NOTHING).knowledge if data is not None else None
    except KnowledgeError:
        return None
