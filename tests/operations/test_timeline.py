"""One list of what happened to a customer: what came, what was written, what reads found, and the silences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.operations.timeline import Added, Happened, Missed, Silent, Welcomed, Written, timeline
from console.operations.timeline_words import entry_words
from console.store import Records, Store
from console.store.audit import AuditDraft
from console.store.welcomes import WelcomeDraft
from tests.store.pushes import event, put_new

CUSTOMER = "wm1"


@pytest.fixture
def now() -> list[float]:
    return [1_403_610_000.0]


@pytest.fixture
def records(tmp_path: Path, now: list[float]) -> Iterator[Records]:
    store = Store.open(tmp_path / "s.db", clock=lambda: now[0])
    yield store.profile("acme", "ww1", "self-built")
    store.close()


def read(records: Records, *followers: dict[str, object]) -> None:
    users = [{"createtime": 1_400_000_000, "add_way": 1, "state": "expo", **one} for one in followers]
    records.customers.put_detail(CUSTOMER, {"external_userid": CUSTOMER, "name": "李"}, users, 1).wait(5)


def kinds(records: Records) -> list[str]:
    return [type(entry).__name__ for entry in timeline(records, CUSTOMER).entries]


def test_it_is_one_list_newest_first(records: Records, now: list[float]) -> None:
    run = records.receivers.start("app", "127.0.0.1:1").wait(5)
    read(records, {"userid": "zhangsan"}, {"userid": "lina"})
    put_new(records, event())  # its CreateTime is 1403610513
    now[0] = 1_403_620_000
    draft = AuditDraft("陈敏", CUSTOMER, "李", "zhangsan", "", ("remark",), {}, {"remark": "李总"}, {}, 1)
    records.audit.finish(records.audit.begin(draft).wait(5), "written_and_seen").wait(5)
    now[0] += 1000
    records.receivers.stop(run).wait(5)
    now[0] += 1000
    records.receivers.start("app", "127.0.0.1:1").wait(5)
    put_new(records, event(customer="wm2"))
    now[0] += 10
    welcome = WelcomeDraft(1, "", CUSTOMER, "zhangsan", "展会", {"text": {"content": "您好"}})
    records.welcomes.begin(welcome).wait(5)
    read(records, {"userid": "zhangsan"})
    shown = timeline(records, CUSTOMER)
    found = [type(entry) for entry in shown.entries]
    assert set(found[:2]) == {Welcomed, Missed}
    assert found[2:] == [Silent, Written, Happened, Added, Added]
    assert [entry.at for entry in shown.entries] == sorted((entry.at for entry in shown.entries), reverse=True)
    assert {type(entry) for entry in shown.of("LINA")} == {Added, Missed, Silent}
    lines = [entry_words(entry, lambda _: "", None) for entry in shown.entries]
    assert {line.number for line in lines} == {"", "e1", "#1", "w1"}
    assert all(line.what for line in lines)


def test_silences_one_after_the_other_are_one_entry(records: Records, now: list[float]) -> None:
    read(records, {"userid": "zhangsan"})
    for _night in range(3):
        run = records.receivers.start("app", "127.0.0.1:1").wait(5)
        now[0] += 100
        records.receivers.stop(run).wait(5)
        now[0] += 100
    silent, added = timeline(records, CUSTOMER).entries
    assert isinstance(silent, Silent)
    assert isinstance(added, Added)
    assert (silent.times, silent.until) == (3, None)


def test_what_an_event_told_is_not_told_again_by_a_read(records: Records) -> None:
    read(records, {"userid": "zhangsan", "createtime": 1_403_610_500})
    put_new(records, event("add_external_contact"))
    assert kinds(records).count("Added") == 0
    put_new(records, event("del_external_contact"))
    records.relations.put_end("zhangsan", CUSTOMER, at=9e9).wait(5)
    assert kinds(records).count("Missed") == 0


def test_of_a_customer_nobody_knows_there_is_nothing_to_tell(records: Records) -> None:
    shown = timeline(records, "wmNOBODY")
    assert (shown.entries, shown.listened_since) == ((), None)
