"""The knowledge file on the disk: read whole, replaced whole or not at all, by one process at a time.

The library for atomic writing, atomicwrites, is archived, and others leave out the sync of the folder.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from bot.stewardship.obstacles import Obstacle, ObstacleError
from bot.store.versions import digest
from bot.store.whole_files import in_place_of
from knowledge.loading import load, parse
from knowledge.reading import MAXIMUM_BYTES
from knowledge.snapshot import Snapshot

LOCK_SECONDS = 10.0
"""Writing takes a moment. Who waits for longer waits for a process that hangs."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """No other process changes the file meanwhile. Raises ``ObstacleError``, and ``OSError`` where no lock can be."""
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path.parent)  # which FileLock would make
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise ObstacleError(Obstacle.BUSY) from None
    with ExitStack() as stack:
        stack.callback(lock.release)
        _leave_to_owner(Path(lock.lock_file), path.parent)
        yield


def contents(path: Path) -> bytes | None:
    """The bytes of the file; none if there is no file. Raises ``ObstacleError`` for what could not be kept."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAXIMUM_BYTES:
            raise ObstacleError(Obstacle.UNKEEPABLE, file=path)
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ObstacleError(Obstacle.UNKEEPABLE, file=path) from error


def read(path: Path) -> tuple[bytes, Snapshot]:
    """The bytes of the file and what they say. Raises ``KnowledgeError``, and ``ObstacleError`` as ``contents``."""
    snapshot = load(path)
    data = contents(path)
    if data is None:
        return read(path)
    # An editor may have saved between the two.
    return data, snapshot if digest(data) == snapshot.sha256 else parse(data, str(path))


def replace(path: Path, data: bytes) -> None:
    """Put the bytes in the file's place: whoever reads it, at any time, gets all of the old or all of the new ones.

    When this returns, they are there after a power failure too. Raises ``OSError``.
    """
    with in_place_of(path) as (file, temporary):
        file.write(data)
        file.flush()
        _keep_access(path, temporary)
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def sweep(path: Path) -> None:
    """Take away what a process left that was killed while it wrote. Only for who holds the lock."""
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        with suppress(OSError):
            left.unlink()


def _keep_access(path: Path, temporary: Path) -> None:
    """Let the same people read and write the new file as the old one."""
    try:
        found = path.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(temporary, found.st_uid, found.st_gid)
    temporary.chmod(stat.S_IMODE(found.st_mode))


def _leave_to_owner(lock: Path, folder: Path) -> None:
    """Let who owns the folder use the lock after root has: one that root made would keep the bot from its own file."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        owner = folder.stat()
        os.chown(lock, owner.st_uid, owner.st_gid)


def _sync_folder(folder: Path) -> None:
    """Make the new name last. Windows neither needs nor allows that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
