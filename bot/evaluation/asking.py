"""Asking the questions of a file and judging the replies."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter_ns

from bot.conversation import Conversation as Engine
from bot.conversation import Speaker
from bot.evaluation.judging import Verdict, judge
from bot.evaluation.questions import Conversation, Question
from bot.replies.reply import Reply

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its reply (none if there was a fault) and the verdict on it."""

    question: Question
    reply: Reply | None
    verdict: Verdict
    microseconds: float


def ask(conversations: Iterable[Conversation], engine: Engine, language: str | None = None) -> Iterator[Judged]:
    """The judged replies in order. Each conversation is one of its own; a single question stands alone."""
    for number, conversation in enumerate(conversations):
        speaker = Speaker(f"{number}", "evaluation") if len(conversation.questions) > 1 else None
        for question in conversation.questions:
            yield _judged(question, engine, speaker, language)


def _judged(question: Question, engine: Engine, speaker: Speaker | None, language: str | None) -> Judged:
    start = perf_counter_ns()
    reply: Reply | None = None
    try:
        reply = engine.reply(question.text, speaker, language)
    except Exception:  # a fault in one reply is a wrong reply, and must not cost the verdicts on all others
        log.exception("question %s", question.id)
    microseconds = (perf_counter_ns() - start) / 1000
    verdict = judge(question, reply.status if reply else None, reply.text if reply else "")
    return Judged(question, reply, verdict, microseconds)
