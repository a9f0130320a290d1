"""matplotlib is slow to load: who does not look at pictures does not wait for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOADED = "import sys, bot.replies.charts; print('matplotlib' in sys.modules)"


def test_matplotlib_is_loaded_for_the_first_picture_only() -> None:
    command = [sys.executable, "-c", LOADED]
    root = Path(__file__).parents[2]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout.strip() == "False"
