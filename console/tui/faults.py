"""What the operator is told of a fault that nobody expected; the details are in the log, without values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rich.text import Text

from console.language import _
from console.logbook import note_fault
from console.operations.error_words import Explanation, sentences
from console.operations.explain import explain, is_expected
from console.settings import AppType
from console.text import safe_text
from console.wecom.codes import Reaction
from console.wecom.errors import WeComError


def explained(failure: Exception, app_type: AppType | None) -> Explanation:
    """Why something failed; what nobody expected is written in the log, and said to be there."""
    explanation = explain(failure, app_type=app_type)
    if is_expected(failure):
        return explanation
    file = note_fault(failure)
    return replace(explanation, todo=sentences(explanation.todo, _where(file))) if file else explanation


def last_words(file: Path | None) -> Text:
    """What stands on the terminal when the app could not go on."""
    words = sentences(
        _("wecom-console met a fault that it was not made for, and ended. What was read is kept."),
        _where(file) if file else "",
    )
    return Text(words)


def _where(file: Path) -> str:
    return _("Details are in the log: {file}").format(file=safe_text(str(file)))


def is_of_everything(failure: Exception | None) -> bool:
    """Whether a failure means that nothing can be asked now, and not just that this one thing was refused."""
    if isinstance(failure, WeComError):
        return failure.reaction in {Reaction.FIX_CREDENTIALS, Reaction.TRUST_ADDRESS, Reaction.WAIT_FOR_WINDOW}
    return failure is not None
