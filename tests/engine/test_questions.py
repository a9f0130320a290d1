"""The sets of questions: the replies do not get worse than they were."""

from __future__ import annotations

import pytest
from floors import PARTS, SETS, read_floors
from question_sets import judged

from bot.evaluation.asking import Judged
from bot.evaluation.judging import Verdict
from bot.evaluation.questions import Part
from bot.evaluation.scores import score

FLOORS = read_floors()


def line(each: Judged) -> str:
    """One reply for the one who reads what failed."""
    reply = f"({each.reply.status}) {each.reply.headline}" if each.reply else "a fault"
    return f"{each.verdict} {each.question.id}: {each.question.text!r} -> {reply}"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", SETS)
def test_a_set_of_questions_is_answered_as_well_as_before(name: str, part: Part) -> None:
    assert name in FLOORS, "no floors yet: run tests/engine/floors.py"
    floor = FLOORS[name][part]
    replies = judged(name, part)
    found = score(replies)
    fallen = [each for each in replies if each.verdict is not Verdict.RIGHT and each.question.id not in floor.gaps]
    fallen.sort(key=lambda each: each.verdict is not Verdict.WRONG)
    listed = "\n".join(line(each) for each in fallen) if part == "open" else "Those kept aside are not shown."
    assert found.wrong <= floor.wrong, f"{found.wrong} wrong, {floor.wrong} before\n{listed}"
    assert 100 * found.share >= floor.right, f"{100 * found.share:.1f} % right, {floor.right} % at least\n{listed}"


@pytest.mark.parametrize("name", SETS)
def test_no_two_questions_of_a_set_have_the_same_id(name: str) -> None:
    ids = [each.question.id for each in judged(name, "all")]
    assert len(ids) == len(set(ids))
