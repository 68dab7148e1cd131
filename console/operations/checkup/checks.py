"""What a check-up is made of: a question that is put to something, and the check that its answer is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from enum import StrEnum

from console.language import _
from console.operations.checkup.admin_pages import page_for
from console.operations.error_words import Explanation, sentences
from console.operations.explain import explain, is_expected
from console.settings import AppType
from console.text import safe_text
from console.wecom.errors import WeComError
from console.wecom.redact import redact

_log = logging.getLogger("console")


class CheckState(StrEnum):
    """How a check ended; `HELD`: this program is made so, and a test of its holds it."""

    PASSED = "passed"
    FAILED = "failed"
    WARNING = "warning"
    NOT_CHECKABLE = "not_checkable"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a check-up, in the operator's language.

    `tried` says what was done and `answer` what came of it; `todo` what to do, `where` the page of the admin
    console on which it is done. Without a `needed` one there is no work; a failure that can pass by itself has
    `again`; `test` names the test that holds a `HELD` one; `errcode` is WeCom's.
    """

    id: str
    title: str
    state: CheckState
    tried: str
    answer: str
    todo: str = ""
    where: str = ""
    needed: bool = True
    test: str = ""
    again: bool = False
    errcode: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A check that has no answer yet; what is not `needed` can warn, but not fail."""

    id: str
    title: str
    tried: str
    needed: bool = True

    def passed(self, answer: str) -> Check:
        """It is as it should be."""
        return self._check(CheckState.PASSED, answer)

    def warning(self, answer: str, todo: str = "", where: str = "") -> Check:
        """It works, but something about it should be known."""
        return self._check(CheckState.WARNING, answer, todo, where)

    def failed(self, answer: str, todo: str = "", where: str = "", *, again: bool = False) -> Check:
        """It does not work."""
        check = self._check(CheckState.FAILED if self.needed else CheckState.WARNING, answer, todo, where)
        return replace(check, again=again)

    def not_checkable(self, why: str, todo: str = "") -> Check:
        """It could not be tried here."""
        return self._check(CheckState.NOT_CHECKABLE, why, todo)

    def held(self, answer: str, test: str) -> Check:
        """It cannot be otherwise: a test of this program holds it."""
        return replace(self._check(CheckState.HELD, answer), test=test)

    def of_failure(self, failure: Exception, app_type: AppType | None = None) -> Check:
        """It does not work, for the reason that `explain` knows."""
        explanation = explain(failure, app_type=app_type)
        errcode = failure.errcode if isinstance(failure, WeComError) else None
        check = self.failed(_what_and_why(explanation), _todo(explanation), page_for(failure, app_type))
        return replace(check, again=explanation.again, errcode=errcode)

    def _check(self, state: CheckState, answer: str, todo: str = "", where: str = "") -> Check:
        return Check(self.id, self.title, state, self.tried, answer, todo, where, self.needed)


async def within(
    seconds: float, question: Question, looking: Awaitable[Check], *, app_type: AppType | None = None
) -> Check:
    """What `looking` found, or why there is nothing: it raised, or did not end within so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            return await looking
    except TimeoutError:
        late = _("no answer within {seconds} s").format(seconds=f"{seconds:g}")
        return question.failed(late, _("Wait a little and try again."), again=True)
    except Exception as failure:
        if not is_expected(failure):
            _log.error("%s", type(failure).__name__, exc_info=failure)
        return question.of_failure(failure, app_type)


def cleaned(check: Check) -> Check:
    """The same check as safe text, without anything that is known to be a secret."""
    return replace(
        check,
        title=_clean(check.title),
        tried=_clean(check.tried),
        answer=_clean(check.answer),
        todo=_clean(check.todo),
        where=_clean(check.where),
    )


def _clean(text: str) -> str:
    return safe_text(redact(text))


def _what_and_why(explanation: Explanation) -> str:
    return _("{what}. {why}").format(what=explanation.what, why=explanation.why)


def _todo(explanation: Explanation) -> str:
    if not explanation.whom:
        return explanation.todo
    return sentences(explanation.todo, _("Ask: {whom}").format(whom=explanation.whom))
