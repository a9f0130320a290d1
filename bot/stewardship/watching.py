"""The knowledge file under watch: what somebody saves becomes live without a word in Discord.

watchfiles asks the system for changes instead of looking again and again. The folder is watched, not the file: many
editors write a new file and rename it over the old one, and Kubernetes turns a link around.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from pathlib import Path

from watchfiles import awatch

from bot.languages import DEFAULT, languages
from bot.stewardship.live import LiveKnowledge
from bot.stewardship.wording import WATCH, problem_line
from bot.store import audit
from bot.store.audit import Outcome
from bot.store.versions import Actor
from bot.store.writer import StoreWriter
from knowledge.problems import KnowledgeError

log = logging.getLogger(__name__)

WATCHER = Actor("-", WATCH)
"""Who reads the file when it has changed on the disk."""

QUIET_MILLISECONDS = 200
"""So long nothing may change before the file is looked at: who saves a file seldom writes it in one piece."""

LONGEST_MILLISECONDS = 2000
"""After so long it is looked at though the folder is never quiet."""

LOOK_MILLISECONDS = 2000
"""How often the file is looked at anyway: folders of a network often tell of no changes."""

RETRY_SECONDS = 10.0
"""How long it takes until a folder that could not be watched is tried again."""

SHOWN = 3
"""So many mistakes of a file stand in the log; ``status`` has all of them."""

Stamp = tuple[int, int, int] | None

NOT_LOOKED = (-1, -1, -1)
"""What no file has."""


async def watch(knowledge: LiveKnowledge, records: StoreWriter) -> None:
    """Keep what is live up to date with the file, until it is cancelled."""
    path = knowledge.steward.path
    if path is None:
        log.warning("there is no file to watch: the facts are those that ship")
        return
    seen: Stamp = NOT_LOOKED
    told = False
    while True:
        try:
            folders = _folders(path)
            changes = awatch(
                *folders,
                watch_filter=None,
                debounce=LONGEST_MILLISECONDS,
                step=QUIET_MILLISECONDS,
                rust_timeout=LOOK_MILLISECONDS,
                yield_on_timeout=True,
                recursive=False,
            )
            async for _ in changes:
                found = _stamp(path)
                if found != seen:
                    seen, told = found, False
                    await _follow(knowledge, records, path)
                if _folders(path) != folders:
                    break
        except (OSError, RuntimeError) as error:  # a RuntimeError: what the library in Rust cannot name better
            if not told:
                log.error("%s cannot be watched, trying again: %s", path, error)  # noqa: TRY400 - the reason is all there is to know
            told = True
            await asyncio.sleep(RETRY_SECONDS)


async def _follow(knowledge: LiveKnowledge, records: StoreWriter, path: Path) -> None:
    """Make what is in the file live if it is something else, and record that."""
    try:
        replaced = await knowledge.follow(WATCHER)
    except KnowledgeError as error:
        lines = [problem_line(problem, languages()[DEFAULT]) for problem in error.problems[:SHOWN]]
        count = len(error.problems)
        log.error("%s has changed and has %d mistakes, the facts stay as they were: %s", path, count, " | ".join(lines))  # noqa: TRY400 - the mistakes are all there is to know
        outcome, detail = Outcome.REJECTED, f"{count} mistakes"
    except Exception as error:
        # Whatever one file does to the bot, the next one is read.
        log.exception("%s has changed and could not be read", path)
        outcome, detail = Outcome.FAILED, type(error).__name__
    else:
        if replaced is None:
            return
        outcome, detail = Outcome.DONE, replaced[1].sha256
    records.post(partial(audit.record, actor=WATCHER, action="reload", outcome=outcome, detail=detail))


def _folders(path: Path) -> tuple[Path, ...]:
    """Where a change of the file shows: its folder, and if it is a link the folder that it leads to."""
    return tuple(dict.fromkeys((path.absolute().parent, path.resolve().parent)))


def _stamp(path: Path) -> Stamp:
    """What is another one when the file is; none if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
