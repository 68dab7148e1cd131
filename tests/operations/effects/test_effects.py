"""What follows from each kind of event, and that it follows once."""

from __future__ import annotations

import pytest

from console.operations.detail import read_detail
from console.operations.effects.one_way import customers_who_left
from console.operations.effects.outcome import ChangedField, FieldChange, Outcome
from console.operations.effects.words import effect_lines, outcome_words
from console.sandbox import AppKind, Sandbox
from console.sandbox.fault_kinds import Fault, FaultKind
from console.settings import AppType
from console.store.audit import AuditDraft
from console.store.relations import RelationState
from console.wecom.ids import ExternalUserId
from tests.conftest import LI_JIANGUO, NOW
from tests.operations.effects.conftest import OpenReception, Reception, kept_ticket
from tests.wecom.callback import samples
from tests.wecom.callback.samples import SUITE_TICKET

ZHANG, LI = "zhangwei", "lina"
C2 = "/externalcontact/get"


async def know(reception: Reception, customer: str = LI_JIANGUO) -> None:
    """Read a customer, so that there is something to compare with."""
    desk = reception.desk
    _read = [one async for one in read_detail(desk.client, desk.records, ExternalUserId(customer))]


def state_of(reception: Reception, userid: str = ZHANG, customer: str = LI_JIANGUO) -> RelationState | None:
    found = reception.desk.records.relations.find(userid, customer)
    return found.state if found else None


async def test_an_edit_is_read_again_and_shows_what_changed(reception: Reception, sandbox: Sandbox) -> None:
    await know(reception)
    sandbox.colleague.change(ZHANG, LI_JIANGUO, remark="李部长", mobiles_add=["1"], mobiles_remove=["13800000001"])
    outcome, note = await reception.after(reception.comes("edit_external_contact"))
    assert outcome is Outcome.READ
    assert note.changes == (
        FieldChange(ChangedField.REMARK, ("李部张",), ("李部长",)),
        FieldChange(ChangedField.MOBILES, ("13800000001", "13912342280"), ("13912342280", "1")),
    )
    assert (note.first, note.own_writes) == (False, ())


async def test_edits_of_one_customer_are_compared_one_after_the_other(reception: Reception, sandbox: Sandbox) -> None:
    await know(reception)
    sandbox.colleague.change(ZHANG, LI_JIANGUO, remark="新")
    first, second = (reception.comes("edit_external_contact", at=at) for at in (1, 2))
    assert len((await reception.after(first))[1].changes) == 1
    assert (await reception.after(second))[1].changes == ()


async def test_somebody_new_has_nothing_to_be_compared_with(reception: Reception, sandbox: Sandbox) -> None:
    customer = sandbox.comings.comes(ZHANG, state="expo2024")
    row_id = reception.comes("add_external_contact", customer=customer)
    outcome, note = await reception.after(row_id)
    assert (outcome, note.first, note.add_way, note.state) == (Outcome.READ, True, 1, "expo2024")
    assert state_of(reception, customer=customer) is RelationState.ACTIVE
    lines = effect_lines(
        reception.row(row_id), zone=None, name_of=lambda _: "", app_type=AppType.SELF_BUILT, masked=True
    )
    assert any("1 扫描二维码" in line or "1 scanned a QR code" in line for line in lines)


async def test_half_added_waits_and_is_no_failure(reception: Reception, sandbox: Sandbox) -> None:
    customer = sandbox.comings.comes(ZHANG, half=True)
    outcome, note = await reception.after(reception.comes("add_half_external_contact", customer=customer))
    assert (outcome, note.errcode) == (Outcome.WAITING, 84061)


async def test_who_removed_a_customer_has_it_no_more(reception: Reception, sandbox: Sandbox) -> None:
    await know(reception)
    sandbox.colleague.remove(ZHANG, LI_JIANGUO)
    assert (await reception.after(reception.comes("del_external_contact")))[0] is Outcome.MARKED
    assert state_of(reception) is RelationState.GONE
    assert state_of(reception, LI) is RelationState.ACTIVE


async def test_an_old_removal_does_not_take_away_what_was_read_since(reception: Reception) -> None:
    await know(reception)
    await reception.after(reception.comes("del_external_contact", received_at=NOW - 60))
    assert state_of(reception) is RelationState.ACTIVE


async def test_a_hand_over_is_no_loss_and_names_who_has_the_customer_now(
    reception: Reception, sandbox: Sandbox
) -> None:
    await know(reception)
    sandbox.comings.is_handed_over(ZHANG, LI_JIANGUO, "wangqiang")
    source = "<Source>DELETE_BY_TRANSFER</Source>"
    outcome, note = await reception.after(reception.comes("del_external_contact", more=source))
    assert (outcome, set(note.others)) == (Outcome.MARKED, {LI, "wangqiang"})
    assert state_of(reception) is RelationState.GONE


async def test_a_hand_over_that_wecom_still_shows_otherwise_is_believed(reception: Reception) -> None:
    await know(reception)
    source = "<Source>DELETE_BY_TRANSFER</Source>"
    await reception.after(reception.comes("del_external_contact", more=source))
    assert state_of(reception) is RelationState.GONE


