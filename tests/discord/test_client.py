"""Connecting to Discord, and starting the preview without it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
import sys
import urllib.request

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord.http import Route

from bot.client import connect, create_bot, run
from bot.languages import languages


@pytest.fixture
async def aiohttp_server():
    """Starts a web application on this machine."""
    async with contextlib.AsyncExitStack() as servers:
        yield lambda application: servers.enter_async_context(TestServer(application))


async def refuse(_request):
    return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)


async def test_a_token_that_discord_refuses_ends_it_with_one_clear_line(
    settings, conversation, capsys, monkeypatch, aiohttp_server
):
    application = web.Application()
    application.router.add_get("/{path:.*}", refuse)
    server = await aiohttp_server(application)
    monkeypatch.setattr(Route, "BASE", str(server.make_url("")).rstrip("/"))
    bot = create_bot(settings, conversation)
    assert await connect(bot, "not a token", asyncio.Event(), languages()["en"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "does not accept" in line
    assert "not a token" not in line


async def test_without_a_network_there_is_one_clear_line(settings, conversation, capsys, monkeypatch, unused_tcp_port):
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{unused_tcp_port}")
    bot = create_bot(settings, conversation)
    assert await connect(bot, "not a token", asyncio.Event(), languages()["en"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "cannot be reached" in line


def test_without_a_token_there_is_one_clear_line(settings, conversation, capsys):
    assert run(settings, conversation) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "DISCORD_TOKEN" in line


async def test_a_stop_while_connecting_ends_it_in_peace(settings, conversation):
    stop = asyncio.Event()
    stop.set()
    assert await connect(create_bot(settings, conversation), "not a token", stop, languages()["en"]) == 0


def address(process):
    """The address that the program prints."""
    said = b""
    for line in process.stdout:
        said += line
        if found := re.search(rb"http://\S+", line):
            return found[0].decode()
    raise AssertionError(said)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals that a program could catch")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_preview_serves_a_page_until_it_is_told_to_stop(start, number):
    with start() as program:
        try:
            with urllib.request.urlopen(address(program).partition("#")[0]) as page:
                assert page.status == 200
            program.send_signal(number)
            assert program.wait(timeout=60) == 0
            assert b"Traceback" not in program.stderr.read()
        finally:
            program.kill()
