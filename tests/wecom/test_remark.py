"""C4 through the client: what is sent is what was given, once, and every failure says whether it may have arrived."""

from __future__ import annotations

import asyncio
import json
import pickle

import pytest

from console.sandbox import Sandbox
from console.wecom.client import WeComClient
from console.wecom.errors import (
    ConnectionReset_,
    CutShort,
    InsecureAddress,
    NotJson,
    TimedOut,
    TimeoutName,
    TooManyUserids,
    UnexpectedShape,
    Unreachable,
    WeComError,
    WeComFailure,
)
from console.wecom.exchange import Timeouts
from console.wecom.ids import NotAnExternalUserid
from console.wecom.remark import REMARK, NotSendable, RemarkBody, WhyNotSendable
from tests.conftest import LI_JIANGUO
from tests.wecom.conftest import FakeTime, client_of, client_of_sandbox
from tests.wecom.lying_server import HANG, RESET, Lie, LyingServer, says, says_body

WHO = {"userid": "zhangwei", "external_userid": LI_JIANGUO}
BODY: RemarkBody = {**WHO, "remark": "李部长"}
OK = says({"errcode": 0, "errmsg": "ok"})


async def remark_of(crm: WeComClient) -> tuple[str | None, str | None, str | None, list[str] | None]:
    detail = await crm.customer(LI_JIANGUO)
    mine = next(one for one in detail.follow_users if one.userid == "zhangwei")
    return mine.remark, mine.description, mine.remark_corp_name, mine.remark_mobiles


async def test_only_the_named_fields_change(crm: WeComClient) -> None:
    _, description, company, mobiles = await remark_of(crm)
    await crm.remark({**WHO, "remark": "李部长 新"})
    assert await remark_of(crm) == ("李部长 新", description, company, mobiles)
    await crm.remark({**WHO, "description": "", "remark_company": "腾讯科技"})
    assert await remark_of(crm) == ("李部长 新", "", "腾讯科技", mobiles)


async def test_values_leave_as_they_were_given_in_utf8_without_escapes(crm: WeComClient, sandbox: Sandbox) -> None:
    body = {**WHO, "remark": "", "description": 'a"\\u4e00\n\t👨\u200d👩 ', "remark_mobiles": ["+86 138-0000 0001", ""]}
    await crm.remark(body)
    sent = sandbox.bodies[REMARK]
    assert json.loads(sent) == body
    assert "👨\u200d👩 ".encode() in sent
    assert (await remark_of(crm))[1] == body["description"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, WhyNotSendable.NO_CHANGE),
        ({"remark": "x", "userid": ""}, WhyNotSendable.NO_USERID),
        ({"remark_corp_name": "x"}, WhyNotSendable.UNKNOWN_KEY),
        ({"remark": None}, WhyNotSendable.WRONG_TYPE),
        ({"remark_mobiles": ""}, WhyNotSendable.WRONG_TYPE),
        ({"remark_mobiles": [13800000001]}, WhyNotSendable.WRONG_TYPE),
        ({"remark_mobiles": []}, WhyNotSendable.NO_NUMBERS),
        ({"description": "a\x1b[31m"}, WhyNotSendable.UNPRINTABLE),
        ({"remark_mobiles": ["138\ud83d"]}, WhyNotSendable.UNPRINTABLE),
    ],
)
async def test_a_body_that_could_be_misunderstood_is_refused_before_any_request(
    crm: WeComClient, sandbox: Sandbox, change: RemarkBody, why: WhyNotSendable
) -> None:
    with pytest.raises(NotSendable) as refused:
        await crm.remark({**WHO, **change})
    assert (refused.value.why, refused.value.may_have_arrived) == (why, False)
    assert not sandbox.requests


@pytest.mark.parametrize("text", ["pAAAA123", "", "ouAbc123"])
async def test_a_pending_id_is_refused_before_any_request(crm: WeComClient, sandbox: Sandbox, text: str) -> None:
    with pytest.raises(NotAnExternalUserid):
        await crm.remark({**BODY, "external_userid": text})
    assert not sandbox.requests


@pytest.mark.parametrize("errcode", [-1, 6000, 40058, 45009, 45033, 45035, 60011, 84061])
async def test_a_refused_write_is_not_sent_again(
    crm: WeComClient, sandbox: Sandbox, fake_time: FakeTime, errcode: int
) -> None:
    sandbox.faults.errcode(REMARK, errcode)
    with pytest.raises(WeComError) as refused:
        await crm.remark(BODY)
    assert refused.value.errcode == errcode
    assert (sandbox.requests[REMARK], fake_time.waits) == (1, [])


