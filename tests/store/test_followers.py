"""Followers as C5 lists them, and what is known of each."""

from __future__ import annotations

from console.store import Records
from console.store.followers import CountState
from tests.store.answers import listed, one
from tests.store.conftest import Clock


def test_the_list_keeps_the_order_of_c5_and_its_first_spelling(records: Records) -> None:
    records.relations.put_batch(None, [listed("wo1", "ZHANGWEI")])
    records.followers.put_list(["lina", "ZhangWei"])
    records.followers.put_list(["zhangwei", "lina"]).wait()
    assert [row.userid for row in records.followers.rows()] == ["ZhangWei", "lina"]
    assert one(records, "wo1").userid == "ZhangWei"


def test_a_follower_that_left_the_list_stays_known_and_keeps_its_customers(records: Records) -> None:
    records.followers.put_list(["zhangwei", "lina"])
    records.relations.put_batch("lina", [listed("wo1", "lina")])
    records.followers.put_list(["zhangwei"]).wait()
    assert [row.userid for row in records.followers.rows()] == ["zhangwei"]
    row = records.followers.row("LINA")
    assert row is not None
    assert row.listed is False
    assert one(records, "wo1", "lina")


def test_counts_say_what_they_are(records: Records) -> None:
    records.followers.put_list(["a", "b", "c", "d"])
    records.followers.put_count("a", 7)
    records.followers.put_count("b", 0)
    records.followers.put_count("A", None, CountState.FAILED, errcode=60011)
    records.followers.put_count("c", None, CountState.FAILED).wait()
    rows = [(row.count, row.count_state.name, row.errcode) for row in records.followers.rows()]
    assert rows == [(7, "FAILED", 60011), (0, "NONE", None), (None, "FAILED", None), (None, "UNREAD", None)]


def test_a_read_of_the_customers_says_when_and_how_far(records: Records, clock: Clock) -> None:
    records.followers.put_count("a", None, CountState.FAILED, errcode=60011)
    clock.now = 5_000.0
    records.followers.mark_customers_read("a", complete=False, known_total=156, note="-1").wait()
    row = records.followers.row("a")
    assert row is not None
    assert (row.read_at, row.complete, row.known, row.note) == (5_000.0, False, 156, "-1")
    assert (row.count, row.count_state, row.errcode) == (156, CountState.KNOWN, None)


def test_a_name_stays_when_the_list_is_read_again(records: Records) -> None:
    records.followers.put_name("zhangwei", "张伟", "销售")
    records.followers.put_name("zhangwei", "张伟")
    records.followers.put_list(["zhangwei"]).wait()
    row = records.followers.row("zhangwei")
    assert row is not None
    assert (row.name, row.department, row.listed) == ("张伟", "销售", True)
    assert records.followers.row("nobody") is None
