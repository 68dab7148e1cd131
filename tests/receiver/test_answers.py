"""What WeCom is answered: everything that is acknowledged is on disk, and everything else says why it is not."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace

import pytest

from console.store import Store
from console.store.event_rows import EventRow, RequestRow
from console.wecom.callback.events import Kind
from console.wecom.callback.rejection import Reason
from tests.receiver.conftest import SENDER, Caller
from tests.wecom.callback import samples
from tests.wecom.callback.peers import CORP, KEY, NONCE, TIMESTAMP, TOKEN, WeChatCrypto, WXBizMsgCrypt, pushed
from tests.wecom.callback.samples import SUITE, change

EDIT = change("edit_external_contact")


def events(caller: Caller) -> list[EventRow]:
    return [row for row in caller.rows() if isinstance(row, EventRow)]


async def test_an_address_is_verified_with_the_bare_text(caller: Caller) -> None:
    echo = SENDER.seal(b"1616140317555161061", receive_id=CORP, timestamp=TIMESTAMP, nonce=NONCE)
    answer = await caller.get(echo.echo_query())
    assert (answer.status_code, answer.content) == (200, b"1616140317555161061")


@pytest.mark.parametrize("peer", ["tencent", "wechatpy"])
async def test_events_that_somebody_elses_code_sealed_are_taken(caller: Caller, peer: str) -> None:
    if peer == "tencent":
        _number, reply = WXBizMsgCrypt(TOKEN, KEY, CORP).EncryptMsg(EDIT.decode(), NONCE, str(TIMESTAMP))
    else:
        reply = WeChatCrypto(TOKEN, KEY, CORP).encrypt_message(EDIT.decode(), NONCE, str(TIMESTAMP))
    query, body = pushed(reply)
    parts = f"msg_signature={query.msg_signature}&timestamp={query.timestamp}&nonce={query.nonce}"
    answer = await caller.post(parts, body)
    assert (answer.status_code, answer.content) == (200, b"")
    [row] = events(caller)
    assert (row.event.kind, row.event.userid, row.receiver) == (Kind.EDITED, "zhangsan", "test")


async def test_a_suites_own_callbacks_are_answered_with_success(caller: Caller) -> None:
    answer = await caller.push(change("edit_external_contact", third_party=True), receive_id=SUITE)
    assert (answer.status_code, answer.content) == (200, b"success")


async def test_two_events_of_one_second_are_two_and_one_sent_again_is_one(caller: Caller) -> None:
    fields = "<UserID>zhangsan</UserID><ExternalUserID>{}</ExternalUserID>"
    first, second = (change("add_external_contact", fields=fields.format(who)) for who in ("wm1", "wm2"))
    for message in (first, second, change("add_half_external_contact", fields=fields.format("wm1")), first, first):
        assert (await caller.push(message)).status_code == 200
    assert [(row.event.kind, row.event.external_userid, row.times) for row in reversed(events(caller))] == [
        (Kind.ADDED, "wm1", 3),
        (Kind.ADDED, "wm2", 1),
        (Kind.ADDED_HALF, "wm1", 1),
    ]


SEALED = SENDER.seal(EDIT, receive_id=CORP, timestamp=TIMESTAMP, nonce=NONCE)
OTHERS = SENDER.seal(EDIT, receive_id="wwsomebodyelse", timestamp=TIMESTAMP, nonce=NONCE)


@pytest.mark.parametrize(
    ("query", "body", "status", "reason"),
    [
        (replace(SEALED, msg_signature="0" * 40).query(), SEALED.body(), 403, Reason.SIGNATURE),
        (OTHERS.query(), OTHERS.body(), 403, Reason.RECEIVE_ID),
        (SEALED.query(), b"<xml></xml>", 400, Reason.MALFORMED),
        (SEALED.query(), b"<!DOCTYPE x><xml></xml>", 400, Reason.FORBIDDEN),
        ("timestamp=1&nonce=2", SEALED.body(), 400, Reason.INCOMPLETE),
        (SEALED.query(), b"x" * (1 << 20) + b"x", 413, Reason.TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
async def test_what_is_refused_is_counted_and_kept_with_its_reason(
    caller: Caller, query: str, body: bytes, status: int, reason: Reason
) -> None:
    assert (await caller.post(query, body)).status_code == status
    [row] = caller.rows()
    assert isinstance(row, RequestRow)
    assert (row.reason, row.peer) == (reason, "127.0.0.1")
    assert caller.records.events.counts(0).rejected == 1


async def test_other_paths_and_methods_are_nobodys_business(caller: Caller) -> None:
    url = f"http://{caller.at}"
    assert (await caller.http.get(url)).status_code == 404
    assert (await caller.http.post(f"{url}/callback/")).status_code == 404
    assert (await caller.http.put(caller.at.url)).status_code == 405
    assert caller.rows() == []


async def test_nothing_is_acknowledged_while_the_store_cannot_be_written(caller: Caller, store: Store) -> None:
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert (await caller.push(EDIT)).status_code == 503
    other.execute("ROLLBACK")
    other.close()
    assert caller.rows() == []
    assert (await caller.push(EDIT)).status_code == 200


async def test_good_events_get_through_a_flood_of_bad_ones(caller: Caller) -> None:
    bad = replace(SEALED, msg_signature="0" * 40)
    answers = await asyncio.gather(
        *(caller.post(bad.query(), bad.body()) for _ in range(60)),
        *(caller.push(change("edit_external_contact", fields=f"<UserID>u{n}</UserID>")) for n in range(20)),
    )
    assert [answer.status_code for answer in answers] == [403] * 60 + [200] * 20
    assert {row.event.userid for row in events(caller)} == {f"u{n}" for n in range(20)}


async def test_a_secret_in_a_message_is_nowhere_in_the_store(caller: Caller, store: Store) -> None:
    answer = await caller.push(samples.SUITE_TICKET, receive_id=SUITE)
    assert answer.content == b"success"
    [row] = events(caller)
    assert row.event.kind is Kind.SUITE_TICKET
    kept = b"".join(file.read_bytes() for file in store.path.parent.glob("store.db*"))
    assert b"asdfasfdasdfasdf" not in kept
