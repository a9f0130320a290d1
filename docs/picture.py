# ruff: noqa: INP001 - a script beside the documents, not a package
"""Takes the picture of the README: somebody types a question into the preview, and the bot answers.

    python docs/picture.py "a question" [docs/preview.png]

It drives a headless Chromium by its DevTools protocol, so it needs a Chromium and nothing else beside the project.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.conversation import Conversation, prepare
from bot.preview import preview
from bot.settings import Settings, read_settings
from knowledge.loading import load

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
WIDTH, HEIGHT, SCALE = 960, 600, 2
PATIENCE = 60.0
"""Seconds that all of it may take."""

READY = "window.simcordPreview?.ready === true"
ANSWERED = f"{READY} && window.simcordPreview.lastAction?.settlement === 'settled'"
FOCUS = "document.querySelector('#channel-composer-input').focus()"
# A cursor would blink in some pictures and not in others.
BLUR = "document.activeElement.blur()"
HIDDEN = """(() => {
    const list = document.querySelector('#channel-timeline');
    return list.scrollHeight - list.clientHeight;
})()"""
# The channel, without the tools around it.
CHANNEL = """(() => {
    const box = document.querySelector('#preview-app').getBoundingClientRect();
    return {x: box.x, y: box.y, width: box.width, height: box.height, scale: 1};
})()"""
UNTIL = "new Promise((done) => {{ const look = () => {condition} ? done() : setTimeout(look, 50); look(); }})"


class Page:
    """A page of the browser, spoken to by the DevTools protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)

    async def call(self, method: str, **params: Any) -> Any:
        """Call a method; its result. Raises ``RuntimeError`` if the browser refuses."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            message = await self._socket.receive_json()
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    async def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return result["result"].get("value")

    async def until(self, condition: str) -> None:
        """Wait until a JavaScript expression is true."""
        async with asyncio.timeout(PATIENCE):
            await self.evaluate(UNTIL.format(condition=condition))

    async def resize(self, width: int, height: int) -> None:
        """Give the page a size, in pixels of the page."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=SCALE, mobile=False
        )

    async def type(self, text: str) -> None:
        """Type a text into what has the focus, and Enter."""
        await self.call("Input.insertText", text=text)
        for kind in ("keyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r"
            )


@contextlib.asynccontextmanager
async def browser_page() -> AsyncIterator[Page]:
    """A page of a new headless browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit(f"No browser found; looked for {', '.join(BROWSERS)}.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            browser,
            *FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
                port = await _debugging_port(process)
                async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    targets = json.loads(await answer.text())
                address = next(target["webSocketDebuggerUrl"] for target in targets if target["type"] == "page")
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    yield Page(socket)
        finally:
            process.terminate()
            await process.wait()


async def _debugging_port(process: asyncio.subprocess.Process) -> int:
    said = b""
    async for line in process.stderr or ():
        if found := re.search(rb"DevTools listening on ws://[^:]+:(\d+)/", line):
            return int(found[1])
        said += line
    raise RuntimeError(said.decode(errors="replace"))


def apart() -> Settings:
    """The settings, with a store that is nobody's: what is asked for a picture is no question of a person."""
    return read_settings().model_copy(update={"store_file": Path(tempfile.mkdtemp()) / "werkbot.sqlite3"})


async def take(question: str) -> bytes:
    """Ask the question in the preview, as a person at the keyboard does; a picture of the channel, as PNG."""
    conversation = Conversation(prepare(load(None)))
    async with preview(apart(), conversation) as shown, browser_page() as page:
        await page.resize(WIDTH, HEIGHT)
        await page.call("Page.navigate", url=shown.url)
        await page.until(READY)
        await page.evaluate(FOCUS)
        await page.type(question)
        await page.until(ANSWERED)
        await page.evaluate(BLUR)
        # All of the conversation, from the welcome to the answer.
        await page.resize(WIDTH, HEIGHT + await page.evaluate(HIDDEN))
        await page.until(f"{READY} && {HIDDEN} === 0")
        picture = await page.call("Page.captureScreenshot", format="png", clip=await page.evaluate(CHANNEL))
    return base64.b64decode(picture["data"])


def main(arguments: list[str]) -> None:
    """The command line: the question, and where to write the picture."""
    if not 1 <= len(arguments) <= 2:
        raise SystemExit(__doc__)
    path = Path(arguments[1]) if len(arguments) == 2 else Path(__file__).with_name("preview.png")
    path.write_bytes(asyncio.run(take(arguments[0])))
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
