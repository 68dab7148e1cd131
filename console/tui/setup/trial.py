"""Keep a profile and its secrets, test them at once, and say in words what works and what to do next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from console.credentials import MemorySecrets, SecretKind, Secrets
from console.language import _
from console.operations.checkup import Check, CheckState, Limits
from console.operations.checkup.wecom import check_wecom
from console.operations.set_up import Draft, forget_secrets, keep_profile, keep_secrets, ways_without_keyring
from console.operations.setup_steps import setup_steps
from console.session import Profiles, Session, connect_with
from console.settings import AppType, Home, load_settings
from console.store import Store
from console.tui.commands import Place, bindings
from console.tui.listing import TitleLine
from console.tui.profile.lines import check_lines, step_lines
from console.tui.profile.report import Line, Report
from console.tui.table import BigTable
from console.wecom.codes import IP_NOT_TRUSTED
from console.wecom.redact import remember

KEPT = "kept"


class SetupTrial(Vertical):
    """One line for each thing that was kept or tried, as it comes in."""

    PLACE = Place.SETUP_TRIAL
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.SETUP_TRIAL)]

    class Tried(Message):
        """One thing was kept or tried."""

        def __init__(self, trial: int, check: Check) -> None:
            super().__init__()
            self.trial = trial
            self.check = check

    class Ended(Message):
        """All that can be tried was."""

        def __init__(self, trial: int) -> None:
            super().__init__()
            self.trial = trial

    class Changed(Message):
        """Other keys may be good now."""

    class Left(Message):
        """Back to the form, in which all still stands."""

    class Opened(Message):
        """The operator wants to work in the profile."""

    def __init__(self, home: Home, secrets: Secrets) -> None:
        super().__init__(id="setup-trial")
        self._home = home
        self._secrets = secrets
        self._draft = Draft()
        self._checks: list[Check] = []
        self._trial = 0
        self._runs = False
        self.in_memory = False
        self._kept: Draft | None = None
        self._title = TitleLine()
        self.report = Report(id="trial")

    def compose(self) -> ComposeResult:
        """The title above the lines."""
        yield self._title
        yield self.report

    @property
    def draft(self) -> Draft:
        """What was tried last."""
        return self._draft

    def try_out(self, draft: Draft, *, in_memory: bool = False) -> None:
        """Keep this profile in place of the one kept before, and test it."""
        for value in draft.wanted_secrets.values():
            remember(value)  # whatever is said or logged from now on, it is not this
        self._draft, self.in_memory = draft, in_memory
        self._trial += 1
        self._checks.clear()
        self._runs = True
        self._show()
        self._try(self._trial, draft, in_memory, self._kept)

    @work(group="trial", exclusive=True, exit_on_error=False)
    async def _try(self, trial: int, draft: Draft, in_memory: bool, before: Draft | None) -> None:
        async with aclosing(self._checks_of(draft, in_memory, before)) as checks:
            async for check in checks:
                self.post_message(self.Tried(trial, check))
        self.post_message(self.Ended(trial))

    async def _checks_of(self, draft: Draft, in_memory: bool, before: Draft | None) -> AsyncGenerator[Check]:
        kept = await asyncio.to_thread(keep_profile, self._home, draft, kept_as=before.name if before else "")
        yield kept
        if kept.state is CheckState.FAILED:
            return
        secrets: Secrets = self._secrets
        if in_memory:
            secrets = MemorySecrets({(draft.name, kind): value for kind, value in draft.wanted_secrets.items()})
        else:
            async for check in keep_secrets(secrets, draft):
                yield check
                if check.state is CheckState.FAILED:
                    return
            if before is not None:
                await forget_secrets(secrets, before, draft)
        async with (
            _opened(self._home, draft.name, secrets) as session,
            aclosing(check_wecom(session, Limits())) as checks,
        ):
            async for check in checks:
                yield check

    def on_setup_trial_tried(self, event: Tried) -> None:
        """One more line; of an earlier trial it is dropped."""
        event.stop()
        if event.trial == self._trial:
            self._checks.append(event.check)
            if event.check.id == KEPT and event.check.state is CheckState.PASSED:
                self._kept = self._draft
            self._show()

    def on_setup_trial_ended(self, event: Ended) -> None:
        """Say in one sentence how it went, and point at what failed."""
        event.stop()
        if event.trial == self._trial:
            self._runs = False
            self._show()
            failed = self._failed
            self.report.choose(f"check {failed.id if failed else 'followers'}")

    @property
    def _failed(self) -> Check | None:
        return next((check for check in self._checks if check.state is CheckState.FAILED), None)

    @property
    def _keyring_failed(self) -> bool:
        return self._failed is not None and self._failed.id in set(SecretKind)

    def _show(self) -> None:
        """The checks so far, then what the operator can do about them."""
        lines = list(check_lines(self._checks))
        if self._keyring_failed and not self._runs:
            lines += _without_keyring(self._draft.app_type)
        elif not self._runs and self._failed is not None and self._failed.id != KEPT:
            lines.append(Line("steps", name=_("the way of a new app"), is_title=True))
            lines += step_lines(setup_steps(self._draft.app_type, self._checks))
        self.report.show(lines)
        failed = None if self._runs else self._failed
        is_a_step = failed is not None and failed.errcode == IP_NOT_TRUSTED
        self._title.show(self._verdict(), failed=failed is not None and not is_a_step)
        self.post_message(self.Changed())

    def _verdict(self) -> str:
        failed = self._failed
        if self._runs:
            return _("Keeping and testing {name} ..").format(name=self._draft.name)
        if failed is None:
            return _("It works. Enter opens {name}.").format(name=self._draft.name)
        if self._keyring_failed:
            return _("The secret was not kept. o: in memory for this run, r: again, Esc: back")
        if failed.id == KEPT:
            return _("The profile was not kept. Esc: back to what was typed")
        if failed.errcode == IP_NOT_TRUSTED:
            return _("One step is left: this computer's address is not trusted yet. Enter opens.")
        return _("Not all works yet. Esc: correct what was typed, r: again, Enter: open")

    def take_keys(self) -> None:
        """The keys go to the lines."""
        self.report.take_keys()

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter opens the app, once there is something to open."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Work in the profile."""
        if self._runs or self._keyring_failed or self._kept is None:
            self.app.bell()
        else:
            self.post_message(self.Opened())

    def action_read_again(self) -> None:
        """The same once more."""
        self.try_out(self._draft, in_memory=self.in_memory)

    def action_keep_in_memory(self) -> None:
        """Keep the secrets in memory for this run, where no keyring takes them."""
        if self._keyring_failed and not self._runs:
            self.try_out(self._draft, in_memory=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now: the row of keys shows no more."""
        if action == "keep_in_memory":
            return self._keyring_failed and not self._runs
        return True

    def action_back(self) -> None:
        """Back to the form."""
        self.workers.cancel_group(self, "trial")
        self.post_message(self.Left())


def _without_keyring(app_type: AppType) -> list[Line]:
    ways = ways_without_keyring(app_type)
    lines = [Line(f"way {number}", name=f"{number}", words=way, full=(way,)) for number, way in enumerate(ways, 1)]
    return [Line("ways", name=_("without a keyring"), is_title=True), *lines]


@asynccontextmanager
async def _opened(home: Home, name: str, secrets: Secrets) -> AsyncIterator[Session]:
    """The profile as the app opens it: what is tested is what was kept."""
    profiles = Profiles(load_settings(home), Store.open(home.store_file), connect_with(secrets))
    try:
        session = profiles.open(name)
        try:
            yield session
        finally:
            await session.close()
    finally:
        profiles.close()
