"""Files with any number of rows, and with names that are hard to show."""

from __future__ import annotations

from knowledge.relations import Relations
from knowledge.schema import Knowledge, Milestone, Model, PartialDate, Plant, Production, Source

HOSTILE = (
    r"$\frac{1}{0}$",
    "$",
    "_^{x",
    "two\n\nlines \N{RIGHT-TO-LEFT OVERRIDE}back",
    "\N{CJK UNIFIED IDEOGRAPH-65E5}\N{AUTOMOBILE}",
    "W" * 200,
    "**bold** @everyone",
)
"""Names that a plotting library, a reader or Discord could stumble over."""


def invent(
    models: int = 0, milestones: int = 0, names: tuple[str, ...] = ("Type",), *, known: bool = True
) -> Relations:
    """So many rows: the first is the oldest, and the fewest were made of it; ``known`` false leaves both out."""
    rows = (
        Model(
            name=names[index % len(names)],
            code=f"T{index}",
            production=Production(start=PartialDate(1900 + index % 100), end=PartialDate(1910 + index % 100))
            if known
            else Production(),
            quantity=100 + index if known else None,
        )
        for index in range(models)
    )
    round_numbers = (
        Milestone(
            number=1000 * (index + 1),
            date=PartialDate(1900 + index // 12, 1 + index % 12) if known else None,
            model=names[index % len(names)],
        )
        for index in range(milestones)
    )
    return Relations(
        Knowledge(
            plant=Plant(name="Works"),
            as_of=PartialDate(2024, 5, 31),
            sources=(Source(id="book", title="The book"),),
            models=tuple(rows),
            milestones=tuple(round_numbers),
        )
    )
