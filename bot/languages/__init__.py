"""The languages of the bot: one folder each, holding its words (for reading) and its sentences (for replying)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from knowledge.schema import PartialDate

FOLDER = Path(__file__).parent
DEFAULT = "en"
AUTOMATIC = "auto"
"""What stands for the language of the question where a language's code could stand."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one."""

Template = str | Mapping[str, str]
"""A sentence with ``{names}`` in it, or one for each plural category (``one``, ``other``) of its ``{count}``."""

REMEMBERED = 4096
"""Numbers and dates whose written form is kept: writing one takes longer than all the rest of a sentence."""


class Language:
    """One language: its words, its sentences, and how it writes numbers and dates."""

    def __init__(self, folder: Path) -> None:
        self.code = folder.name
        self._folder = folder
        self._sections: dict[str, dict[str, Any]] = {}
        self._templates: dict[str, Template] = {}

    @cached_property
    def locale(self) -> Locale:
        """Babel's data for the language."""
        return _locale(self.code)

    def section(self, name: str) -> dict[str, Any]:
        """One file of the language's folder, ``words`` or ``answers`` say, as it was written."""
        if name not in self._sections:
            text = self.text(name)
            self._sections[name] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe one
        return self._sections[name]

    def text(self, name: str) -> str:
        """One file of the language's folder, unread."""
        return (self._folder / f"{name}.yaml").read_text(encoding="utf-8")

    def make_ready(self) -> None:
        """Read now what the first reply would wait for: its sentences, and how numbers and dates are written."""
        self.section("answers")
        self.ordinal(1000)
        self.enumeration(("", "", ""))
        self.date(PartialDate(2000, 1, 1))

    def say(self, key: str, **values: object) -> str:
        """The sentence at ``section.key.subkey`` with its values filled in; whole numbers are written as here usual.

        Raises ``KeyError`` if the language has no such sentence or the sentence names a value that is not given.
        """
        template = self._templates.get(key) or self._template(key)
        if not isinstance(template, str):
            template = template.get(self._plural(values["count"]), template["other"])
        for name, value in values.items():
            if not isinstance(value, str):
                values[name] = self._shown(value)
        return template.format_map(values)

    def _template(self, key: str) -> Template:
        """The sentence as it was written, found once."""
        section, *path = key.split(".")
        found: Any = self.section(section)
        for step in path:
            found = found[step]
        plural = isinstance(found, Mapping)
        self._templates[key] = {form: str(text) for form, text in found.items()} if plural else str(found)
        return self._templates[key]

    def _plural(self, count: object) -> str:
        """The plural category of a number."""
        return _plural_category(self.code, count) if isinstance(count, (int, float)) else "other"

    def _shown(self, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, (int, float, PartialDate)):
            return value
        return self.date(value) if isinstance(value, PartialDate) else self.number(value)

    def number(self, value: int | float, decimals: int = 2) -> str:
        """A number with the language's grouping and decimal signs."""
        return _written_number(self.code, value or 0, decimals)  # no negative zero

    def ordinal(self, value: int) -> str:
        """1st, 2nd, 3rd, or as the language writes it, by ``answers.ordinal``."""
        forms = self.section("answers")["ordinal"]
        form = forms.get(self.locale.ordinal_form(value), forms["other"])
        return str(form).format_map({"number": self.number(value)})

    def enumeration(self, items: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
        """The items as one phrase: a, b and c; or a, b or c."""
        if len(items) < 2:
            return "".join(items)
        return str(format_list(list(items), style=style, locale=self.locale))

    def date(self, value: PartialDate) -> str:
        """A date at its own precision: a year, a month and year, or a day."""
        return str(value.year) if value.month is None else _written_date(self.code, value)


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0." + "#" * decimals if decimals else "#,##0")


@lru_cache(REMEMBERED, typed=True)
def _plural_category(code: str, count: int | float) -> str:
    return str(_locale(code).plural_form(count))


@lru_cache(REMEMBERED, typed=True)
def _written_number(code: str, value: int | float, decimals: int) -> str:
    return str(format_decimal(value, format=_pattern(decimals), locale=_locale(code)))


@lru_cache(REMEMBERED)
def _written_date(code: str, value: PartialDate) -> str:
    day = date(value.year, value.month or 1, value.day or 1)
    if value.day is None:
        return str(format_skeleton("yMMMM", day, locale=_locale(code)))
    return str(format_date(day, format="long", locale=_locale(code)))


@cache
def languages() -> Mapping[str, Language]:
    """Every language that has a folder here, by its code, the default one first."""
    codes = sorted(path.name for path in FOLDER.iterdir() if (path / "words.yaml").is_file())
    codes.sort(key=lambda code: code != DEFAULT)
    return {code: Language(FOLDER / code) for code in codes}


LANGUAGE_CHOICES = (AUTOMATIC, *languages())
"""What a person can choose from."""
