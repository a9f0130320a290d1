"""How a reply looks in Discord, and that it never breaks one of Discord's limits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import languages
from bot.replies.embed import cut, embed_of, fit, plain_text, welcome
from bot.replies.reply import Reply, Status, Table
from knowledge.schema import Knowledge, Model, PartialDate, Plant, Source

REPLY = Reply(
    Status.ANSWERED,
    "en",
    "**3,884** cars were built.",
    ("2018: **1**", "2019: **2**"),
    reading="total quantity of model = X\\_1",
    source="A list, 1 March 2025",
)

texts = st.text(st.sampled_from("ab \n*_\\@`#é🚗"), max_size=7000) | st.integers(0, 900).map("@everyone".__mul__)
tables = st.none() | st.lists(st.tuples(texts, texts), max_size=80).map(lambda rows: Table(("a", "b"), tuple(rows)))
replies = st.builds(
    Reply,
    st.sampled_from(Status),
    st.sampled_from(["en", "de"]),
    texts,
    st.lists(texts, max_size=100).map(tuple),
    tables,
    texts,
    texts,
)


def test_the_answer_comes_first_and_the_reading_and_the_source_last():
    embed = embed_of(REPLY)
    assert embed.description.splitlines()[0] == "### **3,884** cars were built."
    assert embed.description.splitlines()[1:] == list(REPLY.details)
    assert embed.footer.text == "total quantity of model = X_1 · A list, 1 March 2025"


def test_how_each_of_several_questions_was_read_stands_apart():
    both = embed_of(replace(REPLY, reading="how many\nsince when"))
    assert both.footer.text == "how many · since when · A list, 1 March 2025"


def test_a_long_answer_is_not_written_in_large_letters():
    assert not embed_of(Reply(Status.ANSWERED, "en", "word " * 100)).description.startswith("#")


def test_what_is_no_answer_is_not_written_in_large_letters():
    assert not embed_of(Reply(Status.UNKNOWN, "en", "That is not in the file.")).description.startswith("#")


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.OFF_TOPIC, Status.AMBIGUOUS])
def test_what_is_no_plain_answer_says_so_in_words_too(status):
    answered, other = embed_of(REPLY), embed_of(Reply(status, "en", "Hm."))
    assert other.author.name
    assert not answered.author.name
    assert other.colour != answered.colour


def test_lines_that_have_no_room_are_counted():
    lines = [f"{'x' * 98} {number}" for number in range(100)]
    embed = embed_of(Reply(Status.ANSWERED, "en", "Many.", tuple(lines)))
    *shown, last = embed.description.splitlines()[1:]
    assert shown == lines[: len(shown)]
    assert last == f"… and {100 - len(shown)} more lines"


def test_a_table_that_no_line_tells_becomes_lines():
    table = Table(("model", "code", "cars"), (("first", "", "**7**"), ("second", "E2", "8")))
    embed = embed_of(Reply(Status.ANSWERED, "en", "Two.", table=table))
    assert embed.description.splitlines()[1:] == ["first · **7**", "second · E2 · 8"]


@given(replies)
def test_an_embed_keeps_to_the_limits(reply):
    embed = embed_of(reply)
    assert len(embed) <= 6000
    assert len(embed.description) <= 4096
    assert len(embed.footer.text or "") <= 2048


@given(replies)
def test_plain_text_keeps_to_the_limit(reply):
    assert len(plain_text(reply)) <= 2000


@given(texts, st.integers(10, 5000))
def test_a_text_that_is_cut_is_short_enough_and_one_that_fits_is_whole(text, limit):
    shortened = cut(text, limit)
    assert len(shortened) <= limit
    assert shortened == text if len(text) <= limit else shortened.endswith("…")


@given(st.lists(texts, max_size=50), st.integers(0, 5000))
def test_only_whole_lines_are_kept(lines, limit):
    kept = fit(lines, limit, languages()["en"])
    assert sum(len(line) + 1 for line in kept) <= limit + 1
    assert kept == lines or kept[:-1] == lines[: len(kept) - 1] or kept == lines[: len(kept)]


@given(texts)
def test_nobody_is_mentioned_by_a_reply(text):
    reply = Reply(Status.UNKNOWN, "en", f"@everyone {text} @here <@80351110224678912>", (f"@everyone {text}",))
    for shown in (embed_of(reply).description, plain_text(reply)):
        assert "@everyone" not in shown
        assert "<@8" not in shown


def test_the_welcome_shows_names_of_the_file_as_they_are_written():
    odd = Knowledge(
        plant=Plant(name="Works *No. 1*"),
        as_of=PartialDate(2025),
        sources=(Source(id="list", title="A list"),),
        models=(Model(name="A_1**", quantity=1),),
    )
    text = welcome(odd, languages()["en"]).description
    assert "A\\_1\\*\\*" in text
    assert "Works \\*No. 1\\*" in text
