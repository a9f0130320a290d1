"""A snapshot: one knowledge file as it was loaded, whole and immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from knowledge.problems import Problem
from knowledge.schema import Knowledge


@dataclass(frozen=True)
class Snapshot:
    """The facts of one file, where they came from, and what was doubtful about them."""

    knowledge: Knowledge
    origin: str
    """The file's name as it was given, or ``built in``."""
    sha256: str
    """The digest of the file's bytes, in hexadecimal."""
    loaded_at: datetime
    """When it was loaded, in UTC."""
    warnings: tuple[Problem, ...] = ()
