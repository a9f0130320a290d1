"""What people write that is no plain question: corrections, dictated codes, words run together, years in short."""

from __future__ import annotations

import pytest

from bot.conversation import Conversation, Prepared
from bot.replies.reply import Status

ANSWERED = [
    # What was corrected in the same message does not count.
    ("how many X1, no wait, i3 were built", "250,271"),
    ("How many X1, no, the i3, were built?", "250,271"),
    ("when did the X1 end, no, the i3", "2022"),
    ("wie viele X1, nein, den i3", "250.271"),
    ("how many BMWs, no MINIs", "3,818,536"),
    ("when did the X1 start, sorry, the i3", "2013"),
    ("how many models started in 2013... no wait, 2014", "**3** of 20"),
    ("wie viele X1, äh ich meine i3, wurden gebaut", "250.271"),
    ("how many X3.. nah, X1", "635,194"),
    ("~~how many X1~~ how many i3", "250,271"),
    # A narrower name is no correction.
    ("how many 2 series, i mean the convertible", "119,092"),
    # Codes and names as they are dictated.
    ("how many x eins were built", "635,194"),
    ("wie viele f zweiundzwanzig", "165.224"),
    ("how many f forty", "442,859"),
    ("how many of the b m w x one", "635,194"),
    # Short words run together with others.
    ("is the countryman stillinproduction", "Yes"),
    ("rarestmodel oftheplant", "i8 Roadster"),
    # Years and amounts in short.
    ("what started in '24", "F74"),
    ("which models started in 24", "F74"),
    ("how many models reached a quarter of a million", "**6** of 20"),
    ("welche Modelle haben mehr als eine Viertelmillion", "**6** Modelle"),
    ("wie viele 2014er modelle", "**7** von 20"),
    ("61,856 M2?", "Yes"),
    ("500 i3", "No"),
]


@pytest.mark.parametrize(("question", "wanted"), ANSWERED)
def test_what_is_written_in_haste_is_answered(leipzig: Prepared, question: str, wanted: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert reply.status is Status.ANSWERED
    assert wanted in reply.text


ASKED = [
    ("which 2019 models are still built", "None"),
    ("which models rank 3 to 5", "Places 3 to 5"),
    ("second and third longest built models", "F22"),
    ("models built for 3 to 5 years", "E90"),
    ("difference between the top 2 models", "192,335"),
    ("best 1 series by volume", "F40"),
    ("Cabrios inklusive i8 Roadster", "254.640"),
    ("how many cars from 2005 to 2025", "4,000,000"),
    ("wie viele der 20 Modelle sind noch in Produktion?", "**4** von 20"),
    ("wie viele modelle liefen im startjahr vom countryman", "**4** von 20"),
    ("welche modelle gingen nach 2018 in produktion", "**6** Modelle"),
    ("was hat leipzig 2014 neu ins programm genommen", "**3** Modelle"),
    ("wie heißt der i8 roadster intern", "i15"),
    ("has the M2 ended or is it still built", "ended in **2021**"),
    ("which million did the 120 fill", "4,000,000"),
    ("was there a milestone in 2020", "No"),
    ("are there 5 milestones", "No"),
]


@pytest.mark.parametrize(("question", "wanted"), ASKED)
def test_what_the_file_holds_is_answered_in_other_words_too(leipzig: Prepared, question: str, wanted: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert reply.status is Status.ANSWERED
    assert wanted in reply.text


REFUSED = [
    "how many x three were built",  # no such name, however it is said
    "wie viele e einundneunzig",
    "how many models in 30",
    "wie viele der 15 Modelle sind noch in Produktion?",
    "how many cars from 2006 to 2025",
    "second and fourth most built model",
    "which is the best coupe",
    "which was the first bmw plant",
    "was one of the milestone cars an F20",  # of one milestone the row is not known
    "was there a milestone in may 2025",
    "how many people work at the plant",  # no file tells of it
    "wer leitet das werk",
]


@pytest.mark.parametrize("question", REFUSED)
def test_what_only_looks_like_it_is_not_answered(leipzig: Prepared, question: str) -> None:
    assert Conversation(leipzig).reply(question).status is Status.UNKNOWN


@pytest.mark.parametrize("question", ["how many employees does apple have", "how many people live in france"])
def test_what_is_asked_of_another_place_is_off_the_topic(leipzig: Prepared, question: str) -> None:
    assert Conversation(leipzig).reply(question).status is Status.OFF_TOPIC


def test_a_question_about_the_plant_may_name_it(locomotives: Prepared) -> None:
    reply = Conversation(locomotives).reply("who founded Hartmoor")
    assert reply.status is Status.ANSWERED
    assert "Ida Harms" in reply.text
