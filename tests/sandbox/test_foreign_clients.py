"""Somebody else's client: wechatpy, with its own methods where they are right and its raw ones where not."""

from __future__ import annotations

from typing import Any, TypeAlias

import pytest
from wechatpy.exceptions import WeChatClientException
from wechatpy.work import WeChatClient

from console.sandbox import Sandbox
from tests.conftest import LI_JIANGUO

Foreign: TypeAlias = Any
"""wechatpy has no type hints."""


@pytest.fixture
def wechatpy(sandbox: Sandbox) -> Foreign:
    """wechatpy's client, told of another address in the two places where it keeps WeCom's."""

    class Client(WeChatClient):  # type: ignore[misc]
        API_BASE_URL = f"{sandbox.base_url}/cgi-bin/"

        def fetch_access_token(self) -> Foreign:
            params = {"corpid": self.corp_id, "corpsecret": self.secret}
            return self._fetch_access_token(url=f"{self.API_BASE_URL}gettoken", params=params)

    client = Client(sandbox.credentials.corp_id, sandbox.credentials.secret)
    client._http.trust_env = False
    return client


def test_it_gets_a_token_and_keeps_it(wechatpy: Foreign, sandbox: Sandbox) -> None:
    wechatpy.external_contact.get_follow_user_list()
    wechatpy.external_contact.get_follow_user_list()
    assert sandbox.requests["/gettoken"] == 1


def test_it_lists_followers_and_their_customers(wechatpy: Foreign) -> None:
    followers = wechatpy.external_contact.get_follow_user_list()["follow_user"]
    assert followers[:2] == ["zhangwei", "lina"]
    assert len(wechatpy.external_contact.list("zhangwei")["external_userid"]) == 212


def test_it_is_told_84061_for_a_follower_without_customers(wechatpy: Foreign) -> None:
    with pytest.raises(WeChatClientException) as caught:
        wechatpy.external_contact.list("liuyang02")
    assert caught.value.errcode == 84061


def test_it_reads_a_customer_of_one_page(wechatpy: Foreign) -> None:
    detail = wechatpy.external_contact.get(LI_JIANGUO)
    assert detail["external_contact"]["name"] == "李建国@城建"
    assert [one["userid"] for one in detail["follow_user"]] == ["zhangwei", "lina"]
    assert "next_cursor" not in detail


def test_it_reads_a_customer_of_three_pages_with_raw_get(wechatpy: Foreign, sandbox: Sandbox) -> None:
    asked = {"external_userid": sandbox.external_userid("何太")}
    sizes, cursor = [], ""
    while True:
        page = wechatpy.get("externalcontact/get", params={**asked, "cursor": cursor})
        sizes.append(len(page["follow_user"]))
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert sizes == [500, 500, 200]


def test_it_reads_batches_with_raw_post(wechatpy: Foreign) -> None:
    names, cursor = [], ""
    while True:
        body = {"userid_list": ["zhangwei"], "cursor": cursor, "limit": 100}
        page = wechatpy.post("externalcontact/batch/get_by_user", data=body)
        names += [row["external_contact"]["name"] for row in page["external_contact_list"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert len(names) == 212
    assert "李建国@城建" in names


def test_its_own_batch_method_sends_the_obsolete_field_and_is_refused_as_wecom_refuses_it(wechatpy: Foreign) -> None:
    with pytest.raises(WeChatClientException) as caught:
        wechatpy.external_contact.batch_get_by_user("zhangwei")
    assert caught.value.errcode == 40058
    assert caught.value.errmsg.startswith("missing field `userid_list`. invalid Request Parameter, hint: [")


def test_it_gets_a_new_token_by_itself_when_the_old_one_is_worth_nothing(wechatpy: Foreign, sandbox: Sandbox) -> None:
    wechatpy.external_contact.get_follow_user_list()
    sandbox.faults.expire_tokens()
    assert wechatpy.external_contact.get_follow_user_list()["errcode"] == 0
    assert sandbox.requests["/gettoken"] == 2


def test_it_reads_members_and_tags(wechatpy: Foreign) -> None:
    assert wechatpy.user.get("zhangwei")["name"] == "张伟"
    groups = wechatpy.external_contact.get_corp_tag_list()["tag_group"]
    assert "客户等级" in [group["group_name"] for group in groups]


def test_it_uploads_a_picture_and_writes_a_remark_with_raw_post(wechatpy: Foreign) -> None:
    media_id = wechatpy.media.upload("image", ("门头.png", b"\x89PNG\r\n\x1a\n......"))["media_id"]
    body = {"userid": "zhangwei", "external_userid": LI_JIANGUO, "remark": "李部长", "remark_mobiles": ["13800000002"]}
    wechatpy.post("externalcontact/remark", data={**body, "remark_pic_mediaid": media_id})
    mine = wechatpy.external_contact.get(LI_JIANGUO)["follow_user"][0]
    assert (mine["userid"], mine["remark"], mine["remark_mobiles"]) == ("zhangwei", "李部长", ["13800000002"])
    assert mine["remark_corp_name"] == "城建三局"
