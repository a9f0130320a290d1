"""What keeps a change from being made, though the file itself has no mistakes."""

from __future__ import annotations

from enum import StrEnum


class Obstacle(StrEnum):
    """Why it cannot be done. Each language has a sentence for every one."""

    NO_FILE = "no_file"
    """The bot answers from the facts that ship, which are part of the program."""
    SAME = "same"
    MOVED = "moved"
    """The file on the disk is another one than when the change was shown."""
    RELOAD_FIRST = "reload_first"
    """The file on the disk was edited and is fine, but the bot does not answer from it yet."""
    BUSY = "busy"
    """Another process is changing the file."""
    UNKEEPABLE = "unkeepable"
    """What is in the file's place could not be kept for later: too large, or no file."""
    UNWRITABLE = "unwritable"
    STORE = "store"
    NOT_KEPT = "not_kept"
    """The file was edited since it was read, and the store did not keep it as it was."""
    NO_VERSION = "no_version"
    EXPIRED = "expired"
    GONE = "gone"
    """The proposal was carried out, taken back or forgotten."""
    STRANGER = "stranger"


class ObstacleError(Exception):
    """A change that is not made; ``values`` are those of its sentence."""

    def __init__(self, obstacle: Obstacle, **values: object) -> None:
        super().__init__(f"{obstacle.value} {values or ''}".strip())
        self.obstacle = obstacle
        self.values = values
