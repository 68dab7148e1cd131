"""Which of its causes an error has: yes and no only with evidence, and unclear where somebody may have missed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.operations.why.causes import Verdict, Why
from console.operations.why.not_friends import why_not_friends
from console.operations.why.other_answers import why_no_unionid, why_no_welcome, why_unknown_id
from console.settings import AppType, Profile
from console.store import Records, Store
from console.wecom.callback.events import event_of
from tests.store.pushes import event, event_row, put_new
from tests.wecom.callback.samples import change

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN
WHO, WHOM = "zhangsan", "wm1"
PROFILE = Profile("acme", "ww1")


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """Somebody has listened since before anything was known, and listens still."""
    now = [1000.0]
    store = Store.open(tmp_path / "s.db", clock=lambda: now[0])
    opened = store.profile("acme", "ww1", "self-built")
    opened.receivers.start("app", "127.0.0.1:1").wait(5)
    now[0] += 5
    opened.followers.put_list([WHO, "lina"]).wait(5)
    opened.followers.put_count(WHO, 156).wait(5)
    yield opened
    store.close()


def read(records: Records, *userids: str, **contact: object) -> None:
    users = [{"userid": userid, "createtime": 1} for userid in userids]
    records.customers.put_detail(WHOM, {"external_userid": WHOM, "type": 1, **contact}, users, 1).wait(5)


def not_friends(records: Records, whom: str = WHOM) -> Why:
    return why_not_friends(records, whom, WHO, name_of=lambda _: "", zone=None)


def verdicts(why: Why) -> list[Verdict]:
    assert all(cause.evidence and cause.text for cause in why.causes)
    return [cause.verdict for cause in why.causes]


def test_84061_the_staff_member_removed_the_customer(records: Records) -> None:
    read(records, WHO, "lina")
    put_new(records, event("del_external_contact"))
    why = not_friends(records)
    assert verdicts(why) == [YES, NO, NO, NO]
    assert why.others == ("lina",)
    fields = f"<UserID>{WHO}</UserID><ExternalUserID>{WHOM}</ExternalUserID><Source>DELETE_BY_TRANSFER</Source>"
    put_new(records, event_of(change("del_external_contact", fields=fields)))
    handed_over = not_friends(records)
    assert handed_over.cause == handed_over.causes[0] != why.cause


def test_84061_half_added_and_not_accepted(records: Records) -> None:
    put_new(records, event("add_half_external_contact"))
    assert verdicts(not_friends(records)) == [NO, YES, UNKNOWN, NO]


def test_84061_cannot_be_told_where_nobody_listened(records: Records) -> None:
    assert verdicts(not_friends(records))[:2] == [UNKNOWN, UNKNOWN]  # nobody listened before the first start
    read(records, WHO)
    assert verdicts(not_friends(records)) == [NO, NO, NO, NO]
    records.receivers.stop(1).wait(5)
    assert verdicts(not_friends(records))[:2] == [UNKNOWN, UNKNOWN]


def test_84061_a_staff_member_without_customers(records: Records) -> None:
    records.followers.put_count(WHO, 0).wait(5)
    assert verdicts(not_friends(records))[3] is YES


def test_40096_is_another_kind_of_id_or_another_apps(records: Records) -> None:
    assert verdicts(why_unknown_id(records, "pPENDING", PROFILE))[0] is YES
    assert verdicts(why_unknown_id(records, WHOM, PROFILE)) == [NO, UNKNOWN, UNKNOWN]
    read(records, WHO)
    assert verdicts(why_unknown_id(records, WHOM, PROFILE)) == [NO, NO, NO]
    records.followers.put_list(["lina"]).wait(5)
    assert verdicts(why_unknown_id(records, WHOM, PROFILE))[2] is YES


def test_no_unionid_by_the_kind_of_app_of_customer_or_of_binding(records: Records) -> None:
    assert verdicts(why_no_unionid(records, WHOM, replace(PROFILE, app_type=AppType.DELEGATED)))[0] is YES
    read(records, WHO)
    assert verdicts(why_no_unionid(records, WHOM, PROFILE)) == [NO, NO, UNKNOWN]
    read(records, WHO, type=2)
    assert verdicts(why_no_unionid(records, WHOM, PROFILE))[1] is YES
    records.customers.put_detail("wm9", {"external_userid": "wm9", "type": 1, "unionid": "o"}, [{"userid": WHO}], 1)
    records.followers.put_list([WHO]).wait(5)
    assert verdicts(why_no_unionid(records, WHOM, PROFILE))[2] is NO


def test_no_welcome_where_the_half_added_event_had_it_or_an_admin_welcomes(records: Records) -> None:
    def without(customer: str) -> Why:
        row_id = put_new(records, event("add_external_contact", WHO, customer))
        return why_no_welcome(records, event_row(records, row_id))

    assert verdicts(without("wm1")) == [UNKNOWN, NO, UNKNOWN]
    without("wm2")
    assert verdicts(without("wm3")) == [UNKNOWN, NO, YES]
    fields = f"<UserID>{WHO}</UserID><ExternalUserID>wm4</ExternalUserID><WelcomeCode>C</WelcomeCode>"
    put_new(records, event_of(change("add_half_external_contact", fields=fields)))
    assert verdicts(without("wm4")) == [UNKNOWN, YES, NO]
