"""Questions as JSON Lines: ``werkbot ask --batch``."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[bytes]]

ROADSTERS = "how many i8 Roadsters?"


def batch(werkbot: Run, *lines: object) -> list[dict[str, Any]]:
    """The replies to lines, which are bytes as they are or values that become JSON."""
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    result = werkbot("ask", "--batch", input=b"\n".join(written))
    assert (result.returncode, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_replies_come_in_order_with_their_ids(werkbot: Run) -> None:
    questions = [
        {"id": "b", "q": ROADSTERS},
        {"id": 7, "q": "how many X3?"},
        {"id": "a", "q": "wie viele i8 Roadster?"},
    ]
    replies = batch(werkbot, *questions)
    assert [reply["id"] for reply in replies] == ["b", 7, "a"]
    assert [reply["status"] == "answered" for reply in replies] == [True, False, True]
    assert "3,884" in replies[0]["text"]
    assert "3.884" in replies[2]["text"]
    assert all(reply.keys() == {"id", "text", "status", "microseconds"} for reply in replies)
    assert all(isinstance(reply["microseconds"], int) for reply in replies)


def test_the_text_is_the_whole_reply(werkbot: Run) -> None:
    whole = json.loads(werkbot("ask", "--json", ROADSTERS).stdout)
    assert batch(werkbot, {"id": 1, "q": ROADSTERS})[0]["text"] == whole["text"]


def test_turns_are_a_conversation(werkbot: Run) -> None:
    first, second = batch(werkbot, {"id": "d", "turns": [{"q": ROADSTERS}, {"q": "and the i3?"}]})
    assert (first["id"], second["id"]) == ("d/1", "d/2")
    assert "250,271" in second["text"]


def test_no_conversation_goes_on_in_another_line(werkbot: Run) -> None:
    first, *others = batch(
        werkbot,
        {"id": 1, "turns": [{"q": ROADSTERS}]},
        {"id": 2, "turns": [{"q": "and when did it start?"}]},
        {"id": 3, "q": "and when did it start?"},
    )
    assert first["status"] == "answered"
    assert [(reply["id"], reply["status"] == "answered") for reply in others] == [("2/1", False), (3, False)]


MALFORMED: tuple[tuple[object, str | None], ...] = (
    (b"how many", None),
    (b'{"id": 1, "q": ', None),
    (b"[" * 100_000, None),
    (b'{"id": NaN, "q": "how many"}', None),
    (b'{"id": 1, "q": "\xff"}', None),
    (["how many"], None),
    ({"id": "x"}, "x"),
    ({"id": "x", "q": 7}, "x"),
    ({"id": "x", "q": None}, "x"),
    ({"id": "x", "q": "how many", "turns": []}, "x"),
    ({"id": "x", "turns": "how many"}, "x"),
    ({"id": "x", "turns": ["how many"]}, "x/1"),
    ({"id": "x", "turns": [{"q": ["how many"]}]}, "x/1"),
)
"""Lines that cannot be asked, and the id that their error has."""


def test_a_malformed_line_is_named_and_costs_no_other(werkbot: Run) -> None:
    good = {"id": "good", "q": ROADSTERS}
    replies = batch(werkbot, *(line for malformed, _ in MALFORMED for line in (malformed, good)))
    errors, others = replies[::2], replies[1::2]
    assert [error["id"] for error in errors] == [identity for _, identity in MALFORMED]
    assert all(error.keys() == {"id", "error"} for error in errors)
    assert all(str(2 * k + 1) in error["error"] for k, error in enumerate(errors))
    assert [(reply["id"], reply["status"]) for reply in others] == [("good", "answered")] * len(MALFORMED)


def test_a_malformed_turn_costs_no_other(werkbot: Run) -> None:
    first, second = batch(werkbot, {"id": "d", "turns": [{"q": 1}, {"q": ROADSTERS}]})
    assert (first["id"], "error" in first) == ("d/1", True)
    assert (second["id"], second["status"]) == ("d/2", "answered")


def test_the_number_of_a_malformed_line_counts_empty_ones(werkbot: Run) -> None:
    (error,) = batch(werkbot, b"", b"  ", b"oh")
    assert "3" in error["error"]


def test_a_byte_order_mark_is_no_mistake(werkbot: Run) -> None:
    (reply,) = batch(werkbot, b'\xef\xbb\xbf{"id": 1, "q": "how many i8 Roadsters?"}')
    assert reply["status"] == "answered"


def test_any_text_gets_a_reply(werkbot: Run) -> None:
    questions = ["", " ", "\x00", "\ud800", "?" * 100_000, "🚗" * 2000]
    replies = batch(werkbot, *({"id": "\udfff", "q": question} for question in questions))
    assert [reply["id"] for reply in replies] == ["\udfff"] * len(questions)
    assert not [reply for reply in replies if reply["status"] == "answered"]


def test_each_reply_is_written_at_once(start: Start) -> None:
    process = start("ask", "--batch")
    assert process.stdin
    assert process.stdout
    for number in (1, 2):
        process.stdin.write(json.dumps({"id": number, "q": ROADSTERS}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    process.communicate()
    assert process.returncode == 0
