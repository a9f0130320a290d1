"""Answers in words: the one door from ``Answer`` to ``Reply``."""

from __future__ import annotations

from collections.abc import Sequence

from bot.languages import Language
from bot.replies.describe_query import describe
from bot.replies.evidence import source_of, table_of
from bot.replies.reply import Choice, Reply, Status
from bot.replies.wording_groups import say_groups
from bot.replies.wording_markdown import escape
from bot.replies.wording_missing import say_missing
from bot.replies.wording_numbers import say_number
from bot.replies.wording_phrases import Phrases
from bot.replies.wording_rows import say_rows
from bot.replies.wording_said import Said
from bot.replies.wording_spans import say_span
from bot.replies.wording_standing import follow_up_lost, not_placed, off_topic, social, too_long
from bot.replies.wording_values import say_values
from bot.replies.wording_verdicts import say_comparison, say_verdict
from knowledge.answer import Answer, Comparison, Groups, Missing, Number, Rows, Span, Values, Verdict
from knowledge.query import Attribute, Equals, Get, Selection
from knowledge.relations import Relations
from knowledge.schema import Model

NAMING = (Attribute.KEY, Attribute.CODE, Attribute.SERIES)
"""Attributes that people mean one row by, although several may have the same."""

MOST_MEANT = 5
"""Rows that share a name may be as many that somebody meant just one of them; more are a group."""

MAXIMUM_READING = 400
"""Characters; a longer reading explains nothing to anybody."""

__all__ = [
    "ambiguous",
    "describe",
    "escape",
    "follow_up_lost",
    "join",
    "not_placed",
    "off_topic",
    "social",
    "too_long",
    "word",
]


def word(answer: Answer, relations: Relations, language: Language) -> Reply:
    """The reply that an answer makes: unknown where the file does not hold it, else answered."""
    phrases = Phrases(relations, language)
    said = _said(answer, phrases)
    missing = isinstance(answer.result, Missing)
    # A table stands in place of the details, and the note on what was left out must not be lost.
    unknown = isinstance(answer.result, Number) and answer.result.unknown
    reading = describe(answer.query, relations, language)
    if len(reading) > MAXIMUM_READING:
        reading = reading[:MAXIMUM_READING].rsplit(" ", 1)[0].rstrip("\\") + " …"
    return Reply(
        Status.UNKNOWN if missing else Status.ANSWERED,
        language.code,
        said.headline,
        said.details,
        table_of(answer, phrases) if said.details and not unknown else None,
        phrases.say("reading.said", reading=reading),
        source_of(answer, phrases),
        _meant(answer),
    )


def _meant(answer: Answer) -> tuple[Choice, ...]:
    """The rows that one name may have meant, each to be asked for by its own; none if that is clear."""
    match answer.query, answer.evidence:
        case Get(Selection("models", (Equals(name, _),), None)), records if (
            name in NAMING and 1 < len(records) <= MOST_MEANT
        ):
            rows = [record for record in records if isinstance(record, Model)]
            return tuple(Choice(row.key, row.key) for row in rows)
    return ()


def _said(answer: Answer, phrases: Phrases) -> Said:
    def speak(part: Answer) -> Said:
        return _said(part, phrases)

    match answer.result:
        case Rows() as rows:
            return say_rows(answer, rows, phrases)
        case Number() as number:
            return say_number(answer, number, phrases)
        case Values() as values:
            return say_values(answer, values, phrases)
        case Groups() as groups:
            return say_groups(answer, groups, phrases)
        case Span() as span:
            return say_span(answer, span, phrases)
        case Comparison() as comparison:
            return say_comparison(answer, comparison, phrases)
        case Verdict() as verdict:
            return say_verdict(answer, verdict, phrases, speak)
        case Missing() as missing:
            return say_missing(answer, missing, phrases, speak)


def join(replies: Sequence[Reply]) -> Reply:
    """Several questions of one message in one reply; raises ``ValueError`` without any."""
    if not replies:
        raise ValueError("nothing to join")
    if len(replies) == 1:
        return replies[0]
    statuses = {reply.status for reply in replies}
    order = (Status.ANSWERED, Status.AMBIGUOUS, Status.UNKNOWN, Status.OFF_TOPIC, Status.SOCIAL)
    detailed = [reply for reply in replies if reply.details]
    return Reply(
        next(status for status in order if status in statuses),
        replies[0].language,
        "\n".join(dict.fromkeys(reply.headline for reply in replies)),
        tuple(dict.fromkeys(line for reply in replies for line in reply.details)),
        detailed[0].table if len(detailed) == 1 else None,
        "\n".join(dict.fromkeys(reply.reading for reply in replies if reply.reading)),
        "\n".join(dict.fromkeys(reply.source for reply in replies if reply.source)),
        tuple(choice for reply in replies for choice in reply.choices),
    )


def ambiguous(replies: Sequence[Reply], labels: Sequence[str], language: Language) -> Reply:
    """Several readings with different answers, one under the other; each label asks for just its own."""
    lines: list[str] = []
    for reply, label in zip(replies, labels, strict=True):
        lines.append(language.say("answers.ambiguous.reading", label=escape(label), answer=reply.headline))
        lines.extend(language.say("answers.ambiguous.detail", line=line) for line in reply.details)
    return Reply(
        Status.AMBIGUOUS,
        language.code,
        language.say("answers.ambiguous.headline", count=len(replies)),
        tuple(lines),
        None,
        "",
        "\n".join(dict.fromkeys(reply.source for reply in replies if reply.source)),
        tuple(Choice(label, label) for label in labels),
    )
