"""A sync takes in everybody once, whatever WeCom does meanwhile, and says truly how it ended."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.language import install
from console.operations.sync.results import (
    Complete,
    Incomplete,
    NotRead,
    RunsElsewhere,
    StoppedEarly,
    Summary,
    SyncResult,
)
from console.operations.sync.run import SyncRun
from console.operations.timeline import Different, timeline
from console.operations.timeline_words import entry_words
from console.sandbox import Options, Sandbox
from console.sandbox.fault_kinds import Fault, FaultKind
from console.store import Records, Store, StoreFull
from console.store.relations import RelationQuery, RelationState
from console.store.sync_changes import Kind
from console.wecom import codes
from console.wecom.access import AppSecret
from console.wecom.client import WeComClient
from console.wecom.errors import Unreachable, WeComError
from console.wecom.redact import Hidden
from tests.conftest import NOW

C1, C3, C5 = "/externalcontact/list", "/externalcontact/batch/get_by_user", "/externalcontact/get_follow_user_list"
REFUSED = "zhaomin"
"""The follower of the sandbox whom the app may not read: 60011."""


@dataclass
class Desk:
    """A client, a store, and a clock that a test moves."""

    client: WeComClient
    records: Records
    sandbox: Sandbox
    now: float = NOW

    async def sync(self, *only: str, holder: str = "sync 1 a here", anew: bool = False) -> SyncResult:
        """One sync, a minute later than whatever was before."""
        self.now += 60
        return await SyncRun(self.client, self.records, holder).run(only, anew=anew)

    def known(self, userid: str | None = None, *, gone: bool = False) -> int:
        """How many relations the store knows."""
        return self.records.relations.count(RelationQuery(userid, gone="only" if gone else "exclude"))


@pytest.fixture
async def desk(start_sandbox: Callable[[Options], Sandbox], tmp_path: Path) -> AsyncIterator[Desk]:
    sandbox = start_sandbox(Options(staff=20, customers=1500, now=NOW))
    made: list[Desk] = []
    store = Store.open(tmp_path / "store.db", clock=lambda: made[0].now)
    access = AppSecret(sandbox.credentials.corp_id, Hidden(sandbox.credentials.secret))
    async with WeComClient(access, base_url=sandbox.base_url, sleep=at_once) as client:
        made.append(Desk(client, store.profile("acme", sandbox.credentials.corp_id, "self-built"), sandbox))
        yield made[0]
    store.close()


async def at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


def summary_of(result: SyncResult) -> Summary:
    assert isinstance(result, Complete | Incomplete | StoppedEarly)
    return result.summary


def failed(result: SyncResult) -> list[str]:
    return [one.userid for one in summary_of(result).failed]


def told_by_syncs(desk: Desk, customer: str) -> list[str]:
    """What the timeline of a customer has from syncs."""
    install("en")
    entries = timeline(desk.records, customer).entries
    return [entry_words(one, lambda _userid: "", None).what for one in entries if isinstance(one, Different)]


async def until(condition: Callable[[], bool]) -> None:
    for _turn in range(2000):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise TimeoutError("it never came to be")


async def test_everybody_is_taken_in_and_who_may_not_be_read_is_named(desk: Desk) -> None:
    result = await desk.sync()

    assert isinstance(result, Incomplete)
    assert result.summary.failed == (
        NotRead(REFUSED, codes.NO_PRIVILEGE_TO_CONTACT, codes.OFFICIAL[codes.NO_PRIVILEGE_TO_CONTACT]),
    )
    assert result.summary.relations == desk.known() == sum(row.count or 0 for row in desk.records.followers.rows())
    assert result.summary.relations > 1000
    assert result.summary.done == result.summary.followers - 1


async def test_what_was_taken_in_is_found_at_once_by_tags_and_initials(desk: Desk) -> None:
    await desk.sync()

    for words in ("ljg", "李建", "VIP", "13800000001"):
        assert desk.records.relations.count(RelationQuery(contains=words)), words


async def test_ten_requests_are_in_flight_and_never_more(desk: Desk) -> None:
    desk.sandbox.faults.slow(C3, 150, None)
    await desk.sync()

    assert desk.sandbox.most_in_flight == 10


async def test_small_followers_are_read_together(desk: Desk) -> None:
    await desk.sync()
    before = desk.sandbox.requests[C3]
    await desk.sync()

    # Now that their numbers are known; the refused one costs a few more until it stands alone.
    assert desk.sandbox.requests[C3] - before < 15 + 20


async def test_a_batch_that_is_refused_for_one_is_divided_until_only_that_one_fails(desk: Desk) -> None:
    await desk.sync()
    result = await desk.sync()

    assert failed(result) == [REFUSED]


async def test_who_could_not_be_read_keeps_the_customers_that_were_known(desk: Desk) -> None:
    await desk.sync()
    known = desk.known("lina")
    desk.sandbox.faults.errcode(C3, codes.USERID_NOT_FOUND, times=None, when={"userid_list": "lina"})
    result = await desk.sync()

    assert set(failed(result)) == {REFUSED, "lina"}
    assert desk.known("lina") == known > 0


async def test_only_those_that_failed_are_asked_for_again(desk: Desk) -> None:
    desk.sandbox.faults.errcode(C3, codes.USERID_NOT_FOUND, times=None, when={"userid_list": "lina"})
    await desk.sync()
    desk.sandbox.faults.clear()
    again = [one.userid for one in desk.records.syncs.failed()]
    result = await desk.sync(*again)

    assert set(again) == {REFUSED, "lina"}
    assert summary_of(result).done == 1
    assert [one.userid for one in desk.records.syncs.failed()] == [REFUSED]
    assert desk.known("lina") > 0


async def test_calls_that_fail_for_a_moment_change_nothing(desk: Desk) -> None:
    for _nth in range(6):
        desk.sandbox.faults.errcode(C3, codes.SYSTEM_BUSY)
    result = await desk.sync()

    assert failed(result) == [REFUSED]


@pytest.mark.parametrize(
    "fault", [Fault(FaultKind.ERRCODE, code=codes.SYSTEM_BUSY), Fault(FaultKind.RESET), Fault(FaultKind.HTML)]
)
async def test_every_tenth_call_may_fail(desk: Desk, fault: Fault) -> None:
    desk.sandbox.faults.add(C3, fault, None, every=10)
    result = await desk.sync()

    assert failed(result) == [REFUSED]
    assert desk.known() == summary_of(result).relations == 1500


async def test_a_limit_of_a_minute_is_waited_for_and_shown(desk: Desk) -> None:
    desk.sandbox.faults.errcode(C3, codes.FREQUENCY_LIMIT, times=1)
    shown: list[float] = []
    access = AppSecret(desk.sandbox.credentials.corp_id, Hidden(desk.sandbox.credentials.secret))

    async def passes(seconds: float) -> None:
        desk.now += seconds
        await asyncio.sleep(0)

    async with WeComClient(
        access,
        base_url=desk.sandbox.base_url,
        clock=lambda: desk.now,
        sleep=passes,
        on_wait=lambda _wait: shown.append(run.progress.closed_for),
    ) as client:
        run = SyncRun(client, desk.records, "sync 1 a here")
        result = await run.run()

    assert 0 < max(shown) <= 60
    assert failed(result) == [REFUSED]


async def test_a_cursor_that_wecom_forgot_in_the_middle_begins_that_chain_anew(desk: Desk) -> None:
    desk.sandbox.faults.errcode(C3, codes.INVALID_CURSOR, times=2, page=2, when={"userid_list": "zhangwei"})
    result = await desk.sync()

    assert failed(result) == [REFUSED]
    assert desk.known("zhangwei") == len(await desk.client.customer_ids("zhangwei"))


async def test_a_relation_is_gone_only_when_wecom_no_longer_names_it(desk: Desk) -> None:
    await desk.sync()
    customer = desk.sandbox.external_userid("李建国@城建")
    desk.sandbox.colleague.remove("zhangwei", customer)
    result = await desk.sync()

    relation = desk.records.relations.find("zhangwei", customer)
    assert relation is not None
    assert relation.state is RelationState.GONE
    assert summary_of(result).changes == {Kind.GONE: 1}
    assert [change.kind for change in desk.records.sync_changes.of_customer(customer)] == [Kind.GONE]
    assert told_by_syncs(desk, customer) == ["no longer there"]


async def test_who_was_handed_over_has_moved_and_the_timeline_says_from_whom(desk: Desk) -> None:
    await desk.sync()
    customer = next(
        row.external_userid
        for row in desk.records.relations.window(desk.records.relations.select_now(RelationQuery("zhangwei")))
        if desk.records.relations.find("chenmin", row.external_userid) is None
    )
    desk.sandbox.comings.is_handed_over("zhangwei", customer, "chenmin")
    result = await desk.sync()

    assert summary_of(result).changes == {Kind.MOVED: 1}
    assert told_by_syncs(desk, customer) == ["moved here from zhangwei"]


async def test_customers_that_only_c1_still_names_are_not_gone(desk: Desk) -> None:
    await desk.sync()
    known = desk.known("zhangwei")
    desk.sandbox.faults.body(C3, b'{"errcode":0,"external_contact_list":[],"next_cursor":""}')
    result = await desk.sync("zhangwei")

    assert isinstance(result, Complete)
    assert desk.known("zhangwei") == result.summary.relations == known > 0


async def test_of_who_has_no_licence_the_customers_are_known_by_their_ids(desk: Desk) -> None:
    desk.sandbox.faults.unlicensed("zhangwei")
    result = await desk.sync()

    assert (
        NotRead("zhangwei", codes.NO_LICENSED_USER, codes.OFFICIAL[codes.NO_LICENSED_USER]) in summary_of(result).failed
    )
    assert desk.known("zhangwei") == len(await desk.client.customer_ids("zhangwei"))


async def test_a_full_disk_ends_it_early_and_the_next_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.store.syncs._WORTH_A_PROCESS", 1_000_000)  # the limit is of this process alone
    pages = desk.records.syncs._database.rows("PRAGMA page_count")[0][0]

    def limit(most: int) -> None:
        desk.records.syncs._database.write(
            lambda connection: connection.execute(f"PRAGMA max_page_count = {most}").fetchone()
        ).wait()

    limit(pages + 40)
    full = await desk.sync()
    limit(1_000_000)
    result = await desk.sync()

    assert isinstance(full, StoppedEarly)
    assert isinstance(full.failure, StoreFull)
    assert isinstance(result, Incomplete)
    assert desk.known() == result.summary.relations == 1500


async def test_a_store_that_another_console_holds_for_a_while_is_waited_for(desk: Desk, tmp_path: Path) -> None:
    hold = desk.sandbox.faults.hang(C3, 1)
    running = asyncio.create_task(desk.sync())
    assert await asyncio.to_thread(hold.reached_by)
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    hold.release()
    await until(lambda: desk.sandbox.requests[C3] > 3)
    other.execute("COMMIT")
    other.close()

    assert failed(await running) == [REFUSED]


async def test_a_change_made_elsewhere_is_told_with_before_and_after(desk: Desk) -> None:
    await desk.sync()
    customer = desk.sandbox.external_userid("李建国@城建")
    desk.sandbox.colleague.change("zhangwei", customer, remark="李部长")
    await desk.sync()

    [change] = desk.records.sync_changes.of_customer(customer)
    assert (change.kind, change.userid, dict(change.fields)) == (
        Kind.CHANGED,
        "zhangwei",
        {"remark": ("李部张", "李部长")},
    )


async def test_nothing_has_changed_when_nothing_has(desk: Desk) -> None:
    await desk.sync()
    assert summary_of(await desk.sync()).changes == {}


async def test_what_was_ended_meanwhile_is_not_brought_back_by_a_page_read_before(desk: Desk) -> None:
    await desk.sync()
    customer = desk.sandbox.external_userid("李建国@城建")
    hold = desk.sandbox.faults.hang(C3, 1, when={"userid_list": "zhangwei"})
    running = asyncio.create_task(desk.sync())
    assert await asyncio.to_thread(hold.reached_by)
    desk.now += 60
    await desk.records.relations.put_end("zhangwei", customer, at=desk.now)
    hold.release()
    await running

    relation = desk.records.relations.find("zhangwei", customer)
    assert relation is not None
    assert relation.state is RelationState.GONE


async def test_the_network_going_away_ends_it_early_and_nothing_is_lost(desk: Desk) -> None:
    await desk.sync()
    known = desk.known()
    desk.sandbox.faults.reset(C3, None)
    result = await desk.sync()

    assert isinstance(result, StoppedEarly)
    assert result.failure is not None
    assert desk.known() == known
    desk.sandbox.faults.clear()
    assert summary_of(await desk.sync()).done == 19


async def test_wrong_credentials_end_it_before_anything_is_touched(desk: Desk) -> None:
    desk.sandbox.faults.errcode(C5, codes.INVALID_SECRET, times=1)
    result = await desk.sync()

    assert isinstance(result, StoppedEarly)
    assert isinstance(result.failure, WeComError)
    assert desk.known() == 0


async def test_stopped_half_way_it_goes_on_behind_the_last_finished_follower(desk: Desk) -> None:
    hold = desk.sandbox.faults.hang(C3, None, when={"userid_list": "lina"})
    run = SyncRun(desk.client, desk.records, "sync 1 a here")
    running = asyncio.create_task(run.run())
    assert await asyncio.to_thread(hold.reached_by)
    await until(lambda: run.progress.done >= 10)
    run.stop()
    first = await running
    hold.release()
    asked = desk.sandbox.requests[C3]
    second = await desk.sync()

    assert isinstance(first, StoppedEarly)
    assert first.failure is None
    assert isinstance(second, Incomplete)
    assert second.summary.gone_on_with
    assert second.summary.done == 19
    assert desk.sandbox.requests[C3] - asked < asked
    assert desk.known("lina") > 0


async def test_a_second_console_says_who_syncs_and_does_not_begin(desk: Desk) -> None:
    hold = desk.sandbox.faults.hang(C3, 1)
    running = asyncio.create_task(desk.sync(holder="app 1 x elsewhere"))
    assert await asyncio.to_thread(hold.reached_by)
    other = await SyncRun(desk.client, desk.records, "sync 2 y elsewhere").run()
    hold.release()
    await running

    assert isinstance(other, RunsElsewhere)
    assert other.sync.holder == "app 1 x elsewhere"


async def test_paused_it_begins_no_request_until_it_is_resumed(desk: Desk) -> None:
    run = SyncRun(desk.client, desk.records, "sync 1 a here")
    run.pause()
    running = asyncio.create_task(run.run())
    await until(lambda: bool(run.followers))
    paused_at = desk.sandbox.requests[C3]
    assert run.progress.paused
    run.resume()
    result = await running

    assert paused_at == 0
    assert summary_of(result).done == 19


async def test_without_wecom_there_is_no_sync_and_that_is_said(desk: Desk) -> None:
    await desk.client.aclose()
    result = await desk.sync()

    assert isinstance(result, StoppedEarly)
    assert isinstance(result.failure, Unreachable)
