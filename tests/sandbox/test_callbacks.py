"""What happens in the sandbox is told as WeCom tells it; somebody else's code reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import httpx
import pytest

from console.sandbox import AppKind, Options, Sandbox
from console.sandbox.callbacks import NotVerified
from tests.conftest import LI_JIANGUO
from tests.sandbox.caller import calling, fetch_token
from tests.sandbox.listener import Listener, listening

MINE = ("zhangwei", LI_JIANGUO)
KINDS = (AppKind.SELF_BUILT, AppKind.DELEGATED, AppKind.THIRD_PARTY)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


async def subscribed(
    stack: AsyncExitStack, sandbox: Sandbox, kind: AppKind = AppKind.SELF_BUILT, patience: float = 0.05
) -> Listener:
    """A listener whose address the sandbox was told over HTTP."""
    known = sandbox.credentials
    receive_id = known.suite_id if kind is AppKind.THIRD_PARTY else known.corp_id
    listener = await stack.enter_async_context(listening(known.callback_token, known.encoding_aes_key, receive_id))
    asked = {"url": listener.url, "kind": kind.value, "patience": patience}
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(f"{sandbox.base_url}/sandbox/callback", json=asked)
    assert answer.json() == {"done": True}
    return listener


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_of_app_is_told_in_its_own_form_and_ids(
    stack: AsyncExitStack, sandbox: Sandbox, kind: AppKind
) -> None:
    listener = await subscribed(stack, sandbox, kind)
    suite = kind is AppKind.THIRD_PARTY
    await listener.wait_for(1 if suite else 0)
    sandbox.colleague.change(*MINE, remark="新")
    event = (await listener.wait_for(2 if suite else 1))[-1]
    assert (event["ChangeType"], event["UserID"]) == ("edit_external_contact", "zhangwei")
    assert event["ExternalUserID"] == sandbox.external_userid("李建国@城建", kind)
    if suite:
        known = sandbox.credentials
        assert listener.events[0]["SuiteTicket"] == known.suite_ticket
        assert (event["InfoType"], event["SuiteId"]) == ("change_external_contact", known.suite_id)
        assert event["AuthCorpId"] == known.corp_id
        assert "CreateTime" not in event
    else:
        assert (event["Event"], event["MsgType"], event["FromUserName"]) == ("change_external_contact", "event", "sys")


async def test_an_edit_of_mobiles_alone_is_not_told_to_a_suite(stack: AsyncExitStack, sandbox: Sandbox) -> None:
    own, suite = await subscribed(stack, sandbox), await subscribed(stack, sandbox, AppKind.THIRD_PARTY)
    await suite.wait_for(1)
    sandbox.colleague.change(*MINE, mobiles_add=["139"])
    sandbox.colleague.change(*MINE, remark="x")
    assert len(await own.wait_for(2)) == 2
    assert len(await suite.wait_for(2)) == 2


async def test_what_is_written_through_the_api_is_told_only_when_the_sandbox_is_so(
    stack: AsyncExitStack, sandbox: Sandbox
) -> None:
    listener = await subscribed(stack, sandbox)
    body = {"userid": "zhangwei", "external_userid": LI_JIANGUO, "remark": "我"}
    with calling(sandbox) as corp:
        corp.post("/externalcontact/remark", body)
        sandbox.colleague.change("lina", LI_JIANGUO, remark="x")
        assert [event["UserID"] for event in await listener.wait_for(1)] == ["lina"]
        sandbox.callbacks.tells_api_writes = True
        corp.post("/externalcontact/remark", body | {"description": "x"})
    assert [event["UserID"] for event in await listener.wait_for(2)] == ["lina", "zhangwei"]


async def test_no_answer_of_200_has_it_sent_again_three_times_in_all(stack: AsyncExitStack, sandbox: Sandbox) -> None:
    listener = await subscribed(stack, sandbox)
    listener.statuses = [500, 503]
    sandbox.colleague.remove(*MINE)
    events = await listener.wait_for(3)
    assert events[0] == events[1] == events[2]
    listener.statuses = [500] * 4
    sandbox.comings.leaves("lina", LI_JIANGUO)
    assert len(await listener.wait_for(6)) == 6


async def test_customers_come_are_accepted_handed_over_refuse_and_agree(
    stack: AsyncExitStack, sandbox: Sandbox
) -> None:
    listener = await subscribed(stack, sandbox)
    with calling(sandbox) as corp:

        def followers(customer: str) -> list[str] | int:
            answer = corp.get("/externalcontact/get", external_userid=customer)
            return answer["errcode"] or [one["userid"] for one in answer["follow_user"]]

        half = sandbox.comings.comes("zhangwei", state="expo2024", half=True)
        assert followers(half) == 84061
        sandbox.comings.is_accepted("zhangwei", half)
        assert (followers(half), half in corp.ids("zhangwei")) == (["zhangwei"], True)
        sandbox.comings.is_handed_over("zhangwei", half, "lina")
        assert followers(half) == ["lina"]
        sandbox.comings.refuses("lina", half)
        sandbox.comings.consents("lina", half)
        sandbox.comings.leaves("lina", half)
        assert followers(half) == ["lina"]
    told = await listener.wait_for(7)
    assert {event["ChangeType"] for event in told} == {
        "add_half_external_contact",
        "add_external_contact",
        "del_external_contact",
        "transfer_fail",
        "msg_audit_approved",
        "del_follow_user",
    }
    by_type = {event["ChangeType"]: event for event in told}
    assert by_type["del_external_contact"]["Source"] == "DELETE_BY_TRANSFER"
    assert by_type["add_half_external_contact"]["State"] == "expo2024"
    assert by_type["transfer_fail"]["FailReason"] == "customer_refused"


async def test_a_welcome_code_is_good_for_one_message_within_twenty_seconds(
    stack: AsyncExitStack, sandbox: Sandbox
) -> None:
    listener = await subscribed(stack, sandbox)
    sandbox.comings.comes("zhangwei")
    [event] = await listener.wait_for(1)
    body = {"welcome_code": event["WelcomeCode"], "text": {"content": "您好"}}
    async with httpx.AsyncClient(trust_env=False, base_url=f"{sandbox.base_url}/cgi-bin") as http:
        send = {"access_token": fetch_token(sandbox)}

        async def answered(**changed: object) -> int:
            answer = await http.post("/externalcontact/send_welcome_msg", params=send, json=body | changed)
            return int(answer.json()["errcode"])

        assert await answered(text={"content": "字" * 1334}) == 40058
        assert await answered(attachments=[{"msgtype": "link", "link": {"title": "x"}}]) == 40058
        sandbox.welcomes.busy_times = 1
        assert [await answered() for _ in range(3)] == [41096, 0, 41051]
        assert await answered(welcome_code="x") == 41050
    assert sandbox.welcomes.messages == {event["WelcomeCode"]: {"text": {"content": "您好"}}}


async def test_an_address_that_does_not_answer_as_it_should_is_not_saved(sandbox: Sandbox) -> None:
    with pytest.raises(NotVerified):
        await sandbox.callbacks.subscribe("http://127.0.0.1:9/callback", AppKind.SELF_BUILT)
    async with httpx.AsyncClient(trust_env=False, base_url=sandbox.base_url) as http:
        answer = await http.post("/sandbox/callback", json={"url": f"{sandbox.base_url}/nowhere"})
    assert answer.status_code == 400
    assert "404" in answer.json()["error"]
    assert not sandbox.callbacks.wanted


async def test_a_living_company_has_something_of_everything(
    stack: AsyncExitStack, start_sandbox: Callable[[Options], Sandbox]
) -> None:
    listener = await subscribed(stack, start_sandbox(Options(staff=8, customers=300, ambient=60_000)))
    told = await listener.wait_for(60)
    assert len({event.get("ChangeType") for event in told}) >= 6
