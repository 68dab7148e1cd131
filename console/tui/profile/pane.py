"""Pane 6: what the profile is, which others there are, whether all of it works, and what is still to be done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from console.language import _, joined, ngettext
from console.operations.checkup import (
    Check,
    CheckState,
    Surroundings,
    TerminalFacts,
    check_up,
    report_text,
    review,
    state_words,
)
from console.operations.setup_steps import Receiver, StepState, setup_steps
from console.operations.wording import time_words
from console.session import Session
from console.settings import Home
from console.text import safe_text
from console.tui.commands import Place, bindings
from console.tui.frame.header import ApiState
from console.tui.listing import TitleLine
from console.tui.panes import Pane
from console.tui.profile.facts import fact_lines, profile_lines
from console.tui.profile.lines import check_lines, review_lines, step_lines
from console.tui.profile.report import Line, Report
from console.tui.switching import look_again
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

REVIEW, STEPS = "review", "steps"


class ProfilePane(Pane):
    """One report: facts, profiles, check-up, the guide's list, the steps of a new app."""

    PLACE = Place.PROFILE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    class Checked(Message):
        """One more check was made; None: that was the last."""

        def __init__(self, session: Session, check: Check | None) -> None:
            super().__init__()
            self.session = session
            self.check = check

    def __init__(self, session: Session) -> None:
        super().__init__(session, id="profile-pane")
        self.report = Report(id="profile")
        self.checks: list[Check] = []
        self._title = TitleLine()
        self._checked_at: float | None = None
        self._unfolded: set[str] = set()

    def compose(self) -> ComposeResult:
        """The title above the lines."""
        yield self._title
        yield self.report

    def begin(self) -> None:
        """Look what there is, then check it."""
        self.action_read_again()

    def take_keys(self) -> None:
        """The keys go to the lines."""
        self.report.take_keys()

    @property
    def _app_of_ours(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def action_read_again(self) -> None:
        """Check everything again; profiles may have come or gone meanwhile."""
        look_again(self._app_of_ours)
        self.checks.clear()
        self._checked_at = None
        self._show()
        self._check_up(self.session, self._surroundings())

    def _surroundings(self) -> Surroundings:
        profiles = self._app_of_ours.profiles
        if profiles.surroundings is not None:
            around = profiles.surroundings()
        else:
            folder = profiles.settings.file.parent
            around = Surroundings(Home(folder, folder, folder), profiles.secrets, None)
        encoding = getattr(sys.__stdout__, "encoding", None) or "utf-8"
        return replace(around, terminal=TerminalFacts(*self.app.size), encoding=encoding, ascii=profiles.settings.ascii)

    @work(group="check-up", exclusive=True, exit_on_error=False, description="checking")
    async def _check_up(self, session: Session, around: Surroundings) -> None:
        subject = session.afresh()  # a shared token would hide that the secret is wrong by now
        try:
            async with aclosing(check_up(subject, around)) as checks:
                async for check in checks:
                    self.post_message(self.Checked(session, check))
        finally:
            await subject.close()
        self.post_message(self.Checked(session, None))

    def on_profile_pane_checked(self, event: Checked) -> None:
        """Another line; one of another session is dropped."""
        event.stop()
        if event.session is not self.session:
            return
        if event.check is None:
            self._checked_at = self.session.clock()
        else:
            self.checks.append(event.check)
            if event.check.id == "followers":
                passed = event.check.state is CheckState.PASSED
                self._app_of_ours.header.api = ApiState.READY if passed else ApiState.FAILED
        self._show()
        if event.check is None:
            self._point_at_failure()

    def _point_at_failure(self) -> None:
        """Choose the first check that failed, unless the operator has already gone somewhere."""
        failed = next((check for check in self.checks if check.state is CheckState.FAILED), None)
        if failed is not None and self.report.table.chosen_index == 0:
            self.report.choose(f"check {failed.id}")

    # What is shown

    def _show(self) -> None:
        self._title.show(_("Profile {name}").format(name=safe_text(self.session.profile.name)), self._summary())
        self.report.show(list(self._lines()))

    def _summary(self) -> str:
        if self._checked_at is None:
            n = len(self.checks)
            return ngettext("checking .. {n} done", "checking .. {n} done", n).format(n=n)
        failed = sum(check.state is CheckState.FAILED for check in self.checks)
        at = time_words(self._checked_at, self.session.zone, self._checked_at)
        if not failed:
            return _("checked {time}, all that is needed works").format(time=at)
        return ngettext("checked {time}, {n} failed", "checked {time}, {n} failed", failed).format(time=at, n=failed)

    def _lines(self) -> Iterator[Line]:
        profile, settings = self.session.profile, self._app_of_ours.profiles.settings
        yield from fact_lines(profile, settings, self._app_of_ours.operator)
        n = len(settings.profiles)
        count = ngettext("{n} profile; Enter switches", "{n} profiles; Enter switches", n).format(n=n)
        yield Line("profiles", name=_("profiles"), words=count, is_title=True)
        yield from profile_lines(profile.name, settings)
        yield Line("checks", name=_("check-up"), words=_("r: again, y: copy the report"), is_title=True)
        yield from check_lines(self.checks)
        if self._checked_at is not None:
            yield from self._steps()
            yield from self._review()

    def _steps(self) -> Iterator[Line]:
        steps = setup_steps(self.session.profile.app_type, self.checks, self._receiver())
        now = next((number for number, step in enumerate(steps, 1) if step.state is StepState.NOW), None)
        words = _("now: step {n}").format(n=now) if now else _("nothing to do now")
        yield self._fold(STEPS, _("the way of a new app"), words)
        if STEPS in self._unfolded:
            yield from step_lines(steps)

    def _receiver(self) -> Receiver:
        from console.operations.setup_arrivals import receiver_so_far  # here: the check-up is shown before the steps

        session = self.session
        return receiver_so_far(session.records, session.profile.receiver.url, session.zone)

    def feed_changed(self) -> None:
        """A request came at the callback address: the step that waits for it says so."""
        if self._checked_at is not None and STEPS in self._unfolded:
            self._show()

    def _review(self) -> Iterator[Line]:
        answers = review(self.checks)
        states = [answer.state for answer in answers]
        counts = [f"{states.count(state)} {state_words(state)}" for state in CheckState if state in states]
        yield self._fold(REVIEW, _("guide's list R1-R15"), joined(counts))
        if REVIEW in self._unfolded:
            yield from review_lines(answers)

    def _fold(self, key: str, name: str, words: str) -> Line:
        how = _("Enter folds") if key in self._unfolded else _("Enter unfolds")
        return Line(key, name=name, words=joined((words, how)), full=(name, words, how), is_title=True)

    # What the keys ask for

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter: switch, fold, or show in full."""
        event.stop()
        key, line = str(event.key), self.report.chosen
        if key in (REVIEW, STEPS):
            self._unfolded ^= {key}
            self._show()
            self.report.show_from(key)
        elif key.startswith("profile "):
            self._switch(key.removeprefix("profile "))
        elif line is not None and line.full:
            from console.tui.dialogs.reader import Reader

            self.app.push_screen(Reader(line.full[0], line.full[1:]))

    def _switch(self, name: str) -> None:
        if name != self.session.profile.name:
            self._app_of_ours.open_profile(name)

    def action_open(self) -> None:
        """Enter."""
        self.report.table.action_open()

    async def action_copy(self) -> None:
        """Copy the report for support: it holds no secret."""
        from console.tui.copying import copy_text

        await copy_text(self._app_of_ours, report_text([*self.checks, *review(self.checks)]))