@pytest.mark.parametrize("stale", [40014, 42001])
async def test_a_stale_token_is_fetched_again_and_the_write_sent_once_more(
    crm: WeComClient, sandbox: Sandbox, stale: int
) -> None:
    await crm.follow_users()
    sandbox.faults.expire_tokens(stale)
    await crm.remark(BODY)
    assert (sandbox.requests[REMARK], sandbox.requests["/gettoken"]) == (2, 2)
    assert (await remark_of(crm))[0] == "李部长"


async def test_a_token_that_is_stale_twice_ends_it(crm: WeComClient, sandbox: Sandbox) -> None:
    sandbox.faults.errcode(REMARK, 42001, times=None)
    with pytest.raises(WeComError):
        await crm.remark(BODY)
    assert sandbox.requests[REMARK] == 2


@pytest.mark.parametrize(
    ("lie", "failure"),
    [
        (RESET, ConnectionReset_),
        (Lie(b"", "close"), ConnectionReset_),
        (HANG, TimedOut),
        (Lie(OK.bytes_[:-5], "close"), CutShort),
        (says_body(b"<html>504</html>", status=504, content_type="text/html"), NotJson),
        (says({}, status=500), UnexpectedShape),
    ],
    ids=["reset", "closed", "hangs", "cut short", "gateway", "no errcode"],
)
async def test_a_write_without_an_answer_is_not_sent_again_and_may_have_arrived(
    server: LyingServer, fake_time: FakeTime, lie: Lie, failure: type[WeComFailure]
) -> None:
    server.answers(REMARK, OK, lie)
    async with client_of(server.base_url, fake_time, Timeouts(read=0.05)) as client:
        await client.remark(BODY)
        with pytest.raises(failure) as failed:
            await client.remark(BODY)
    assert failed.value.may_have_arrived
    assert server.count[REMARK] == 2


async def test_a_kept_connection_that_dies_under_a_write_is_no_proof_that_nothing_was_sent(
    sandbox: Sandbox, crm: WeComClient
) -> None:
    await crm.customer(LI_JIANGUO)
    sandbox.faults.reset_afterwards(REMARK)
    with pytest.raises(ConnectionReset_) as failed:
        await crm.remark(BODY)
    assert failed.value.may_have_arrived
    assert (await remark_of(crm))[0] == "李部长"
    assert sandbox.requests[REMARK] == 1


async def test_a_write_to_where_nothing_listens_was_never_sent(fake_time: FakeTime, server: LyingServer) -> None:
    closed = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = closed.sockets[0].getsockname()[1]
    closed.close()
    await closed.wait_closed()
    async with client_of(f"http://127.0.0.1:{port}", fake_time) as client:
        with pytest.raises(Unreachable) as failed:
            await client.remark(BODY)
    assert not failed.value.may_have_arrived


@pytest.mark.parametrize("lie", [RESET, says_body(b"<html>", content_type="text/html"), says({"errcode": 50001})])
async def test_a_write_for_which_no_token_was_to_be_had_was_never_sent(
    server: LyingServer, client: WeComClient, lie: Lie
) -> None:
    server.answers("/gettoken", lie)
    with pytest.raises(WeComFailure) as failed:
        await client.remark(BODY)
    assert not failed.value.may_have_arrived
    assert not pickle.loads(pickle.dumps(failed.value)).may_have_arrived


async def test_a_closed_client_has_sent_nothing(crm: WeComClient) -> None:
    await crm.aclose()
    with pytest.raises(Unreachable) as failed:
        await crm.remark(BODY)
    assert not failed.value.may_have_arrived


@pytest.mark.parametrize(
    ("failure", "may_have_arrived"),
    [
        *((TimedOut(wait, 1.0), wait not in (TimeoutName.CONNECT, TimeoutName.POOL)) for wait in TimeoutName),
        (Unreachable("/x", "host"), False),
        (TooManyUserids(101, 100), False),
        (InsecureAddress("http://x"), False),
        (WeComError(-1), True),
    ],
    ids=repr,
)
def test_every_kind_of_failure_says_whether_anything_can_have_arrived(
    failure: WeComFailure, may_have_arrived: bool
) -> None:
    assert failure.may_have_arrived == may_have_arrived


async def test_a_provider_app_writes_over_numbers_it_cannot_see(
    sandbox: Sandbox, crm: WeComClient, fake_time: FakeTime
) -> None:
    async with client_of_sandbox(sandbox, fake_time, sandbox.credentials.permanent_code) as delegated:
        theirs = next(iter(await delegated.customer_ids("zhangwei")))
        detail = await delegated.customer(theirs)
        assert detail.follow_users[0].remark_mobiles is None
        await delegated.remark({"userid": "zhangwei", "external_userid": theirs, "remark_mobiles": ["13911112222"]})
    assert (await remark_of(crm))[3] == ["13911112222"]
