"""A page for support: what one key copies from it is meant to be sent on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from console.language import _
from console.tui.clipboard import copied_words, copy
from console.tui.commands import Place, bindings
from console.tui.dialogs.reader import Reader


class ReportPage(Reader):
    """`report` is what is copied; `words` stand in its place where it is nothing for the operator to read."""

    PLACE = Place.REPORT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    def __init__(self, title: str, report: Sequence[str], words: Sequence[str] = ()) -> None:
        super().__init__(title, words or report)
        self._report = "\n".join(report)

    @work(group="copy", exclusive=True, exit_on_error=False)
    async def action_copy_report(self) -> None:
        """Copy the report, and say truthfully where to."""
        from console.tui.shell import Shell  # here: it knows the pages

        copied = await copy(self._report, self.app.copy_to_clipboard)
        if isinstance(self.app, Shell):
            self.app.say(copied_words(copied).format(text=_("the report")))
