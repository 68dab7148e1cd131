"""Followers by name: from WeCom, else from the operator's own file."""

from __future__ import annotations

from pathlib import Path

from console.operations.names import learn_names, read_names_file
from console.sandbox import Sandbox
from console.wecom.codes import API_FORBIDDEN
from tests.operations.conftest import Desk


async def test_a_member_that_cannot_be_read_does_not_stop_the_others(desk: Desk) -> None:
    named = {userid async for userid in learn_names(desk.client, desk.records, ["sunli_sz", "zhangwei", "lina"])}

    assert named == {"zhangwei", "lina"}
    row = desk.records.followers.row("zhangwei")
    assert row is not None
    assert row.name == "张伟"


async def test_an_app_that_may_not_read_members_just_has_no_names(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.faults.errcode("/user/get", API_FORBIDDEN, times=None)

    assert [userid async for userid in learn_names(desk.client, desk.records, ["zhangwei"])] == []


def test_the_names_file_has_two_columns_and_userids_without_case(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("\ufeffuserid,name\nZhangWei,张伟\n lina , 李娜 ,销售二部\nbroken\n", encoding="utf-8")

    assert read_names_file(file) == {"zhangwei": "张伟", "lina": "李娜"}


def test_no_names_file_is_no_names(tmp_path: Path) -> None:
    assert read_names_file(tmp_path / "names.csv") == {}
