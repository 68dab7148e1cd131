"""The quota of conversions: counted by everybody who shares it, over restarts, and stopped before WeCom would."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from console.store import Records, Store
from console.store.quota import LIMITS, Admitted, Quota, QuotaExhausted, TooFast, Window
from tests.store.conftest import Clock

CHINA = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 22, 12, 10, tzinfo=CHINA).timestamp()
CORP, PROVIDER = 0, 1


@pytest.fixture
def quota(records: Records, clock: Clock) -> Quota:
    clock.now = NOON
    return records.quota


def used(quota: Quota, subject_type: int = CORP) -> list[int]:
    """What was used of the hour, the day and the month."""
    return [allowance.used for allowance in quota.left(subject_type)]


def send(quota: Quota, times: int = 1, subject_type: int = CORP) -> None:
    """Send conversions, asked about where need be."""
    for _ in range(times):
        assert isinstance(quota.admit(subject_type, hurried=True).wait(), Admitted)


def use_up(store: Store, hour_of: float, count: int, subject_type: int = CORP) -> None:
    """Have so many conversions been sent in the hour of a moment."""
    connection = sqlite3.connect(store.path)
    with connection:
        connection.execute(
            "INSERT OR REPLACE INTO conversion_hours VALUES (1, ?, ?, ?)", (subject_type, hour_of // 3600, count)
        )
    connection.close()


def test_each_conversion_counts_in_its_hour_day_and_month_by_chinas_clock(quota: Quota, clock: Clock) -> None:
    send(quota, 2)
    clock.now += 3600
    send(quota)
    assert used(quota) == [1, 3, 3]
    clock.now = datetime(2026, 11, 23, 0, 5, tzinfo=CHINA).timestamp()
    assert used(quota) == [0, 0, 3]
    clock.now = datetime(2026, 12, 1, 0, 5, tzinfo=CHINA).timestamp()
    assert used(quota) == [0, 0, 0]
    assert used(quota, PROVIDER) == [0, 0, 0]


def test_it_says_what_is_left_and_when_the_next_window_begins(quota: Quota) -> None:
    send(quota)
    hour, day, month = quota.left(CORP)
    assert (hour.window, hour.left, hour.limit) == (Window.HOUR, 99_999, 100_000)
    assert hour.until == datetime(2026, 11, 22, 13, tzinfo=CHINA).timestamp()
    assert day.until == datetime(2026, 11, 23, tzinfo=CHINA).timestamp()
    assert (month.until, month.limit) == (datetime(2026, 12, 1, tzinfo=CHINA).timestamp(), 7_500_000)


def test_counts_outlive_the_program_and_are_shared_by_the_profiles_of_one_corp(
    quota: Quota, tmp_path: Path, clock: Clock
) -> None:
    send(quota, 2)
    again = Store.open(tmp_path / "data" / "store.db", clock=clock)
    assert used(again.profile("main", "ww1", "self-built").quota) == [2, 2, 2]
    assert used(again.profile("another", "ww1", "third-party").quota) == [2, 2, 2]
    assert used(again.profile("elsewhere", "ww2", "third-party").quota) == [0, 0, 0]
    send(again.profile("elsewhere", "ww2", "third-party").quota, subject_type=PROVIDER)
    assert used(quota, PROVIDER) == [1, 1, 1]
    again.close()


@pytest.mark.parametrize(("window", "hours_ago"), [(Window.HOUR, 0), (Window.DAY, 11), (Window.MONTH, 24 * 20)])
def test_it_stops_before_the_limit_of_each_window(quota: Quota, store: Store, window: Window, hours_ago: int) -> None:
    use_up(store, NOON - hours_ago * 3600, LIMITS[window] - 1)
    send(quota)
    stopped = quota.admit(CORP, hurried=True).wait()
    assert isinstance(stopped, QuotaExhausted)
    assert (stopped.window, stopped.until > NOON) == (window, True)
    assert isinstance(quota.admit(PROVIDER).wait(), Admitted)


def test_the_sixth_within_a_minute_is_asked_about_whichever_process_sent_the_others(
    quota: Quota, tmp_path: Path, clock: Clock
) -> None:
    again = Store.open(tmp_path / "data" / "store.db", clock=clock)
    other = again.profile("main", "ww1", "self-built").quota
    for process in (quota, other, quota, other, quota):
        assert isinstance(process.admit(CORP).wait(), Admitted)
    for process in (quota, other):
        assert process.admit(PROVIDER).wait() == TooFast(5)
    assert used(quota) == [5, 5, 5]
    assert isinstance(other.admit(CORP, hurried=True).wait(), Admitted)
    clock.now += 60
    assert isinstance(quota.admit(CORP).wait(), Admitted)
    again.close()


def test_what_was_surely_not_sent_is_given_back(quota: Quota) -> None:
    admitted = [quota.admit(CORP).wait() for _ in range(5)]
    assert isinstance(admitted[0], Admitted)
    quota.give_back(admitted[0]).wait()
    assert used(quota) == [4, 4, 4]
    assert isinstance(quota.admit(CORP).wait(), Admitted)


def test_a_clock_that_is_set_back_forgets_no_count_and_holds_nobody_up(quota: Quota, clock: Clock) -> None:
    send(quota, 5)
    clock.now -= 1_800
    assert used(quota) == [5, 5, 5]
    assert isinstance(quota.admit(CORP).wait(), Admitted)
    clock.now = NOON
    assert used(quota) == [5, 6, 6]


def test_when_wecom_itself_says_no_it_is_believed_until_its_window_ends(
    quota: Quota, store: Store, clock: Clock
) -> None:
    quota.stop(CORP, 3_600).wait()
    assert quota.admit(CORP).wait() == QuotaExhausted(NOON + 3_600)
    assert store.profile("another", "ww1", "delegated").quota.stopped_until(CORP) == NOON + 3_600
    assert isinstance(quota.admit(PROVIDER).wait(), Admitted)
    clock.now -= 86_400 * 30
    assert quota.stopped_until(CORP) is None
    clock.now = NOON + 3_600
    assert isinstance(quota.admit(CORP).wait(), Admitted)
