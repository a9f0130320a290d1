"""What several tests need: the program as a shell starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

Result = subprocess.CompletedProcess[str]
Run = Callable[..., Result]

COMMAND = (sys.executable, "-m", "bot")
TIMEOUT = 120
"""Seconds after which a program that hangs is ended."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has set nothing, at home in an empty folder."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture
def werkbot(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Runs the command in an empty folder: ``werkbot("ask", "--batch", input=b"...", LANG="de")``."""

    def run(*arguments: str | bytes, input: bytes = b"", **variables: str) -> Result:  # noqa: A002 - as subprocess says
        return decoded(
            subprocess.run(
                [*COMMAND, *arguments],
                input=input,
                cwd=tmp_path,
                env=environment | variables,
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
            )
        )

    return run


def decoded(result: subprocess.CompletedProcess[bytes]) -> Result:
    """The result with its output as text, which has to be UTF-8."""
    return subprocess.CompletedProcess(result.args, result.returncode, result.stdout.decode(), result.stderr.decode())


@pytest.fixture
def start(tmp_path: Path, environment: dict[str, str]) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts the command in an empty folder and leaves its streams to the test."""

    def popen(*arguments: str, variables: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=environment | dict(variables or {}),
        )

    return popen
