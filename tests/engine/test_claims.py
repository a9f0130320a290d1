"""Yes and no: of how many rows something is so, which of several values it is, and what is not known."""

from __future__ import annotations

import pytest

from bot.conversation import Conversation, Prepared, Speaker
from bot.replies.reply import Status

ANN = Speaker("ann", "general")

VERDICTS = [
    # of each, of any, of these alone: never of what they come to together
    ("are all 2 series still built?", "**No**", "4 of 6"),
    ("did every model make more than 10000 units?", "**No**", "i8 Roadster"),
    ("are the coupes all out of production?", "**Yes**", "4"),
    ("are the i3 and the countryman still built?", "**No**", ": **BMW i3 (i01)**"),
    ("do any convertibles have more than 200,000 units?", "**No**", "131,664"),
    ("do any 1 series have less than 10000 units?", "**Yes**", "1 Series M Coupé"),
    ("are there more than 5 convertibles?", "**No**", "2"),
    ("is the X1 the only model with over 400k?", "**No**", "F40"),
    ("is the F70 the only 1 series still built?", "**Yes**", "F70"),
    ("is the gran coupe still in production?", "**Yes**", "1 of 2"),
    ("werden beide active tourer noch gebaut?", "**Nein**", "F45"),
    ("wird irgendein coupé noch gebaut?", "**Nein**", "4"),
    ("wird nur der countryman noch gebaut?", "**Nein**", "U06"),
    ("is no coupe still built?", "**Yes**", "none of 4"),
    ("are none of the 1 series still built?", "**No**", "1 of 7"),
    ("are there more than 30 models?", "**No**", "20"),
    # of the whole plant: who made a fourth million made three
    ("did the plant reach 3 million?", "**Yes**", "4,000,000"),
    ("hat das Werk die 3 Millionen erreicht?", "**Ja**", "4.000.000"),
    ("did the plant ever hit 5 million?", "**No**", "4,000,000"),
    # set against something else
    ("is the X1 older than all other models?", "**No**", "E90"),
    ("is there a model rarer than the i8 roadster?", "**No**", ""),
    ("did the M2 start before the 1M ended?", "**No**", "2015"),
    ("did the U06 start when the F45 ended?", "**Yes**", "2021"),
    ("was output in 2024 lower than in 2023?", "**No**", "30.8"),
    ("did you make fewer than 20k i8?", "**No**", "20,465"),
    ("did the M2 start while the i8 was running?", "**Yes**", "2015"),
    ("did any model end while the E90 was running?", "**No**", ""),
    # when a run began, ended, or held on
    ("have any convertibles been built since 2020?", "**Yes**", "F23"),
    ("Wurde seit 2015 ein i8 gebaut?", "**Ja**", "2020"),
    ("was the last X1 built in 2015?", "**Yes**", "2015"),
    ("Wurde der erste i3 2014 gebaut?", "**Nein**", "2013"),
    ("was the last convertible built in 2013?", "**No**", "2021"),
    ("did the M2 last less than 5 years?", "**No**", "6 years"),
    # of the plant
    ("did output grow by more than 30%?", "**Yes**", "30.8"),
    ("did output fall by more than 20%?", "**No**", "30.8"),
    ("ist leipzig eines der zehn produktivsten werke?", "**Ja**", "sechst"),
    ("is leipzig one of the five most productive plants?", "**No**", "sixth"),
    ("so about 250,000 cars last year, right?", "**Yes**", "246,195"),
    # of a group as a whole
    ("was the 1 series built longer than the 2 series?", "**Yes**", "18 years"),
    ("was the 1 series built for more than 10 years?", "**Yes**", "18 years"),
    ("are there two i8s?", "**Yes**", "i8 Roadster"),
    ("were 136,547 1 series coupes built?", "**Yes**", "136,547"),
    ("was 2024 better than 2023?", "**Yes**", "30.8"),
    ("is the i8 above average?", "**No**", "200,000"),
    ("ist die 1M seltener als der Durchschnitt der M-Modelle?", "**Ja**", "34.099"),
    ("hatten F40 und F44 die gleiche Stückzahl?", "**Nein**", "220.795"),
    ("was the F40 built as long as the F44?", "**Yes**", "5 years"),
    ("wurden mehr F45 gebaut als i3, F22 und F23 zusammen?", "**Nein**", "534.587"),
    ("hat das 2er Coupé mehr als alle Cabrios zusammen?", "**Nein**", "250.756"),
    ("were the i3 and the F22 together built more than the F40?", "**No**", "415,495"),
    # of what a number counts: models, all of a name, all that was built
    ("hat Leipzig sieben verschiedene 1er gebaut?", "**Ja**", "7"),
    ("gab es zwei i8?", "**Ja**", "Roadster"),
    ("were 20,465 i8 built?", "**Yes**", "3,884"),
    ("sind es wirklich 3 Millionen Autos?", "**Nein**", "4.000.000"),
    # said in passing
    ("der M2 wird ja seit 2013 gebaut, wie viele gibts denn?", "**Nein**", "61.856"),
    ("why were only 300,000 X1 built?", "**No**", "635,194"),
]


