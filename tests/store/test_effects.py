"""Each effect runs once, whoever looks at the store, and again when whoever took it died."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from console.store import Records, Store
from console.store.effects import LEASE
from console.store.event_rows import WelcomeState
from tests.store.conftest import Clock
from tests.store.pushes import REQUEST, event, event_row, put_new, welcoming


@pytest.fixture
def other(store: Store, clock: Clock) -> Iterator[Records]:
    """The same profile, as another process has it open."""
    opened = Store.open(store.path, clock=clock)
    yield opened.profile("main", "ww1", "self-built")
    opened.close()


def claimed(records: Records, owner: str, most: int = 10) -> list[int]:
    return [row.id for row in records.effects.claim(owner, most=most).wait(5)]


def test_an_event_is_claimed_once_and_the_oldest_first(records: Records, other: Records) -> None:
    ids = [put_new(records, event(customer=f"wm{number}")) for number in range(3)]
    assert claimed(records, "app", most=2) == ids[:2]
    assert claimed(other, "receive") == ids[2:]
    assert claimed(other, "receive") == []
    effect = event_row(other, ids[0]).effect
    assert (effect.claimed_by, effect.tries, effect.done_at) == ("app", 1, None)


def test_what_is_finished_is_never_claimed_again(records: Records, other: Records, clock: Clock) -> None:
    row_id = put_new(records, event())
    claimed(records, "app")
    assert not other.effects.finish(row_id, "receive", "read").wait(5)
    assert records.effects.finish(row_id, "app", "read", "remark: a -> b").wait(5)
    assert not records.effects.finish(row_id, "app", "failed").wait(5)
    clock.now += LEASE + 1
    assert claimed(other, "receive") == []
    effect = event_row(other, row_id).effect
    assert (effect.outcome, effect.note, effect.done_at) == ("read", "remark: a -> b", clock.now - LEASE - 1)


def test_the_claim_of_somebody_who_died_ends(records: Records, other: Records, clock: Clock) -> None:
    row_id = put_new(records, event())
    claimed(records, "app")
    clock.now += LEASE
    assert claimed(other, "receive") == []
    clock.now += 1
    assert claimed(other, "receive") == [row_id]
    assert not records.effects.finish(row_id, "app", "read").wait(5)
    assert event_row(records, row_id).effect.tries == 2


def test_a_claim_outlives_no_clock_set_back(records: Records, other: Records, clock: Clock) -> None:
    clock.now = 100_000
    row_id = put_new(records, event())
    claimed(records, "app")
    clock.now -= 86_400
    assert claimed(other, "receive") == [row_id]


def test_what_is_put_back_is_due_later(records: Records, other: Records, clock: Clock) -> None:
    row_id = put_new(records, event())
    assert records.effects.next_due_at() == 0
    claimed(records, "app")
    assert records.effects.next_due_at() is None
    assert records.effects.put_back(row_id, "app", due_at=clock.now + 30, note="45009").wait(5)
    assert not records.effects.put_back(row_id, "app", due_at=0).wait(5)
    assert claimed(other, "receive") == []
    assert other.effects.next_due_at() == clock.now + 30
    clock.now += 30
    assert claimed(other, "receive") == [row_id]


def test_an_event_can_be_run_again_but_never_its_welcome(records: Records) -> None:
    row_id = put_new(records, welcoming())
    claimed(records, "app")
    records.effects.finish(row_id, "app", "read").wait(5)
    assert records.effects.claim_welcome(row_id, "app").wait(5)
    assert records.effects.reopen(row_id).wait(5)
    assert claimed(records, "app") == [row_id]
    assert not records.effects.claim_welcome(row_id, "app").wait(5)
    assert not records.effects.reopen(row_id + 1).wait(5)


def test_requests_without_an_event_have_no_effects(records: Records) -> None:
    row_id = records.events.verified(REQUEST, receiver="app").wait(5)
    assert claimed(records, "app") == []
    assert not records.effects.reopen(row_id).wait(5)


def test_a_welcome_is_sent_by_one_only(records: Records, other: Records) -> None:
    row_id = put_new(records, welcoming())
    assert records.effects.claim_welcome(row_id, "app").wait(5)
    assert not other.effects.claim_welcome(row_id, "receive").wait(5)
    assert event_row(other, row_id).welcome.state is WelcomeState.SENDING
    assert not other.effects.finish_welcome(row_id, "receive", WelcomeState.FAILED).wait(5)
    assert records.effects.finish_welcome(row_id, "app", WelcomeState.SENT, "template 1").wait(5)
    assert not records.effects.finish_welcome(row_id, "app", WelcomeState.FAILED).wait(5)
    welcome = event_row(other, row_id).welcome
    assert (welcome.state, welcome.by, welcome.note) == (WelcomeState.SENT, "app", "template 1")


def test_an_event_without_a_code_has_no_welcome(records: Records) -> None:
    row_id = put_new(records, event("add_external_contact"))
    assert event_row(records, row_id).welcome.state is WelcomeState.NONE
    assert not records.effects.claim_welcome(row_id, "app").wait(5)


def test_live_codes_and_those_left_behind(records: Records, clock: Clock) -> None:
    old = put_new(records, welcoming("OLD"))
    clock.now += 60
    live = [put_new(records, welcoming(code)) for code in ("A", "B")]
    assert [row.id for row in records.effects.open_welcomes(clock.now - 20)] == live[::-1]
    records.effects.claim_welcome(old, "app").wait(5)
    clock.now += 30
    records.effects.claim_welcome(live[0], "app").wait(5)
    assert records.effects.give_up_welcomes(clock.now - 10).wait(5) == 1
    states = [event_row(records, row_id).welcome.state for row_id in (old, *live)]
    assert states == [WelcomeState.UNCLEAR, WelcomeState.SENDING, WelcomeState.OPEN]
