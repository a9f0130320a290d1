"""Questions about plants of several kinds: what stands beside what, what a facet counts, what is not known."""

from __future__ import annotations

import pytest
from question_sets import prepared_from

from bot.conversation import Conversation, Speaker
from bot.replies.reply import Status

TOLD = [
    (None, "predecessor of the F40", "predecessor of the BMW 1 Series five-door (F40) is not known"),
    ("locomotives", "Nachfolger des Nachfolgers vom T3", "V 60"),
    ("locomotives", "did the V 60 replace the BR 80", "**Yes**"),
    ("locomotives", "is the V 60 the successor of the BR 86", "**No**"),
    (None, "which models were built only in the 2010s", "**2** models"),
    (None, "welche Modelle wurden ausschließlich vor 2013 gebaut", "**3** Modelle"),
    (None, "was the E90 built only in the 2010s", "**No**"),
    (None, "more coupes or convertibles of the 2 series", "165,224"),
    (None, "mehr Cabrios oder Coupés vom 1er", "136.547"),
    ("pianos", "mehr Flügel oder Pianinos aus Nussbaum", "646"),
    (None, "which cars are convertibles and are 2 series", "F23"),
    (None, "is the i8 an i model and a convertible", "**No**"),
    (None, "how long was the gap between F23 and E88", "2013 → 2014"),
    (None, "wie lange war die Lücke zwischen F20 und F40", "2019"),
    ("motorcycles", "which bikes have more than three cylinders", "**2** models"),
    ("motorcycles", "welche Motorräder haben keine Zylinder", "Elster"),
    ("cameras", "which cameras have no known end", "**2** models"),
    ("cameras", "is the Veltina still built", "Veltina Heritage"),
    ("locomotives", "was the V 20 built in 1940", "**Yes**"),
    ("locomotives", "was wurde 1943 gebaut", "einem weiteren"),
    ("locomotives", "which is the rarest", "Without 3 models"),
    ("motorcycles", "how old was the works when the museum opened", "74 years 9 months"),
    ("turbines", "wie viele wurden von dem Typ gebaut, der die P27 ablöste", "1.127"),
    ("turbines", "wie viele Anlagen Typen werden noch gebaut", "**4** von 19"),
    ("cameras", "welche Kameras wurden während des Hochwassers gebaut", "**4** Modelle"),
]


@pytest.mark.parametrize(("plant", "question", "told"), TOLD)
def test_what_is_asked_of_any_plant_is_what_is_told(plant: str | None, question: str, told: str) -> None:
    assert told in Conversation(prepared_from(plant)).reply(question).text


REFUSED = [
    (None, "how many cars were built only in 2013"),
    (None, "more coupes or roadsters of the 2 series"),
    (None, "is the X1 bigger than the F40"),
    (None, "which milestone has no destination"),
    ("pianos", "biggest grand"),
    ("motorcycles", "how many bikes have more than 5 cylinders"),
    ("locomotives", "is the Brigadelok the rarest"),
    ("locomotives", "which class was the last steam locomotive"),
    (None, "2 series without the M3"),
    (None, "which models have no successor"),
    (None, "did the plant ever make a million in a year"),
    (None, "who is running the plant these days"),
]


@pytest.mark.parametrize(("plant", "question"), REFUSED)
def test_what_cannot_be_told_of_a_plant_is_not_answered_by_something_else(plant: str | None, question: str) -> None:
    assert Conversation(prepared_from(plant)).reply(question).status is not Status.ANSWERED


def test_after_a_successor_its_own_is_asked_for() -> None:
    conversation, ann = Conversation(prepared_from("locomotives")), Speaker("here", "ann")
    assert "BR 80" in conversation.reply("what is the successor of the T3", ann).headline
    assert "V 60" in conversation.reply("and its successor?", ann).headline
