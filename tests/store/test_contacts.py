"""Served contacts: a traversal replaces the one before as a whole."""

from __future__ import annotations

from console.store import Records
from tests.store.answers import listed

ROWS: list[dict[str, object]] = [
    {"is_customer": True, "external_userid": "wo1", "follow_userid": "ZhangWei", "add_time": 2, "tmp_openid": "t1"},
    {"is_customer": False, "name": "张**", "follow_userid": "lina", "add_time": 3, "chat_name": "装修群"},
    {"is_customer": False, "name": "李**", "follow_userid": "zhangwei"},
]


def test_rows_come_newest_first_with_the_name_of_a_known_customer(records: Records) -> None:
    records.relations.put_batch("zhangwei", [listed("wo1")])
    records.contacts.replace(ROWS).wait()
    rows = records.contacts.window(records.contacts.select())
    assert [row.document for row in rows] == [ROWS[1], ROWS[0], ROWS[2]]
    assert (rows[1].customer_name, rows[1].name, rows[1].is_customer, rows[1].userid) == (
        "李建国",
        None,
        True,
        "ZhangWei",
    )


def test_one_follower_in_any_case_and_what_was_typed(records: Records) -> None:
    records.contacts.replace(ROWS).wait()
    assert len(records.contacts.select("ZHANGWEI")) == 2
    assert len(records.contacts.select(contains="zxq")) == 1
    assert len(records.contacts.select("zhangwei", contains="装修")) == 0
    assert len(records.contacts.select(contains="%")) == 0


def test_a_new_traversal_replaces_only_the_list_it_is_of(records: Records) -> None:
    records.contacts.replace(ROWS)
    records.contacts.replace(ROWS[1:2], userid="Lina")
    records.contacts.replace(ROWS[:1]).wait()
    assert len(records.contacts.select()) == 2
    records.contacts.replace([], userid="lina").wait()
    assert len(records.contacts.select()) == 1
