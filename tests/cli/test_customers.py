"""Customers on the command line: WeCom's own objects, complete or said not to be, and safe to print."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from console.sandbox import Sandbox
from console.text import cell_width, safe_text
from tests.cli.conftest import Console
from tests.conftest import LI_JIANGUO

C1, C2, C3 = "/externalcontact/list", "/externalcontact/get", "/externalcontact/batch/get_by_user"


def contact(line: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = line["external_contact"]
    return found


def test_a_followers_customers_are_c3_objects_one_a_line(connected: Console) -> None:
    ended = connected("customers", "list", "--follower", "zhangwei", "--json")
    [li] = [line for line in ended.lines if contact(line)["external_userid"] == LI_JIANGUO]
    follow: Any = li["follow_info"]
    assert ended.code == 0
    assert contact(li)["name"] == "李建国@城建"
    assert (follow["userid"], follow["remark"]) == ("zhangwei", "李部张")
    assert isinstance(follow["tag_id"], list)
    assert {tuple(line) for line in ended.lines} == {("external_contact", "follow_info")}


def test_people_read_a_table_in_which_every_column_starts_at_its_cell(connected: Console) -> None:
    head, *rows = connected("customers", "list", "--follower", "zhangwei").out.splitlines()
    place = cell_width(head[: head.index("follower")])
    for row in rows:
        assert cell_width(row[: row.rindex("zhangwei")]) == place
        assert safe_text(row) == row


def test_hostile_names_reach_the_terminal_as_marks(connected: Console) -> None:
    for words in (("--json",), ()):
        printed = "".join(
            connected("customers", "list", "--follower", userid, *words).out
            for userid in ("zhangwei", "lina", "chenmin")
        )
        assert "\x1b" not in printed
        assert "\x07" not in printed
        assert "\u202e" not in printed
        assert "[/]李四" in printed


def test_search_finds_in_what_the_store_knows_without_asking_wecom(connected: Console, corp: Sandbox) -> None:
    connected("customers", "list", "--follower", "zhangwei")
    corp.requests.clear()
    for text in ("ljg", "李部", "9912342280"[2:], LI_JIANGUO):
        found = connected("customers", "list", "--search", text, "--json", WECOM_CONSOLE_SECRET_CORP_SECRET="")
        assert LI_JIANGUO in [contact(line)["external_userid"] for line in found.lines], text
    nobody = connected("customers", "list", "--search", "no such person", "--json")
    assert (nobody.code, nobody.out) == (0, "")
    assert nobody.err
    assert corp.requests.total() == 0


def test_an_empty_store_says_so(connected: Console) -> None:
    ended = connected("customers", "list")
    assert (ended.code, ended.out) == (0, "")
    assert "--follower" in ended.err


def test_a_follower_without_customers_is_an_empty_list_and_done(connected: Console) -> None:
    ended = connected("customers", "list", "--follower", "liuyang02", "--json")
    assert (ended.code, ended.out) == (0, "")
    assert "84061" in ended.err


@pytest.mark.parametrize(("userid", "code"), [("zhaomin", "60011"), ("nobody", "60111")])
def test_a_follower_that_cannot_be_read_is_1_and_why(connected: Console, userid: str, code: str) -> None:
    ended = connected("customers", "list", "--follower", userid, "--json")
    assert (ended.code, ended.out) == (1, "")
    assert code in ended.err


def test_a_list_cut_off_by_the_network_prints_its_rows_and_is_3(connected: Console, corp: Sandbox) -> None:
    corp.faults.html(C3, None, page=2)
    ended = connected("customers", "list", "--follower", "lina", "--json")
    named = [line for line in ended.lines if "name" in contact(line)]
    assert ended.code == 3
    assert (len(ended.lines), len(named)) == (140, 100)
    assert "40" in ended.err


def test_a_list_without_a_licence_prints_its_ids_and_is_1(connected: Console, corp: Sandbox) -> None:
    corp.faults.unlicensed("zhangwei")
    ended = connected("customers", "list", "--follower", "zhangwei", "--json")
    assert ended.code == 1
    assert LI_JIANGUO in [contact(line)["external_userid"] for line in ended.lines]
    assert "zhangwei" in ended.err


def test_a_detail_is_the_merged_c2_object_with_pages_and_read_at(connected: Console) -> None:
    ended = connected("customers", "show", LI_JIANGUO, "--json")
    shown: dict[str, Any] = ended.document
    assert ended.code == 0
    assert shown["external_contact"]["name"] == "李建国@城建"
    assert [follow["userid"] for follow in shown["follow_user"]] == ["zhangwei", "lina"]
    assert shown["pages"] == 1
    assert abs(shown["read_at"] - time.time()) < 60


def test_people_read_every_field_of_a_detail(connected: Console) -> None:
    out = connected("customers", "show", LI_JIANGUO).out
    for text in ("李建国@城建", "李部张", "13912342280", "爱喝茶", "expo2024", "x_level", LI_JIANGUO):
        assert text in out


@pytest.mark.parametrize("wrong", ["", "pABCDEF", "tmp_openid_1", "wo 1", "李建国", "ou123"])
def test_what_can_be_no_customer_id_is_2_and_nothing_is_asked(connected: Console, corp: Sandbox, wrong: str) -> None:
    ended = connected("customers", "show", wrong)
    assert (ended.code, ended.out) == (2, "")
    assert corp.requests.total() == 0


def test_an_unknown_customer_is_1_and_why(connected: Console) -> None:
    ended = connected("customers", "show", "woAJ2GCAAAnobodynobodynobodynob")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err


def test_json_is_one_document_a_line_whatever_is_in_it(connected: Console) -> None:
    out = connected("customers", "list", "--follower", "lina", "--json").out
    assert all(isinstance(json.loads(line), dict) for line in out.splitlines())
