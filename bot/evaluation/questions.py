"""Files of questions: JSON Lines, each a question or a conversation with what its replies have to hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

DIALOG = "dialog"
NO_CATEGORY = "?"


class Expectation(StrEnum):
    """What kind of reply is right."""

    ANSWER = "answer"
    AMBIGUOUS = "ambiguous"
    """All of it, or to be asked which."""
    UNKNOWN = "unknown"
    ABSENT = "absent"
    """Not answered, or said that there is none."""
    CORRECT = "correct"
    """The premise is false; the reply holds the right fact."""
    CHITCHAT = "chitchat"
    SAFE = "safe"
    """Anything that does no harm."""


class QuestionFileError(ValueError):
    """A line that is no question. ``line`` counts from 1; ``field`` is the key that is wrong, if one is."""

    def __init__(self, file: Path, line: int, field: str) -> None:
        super().__init__(f"{file}:{line}: {field}")
        self.file = file
        self.line = line
        self.field = field


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its reply has to hold a phrase of each group in ``must``, and nothing of ``must_not``."""

    id: str
    category: str
    text: str
    kind: Expectation
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    gold: str = ""
    """The right answer for people."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions of one person, one after the other; ``aside``: kept back until the end."""

    questions: tuple[Question, ...]
    aside: bool = False


def _as_group(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _as_turn(value: object) -> object:
    return {"q": value} if isinstance(value, str) else value


def _as_nothing(value: object) -> object:
    return () if value is None else value


Group = Annotated[tuple[str, ...], BeforeValidator(_as_group)]
Groups = Annotated[tuple[Group, ...], BeforeValidator(_as_nothing)]


class _Turn(BaseModel):
    model_config = ConfigDict(frozen=True)

    q: str
    cat: str | None = None
    kind: Expectation | None = None
    must: Groups = ()
    must_not: Groups = ()
    gold: Any = None

    def question(self, identity: str, category: str, kind: Expectation | None) -> Question:
        forbidden = tuple(phrase for group in self.must_not for phrase in group)
        gold = ", ".join(map(str, self.gold)) if isinstance(self.gold, list) else str(self.gold or "")
        expected = self.kind or kind or Expectation.ANSWER
        return Question(identity, self.cat or category, self.q, expected, self.must, forbidden, gold)


class _Line(_Turn):
    q: str = ""
    id: str | int
    aside: bool = False
    turns: tuple[Annotated[_Turn, BeforeValidator(_as_turn)], ...] = Field(())

    @model_validator(mode="after")
    def _one_of_both(self) -> _Line:
        if bool(self.turns) == ("q" in self.model_fields_set):
            raise ValueError
        return self

    def conversation(self) -> Conversation:
        if not self.turns:
            return Conversation((self.question(str(self.id), NO_CATEGORY, None),), self.aside)
        category = self.cat or DIALOG
        turns = (turn.question(f"{self.id}/{k}", category, self.kind) for k, turn in enumerate(self.turns, start=1))
        return Conversation(tuple(turns), self.aside)


Part = Literal["open", "aside", "all"]
"""Which lines of a file: those to work with, those kept aside, or both."""


def read_questions(path: Path, part: Part = "open") -> tuple[Conversation, ...]:
    """The conversations of a file in their order. Raises ``OSError`` and ``QuestionFileError``."""
    return tuple(_chosen(_conversations(path), part))


def _conversations(path: Path) -> Iterator[Conversation]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _Line.model_validate_json(line).conversation()
        except ValidationError as error:
            (first, *_) = error.errors()
            raise QuestionFileError(path, number, ".".join(map(str, first["loc"]))) from None


def _chosen(conversations: Iterator[Conversation], part: Part) -> Iterator[Conversation]:
    match part:
        case "all":
            return conversations
        case "open":
            return (each for each in conversations if not each.aside)
        case "aside":
            return (each for each in conversations if each.aside)
