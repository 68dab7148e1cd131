"""What was acknowledged is kept, counted once, and found again; what was rejected can be looked at."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.store import Records, Store, StoreLocked
from console.store.database import Database
from console.store.event_rows import RequestRow, RowKind
from console.store.event_writes import KEPT_BYTES, KEPT_REQUESTS, REPEATED_WITHIN
from console.store.events import Duplicate, EventQuery, Events, New
from console.store.relations import RelationQuery
from console.wecom.callback.events import Event, Kind, event_of
from console.wecom.callback.rejection import Reason, Rejected
from tests.store.answers import listed
from tests.store.conftest import Clock
from tests.store.pushes import REQUEST, event, event_row, put, put_new, welcoming, with_body
from tests.wecom.callback.samples import CHANGES, SUITE_TICKET, change

BAD_SIGNATURE = Rejected(Reason.SIGNATURE)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "one.db", busy_timeout=0.05, idle=lambda _connection: False)
    yield opened
    opened.close(5)


def found(records: Records, query: EventQuery) -> list[str | None]:
    """The customers of the rows that a query finds, newest first."""
    ids = records.events.select_now(query)
    return [event_row(records, row_id).event.external_userid for row_id in ids]


def test_an_event_is_kept_with_the_request_that_brought_it(records: Records, clock: Clock) -> None:
    row_id = put_new(records, event())
    row = event_row(records, row_id)
    assert (row.event, row.received_at, row.times, row.receiver) == (event(), clock.now, 1, "app")
    stored = records.events.request(row_id)
    assert stored is not None
    assert (stored.request, stored.size) == (REQUEST, len(REQUEST.body))


@pytest.mark.parametrize("third_party", [False, True])
def test_every_event_of_one_second_is_kept(records: Records, third_party: bool) -> None:
    events = [event_of(change(name, third_party=third_party)) for name in CHANGES]
    ids = [put_new(records, one) for one in events]
    assert list(records.events.select_now(EventQuery())) == ids[::-1]
    assert [event_row(records, row_id).event for row_id in ids] == events


def test_what_is_delivered_again_is_counted_also_after_a_restart(store: Store, records: Records, clock: Clock) -> None:
    first = put(records, event())
    clock.now += 5
    assert put(records, event(), with_body(b"encrypted anew")) == Duplicate(first.id, 2)
    store.close()
    clock.now += REPEATED_WITHIN
    again = Store.open(store.path, clock=clock)
    theirs = again.profile("main", "ww1", "self-built")
    assert put(theirs, event()) == Duplicate(first.id, 3)
    row = event_row(theirs, first.id)
    assert (row.times, row.last_at - row.received_at) == (3, 605.0)
    clock.now += REPEATED_WITHIN + 1
    assert isinstance(put(theirs, event()), New)
    again.close()


def test_the_same_bytes_at_another_profile_are_another_event(store: Store, records: Records) -> None:
    other = store.profile("other", "ww1", "self-built")
    put_new(records, event())
    put_new(other, event())
    assert len(records.events.select_now(EventQuery())) == 1
    assert other.events.row(records.events.select_now(EventQuery())[0]) is None


KILLED = """
import os, sys
from pathlib import Path
from console.store import Store
from tests.store.pushes import event, put
records = Store.open(Path(sys.argv[1])).profile("main", "ww1", "self-built")
for number in range(20):
    put(records, event(customer=f"wm{number}"))
