"""A file that says that the bot is well. It grows old when the bot is not: whoever looks after the process looks at it.

A file rather than a port: it opens nothing to a network, two bots do not get in each other's way, and systemd, Docker
and Kubernetes can all run a command that looks at it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from bot.store.whole_files import in_place_of

log = logging.getLogger(__name__)

SECONDS = 5.0
"""From one time that it is written to the next."""

CONNECTING_SECONDS = 1.0
"""From one look to the next while there is nothing to write."""


class Health(StrEnum):
    """How the bot is while it is connected."""

    WELL = "ok"
    TROUBLED = "degraded"
    """It answers, but the knowledge file has mistakes or the store cannot be used."""


async def keep_reporting(path: Path, health: Callable[[], Health | None], seconds: float = SECONDS) -> None:
    """Write the file every few seconds until this is cancelled; then take it away. None: not connected, not written."""
    trouble = ""
    try:
        while True:
            found = health()
            if found is not None:
                try:
                    await asyncio.to_thread(_write, path, found)
                    trouble = ""
                except OSError as error:
                    reason = error.strerror or str(error)
                    if reason != trouble:
                        log.error("the health file %s cannot be written: %s", path, reason)  # noqa: TRY400 - the reason is all there is to know
                    trouble = reason
            await asyncio.sleep(seconds if found is not None else min(seconds, CONNECTING_SECONDS))
    finally:
        _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _write(path: Path, health: Health) -> None:
    """Put the report in the file's place."""
    said = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "status": health.value, "pid": os.getpid()}
    with in_place_of(path) as (file, temporary):
        temporary.chmod(0o644)  # who looks at it may be somebody else
        file.write(json.dumps(said).encode() + b"\n")
