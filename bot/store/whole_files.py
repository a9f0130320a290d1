"""Files that others read at any time: they get all of the old one or all of the new one, never a half."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def in_place_of(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file beside another one, and where it is meanwhile; it takes its place if all goes well.

    Its name meanwhile is that of the other between a dot and ``.tmp``; only its owner may read it. Raises ``OSError``.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file, temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