os.kill(os.getpid(), 9)
"""


def test_what_may_be_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False).returncode == -9
    store = Store.open(path)
    assert len(store.profile("main", "ww1", "self-built").events.select_now(EventQuery())) == 20
    store.close()


def test_what_could_not_be_stored_is_never_acknowledged(store: Store, records: Records) -> None:
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreLocked):
        put(records, event())
    other.execute("ROLLBACK")
    other.close()
    assert put(records, event()) == New(1)


def test_an_event_goes_before_all_that_need_not_be_on_disk(database: Database) -> None:
    events = Events(database, 1, lambda: 0.0)
    started, gate = threading.Barrier(2), threading.Event()
    database.write(lambda _connection: (started.wait(5), gate.wait(5)))
    started.wait(5)
    flood = [events.reject(BAD_SIGNATURE, REQUEST, receiver="app") for _ in range(100)]
    one = events.put(event(), REQUEST, receiver="app")
    gate.set()
    assert one.wait(5).id < min(rejected.wait(5) for rejected in flood)


def test_a_suite_ticket_is_in_no_file(store: Store, records: Records) -> None:
    ticket = event_of(SUITE_TICKET)
    row_id = put_new(records, ticket)
    assert event_row(records, row_id).event == replace(ticket, suite_ticket=None)
    assert put(records, ticket) == Duplicate(row_id, 2)
    written = b"".join(file.read_bytes() for file in store.path.parent.iterdir())
    assert b"suite_ticket" in written
    assert b"asdfasfd" not in written


@pytest.mark.parametrize("message", [b"", b"\xff\xfe<xml>", b'{"Event":"\\ud800","UserID":"\\udfff"}'])
def test_any_message_is_kept(records: Records, message: bytes) -> None:
    one = event_of(message)
    assert event_row(records, put_new(records, one)).event == one


def test_rejected_requests_are_counted_and_the_newest_kept(records: Records, clock: Clock) -> None:
    clock.now = 900_000.0
    put_new(records, event())
    for number in range(KEPT_REQUESTS + 5):
        last = records.events.reject(BAD_SIGNATURE, with_body(b"%d" % number), receiver="app")
    row = records.events.row(last.wait(10))
    assert isinstance(row, RequestRow)
    assert (row.reason, row.peer, row.received_at) == (Reason.SIGNATURE, "203.0.113.7", clock.now)
    kept = records.events.select_now(EventQuery(kinds=frozenset({RowKind.REJECTED})))
    assert len(kept) == KEPT_REQUESTS
    oldest = records.events.request(kept[-1])
    assert oldest is not None
    assert oldest.request.body == b"5"
    counts = records.events.counts(clock.now)
    assert (counts.events, counts.rejected) == (1, KEPT_REQUESTS + 5)
    assert records.events.counts(clock.now + 900).rejected == 0


def test_of_a_rejected_request_no_more_than_4_kib_are_kept(records: Records) -> None:
    large = replace(
        REQUEST, query="q" * 9000, headers=(("host", "a"), ("cookie", "c" * 9000)), body=b"<" + b"x" * 2_000_000
    )
    rejected = Rejected(Reason.TOO_LARGE, "2000001 bytes")
    row_id = records.events.reject(rejected, large, receiver="app").wait(5)
    stored = records.events.request(row_id)
    assert stored is not None
    kept = stored.request
    assert len(kept.query) + len(kept.body) + sum(len(name + value) for name, value in kept.headers) <= KEPT_BYTES
    assert (stored.size, kept.headers, kept.body[:1]) == (2_000_001, (("host", "a"),), b"<")


def test_a_verification_of_the_address_is_a_row_too(records: Records) -> None:
    row = records.events.row(records.events.verified(replace(REQUEST, method="GET"), receiver="app").wait(5))
    assert isinstance(row, RequestRow)
    assert row.reason is None
    assert records.events.counts(0).rejected == 0


def test_the_feed_is_filtered_by_kind_follower_and_customer(records: Records) -> None:
    put_new(records, event(customer="wm1"))
    put_new(records, event("del_follow_user", customer="wm2"))
    middle = put_new(records, event("del_follow_user", userid="LiNa", customer="wm1"))
    records.events.reject(BAD_SIGNATURE, REQUEST, receiver="app").wait(5)
    assert found(records, EventQuery(kinds=frozenset({Kind.LEFT, Kind.EDITED}))) == ["wm1", "wm2", "wm1"]
    assert found(records, EventQuery(kinds=frozenset({Kind.LEFT}), customer="wm1")) == ["wm1"]
    assert found(records, EventQuery(follower="lina")) == ["wm1"]
    assert found(records, EventQuery(follower="ZHANGSAN")) == ["wm2", "wm1"]
    assert len(records.events.select_now(EventQuery())) == 4
    assert len(records.events.select_now(EventQuery(after=middle))) == 1


async def test_the_feed_is_searched_in_what_it_says_and_in_what_is_known_of_people(records: Records) -> None:
    await records.relations.put_batch("zhangsan", [listed("wmKNOWN1", "zhangsan", "李建国", remark="城建")])
    await records.relations.select(RelationQuery(contains="城建"))
    put_new(records, event(customer="wmKNOWN1", state="Expo 2024"))
    put_new(records, event(customer="wmOTHER1", userid="lina", state="100%"))
    for contains in ("李建", "城建", "expo", "expo zhangsan", "wmKNOWN1"):
        assert found(records, EventQuery(contains=contains)) == ["wmKNOWN1"]
    assert found(records, EventQuery(contains="0%")) == ["wmOTHER1"]
    assert found(records, EventQuery(contains="edit_external")) == ["wmOTHER1", "wmKNOWN1"]
    assert found(records, EventQuery(contains="nobody")) == []


async def test_the_feed_is_read_beside_the_loop(records: Records) -> None:
    ids = [put_new(records, event(customer=f"wm{number}")) for number in range(3)]
    assert list(await records.events.select(EventQuery())) == ids[::-1]
    assert [row.id for row in records.events.window([ids[1], 999, ids[0]])] == [ids[1], ids[0]]


def test_a_failed_transfer_stays_until_somebody_has_seen_it(records: Records, clock: Clock) -> None:
    failed = [put_new(records, event("transfer_fail", customer=f"wm{number}")) for number in range(2)]
    put_new(records, event())
    assert [row.id for row in records.events.unseen()] == failed[::-1]
    records.events.mark_seen(failed[0]).wait(5)
    clock.now += 1
    records.events.mark_seen(failed[0]).wait(5)
    assert event_row(records, failed[0]).seen_at == clock.now - 1
    assert records.events.counts(0).unseen == 1


def test_bookmarks(records: Records) -> None:
    ids = [put_new(records, event(customer=f"wm{number}")) for number in range(2)]
    records.events.bookmark(ids[0], on=True).wait(5)
    assert list(records.events.select_now(EventQuery(bookmarked=True))) == [ids[0]]
    records.events.bookmark(ids[0], on=False).wait(5)
    assert not records.events.select_now(EventQuery(bookmarked=True))


def test_another_process_sees_what_comes_by_the_version(store: Store, records: Records) -> None:
    other = Store.open(store.path)
    theirs = other.profile("main", "ww1", "self-built")
    versions = [theirs.events.version]
    row_id = put_new(records, event())
    versions.append(theirs.events.version)
    put(records, event())
    versions.append(theirs.events.version)
    records.events.bookmark(row_id, on=True).wait(5)
    versions.append(theirs.events.version)
    assert versions == sorted(set(versions))
    assert event_row(theirs, row_id).times == 2
    other.close()


def test_counts_are_of_events_and_of_their_repetitions(records: Records, clock: Clock) -> None:
    put(records, event(customer="wm0"))
    clock.now += 100
    for one in (event(), event(), event(), welcoming()):
        put(records, one)
    counts = records.events.counts(clock.now)
    assert (counts.events, counts.repeated, counts.rejected, counts.unseen) == (2, 2, 0, 0)


def test_events_that_come_together_share_commits(records: Records) -> None:
    events: list[Event] = [event(customer=f"wm{number}") for number in range(200)]
    pending = [records.events.put(one, REQUEST, receiver="app") for one in events]
    assert len({stored.wait(10).id for stored in pending}) == 200
