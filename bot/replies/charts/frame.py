"""What every chart has around its picture: what it shows above, what is to be noted below."""

from __future__ import annotations

from collections.abc import Callable

from bot.replies.charts import style
from bot.replies.charts.canvas import Canvas, paint
from bot.replies.charts.subject import Caption

LINES = 2
"""Lines of what a picture is about, and of each note."""

Body = Callable[[Canvas, float], float]
"""Paints from a height down; gives where it ended."""


def framed(caption: Caption, body: Body) -> bytes:
    """The picture with its words, as PNG."""

    def painting(canvas: Canvas) -> float:
        y = body(canvas, _head(canvas, caption))
        return _foot(canvas, caption, y) + style.MARGIN * 0.8

    return paint(painting)


def _head(canvas: Canvas, caption: Caption) -> float:
    y = style.MARGIN * 0.9
    canvas.text(style.MARGIN, y, caption.heading, size=style.HEADING, strong=True, room=style.INNER)
    y += style.HEADING * style.LEADING
    for line in canvas.lines(caption.about, style.INNER, LINES, style.ABOUT):
        canvas.text(style.MARGIN, y, line, size=style.ABOUT, colour=style.MUTED)
        y += style.ABOUT * style.LEADING
    return y + 24


def _foot(canvas: Canvas, caption: Caption, y: float) -> float:
    y += 6
    for note in (*caption.notes, caption.as_of):
        for line in canvas.lines(note, style.INNER, LINES, style.NOTE):
            canvas.text(style.MARGIN, y, line, size=style.NOTE, colour=style.MUTED)
            y += style.NOTE * style.LEADING
    return y
