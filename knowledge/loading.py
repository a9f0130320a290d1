"""Loading a knowledge file: a whole snapshot, or every error that the file has."""

from __future__ import annotations

import gc
import hashlib
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from knowledge.checks import check, doubts
from knowledge.document import Report, TooManyProblemsError
from knowledge.problems import Kind, KnowledgeError, Problem
from knowledge.reading import MAXIMUM_BYTES, read
from knowledge.rows import Rows
from knowledge.snapshot import Snapshot
from knowledge.validation import validate

BUILT_IN = "built in"
"""The origin of the facts that ship."""


def load(path: Path | None = None) -> Snapshot:
    """The snapshot of the file at ``path``, or of the facts that ship with the program.

    Raises ``KnowledgeError`` with all of the file's problems.
    """
    if path is None:
        return parse(shipped(), BUILT_IN)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _file_problem(Kind.NOT_A_FILE)
        with path.open("rb") as file:
            data = file.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError as error:
        raise _file_problem(Kind.FILE_MISSING) from error
    except PermissionError as error:
        raise _file_problem(Kind.NO_PERMISSION) from error
    except (OSError, ValueError) as error:  # a ValueError: the name itself is impossible, holding a NUL
        raise _file_problem(Kind.FILE_UNREADABLE, detail=str(getattr(error, "strerror", None) or error)) from error
    return parse(data, str(path))


def shipped() -> bytes:
    """The file of the facts that ship with the program."""
    (file,) = (file for file in (files("knowledge") / "data").iterdir() if file.name.endswith(".yaml"))
    return file.read_bytes()


def parse(data: bytes, origin: str) -> Snapshot:
    """The snapshot of a file's bytes. Raises ``KnowledgeError`` with all problems in the order of the file."""
    with without_collector():
        return _parsed(data, origin)


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep Python's collector from looking for garbage. A tree that grows has none, and looking through all of it again
    and again takes a third of the time, in steps during which no other thread runs."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parsed(data: bytes, origin: str) -> Snapshot:
    root, report = read(data)
    if root is None:
        raise KnowledgeError(report.sorted())
    knowledge = None
    with suppress(TooManyProblemsError):
        knowledge = validate(root, report)
    rows = Rows(root)  # as the validation left it: numbers turned into text where text is wanted
    with suppress(TooManyProblemsError):
        check(root, rows, report)
    if knowledge is None or report.problems:
        raise KnowledgeError(report.sorted())
    warnings = Report(root)
    with suppress(TooManyProblemsError):
        doubts(rows, knowledge, warnings)
    return Snapshot(knowledge, origin, hashlib.sha256(data).hexdigest(), datetime.now(UTC), warnings.sorted())


def _file_problem(kind: Kind, **values: str | int) -> KnowledgeError:
    return KnowledgeError((Problem(kind, values=tuple(values.items())),))
