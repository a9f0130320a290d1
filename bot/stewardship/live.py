"""The knowledge that is live in a running bot: looked after beside the event loop, one change at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.conversation import Conversation, Prepared, prepare
from bot.stewardship.beside import apart, beside, let_go
from bot.stewardship.obstacles import ObstacleError
from bot.stewardship.steward import START, Opened, Proposal, Steward
from bot.stewardship.wording import Status
from bot.store.versions import Actor
from knowledge.problems import KnowledgeError, Problem
from knowledge.snapshot import Snapshot

log = logging.getLogger(__name__)


class LiveKnowledge:
    """Replaces what a conversation answers from, and knows who did it last."""

    def __init__(
        self,
        conversation: Conversation,
        steward: Steward,
        opened: Opened | None = None,
        *,
        replaced: Callable[[], object] = lambda: None,
    ) -> None:
        """``opened``: how the facts were come by at the start; ``replaced`` is called whenever there are others."""
        self.steward = steward
        self._conversation = conversation
        self._replaced = replaced
        self._changing = asyncio.Lock()
        self._loaded_by = START
        self._fallback: int | None = opened.fallback if opened is not None else None
        self._problems: tuple[Problem, ...] = opened.problems if opened is not None else ()

    @property
    def snapshot(self) -> Snapshot:
        """What is answered from."""
        return self._conversation.snapshot

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the file when it was last read."""
        return self._problems

    async def reload(self, actor: Actor) -> tuple[Snapshot, Snapshot]:
        """Read the file again: the facts before and after. Raises ``KnowledgeError``; then nothing has changed."""
        async with self._changing:
            return await self._reload(actor)

    async def follow(self, actor: Actor) -> tuple[Snapshot, Snapshot] | None:
        """As ``reload``, if the file is another one than is answered from; none if it is not.

        What is wrong with a file is raised once, not again while it stays the same.
        """
        async with self._changing:
            known = self._problems
            if not known and await asyncio.to_thread(self.steward.on_disk) == self.snapshot.sha256:
                return None
            try:
                return await self._reload(actor)
            except KnowledgeError as error:
                if error.problems == known:
                    return None
                raise

    async def propose(self, data: bytes, actor: Actor) -> tuple[Proposal, str]:
        """A change to these bytes, and its token. Raises ``KnowledgeError``, ``ObstacleError``."""
        proposal = await beside(partial(self.steward.propose, data, self.snapshot), len(data))
        return proposal, await asyncio.to_thread(self.steward.keep, proposal, actor)

    async def restore(self, number: int, actor: Actor) -> tuple[Proposal, str]:
        """A change back to a version, and its token. Raises ``KnowledgeError``, ``ObstacleError``."""
        proposal = await beside(partial(self.steward.restore, number, self.snapshot), self.steward.size())
        return proposal, await asyncio.to_thread(self.steward.keep, proposal, actor)

    async def confirm(self, token: str, actor: Actor) -> tuple[Proposal, int]:
        """Carry out a change, and give the number of its version. Raises ``KnowledgeError``, ``ObstacleError``."""
        async with self._changing:
            proposal = await beside(partial(self.steward.kept, token, actor, self.snapshot), self.steward.size())
            # What cannot be prepared must not get as far as the disk.
            snapshot = replace(proposal.snapshot, origin=str(self.steward.path))
            prepared = await apart(partial(prepare, snapshot), len(proposal.data))
            number = await asyncio.to_thread(self.steward.publish, proposal, actor, token)
            self._become(prepared, actor)
            return proposal, number

    async def status(self) -> Status:
        """How things stand, as far as the store can tell."""
        steward = self.steward
        on_disk = await asyncio.to_thread(steward.on_disk)
        status = Status(
            self.snapshot,
            steward.path,
            self._loaded_by,
            steward.store.path,
            on_disk=steward.path is None or on_disk == self.snapshot.sha256,
            fallback=self._fallback,
            problems=self._problems,
        )
        try:
            count, latest = await asyncio.to_thread(steward.history, 0, 1)
        except ObstacleError as error:
            return replace(status, trouble=str(error.values.get("reason", error)))
        return replace(status, versions=count, latest=next(iter(latest), None))

    async def _reload(self, actor: Actor) -> tuple[Snapshot, Snapshot]:
        before = self.snapshot
        try:
            prepared = await apart(partial(_prepared, self.steward, actor), self.steward.size())
        except KnowledgeError as error:
            self._problems = error.problems
            raise
        self._become(prepared, actor)
        return before, prepared.snapshot

    def _become(self, prepared: Prepared, actor: Actor) -> None:
        before = self._conversation.prepared
        self._conversation.replace(prepared)
        self._loaded_by, self._fallback, self._problems = actor, None, ()
        self._replaced()
        log.info("knowledge replaced by %s at %s: %s", actor.name, actor.place, prepared.snapshot.sha256)
        let_go(before)


def _prepared(steward: Steward, actor: Actor) -> Prepared:
    return prepare(steward.read(actor))
