"""The health file: fresh while the bot is connected and well, gone when it has ended."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest
import simcord
from watchfiles import awatch

from bot.client import create_bot
from bot.health import Health, keep_reporting

pytestmark = pytest.mark.simcord(shard_count=1)


async def written(path):
    """What the file says, as soon as it is there."""
    async with asyncio.timeout(60):
        async for _ in awatch(path.parent, watch_filter=None, rust_timeout=200, yield_on_timeout=True):
            if path.exists():
                break
        return json.loads(path.read_text("utf-8"))


async def test_a_connected_bot_says_that_it_is_well_until_it_is_closed(settings, conversation, tmp_path):
    path = tmp_path / "health.json"
    before = datetime.now(UTC).replace(microsecond=0)
    bot = create_bot(settings.model_copy(update={"health_file": path}), conversation)
    async with simcord.run(bot, shard_count=1):
        said = await written(path)
        assert said["status"] == "ok"
        assert datetime.fromisoformat(said["time"]) >= before
    assert [found.name for found in tmp_path.iterdir() if "health" in found.name] == []


async def test_a_bot_that_is_not_connected_says_nothing(settings, conversation):
    assert create_bot(settings, conversation)._health() is None


async def test_a_file_with_mistakes_is_said(place, knowledge_file):
    knowledge_file.write_bytes(b"plant: soon")
    ann = frozenset({place.ann.id})
    place.bot.settings = place.bot.settings.model_copy(update={"administrators": ann})
    await place.ann.slash(place.channel, "knowledge reload")
    assert place.bot._health() is Health.TROUBLED


async def test_a_folder_that_is_not_there_is_logged_and_harms_nobody(tmp_path, caplog):
    asked = asyncio.Event()
    looks = iter([Health.WELL, Health.WELL, None])

    def health():
        found = next(looks, None)
        if found is None:
            asked.set()
        return found

    reporting = asyncio.create_task(keep_reporting(tmp_path / "no" / "health", health, seconds=0))
    await asyncio.wait_for(asked.wait(), 60)
    reporting.cancel()
    await asyncio.gather(reporting, return_exceptions=True)
    assert caplog.text.count("cannot be written") == 1
