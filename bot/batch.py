"""Questions as JSON Lines, replies as JSON Lines: how the bot is measured and how other programs ask it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter_ns
from typing import NoReturn

from bot.conversation import Conversation, Speaker
from bot.languages import Language

log = logging.getLogger(__name__)

Json = dict[str, object]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class MalformedError(ValueError):
    """A line or a question that cannot be asked. ``key`` names the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def answer_lines(
    lines: Iterable[bytes],
    conversation: Conversation,
    language: str | None,
    terminal: Language,
    write: Callable[[str], None],
) -> None:
    """Write one JSON object for each question, in order; a malformed line or question gives one with ``error``."""
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if text.strip():
            for answer in _answers(text, number, conversation, language, terminal):
                write(json.dumps(answer, ensure_ascii=False))


def _answers(
    line: bytes, number: int, conversation: Conversation, language: str | None, terminal: Language
) -> Iterator[Json]:
    identity: object = None
    try:
        entry = _object(_parsed(line))
        identity = entry.get("id")
        questions, speaker = _questions(entry, number)
    except MalformedError as error:
        yield {"id": identity, "error": terminal.say(f"terminal.batch.{error.key}", line=str(number))}
        return
    for name, question in questions:
        try:
            yield {"id": name} | _answer(_text(question), conversation, speaker, language)
        except MalformedError as error:
            yield {"id": name, "error": terminal.say(f"terminal.batch.{error.key}", line=str(number))}
        except Exception:  # a fault in one reply must not cost the replies to all other questions
            log.exception("line %d, question %s", number, name)
            yield {"id": name, "error": terminal.say("terminal.batch.fault", line=str(number))}


def _answer(question: str, conversation: Conversation, speaker: Speaker | None, language: str | None) -> Json:
    start = perf_counter_ns()
    reply = conversation.reply(question, speaker, language)
    elapsed = perf_counter_ns() - start
    return {"text": reply.text, "status": reply.status, "microseconds": round(elapsed / 1000)}


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise MalformedError("encoding") from None
    except (ValueError, RecursionError):
        raise MalformedError("json") from None


def _refuse(constant: str) -> NoReturn:
    """Refuse ``NaN`` and ``Infinity``, which Python reads and JSON does not know."""
    raise ValueError(constant)


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        raise MalformedError("object")
    return value


def _questions(entry: Json, number: int) -> tuple[list[tuple[object, object]], Speaker | None]:
    """The questions of a line, each with its id, and who asks them: nobody, or somebody new for each conversation."""
    match entry:
        case {"q": _, "turns": _}:
            raise MalformedError("both")
        case {"q": question}:
            return [(entry.get("id"), question)], None
        case {"turns": list(turns)}:
            identity = entry.get("id")
            name = identity if isinstance(identity, str) else json.dumps(identity)
            texts = [turn.get("q") if isinstance(turn, dict) else None for turn in turns]
            return [(f"{name}/{k}", text) for k, text in enumerate(texts, start=1)], Speaker(f"line {number}", "batch")
        case {"turns": _}:
            raise MalformedError("turns")
    raise MalformedError("neither")


def _text(question: object) -> str:
    if not isinstance(question, str):
        raise MalformedError("text")
    return question
