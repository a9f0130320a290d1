"""The languages of the bot: one folder each, holding its words (for reading) and its sentences (for replying)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from knowledge.schema import PartialDate

FOLDER = Path(__file__).parent
DEFAULT = "en"
AUTOMATIC = "auto"
"""What stands for the language of the question where a language's code could stand."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one."""

Template = str | Mapping[str, str]
"""A sentence with ``{names}`` in it, or one for each plural category (``one``, ``other``) of its ``{count}``."""


class Language:
    """One language: its words, its sentences, and how it writes numbers and dates."""

    def __init__(self, folder: Path) -> None:
        self.code = folder.name
        self._folder = folder
        self._sections: dict[str, dict[str, Any]] = {}

    @cached_property
    def locale(self) -> Locale:
        """Babel's data for the language."""
        return Locale.parse(self.code)

    def section(self, name: str) -> dict[str, Any]:
        """One file of the language's folder, ``words`` or ``answers`` say, as it was written."""
        if name not in self._sections:
            text = self.text(name)
            self._sections[name] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe one
        return self._sections[name]

    def text(self, name: str) -> str:
        """One file of the language's folder, unread."""
        return (self._folder / f"{name}.yaml").read_text(encoding="utf-8")

    def say(self, key: str, **values: object) -> str:
        """The sentence at ``section.key.subkey`` with its values filled in; whole numbers are written as here usual.

        Raises ``KeyError`` if the language has no such sentence or the sentence names a value that is not given.
        """
        section, *path = key.split(".")
        template: Any = self.section(section)
        for step in path:
            template = template[step]
        if isinstance(template, Mapping):
            count = values["count"]
            category = self.locale.plural_form(count) if isinstance(count, (int, float)) else "other"
            template = template.get(category, template["other"])
        return str(template).format_map({name: self._shown(value) for name, value in values.items()})

    def _shown(self, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, (int, float, PartialDate)):
            return value
        return self.date(value) if isinstance(value, PartialDate) else self.number(value)

    def number(self, value: int | float, decimals: int = 2) -> str:
        """A number with the language's grouping and decimal signs."""
        pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
        return str(format_decimal(value, format=pattern, locale=self.locale))

    def ordinal(self, value: int) -> str:
        """1st, 2nd, 3rd, or as the language writes it, by ``answers.ordinal``."""
        forms = self.section("answers")["ordinal"]
        form = forms.get(self.locale.ordinal_form(value), forms["other"])
        return str(form).format_map({"number": self.number(value)})

    def enumeration(self, items: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
        """The items as one phrase: a, b and c; or a, b or c."""
        return str(format_list(list(items), style=style, locale=self.locale))

    def date(self, value: PartialDate) -> str:
        """A date at its own precision: a year, a month and year, or a day."""
        if value.month is None:
            return str(value.year)
        from datetime import date

        day = date(value.year, value.month, value.day or 1)
        if value.day is None:
            return str(format_skeleton("yMMMM", day, locale=self.locale))
        return str(format_date(day, format="long", locale=self.locale))


@cache
def languages() -> Mapping[str, Language]:
    """Every language that has a folder here, by its code, the default one first."""
    codes = sorted(path.name for path in FOLDER.iterdir() if (path / "words.yaml").is_file())
    codes.sort(key=lambda code: code != DEFAULT)
    return {code: Language(FOLDER / code) for code in codes}


LANGUAGE_CHOICES = (AUTOMATIC, *languages())
"""What a person can choose from."""
