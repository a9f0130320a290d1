"""A knowledge file with a store beside it, and the process of a bot that looks after them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.stewardship.steward import Steward
from bot.store.database import Store

FACTS = """\
plant: {{name: Small Works}}
as_of: 2020
sources: [{{id: book, title: The book}}]
models:
  - {{name: Engine, code: KX7, quantity: {quantity}}}
"""


@pytest.fixture
def facts() -> Callable[[int], bytes]:
    """A whole file with one quantity in it."""
    return lambda quantity: FACTS.format(quantity=quantity).encode()


@pytest.fixture
def file(tmp_path: Path, facts: Callable[[int], bytes]) -> Path:
    """The live file: one engine was built."""
    path = tmp_path / "facts" / "works.yaml"
    path.parent.mkdir()
    path.write_bytes(facts(1))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store" / "werkbot.sqlite3")


@pytest.fixture
def steward(file: Path, store: Store) -> Steward:
    """Who looks after the file."""
    return Steward(file, store)
