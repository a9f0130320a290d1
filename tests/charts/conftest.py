"""The rows of the shipped file, and the languages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.languages import FOLDER, Language
from knowledge.loading import load
from knowledge.relations import Relations

# The tests are no package, and the invented files are used by several of them.
sys.path.insert(0, str(Path(__file__).parent))
# What hypothesis makes of files and queries is what replies are tested with.
sys.path.insert(1, str(Path(__file__).parents[1] / "replies"))


@pytest.fixture(scope="session")
def leipzig() -> Relations:
    return Relations(load().knowledge)


@pytest.fixture(scope="session")
def english() -> Language:
    return Language(FOLDER / "en")


@pytest.fixture(scope="session")
def german() -> Language:
    return Language(FOLDER / "de")
