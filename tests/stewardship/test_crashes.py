"""Whoever is killed while the knowledge file is replaced leaves a whole file and a true history."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked to be killed")


def crash(folder: Path, how: str, rounds: int, seed: int = 1) -> dict[str, int]:
    """What was seen; the script itself judges every kill."""
    result = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("crashing.py")), str(folder), how, str(rounds), str(seed)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return dict(json.loads(result.stdout))


def test_before_every_line_of_a_change(tmp_path: Path) -> None:
    seen = crash(tmp_path, "lines", 5000)
    # Between the first and the last line lie both: changes that were not made, and those that nobody was told of.
    assert seen["not_written"] > 0
    assert seen["written_unsaid"] > 0
    assert seen["left_over"] > 0


def test_at_hundreds_of_random_moments_with_one_or_two_processes(tmp_path: Path) -> None:
    seen = crash(tmp_path, "moments", 250)
    assert seen["kills"] == 251
    assert seen["done"] > 0
    assert seen["written_unsaid"] > 0
