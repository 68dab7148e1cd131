"""Welcomes that are sent by rule, at once: off by default, and in production only after somebody agreed in words."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum

from console.operations.explain import is_expected
from console.operations.welcome.countdown import may_be_tried
from console.operations.welcome.send import Verdict, WelcomeDesk, WelcomeResult, send_welcome
from console.operations.welcome.templates import files_of, template_by_rule
from console.operations.welcome.uploads import media_ids_of
from console.settings import Environment, Profile
from console.settings_welcome import WelcomeSettings
from console.store import Records, StoreFailure
from console.store.event_rows import EventRow
from console.store.remembered import Choice
from console.store.writer import Pending
from console.wecom.errors import WeComFailure
from console.wecom.welcome import CODE_LIFE

LEFT_BEHIND_AFTER = 60.0
"""Seconds after which what is still being sent was left behind by whoever sent it."""

LOOK_EVERY = 1.0
_FILES_EVERY = 6 * 3600.0
_LATEST = 2 * CODE_LIFE  # a receipt, whatever the clocks say

_log = logging.getLogger("console")


class Automatic(StrEnum):
    """Whether welcomes are sent by rule in a profile."""

    OFF = "off"
    READ_ONLY = "read-only"
    NEEDS_CONSENT = "needs consent"
    """The settings say so, but in production somebody has to type the profile's name once."""
    ON = "on"


def automatic_state(profile: Profile, settings: WelcomeSettings, records: Records) -> Automatic:
    """Whether they are, and if not, what is in the way."""
    if profile.name not in settings.automatic:
        return Automatic.OFF
    if profile.read_only:
        return Automatic.READ_ONLY
    if profile.environment is Environment.PROD and not records.remembered.get(Choice.AUTOMATIC_WELCOME):
        return Automatic.NEEDS_CONSENT
    return Automatic.ON


def agree(records: Records, operator: str) -> Pending[None]:
    """Note who typed the consent; from then on welcomes are sent by rule in this profile."""
    return records.remembered.put(Choice.AUTOMATIC_WELCOME, operator or "?")


class AutomaticWelcomes:
    """Sends what the rules say for codes that still live, whichever process received them."""

    def __init__(
        self,
        desk: WelcomeDesk,
        settings: WelcomeSettings,
        on_sent: Callable[[EventRow, WelcomeResult], object] = lambda _row, _result: None,
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._on_sent = on_sent
        self._woken = asyncio.Event()
        self._tried: set[int] = set()

    def wake(self) -> None:
        """An event with a code has just been stored."""
        self._woken.set()

    async def run(self) -> None:
        """Send welcomes as codes come, until cancelled; the first thing is to resolve what a crash left behind."""
        records = self._desk.records
        with suppress(StoreFailure):
            await records.effects.give_up_welcomes(records.clock() - LEFT_BEHIND_AFTER)
        files_at = float("-inf")
        while True:
            self._woken.clear()
            with suppress(StoreFailure):
                await self.send_due()
            if self._state is Automatic.ON and records.clock() - files_at > _FILES_EVERY:
                files_at = records.clock()
                await self._upload_files()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), LOOK_EVERY)

    async def send_due(self) -> int:
        """Send for all codes that live and have a template; how many were tried. Raises StoreFailure."""
        if self._state is not Automatic.ON:
            return 0
        now = self._desk.records.clock()
        due = [row for row in self._desk.records.effects.open_welcomes(now - _LATEST) if self._is_due(row, now)]
        await asyncio.gather(*(self._send(row) for row in due))
        return len(due)

    @property
    def _state(self) -> Automatic:
        return automatic_state(self._desk.profile, self._settings, self._desk.records)

    def _is_due(self, row: EventRow, now: float) -> bool:
        return row.id not in self._tried and may_be_tried(row, now, None)

    async def _send(self, row: EventRow) -> None:
        template = template_by_rule(self._settings, self._desk.profile.name, row.event.state)
        if template is None:
            return
        self._tried.add(row.id)
        try:
            result = await send_welcome(self._desk, row, template)
        except Exception as failure:
            if not is_expected(failure):
                _log.error("%s", type(failure).__name__, exc_info=failure)
            result = WelcomeResult(Verdict.NOT_SENT, failure)
        self._on_sent(row, result)

    async def _upload_files(self) -> None:
        """Have the files of all templates at hand, so that no code waits for an upload."""
        for template in self._settings.templates:
            if template.profiles and self._desk.profile.name not in template.profiles:
                continue
            try:
                client = await self._desk.client()
                await media_ids_of(client, self._desk.records, files_of(template, self._desk.folder))
            except (WeComFailure, OSError, StoreFailure):
                continue  # said when it is to be sent
            except Exception as failure:
                if not is_expected(failure):
                    raise
                return
