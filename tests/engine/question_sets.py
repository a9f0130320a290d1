"""The sets of questions, each with the facts that it is about, and what the engine replies to them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.conversation import Conversation, Prepared, prepare
from bot.evaluation.asking import Judged, ask
from bot.evaluation.questions import Part, read_questions
from knowledge.loading import load

TESTS = Path(__file__).parents[1]
QUESTIONS = TESTS / "questions"
SETS = tuple(path.stem for path in sorted(QUESTIONS.glob("*.jsonl")))


@cache
def prepared_from(plant: str | None) -> Prepared:
    """The facts of one of the tests' files; none: those that ship."""
    return prepare(load(TESTS / "data" / f"{plant}.yaml" if plant else None))


def facts_of(name: str) -> Prepared:
    """The facts that a set is about: those of the same name, else those that ship."""
    return prepared_from(name if (TESTS / "data" / f"{name}.yaml").is_file() else None)


@cache
def judged(name: str, part: Part) -> tuple[Judged, ...]:
    """The replies to a part of a set."""
    return tuple(ask(read_questions(QUESTIONS / f"{name}.jsonl", part), Conversation(facts_of(name))))
