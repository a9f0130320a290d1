"""What a chart is: a picture, and the words for who does not see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChartKind(StrEnum):
    """The kinds of picture."""

    TIMELINE = "timeline"
    """Production periods of models, one bar each."""
    QUANTITIES = "quantities"
    """Quantities of models, or of the sides of a comparison, one bar each."""
    MILESTONES = "milestones"
    """The milestones' numbers over their dates, as a line."""
    SHARE = "share"
    """A part of the whole."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture ready to be sent. ``alt`` says the same in a sentence or two, without markdown."""

    png: bytes
    alt: str
    filename: str
