"""A card to paint on, in pixels from its upper left corner; the only module that knows matplotlib."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from bot.replies.charts import style
from bot.replies.charts.subject import visible

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

Align = Literal["left", "center", "right"]

DOTS = 72
"""An inch."""

ELLIPSIS = "…"
UNSHOWN = "\N{WHITE SQUARE}"
"""Stands for a sign that the font does not have."""

_PAINTING = Lock()
"""matplotlib asks for its artists to be used by one thread at a time."""


def paint(painting: Callable[[Canvas], float]) -> bytes:
    """A card as PNG. ``painting`` paints it and gives its height; one thread paints at a time."""
    with _PAINTING:
        canvas = Canvas()
        return canvas.png(painting(canvas))


class Canvas:
    """A card of ``style.WIDTH``, as high as it turns out to be. Not to be shared between threads."""

    def __init__(self) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        # At 72 dots per inch a point, in which matplotlib counts, is a pixel.
        self._figure = Figure(figsize=(style.WIDTH / DOTS, 1), dpi=DOTS)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = style.LABEL,
        colour: str = style.TEXT,
        align: Align = "left",
        strong: bool = False,
        room: float | None = None,
    ) -> None:
        """One line of text with its top at ``y``, shortened to the room there is."""
        shown = printable(text)
        if room is not None:
            shown = self.shortened(shown, room, size, strong=strong)
        # Never as a formula: a name of the file may have a dollar sign in it.
        self._axes.text(
            x,
            y + size * 0.95,
            shown,
            fontproperties=_font(size, strong=strong),
            color=colour,
            ha=align,
            va="baseline",
            parse_math=False,
        )

    def width(self, text: str, size: float = style.LABEL, *, strong: bool = False) -> float:
        """How wide a line of text is."""
        from matplotlib.textpath import text_to_path

        shown = printable(text)
        if not shown:
            return 0.0
        return float(text_to_path.get_text_width_height_descent(shown, _font(size, strong=strong), ismath=False)[0])

    def shortened(self, text: str, room: float, size: float = style.LABEL, *, strong: bool = False) -> str:
        """The text, or as much of its beginning as has room, with an ellipsis."""
        if self.width(text, size, strong=strong) <= room:
            return text
        fits, too_long = 0, len(text)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self.width(text[:middle].rstrip() + ELLIPSIS, size, strong=strong) <= room:
                fits = middle
            else:
                too_long = middle
        return text[:fits].rstrip() + ELLIPSIS

    def lines(self, text: str, room: float, most: int, size: float, *, strong: bool = False) -> list[str]:
        """The text broken between words into at most so many lines, the last one shortened."""
        lines: list[str] = []
        words = printable(text).split()
        while words and len(lines) < most - 1:
            count = 1
            while count < len(words) and self.width(" ".join(words[: count + 1]), size, strong=strong) <= room:
                count += 1
            lines.append(self.shortened(" ".join(words[:count]), room, size, strong=strong))
            del words[:count]
        return [*lines, self.shortened(" ".join(words), room, size, strong=strong)] if words else lines

    def bar(self, left: float, top: float, width: float, height: float, colour: str, opacity: float = 1) -> None:
        """A filled box."""
        from matplotlib.patches import Rectangle

        box = Rectangle((left, top), width, height, facecolor=colour, edgecolor="none", alpha=opacity)
        self._axes.add_patch(box)

    def shape(self, corners: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled polygon."""
        from matplotlib.patches import Polygon

        self._axes.add_patch(Polygon(list(corners), closed=True, facecolor=colour, edgecolor="none"))

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float = 5) -> None:
        """A line through points."""
        xs, ys = zip(*points, strict=True)
        self._axes.plot(xs, ys, color=colour, linewidth=width, solid_capstyle="round", solid_joinstyle="round")

    def rule(self, start: tuple[float, float], end: tuple[float, float], colour: str = style.GRID) -> None:
        """A thin line behind everything else."""
        (x, y), (other_x, other_y) = start, end
        self._axes.plot([x, other_x], [y, other_y], color=colour, linewidth=2, zorder=0.5)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle with a rim in the card's colour."""
        from matplotlib.patches import Circle

        circle = Circle((x, y), radius, facecolor=colour, edgecolor=style.CARD, linewidth=3, zorder=3)
        self._axes.add_patch(circle)

    def png(self, height: float) -> bytes:
        """The picture, cut at a height, on its card."""
        from matplotlib.patches import FancyBboxPatch

        height = round(height)
        card = FancyBboxPatch(
            (1.5, 1.5),
            style.WIDTH - 3,
            height - 3,
            boxstyle=f"round,pad=0,rounding_size={style.RADIUS}",
            facecolor=style.CARD,
            edgecolor=style.EDGE,
            linewidth=3,
            zorder=0,
        )
        self._axes.add_patch(card)
        self._axes.set_xlim(0, style.WIDTH)
        self._axes.set_ylim(height, 0)
        self._figure.set_size_inches(style.WIDTH / DOTS, height / DOTS)
        file = io.BytesIO()
        self._figure.savefig(file, format="png", dpi=DOTS, facecolor="none", metadata={"Software": None})
        return file.getvalue()


def ticks(least: float, most: float, count: int, *, whole: bool = True) -> list[float]:
    """About so many round numbers between two."""
    from matplotlib.ticker import MaxNLocator

    values = MaxNLocator(nbins=count, integer=whole, steps=[1, 2, 5, 10]).tick_values(least, most)
    return [float(value) for value in values if least <= value <= most]


def printable(text: str) -> str:
    """The text in one line, with nothing invisible in it and with a box for what the font does not have."""
    known = _signs()
    return "".join(sign if ord(sign) in known else UNSHOWN for sign in visible(text))


@cache
def _font(size: float, *, strong: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(_file(strong=strong)), size=size)


def _file(*, strong: bool) -> Path:
    """The font that comes with matplotlib: the same picture on every machine."""
    from matplotlib import get_data_path

    return Path(get_data_path(), "fonts", "ttf", "DejaVuSans-Bold.ttf" if strong else "DejaVuSans.ttf")


@cache
def _signs() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    plain, bold = (FT2Font(str(_file(strong=strong))).get_charmap() for strong in (False, True))
    return frozenset(plain) & frozenset(bold)
