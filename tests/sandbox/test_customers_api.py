"""C5, C1, C2 and C3 as documented: what they hold, how they page, what they refuse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.sandbox import Options, Sandbox
from tests.conftest import LI_JIANGUO, NOW
from tests.sandbox.caller import BATCH, Caller, Json, calling

ANSI, OSC_52 = "\x1b[1;31m", "\x1b]52;c;"


def test_c5_lists_the_staff_who_serve_customers(corp: Caller) -> None:
    followers = corp.get("/externalcontact/get_follow_user_list")["follow_user"]
    assert len(followers) == 50
    assert {"zhangwei", "18600000000", "WangMin", "liuyang02", "zhaomin", "sunli_sz"} <= set(followers)
    assert not any(userid.startswith("md") for userid in followers)


def test_c1_and_c3_name_the_same_customers_in_both_directions(corp: Caller) -> None:
    for userid in ("zhangwei", "wuqian", "18600000000", "WangMin"):
        ids = corp.ids(userid)
        assert [row["external_contact"]["external_userid"] for row in corp.rows(userid)] == ids
        for external_userid in ids[::13]:
            _, followers, _ = corp.detail(external_userid)
            assert userid in [one["userid"] for one in followers]


def test_c2_and_c3_say_the_same_of_one_relation(corp: Caller) -> None:
    for row in corp.rows("zhangwei")[::7]:
        contact, followers, _ = corp.detail(row["external_contact"]["external_userid"])
        assert contact == row["external_contact"]
        mine = next(one for one in followers if one["userid"] == "zhangwei")
        info = row["follow_info"]
        tags = mine.pop("tags", None)
        ids = info.pop("tag_id", None)
        assert mine == info
        assert ids is None or ids == [tag["tag_id"] for tag in tags if tag["type"] != 2]


def test_a_userid_is_compared_without_case_and_answered_in_its_own(corp: Caller) -> None:
    assert corp.ids("WANGMIN") == corp.ids("WangMin")
    assert corp.rows("wangmin")[0]["follow_info"]["userid"] == "WangMin"


def test_c1_of_a_follower_without_customers_is_84061(corp: Caller) -> None:
    answer = corp.get("/externalcontact/list", userid="liuyang02")
    assert answer["errcode"] == 84061
    assert answer["errmsg"].startswith("not external contact, hint: [")
    assert answer["errmsg"].endswith("more info at https://open.work.weixin.qq.com/devtool/query?e=84061")


@pytest.mark.parametrize(
    ("userid", "errcode"),
    [("zhaomin", 60011), ("nobody", 60111), ("md0001", 84083), ("a b", 40003), ("x" * 65, 40058), ("", 41009)],
)
def test_c1_refuses_followers_it_cannot_answer_for(corp: Caller, userid: str, errcode: int) -> None:
    assert corp.get("/externalcontact/list", userid=userid)["errcode"] == errcode


def test_one_follower_without_right_spoils_a_whole_batch(corp: Caller) -> None:
    assert corp.post(BATCH, {"userid_list": ["zhangwei", "zhaomin"]})["errcode"] == 60011


def test_c2_pages_by_five_hundred_and_repeats_the_customer(corp: Caller, sandbox: Sandbox) -> None:
    contact, followers, pages = corp.detail(sandbox.external_userid("何太"))
    assert (len(followers), pages) == (1200, 3)
    assert len({one["userid"] for one in followers}) == 1200
    assert contact["name"] == "Mrs.He"
    assert "zhangwei" in [one["userid"] for one in followers]
    assert followers[-1]["userid"].startswith("md")


def test_every_follower_of_the_customer_of_all_finds_her_in_their_list(corp: Caller, sandbox: Sandbox) -> None:
    wanted = sandbox.external_userid("何太")
    holders = set()
    for userid in corp.get("/externalcontact/get_follow_user_list")["follow_user"]:
        if wanted in corp.get("/externalcontact/list", userid=userid).get("external_userid", ()):
            holders.add(userid)
    _, followers, _ = corp.detail(wanted)
    assert holders == {one["userid"] for one in followers if not one["userid"].startswith("md")}
    assert len(holders) == 48


def test_c2_gives_tags_with_names_and_personal_ones_without_id(corp: Caller) -> None:
    _, followers, _ = corp.detail(LI_JIANGUO)
    mine = followers[0]
    named = {(tag["type"], tag["tag_name"]): tag.get("tag_id", "")[:2] for tag in mine["tags"]}
    assert named == {(1, "重点客户"): "et", (1, "VIP"): "et", (3, "高意向"): "st", (2, "爱喝茶"): ""}
    assert (mine["state"], mine["x_level"], mine["remark_corp_name"]) == ("expo2024", 3, "城建三局")
    assert mine["createtime"] == NOW - (5 * 86_400 + 19 * 3_600 + 37 * 60 + 50)


@pytest.mark.parametrize("unknown", ["p" + "a" * 31, "wo" + "A" * 30, "wmVq3kDgAA" + "A" * 22, "x", "客户"])
def test_c2_answers_40096_for_ids_that_are_nobodys(corp: Caller, unknown: str) -> None:
    answer = corp.get("/externalcontact/get", external_userid=unknown)
    assert answer["errcode"] == 40096
    assert answer["errmsg"].startswith(f"invalid string value `{unknown}`. invalid external userid")


def test_c2_without_an_id_is_41035(corp: Caller) -> None:
    assert corp.get("/externalcontact/get", external_userid="")["errcode"] == 41035


@pytest.mark.parametrize("limit", [1, 7, 50, 99, 100])
def test_c3_pages_cover_every_relation_once_at_any_limit(corp: Caller, limit: int) -> None:
    userids = ["wuqian", "18600000000", "liuyang02", "fengxue"]
    pages = list(corp.batches(*userids, limit=limit))
    rows = [row for page in pages for row in page["external_contact_list"]]
    assert len(rows) == 88 + 12 + 64
    assert len({(row["external_contact"]["external_userid"], row["follow_info"]["userid"]) for row in rows}) == len(
        rows
    )
    assert all(len(page["external_contact_list"]) == limit for page in pages[:-1])


def test_c3_takes_fifty_rows_when_no_limit_is_given_and_a_hundred_at_most(corp: Caller) -> None:
    def size(body: Json) -> int:
        return len(corp.post(BATCH, {"userid_list": ["lina"], **body})["external_contact_list"])

    assert [size({}), size({"limit": 0}), size({"limit": 100}), size({"limit": 5000})] == [50, 50, 100, 100]


def test_c3_merges_a_userid_that_is_given_twice(corp: Caller) -> None:
    assert len(corp.rows("wuqian", "WuQian")) == 88


@pytest.mark.parametrize(
    ("body", "wording"),
    [
        ({"userid": "zhangwei"}, "missing field `userid_list`. invalid Request Parameter"),
        ({"userid_list": "zhangwei"}, "field `userid_list` expect type `array`"),
        ({"userid_list": []}, "field `userid_list` expect array size in [1, 100]"),
        ({"userid_list": [f"a{n}" for n in range(101)]}, "field `userid_list` expect array size in [1, 100]"),
        ({"userid_list": [7]}, "field `userid_list` expect type `string`"),
        ({"userid_list": ["x" * 65]}, "userid_list exceed max length 64"),
        ({"userid_list": ["lina"], "limit": "100"}, "field `limit` expect type `uint32`"),
        ({"userid_list": ["lina"], "cursor": 7}, "field `cursor` expect type `string`"),
    ],
)
def test_c3_refuses_malformed_bodies_in_wecoms_words(corp: Caller, body: Json, wording: str) -> None:
    answer = corp.post(BATCH, body)
    assert answer["errcode"] == 40058
    assert answer["errmsg"].startswith(wording)


def test_a_cursor_that_was_made_up_or_belongs_to_another_question_is_50100(corp: Caller) -> None:
    cursor = corp.post(BATCH, {"userid_list": ["lina"]})["next_cursor"]
    for body in ({"userid_list": ["lina"], "cursor": "abc"}, {"userid_list": ["chenmin"], "cursor": cursor}):
        assert corp.post(BATCH, body)["errcode"] == 50100
    assert corp.get("/externalcontact/get", external_userid=LI_JIANGUO, cursor=cursor)["errcode"] == 50100


def test_the_method_matters(corp: Caller) -> None:
    assert corp.get(BATCH)["errcode"] == 40058
    assert corp.post("/externalcontact/list", {"userid": "lina"})["errcode"] == 40058


def test_escaped_and_broken_json_is_refused(corp: Caller) -> None:
    def send(body: bytes) -> Json:
        answer: Json = corp.http.post(BATCH, params={"access_token": corp.token}, content=body).json()
        return answer

    assert send(b'{"userid_list": ["\\u674e"]}')["errcode"] == 40033
    assert "Warning: wrong json format" in send(b'{"userid_list": [')["errmsg"]
    assert send(b"[]")["errcode"] == 40058


def test_hostile_names_are_on_the_first_followers_list(corp: Caller) -> None:
    names = [row["external_contact"]["name"] for row in corp.rows("zhangwei")]
    assert "" in names
    assert "宽" * 64 in names
    assert "[/]李四" in names
    for part in ("[@click=app.quit]", ANSI, OSC_52, "\u202e", "\u200d\U0001f469"):
        assert any(part in name for name in names), part


def test_fields_are_absent_or_empty_now_and_then_and_every_add_way_occurs(corp: Caller) -> None:
    rows = corp.rows("lina", "chenmin", "yangfan", "sunli_sz", "zhengkai", "zhangwei")
    contacts = [row["external_contact"] for row in rows]
    infos = [row["follow_info"] for row in rows]
    assert {contact["type"] for contact in contacts} == {1, 2}
    for field in ("unionid", "avatar", "position", "external_profile"):
        assert 0 < sum(field in contact for contact in contacts) < len(contacts)
    for field in ("description", "tag_id", "remark_corp_name", "remark_mobiles", "state", "x_level"):
        assert 0 < sum(field in info for info in infos) < len(infos)
    assert any(info.get("remark_mobiles") == [] for info in infos)
    ways = {info["add_way"] for info in infos}
    assert ways == {*range(19), 21, 22, 23, 24, 201, 202}
    assert all(("wechat_channels" in info) == (info["add_way"] == 10) for info in infos)
    assert any(info["oper_userid"] == contact["external_userid"] for info, contact in zip(infos, contacts, strict=True))
    assert not any("remark_corp_name" in row["follow_info"] for row in rows if row["external_contact"]["type"] == 2)


def test_half_a_million_relations_are_paged_from_any_place(start_sandbox: Callable[[Options], Sandbox]) -> None:
    sandbox = start_sandbox(Options(staff=500, customers=500_000, largest=20_000, now=NOW))
    with calling(sandbox) as caller:
        assert len(caller.ids("lina")) == 20_000
        page = caller.post(BATCH, {"userid_list": ["lina"], "limit": 100})
        assert len(page["external_contact_list"]) == 100
