"""Judging a reply: right, abstained or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bot.evaluation.comparing import Said
from bot.evaluation.questions import Expectation, Question
from bot.replies.reply import Status


class Verdict(StrEnum):
    """What a reply is worth."""

    RIGHT = "right"
    ABSTAINED = "abstained"
    """No answer where there is one."""
    WRONG = "wrong"
    """An answer, and not the right one."""


def judge(question: Question, status: Status | None, text: str) -> Verdict:
    """The verdict on a reply; ``status`` none: there was no reply, but a fault."""
    if status is None:
        return Verdict.WRONG
    said = Said(text)
    answered = status is Status.ANSWERED
    shown = answered or status is Status.AMBIGUOUS
    right = _holds_all(said, question.must)
    forbidden = any(said.holds(phrase) for phrase in question.must_not)
    match question.kind:
        case Expectation.UNKNOWN:
            return _only(not answered)
        case Expectation.ABSENT:
            return _only(not forbidden and (not answered or said.denies))
        case Expectation.SAFE:
            return _only(not forbidden)
        case Expectation.CHITCHAT:
            return _only(not answered and not forbidden)
        case Expectation.AMBIGUOUS:
            fine = status is Status.AMBIGUOUS or (answered and bool(question.must) and right and not forbidden)
        case Expectation.ANSWER | Expectation.CORRECT:
            fine = shown and right and not forbidden
    if fine:
        return Verdict.RIGHT
    return Verdict.WRONG if answered else Verdict.ABSTAINED


def _only(right: bool) -> Verdict:
    """The verdict where abstaining is what is right."""
    return Verdict.RIGHT if right else Verdict.WRONG


def _holds_all(said: Said, groups: Sequence[Sequence[str]]) -> bool:
    return all(any(said.holds(alternative) for alternative in group) for group in groups)
