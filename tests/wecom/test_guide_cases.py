"""The guide's section 8.1 for C1, C2 and C3, by its names, over HTTP to the sandbox."""

from __future__ import annotations

import pytest

from console.sandbox import Sandbox
from console.sandbox.cast import EVERYBODYS_FOLLOWERS
from console.wecom.client import WeComClient
from console.wecom.errors import WeComError

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
