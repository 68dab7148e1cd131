"""What a check-up asks of WeCom, and what it makes of each refusal."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from console.operations.checkup import CheckState, Limits, exit_code, review
from console.sandbox import AppKind, Sandbox
from console.session import SecretMissing
from console.settings import AppType
from console.wecom.access import AppSecret
from console.wecom.client import WeComClient
from console.wecom.redact import Hidden
from tests.operations.checkups import Found, Opened, around, examine, profile_of
from tests.operations.conftest import Desk, OpenDesk

PASSED, FAILED = CheckState.PASSED, CheckState.FAILED
WARNING, NOT_CHECKABLE = CheckState.WARNING, CheckState.NOT_CHECKABLE
C5, C1, C2 = "/externalcontact/get_follow_user_list", "/externalcontact/list", "/externalcontact/get"
TAGS = "/externalcontact/get_corp_tag_list"


async def checked(
    desk: Desk, folder: Path, app_type: AppType = AppType.SELF_BUILT, limits: Limits | None = None
) -> Found:
    return await examine(Opened(profile_of(app_type), desk.client), around(folder, limits=limits))


def client_of(sandbox: Sandbox, secret: str, clock: Callable[[], float] = time.time) -> WeComClient:
    access = AppSecret(sandbox.credentials.corp_id, Hidden(secret))
    return WeComClient(access, base_url=sandbox.base_url, clock=clock)


async def test_a_profile_that_works_passes_every_check_and_tells_how_much_there_is(desk: Desk, tmp_path: Path) -> None:
    found = await checked(desk, tmp_path)
    assert [check.id for check in found.checks if check.state not in (PASSED, NOT_CHECKABLE)] == []
    assert str(len(await desk.client.follow_users())) in found["followers"].answer
    assert set(found.states()) >= {"gettoken", "followers", "customer", "tags", "clock", "given", "keyring", "store"}
    assert exit_code(found.checks) == 0


async def test_one_customer_is_asked_for_and_the_answer_names_nobody(
    desk: Desk, sandbox: Sandbox, tmp_path: Path
) -> None:
    found = await checked(desk, tmp_path)
    assert sandbox.requests[C2] <= 2, "the page, and perhaps the next one in flight"
    assert not any(person in found.text for person in ("张伟", "李建国", "zhangwei"))


async def test_a_secret_of_a_system_app_is_recognised_and_the_way_out_told(sandbox: Sandbox, tmp_path: Path) -> None:
    async with client_of(sandbox, sandbox.credentials.system_secret) as client:
        found = await examine(Opened(profile_of(), client), around(tmp_path))
    assert (found["gettoken"].state, found["followers"].state) == (PASSED, FAILED)
    assert "客户联系 > 客户 > API" in found["followers"].todo
    assert found["followers"].where == "客户联系 > 权限配置 > 可调用应用"
    assert found["customer"].state is found["tags"].state is NOT_CHECKABLE
    assert exit_code(found.checks) == 1
    [r1] = [answer for answer in review(found.checks) if answer.id == "R1"]
    assert (r1.state, r1.where) == (FAILED, found["followers"].where)


async def test_an_address_that_is_not_trusted_is_a_step_of_a_new_app_with_its_order(
    desk: Desk, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.errcode(C5, 60020, times=None)
    check = (await checked(desk, tmp_path))["followers"]
    order = ["可见范围", "可调用应用", "EncodingAESKey", "URL", "企业可信IP"]
    places = [check.todo.index(word) for word in order]
    assert places == sorted(places)
    assert "127.0.0.1" in check.todo, "the address that WeCom saw"
    assert "企业可信IP" in check.where


@pytest.mark.parametrize(
    ("errcode", "where"),
    [
        (40013, "我的企业 > 企业信息 > 企业ID"),
        (40091, "应用管理 > this app > Secret"),
        (40001, "应用管理 > this app > Secret"),
    ],
)
async def test_wrong_credentials_are_told_apart_and_nothing_more_is_asked(
    desk: Desk, sandbox: Sandbox, tmp_path: Path, errcode: int, where: str
) -> None:
    sandbox.faults.errcode("/gettoken", errcode, times=None)
    found = await checked(desk, tmp_path)
    assert str(errcode) in found["gettoken"].answer
    assert found["gettoken"].where == where
    assert found["followers"].state is NOT_CHECKABLE
    assert sandbox.requests["/gettoken"] == 1, "WeCom bans who keeps sending wrong secrets"
    assert sandbox.requests[C5] == 0
    assert found["clock"].state is PASSED, "a refusal has a Date too"


async def test_a_delegated_app_hears_what_it_is_not_given_and_whom_to_ask(
    open_desk: OpenDesk, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.errcode(C5, 48002, times=None)
    found = await checked(open_desk(AppKind.DELEGATED), tmp_path, AppType.DELEGATED)
    assert "mobiles" in found["given"].answer
    assert "the app's provider" in found["followers"].todo
    assert "客户基础信息" in found["followers"].where
    assert found["permanent-code"].state is PASSED


async def test_an_app_that_brings_customers_says_that_it_sees_only_those(desk: Desk, tmp_path: Path) -> None:
    found = await examine(Opened(profile_of(acquisition=True), desk.client), around(tmp_path))
    assert "only the customers that this app brought" in found["acquisition"].answer


async def test_a_list_of_no_followers_is_a_failure_that_names_the_range(
    desk: Desk, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.body(C5, b'{"errcode":0,"errmsg":"ok","follow_user":[]}', times=None)
    check = (await checked(desk, tmp_path))["followers"]
    assert check.state is FAILED
    assert "使用范围" in check.where


async def test_followers_without_customers_are_passed_over_and_if_all_are_nothing_fails(
    desk: Desk, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.faults.errcode(C1, 84061)
    sandbox.faults.errcode(C1, 60011)
    assert (await checked(desk, tmp_path))["customer"].state is PASSED
    sandbox.faults.errcode(C1, 84061, times=None)
    found = await checked(desk, tmp_path)
    assert found["customer"].state is NOT_CHECKABLE
    assert exit_code(found.checks) == 0


async def test_followers_who_are_all_out_of_range_are_a_failure(desk: Desk, sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.faults.errcode(C1, 60011, times=None)
    check = (await checked(desk, tmp_path))["customer"]
    assert (check.state, check.errcode) == (FAILED, 60011)
    assert "可见范围" in check.where


async def test_tags_are_no_condition_for_work(desk: Desk, sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.faults.errcode(TAGS, 48002, times=None)
    found = await checked(desk, tmp_path)
    assert found["tags"].state is WARNING
    assert exit_code(found.checks) == 0


async def test_a_gateway_that_is_down_is_worth_trying_again(desk: Desk, sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.faults.html(C5, times=None)
    found = await checked(desk, tmp_path)
    assert found["followers"].again
    assert exit_code(found.checks) == 3


async def test_a_server_that_hangs_costs_its_limit_and_the_rest_is_still_told(
    desk: Desk, sandbox: Sandbox, tmp_path: Path
) -> None:
    hold = sandbox.faults.hang(C2, times=None)
    found = await checked(desk, tmp_path, limits=Limits(wecom=0.3))
    hold.release()
    assert "0.3 s" in found["customer"].answer
    assert found["tags"].state is PASSED
    assert exit_code(found.checks) == 3


@pytest.mark.parametrize(
    ("slow", "state", "words"), [(0, PASSED, "right"), (90, WARNING, "90 s slow"), (-90, WARNING, "90 s fast")]
)
async def test_a_clock_that_is_wrong_is_told_by_the_servers_date(
    sandbox: Sandbox, tmp_path: Path, slow: int, state: CheckState, words: str
) -> None:
    async with client_of(sandbox, sandbox.credentials.secret, clock=lambda: time.time() - slow) as client:
        check = (await examine(Opened(profile_of(), client), around(tmp_path)))["clock"]
    assert (check.state, words in check.answer) == (state, True), check.answer


async def test_without_its_secret_a_profile_is_told_which_one_to_give(tmp_path: Path) -> None:
    found = await examine(Opened(profile_of(), SecretMissing("acme", "corp-secret")), around(tmp_path))
    assert "secret set corp-secret --profile acme" in found["gettoken"].todo
    assert found["followers"].state is NOT_CHECKABLE


async def test_a_fault_of_our_own_is_one_line_and_goes_to_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = await examine(Opened(profile_of(), ZeroDivisionError("planted")), around(tmp_path))
    assert found["gettoken"].state is FAILED
    assert "report" in found["gettoken"].todo
    assert [record.levelno for record in caplog.records if record.message == "ZeroDivisionError"] == [logging.ERROR]
    assert found.checks[-1].id == "given", "it goes on to its end"
