"""Everything a server or a network can do to an answer, and which failure it becomes."""

from __future__ import annotations

import json
import pickle

import pytest

from console.wecom.client import BATCH, CUSTOMER, CUSTOMER_IDS, FOLLOW_USERS, WeComClient
from console.wecom.errors import (
    ConnectionReset_,
    CutShort,
    InsecureAddress,
    NotJson,
    TimedOut,
    TimeoutName,
    UnexpectedShape,
    Unreachable,
    WeComError,
    WhyUnreachable,
)
from console.wecom.exchange import Timeouts
from tests.wecom.conftest import FakeTime, client_of
from tests.wecom.lying_server import HANG, RESET, Lie, LyingServer, says, says_body

GOOD = {"errcode": 0, "errmsg": "ok", "follow_user": ["zhangwei"]}


async def test_html_instead_of_json(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, says_body(b"<html>login</html>", status=502, content_type="text/html"))
    with pytest.raises(NotJson) as failed:
        await client.follow_users()
    assert (failed.value.status, failed.value.content_type) == (502, "text/html")


async def test_a_redirect_is_not_followed_with_the_token(server: LyingServer, client: WeComClient) -> None:
    server.answers(
        FOLLOW_USERS, says_body(b"", status=302, headers=f"Location: {server.base_url}/cgi-bin/elsewhere\r\n")
    )
    with pytest.raises(NotJson):
        await client.follow_users()
    assert server.count["/elsewhere"] == 0


async def test_a_reset_before_the_answer(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, RESET, says(GOOD))
    with pytest.raises(ConnectionReset_):
        await client.follow_users()
    assert await client.follow_users() == ["zhangwei"]


async def test_a_body_shorter_than_promised(server: LyingServer, client: WeComClient) -> None:
    whole = says(GOOD).bytes_
    server.answers(FOLLOW_USERS, Lie(whole[:-10], "close"))
    with pytest.raises(CutShort):
        await client.follow_users()


async def test_a_body_cut_by_a_closed_connection_without_a_length(server: LyingServer, client: WeComClient) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
    server.answers(FOLLOW_USERS, Lie(head + b'{"errcode":0,"follow_user":["zhang', "close"))
    with pytest.raises(CutShort):
        await client.follow_users()


async def test_an_answer_that_is_not_http(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, Lie(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "close"))
    with pytest.raises(NotJson) as failed:
        await client.follow_users()
    assert failed.value.status == 0


@pytest.mark.parametrize("body", [b"[]", b'"ok"', b"null", b"7"])
async def test_json_that_is_no_object(server: LyingServer, client: WeComClient, body: bytes) -> None:
    server.answers(FOLLOW_USERS, says_body(body))
    with pytest.raises(UnexpectedShape):
        await client.follow_users()


async def test_no_errcode_is_success(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, says({"follow_user": ["zhangwei"]}))
    assert await client.follow_users() == ["zhangwei"]


async def test_no_errcode_in_a_failed_http_answer_is_no_success(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, says({"follow_user": []}, status=500))
    with pytest.raises(UnexpectedShape):
        await client.follow_users()


async def test_the_error_code_header_counts_where_the_body_has_none(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, says({"follow_user": []}, headers="Error-Code: 60011\r\n"))
    with pytest.raises(WeComError) as failed:
        await client.follow_users()
    assert failed.value.errcode == 60011


async def test_an_error_that_carries_empty_data_is_an_error(server: LyingServer, client: WeComClient) -> None:
    server.answers(
        CUSTOMER,
        says({"errcode": 60011, "errmsg": "no privilege", "external_contact": {}, "follow_user": []}),
    )
    with pytest.raises(WeComError) as failed:
        await client.customer("wo1")
    assert failed.value.errcode == 60011


@pytest.mark.parametrize("errcode", ["60111", 60111, " 60111"])
async def test_an_errcode_may_be_a_text(server: LyingServer, client: WeComClient, errcode: object) -> None:
    server.answers(FOLLOW_USERS, says({"errcode": errcode, "errmsg": "userid not found"}))
    with pytest.raises(WeComError) as failed:
        await client.follow_users()
    assert failed.value.errcode == 60111


async def test_a_text_of_zero_is_success(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, says(GOOD | {"errcode": "0"}))
    assert await client.follow_users() == ["zhangwei"]


@pytest.mark.parametrize("errcode", ["ok", [], {}, True, 1.5])
async def test_an_errcode_that_is_no_number(server: LyingServer, client: WeComClient, errcode: object) -> None:
    server.answers(FOLLOW_USERS, says(GOOD | {"errcode": errcode}))
    with pytest.raises(UnexpectedShape):
        await client.follow_users()


async def test_bytes_that_are_no_utf8_cost_a_character_not_the_row(server: LyingServer, client: WeComClient) -> None:
    body = b'{"errcode":0,"external_contact":{"external_userid":"wo1","name":"\xe6\x9d"},"follow_user":[]}'
    server.answers(CUSTOMER, says_body(body))
    detail = await client.customer("wo1")
    assert detail.external_contact.name == "\ufffd"


async def test_half_a_surrogate_pair_costs_a_character_not_the_row(server: LyingServer, client: WeComClient) -> None:
    body = b'{"errcode":0,"external_contact":{"name":"A\\ud83dB"},"follow_user":[]}'
    server.answers(CUSTOMER, says_body(body))
    name = (await client.customer("wo1")).external_contact.name or ""
    assert name.encode() == b"A?B"


