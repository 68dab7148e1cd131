"""One welcome message, from the claim to the record: sent once, by one process alone, and never repeated."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from console.operations.welcome.countdown import may_be_tried
from console.operations.welcome.templates import files_of, message_of
from console.operations.welcome.uploads import media_ids_of
from console.settings import Profile
from console.settings_welcome import WelcomeTemplate
from console.store import Records, StoreFailure
from console.store.event_rows import EventRow, WelcomeState
from console.store.welcomes import WelcomeDraft
from console.wecom.codes import WELCOME_ALREADY_SENT, WELCOME_BEING_SENT, Reaction
from console.wecom.errors import WeComError, WeComFailure
from console.wecom.welcome import WelcomeMessage

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

BUSY_PAUSE = 1.0
"""Seconds before the next try while another app is sending (41096)."""


class Verdict(StrEnum):
    """How sending ended; the value is stored."""

    SENT = "sent"
    ALREADY = "already_sent"
    """Somebody else's message was first, or the two are talking already: nothing more is to be done."""
    TOO_LATE = "too_late"
    TAKEN = "taken"
    """Another console has sent it, or is sending it."""
    BLOCKED = "read_only"
    REFUSED = "refused"
    """WeCom refused; `failure` says why."""
    NOT_SENT = "not_sent"
    """The template can't be sent as it is, or no request could leave."""
    UNCLEAR = "unclear"
    """It left, and no answer came: perhaps it arrived. It is not sent again."""


@dataclass(frozen=True, slots=True)
class WelcomeDesk:
    """What a welcome is sent with. `owner` names this process; `folder` is the settings'.

    `operator` is empty for what is sent by rule; `name_of` gives a follower's name, or "".
    """

    client: Callable[[], Awaitable[WeComClient]]
    records: Records
    profile: Profile
    owner: str
    folder: Path
    name_of: Callable[[str], str]
    operator: str = ""
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


@dataclass(frozen=True, slots=True)
class WelcomeResult:
    """How it ended, after so many tries."""

    verdict: Verdict
    failure: Exception | None = None
    tries: int = 0


async def send_welcome(desk: WelcomeDesk, row: EventRow, template: WelcomeTemplate) -> WelcomeResult:
    """Send a template for an event's code. Raises what opening a client raises; nothing has been sent then.

    The claim is on disk before anything leaves, and given once. It is tried again as long as the code lives only
    where surely nothing was sent: while another app is sending (41096), and without a connection.
    Follows WeCom document 92137.
    """
    if desk.profile.read_only:
        return WelcomeResult(Verdict.BLOCKED)
    client = await desk.client()
    try:
        message = await _message(desk, client, row, template)
    except (WeComFailure, OSError, StoreFailure) as failure:
        return WelcomeResult(Verdict.NOT_SENT, failure)
    if not may_be_tried(row, desk.records.clock(), client.server_clock_skew):
        taken = row.welcome.state is not WelcomeState.OPEN
        return WelcomeResult(Verdict.TAKEN if taken else Verdict.TOO_LATE)
    try:
        if not await desk.records.effects.claim_welcome(row.id, desk.owner):
            return WelcomeResult(Verdict.TAKEN)
        entry_id = await desk.records.welcomes.begin(_draft(desk, row, template, message))
    except StoreFailure as failure:
        return WelcomeResult(Verdict.NOT_SENT, failure)
    result = await _send(desk, client, row, message)
    await _note(desk, row, entry_id, result)
    return result


async def _message(desk: WelcomeDesk, client: WeComClient, row: EventRow, template: WelcomeTemplate) -> WelcomeMessage:
    media_ids = await media_ids_of(client, desk.records, files_of(template, desk.folder))
    userid = row.event.userid or ""
    return message_of(template, follower=desk.name_of(userid) or userid, media_ids=media_ids, folder=desk.folder)


async def _send(desk: WelcomeDesk, client: WeComClient, row: EventRow, message: WelcomeMessage) -> WelcomeResult:
    tries = 0
    while True:
        tries += 1
        try:
            await client.send_welcome_msg(row.event.welcome_code or "", message)
        except WeComFailure as failure:
            in_time = may_be_tried(row, desk.records.clock() + BUSY_PAUSE, client.server_clock_skew)
            if not (in_time and _was_surely_not_sent(failure)):
                return WelcomeResult(_verdict_of(failure), failure, tries)
            await desk.sleep(BUSY_PAUSE)
        else:
            return WelcomeResult(Verdict.SENT, None, tries)


def _was_surely_not_sent(failure: WeComFailure) -> bool:
    """Whether trying again can neither send twice nor fail for the same reason."""
    if isinstance(failure, WeComError):
        return failure.errcode == WELCOME_BEING_SENT
    return not failure.may_have_arrived


def _verdict_of(failure: WeComFailure) -> Verdict:
    if not isinstance(failure, WeComError):
        return Verdict.UNCLEAR if failure.may_have_arrived else Verdict.NOT_SENT
    if failure.errcode == WELCOME_ALREADY_SENT:
        return Verdict.ALREADY
    # Of a busy system nobody knows what it did before it said so.
    busy = failure.reaction is Reaction.RETRY and failure.errcode != WELCOME_BEING_SENT
    return Verdict.UNCLEAR if busy else Verdict.REFUSED


async def _note(desk: WelcomeDesk, row: EventRow, entry_id: int, result: WelcomeResult) -> None:
    """What became of it, on the event and in the record; a store that fails now changes nothing about that."""
    failure = result.failure
    answered = failure.errcode if isinstance(failure, WeComError) else None if failure else 0
    state = {
        Verdict.SENT: WelcomeState.SENT,
        Verdict.ALREADY: WelcomeState.SENT,
        Verdict.UNCLEAR: WelcomeState.UNCLEAR,
    }.get(result.verdict, WelcomeState.FAILED)
    try:
        desk.records.welcomes.finish(
            entry_id,
            result.verdict.value,
            tries=result.tries,
            errcode=answered,
            message=str(failure) if failure else "",
        )
        await desk.records.effects.finish_welcome(row.id, desk.owner, state, result.verdict.value)
    except StoreFailure:
        return  # what is left SENDING is UNCLEAR to the next start


def _draft(desk: WelcomeDesk, row: EventRow, template: WelcomeTemplate, message: WelcomeMessage) -> WelcomeDraft:
    return WelcomeDraft(
        event_id=row.id,
        operator=desk.operator,
        external_userid=row.event.external_userid or "",
        userid=row.event.userid or "",
        template=template.name,
        body=message.body(),
    )
