"""Times in which nobody listened are in the feed, also after a crash, and never one in which somebody did."""

from __future__ import annotations

from console.store import Records
from console.store.event_rows import GapRow, WhyGap
from console.store.events import EventQuery
from console.store.receivers import BEAT_EVERY, DEAD_AFTER
from tests.store.conftest import Clock
from tests.store.pushes import event, put_new

HERE = "127.0.0.1:8765"
THERE = "127.0.0.1:9000"


def start(records: Records, address: str = HERE) -> int:
    return records.receivers.start("app", address).wait(5)


def gaps(records: Records) -> list[tuple[float, float, WhyGap]]:
    rows = records.events.window(records.events.select_now(EventQuery()))
    return [(row.since, row.received_at, row.why) for row in rows if isinstance(row, GapRow)]


def test_before_the_first_start_nothing_is_known_and_nothing_missed(records: Records) -> None:
    assert records.receivers.state().silent_since is None
    assert records.receivers.state().last_run is None
    run_id = start(records)
    assert gaps(records) == []
    [listening] = records.receivers.state().listening
    assert (listening.id, listening.address) == (run_id, HERE)


def test_between_a_stop_and_the_next_start_is_a_gap(records: Records, clock: Clock) -> None:
    records.receivers.stop(start(records), "closed by the operator").wait(5)
    stopped = clock.now
    clock.now += 1160
    state = records.receivers.state()
    assert (state.listening, state.silent_since) == ((), stopped)
    assert state.last_run is not None
    assert state.last_run.why == "closed by the operator"
    start(records)
    assert gaps(records) == [(stopped, clock.now, WhyGap.STOPPED)]
    assert records.receivers.state().silent_since is None


def test_a_crash_is_found_at_the_next_start_and_began_with_the_last_sign_of_life(
    records: Records, clock: Clock
) -> None:
    run_id = start(records)
    clock.now += BEAT_EVERY
    records.receivers.beat(run_id).wait(5)
    clock.now += 3
    put_new(records, event())
    heard = clock.now
    clock.now += 4000
    assert records.receivers.state().silent_since == heard
    start(records, THERE)
    assert gaps(records) == [(heard, clock.now, WhyGap.CRASHED)]


def test_a_start_at_the_same_address_right_after_a_crash_finds_it_too(records: Records, clock: Clock) -> None:
    start(records)
    clock.now += 5
    start(records)
    assert gaps(records) == [(clock.now - 5, clock.now, WhyGap.CRASHED)]
    assert len(records.receivers.state().listening) == 1


def test_while_somebody_else_listens_nothing_is_missed(records: Records, clock: Clock) -> None:
    first, second = start(records), start(records, THERE)
    records.receivers.stop(first).wait(5)
    clock.now += 20
    records.receivers.beat(second).wait(5)
    clock.now += 20
    start(records)
    assert gaps(records) == []


def test_a_restart_within_a_moment_is_no_gap(records: Records, clock: Clock) -> None:
    records.receivers.stop(start(records)).wait(5)
    clock.now += 0.5
    start(records)
    clock.now -= 1000
    start(records)
    assert gaps(records) == []


def test_a_receiver_that_slept_leaves_a_gap_and_is_back(records: Records, clock: Clock) -> None:
    run_id = start(records)
    slept = clock.now
    clock.now += 7200
    assert records.receivers.state().listening == ()
    records.receivers.beat(run_id).wait(5)
    assert gaps(records) == [(slept, clock.now, WhyGap.ASLEEP)]
    assert [run.id for run in records.receivers.state().listening] == [run_id]
    clock.now += DEAD_AFTER
    records.receivers.beat(run_id).wait(5)
    assert len(gaps(records)) == 1


def test_the_gaps_of_a_time_are_those_that_touch_it(records: Records, clock: Clock) -> None:
    edges = []
    for _ in range(3):
        records.receivers.stop(start(records)).wait(5)
        began = clock.now
        clock.now += 100
        edges.append((began, clock.now))
        start(records)
    between = records.receivers.gaps(edges[1][0] + 10, edges[1][0] + 20)
    assert [(gap.since, gap.received_at) for gap in between] == [edges[1]]
    assert len(records.receivers.gaps(0, clock.now)) == 3


def test_what_came_last_is_told(records: Records, clock: Clock) -> None:
    start(records)
    assert records.receivers.state().last_event_at is None
    put_new(records, event())
    clock.now += 180
    assert records.receivers.state().last_event_at == clock.now - 180
