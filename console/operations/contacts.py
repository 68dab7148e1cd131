"""Served contacts: everybody the company has served, customers or not (contact_list), or the guide's own path."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

from console.operations.results import Empty, EmptyReason, Failed, Loaded, Reading
from console.settings import AppType, Profile
from console.store import Records, StoreFailure
from console.wecom.errors import WeComFailure

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

GUIDE_PATH = "/externalcontact/list_member_non_data_contact"
GUIDE_PAGE = 100


async def read_contacts(
    client: WeComClient, records: Records, profile: Profile, userid: str | None = None
) -> AsyncGenerator[Reading | Loaded[int] | Empty | Failed]:
    """Read the served contacts into the store, replacing what was known: a `Reading` a page, then how it ended.

    The official list is of the whole company; the guide's path needs a `userid` and returns that follower's.
    Follows WeCom document 99434.
    """
    by_guide = profile.contacts_path == GUIDE_PATH
    if not by_guide and profile.app_type is not AppType.SELF_BUILT:
        yield Empty(EmptyReason.NOT_GIVEN, records.clock())
        return
    read = page = 0
    rows: list[dict[str, object]] = []
    try:
        if by_guide:
            cursor = ""
            while True:
                batch = await client.guide_contacts(userid or "", cursor, GUIDE_PAGE)
                rows += [{**row, "follow_userid": userid} for row in batch.rows]
                page += 1
                yield Reading(len(rows), None, page)
                if not (cursor := batch.next_cursor):
                    break
        else:
            async for contacts in client.contact_pages():
                rows = [] if contacts.restarted else rows
                rows += contacts.raw_rows
                page += 1
                read = len(rows)
                yield Reading(read, None, page)
        await records.contacts.replace(rows, userid=userid if by_guide else None)
    except (WeComFailure, StoreFailure) as failure:
        yield Failed(failure)
        return
    read_at = records.clock()
    yield Loaded(len(rows), read_at) if rows else Empty(EmptyReason.NO_CONTACTS, read_at)
