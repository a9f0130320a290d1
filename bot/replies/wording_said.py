"""The two parts of an answer in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from knowledge.answer import Answer


class Said(NamedTuple):
    """The answer in a sentence or two, and what stands below it in lines."""

    headline: str
    details: tuple[str, ...] = ()


Speak = Callable[[Answer], Said]
"""Words an answer that another one was computed from."""
