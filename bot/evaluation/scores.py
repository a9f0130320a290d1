"""Scores: how many replies are right, abstained and wrong, by category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.asking import Judged
from bot.evaluation.judging import Verdict


@dataclass(frozen=True, slots=True)
class Score:
    """How many replies got which verdict."""

    right: int = 0
    abstained: int = 0
    wrong: int = 0

    @property
    def total(self) -> int:
        """How many replies there are."""
        return self.right + self.abstained + self.wrong

    @property
    def share(self) -> float:
        """The right ones among them, from 0 to 1; nothing is wholly right."""
        return self.right / self.total if self.total else 1.0


def score(judged: Iterable[Judged]) -> Score:
    """The score of some replies."""
    found = Counter(each.verdict for each in judged)
    return Score(found[Verdict.RIGHT], found[Verdict.ABSTAINED], found[Verdict.WRONG])


def by_category(judged: Sequence[Judged]) -> Mapping[str, Score]:
    """The score of each category, by its name."""
    categories = sorted({each.question.category for each in judged})
    return {name: score(each for each in judged if each.question.category == name) for name in categories}


def as_json(files: Mapping[str, Sequence[Judged]]) -> dict[str, object]:
    """Everything as values for JSON: for each file its total, its categories and its replies that are not right."""
    return {
        name: {
            "total": _numbers(score(judged)),
            "categories": {category: _numbers(each) for category, each in by_category(judged).items()},
            "not_right": [
                {
                    "id": each.question.id,
                    "question": each.question.text,
                    "verdict": each.verdict,
                    "status": each.reply.status if each.reply else None,
                    "text": each.reply.text if each.reply else None,
                }
                for each in judged
                if each.verdict is not Verdict.RIGHT
            ],
        }
        for name, judged in files.items()
    }


def _numbers(found: Score) -> dict[str, int]:
    return {"right": found.right, "abstained": found.abstained, "wrong": found.wrong}
