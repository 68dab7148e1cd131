"""A check-up as others get it: words for a state, a JSON object for each check, the exit code of it all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console.language import _
from console.operations.checkup.checks import Check, CheckState
from console.text import json_safe

ALL_WELL, SOMETHING_TO_DO, TRY_AGAIN = 0, 1, 3


def state_words(state: CheckState) -> str:
    """How a check ended, in one or two words."""
    return {
        CheckState.PASSED: _("ok"),
        CheckState.FAILED: _("FAILED"),
        CheckState.WARNING: _("note"),
        CheckState.NOT_CHECKABLE: _("untried"),
        CheckState.HELD: _("held"),
    }[state]


def check_document(check: Check) -> dict[str, object]:
    """A check for `--json`: the same keys for each, in one order."""
    return {
        "id": check.id,
        "state": check.state.value,
        "title": check.title,
        "tried": check.tried,
        "answer": check.answer,
        "todo": check.todo,
        "where": check.where,
        "needed": check.needed,
        "again": check.again,
        "errcode": check.errcode,
        "test": check.test,
    }


def report_text(checks: Iterable[Check]) -> str:
    """All checks as JSON Lines, as `doctor --json` prints them: to be copied for support."""
    return "".join(f"{json_safe(check_document(check))}\n" for check in checks)


def exit_code(checks: Sequence[Check]) -> int:
    """0 when all that is needed works, 3 when only what may pass by itself does not, else 1."""
    failed = [check for check in checks if check.needed and check.state is CheckState.FAILED]
    if failed:
        return TRY_AGAIN if all(check.again for check in failed) else SOMETHING_TO_DO
    untried = any(check.needed and check.state is CheckState.NOT_CHECKABLE for check in checks)
    return SOMETHING_TO_DO if untried else ALL_WELL
