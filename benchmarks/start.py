"""How long ``werkbot ask`` takes as a whole process, beside a Python that only imports the same libraries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from shared.measuring import machine, median, p99, shown, table, timed

ROOT = Path(__file__).parents[1]
RUNS = 25
QUESTIONS = ("how many i8 Roadsters?", "wie viele Modelle wurden 2015 gebaut?")

LOADED = """
import json, sys
from bot.cli import werkbot
werkbot.main(["ask", sys.argv[1]], standalone_mode=False)
own = ("bot", "knowledge", "__main__")
names = [name for name, module in sys.modules.items() if module is not None and name.split(".")[0] not in own]
from sysconfig import get_paths
places = tuple({get_paths()[kind] for kind in ("purelib", "platlib")})
found = [name for name in names if str(getattr(sys.modules[name], "__file__", None) or "").startswith(places)]
print(json.dumps(found), file=sys.stderr)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python, which keeps the bytecode of everything that it loads: of the project as of its libraries."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False)


def libraries(question: str) -> list[str]:
    """The modules of other projects that answering a question loads, in their order."""
    found: list[str] = json.loads(run("-c", LOADED, question).stderr)
    return found


def main() -> None:
    """Start each kind of process by turns."""
    modules = libraries(QUESTIONS[0])
    importing = f"import {', '.join(modules)}"
    kinds = {
        "python alone": ("-c", ""),
        f"importing {len(modules)} modules of its libraries": ("-c", importing),
        **{f"ask {question!r}": ("-m", "bot", "ask", question) for question in QUESTIONS},
        "importing bot.cli": ("-c", "import bot.cli"),
    }
    for arguments in kinds.values():
        run(*arguments)
    times: dict[str, list[int]] = {name: [] for name in kinds}
    for _ in range(RUNS):
        for name, arguments in kinds.items():
            times[name].append(timed(partial(run, *arguments)))
    machine()
    table(("process", "median", "p99"), [(name, shown(median(each)), shown(p99(each))) for name, each in times.items()])
    _, imports, *asks, _ = times.values()
    print("ask / imports: " + ", ".join(f"{median(each) / median(imports):.2f}" for each in asks))


if __name__ == "__main__":
    main()
