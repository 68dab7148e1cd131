"""What stands in a list that could not be read, or not whole: what happened and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from console.language import _, listed
from console.operations.results import Missing, Stopped
from console.operations.wording import count_words
from console.settings import AppType
from console.tui.customers.cells import userid_words
from console.tui.rows import Cell, Toned


def failure_notes(failure: Exception, app_type: AppType) -> Sequence[Cell]:
    """What stands in a list that could not be read: what happened and what to do, or that the operator stopped it."""
    if isinstance(failure, Stopped):
        return (_("Stopped before it was read; r reads again."),)
    from console.operations.explain import explain  # here: the first paint explains nothing

    explanation = explain(failure, app_type=app_type)
    lines = (_("Not read just now: {what}.").format(what=explanation.what), explanation.todo)
    return tuple(Toned(line, "error") for line in lines if line)


def partial_notes(missing: Missing, app_type: AppType, *, masked: bool) -> Sequence[Cell]:
    """What a partial list lacks, and why."""
    lines: list[Cell] = []
    if isinstance(missing.failure, Stopped):
        lines.append(_("Stopped before everything was read."))
    elif missing.userids:
        names = listed(userid_words(userid, masked=masked) for userid in missing.userids)
        lines.append(Toned(_("No interconnection licence (701008): {names}.").format(names=names), "error"))
    elif missing.failure is not None:
        from console.operations.explain import explain  # here: the first paint explains nothing

        what = explain(missing.failure, app_type=app_type).what
        lines.append(Toned(_("Not all pages were read: {what}.").format(what=what), "error"))
    if missing.count:
        kept = _("The {n} not read keep what was known before. r reads again.")
        lines.append(kept.format(n=count_words(missing.count)))
    return lines
