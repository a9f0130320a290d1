"""What the bot does with hostile knowledge files: ``python tests/knowledge/mutations.py 10000`` tries so many of them.

Each is either refused with its problems, or loaded; then a handful of questions are answered, and shown as Discord and
a terminal show them. What goes wrong is printed with the number of the file, and the exit status is 1.
"""

# ruff: noqa: T201 - a command that prints what it finds

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from hostile_files import EVERY, mutated  # noqa: E402 - found only now

from bot.components.carried import Carried  # noqa: E402
from bot.components.post import post_of  # noqa: E402
from bot.conversation import Conversation, Exchange, Prepared, prepare  # noqa: E402
from bot.languages import languages  # noqa: E402
from bot.replies.problems import describe  # noqa: E402
from bot.replies.terminal import lines_of  # noqa: E402
from knowledge.loading import parse  # noqa: E402
from knowledge.problems import KnowledgeError  # noqa: E402
from knowledge.query import Listing, Selection  # noqa: E402
from knowledge.schema import Knowledge  # noqa: E402

SECONDS = 2.0
"""How long a file may take to be refused or loaded."""

MEGABYTES = 300
"""How much memory the whole process may take for that, with Python and its libraries."""

LIMIT = 3 * 1024**3
"""Bytes at which the process is stopped, so that a mistake here does not stop the machine."""

ASKED_ABOUT = 2_000
"""Models in a file that questions are asked about; compiling more takes longer than this trial may."""

LONGEST = 4000
"""Characters of a sentence about a problem."""

PING = re.compile(r"@(everyone|here|[!&]?\d)|<(@|#|a?:|/|t:)")
INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MARKS = re.compile(r"\*\*|^### |^- |^-# ", re.MULTILINE)
"""Markdown that the bot writes itself."""

ACTIVE = re.compile(r"(?<!\\)(?:\\\\)*[*_~`|>#@<\[\]]")


def problems_in(data: bytes, allowed: float) -> Iterator[str]:
    """What goes wrong with a file; the last one is ``loaded`` or ``refused`` if nothing does."""
    start = perf_counter()
    try:
        snapshot = parse(data, "mutated")
    except KnowledgeError as error:
        snapshot, found = None, error.problems
        if not found:
            yield "refused without a problem"
    else:
        found = snapshot.warnings
    seconds = perf_counter() - start
    if seconds > allowed:
        yield f"took {seconds:.1f} s"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if memory > MEGABYTES:
        yield f"took {memory:.0f} MB"
    lines = [describe(problem, language) for problem in found for language in languages().values()]
    yield from (f"a problem that is not one line: {line!r}" for line in lines if not line.isprintable())
    yield from (f"a problem of {len(line)} characters" for line in lines if len(line) > LONGEST)
    if snapshot is not None and len(snapshot.knowledge.models) <= ASKED_ABOUT:
        yield from _answered(prepare(snapshot))
    yield "refused" if snapshot is None else "loaded"


def questions(knowledge: Knowledge) -> Iterator[str]:
    """A handful of questions, some with what stands in the file."""
    yield from ("which was built the most?", "wie viele Modelle gibt es?", "how many in total", "the last milestone?")
    for model in knowledge.models[:2]:
        yield from (f"how many {model.name}?", f"{model.title} or {model.code}, when?", *model.aliases[:1])
    for fact in knowledge.facts[:1]:
        yield from (wording.subject for wording in fact.wording.values())
    yield f"what is {knowledge.plant.name}"


def _answered(prepared: Prepared) -> Iterator[str]:
    conversation = Conversation(prepared)
    asked = [conversation.exchange(question) for question in questions(prepared.snapshot.knowledge)]
    asked += [conversation.look_up(Listing(Selection(of)), "de") for of in ("models", "milestones", "facts")]
    for exchange in asked:
        for text in _shown(exchange):
            if INVISIBLE.search(text):
                yield f"a reply with something invisible: {text!r}"
            if PING.search(text):
                yield f"a reply that mentions: {text!r}"
            if ACTIVE.search(MARKS.sub("", text)):
                yield f"a reply that formats: {text!r}"


def _shown(exchange: Exchange) -> Iterator[str]:
    """What a person reads and Discord formats. A footer and the label of a button are never formatted."""
    carried = Carried(exchange.reply.language, choices=exchange.reply.choices)
    post = post_of(exchange, carried, 1)
    yield exchange.reply.text
    yield post.text
    yield post.embed.description or ""
    plain = [post.embed.footer.text or "", *lines_of(exchange.reply), *(button.item.label for button in post.buttons)]
    yield from (text for text in plain if INVISIBLE.search(text) and "\x1b" not in text)


def try_out(numbers: list[int], seconds: float) -> None:
    """Try files, and write what came of each as a line of JSON."""
    for number in numbers:
        kind, data = mutated(number)
        print(json.dumps({"number": number, "kind": kind, "size": len(data)}), flush=True)
        try:
            found = list(problems_in(data, seconds))
        except BaseException:  # noqa: BLE001 - anything is a finding
            found = [traceback.format_exc(limit=-4)]
        print(json.dumps({"number": number, "kind": kind, "found": found}), flush=True)


def run(numbers: list[int], seconds: float) -> Iterator[tuple[int, str, list[str]]]:
    """Try files in a process of their own, a new one after each huge file, whose memory would count for the others."""
    while numbers:
        until = next((place for place, number in enumerate(numbers, 1) if number % EVERY == EVERY - 1), len(numbers))
        part, numbers = numbers[:until], numbers[until:]
        for piece in (part[:-1], part[-1:]):
            yield from _run(piece, seconds) if piece else ()


def _run(numbers: list[int], seconds: float) -> Iterator[tuple[int, str, list[str]]]:
    command = [sys.executable, __file__, "--seconds", str(seconds), "--try", *map(str, numbers)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=_limited, check=False)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    yield from ((each["number"], each["kind"], each["found"]) for each in said if "found" in each)
    if done.returncode:
        number, kind = (said[-1]["number"], said[-1]["kind"]) if said else (numbers[0], "")
        yield number, kind, [f"the process ended with {done.returncode}: {done.stderr[-2000:]}"]


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (600, 600))


def main() -> int:
    """Try as many files as the command says; the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", nargs="?", type=int, default=10_000)
    options.add_argument("--from", dest="first", type=int, default=0)
    options.add_argument("--seconds", type=float, default=SECONDS)
    options.add_argument("--try", dest="numbers", nargs="+", type=int)
    given = options.parse_args()
    if given.numbers:
        try_out(given.numbers, given.seconds)
        return 0
    outcomes: Counter[tuple[str, str]] = Counter()
    wrong = 0
    for number, kind, found in run(list(range(given.first, given.first + given.count)), given.seconds):
        *bad, outcome = found if found[-1:] in (["loaded"], ["refused"]) else [*found, "failed"]
        outcomes[kind.partition(" ")[0], outcome] += 1
        for each in bad:
            wrong += 1
            print(f"{number} ({kind}): {each}", flush=True)
    for (kind, outcome), count in sorted(outcomes.items()):
        print(f"{kind:16} {outcome:8} {count:6}")
    print(f"{sum(outcomes.values())} files, {wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
