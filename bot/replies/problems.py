"""Problems of a knowledge file in words."""

from __future__ import annotations

from babel.lists import format_list

from bot.languages import Language
from knowledge.problems import Kind, Problem, Shape


def describe(problem: Problem, language: Language) -> str:
    """Where in the file, what was found and what was expected, in one line.

    Line and column are the caller's to say, and what stands in the file is not escaped for any markup.
    """
    expected = format_list(problem.expected, style="or", locale=language.locale) if problem.expected else ""
    found = language.say(f"problems.shapes.{problem.found}") if isinstance(problem.found, Shape) else problem.found
    values = dict(problem.values)
    said = language.say(f"problems.kinds.{problem.kind}", found=found, expected=expected, **values)
    if problem.kind is Kind.UNKNOWN_ROW and expected:
        said += language.say("problems.hints.would_do", expected=expected)
    if problem.suggestion:
        said += language.say("problems.hints.suggestion", suggestion=problem.suggestion)
    return language.say("problems.line", where=problem.where or language.say("problems.file"), problem=said)
