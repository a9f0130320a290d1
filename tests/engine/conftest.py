"""The files that questions are asked about, prepared once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# The tests are no package, and what several of them share stands in modules of its own beside them.
sys.path.insert(0, str(Path(__file__).parent))

from question_sets import prepared_from

from bot.conversation import Prepared


@pytest.fixture(scope="session")
def leipzig() -> Prepared:
    """The facts that ship."""
    return prepared_from(None)


@pytest.fixture(scope="session")
def locomotives() -> Prepared:
    """Another plant of another kind."""
    return prepared_from("locomotives")


@pytest.fixture(scope="session")
def pianos() -> Prepared:
    """A third one, with dates to the day."""
    return prepared_from("pianos")
