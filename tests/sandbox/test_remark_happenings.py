"""What befalls a remark on purpose: a colleague meanwhile, writes that show late or never, connections that break."""

from __future__ import annotations

import re
import time

import httpx
import pytest

from console.sandbox import Options, Sandbox
from console.sandbox.control import steer
from console.sandbox.fault_kinds import FaultKind
from console.sandbox.http import Incoming
from console.sandbox.manual import MANUAL
from console.sandbox.options import invent_credentials
from console.sandbox.world import open_world
from tests.conftest import LI_JIANGUO, NOW
from tests.sandbox.caller import Caller, Json, calling
from tests.sandbox.test_remark_api import REMARK, WHO, follower

MINE = ("zhangwei", LI_JIANGUO)


def test_a_colleague_changes_a_relation_at_once(corp: Caller, sandbox: Sandbox) -> None:
    before = follower(corp)
    sandbox.colleague.change(*MINE, mobiles_add=["1"], mobiles_remove=["13800000001"], company="四局")
    assert follower(corp) == before | {"remark_mobiles": ["13912342280", "1"], "remark_corp_name": "四局"}
    sandbox.colleague.change(*MINE, remark="", description="新", mobiles=[])
    mine = follower(corp)
    assert (mine["remark"], mine["description"], mine["remark_mobiles"]) == ("", "新", [])


