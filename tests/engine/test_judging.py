"""Judging replies, and the command that does it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.evaluation.comparing import Said
from bot.evaluation.judging import judge
from bot.evaluation.questions import Expectation, Question, QuestionFileError, read_questions
from bot.replies.reply import Status

Run = Callable[..., subprocess.CompletedProcess[str]]

CASES: dict[str, list[list[Any]]] = yaml.safe_load(Path(__file__).with_name("judging.yaml").read_text(encoding="utf-8"))
HELD = [(wanted, said) for wanted, said, held in CASES["holds"] if held]
NOT_HELD = [(wanted, said) for wanted, said, held in CASES["holds"] if not held]


@pytest.mark.parametrize(("wanted", "said"), HELD)
def test_what_is_written_differently_is_the_same(wanted: str, said: str) -> None:
    assert Said(said).holds(wanted)


@pytest.mark.parametrize(("wanted", "said"), NOT_HELD)
def test_what_is_only_similar_is_not_the_same(wanted: str, said: str) -> None:
    assert not Said(said).holds(wanted)


@pytest.mark.parametrize(("kind", "must", "must_not", "status", "text", "verdict"), CASES["verdicts"])
def test_a_verdict(
    kind: str, must: list[list[str]], must_not: list[str], status: str | None, text: str, verdict: str
) -> None:
    groups = tuple(tuple(group) for group in must)
    question = Question("1", "any", "?", Expectation(kind), groups, tuple(must_not))
    assert judge(question, Status(status) if status else None, text) == verdict


# -- question files -------------------------------------------------------------------------------------------------


def written(folder: Path, *lines: object) -> Path:
    """A file of questions."""
    file = folder / "questions.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return file


PLAIN = {"id": 1, "cat": "figures", "q": "how many i8 Roadsters?", "must": [["3884"]], "kind": "answer"}
WRONG = {"id": "w", "cat": "figures", "q": "how many X1?", "must": [["3884"]], "gold": "3,884"}
DIALOG = {
    "id": "d",
    "turns": [{"q": "when did the X1 start?", "must": ["2009"]}, {"q": "and when did it end?", "must": [["2015"]]}],
}
UNKNOWN = {"id": "u", "cat": "beyond", "q": "how much does the X1 cost?", "kind": "unknown"}
ASIDE = {"id": "z", "cat": "figures", "q": "how many M2?", "must": [["61856"]], "must_not": None, "aside": True}


def test_questions_and_conversations_in_their_order(tmp_path: Path) -> None:
    file = written(tmp_path, PLAIN, DIALOG, ASIDE)
    assert [each.id for line in read_questions(file) for each in line.questions] == ["1", "d/1", "d/2"]
    assert [each.id for line in read_questions(file, "aside") for each in line.questions] == ["z"]
    assert [len(line.questions) for line in read_questions(file, "all")] == [1, 2, 1]
    (first, _), (second, *_) = read_questions(file)[1].questions, read_questions(file)[0].questions
    assert (first.category, first.kind, first.must) == ("dialog", Expectation.ANSWER, (("2009",),))
    assert (second.category, second.text) == ("figures", "how many i8 Roadsters?")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"id": 1}, ""),
        ({"q": "how many?"}, "id"),
        ({"id": 1, "q": 7}, "q"),
        ({"id": 1, "q": "how many?", "kind": "anything"}, "kind"),
        ({"id": 1, "q": "how many?", "turns": [{"q": "x"}]}, ""),
        ({"id": 1, "turns": [{"gold": "x"}]}, "turns.0.q"),
        (["how many?"], ""),
    ],
)
def test_a_line_that_is_no_question(tmp_path: Path, line: object, field: str) -> None:
    with pytest.raises(QuestionFileError) as caught:
        read_questions(written(tmp_path, PLAIN, line))
    assert (caught.value.line, caught.value.field) == (2, field)


# -- the command ----------------------------------------------------------------------------------------------------


def test_evaluate_prints_the_scores(werkbot: Run, tmp_path: Path) -> None:
    written(tmp_path, PLAIN, DIALOG, UNKNOWN, ASIDE)
    result = werkbot("evaluate", "questions.jsonl")
    assert (result.returncode, result.stderr) == (0, "")
    rows = [line.split() for line in result.stdout.splitlines() if line]
    assert rows[0][:5] == ["questions.jsonl", "questions", "right", "abstained", "wrong"]
    assert rows[1:] == [
        ["beyond", "1", "1", "0", "0", "100", "%"],
        ["dialog", "2", "2", "0", "0", "100", "%"],
        ["figures", "1", "1", "0", "0", "100", "%"],
        ["total", "4", "4", "0", "0", "100", "%"],
    ]


def test_evaluate_lists_what_is_wrong_and_fails(werkbot: Run, tmp_path: Path) -> None:
    written(tmp_path, PLAIN, WRONG)
    result = werkbot("evaluate", "questions.jsonl")
    assert result.returncode == 1
    _, _, listed = result.stdout.partition("how many X1?")
    assert "3,884" in listed
    assert "635,194" in listed
    assert "how many i8 Roadsters?" not in result.stdout


@pytest.mark.parametrize(("flag", "count"), [((), "1"), (("--aside",), "1"), (("--all",), "2")])
def test_evaluate_asks_what_is_kept_aside_only_when_told(
    werkbot: Run, tmp_path: Path, flag: tuple[str, ...], count: str
) -> None:
    written(tmp_path, PLAIN, ASIDE)
    last = werkbot("evaluate", *flag, "questions.jsonl").stdout.split("\n\n")[0].splitlines()[-1]
    assert last.split()[1:3] == [count, count]


def test_evaluate_writes_json(werkbot: Run, tmp_path: Path) -> None:
    written(tmp_path, PLAIN, WRONG)
    assert werkbot("evaluate", "--json", "scores.json", "questions.jsonl").returncode == 1
    scores = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))["questions.jsonl"]
    assert scores["total"] == scores["categories"]["figures"] == {"right": 1, "abstained": 0, "wrong": 1}
    (wrong,) = scores["not_right"]
    assert (wrong["id"], wrong["verdict"], wrong["status"]) == ("w", "wrong", "answered")


def test_evaluate_asks_about_another_file_and_in_another_language(werkbot: Run, tmp_path: Path) -> None:
    knowledge = "plant: {name: Mill}\nas_of: 2020\nsources: [{id: a, title: A}]\n"
    knowledge += "models: [{name: Kopf, code: KX7, quantity: 4321}]\n"
    (tmp_path / "mill.yaml").write_text(knowledge, encoding="utf-8")
    written(tmp_path, {"id": 1, "q": "how many KX7?", "must": [["4321"]]})
    result = werkbot("evaluate", "--knowledge", "mill.yaml", "--language", "de", "questions.jsonl")
    assert result.returncode == 0
    assert "richtig" in result.stdout


@pytest.mark.parametrize("arguments", [("evaluate",), ("evaluate", "missing.jsonl"), ("evaluate", "--aside")])
def test_evaluate_without_a_file(werkbot: Run, arguments: tuple[str, ...]) -> None:
    result = werkbot(*arguments)
    assert (result.returncode, result.stdout) == (2, "")


def test_evaluate_names_the_line_that_is_no_question(werkbot: Run, tmp_path: Path) -> None:
    written(tmp_path, PLAIN, {"id": 2, "q": "how many?", "kind": "anything"})
    result = werkbot("evaluate", "questions.jsonl")
    assert (result.returncode, result.stdout) == (2, "")
    assert "questions.jsonl:2" in result.stderr
    assert "kind" in result.stderr
