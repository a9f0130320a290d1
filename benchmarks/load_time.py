"""How long it takes until a knowledge file can be asked about: reading and validating it, compiling its vocabulary."""

from __future__ import annotations

from functools import partial

from shared.generated import SIZES, text
from shared.measuring import machine, shown, table, timed

from bot.conversation import prepare
from knowledge.loading import parse

RUNS = 3


def main() -> None:
    """Load files of all sizes; of several runs the fastest counts, since nothing can make it faster than it is."""
    rows = []
    for size in SIZES:
        data = text(size).encode()
        loading = min(timed(partial(parse, data, "generated")) for _ in range(RUNS))
        facts = parse(data, "generated")
        preparing = min(timed(partial(prepare, facts)) for _ in range(RUNS))
        rows.append(
            (f"{size:,}", f"{len(data) / 1e6:.2f} MB", shown(loading), shown(preparing), shown(loading + preparing))
        )
    machine()
    table(("models", "size", "load and validate", "prepare", "together"), rows)


if __name__ == "__main__":
    main()
