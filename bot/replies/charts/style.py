"""How charts look: sizes in pixels of the picture, colours as ``#rrggbb``.

Discord shows a picture on a phone about 350 points wide, so 1,000 pixels shrink to a third: a text of 30 pixels is read
like one of 10 points. Every picture brings its own dark card, which stands on Discord's dark and light themes alike.
"""

from __future__ import annotations

from typing import Final

WIDTH: Final = 1000
MARGIN: Final = 44
INNER: Final = WIDTH - 2 * MARGIN
RADIUS: Final = 28

HEADING: Final = 42
ABOUT: Final = 28
LABEL: Final = 29
NOTE: Final = 26
HUGE: Final = 110

LEADING: Final = 1.3
"""Height of a line by the size of its text."""

CARD: Final = "#23262e"
EDGE: Final = "#565b66"
GRID: Final = "#3d424d"
TEXT: Final = "#f5f6f8"
MUTED: Final = "#b9bec9"
BAR: Final = "#56b4e9"
STRONG: Final = "#f0c541"
"""What was asked for, among what it is compared with."""
REST: Final = "#6f7683"

SEGMENTS: Final = (BAR, "#f0c541", "#4cc9a0", "#e68a5c", "#d48fc0", "#9ab0ff")
"""Neighbours that people with any colour vision tell apart, after Okabe and Ito."""
