"""What the check-up tells of callbacks: who listens, whether WeCom verified the address, and G5 and G6 by count."""

from __future__ import annotations

import time
from pathlib import Path

from console.operations.checkup import Check, CheckState, Surroundings
from console.operations.checkup.receiving import check_receiving
from console.operations.effects.callback_tally import Count, callback_tally
from console.store import Records, Store
from console.store.audit import AuditDraft
from console.wecom.callback.rejection import Reason, Rejected
from tests.operations.checkups import around, profile_of
from tests.store.pushes import REQUEST, event, put_new

PASSED, WARNING, NOT_CHECKABLE = CheckState.PASSED, CheckState.WARNING, CheckState.NOT_CHECKABLE


async def found(surroundings: Surroundings) -> dict[str, Check]:
    return {check.id: check async for check in check_receiving(profile_of(), surroundings)}


def kept(store: Store) -> Records:
    profile = profile_of()
    return store.profile(profile.name, profile.corp_id, profile.app_type)


async def test_who_never_received_is_told_so_and_no_store_is_made(tmp_path: Path) -> None:
    surroundings = around(tmp_path)
    assert {check.state for check in (await found(surroundings)).values()} == {NOT_CHECKABLE}
    assert not surroundings.home.data_folder.exists()


async def test_the_address_is_right_once_wecom_verified_it_or_an_event_came(tmp_path: Path) -> None:
    surroundings = around(tmp_path)
    store = Store.open(surroundings.home.store_file)
    records = kept(store)
    records.receivers.start("app", "127.0.0.1:8765").wait(5)
    never = (await found(surroundings))["callback-address"]
    assert (never.state, bool(never.where)) == (WARNING, True)
    records.events.verified(REQUEST, receiver="app").wait(5)
    right = (await found(surroundings))["callback-address"]
    assert right.state is PASSED
    assert "127.0.0.1:8765" in right.answer
    put_new(records, event())
    records.events.reject(Rejected(Reason.SIGNATURE), REQUEST, receiver="app").wait(5)
    rejected = (await found(surroundings))["callback-address"]
    assert rejected.state is WARNING
    assert "-40001" in rejected.todo
    assert not rejected.needed
    store.close()


async def test_own_writes_that_came_back_are_counted_apart_for_mobiles(tmp_path: Path) -> None:
    now = [time.time() - 10_000]
    surroundings = around(tmp_path)
    store = Store.open(surroundings.home.store_file, clock=lambda: now[0])
    records = kept(store)

    runs: list[int] = []

    def write(*fields: str, came: bool = False) -> None:
        entry = records.audit.begin(AuditDraft("x", "wm1", "", "zhangsan", "", fields, {}, {}, {}, 1)).wait(5)
        records.audit.answered(entry, 0).wait(5)
        if came:
            records.audit.note_callback(entry, now[0]).wait(5)
        for _beat in range(5):
            now[0] += 20
            for run in runs:
                records.receivers.beat(run).wait(5)

    write("remark")  # nobody listened
    runs.append(records.receivers.start("app", "127.0.0.1:8765").wait(5))
    write("remark_mobiles")
    write("remark_mobiles", "remark", came=True)
    write("remark")
    records.receivers.stop(runs.pop()).wait(5)
    write("remark")  # nobody listens any more
    tally = callback_tally(records)
    assert (tally.mobiles_alone, tally.others) == (Count(1, 0), Count(2, 1))
    checks = await found(surroundings)
    assert {checks["G5"].state, checks["G6"].state} == {PASSED}
    store.close()
