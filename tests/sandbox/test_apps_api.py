"""Tokens, and what each kind of app is given: ids, fields, members, tags, served contacts."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from console.sandbox import AppKind, Options, Sandbox
from tests.conftest import LI_JIANGUO, NOW
from tests.sandbox.caller import BATCH, Caller, Json, calling, fetch_token


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(clock: Clock) -> Iterator[Caller]:
    """A self-built app of a sandbox whose clock stands still."""
    sandbox = Sandbox(Options(token_life=7200), clock=clock)
    with sandbox.running(), calling(sandbox) as caller:
        yield caller


def ask_token(sandbox: Sandbox, **query: str) -> Json:
    answer: Json = httpx.get(f"{sandbox.base_url}/cgi-bin/gettoken", params=query, trust_env=False).json()
    return answer


def test_a_token_is_the_same_until_it_expires(timed: Caller, clock: Clock) -> None:
    known = timed.sandbox.credentials
    query = {"corpid": known.corp_id, "corpsecret": known.secret}
    clock.now += 7000
    again = ask_token(timed.sandbox, **query)
    assert (again["access_token"], again["expires_in"]) == (timed.token, 200)
    clock.now += 201
    assert ask_token(timed.sandbox, **query)["access_token"] != timed.token


def test_an_expired_token_is_answered_42001_or_40014_in_turn(timed: Caller, clock: Clock) -> None:
    codes = []
    for _ in range(4):
        clock.now += 7201
        codes.append(timed.get("/externalcontact/get_follow_user_list")["errcode"])
        timed.token = fetch_token(timed.sandbox)
    assert codes == [42001, 40014, 42001, 40014]


@pytest.mark.parametrize("code", [42001, 40014])
def test_tokens_can_be_made_to_expire_with_either_code(corp: Caller, sandbox: Sandbox, code: int) -> None:
    sandbox.faults.expire_tokens(code)
    assert corp.get("/externalcontact/get_follow_user_list")["errcode"] == code
    corp.token = fetch_token(sandbox)
    assert corp.get("/externalcontact/get_follow_user_list")["errcode"] == 0


def test_no_token_and_an_invented_one(corp: Caller) -> None:
    corp.token = ""
    assert corp.get("/externalcontact/get_follow_user_list")["errcode"] == 41001
    corp.token = "invented"
    assert corp.get("/externalcontact/get_follow_user_list")["errcode"] == 40014


def test_wrong_credentials(sandbox: Sandbox) -> None:
    known = sandbox.credentials
    assert ask_token(sandbox, corpid="ww0", corpsecret=known.secret)["errcode"] == 40013
    assert ask_token(sandbox, corpid=known.corp_id, corpsecret="no")["errcode"] == 40001
    assert ask_token(sandbox, corpid=known.corp_id)["errcode"] == 41004
    assert ask_token(sandbox)["errcode"] == 41002


@pytest.mark.parametrize(("wrong", "errcode"), [("suite_id", 40083), ("suite_secret", 40080), ("suite_ticket", 40085)])
def test_a_suite_with_wrong_credentials_is_told_which(sandbox: Sandbox, wrong: str, errcode: int) -> None:
    own = sandbox.credentials
    right = {"suite_id": own.suite_id, "suite_secret": own.suite_secret, "suite_ticket": own.suite_ticket}
    with httpx.Client(base_url=f"{sandbox.base_url}/cgi-bin", trust_env=False) as http:
        assert http.post("/service/get_suite_token", json=right | {wrong: "no"}).json()["errcode"] == errcode


def test_a_corp_token_takes_the_suites_token_and_the_permanent_code(sandbox: Sandbox) -> None:
    own = sandbox.credentials
    suite = {"suite_id": own.suite_id, "suite_secret": own.suite_secret, "suite_ticket": own.suite_ticket}
    corp = {"auth_corpid": own.corp_id, "permanent_code": own.permanent_code}
    with httpx.Client(base_url=f"{sandbox.base_url}/cgi-bin", trust_env=False) as http:
        token = http.post("/service/get_suite_token", json=suite).json()["suite_access_token"]

        def ask(token: str, body: Json) -> Json:
            answer: Json = http.post("/service/get_corp_token", params={"suite_access_token": token}, json=body).json()
            return answer

        assert ask(token, corp).keys() == {"access_token", "expires_in"}
        assert ask("invented", corp)["errcode"] == 40082
        assert ask(token, corp | {"permanent_code": "no"})["errcode"] == 40084
        sandbox.faults.expire_tokens()
        assert ask(token, corp)["errcode"] == 42009


def test_a_system_app_has_a_token_and_sees_no_customer(sandbox: Sandbox) -> None:
    with calling(sandbox, AppKind.SYSTEM) as caller:
        assert caller.get("/externalcontact/get_follow_user_list")["errcode"] == 48002
        assert caller.post(BATCH, {"userid_list": ["lina"]})["errcode"] == 48002
        assert caller.get("/user/get", userid="lina")["errcode"] == 0


def test_credentials_do_not_show_their_secrets(sandbox: Sandbox) -> None:
    known = sandbox.credentials
    assert known.secret not in repr(known)
    assert known.suite_ticket not in repr(known)
    assert known.system_secret not in repr(known)
    assert (len(known.encoding_aes_key), known.encoding_aes_key.isalnum()) == (43, True)


@pytest.mark.parametrize("kind", [AppKind.DELEGATED, AppKind.THIRD_PARTY])
def test_a_providers_app_knows_the_same_person_by_another_id_and_sees_less(
    corp: Caller, sandbox: Sandbox, kind: AppKind
) -> None:
    with calling(sandbox, kind) as provider:
        other = sandbox.external_userid("李部张", kind)
        contact, followers, _ = provider.detail(other)
        assert (contact["name"], contact["gender"], contact["external_userid"]) == ("李建国@城建", 0, other)
        assert not {"avatar", "unionid"} & contact.keys()
        assert not any("remark_mobiles" in one for one in followers)
        wang, _, _ = provider.detail(sandbox.external_userid("王海波", kind))
        assert wang["corp_name"] == "远洋地产"
        assert "corp_full_name" not in wang
        assert provider.get("/externalcontact/get", external_userid=LI_JIANGUO)["errcode"] == 40096
    assert corp.get("/externalcontact/get", external_userid=other)["errcode"] == 40096


def test_the_two_id_spaces_share_no_id_but_the_same_people(corp: Caller, provider: Caller) -> None:
    ours, theirs = corp.rows("chenmin"), provider.rows("chenmin")
    names = [row["external_contact"]["name"] for row in ours]
    assert names == [row["external_contact"]["name"] for row in theirs]
    assert not set(corp.ids("chenmin")) & set(provider.ids("chenmin"))
    assert all(one.startswith("wo") for one in corp.ids("chenmin"))
    assert all(one.startswith("wm") for one in provider.ids("zhangwei"))


def test_a_follower_without_licence_is_named_and_the_others_answered(corp: Caller, provider: Caller) -> None:
    page = provider.post(BATCH, {"userid_list": ["xuqiang", "18600000000"]})
    assert page["fail_info"] == {"unlicensed_userid_list": ["xuqiang"]}
    assert len(page["external_contact_list"]) == 12
    assert provider.post(BATCH, {"userid_list": ["xuqiang"]})["errcode"] == 701008
    assert "fail_info" not in corp.post(BATCH, {"userid_list": ["xuqiang"]})


def test_a_licence_can_be_taken_from_anybody(corp: Caller, sandbox: Sandbox) -> None:
    sandbox.faults.unlicensed("ZhangWei")
    page = corp.post(BATCH, {"userid_list": ["zhangwei", "fengxue"], "limit": 100})
    assert page["fail_info"] == {"unlicensed_userid_list": ["zhangwei"]}
    assert {row["follow_info"]["userid"] for row in page["external_contact_list"]} == {"fengxue"}


def test_members_have_names_unless_the_app_may_not_read_them(corp: Caller) -> None:
    assert corp.get("/user/get", userid="ZHANGWEI")["name"] == "张伟"
    assert corp.get("/user/get", userid="md0007")["userid"] == "md0007"
    for userid in ("sunli_sz", "18600000000"):
        assert corp.get("/user/get", userid=userid)["errcode"] == 60011
    assert corp.get("/user/get", userid="nobody")["errcode"] == 60111


def test_a_third_party_app_gets_userids_for_names(sandbox: Sandbox) -> None:
    with calling(sandbox, AppKind.THIRD_PARTY) as caller:
        assert caller.get("/user/get", userid="lina")["name"] == "lina"


def test_every_tag_of_c3_is_in_one_of_the_two_libraries(corp: Caller) -> None:
    known = set()
    for path in ("/externalcontact/get_corp_tag_list", "/externalcontact/get_strategy_tag_list"):
        for group in corp.post(path, {})["tag_group"]:
            known |= {tag["id"] for tag in group["tag"]}
    used = {one for row in corp.rows("lina", "zhangwei") for one in row["follow_info"].get("tag_id", ())}
    assert used
    assert used <= known


def test_tags_are_asked_for_by_id_deleted_ones_only_so(corp: Caller) -> None:
    path = "/externalcontact/get_corp_tag_list"
    groups = {group["group_name"]: group for group in corp.post(path, {})["tag_group"]}
    assert [tag["name"] for tag in groups["活动"]["tag"]] == ["年货节", "双十一"]
    whole = corp.post(path, {"group_id": [groups["活动"]["group_id"]]})["tag_group"]
    assert [tag["name"] for tag in whole[0]["tag"] if tag.get("deleted")] == ["春季团购"]
    one = corp.post(path, {"tag_id": [groups["活动"]["tag"][0]["id"]]})["tag_group"]
    assert [[tag["name"] for tag in group["tag"]] for group in one] == [["年货节"]]
    assert corp.post(path, {"tag_id": ["et0"]})["errcode"] == 40068


def contact_pages(caller: Caller, limit: int) -> list[Json]:
    pages, cursor = [], ""
    while True:
        page = caller.post("/externalcontact/contact_list", {"cursor": cursor, "limit": limit})
        assert page["errcode"] == 0
        pages.append(page)
        cursor = page["next_cursor"]
        if not cursor:
            return pages


def test_served_contacts_are_every_relation_and_some_who_are_nobodys_customer(corp: Caller) -> None:
    pages = contact_pages(corp, 1000)
    rows = [row for page in pages for row in page["info_list"]]
    assert [len(page["info_list"]) for page in pages] == [1000, 1000, 1000, 1000, 410]
    ours = {row["external_userid"] for row in rows if row["is_customer"] and row["follow_userid"] == "lina"}
    assert ours == set(corp.ids("lina"))
    others = [row for row in rows if not row["is_customer"]]
    assert all(row["name"].endswith("**") and row["chat_id"] for row in others)
    assert len({row["tmp_openid"] for row in rows}) == len(rows)


def test_a_tmp_openid_lives_for_one_traversal_and_a_cursor_for_four_hours(timed: Caller, clock: Clock) -> None:
    first = timed.post("/externalcontact/contact_list", {"limit": 10})
    clock.now += 1
    second = timed.post("/externalcontact/contact_list", {"limit": 10})
    assert first["info_list"][0]["tmp_openid"] != second["info_list"][0]["tmp_openid"]
    clock.now += 4 * 3600
    timed.token = fetch_token(timed.sandbox)
    late = timed.post("/externalcontact/contact_list", {"limit": 10, "cursor": first["next_cursor"]})
    assert late["errcode"] == 50100


def test_served_contacts_are_for_self_built_apps_alone(provider: Caller) -> None:
    assert provider.post("/externalcontact/contact_list", {})["errcode"] == 48002


def test_the_guides_own_path_answers_one_members_contacts(corp: Caller) -> None:
    path = "/externalcontact/list_member_non_data_contact"
    first = corp.post(path, {"userid": "zhangwei", "cursor": "", "limit": 200})
    rest = corp.post(path, {"userid": "zhangwei", "cursor": first["next_cursor"], "limit": 200})
    rows = first["info_list"] + rest["info_list"]
    assert [row["external_userid"] for row in rows] == corp.ids("zhangwei")
    assert rest["next_cursor"] == ""
