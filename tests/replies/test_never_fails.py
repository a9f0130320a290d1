"""Whatever the facts and the question are, there is a reply, and nothing in it formats or mentions."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import knowledges, queries

from bot.languages import FOLDER, Language
from bot.replies.reply import Status
from bot.replies.wording import describe, escape, not_placed, off_topic, social, word
from bot.replies.wording_markdown import quotable
from knowledge.answer import Missing
from knowledge.evaluation import evaluate
from knowledge.relations import Relations
from knowledge.schema import Knowledge

LANGUAGES = [Language(FOLDER / code) for code in ("en", "de")]
ACTIVE = re.compile(r"(?<!\\)(?:\\\\)*[*_~`|>#@<\[\]]")
PING = re.compile(r"@(everyone|here|[!&]?\d)|<[@#:at/]")
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@relaxed
@given(st.data())
def test_every_query_has_a_reply_with_its_reading_and_source(data: st.DataObject) -> None:
    knowledge = data.draw(knowledges())
    relations = Relations(knowledge)
    answer = evaluate(data.draw(queries(knowledge)), relations)
    for language in LANGUAGES:
        reply = word(answer, relations, language)
        assert reply.headline
        assert reply.source
        assert describe(answer.query, relations, language)
        assert (reply.status is Status.UNKNOWN) == isinstance(answer.result, Missing)
        bare = reply.text.replace("**", "")
        assert not ACTIVE.search(bare)
        assert not PING.search(bare)
        assert len(reply.text) > len(reply.headline)


@given(st.text())
def test_escaped_text_is_the_same_text_and_inactive(text: str) -> None:
    escaped = escape(text)
    assert not ACTIVE.search(escaped)
    assert not PING.search(escaped)
    assert "\n" not in escaped
    assert not re.match(r"\s*(\d+\.|[-+])\s", escaped)
    visible = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped).replace("\u200b", "")
    one_line = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    assert visible == one_line.replace("\u200b", "")


@given(st.lists(st.text(max_size=80), max_size=6), knowledges())
@relaxed
def test_what_a_person_wrote_is_repeated_harmlessly(words: list[str], knowledge: Knowledge) -> None:
    relations = Relations(knowledge)
    for language in LANGUAGES:
        reply = not_placed(words, None, relations, language)
        assert reply.status is Status.UNKNOWN
        assert not ACTIVE.search(reply.text)
        assert "@" not in reply.text
        assert len(reply.text) < 400
    assert len(quotable(words)) <= 3


@relaxed
@given(knowledges())
def test_small_talk_is_possible_about_every_plant(knowledge: Knowledge) -> None:
    relations = Relations(knowledge)
    for language in LANGUAGES:
        for kind in language.section("words")["social"]:
            reply = social(kind, relations, language)
            assert reply.status is Status.SOCIAL
            assert reply.headline
        assert off_topic(language, relations).status is Status.OFF_TOPIC


@pytest.mark.parametrize(
    "word",
    ["@everyone", "<@123456789012345678>", "**bold**", "`code`", "http://evil.example/x", "a\x1b[31m", "||spoiler||"],
)
def test_nothing_active_is_quoted(word: str) -> None:
    for quoted in quotable([word]):
        assert not re.search(r"[@<`*|\x1b]|example", quoted)
