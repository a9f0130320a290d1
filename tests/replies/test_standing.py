"""Replies without a query, and several replies in one."""

from __future__ import annotations

import pytest

from bot.languages import Language
from bot.replies.reply import Choice, Reply, Status
from bot.replies.wording import ambiguous, follow_up_lost, join, not_placed, off_topic, social, too_long, word
from knowledge.evaluation import evaluate
from knowledge.query import Attribute, Equals, Get, Selection
from knowledge.relations import Relations


def quantity_of(key: str, relations: Relations, language: Language) -> Reply:
    selection = Selection(conditions=(Equals(Attribute.KEY, (key,)),))
    return word(evaluate(Get(selection, (Attribute.QUANTITY,)), relations), relations, language)


def test_words_that_nobody_can_place_are_named(leipzig: Relations, english: Language, german: Language) -> None:
    reply = not_placed(["sold"], "BMW X1 (E84): 2009–2015, 635,194", leipzig, english)
    assert reply.status is Status.UNKNOWN
    assert "“sold”" in reply.headline
    assert reply.details == ("What I do know: BMW X1 (E84): 2009–2015, 635,194",)
    assert "„verkauft“" in not_placed(["verkauft"], None, leipzig, german).headline


def test_at_most_three_short_words_are_repeated(leipzig: Relations, english: Language) -> None:
    headline = not_placed(["one", "two", "three", "four", "x" * 500], None, leipzig, english).headline
    assert "“three”" in headline
    assert "four" not in headline
    assert "x" * 40 + "”" in not_placed(["x" * 500], None, leipzig, english).headline


@pytest.mark.parametrize("word", ["@everyone", "<@123456789012345678>", "https://evil.example/", "\x1b[31m", ""])
def test_no_mention_and_no_address_is_repeated(word: str, leipzig: Relations, english: Language) -> None:
    text = not_placed([word], None, leipzig, english).text
    assert not set("@<>\x1b[") & set(text)
    assert "evil" not in text


def test_off_topic_tells_what_the_bot_is_for(leipzig: Relations, english: Language, german: Language) -> None:
    for language, expected in ((english, "how many"), (german, "wie viele")):
        reply = off_topic(language, leipzig)
        assert reply.status is Status.OFF_TOPIC
        assert "BMW Plant Leipzig" in reply.headline
        assert expected in reply.headline


def test_help_shows_questions(leipzig: Relations, english: Language) -> None:
    reply = social("help", leipzig, english, ["which model was built most?", "who bought *it*?"])
    assert reply.status is Status.SOCIAL
    assert reply.details == ("- which model was built most?", r"- who bought \*it\*?")


def test_source_and_freshness_come_from_the_file(leipzig: Relations, english: Language, german: Language) -> None:
    assert leipzig.knowledge.sources[0].title in social("source", leipzig, english).headline
    assert "9. Dezember 2025" in social("freshness", leipzig, german).headline


def test_limits_are_told_kindly(english: Language, german: Language) -> None:
    assert too_long(english).status is Status.OFF_TOPIC
    assert follow_up_lost(german).status is Status.UNKNOWN
    assert follow_up_lost(german).headline != follow_up_lost(english).headline


def test_several_questions_make_one_reply(leipzig: Relations, english: Language) -> None:
    known = quantity_of("BMW i3 (i01)", leipzig, english)
    unknown = quantity_of("BMW X3", leipzig, english)
    both = join([unknown, known])
    assert both.status is Status.ANSWERED
    assert both.headline == f"{unknown.headline}\n{known.headline}"
    assert known.reading in both.reading
    assert unknown.reading in both.reading
    assert both.source == known.source
    assert join([unknown, unknown]).status is Status.UNKNOWN
    assert join([known]) == known


def test_several_readings_are_shown_with_their_answers(leipzig: Relations, english: Language) -> None:
    replies = [quantity_of(f"BMW 1 Series five-door ({code})", leipzig, english) for code in ("F20", "F40")]
    reply = ambiguous(replies, ["F20", "F40"], english)
    assert reply.status is Status.AMBIGUOUS
    assert "**F20**: **424,111**" in reply.text
    assert "**F40**: **442,859**" in reply.text
    assert reply.choices == (Choice("F20", "F20"), Choice("F40", "F40"))
