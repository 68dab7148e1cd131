"""The guide's review list, R1 to R15: who answers for each of its questions."""

from __future__ import annotations

import re
from pathlib import Path

from console.operations.checkup import Check, CheckState, exit_code, review
from console.wecom.codes import API_FORBIDDEN, IP_NOT_TRUSTED

TESTS = Path(__file__).parent.parent


def c5(state: CheckState, errcode: int | None = None) -> Check:
    return Check("followers", "followers", state, "C5", "answer", "todo", "where", errcode=errcode)


def test_there_are_fifteen_answers_in_the_guides_order_and_none_decides_over_work() -> None:
    answers = review([c5(CheckState.PASSED)])
    assert [answer.id for answer in answers] == [f"R{number}" for number in range(1, 16)]
    assert exit_code(answers) == 0


def test_whatever_is_held_is_held_by_a_test_that_there_is() -> None:
    there = {
        name for file in TESTS.rglob("test_*.py") for name in re.findall(r"def (test_\w+)\(", file.read_text("utf-8"))
    }
    held = [answer for answer in review([]) if answer.state is CheckState.HELD]
    assert len(held) >= 6
    assert {answer.test for answer in held} <= there


def test_what_is_not_held_says_why() -> None:
    for answer in review([]):
        assert answer.state is not CheckState.NOT_CHECKABLE or answer.answer
        assert (answer.state is CheckState.HELD) is bool(answer.test)


def test_r1_is_what_c5_said_to_the_secret() -> None:
    def r1(*checks: Check) -> CheckState:
        return review(checks)[0].state

    assert r1(c5(CheckState.PASSED)) is CheckState.PASSED
    assert r1(c5(CheckState.FAILED, API_FORBIDDEN)) is CheckState.FAILED
    assert r1(c5(CheckState.FAILED, IP_NOT_TRUSTED)) is CheckState.NOT_CHECKABLE
    assert r1() is CheckState.NOT_CHECKABLE
