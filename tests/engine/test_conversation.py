"""The one door: what is remembered, what is not answered, and that anything at all may be typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from question_sets import prepared_from

from bot.conversation import Conversation, Prepared, Speaker, prepare
from bot.evaluation.comparing import Said
from bot.languages import languages
from bot.replies.reply import Reply, Status
from knowledge.loading import parse

ANN = Speaker("ann", "general")
QUESTION, FIGURE = "how many i8 Roadsters were built?", "3,884"
FOLLOW_UP, ITS_FIGURE = "and the i3?", "250,271"
OTHERS = tuple(Speaker(f"person {number}", "general") for number in range(3))


class Clock:
    """A clock that stands still until somebody moves it. Seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def follows_up(conversation: Conversation, speaker: Speaker = ANN) -> bool:
    """Whether a question that needs the one before it is answered."""
    reply = conversation.reply(FOLLOW_UP, speaker)
    return reply.status is Status.ANSWERED and ITS_FIGURE in reply.headline


# -- memory ---------------------------------------------------------------------------------------------------------


def test_a_question_may_lean_on_the_one_before(leipzig: Prepared) -> None:
    conversation = Conversation(leipzig)
    assert FIGURE in conversation.reply("when did the i8 Roadster start, and how many?", ANN).text
    conversation.reply("when did the X1 start?", ANN)
    reply = conversation.reply("and when did it end?", ANN)
    assert (reply.status, "2015" in reply.headline) == (Status.ANSWERED, True)


@pytest.mark.parametrize("other", [Speaker("bob", "general"), Speaker("ann", "random")])
def test_each_person_has_a_memory_of_its_own_in_each_channel(leipzig: Prepared, other: Speaker) -> None:
    conversation = Conversation(leipzig)
    conversation.reply("when did the X1 start?", ANN)
    conversation.reply("when did the M2 start?", other)
    replies = [conversation.reply("and when did it end?", speaker).headline for speaker in (ANN, other)]
    assert ["2015" in replies[0], "2021" in replies[1]] == [True, True]


def test_a_question_without_a_speaker_stands_alone(leipzig: Prepared) -> None:
    conversation = Conversation(leipzig)
    conversation.reply("when did the X1 start?")
    assert conversation.reply("and when did it end?").status is not Status.ANSWERED
    conversation.reply("when did the X1 start?", ANN)
    assert conversation.reply("and when did it end?").status is not Status.ANSWERED


def test_what_was_said_is_forgotten_after_a_while(leipzig: Prepared) -> None:
    clock = Clock()
    conversation = Conversation(leipzig, seconds=60, clock=clock)
    conversation.reply("when did the X1 start?", ANN)
    clock.now = 59
    assert "2015" in conversation.reply("and when did it end?", ANN).headline
    clock.now = 118
    assert "2009" in conversation.reply("and when did it start?", ANN).headline
    clock.now = 179
    assert conversation.reply("and when did it end?", ANN).status is not Status.ANSWERED


def test_only_so_many_people_are_remembered(leipzig: Prepared) -> None:
    conversation = Conversation(leipzig, limit=2)
    for speaker in OTHERS:
        conversation.reply("when did the X1 start?", speaker)
    answered = [conversation.reply("when did it end?", each).status is Status.ANSWERED for each in OTHERS]
    assert answered == [False, True, True]


def test_facts_that_were_replaced_are_forgotten(leipzig: Prepared, locomotives: Prepared) -> None:
    conversation = Conversation(leipzig)
    conversation.reply("when did the X1 start?", ANN)
    conversation.replace(locomotives)
    assert conversation.reply("and when did it end?", ANN).status is not Status.ANSWERED
    conversation.replace(leipzig)
    assert conversation.snapshot is leipzig.snapshot
    assert FIGURE in conversation.reply(QUESTION, ANN).headline


def test_an_answer_is_computed_on_the_facts_that_were_live_when_it_was_asked(
    leipzig: Prepared, locomotives: Prepared
) -> None:
    """The memory is asked for the time after the question began: at that moment the facts are replaced."""
    conversation: Conversation

    def replacing() -> float:
        conversation.replace(locomotives)
        return 0.0

    conversation = Conversation(leipzig, clock=replacing)
    first, second = (conversation.reply(QUESTION, ANN) for _ in range(2))
    assert conversation.snapshot is locomotives.snapshot
    assert FIGURE in first.headline
    assert second.status is not Status.ANSWERED


# -- every content word is accounted for ----------------------------------------------------------------------------

