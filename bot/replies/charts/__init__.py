"""Charts: pictures of answers, where people would rather look than read.

chart_for(answer)                          which picture suits an answer, if one does
draw(kind, relations, query, language)     the picture: PNG, alt text, file name; takes long, call it in a thread
ChartCache().chart(...)                    the same from a coroutine, each picture drawn once
"""

from __future__ import annotations

from bot.replies.charts.cache import ChartCache
from bot.replies.charts.chart import Chart, ChartKind
from bot.replies.charts.choosing import chart_for
from bot.replies.charts.drawing import draw

__all__ = ["Chart", "ChartCache", "ChartKind", "chart_for", "draw"]