async def test_a_byte_order_mark_is_not_part_of_the_answer(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, says_body(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()))
    assert await client.follow_users() == ["zhangwei"]


async def test_nesting_without_end_is_refused(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, says_body(b"[" * 100_000 + b"]" * 100_000))
    with pytest.raises(NotJson):
        await client.follow_users()


@pytest.mark.parametrize("answer", [{"errcode": 0}, {"errcode": 0, "external_contact_list": None}])
async def test_a_batch_page_without_its_list_is_an_empty_page(
    server: LyingServer, client: WeComClient, answer: dict[str, object]
) -> None:
    full = {"errcode": 0, "external_contact_list": [{"follow_info": {"userid": "a"}}], "next_cursor": ""}
    server.answers(BATCH, says(answer | {"next_cursor": "c1"}), says(full))
    assert [len(page.rows) async for page in client.batch_pages(["a"])] == [0, 1]


@pytest.mark.parametrize("answer", [{"errcode": 0}, {"errcode": 0, "external_userid": None}])
async def test_a_list_of_all_customers_that_is_missing_is_not_taken_for_no_customers(
    server: LyingServer, client: WeComClient, answer: dict[str, object]
) -> None:
    server.answers(CUSTOMER_IDS, says(answer))
    with pytest.raises(UnexpectedShape):
        await client.customer_ids("zhangwei")


@pytest.mark.parametrize(
    "answer",
    [
        {"external_contact": {"name": "x"}},
        {"external_contact": {"name": "x"}, "follow_user": None},
        {"external_contact": {"name": "x"}, "follow_user": {"userid": "a"}},
        {"external_contact": {"name": "x"}, "follow_user": ["a"]},
        {"follow_user": []},
        {"external_contact": [], "follow_user": []},
        {"external_contact": {}, "follow_user": [], "next_cursor": 7},
    ],
)
async def test_a_detail_that_is_no_detail(server: LyingServer, client: WeComClient, answer: dict[str, object]) -> None:
    server.answers(CUSTOMER, says({"errcode": 0} | answer))
    with pytest.raises(UnexpectedShape):
        await client.customer("wo1")


async def test_a_value_of_a_wrong_type_does_not_cost_the_page(server: LyingServer, client: WeComClient) -> None:
    followers = [{"userid": "a", "createtime": "yesterday", "tags": "none"}, {"userid": "b", "createtime": 5}]
    server.answers(CUSTOMER, says({"external_contact": {"gender": []}, "follow_user": followers}))
    detail = await client.customer("wo1")
    first, second = detail.follow_users
    assert (first.createtime, first.model_extra) == (None, {"createtime": "yesterday", "tags": "none"})
    assert second.createtime == 5


async def test_a_server_that_hangs_is_left_after_the_read_timeout(server: LyingServer, fake_time: FakeTime) -> None:
    server.answers(FOLLOW_USERS, HANG)
    async with client_of(server.base_url, fake_time, Timeouts(read=0.02)) as client:
        with pytest.raises(TimedOut) as failed:
            await client.follow_users()
    assert (failed.value.what, failed.value.seconds) == (TimeoutName.READ, 0.02)


async def test_an_answer_that_never_ends_is_left_after_the_whole_timeout(
    server: LyingServer, fake_time: FakeTime
) -> None:
    server.answers(FOLLOW_USERS, Lie(says(GOOD).bytes_[:-5], "hang"))
    async with client_of(server.base_url, fake_time, Timeouts(whole=0.05)) as client:
        with pytest.raises(TimedOut) as failed:
            await client.follow_users()
    assert failed.value.what is TimeoutName.WHOLE


async def test_a_closed_client_says_so(server: LyingServer, client: WeComClient) -> None:
    await client.aclose()
    with pytest.raises(Unreachable) as failed:
        await client.follow_users()
    assert failed.value.why is WhyUnreachable.CLOSED


async def test_bodies_are_utf8_without_escapes(server: LyingServer, client: WeComClient) -> None:
    server.answers(BATCH, says({"errcode": 0, "external_contact_list": []}))
    [page async for page in client.batch_pages(["张伟"], limit=500)]
    assert "张伟".encode() in server.seen[-1].body
    assert b"\\u" not in server.seen[-1].body
    assert json.loads(server.seen[-1].body) == {"userid_list": ["张伟"], "limit": 100, "cursor": ""}
    assert server.seen[-1].headers["user-agent"].startswith("wecom-console/")


async def test_every_failure_survives_pickling(server: LyingServer, client: WeComClient) -> None:
    server.answers(FOLLOW_USERS, says({"errcode": 60020, "errmsg": "no, hint: [1], from ip: 1.2.3.4, more"}))
    with pytest.raises(WeComError) as failed:
        await client.follow_users()
    again = pickle.loads(pickle.dumps(failed.value))
    assert (again.errcode, again.from_ip, again.hint, again.endpoint) == (60020, "1.2.3.4", "1", FOLLOW_USERS)
    for failure in (
        TimedOut(TimeoutName.READ, 15.0, "/x"),
        NotJson(502, "text/html", "/x"),
        CutShort("/x", 3),
        ConnectionReset_("/x"),
        Unreachable("/x", "host", WhyUnreachable.TLS, "why"),
        UnexpectedShape("/x", "list"),
        InsecureAddress("http://x"),
    ):
        copied = pickle.loads(pickle.dumps(failure))
        assert type(copied) is type(failure)
        assert str(copied) == str(failure)
