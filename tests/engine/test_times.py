"""What a time says of rows: which ends are meant, of which row, counted from when; and what is not known of it."""

from __future__ import annotations

import pytest
from replies import listed

from bot.conversation import Conversation, Prepared
from bot.replies.reply import Status


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("which models started in the last five years", "U06 U25 F70 F74"),
        ("welche Modelle endeten in den letzten 4 Jahren", "i01 F40 F44"),
        ("models that didn't last 5 years and ended before 2013", "E90 E81 E82"),
        ("which models ended before the X1", "E90 E81 E82 E88"),
        ("welche Modelle wurden nach dem M2 eingestellt", "i01 F40 F44"),
        ("which models started after the end of the F20", "U06 U25 F70 F74"),
        ("which models came after the i8 and before the F40", "F87 i15"),
        ("models newer than the F40", "U06 U25 F70 F74"),
        ("which convertibles are older than the F23", "E88"),
        ("older models than the E84", "E90 E81 E82 E88"),
        ("was ist älter als der E84", "E90 E81 E82 E88"),
        ("which model started right after the X1", "E82"),
        ("welches Modell startete direkt nach dem F40", "U06"),
        ("which models started in 2014 and were still built in 2021", "F45 F23"),
        ("which models of 2014 made it to 2021", "F45 F23"),
        ("which models did not make it to 2012", "E90 E81"),
        ("was wurde 2012 nicht mehr gebaut", "E90 E81"),
        ("which models with more than 400,000 were not built exactly 6 years", "F20 F40"),
        ("which models lasted until 2021", "F22 F45 F23 F87"),
        ("models built all the way from 2015 to 2020", "F22 i01 i12 F45 F23 F87"),
        ("welche Modelle von 2019 wurden 2024 eingestellt", "F40 F44"),
        ("which models were in production when the three-millionth car came", "F22 i01 F45 F23 F87 F40 F44 U06"),
        ("which models started between the first and the second million", "F20 F22 i01 i12 F45 F23 F87"),
        ("which models started while the F20 was running", "F22 i01 i12 F45 F23 F87 i15 F40 F44"),
        ("welche Modelle endeten während der Bauzeit des X1", "E90 E81 E82 E88"),
        ("which models came and went between 2010 and 2020", "E82 F20 i12 i15"),
        ("welche Modelle starteten und endeten vor 2013", "E90 E81 E82"),
        ("welche Modelle liefen Anfang 2010", "E81 E82 E88 E84"),
        ("which models were built at the end of 2010", "E81 E82 E88 E84"),
        ("welche Modelle wurden am 1.1.2010 gebaut", "E81 E82 E88 E84"),
        ("which models were built on 12/31/2010", "E81 E82 E88 E84"),
        ("was wurde vorletztes Jahr gebaut", "F40 F44 U06 U25"),
        ("which models were built in 2010 and which today", "E81 E82 E88 E84 U06 U25 F70 F74"),
        ("which model started first, and which last", "E90 F70 F74"),
    ],
)
def test_a_time_says_of_which_end_of_a_run_it_tells(leipzig: Prepared, question: str, codes: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert (reply.status, listed(reply)) == (Status.ANSWERED, set(codes.split()))


@pytest.mark.parametrize(
    "question",
    [
        "how many models in the first 10 years",
        "how many i3 in its last 3 years",
        "which models started in 2010 and started in 2012",
        "welche Modelle wurden nicht bis 2015 gebaut",
        "which models ended before 2015 and are still built",
        "did the E90 end before the X1 started",
        "what did they build when the works opened",
        "when was the last millionth car",
    ],
)
def test_what_a_time_does_not_tell_is_not_answered(leipzig: Prepared, question: str) -> None:
    assert Conversation(leipzig).reply(question).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how long after the X1 ended did the Countryman start", "8 years"),
        ("how many years after the i8 did the i3 end", "2 years"),
        ("wie lange nach dem Ende des E90 begann der Fünftürer", "3 Jahre"),
        ("how many years did it take to build 2 million cars", "11 years 7 months"),
    ],
)
def test_the_time_between_two_moments_takes_the_verb_of_each(leipzig: Prepared, question: str, figure: str) -> None:
    assert figure in Conversation(leipzig).reply(question).headline


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("how many 1 series were made between 2007 and 2013", None),
        ("wie viele BMWs wurden zwischen 2005 und 2009 gebaut", None),
        ("how many cars between the start and 2011", None),
        ("how many convertibles were built before 2014", "131,664"),
        ("how many i8 Roadsters were built between 2014 and 2017", "**0**"),
    ],
)
def test_a_part_of_a_quantity_is_told_where_the_rows_tell_it(
    leipzig: Prepared, question: str, figure: str | None
) -> None:
    reply = Conversation(leipzig).reply(question)
    assert (reply.status is Status.ANSWERED) is (figure is not None)
    assert figure is None or figure in reply.headline


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("wann wurde der erste Active Tourer gebaut", "2014"),
        ("when was the last five-door built", "still in production"),
        ("when was million number three", "2021"),
    ],
)
def test_the_first_and_the_last_of_several_are_one(leipzig: Prepared, question: str, year: str) -> None:
    assert year in Conversation(leipzig).reply(question).headline


def test_two_names_with_a_verb_each_are_two_questions(leipzig: Prepared) -> None:
    reply = Conversation(leipzig).reply("when did the i3 start and the M2 end")
    assert ("2013" in reply.headline, "2021" in reply.text, "2022" in reply.text) == (True, True, False)


def test_what_is_in_production_is_so_today(leipzig: Prepared) -> None:
    assert listed(Conversation(leipzig).reply("how many 1 Series are in production")) == {"F70"}
    assert "2015" in Conversation(leipzig).reply("ist der X1 in Produktion").headline


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("war der X1 2016 schon vorbei", "Ja"),
        ("was the X1 no longer built in 2014", "No"),
        ("did the X1 go out of production in 2016", "No"),
    ],
)
def test_what_was_over_in_a_year_had_ended_by_then(leipzig: Prepared, question: str, holds: str) -> None:
    assert Conversation(leipzig).reply(question).headline.startswith(f"**{holds}**")
