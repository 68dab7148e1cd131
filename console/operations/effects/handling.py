"""What each kind of event asks for, carried out once; that it is done by one alone is the runner's affair."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from console.credentials import SecretKind, Secrets
from console.credentials.aside import aside
from console.operations.convert.arrivals import resolve_added
from console.operations.detail import Detail, known_detail, read_detail
from console.operations.effects.compare import all_new, changes_between, values_of
from console.operations.effects.outcome import NO_NOTE, EffectNote, Outcome
from console.operations.effects.own_writes import probably_ours
from console.operations.effects.tickets import Tickets
from console.operations.results import Failed, Loaded
from console.settings import AppType, Profile
from console.store import Records, StoreFailure
from console.store.event_rows import EventRow
from console.store.relations import RelationState
from console.wecom.callback.events import Kind
from console.wecom.codes import NOT_EXTERNAL_CONTACT
from console.wecom.errors import WeComError, WeComFailure
from console.wecom.ids import as_external_userid

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

_ASK_AGAIN_AFTER = 10.0  # seconds


async def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class EffectDesk:
    """What effects are carried out with. `client` may raise what opening a session raises.

    `owner` names this process as the receiver's name does; `load` loads what payloads are read with, off the loop.
    """

    client: Callable[[], Awaitable[WeComClient]]
    records: Records
    profile: Profile
    secrets: Secrets
    owner: str
    tickets: Tickets = field(default_factory=Tickets)
    load: Callable[[], Awaitable[None]] = _nothing


@dataclass(frozen=True, slots=True)
class Done:
    """The effects have run."""

    outcome: Outcome
    note: EffectNote = NO_NOTE


@dataclass(frozen=True, slots=True)
class Later:
    """They are another process's to run, or have to wait; look again after so many seconds."""

    seconds: float
    note: EffectNote = NO_NOTE


Carried: TypeAlias = "Done | Later"


async def carry_out(desk: EffectDesk, row: EventRow) -> Carried:
    """Do what follows from one event. Raises whatever kept it from being done; nothing of it does harm twice."""
    match row.event.kind:
        case Kind.ADDED | Kind.EDITED if row.event.external_userid:
            return await _read_again(desk, row)
        case Kind.ADDED_HALF if row.event.external_userid:
            return await _read_if_accepted(desk, row)
        case Kind.REMOVED:
            await _end_relation(desk, row)
            return Done(Outcome.MARKED)
        case Kind.HANDED_OVER:
            return await _see_successors(desk, row)
        case Kind.LEFT:
            return Done(Outcome.MARKED)  # it stays readable; the event itself is the mark
        case Kind.TRANSFER_FAILED:
            return Done(Outcome.TO_SEE)
        case Kind.SUITE_TICKET:
            return await _keep_ticket(desk, row)
    return Done(Outcome.NOTHING)


async def _read_again(desk: EffectDesk, row: EventRow) -> Done:
    client = await desk.client()
    note = await _read(desk, client, row)
    if row.event.kind is Kind.ADDED:
        return Done(Outcome.READ, await _with_mappings(client, desk.records, row, note))
    ours = probably_ours(desk.records, row, client.server_clock_skew)
    for write in ours:
        await desk.records.audit.note_callback(write.id, row.received_at)
    note = replace(note, own_writes=tuple(write.id for write in ours))
    return Done(Outcome.OURS if ours else Outcome.READ, note)


async def _read_if_accepted(desk: EffectDesk, row: EventRow) -> Done:
    """Half added, a customer can't be read yet: 84061 is no failure here."""
    try:
        return Done(Outcome.READ, await _read(desk, await desk.client(), row))
    except WeComError as failure:
        if failure.errcode != NOT_EXTERNAL_CONTACT:
            raise
        return Done(Outcome.WAITING, EffectNote(errcode=failure.errcode))


async def _see_successors(desk: EffectDesk, row: EventRow) -> Done:
    """Handed over: who has the customer now. The event itself is enough where that can't be read."""
    await _end_relation(desk, row)
    if not row.event.external_userid:
        return Done(Outcome.MARKED)
    try:
        note = await _read(desk, await desk.client(), row)
    except WeComError as failure:
        return Done(Outcome.MARKED, EffectNote(errcode=failure.errcode, why=str(failure)))
    # WeCom may still show for a moment what it has just called gone.
    await _end_relation(desk, row, at=desk.records.clock())
    return Done(Outcome.MARKED, replace(note, changes=(), first=False))


async def _end_relation(desk: EffectDesk, row: EventRow, at: float | None = None) -> None:
    event = row.event
    if event.userid and event.external_userid:
        when = row.received_at if at is None else at
        await desk.records.relations.put_end(event.userid, event.external_userid, at=when)


async def _read(desk: EffectDesk, client: WeComClient, row: EventRow) -> EffectNote:
    """Read the event's customer through C2, and say what is different. Raises WeComFailure, StoreFailure."""
    customer, userid = as_external_userid(row.event.external_userid or ""), row.event.userid or ""
    records, app_type = desk.records, desk.profile.app_type
    before = values_of(known_detail(records, customer), userid, app_type, records.tags.name_of)
    detail: Detail | None = None
    async for result in read_detail(client, records, customer):
        if isinstance(result, Failed):
            raise result.failure
        if isinstance(result, Loaded):
            detail = result.value
    assert detail is not None  # a read ends loaded or failed
    after = values_of(detail, userid, app_type, records.tags.name_of) or {}
    view = detail.relation_of(userid)
    others = tuple(one.userid for one in detail.relations if one is not view and one.state is not RelationState.GONE)
    return EffectNote(
        read_at=detail.read_at,
        first=before is None,
        changes=all_new(after) if before is None else changes_between(before, after),
        name=detail.contact.name or "",
        customer_type=detail.contact.type,
        add_way=view.follow.add_way if view and view.follow else None,
        state=(view.follow.state if view and view.follow else None) or row.event.state or "",
        others=others,
    )


async def _with_mappings(client: WeComClient, records: Records, row: EventRow, note: EffectNote) -> EffectNote:
    """Somebody new may be somebody whose unionid was converted before."""
    try:
        joined = await resolve_added(client, records, [row.event.external_userid or ""])
    except (WeComFailure, StoreFailure) as failure:
        return replace(note, why=str(failure))  # the next read of a list asks again
    return replace(note, mapped=len(joined))


async def _keep_ticket(desk: EffectDesk, row: EventRow) -> Carried:
    """A suite ticket goes to the secrets of a third-party app. Raises KeyringUnavailable and SecretNotKept."""
    profile, secrets = desk.profile, desk.secrets
    if profile.app_type is not AppType.THIRD_PARTY or row.event.suite_id != profile.suite_id:
        return Done(Outcome.NOTHING)
    ticket = desk.tickets.of(row.id)
    if ticket is None:
        runs = desk.records.receivers.state().listening
        elsewhere = row.receiver != desk.owner and any(run.receiver == row.receiver for run in runs)
        return Later(_ASK_AGAIN_AFTER) if elsewhere else Done(Outcome.NOT_KEPT)
    await aside(lambda: secrets.set(profile.name, SecretKind.SUITE_TICKET, ticket.reveal()))
    desk.tickets.forget(row.id)
    return Done(Outcome.KEPT)
