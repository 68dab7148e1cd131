"""The guide's section 8.1 for C1, C2, C3, C4 and C6, by its names, over HTTP to the sandbox."""

from __future__ import annotations

import json

import pytest

from console.sandbox import Sandbox
from console.sandbox.cast import EVERYBODYS_FOLLOWERS
from console.sandbox.visitors import VISITORS
from console.wecom.client import WeComClient
from console.wecom.errors import WeComError
from tests.conftest import LI_JIANGUO
from tests.wecom.conftest import FakeTime, client_of_sandbox

NEWBIE = "liuyang02"
"""The follower of the sandbox who has no customers."""


async def test_list_external_contacts_success(crm: WeComClient) -> None:
    result = await crm.customer_ids("zhangwei")
    assert len(result) >= 2
    assert result[0].startswith("wo")


async def test_list_external_contacts_no_customer(crm: WeComClient) -> None:
    with pytest.raises(WeComError) as refused:
        await crm.customer_ids(NEWBIE)
    assert refused.value.errcode == 84061
    assert refused.value.summary == "not external contact"


async def test_get_external_contact_with_pagination(crm: WeComClient, sandbox: Sandbox) -> None:
    result = await crm.customer(sandbox.external_userid("Mrs.He"))
    assert len(result.follow_users) == EVERYBODYS_FOLLOWERS > 500
    assert result.pages == 3
    assert sandbox.requests["/externalcontact/get"] == 3
    assert len({(follower.userid or "").lower() for follower in result.follow_users}) == EVERYBODYS_FOLLOWERS


async def test_batch_returns_follow_info_not_follow_user(crm: WeComClient) -> None:
    pages = crm.batch_pages(["zhangwei"])
    page = await anext(pages)
    await pages.aclose()
    assert all("follow_info" in raw and "follow_user" not in raw for raw in page.raw_rows)
    tagged = [row.follow_info for row in page.rows if row.follow_info and row.follow_info.tag_id]
    assert tagged
    assert not any("tags" in (row.follow_info.model_extra or {}) for row in page.rows if row.follow_info)


async def mobiles_of_zhangwei(crm: WeComClient) -> list[str] | None:
    detail = await crm.customer(LI_JIANGUO)
    return next(follower.remark_mobiles for follower in detail.follow_users if follower.userid == "zhangwei")


async def test_remark_mobiles_overwrite(crm: WeComClient, sandbox: Sandbox) -> None:
    assert await mobiles_of_zhangwei(crm) == ["13800000001", "13912342280"]
    await crm.remark({"userid": "zhangwei", "external_userid": LI_JIANGUO, "remark_mobiles": ["13800000002"]})
    assert json.loads(sandbox.bodies["/externalcontact/remark"])["remark_mobiles"] == ["13800000002"]
    assert await mobiles_of_zhangwei(crm) == ["13800000002"]


async def test_remark_clear_mobiles(crm: WeComClient, sandbox: Sandbox) -> None:
    await crm.remark({"userid": "zhangwei", "external_userid": LI_JIANGUO, "remark_mobiles": [""]})
    assert json.loads(sandbox.bodies["/externalcontact/remark"])["remark_mobiles"] == [""]
    assert await mobiles_of_zhangwei(crm) == []


async def test_unionid_returns_pending_id(sandbox: Sandbox, fake_time: FakeTime) -> None:
    async with client_of_sandbox(sandbox, fake_time, sandbox.credentials.permanent_code) as delegated:
        result = await delegated.convert_unionid(VISITORS[0].unionid, VISITORS[0].openid)
    assert result.pending_id is not None
    assert result.external_userid is None
