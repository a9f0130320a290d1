"""Pictures that were drawn before: the same one is drawn once."""

from __future__ import annotations

import asyncio

from cachetools import LRUCache

from bot.languages import Language
from bot.replies.charts.chart import Chart, ChartKind
from bot.replies.charts.drawing import draw
from knowledge.query import Query
from knowledge.relations import Relations

LIMIT = 64
"""Pictures that are kept, of some 100 KB each."""

_Key = tuple[str, ChartKind, Query | None, str]


class ChartCache:
    """The latest pictures. Belongs to one event loop; drawing happens in a thread beside it.

    What is kept is the future of a picture, so who asks while it is being drawn waits for the same one.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._drawn: LRUCache[_Key, asyncio.Future[Chart]] = LRUCache(limit)

    async def chart(
        self, kind: ChartKind, sha256: str, relations: Relations, query: Query | None, language: Language
    ) -> Chart:
        """The picture, from before or drawn now. ``sha256`` is the digest of the snapshot that ``relations`` are of.

        Raises what ``draw`` raises; a failure is not kept.
        """
        key = (sha256, kind, query, language.code)
        drawing = self._drawn.get(key)
        if drawing is None:
            loop = asyncio.get_running_loop()
            drawing = loop.run_in_executor(None, draw, kind, relations, query, language)
            self._drawn[key] = drawing
        try:
            # Who gives up waiting must not take the picture from the others.
            return await asyncio.shield(drawing)
        except asyncio.CancelledError:
            raise
        except BaseException:
            if self._drawn.get(key) is drawing:
                del self._drawn[key]
            raise

    def clear(self) -> None:
        """Forget all pictures: the facts are others now. Who waits for one still gets it."""
        self._drawn.clear()