async def test_a_customer_who_left_stays_readable_and_is_marked_until_something_newer_says_otherwise(
    reception: Reception,
) -> None:
    await know(reception)
    records = reception.desk.records
    outcome, _note = await reception.after(reception.comes("del_follow_user"))
    assert (outcome, state_of(reception)) == (Outcome.MARKED, RelationState.ACTIVE)
    assert list(customers_who_left(records, LI_JIANGUO)) == [ZHANG]
    await reception.after(reception.comes("add_external_contact"))
    assert customers_who_left(records, LI_JIANGUO) == {}


async def test_a_failed_transfer_stays_until_it_is_seen(reception: Reception) -> None:
    row_id = reception.comes("transfer_fail", more="<FailReason>customer_refused</FailReason>")
    events = reception.desk.records.events
    assert (await reception.after(row_id))[0] is Outcome.TO_SEE
    assert [row.id for row in events.unseen()] == [row_id]
    before = outcome_words(reception.row(row_id))
    events.mark_seen(row_id).wait(5)
    assert events.unseen() == []
    assert outcome_words(reception.row(row_id)) != before


@pytest.mark.parametrize(("seconds", "ours"), [(-10, False), (0, True), (30, True), (90, False)])
async def test_an_edit_soon_after_an_own_write_of_that_relation_is_probably_ours(
    reception: Reception, seconds: int, ours: bool
) -> None:
    records = reception.desk.records
    draft = AuditDraft("陈敏", LI_JIANGUO, "李", ZHANG, "", ("remark",), {}, {}, {}, 1)
    entry = records.audit.begin(draft).wait(5)
    records.audit.answered(entry, 0).wait(5)
    await know(reception)
    skew = reception.desk.client.server_clock_skew
    assert skew is not None
    elsewhere = reception.comes("edit_external_contact", LI, at=round(NOW + skew))
    row_id = reception.comes("edit_external_contact", at=round(NOW + skew) + seconds)
    outcome, note = await reception.after(row_id)
    assert (outcome, note.own_writes) == ((Outcome.OURS, (entry,)) if ours else (Outcome.READ, ()))
    assert (await reception.after(elsewhere))[1].own_writes == ()
    [write] = records.audit.own_writes(LI_JIANGUO, ZHANG, since=0)
    assert (write.callback_at is not None) is ours


async def test_what_may_pass_is_tried_again_and_what_wecom_refuses_is_not(
    reception: Reception, sandbox: Sandbox
) -> None:
    sandbox.faults.add(C2, Fault(FaultKind.ERRCODE, code=60011))
    refused = reception.comes("edit_external_contact", at=1)
    assert (await reception.after(refused))[0] is Outcome.UNREAD
    sandbox.faults.add(C2, Fault(FaultKind.ERRCODE, code=-1), None)
    busy = reception.comes("edit_external_contact", at=2)
    outcome, note = await reception.after(busy)
    assert (outcome, note.errcode) == (None, -1)
    assert reception.row(busy).effect.due_at > NOW
    assert reception.row(busy).effect.claimed_at is None


async def test_two_processes_on_one_store_run_each_effect_once(
    reception: Reception, open_reception: OpenReception, sandbox: Sandbox
) -> None:
    other = open_reception(owner="app 2", desk=reception.desk)
    for at in range(12):
        reception.comes("edit_external_contact", at=at)
    while await other.runner.run_due() + await reception.runner.run_due():
        pass
    assert sandbox.requests[C2] == 12


async def test_a_suite_ticket_goes_to_the_secrets_of_its_suite_alone(open_reception: OpenReception) -> None:
    suite = open_reception(AppKind.THIRD_PARTY)
    row_id = suite.arrives(SUITE_TICKET)
    assert (await suite.after(row_id))[0] is Outcome.KEPT
    assert kept_ticket(suite) == "asdfasfdasdfasdf"
    another = open_reception()
    assert (await another.after(another.arrives(SUITE_TICKET)))[0] is Outcome.NOTHING
    assert kept_ticket(another) is None


async def test_a_ticket_that_another_process_has_is_left_to_it_as_long_as_it_lives(
    open_reception: OpenReception,
) -> None:
    receiving = open_reception(AppKind.THIRD_PARTY)
    looking = open_reception(AppKind.THIRD_PARTY, "app 2", receiving.desk)
    records = receiving.desk.records
    run_id = records.receivers.start("receive 1", "127.0.0.1:1").wait(5)
    row_id = receiving.arrives(SUITE_TICKET)
    assert (await looking.after(row_id))[0] is None
    records.receivers.stop(run_id).wait(5)
    records.effects.reopen(row_id).wait(5)
    assert (await looking.after(row_id))[0] is Outcome.NOT_KEPT


@pytest.mark.parametrize("message", [samples.GROUP, samples.ACQUISITION, b"\x00?"])
async def test_what_nothing_follows_from_is_kept_as_it_came(reception: Reception, message: bytes) -> None:
    row_id = reception.arrives(message)
    assert (await reception.after(row_id))[0] is Outcome.NOTHING
    assert reception.row(row_id).event.message == message.decode()


async def test_an_id_that_is_no_customers_is_no_reason_to_try_for_ever(reception: Reception) -> None:
    row_id = reception.comes("edit_external_contact", customer="pPENDING")
    outcome, note = await reception.after(row_id)
    assert (outcome, bool(note.why)) == (Outcome.UNREAD, True)
