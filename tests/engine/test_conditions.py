"""Conditions beside each other: alternatives, denials, names that leave out what the name before them said."""

from __future__ import annotations

import pytest

from bot.conversation import Conversation, Prepared
from bot.replies.reply import Status

SELECTED = [
    # alternatives of one kind, and two ends that both hold
    ("which models ended in 2020, 2021 or 2022", 7),
    ("models with less than 10k or more than 400k", 5),
    ("models that started before 2006 or ended after 2023", 3),
    ("welche Modelle starteten nach 2010 und vor 2015", 7),
    ("which models started in 2014 and ended in 2021", 2),
    # a denial, of all of a list and through the words between
    ("models that are not 1 series or 2 series", 7),
    ("how many models are not convertibles or coupes", 14),
    ("which models were not built in 2010 or 2015", 9),
    ("which models aren't from the 1 series and ended before 2016", 2),
    ("models that didn't run at least 3 years", 5),
    ("which models don't have more than 100000", 5),
    ("which models aren't built anymore", 16),
    ("which models are out of production now", 16),
    ("which 2 series do you no longer build", 4),
]


@pytest.mark.parametrize(("question", "count"), SELECTED)
def test_conditions_select_together(leipzig: Prepared, question: str, count: int) -> None:
    reply = Conversation(leipzig).reply(question)
    assert reply.status is Status.ANSWERED
    assert reply.headline.startswith(f"**{count}**")


FIGURES = [
    ("1 series coupe and convertible combined", "261,869"),
    ("which had more, 2 series coupe or convertible", "46,132"),
    ("how many more 1 series convertibles than coupes", "1,459"),
    ("Unterschied zwischen 1er Coupé und 1er Cabrio", "1.459"),
    ("was the i8 roadster or the coupe built longer", "BMW i8 (i12)"),
    ("gimme every discontinued 2 series", "873,614"),
]


@pytest.mark.parametrize(("question", "figure"), FIGURES)
def test_a_name_takes_over_what_the_name_before_it_said(leipzig: Prepared, question: str, figure: str) -> None:
    assert figure in Conversation(leipzig).reply(question).text


TWICE = [
    ("what was built in 2006? and what in 2022?", ("E90", "U06")),
    ("which models started in 2011 and which in 2012", ("1 Series M Coupé", "F20")),
    ("which coupes are still built and which are not", ("None", "F22")),
    ("most built coupe and whats the least built", ("165,224", "6,342")),
    ("which model was the most built and is it still built", ("635,194", "No")),
    ("how many convertibles are there and which is the rarest", ("250,756", "119,092")),
    ("was war das 3-millionste Auto und wie viele wurden davon gebaut", ("Sunset Orange", "119.092")),
    ("is the M2 still in production and how many were built", ("No", "61,856")),
    ("how many X1 were built and when did the i3 end?", ("635,194", "**2022**")),
    ("How many i3 were built? When did the X1 end?", ("250,271", "**2015**")),
    ("wie viele X1 wurden gebaut und wann endete der i3", ("635.194", "**2022**")),
    ("how many models are still built and when did the i3 end", ("**4** of 20", "**2022**")),
    ("how many X1 were built and which models were built in 2010", ("635,194", "**4** models")),
]


@pytest.mark.parametrize(("question", "answers"), TWICE)
def test_two_questions_in_one_message_are_both_answered(
    leipzig: Prepared, question: str, answers: tuple[str, str]
) -> None:
    text = Conversation(leipzig).reply(question).text
    assert [answer for answer in answers if answer not in text] == []


TOLD = [
    # a single product of somebody's is no claim about its model
    ("my i3 is from 2023, was that made in Leipzig?", "**No**"),
    ("Mein i3 ist von 2018. Wurde der in Leipzig gebaut?", "**Ja**"),
    ("Mein F20 ist von 2014, wie viele davon gab es?", "**424.111**"),
    ("Mein 1er ist von 2015. Welcher Code?", "**F20**"),
    # a time that is told before the question
    ("I visited Leipzig in 2017. How many models were being built?", "**7**"),
    ("Moved here in 2019. How many models have ended since then?", "**10**"),
    ("We toured the plant in 2019. Which coupes were in production?", "**2**"),
    # a group that is named before the question
    ("of the coupes, is the i8 the rarest?", "**No**"),
    ("Of the convertibles, how many are 1 series and how many are 2 series?", "**119,092**"),
    ("von den Cabrios, welches wurde am meisten gebaut?", "(E88)"),
    # lists of names, and one noun for both questions
    ("how many X1s, i3s and i8s were built, and which of them was built the most?", "**BMW X1 (E84)**"),
    ("Was war das erste und was das letzte Cabrio?", "(E88)"),
]


@pytest.mark.parametrize(("message", "answer"), TOLD)
def test_what_is_told_before_a_question_goes_into_it(leipzig: Prepared, message: str, answer: str) -> None:
    assert answer in Conversation(leipzig).reply(message).headline


REFUSED = [
    "models still built or with more than 400k",
    "which models started in 2011 and started in 2012",
    "is the i3 beautiful",
    "is the i3 a good car",
    "ist der i3 ein gutes Auto",
    "how many were built on average per model between 2010 and 2015",
    "which car is the most beautiful",
    "is the M2 older than the plant?",
]


@pytest.mark.parametrize("question", REFUSED)
def test_a_condition_that_is_not_understood_is_not_dropped(leipzig: Prepared, question: str) -> None:
    assert Conversation(leipzig).reply(question).status is not Status.ANSWERED
