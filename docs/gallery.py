# ruff: noqa: INP001 - a script beside the documents, not a package
"""Takes a picture of each kind of reply, as wide as a phone, and writes the page that shows them.

    python docs/gallery.py [name of a picture ...]

What is asked stands in docs/gallery.yaml. A change of the bot can then be looked at in what it says: all pictures go
to docs/gallery/, the page is docs/gallery.md. It drives the preview, as a person in the channel does.
"""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from picture import READY, Page, browser_page
from simcord import SetupError

from bot.conversation import Conversation, Prepared, prepare
from bot.preview import preview
from bot.settings import read_settings
from knowledge.loading import load

FOLDER = Path(__file__).parent
SCENES = FOLDER / "gallery.yaml"
PICTURES = FOLDER / "gallery"
PAGE = FOLDER / "gallery.md"

HEIGHT = 900
MARGIN = 12

# Times would be others in every picture, and tools are not part of the conversation.
UNDRESS = """document.querySelectorAll('.message-time, .message-context-actions').forEach((part) => part.remove())"""
# What was said before is left out; everything that was said since has to be in sight.
LEAVE_OUT = """(() => {{
    const before = {before};
    for (const message of document.querySelectorAll('#channel-message-list > *'))
        if (!message.dataset.messageId || before.includes(message.dataset.messageId)) message.remove();
}})()"""
HIDDEN = """(() => {
    const list = document.querySelector('#channel-timeline');
    return list.scrollHeight - list.clientHeight;
})()"""
LOADED = "[...document.images].every((image) => image.complete && image.naturalWidth > 0)"
PLACE = """(() => {
    const boxes = [...document.querySelectorAll('#channel-message-list > *')].map((m) => m.getBoundingClientRect());
    return {top: Math.min(...boxes.map((b) => b.top)), bottom: Math.max(...boxes.map((b) => b.bottom))};
})()"""

Scene = Mapping[str, Any]


async def take(scene: Scene, language: str, width: int, prepared: Prepared) -> bytes:
    """Play a scene in the preview; a picture of what was said, as PNG."""
    settings = read_settings().model_copy(update={"language": language})
    async with preview(settings, Conversation(prepared)) as shown, browser_page() as page:
        before = [str(message.id) for message in shown.channel.history()]
        stage = Stage(shown, language)
        for step in scene["steps"]:
            await stage.play(step)
        if scene.get("show") == "last":
            before += stage.earlier
        await page.resize(width, HEIGHT)
        await page.call("Page.navigate", url=shown.url)
        await page.until(READY)
        await page.evaluate(UNDRESS)
        await page.evaluate(LEAVE_OUT.format(before=before))
        await page.until(LOADED)
        return await _cut_out(page, width)


async def _cut_out(page: Page, width: int) -> bytes:
    await page.resize(width, HEIGHT + max(0, await page.evaluate(HIDDEN)))
    await page.until(f"{HIDDEN} <= 0 && {LOADED}")
    place = await page.evaluate(PLACE)
    height = place["bottom"] - place["top"] + 2 * MARGIN
    clip = {"x": 0, "y": place["top"] - MARGIN, "width": width, "height": height, "scale": 1}
    picture = await page.call("Page.captureScreenshot", format="png", clip=clip)
    return base64.b64decode(picture["data"])


class Stage:
    """The channel in which a scene is played, by the person who looks at it."""

    def __init__(self, shown: Any, language: str) -> None:
        self._channel = shown.channel
        self._viewer = shown.viewers[0]
        self._private: list[Any] = []
        self.earlier: list[str] = []
        shown.env.backend.subscribers.insert(0, self._speak)
        self._locale = {"en": "en-US"}.get(language, language)

    def _speak(self, event: str, payload: dict[str, Any]) -> None:
        """Everybody's Discord speaks the language of the scene."""
        if event == "INTERACTION_CREATE":
            payload["locale"] = self._locale

    async def play(self, step: Mapping[str, Any]) -> None:
        """Do one thing that a person does."""
        self.earlier = [str(message.id) for message in self._messages()]
        match step:
            case {"say": str() as question}:
                await self._viewer.send(self._channel, question)
            case {"command": str() as name, **options}:
                self._keep(await self._viewer.slash(self._channel, name, **options))
            case {"press": str() as label}:
                self._keep(await self._press(label))
            case _:
                raise SystemExit(f"{SCENES}: this is no step: {step}")

    def _keep(self, result: Any) -> None:
        self._private += [message for message in (result.response, *result.followups) if message is not None]

    def _messages(self) -> Iterator[Any]:
        """The latest first."""
        said = {message.id: message for message in (*self._channel.history(), *self._private)}
        return iter(sorted(said.values(), key=lambda message: -message.id))

    async def _press(self, label: str) -> Any:
        for message in self._messages():
            try:
                return await self._viewer.click(message, label=label)
            except SetupError:
                continue
        raise SystemExit(f"{SCENES}: nothing here has a button {label!r}")


def page_of(scenes: Mapping[str, Sequence[Scene]], width: int) -> str:
    """The page that shows all pictures."""
    lines = ["# Replies as they look", "", "Taken by `make gallery` from the preview, as wide as a phone.", ""]
    for language, of_language in scenes.items():
        lines += [f"## {NAMES.get(language, language)}", ""]
        for scene in of_language:
            lines += [f"### {scene['title']}", "", *_asked(scene)]
            source = f"gallery/{language}-{scene['file']}.png"
            lines += [f'<img src="{source}" width="{width}" alt="{scene["title"]}">', ""]
    return "\n".join(lines)


NAMES = {"en": "English", "de": "German"}


def _asked(scene: Scene) -> Iterator[str]:
    said = []
    for step in scene["steps"]:
        match step:
            case {"say": question}:
                said.append(f"“{question}”")
            case {"command": name, **options}:
                said.append("`" + " ".join([f"/{name}", *(f"{key}: {value}" for key, value in options.items())]) + "`")
            case {"press": label}:
                said.append(f"*{label}*")
    yield " → ".join(said)
    yield ""


async def main(chosen: Sequence[str]) -> None:
    """Take the pictures, all of them or those that are named."""
    described = yaml.safe_load(SCENES.read_text(encoding="utf-8"))
    width = described.pop("width")
    prepared = prepare(load(None))
    PICTURES.mkdir(exist_ok=True)
    for language, scenes in described.items():
        for scene in scenes:
            name = f"{language}-{scene['file']}"
            if chosen and name not in chosen:
                continue
            path = PICTURES / f"{name}.png"
            path.write_bytes(await take(scene, language, width, prepared))
            sys.stdout.write(f"{path.relative_to(FOLDER.parent)}\n")
    PAGE.write_text(page_of(described, width), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
