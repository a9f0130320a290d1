"""How charts look: sizes in pixels of the picture, colours as ``#rrggbb``.

In an embed on a phone a picture is about 285 points wide, so 1,000 pixels shrink to less than a third: a text of 36
pixels is read like one of 10 points. Every picture brings its own dark card, which stands on Discord's dark and light
themes alike.
"""

from __future__ import annotations

from typing import Final

WIDTH: Final = 1000
MARGIN: Final = 40
INNER: Final = WIDTH - 2 * MARGIN
RADIUS: Final = 28

HEADING: Final = 50
ABOUT: Final = 34
LABEL: Final = 36
NOTE: Final = 32
HUGE: Final = 130

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
