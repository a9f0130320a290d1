"""Words for "still", "now", "already" and "not yet": whether they add a condition, and of which time they are said."""

from __future__ import annotations

import pytest
from replies import listed

from bot.conversation import Conversation, Prepared
from bot.replies.reply import Status

LISTED = [
    # at that time, not today
    ("which models still ran after 2020", "F22 i01 F45 F23 F87 F40 F44 U06 U25 F70 F74"),
    ("welche Modelle liefen noch, als der i8 endete", "F22 i01 i12 F45 F23 F87 i15 F40 F44"),
    ("which convertibles were still built after 2013", "F23"),
    # today, beside another time
    ("which models built in 2022 are still being made", "U06"),
    ("welche Modelle werden heute gebaut, die 2022 nicht gebaut wurden", "U25 F70 F74"),
    ("which models are still in production since before 2022", "U06"),
    ("welche Modelle wurden 2022 gebaut und werden noch gebaut", "U06"),
    # now only says when
    ("which models have more than 400,000 today", "E84 F20 F40"),
    ("welche heute gebauten Modelle haben mehr als 150.000 Stück", "U25"),
    # by then, and after it
    ("which models had already ended in 2012", "E90 E81 E82"),
    ("welche Modelle waren beim millionsten Auto schon gestartet", "E90 E81 E82 E88 E84"),
    ("welche Modelle endeten schon 2013", "E82 E88"),
    ("which models did not exist yet in 2018", "F40 F44 U06 U25 F70 F74"),
    ("welche Modelle waren 2018 noch nicht gestartet", "F40 F44 U06 U25 F70 F74"),
]


@pytest.mark.parametrize(("question", "codes"), LISTED)
def test_such_a_word_is_said_of_its_own_time(leipzig: Prepared, question: str, codes: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert (reply.status, listed(reply)) == (Status.ANSWERED, set(codes.split()))


CLAIMED = [
    ("is the E84 over 600,000 now?", "**Yes**"),
    ("has the F70 passed 150,000 now?", "**No**"),
    ("was the i3 still built after 2021?", "**Yes**"),
    ("Wurden nach 2019 noch i3 gebaut?", "**Ja**"),
    ("Lief der i8 noch, als der M2 kam?", "**Ja**"),
    ("was the E90 still built when the F20 began?", "**No**"),
    ("is the X1 still the most built model?", "**Yes**"),
    ("Ist der F20 noch der meistgebaute 1er?", "**Nein**"),
    ("Gibt es außer dem E88 noch ein Cabrio?", "**Ja**"),
    ("Gibt es noch ein Cabrio?", "**Nein**"),
    ("Hatte das Werk 2012 schon eine Million gebaut?", "**Ja**"),
    ("was the one millionth car already built in 2010?", "**No**"),
    ("War der i8 2021 schon eingestellt?", "**Ja**"),
    ("War der i8 beim zweimillionsten Auto noch in Produktion?", "**Ja**"),
]


@pytest.mark.parametrize(("question", "verdict"), CLAIMED)
def test_such_a_word_claims_what_was_so_then(leipzig: Prepared, question: str, verdict: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert (reply.status, reply.headline.split(".")[0]) == (Status.ANSWERED, verdict)


@pytest.mark.parametrize(
    "question",
    [
        "which models had not yet ended in 2018?",
        "was the i3 not yet built in 2012?",
        "Wird der X1 wieder gebaut?",
        "Kommt der X1 zurück?",
        "will the i3 be built again?",
    ],
)
def test_what_may_mean_two_things_or_lies_ahead_is_not_answered(leipzig: Prepared, question: str) -> None:
    assert Conversation(leipzig).reply(question).status is not Status.ANSWERED
