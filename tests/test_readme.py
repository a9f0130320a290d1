"""What README.md and .env.example say is so."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import Settings, read_settings
from knowledge.loading import parse

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / ".env.example"
NONE = "–"
"""What the README writes for a setting without a value."""


def variables() -> set[str]:
    """The variables that give the settings their values."""
    return {str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()}


def table() -> dict[str, str]:
    """Each variable in the README's table of settings with its default."""
    return dict(re.findall(r"(?m)^\| `([A-Z_]+)` \| `?([^|`]+?)`? \| \S", README))


def test_every_setting_is_in_the_readme_and_in_the_example() -> None:
    assert table().keys() == dotenv_values(EXAMPLE).keys() == variables()


def test_the_readme_and_the_example_say_the_same() -> None:
    assert table() == {name: value or NONE for name, value in dotenv_values(EXAMPLE).items()}


def test_the_example_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in variables():
        monkeypatch.delenv(name, raising=False)
    without = read_settings()
    for name, value in dotenv_values(EXAMPLE).items():
        monkeypatch.setenv(name, value or "")
    assert read_settings() == without


@pytest.mark.parametrize(("command", "shown"), re.findall(r"(?m)^\$ werkbot (.+)\n((?:.+\n)+)", README))
def test_the_replies_that_are_shown_are_real(
    werkbot: Callable[..., subprocess.CompletedProcess[str]], command: str, shown: str
) -> None:
    assert werkbot(*shlex.split(command)).stdout == shown.removesuffix("```\n")


def test_the_knowledge_file_that_is_shown_has_no_mistakes() -> None:
    (shown,) = re.findall(r"(?s)```yaml\n(plant:.+?)```", README)
    assert parse(shown.encode(), "README.md").warnings == ()


@pytest.mark.parametrize("target", re.findall(r"\]\(([^):#]+)\)", README))
def test_what_is_linked_is_there(target: str) -> None:
    assert (ROOT / target).exists()
