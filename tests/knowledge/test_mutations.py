"""Hostile knowledge files are refused with their problems or loaded, and what is loaded can be asked about.

``python tests/knowledge/mutations.py 10000`` tries many more; ``mutations.py`` says what is looked at.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = (sys.executable, str(Path(__file__).with_name("mutations.py")))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no memory of a process")


@pytest.mark.parametrize("first", [0, 400, 450, 3400])
def test_hostile_files_do_no_harm(first: int) -> None:
    """Four of every ordinary kind, and a huge one of those that once took long or much memory.

    The time is limited so that the test ends, the memory as the command limits it.
    """
    command = [*COMMAND, "50", "--from", str(first), "--seconds", "60"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tried.stdout.endswith("\n50 files, 0 findings\n"), tried.stdout + tried.stderr
