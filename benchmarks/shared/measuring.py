"""Times, and how they are shown."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Sequence
from time import perf_counter_ns

MICRO, MILLI, SECOND = 1_000, 1_000_000, 1_000_000_000


def timed(work: Callable[[], object]) -> int:
    """How long it takes. Nanoseconds."""
    start = perf_counter_ns()
    work()
    return perf_counter_ns() - start


def median(times: Sequence[int]) -> float:
    """The middle one. Nanoseconds."""
    return statistics.median(times)


def p99(times: Sequence[int]) -> float:
    """What 99 of a hundred do not exceed. Nanoseconds."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]


def shown(nanoseconds: float) -> str:
    """A time with the unit that suits it."""
    if nanoseconds < MILLI:
        return f"{nanoseconds / MICRO:.0f} µs"
    return f"{nanoseconds / MILLI:.2f} ms" if nanoseconds < SECOND else f"{nanoseconds / SECOND:.2f} s"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their headings, the first column to the left."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        cells = [
            f"{cell:<{width}}" if not place else f"{cell:>{width}}"
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells))


def machine() -> None:
    """Print what else the machine is doing, since it changes every figure."""
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f}")