BEYOND = [
    ("how many i8 roadsters were sold in Germany", "en", ("sold", "germany")),
    ("how many i8 roadsters were exported", "en", ("exported",)),
    ("how many X1s were built for Japan", "en", ("japan",)),
    ("how many diesel X1s were built", "en", ("diesel",)),
    ("how many workers built the i3", "en", ("workers",)),
    ("how much does the M2 cost", "en", ("cost",)),
    ("what horsepower does the M2 have", "en", ("horsepower",)),
    ("which models were built in Munich", "en", ("munich",)),
    ("when did the X1 start in Spartanburg", "en", ("spartanburg",)),
    ("how many i3 batteries were built", "en", ("batteries",)),
    ("wie viele i8 Roadster wurden in Deutschland verkauft", "de", ("deutschland", "verkauft")),
    ("wie viele X1 wurden exportiert", "de", ("exportiert",)),
    ("wie viele Mitarbeiter bauten den i3", "de", ("mitarbeiter",)),
    ("wie viel PS hat der M2", "de", ("ps",)),
    ("welche Modelle wurden in München gebaut", "de", ("munchen",)),
    ("wie viele i3 wurden mit Dieselmotor gebaut", "de", ("dieselmotor",)),
]


@pytest.mark.parametrize(("question", "code", "words"), BEYOND)
def test_a_word_that_is_not_known_is_named_and_nothing_answered(
    leipzig: Prepared, question: str, code: str, words: tuple[str, ...]
) -> None:
    reply = Conversation(leipzig).reply(question)
    assert reply.status is not Status.ANSWERED
    assert reply.language == code
    assert any(word in Said(reply.text).comparable for word in words), reply.text


NO_WORD = st.text("bdfgklmnprstvz", min_size=2, max_size=2).flatmap(
    lambda consonants: st.tuples(st.sampled_from("aeou"), st.sampled_from("ou")).map(
        lambda vowels: f"q{vowels[0]}{consonants[0]}{vowels[1]}{consonants[1]}x"
    )
)
"""Six letters that are a word in no language."""

PLAIN = (
    "how many X1 were built", "when did the i3 start", "how long was the M2 built", "which models are convertibles",
    "how many models were built in 2012", "what share is the X1", "which model was built most", "is the M2 still built",
    "wie viele X1 wurden gebaut", "wann begann der i3", "welche Modelle sind Cabrios", "wie lange wurde der M2 gebaut",
)  # fmt: skip


@settings(max_examples=300, derandomize=True)
@given(st.sampled_from(PLAIN), NO_WORD, st.data())
def test_a_strange_word_anywhere_in_a_question_is_named_and_nothing_answered(
    question: str, word: str, data: st.DataObject
) -> None:
    words = question.split()
    place = data.draw(st.integers(0, len(words)))
    reply = Conversation(prepared_from(None)).reply(" ".join([*words[:place], word, *words[place:]]))
    assert reply.status is not Status.ANSWERED
    assert word in Said(reply.text).comparable, reply.text


# -- codes are exact ------------------------------------------------------------------------------------------------


NOT_ON_THE_LIST = (
    "E91", "E80", "F21", "F71", "F75", "U07", "i4", "i02", "i13", "X2", "X3", "X10", "M3", "M4", "M240d", "1M3", "Z4",
)  # fmt: skip
ABOUT_A_CODE = ("how many {}?", "how many {} were built", "when did the {} start", "Stückzahl {}", "wann begann der {}")


@pytest.mark.parametrize("question", ABOUT_A_CODE)
def test_a_code_that_is_not_on_the_list_is_not_another_one(leipzig: Prepared, question: str) -> None:
    replies = {name: Conversation(leipzig).reply(question.format(name)) for name in NOT_ON_THE_LIST}
    assert [name for name, reply in replies.items() if reply.status is Status.ANSWERED] == []


@pytest.mark.parametrize("question", ABOUT_A_CODE)
def test_a_code_that_is_not_on_the_list_is_named_in_the_reply(leipzig: Prepared, question: str) -> None:
    replies = {name: Conversation(leipzig).reply(question.format(name)) for name in NOT_ON_THE_LIST}
    assert [name for name, reply in replies.items() if not Said(reply.text).holds(name)] == []


@pytest.mark.parametrize(
    "question",
    [
        "So my first BMW was an E50 saloon that came out of Leipzig. Got me wondering, how many did they make?",
        "my gf has the little 3-door one series (e80). how many of those exist out of leipzig",
        "F49 Gran Coupé: Menge?",
        "Wie viele i0 insgesamt, Coupé plus Roadster?",
        "E88 oder E52 Coupé: wer hat die größere Stückzahl",
        "7er reihe gegen 2er reihe: was hat mehr stück",
        "X1 or X3, which was built more?",
        "i3, i4 and i8: how many in total?",
    ],
)
def test_a_name_that_is_not_on_the_list_is_not_passed_over_beside_others(leipzig: Prepared, question: str) -> None:
    reply = Conversation(leipzig).reply(question)
    assert reply.status is not Status.ANSWERED, reply.headline


