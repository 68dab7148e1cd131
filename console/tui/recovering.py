"""Goes on after a fault that nobody expected: the panes open anew, a page says what to do, a report tells where."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from textual._context import active_message_pump
from textual.app import App
from textual.screen import ModalScreen, Screen

from console.language import _

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp
    from console.tui.dialogs.report import ReportPage

MOST_FAULTS, WITHIN_SECONDS = 3, 10.0


class Recovery:
    """Decides whether the app can go on, and brings it there; whatever keeps failing ends it."""

    def __init__(self, app: ConsoleApp, clock: Callable[[], float] = monotonic) -> None:
        self._app = app
        self._clock = clock
        self._met: deque[float] = deque(maxlen=MOST_FAULTS)

    def from_handler(self, fault: Exception, log: Path | None) -> bool:
        """A widget or a dialog failed while it dealt with a message, and deals with no more; whether we go on."""
        pump = active_message_pump.get(None)
        if isinstance(pump, App) or (isinstance(pump, Screen) and not isinstance(pump, ModalScreen)):
            return False
        return self._goes_on(fault, log, is_broken=True)

    def from_action(self, fault: Exception, log: Path | None) -> bool:
        """A command failed, and nothing else with it; whether we go on."""
        return self._goes_on(fault, log, is_broken=False)

    def _goes_on(self, fault: Exception, log: Path | None, *, is_broken: bool) -> bool:
        now = self._clock()
        if len(self._met) == MOST_FAULTS and now - self._met[0] < WITHIN_SECONDS:
            return False
        self._met.append(now)
        self._app.call_later(self._tell, fault, log, is_broken=is_broken)
        return True

    async def _tell(self, fault: Exception, log: Path | None, *, is_broken: bool) -> None:
        from console.operations.diagnosis import of_fault, write_report

        details = [type(fault).__name__, "", *_of_installation(self._app), "", *of_fault(fault)]
        file = write_report(details, log.parent, datetime.now().astimezone()) if log is not None else None
        if is_broken:
            await self._app.open_anew(self._app.session.profile.name)
        await self._app.push_screen(_page(details, file, is_broken=is_broken))


def installation_page(app: ConsoleApp) -> ReportPage:
    """What support wants to know, with the errors that stand in the status line."""
    from console.operations.diagnosis import of_errors
    from console.tui.dialogs.report import ReportPage

    errors = of_errors(app.status.errors) or [_("No error stands in the status line.")]
    return ReportPage(_("For support"), [*_of_installation(app), "", *errors])


def _of_installation(app: ConsoleApp) -> list[str]:
    from console.logbook import log_file
    from console.operations.diagnosis import installation, of_profile

    settings = app.session.settings.file
    known = (settings, app.profiles.store_file, log_file())
    lines = installation([file for file in known if file is not None], (app.size.width, app.size.height))
    return [*lines, of_profile(app.session.profile)]


def _page(details: list[str], file: Path | None, *, is_broken: bool) -> ReportPage:
    from console.tui.dialogs.report import ReportPage

    words = [
        _("wecom-console met a fault that it was not made for. What was read and written is kept."),
        _("The panes were opened anew; text in an open form is gone.")
        if is_broken
        else _("That one command was not carried out; all else goes on."),
        _("If it comes again, send the report to whoever looks after wecom-console. It holds no secrets."),
        _("Report: {file}").format(file=file) if file else _("No report could be written; y copies it."),
    ]
    return ReportPage(_("An unexpected fault"), details, words)
