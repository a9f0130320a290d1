"""What must not change an answer, and what must: questions that are answered now, written differently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from question_sets import SETS, facts_of, judged
from transformations import HARMLESS, Transformation, other_digits, slips

from bot.conversation import Conversation
from bot.evaluation.comparing import Said
from bot.evaluation.judging import Verdict
from bot.languages import languages
from bot.replies.reply import Reply, Status

EVERY = 4
"""One of so many answered questions is written differently in each way."""
SEED = 20_251_209

SINGLE = tuple(name for name in SETS if "dialogs" not in name and name != "off-topic")
"""The sets of questions that stand alone and have answers."""

Answered = tuple[str, str, Reply]
"""A set, a question of it and its reply."""


@cache
def answered(name: str) -> tuple[Answered, ...]:
    """The single questions of a set that are answered and rightly so; those kept aside are left alone."""
    return tuple(
        (name, each.question.text, each.reply)
        for each in judged(name, "open")
        if "/" not in each.question.id and each.verdict is Verdict.RIGHT
        if each.reply is not None and each.reply.status is Status.ANSWERED
    )


def sample(name: str, seed: int) -> Iterator[tuple[Answered, Random]]:
    """A fixed sample of a set's questions, another one for each seed, each with its own source of chance."""
    for place, each in enumerate(answered(name)):
        if place % EVERY == seed % EVERY:
            yield each, Random(f"{SEED} {seed} {each[1]}")


def asked(name: str, question: str) -> Reply:
    return Conversation(facts_of(name)).reply(question)


def line(question: str, reply: Reply, before: Reply) -> str:
    """One failure for the one who reads it."""
    return f"{question!r}: {before.headline!r} became ({reply.status}) {reply.headline!r}"


def test_there_are_questions_to_write_differently() -> None:
    assert sum(len(answered(name)) for name in SETS) > 1000


# -- the same answer ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize("way", HARMLESS)
def test_what_stands_around_a_question_changes_nothing(name: str, way: str) -> None:
    changed = []
    for (_, question, before), random in sample(name, list(HARMLESS).index(way)):
        written = HARMLESS[way](question, before.language, random)
        reply = asked(name, written)
        if reply.headline != before.headline:
            changed.append(line(written, reply, before))
    assert changed == [], "\n".join(changed)


def all_answered() -> tuple[Answered, ...]:
    return tuple(each for name in SETS for each in answered(name))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.data(), st.lists(st.sampled_from(list(HARMLESS.values())), min_size=2, max_size=4, unique=True))
def test_several_of_these_together_change_nothing_either(data: st.DataObject, ways: list[Transformation]) -> None:
    name, question, before = data.draw(st.sampled_from(all_answered()))
    random = data.draw(st.randoms(use_true_random=False))
    for way in ways:
        question = way(question, before.language, random)
    reply = asked(name, question)
    assert reply.headline == before.headline, question


@pytest.mark.parametrize("name", SINGLE)
def test_a_slip_in_a_long_word_changes_nothing(name: str) -> None:
    changed = []
    for (_, question, before), random in sample(name, 0):
        found = list(slips(question, understood(name)))
        if found:
            written, word, slip = random.choice(found)
            reply = asked(name, written)
            if reply.headline != before.headline:
                changed.append(f"{word} -> {slip}: {line(written, reply, before)}")
    assert changed == [], "\n".join(changed)


# -- another answer -------------------------------------------------------------------------------------------------


@cache
def codes(name: str) -> frozenset[str]:
    """The words of a file's names and codes that have both letters and digits."""
    rows = facts_of(name).snapshot.knowledge.models
    texts = " ".join(text for row in rows for text in (row.name, row.code or "", *row.aliases))
    return frozenset(
        word for word in re.findall(r"\w+", texts.lower()) if re.search(r"\d", word) and not word.isdigit()
    )


@cache
def understood(name: str) -> frozenset[str]:
    """Every word that means something where a set's questions are asked: "2er" has a digit and is no code."""
    prepared = facts_of(name)
    return frozenset().union(*(prepared.vocabulary(language).words for language in languages().values()))


def differs(reply: Reply, before: Reply) -> bool:
    """Whether a reply says something else, or says that it does not know or that there is none."""
    if reply.status is not Status.ANSWERED:
        return True
    return (reply.headline, reply.details) != (before.headline, before.details) or reply.reading != before.reading


@pytest.mark.parametrize("name", SINGLE)
def test_another_digit_in_a_code_or_a_year_is_another_question(name: str) -> None:
    same = []
    for (_, question, before), random in sample(name, 1):
        found = list(other_digits(question, codes(name)))
        for written, _, _ in random.sample(found, min(2, len(found))):
            reply = asked(name, written)
            if not differs(reply, before):
                same.append(line(written, reply, before))
    assert same == [], "\n".join(same)


@pytest.mark.parametrize("name", SINGLE)
def test_a_code_that_no_row_has_gets_no_figure(name: str) -> None:
    """Where one of several names is wrong, or a claim names it, the reply may say that there is none such."""
    known = understood(name)
    given_away = []
    for (_, question, before), random in sample(name, 2):
        found = [
            each
            for each in other_digits(question, codes(name))
            if not each[1].isdigit() and each[2].lower() not in known
        ]
        for written, _, _ in random.sample(found, min(2, len(found))):
            reply = asked(name, written)
            if reply.status is Status.ANSWERED and not Said(reply.headline).denies:
                given_away.append(line(written, reply, before))
    assert given_away == [], "\n".join(given_away)
