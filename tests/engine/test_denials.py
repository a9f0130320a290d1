"""Questions that deny something, and what a claim says that the file cannot tell."""

from __future__ import annotations

import pytest

from bot.conversation import Conversation, Prepared, Speaker
from bot.replies.reply import Status

ANN = Speaker("ann", "general")

DENIALS = [
    ("did leipzig never build a convertible?", "**No**", "2014–2021"),
    ("stimmt es, dass leipzig nie einen X1 gebaut hat?", "**Nein**", "2015"),
    ("wurde in leipzig nie ein mini gebaut?", "**Nein**", "2023"),
    ("was the X1 never built in 2016?", "**Yes**", "2015"),
    ("is it true that no X1 was built in 2017?", "**Yes**", "2015"),
    ("were no cars built in 2004?", "**Yes**", ""),
    # "no" of today, or of all times
    ("hat leipzig keine cabrios gebaut?", "**Nein**", "2014–2021"),
    ("leipzig baut keine cabrios, oder?", "**Ja**", "2014–2021"),
    ("baut leipzig keinen 3er mehr?", "**Ja**", "2009"),
    ("werden keine 1er mehr gebaut?", "**Nein**", "F70"),
    # of neither
    ("is neither the F70 nor the i8 still built?", "**No**", ": **BMW 1 Series five-door (F70)**"),
    ("ist weder der F20 noch der i8 noch in produktion?", "**Ja**", "2014–2020"),
    # "not" expects a yes where it is asked, and denies where it is said
    ("war das zweimillionste auto nicht der i3?", "**Ja**", "i3"),
    ("ist der F40 nicht öfter gebaut worden als der F20?", "**Ja**", "442.859"),
    ("stimmt es, dass der F40 nicht öfter gebaut wurde als der F20?", "**Nein**", "442.859"),
    ("the X1 wasn't built in 2010, right?", "**No**", "2009"),
    ("wasn't the X1 built in 2010?", "**Yes**", "2009"),
    # what is called wrong
    ("is it wrong that the X1 ended in 2016?", "**Yes**", "2015"),
    ("liege ich falsch, dass der i3 2022 auslief?", "**Nein**", "2022"),
]


@pytest.mark.parametrize(("question", "verdict", "holds"), DENIALS)
def test_a_denial_is_so_or_not(leipzig: Prepared, question: str, verdict: str, holds: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert (reply.status, reply.headline.startswith(verdict), holds in reply.text) == (Status.ANSWERED, True, True)


def test_none_of_them_are_those_that_were_spoken_of(leipzig: Prepared) -> None:
    conversation = Conversation(leipzig)
    conversation.reply("which active tourers were built?", ANN)
    assert "1 of 2" in conversation.reply("are none of them still built?", ANN).headline
    assert "1 von 2" in conversation.reply("sind sie alle noch in produktion?", ANN).headline


def test_what_was_denied_before_is_not_denied_again(leipzig: Prepared) -> None:
    conversation = Conversation(leipzig)
    assert conversation.reply("was the X1 never built in 2016?", ANN).headline.startswith("**Yes**")
    assert conversation.reply("wasn't it built in 2010?", ANN).headline.startswith("**Yes**")


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("welche modelle sind weder 1er noch 2er?", "7"),
        ("welche modelle wurden weder 2010 noch 2015 gebaut?", "9"),
        ("which models are neither i nor M models?", "15"),
    ],
)
def test_what_is_neither_is_left_out(leipzig: Prepared, question: str, held: str) -> None:
    assert f"**{held}**" in Conversation(leipzig).reply(question).headline


NOT_TOLD = [
    # after the day of the file, only what is still built is open
    ("wird der F70 auch 2026 gebaut?", "9. Dezember 2025"),
    ("wird der F70 bis 2030 gebaut?", "9. Dezember 2025"),
    ("was the F70 built in 2030?", "December 9, 2025"),
    # a year holds its months, but does not say which
    ("was the U06 built in march 2021?", "month"),
    ("did the X1 start in january 2009?", "month"),
    ("was the 4 millionth car built before june 2025?", "month"),
    # a row without a facet
    ("is the M2 a coupe?", "body"),
    ("ist der X1 kein cabrio?", "Karosserie"),
    # a part of a figure
    ("which model was built most in 2014?", "part of their production period"),
    ("was war 2019 das häufigste modell?", "Teil ihrer Bauzeit"),
    ("did leipzig build 3 million cars in 2021?", "single years"),
]


@pytest.mark.parametrize(("question", "named"), NOT_TOLD)
def test_what_a_claim_says_beyond_the_file_is_not_known(leipzig: Prepared, question: str, named: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert (reply.status, named in reply.headline) == (Status.UNKNOWN, True)


TOLD = [
    ("was the X1 built in 2030?", "**No**"),
    ("was the M2 built in december 2018?", "**Yes**"),
    ("was the M2 built in december 2022?", "**No**"),
    ("which of the models built in 2014 was built the most?", "X1"),
    ("the most built model in production in 2014", "X1"),
    ("welches auto wird derzeit am meisten gebaut?", "Countryman"),
    ("did they reach 3 million in 2020?", "**No**"),
]


@pytest.mark.parametrize(("question", "held"), TOLD)
def test_what_the_file_decides_is_told(leipzig: Prepared, question: str, held: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert (reply.status, held in reply.headline) == (Status.ANSWERED, True)


def test_a_list_tells_of_how_many_it_is_not_known(leipzig: Prepared) -> None:
    reply = Conversation(leipzig).reply("what came off the line in march 2021?")
    assert ("**3** models" in reply.headline, "5 more" in reply.headline) == (True, True)
