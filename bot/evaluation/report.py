"""The report on an evaluation for people: a table by category, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.evaluation.asking import Judged
from bot.evaluation.judging import Verdict
from bot.evaluation.scores import Score, by_category, score
from bot.languages import Language
from bot.replies.wording_markdown import harmless, plain

COLUMN = 10
"""Characters of a column of figures, at least."""


def report(name: str, judged: Sequence[Judged], terminal: Language) -> Iterator[str]:
    """The lines about one file."""
    total = terminal.say("terminal.evaluate.total")
    rows = [*by_category(judged).items(), (total, score(judged))]
    head = [terminal.say(f"terminal.evaluate.columns.{key}") for key in ("questions", *Verdict, "share")]
    width = max(len(name), *(len(category) for category, _ in rows))
    yield f"{harmless(name):<{width}}" + "".join(f"{title:>{_wide(title)}}" for title in head)
    for category, found in rows:
        figures = zip(_figures(found, terminal), head, strict=True)
        yield f"{harmless(category):<{width}}" + "".join(f"{figure:>{_wide(title)}}" for figure, title in figures)
    for each in judged:
        if each.verdict is Verdict.WRONG:
            yield from _wrong(each, terminal)


def _wide(title: str) -> int:
    return max(COLUMN, len(title) + 2)


def _figures(found: Score, terminal: Language) -> tuple[str, ...]:
    counts = (found.total, found.right, found.abstained, found.wrong)
    return (
        *(terminal.number(count) for count in counts),
        terminal.say("terminal.evaluate.share", share=terminal.number(100 * found.share, 1)),
    )


def _wrong(each: Judged, terminal: Language) -> Iterator[str]:
    question, reply = each.question, each.reply
    wanted = [" | ".join(group) for group in question.must]
    yield ""
    yield terminal.say("terminal.evaluate.wrong", id=harmless(question.id), question=harmless(question.text))
    if question.gold or wanted:
        expected = harmless(question.gold or "; ".join(wanted))
        yield "  " + terminal.say("terminal.evaluate.expected", kind=question.kind, expected=expected)
    if reply is None:
        yield "  " + terminal.say("terminal.evaluate.fault")
        return
    lines = " / ".join(plain(line) for line in reply.text.splitlines())
    yield "  " + terminal.say("terminal.evaluate.got", status=reply.status, text=lines)