UNKNOWN_START = """\
plant: {name: Small Works}
as_of: 2020
sources: [{id: book, title: The book}]
models:
  - {name: Blue Engine, code: KX7, quantity: 4321, production: {to: 1953}}
  - {name: Red Engine, code: KX8, quantity: 1234, production: {from: 1960, to: 1963}}
"""


@pytest.mark.parametrize(
    "question",
    [
        "Blue Engine or Red Engine, which started first?",
        "Blue Engine or Red Engine, which one ran longer?",
        "KX7 oder KX8, was lief länger?",
    ],
)
def test_what_cannot_be_compared_is_not_compared_by_something_else(question: str) -> None:
    reply = Conversation(prepare(parse(UNKNOWN_START.encode(), "small"))).reply(question)
    assert reply.status is not Status.ANSWERED, reply.headline


def test_a_claim_that_cannot_be_decided_is_not_decided_in_part() -> None:
    conversation = Conversation(prepare(parse(UNKNOWN_START.encode(), "small")))
    reply = conversation.reply("the Blue Engine started in 1950, right?")
    assert reply.status is not Status.ANSWERED, reply.headline


def test_every_code_of_a_file_gives_its_own_figure(leipzig: Prepared, locomotives: Prepared, pianos: Prepared) -> None:
    for prepared in (leipzig, locomotives, pianos):
        conversation = Conversation(prepared)
        for code, rows in prepared.relations.codes.items():
            reply = conversation.reply(f"how many {code}?", language="en")
            known = [row.quantity for row in rows if row.quantity is not None]
            said = Said(reply.text)
            if known:
                assert all(said.holds(str(quantity)) for quantity in known), (code, reply.text)
            else:
                assert reply.status is not Status.ANSWERED, (code, reply.text)


# -- anything may be typed ------------------------------------------------------------------------------------------

LONGEST = 4000
WORDS = (
    "how many",
    "X1",
    "i8",
    "between",
    "2012",
    "and",
    "or",
    "not",
    "than",
    "most",
    "wie viele",
    "1 Series",
    "vs",
    "?",
    "\n",
)
anything = (
    st.text(max_size=LONGEST)
    | st.lists(st.sampled_from(WORDS) | st.text(max_size=9), max_size=120).map(" ".join)
    | st.tuples(st.text(min_size=1, max_size=12), st.integers(1, LONGEST)).map(
        lambda pair: (pair[0] * pair[1])[:LONGEST]
    )
)
PINGS = ("@everyone", "@here", "<@123456789012345678>", "<@!1>", "<@&99>", "<#5>", "<:smile:7>", "@ann")


@settings(max_examples=200, deadline=None)
@given(anything)
def test_anything_at_all_gets_a_reply(text: str) -> None:
    reply = Conversation(prepared_from(None)).reply(text, ANN)
    assert isinstance(reply, Reply)
    assert reply.headline.strip()
    assert reply.language in languages()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PINGS) | st.sampled_from(WORDS) | st.text(max_size=20), min_size=1, max_size=30))
def test_no_reply_pings_anybody(parts: list[str]) -> None:
    for separator in ("", " ", "\u200b"):
        reply = Conversation(prepared_from(None)).reply(separator.join(parts))
        for part in (reply.text, *(choice.question + choice.label for choice in reply.choices)):
            assert "@" not in part
            assert "<#" not in part
            assert "<:" not in part


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "?", "…", "\0", "\u202e", "\ud800", "🚗", "1", "-", "a" * LONGEST, "x1 " * 1300]
)
def test_short_and_long_nothings_get_a_reply(leipzig: Prepared, text: str) -> None:
    assert Conversation(leipzig).reply(text).headline.strip()


@settings(max_examples=100, deadline=None)
@given(st.lists(anything, min_size=1, max_size=4))
def test_a_reply_does_not_depend_on_what_others_said(texts: list[str]) -> None:
    conversation = Conversation(prepared_from(None))
    for text in texts:
        conversation.reply(text, ANN)
    assert conversation.reply(QUESTION, Speaker("bob", "general")) == Conversation(prepared_from(None)).reply(QUESTION)


@pytest.mark.parametrize("end", ["please " * 200, "x" * 4001, "and not in 2015 " * 60])
def test_a_message_that_is_too_long_is_not_answered_from_its_beginning(leipzig: Prepared, end: str) -> None:
    reply = Conversation(leipzig).reply("how many i3 were built " + end)
    assert reply.status is not Status.ANSWERED
    assert "too long" in reply.headline
