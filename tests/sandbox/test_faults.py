"""What goes wrong on purpose goes wrong as said, so often as said, and nowhere else."""

from __future__ import annotations

import threading

import httpx
import pytest

from console.sandbox import Sandbox
from tests.conftest import LI_JIANGUO
from tests.sandbox.caller import BATCH, Caller

LIST = "/externalcontact/list"


def test_an_errcode_comes_as_often_as_asked_for_and_in_wecoms_form(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.errcode(LIST, -1, times=2)
    answers = [corp.get(LIST, userid="wuqian") for _ in range(3)]
    assert [answer["errcode"] for answer in answers] == [-1, -1, 0]
    assert answers[0]["errmsg"].startswith("system busy, hint: [")


def test_a_fault_can_last_until_it_is_cleared(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.errcode(LIST, 45009, times=None)
    assert [corp.get(LIST, userid="wuqian")["errcode"] for _ in range(3)] == [45009] * 3
    sandbox.faults.clear()
    assert corp.get(LIST, userid="wuqian")["errcode"] == 0


def test_a_fault_can_be_for_one_page(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.errcode(BATCH, -1, page=2)
    first = corp.post(BATCH, {"userid_list": ["zhangwei"], "limit": 100})
    again = {"userid_list": ["zhangwei"], "limit": 100, "cursor": first["next_cursor"]}
    assert corp.post(BATCH, again)["errcode"] == -1
    assert corp.post(BATCH, again)["errcode"] == 0


def test_a_fault_can_be_for_one_follower_in_a_query_or_a_list(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.errcode(LIST, 60011, times=None, when={"userid": "lina"})
    sandbox.faults.errcode(BATCH, 60111, times=None, when={"userid_list": "lina"})
    assert corp.get(LIST, userid="LiNa")["errcode"] == 60011
    assert corp.get(LIST, userid="wuqian")["errcode"] == 0
    assert corp.post(BATCH, {"userid_list": ["wuqian", "lina"]})["errcode"] == 60111
    assert corp.post(BATCH, {"userid_list": ["wuqian"]})["errcode"] == 0


def test_a_gateways_html_page(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.html(LIST, status=200)
    answer = corp.http.get(LIST, params={"access_token": corp.token})
    assert answer.headers["content-type"] == "text/html"
    assert answer.text.startswith("<html>")


def test_a_body_that_is_no_json(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.body(LIST, b"[1,")
    assert corp.http.get(LIST, params={"access_token": corp.token}).content == b"[1,"


def test_a_reset_connection_and_a_body_cut_short(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.reset(LIST)
    with pytest.raises(httpx.NetworkError):
        corp.get(LIST, userid="wuqian")
    sandbox.faults.cut_short(LIST)
    with pytest.raises(httpx.RemoteProtocolError):
        corp.get(LIST, userid="wuqian")
    assert corp.get(LIST, userid="wuqian")["errcode"] == 0


def test_success_without_errcode_and_an_error_with_empty_data(corp: Caller, sandbox: Sandbox) -> None:
    path = "/externalcontact/get"
    sandbox.faults.bare(path)
    assert corp.get(path, external_userid=LI_JIANGUO).keys() == {"external_contact", "follow_user"}
    sandbox.faults.error_with_data(path)
    answer = corp.get(path, external_userid=LI_JIANGUO)
    assert (answer["errcode"], answer["external_contact"], answer["follow_user"]) == (60011, {}, [])


def test_an_empty_page_goes_on_and_a_repeated_cursor_does_not(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.empty_page(BATCH, page=2)
    pages = list(corp.batches("zhangwei"))
    assert [len(page["external_contact_list"]) for page in pages] == [100, 0, 100, 12]
    sandbox.faults.repeat_cursor(BATCH, page=2)
    first = corp.post(BATCH, {"userid_list": ["zhangwei"], "limit": 100})["next_cursor"]
    second = corp.post(BATCH, {"userid_list": ["zhangwei"], "limit": 100, "cursor": first})
    assert second["next_cursor"] == first


def test_a_request_hangs_until_it_is_released(corp: Caller, sandbox: Sandbox) -> None:
    hold = sandbox.faults.hang(LIST)
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(corp.get(LIST, userid="wuqian")["errcode"]))
    asking.start()
    assert hold.reached_by(1)
    assert answers == []
    hold.release()
    asking.join(10)
    assert answers == [0]


def test_a_sandbox_ends_although_a_request_hangs(sandbox: Sandbox, corp: Caller) -> None:
    sandbox.faults.hang(LIST)
    with pytest.raises(httpx.ReadTimeout):
        corp.http.get(LIST, params={"access_token": corp.token}, timeout=0.05)
