"""A time in words: in which years several models were built side by side, and for how long."""

from __future__ import annotations

from bot.replies.evidence import lines_of
from bot.replies.wording_markdown import bold, capital
from bot.replies.wording_phrases import Phrases
from bot.replies.wording_said import Said
from knowledge.answer import Answer, Span
from knowledge.query import Together


def say_span(answer: Answer, span: Span, phrases: Phrases) -> Said:
    """When it was, or that it never was; the records below."""
    below = lines_of(answer.evidence, phrases)
    if span.first is None:
        return Said(phrases.say("together.never"), below)
    if span.last is None:
        period = phrases.since(span.first, strong=True)
    elif span.first == span.last:
        period = phrases.when(span.first, strong=True)
    else:
        begun = phrases.say(f"from.{span.first.precision}", date=span.first)
        period = bold(f"{begun} {phrases.say(f'to.{span.last.precision}', date=span.last)}")
    if isinstance(answer.query, Together) and answer.query.lasting:
        duration = capital(bold(phrases.about(span.years)))
        return Said(phrases.say("together.lasting", duration=duration, period=period.replace("**", "")), below)
    return Said(phrases.say("together.period", period=period), below)
