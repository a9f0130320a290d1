"""The languages say the same things: the same keys, with the same values in them."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import pytest

from bot.languages import DEFAULT, FOLDER, Language

CODES = sorted(path.parent.name for path in FOLDER.glob("*/answers.yaml"))
PLURALS = {"zero", "one", "two", "few", "many", "other"}


def sentences(tree: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence with its path; the plural forms of one sentence have one path."""
    for key, value in tree.items():
        here = path if key in PLURALS and path else f"{path}.{key}"
        if isinstance(value, dict):
            yield from sentences(value, here)
        else:
            yield here, str(value)


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("section", ["answers", "charts", "discord", "problems", "stewardship", "terminal"])
@pytest.mark.parametrize("code", CODES)
def test_every_language_has_every_sentence(code: str, section: str) -> None:
    expected = dict(sentences(Language(FOLDER / DEFAULT).section(section)))
    assert dict(sentences(Language(FOLDER / code).section(section))).keys() == expected.keys()


@pytest.mark.parametrize("code", CODES)
def test_every_kind_of_small_talk_that_is_read_has_an_answer(code: str) -> None:
    language = Language(FOLDER / code)
    assert language.section("words")["social"].keys() <= language.section("answers")["social"].keys()


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_text_that_can_be_filled_in(code: str) -> None:
    for path, sentence in sentences(Language(FOLDER / code).section("answers")):
        assert sentence.strip(), path
        assert sentence.count("**") % 2 == 0, path
        assert all(name.isidentifier() for name in fields(sentence)), path