@pytest.mark.parametrize(("question", "verdict", "holds"), VERDICTS)
def test_a_claim_is_so_or_not(leipzig: Prepared, question: str, verdict: str, holds: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert (reply.status, reply.headline.startswith(verdict), holds in reply.text) == (Status.ANSWERED, True, True)


CHOICES = [
    ("was the four millionth car green or blue?", "Anglesey Green"),
    ("was the X1 a BMW or a MINI?", ": **BMW**"),
    ("is the F20 a 1 or a 2 series?", ": **1 Series**"),
    ("is the i8 a coupe or a roadster?", ": **Roadster**"),
    ("did the i3 or the i8 last longer?", ": **BMW i3 (i01)**"),
    ("war das meistgebaute modell ein bmw oder ein mini?", ": **BMW**"),
    ("hatte das viermillionste auto eine sonderfarbe?", "BMW-Individual-Farbe"),
    ("Kam der Countryman vor 2023 oder danach?", "seit **2023**"),
    ("was the i8 built before 2015 or after?", "2014"),
    ("was the X1 built until 2013?", "2009 to 2015"),
    ("Wurde der X1 ab 2010 gebaut?", "2009 bis 2015"),
]


@pytest.mark.parametrize(("question", "holds"), CHOICES)
def test_a_choice_is_answered_by_what_is_so(leipzig: Prepared, question: str, holds: str) -> None:
    reply = Conversation(leipzig).reply(question)
    yes_or_no = reply.headline.startswith(("**Yes", "**No", "**Ja", "**Nein"))
    assert (reply.status, holds in reply.headline, yes_or_no) == (Status.ANSWERED, True, False)


UNDERSTOOD_BY_NOBODY = [
    "not all 2 series ended, right?",
    "were all four million cars built since 2005?",
    "were all i8 built in 2019?",
    "there are no minis, right?",
    "did the first five-door beat the X1?",
    "did output grow by nearly a third?",
    "is leipzig BMW's newest plant?",
    "is leipzig BMW's sixth largest plant?",
    "ist leipzig das größte werk von bmw?",
    "is every second car a 1 series?",
    "is one in twenty cars a MINI?",
    "ist jedes dritte auto ein 1er?",
    "is the 1 series the longest built series?",
    "was 2020 better than 2019?",
    "gab es jemals mehr als 10 Modelle gleichzeitig?",
    "do two models share a code?",
    "is Leipzig the biggest MINI plant?",
]


@pytest.mark.parametrize("question", UNDERSTOOD_BY_NOBODY)
def test_what_cannot_be_decided_gets_no_verdict(leipzig: Prepared, question: str) -> None:
    assert Conversation(leipzig).reply(question).status is not Status.ANSWERED


UNKNOWN = [
    ("hatte das zweimillionste auto eine sonderfarbe?", "Individual"),
    ("ging das dreimillionste auto in die niederlande?", "Ziel"),
    ("which generation was the one millionth car, E81 or F20?", "model in the list"),
    ("an welchem tag endete der i8 roadster?", "2020"),
    ("in which month did they start making the F87?", "2015"),
]


@pytest.mark.parametrize(("question", "named"), UNKNOWN)
def test_what_the_file_does_not_say_is_named(leipzig: Prepared, question: str, named: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert (reply.status, named in reply.headline) == (Status.UNKNOWN, True)


def test_rows_that_ran_as_long_keep_their_own_years(leipzig: Prepared) -> None:
    reply = Conversation(leipzig).reply("which ran longer, the X1 or the M2?")
    assert ("2009" in reply.headline, "2009–2015" in reply.text, "2015–2021" in reply.text) == (False, True, True)


def test_all_of_them_are_those_that_were_spoken_of(leipzig: Prepared) -> None:
    conversation = Conversation(leipzig)
    conversation.reply("how many 1 series were built?", ANN)
    assert "6 of 7" in conversation.reply("are all of them still built?", ANN).headline
    conversation.reply("how many active tourers were built?", ANN)
    assert "1 of 2" in conversation.reply("are both still built?", ANN).headline


def test_only_an_amount_is_said_of_what_was_spoken_of(leipzig: Prepared) -> None:
    conversation = Conversation(leipzig)
    conversation.reply("wie viele F20 wurden gebaut?", ANN)
    assert conversation.reply("sind es über 500.000 Autos?", ANN).headline.startswith("**Nein**")


def test_both_are_two(leipzig: Prepared) -> None:
    conversation = Conversation(leipzig)
    conversation.reply("how many 1 series were built?", ANN)
    assert conversation.reply("are both still built?", ANN).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("years", "verdict"), [("2009 to 2015", "**Yes**"), ("2008 to 2015", "**No**"), ("2009 to 2016", "**No**")]
)
def test_both_ends_of_a_claimed_run_have_to_be_right(leipzig: Prepared, years: str, verdict: str) -> None:
    for question in (f"the X1 was built from {years}, right?", f"was the X1 built from {years}?"):
        assert Conversation(leipzig).reply(question).headline.startswith(verdict)
