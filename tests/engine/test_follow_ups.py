"""Short questions that go on from the one before: what they take over, what they replace, what they point to."""

from __future__ import annotations

import pytest

from bot.conversation import Conversation, Prepared, Speaker
from bot.replies.reply import Status

ANN = Speaker("ann", "general")

DIALOGUES = [
    # after a claim, the same of something else
    ("was the 2 millionth an i3?", "and the 3 millionth?", "**No**"),
    ("is the F44 a gran coupe?", "and the F22?", "**No**"),
    ("is the i3 a BMW i?", "and the M2?", "**No**"),
    ("is the i3 older than the X1?", "and the F40?", "against 2019"),
    ("gab es den 2er auch als Cabrio?", "und den 3er?", "**Nein**"),
    ("what was the 3 millionth?", "is it still built?", "**No**"),
    # after a condition, those that do not fulfil it, or those on its other side
    ("which coupes are still built?", "and which are not?", "4"),
    ("welche Modelle kamen nach 2020?", "und davor?", "16"),
    ("which models have more than 200,000?", "and which have less?", "13"),
    # the same at another time
    ("which models were built in 2010?", "and today?", "U06"),
    ("how many models are built today?", "and in 2007?", "E81"),
    # a refusal, and what is meant instead
    ("how many X1?", "no, the i3", "250,271"),
    ("how many 2 series coupes?", "no, the gran coupe", "263,786"),
    # of what was spoken of alone
    ("how many i3?", "how many of those were roadsters?", "no such model"),
    ("which models started in 2014?", "how many of those are still built?", "None"),
    ("wie viele Cabrios?", "nur 1er", "131.664"),
    ("how many i8?", "only the coupe", "16,581"),
    ("is the countryman still built?", "what else is?", "3"),
    ("how many convertibles?", "of the 2 series?", "119,092"),
    ("welche 2er wurden 2020 gebaut?", "welche 1er?", "(F40)"),
    ("was wurde öfter gebaut, i3 oder i8?", "wann endete letzterer?", "2020"),
    ("which roadster did you build?", "and coupes?", "4"),
    ("what is the newest model?", "the oldest still in production?", "(U06)"),
    # added, placed, set against
    ("how many X1?", "plus the i3?", "885,465"),
    ("wie viele Coupés?", "mit Gran Coupé?", "582.138"),
    ("which model is the most built?", "and the second?", "F40"),
    ("what colour was the first milestone?", "and the last?", "Anglesey Green"),
    ("how many 1M?", "is that the lowest of all?", "**No**"),
    ("wie viele Modelle starteten 2019?", "welche?", "F40"),
    ("how many convertibles in total?", "is that more than the X1?", "**No**"),
    ("sum of both i8s", "is that less than the M2?", "**Yes**"),
    # the other end of the same
    ("when did the last i3 leave the plant?", "and the first one?", "2013"),
    ("wann lief der letzte X1 vom Band?", "und der erste?", "2009"),
    # "das" behind a verb points back, before a noun it does not
    ("was wurde 2018 alles gebaut?", "wie viele Modelle sind das?", "**8**"),
    ("wie viele X1?", "welche Modelle baut das Werk noch?", "U06"),
]


@pytest.mark.parametrize(("before", "question", "answer"), DIALOGUES)
def test_a_short_question_goes_on_from_the_one_before(
    leipzig: Prepared, before: str, question: str, answer: str
) -> None:
    conversation = Conversation(leipzig)
    conversation.reply(before, ANN)
    assert answer in conversation.reply(question, ANN).headline


LONGER = [
    # what was asked for one by one, or is as many as is said
    (("when did the F20 end?", "and the i8?"), "which ended first?", "**BMW 1 Series five-door (F20)**"),
    (("how many X1?", "and the i3?", "and the countryman?"), "together?", "1,066,929"),
    (("F20 vs F40, which was built more?", "how many F70s so far?"), "and all three together?", "1,015,054"),
    (("welches Modell hat die kleinste Stückzahl?", "und die größte?"), "wievielmal so viele sind das?", "163,54"),
]


@pytest.mark.parametrize(("before", "question", "answer"), LONGER)
def test_a_question_is_about_several_before_it(
    leipzig: Prepared, before: tuple[str, ...], question: str, answer: str
) -> None:
    conversation = Conversation(leipzig)
    for each in before:
        conversation.reply(each, ANN)
    assert answer in conversation.reply(question, ANN).headline


LOST = [
    ("which of the convertibles stopped first?", "how many years before the other?"),
    ("wie viele Autos am Tag?", "und im Jahr?"),
]


@pytest.mark.parametrize(("before", "question"), LOST)
def test_what_leads_to_nothing_else_is_not_answered_by_the_same(leipzig: Prepared, before: str, question: str) -> None:
    conversation = Conversation(leipzig)
    conversation.reply(before, ANN)
    assert conversation.reply(question, ANN).status is not Status.ANSWERED
