# ruff: noqa: INP001 - a script beside the documents, not a package
"""Takes a picture of each kind of reply, as wide as a phone, and writes the page that shows them.

    python docs/gallery.py [name of a picture ...]

What is asked stands in docs/gallery.yaml. A change of the bot can then be looked at in what it says: all pictures go
to docs/gallery/, the page is docs/gallery.md. It drives the preview, as a person in the channel does.
"""

from __future__ import annotations

import asyncio
import base64
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from picture import READY, Page, apart, browser_page
from PIL import Image
from simcord import SetupError

from bot.conversation import Conversation, Prepared, prepare
from bot.languages import languages
from bot.preview import preview
from knowledge.loading import load

FOLDER = Path(__file__).parent
SCENES = FOLDER / "gallery.yaml"
PICTURES = FOLDER / "gallery"
PAGE = FOLDER / "gallery.md"

HEIGHT = 900
MARGIN = 12
COLOURS = 192

# Times would be others in every picture, and tools are not part of the conversation.
UNDRESS = """document.querySelectorAll('.message-time, .message-context-actions').forEach((part) => part.remove())"""
HIDDEN = """(() => {
    const list = document.querySelector('#channel-timeline');
    return list.scrollHeight - list.clientHeight;
})()"""
# A picture is put into its message when it is there, so there may be none yet to wait for.
LOADED = """(() => {
    const images = [...document.querySelectorAll('#channel-message-list img')];
    return !document.querySelector('[aria-busy="true"]') && images.every((image) => image.naturalWidth > 0);
})()"""
# From the first message of the scene to the last one; what was said before is left out.
PLACE = """((before) => {{
    const messages = [...document.querySelectorAll('#channel-message-list [data-message-id]')];
    const boxes = messages.filter((m) => !before.includes(m.dataset.messageId)).map((m) => m.getBoundingClientRect());
    return {{top: Math.min(...boxes.map((b) => b.top)), bottom: Math.max(...boxes.map((b) => b.bottom))}};
}})({before})"""

Scene = Mapping[str, Any]


async def take(scene: Scene, language: str, width: int, prepared: Prepared) -> bytes:
    """Play a scene in the preview; a picture of what was said, as PNG."""
    settings = apart().model_copy(update={"language": language})
    conversation = Conversation(prepared)
    async with preview(settings, conversation) as shown, browser_page() as page:
        before = [str(message.id) for message in shown.channel.history()]
        stage = Stage(shown, language)
        for step in scene["steps"]:
            await stage.play(step)
        await page.resize(width, HEIGHT)
        await page.call("Page.navigate", url=shown.url)
        await page.until(f"{READY} && {LOADED}")
        return await _cut_out(page, width, before)


async def _cut_out(page: Page, width: int, before: Sequence[str]) -> bytes:
    """The messages of the scene, all of which have to be in sight."""
    height = HEIGHT
    while hidden := await page.evaluate(HIDDEN):
        height += hidden
        await page.resize(width, height)
        await page.until(f"{READY} && {LOADED}")
    await page.evaluate(UNDRESS)
    place = await page.evaluate(PLACE.format(before=list(before)))
    tall = place["bottom"] - place["top"] + MARGIN
    clip = {"x": 0, "y": place["top"] - MARGIN, "width": width, "height": tall, "scale": 1}
    picture = await page.call("Page.captureScreenshot", format="png", clip=clip)
    return base64.b64decode(picture["data"])


class Stage:
    """The channel in which a scene is played, by the person who looks at it."""

    def __init__(self, shown: Any, language: str) -> None:
        self._channel = shown.channel
        self._viewer = shown.viewers[0]
        self._private: list[Any] = []
        shown.env.backend.subscribers.insert(0, self._speak)
        self._language = language
        self._locale = {"en": "en-US"}.get(language, language)

    def _speak(self, event: str, payload: dict[str, Any]) -> None:
        """Everybody's Discord speaks the language of the scene."""
        if event == "INTERACTION_CREATE":
            payload["locale"] = self._locale

    async def play(self, step: Mapping[str, Any]) -> None:
        """Do one thing that a person does."""
        match step:
            case {"say": str() as question}:
                await self._viewer.send(self._channel, question)
            case {"command": str() as name, **options}:
                self._keep(await self._viewer.slash(self._channel, name, **options))
            case {"press": str() as key}:
                self._keep(await self._press(key))
            case _:
                raise SystemExit(f"{SCENES}: this is no step: {step}")

    def _keep(self, result: Any) -> None:
        self._private += [message for message in (result.response, *result.followups) if message is not None]

    def _messages(self) -> Iterator[Any]:
        """The latest first."""
        said = {message.id: message for message in (*self._channel.history(), *self._private)}
        return iter(sorted(said.values(), key=lambda message: -message.id))

    async def _press(self, key: str) -> Any:
        label = languages()[self._language].say(f"discord.button.{key}")
        for message in self._messages():
            try:
                return await self._viewer.click(message, label=label)
            except SetupError:
                continue
        raise SystemExit(f"{SCENES}: nothing here has the button {label!r}")


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


def _save(png: bytes, path: Path) -> None:
    """A third of the size, by a palette: flat areas and text need no more colours."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


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
            _save(await take(scene, language, width, prepared), path)
            sys.stdout.write(f"{path.relative_to(FOLDER.parent)}\n")
    PAGE.write_text(page_of(described, width), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