def test_a_colleague_writes_just_before_the_next_write_of_that_relation(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.colleague.change(*MINE, remark="同事", description="同事", before_write=True)
    assert corp.post(REMARK, {"userid": "lina", "external_userid": LI_JIANGUO, "remark": "李"})["errcode"] == 0
    assert follower(corp)["remark"] == "李部张"
    assert corp.post(REMARK, {**WHO, "remark": "我"})["errcode"] == 0
    mine = follower(corp)
    assert (mine["remark"], mine["description"]) == ("我", "同事")
    sandbox.colleague.change(*MINE, remark="同事")
    assert corp.post(REMARK, {**WHO, "description": "我"})["errcode"] == 0
    assert follower(corp)["remark"] == "同事"


def test_a_colleague_writes_after_so_many_reads_of_the_customer(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.colleague.change(*MINE, remark="同事", after_reads=2)
    corp.detail(sandbox.external_userid("何太"))
    assert [follower(corp)["remark"] for _ in range(3)] == ["李部张", "李部张", "同事"]


def test_the_pages_of_one_read_count_as_one(corp: Caller, sandbox: Sandbox) -> None:
    he = sandbox.external_userid("何太")
    sandbox.colleague.change("zhangwei", he, remark="同事", after_reads=2)
    assert [follower(corp, external_userid=he)["remark"] for _ in range(3)] == ["何太", "何太", "同事"]


def test_a_customer_that_is_deleted_meanwhile_is_on_no_list_and_cannot_be_written(
    corp: Caller, sandbox: Sandbox
) -> None:
    count = len(corp.rows("zhangwei"))
    sandbox.colleague.remove(*MINE, before_write=True)
    assert corp.post(REMARK, {**WHO, "remark": "x"})["errcode"] == 84061
    assert [one["userid"] for one in corp.detail(LI_JIANGUO)[1]] == ["lina"]
    assert LI_JIANGUO not in corp.ids("zhangwei")
    assert len(corp.rows("zhangwei")) == count - 1
    sandbox.colleague.remove("lina", LI_JIANGUO)
    assert corp.get("/externalcontact/get", external_userid=LI_JIANGUO)["errcode"] == 84061


def test_a_follower_who_leaves_is_nobodys_follower_any_more(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.colleague.leave(*MINE, after_reads=1)
    assert follower(corp)["userid"] == "zhangwei"
    assert [one["userid"] for one in corp.detail(LI_JIANGUO)[1]] == ["lina"]
    assert "zhangwei" not in corp.get("/externalcontact/get_follow_user_list")["follow_user"]
    assert corp.get("/externalcontact/list", userid="zhangwei")["errcode"] == 60111
    assert corp.post(REMARK, {**WHO, "remark": "x"})["errcode"] == 60111


def test_nobody_can_change_what_is_not_theirs(sandbox: Sandbox) -> None:
    for userid, external_userid in (("wuqian", LI_JIANGUO), ("nobody", LI_JIANGUO), ("zhangwei", "wo1")):
        with pytest.raises(LookupError):
            sandbox.colleague.change(userid, external_userid, remark="x")


def test_a_write_can_show_late_by_reads(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.seen_late(REMARK, reads=2)
    assert corp.post(REMARK, {**WHO, "remark": "新"})["errcode"] == 0
    assert sandbox.colleague.sees(*MINE).remark == "新"
    listed = next(row for row in corp.rows("zhangwei") if row["external_contact"]["external_userid"] == LI_JIANGUO)
    assert listed["follow_info"]["remark"] == "李部张"
    assert [follower(corp)["remark"] for _ in range(3)] == ["李部张", "李部张", "新"]
    listed = next(row for row in corp.rows("zhangwei") if row["external_contact"]["external_userid"] == LI_JIANGUO)
    assert listed["follow_info"]["remark"] == "新"


def test_a_write_can_show_late_by_time() -> None:
    now = NOW
    sandbox = Sandbox(Options(seed=7, now=NOW), clock=lambda: now)
    with sandbox.running(), calling(sandbox) as caller:
        sandbox.faults.seen_late(REMARK, milliseconds=500)
        assert caller.post(REMARK, {**WHO, "remark": "新"})["errcode"] == 0
        now += 0.499
        assert follower(caller)["remark"] == "李部张"
        now += 0.001
        assert follower(caller)["remark"] == "新"


def test_a_write_can_be_said_to_be_done_and_not_be_done(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.not_done(REMARK, when={"userid": "ZhangWei"})
    assert corp.post(REMARK, {**WHO, "remark": "新"}) == {"errcode": 0, "errmsg": "ok"}
    assert follower(corp)["remark"] == "李部张"
    assert corp.post(REMARK, {**WHO, "remark": "新"})["errcode"] == 0
    assert follower(corp)["remark"] == "新"


def test_a_connection_can_break_before_a_write_and_after_it(corp: Caller, sandbox: Sandbox) -> None:
    for breaks, seen in ((sandbox.faults.reset, "李部张"), (sandbox.faults.reset_afterwards, "新")):
        breaks(REMARK)
        with pytest.raises(httpx.NetworkError):
            corp.post(REMARK, {**WHO, "remark": "新"})
        assert follower(corp)["remark"] == seen


def steered(corp: Caller, path: str, document: Json) -> tuple[int, Json]:
    answer = corp.http.post(f"{corp.sandbox.base_url}/sandbox{path}", json=document)
    return answer.status_code, answer.json()


def test_all_of_it_can_be_brought_about_from_another_process(corp: Caller) -> None:
    who = {"userid": "zhangwei", "external_userid": LI_JIANGUO}
    done = (200, {"done": True})
    assert steered(corp, "/colleague/change", {**who, "remark": "同事", "mobiles": ["1"], "after_reads": 1}) == done
    assert [follower(corp)["remark"] for _ in range(2)] == ["李部张", "同事"]
    assert steered(corp, "/fault", {"kind": "errcode", "path": REMARK, "code": 84061, "times": 1, "when": who}) == done
    assert [corp.post(REMARK, {**WHO, "remark": "新"})["errcode"] for _ in range(2)] == [84061, 0]
    assert steered(corp, "/fault", {"kind": "not_done", "path": REMARK, "times": None}) == done
    assert steered(corp, "/clear", {}) == done
    assert corp.post(REMARK, {**WHO, "remark": "新新"})["errcode"] == 0
    assert follower(corp)["remark"] == "新新"
    assert steered(corp, "/empty-updates", {"taken": True}) == done
    assert corp.post(REMARK, {**WHO, "remark": ""})["errcode"] == 0
    assert steered(corp, "/colleague/remove", {**who, "before_write": True}) == done
    assert corp.post(REMARK, {**WHO, "remark": "x"})["errcode"] == 84061
    assert steered(corp, "/colleague/leave", {**who, "userid": "lina"}) == done
    assert corp.get("/externalcontact/get", external_userid=LI_JIANGUO)["errcode"] == 84061
    assert set(corp.sandbox.requests) == {"/gettoken", "/externalcontact/get", REMARK}


@pytest.mark.parametrize(
    ("path", "document", "mistake"),
    [
        ("/colleague/change", {"userid": "zhangwei"}, "'external_userid' is missing"),
        ("/colleague/change", {**WHO, "name": "x"}, "unknown key 'name'"),
        ("/colleague/change", {**WHO, "mobiles": [1]}, "'mobiles' has the wrong type"),
        ("/colleague/change", {**WHO, "after_reads": "1"}, "'after_reads' has the wrong type"),
        ("/colleague/change", {**WHO, "userid": "nobody"}, "is no customer of 'nobody'"),
        ("/fault", {"kind": "hang", "path": REMARK}, "unknown kind of fault"),
        ("/clear", [], "not a JSON object"),
    ],
)
def test_a_mistake_in_steering_is_said(corp: Caller, path: str, document: Json, mistake: str) -> None:
    status, said = steered(corp, path, document)
    assert status == 400
    assert mistake in said["error"]


def test_the_manual_names_every_path_and_every_fault(corp: Caller) -> None:
    shown = corp.http.get(f"{corp.sandbox.base_url}/sandbox")
    assert (shown.status_code, shown.text) == (200, MANUAL)
    for path in re.findall(r"^  /sandbox(/\S+)", MANUAL, re.MULTILINE):
        assert steered(corp, path, {"no such key": 1})[0] == 400
    assert corp.http.post(f"{corp.sandbox.base_url}/sandbox/no/such", json={}).status_code == 404
    kinds = MANUAL.partition("kind is one of ")[2].partition(";")[0]
    assert {kind.name.lower() for kind in FaultKind} - set(re.findall(r"\w+", kinds)) == {"hang", "body"}


def test_only_this_machine_steers() -> None:
    world = open_world(Options(), invent_credentials(7), time.time, NOW)
    incoming = Incoming("POST", "/sandbox/clear", {}, b"{}", "192.168.1.9", 0)
    assert steer(world, incoming, "/sandbox/clear").status == 403
