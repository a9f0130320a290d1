"""The floors under the scores of the sets of questions: run alone, it raises them to what is measured.

A floor only rises; with ``--anew`` it becomes what is measured now even if that is less.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import asdict, dataclass

from question_sets import QUESTIONS, SETS, judged

from bot.evaluation.judging import Verdict
from bot.evaluation.questions import Part
from bot.evaluation.scores import score

FILE = QUESTIONS / "floors.json"
PARTS: tuple[Part, ...] = ("open", "aside")
SLACK = 1
"""Percent that a part may fall below what was measured before the tests fail."""


@dataclass(frozen=True)
class Floor:
    """The least share of right replies in percent, the most wrong ones, and which questions had no right reply.

    Of the questions kept aside only the numbers are known here: nobody is to look at them.
    """

    right: float
    wrong: int
    gaps: tuple[str, ...] = ()


def read_floors() -> dict[str, dict[Part, Floor]]:
    """The floor of each part of each set."""
    if not FILE.is_file():
        return {}
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: {part: Floor(each["right"], each["wrong"], tuple(each.get("gaps", ()))) for part, each in parts.items()}
        for name, parts in stored.items()
    }


def measured(name: str, part: Part) -> Floor:
    """The floor that fits what the engine replies now."""
    replies = judged(name, part)
    found = score(replies)
    gaps = (each.question.id for each in replies if each.verdict is not Verdict.RIGHT)
    right = max(0, math.floor(1000 * found.share) / 10 - SLACK) if found.share < 1 else 100.0
    return Floor(round(right, 1), found.wrong, tuple(gaps) if part == "open" else ())


def raised(old: Floor, new: Floor) -> Floor:
    """The higher of both floors."""
    better = max(old, new, key=lambda floor: (floor.right, -floor.wrong))
    return Floor(max(old.right, new.right), min(old.wrong, new.wrong), better.gaps)


def main() -> None:
    """Write the floors, and say what became of them."""
    old = {} if "--anew" in sys.argv[1:] else read_floors()
    floors: dict[str, dict[Part, Floor]] = {}
    for name in SETS:
        floors[name] = {}
        for part in PARTS:
            new = measured(name, part)
            before = old.get(name, {}).get(part)
            floors[name][part] = raised(before, new) if before else new
            floor = floors[name][part]
            sys.stdout.write(f"{name:<16} {part:<6} at least {floor.right} % right, at most {floor.wrong} wrong\n")
    FILE.write_text(
        json.dumps(
            {name: {part: asdict(floor) for part, floor in parts.items()} for name, parts in floors.items()}, indent=1
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
