"""What has come at the callback address: has WeCom verified it, what came last, and do own writes come back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from console.language import _, joined, ngettext
from console.operations.checkup.admin_pages import callback_page
from console.operations.checkup.checks import Check, Question, within
from console.operations.checkup.surroundings import Surroundings
from console.operations.effects.callback_tally import Count, callback_tally
from console.operations.event_words import reject_words
from console.operations.wording import age_words, time_words
from console.settings import Profile
from console.store import Records, Store
from console.store.event_query import EventQuery
from console.store.event_rows import RequestRow, RowKind
from console.wecom.callback.events import Kind

_WAITING_FOR_ANOTHER_CONSOLE = 1.0
_HOUR = 3600.0


async def check_receiving(profile: Profile | None, around: Surroundings) -> AsyncGenerator[Check]:
    """Check what the store tells of callbacks for `profile`; none of it is needed for work."""
    if profile is None:
        return
    address = Question("callback-address", _("callback address"), _("what came, by the store"), needed=False)
    yield await within(around.limits.local, address, asyncio.to_thread(_look, profile, around, address, _address))
    for name, title, which in (
        ("G5", _("own mobiles"), _mobiles_alone),
        ("G6", _("own changes"), _others),
    ):
        tally = Question(name, title, _("callbacks of own writes (the guide's {id})").format(id=name), needed=False)
        yield await within(around.limits.local, tally, asyncio.to_thread(_look, profile, around, tally, which))


def _look(
    profile: Profile, around: Surroundings, question: Question, check: Callable[[Question, Records], Check]
) -> Check:
    with _records(profile, around) as records:
        if records is None:
            return question.not_checkable(_("nothing has ever been received here"))
        return check(question, records)


@contextmanager
def _records(profile: Profile, around: Surroundings) -> Iterator[Records | None]:
    """What is kept for the profile, if anything is; nothing is made. Raises StoreFailure."""
    home = around.home
    if not home.data_folder.is_dir() or not (file := home.store_file).exists():
        yield None
        return
    store = Store.open(file, busy_timeout=_WAITING_FOR_ANOTHER_CONSOLE)
    try:
        yield store.known_profile(profile.name, profile.corp_id, profile.app_type)
    finally:
        store.close()


def _address(question: Question, records: Records) -> Check:
    now = records.clock()
    receiving, rejected = records.receivers.state(), _newest(records, RowKind.REJECTED)
    verified, counts = _newest(records, RowKind.VERIFIED), records.events.counts(now - _HOUR)
    if receiving.last_run is None:
        return question.not_checkable(_("nothing has ever been received here"))
    parts = [
        _("somebody listens at {address}").format(address=receiving.listening[0].address)
        if receiving.listening
        else _("nobody listens since {time}").format(time=_time(receiving.silent_since, now)),
        _("verified {time}").format(time=_time(verified.received_at, now)) if verified else _("never verified"),
        _("last event {age}").format(age=age_words(now - receiving.last_event_at))
        if receiving.last_event_at
        else _("no event yet"),
    ]
    if counts.rejected and rejected is not None and rejected.reason is not None:
        n = counts.rejected
        said = ngettext("{n} request rejected in the last hour", "{n} requests rejected in the last hour", n)
        why = reject_words(rejected.reason, rejected.detail)
        answer = joined([*parts, said.format(n=n)])
        todo = _("The last one: {why}. Compare Token, EncodingAESKey and IDs with the admin console.").format(why=why)
        return question.warning(answer, todo, callback_page())
    if verified is None and not _has_events(records):
        todo = _("Save the callback URL in the admin console while the receiver runs: WeCom verifies it then.")
        return question.warning(joined(parts), todo, callback_page())
    return question.passed(joined(parts))


def _mobiles_alone(question: Question, records: Records) -> Check:
    return _tallied(question, callback_tally(records).mobiles_alone)


def _others(question: Question, records: Records) -> Check:
    return _tallied(question, callback_tally(records).others)


def _tallied(question: Question, count: Count) -> Check:
    if not count.writes:
        return question.not_checkable(_("no such write while somebody listened"))
    n = count.writes
    words = ngettext(
        "{callbacks} of {n} write came back as an event", "{callbacks} of {n} writes came back as events", n
    )
    return question.passed(words.format(callbacks=count.callbacks, n=n))


def _newest(records: Records, kind: RowKind) -> RequestRow | None:
    [*ids] = records.events.select_now(EventQuery(kinds=frozenset({kind.value})))[:1]
    row = records.events.row(ids[0]) if ids else None
    return row if isinstance(row, RequestRow) else None


def _has_events(records: Records) -> bool:
    return bool(records.events.select_now(EventQuery(kinds=frozenset(kind.value for kind in Kind))))


def _time(at: float | None, now: float) -> str:
    return time_words(at, datetime.now().astimezone().tzinfo or UTC, now) or "?"
