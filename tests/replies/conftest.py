"""The rows of the shipped file and of an invented one, and the languages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.languages import FOLDER, Language
from knowledge.loading import load
from knowledge.relations import Relations

# The tests are no package, and the strategies are too long to stand among them.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def leipzig() -> Relations:
    return Relations(load().knowledge)


@pytest.fixture(scope="session")
def locomotives() -> Relations:
    return Relations(load(Path(__file__).parents[1] / "data" / "locomotives.yaml").knowledge)


@pytest.fixture(scope="session")
def english() -> Language:
    return Language(FOLDER / "en")


@pytest.fixture(scope="session")
def german() -> Language:
    return Language(FOLDER / "de")
