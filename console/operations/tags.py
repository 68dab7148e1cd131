"""Names for tag ids: the company's tag groups and, where the corp has them, the rule groups'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.operations.results import Failed, Loaded
from console.store import Records, StoreFailure
from console.wecom.errors import WeComError, WeComFailure

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

COMPANY_TAGS = 1
RULE_TAGS = 3


async def read_tags(client: WeComClient, records: Records) -> Loaded[int] | Failed:
    """Read all tag groups into the store; the value is how many tags have a name now.

    A corp without rule groups, or an app that may not read them, still has its company tags.
    Follows WeCom documents 92117 and 94882.
    """
    try:
        company = await client.corp_tags()
        await records.tags.put_groups(COMPANY_TAGS, company)
        try:
            rules = await client.strategy_tags()
            await records.tags.put_groups(RULE_TAGS, rules)
        except WeComError:
            rules = []
    except (WeComFailure, StoreFailure) as failure:
        return Failed(failure)
    named = sum(len(group.tag or ()) for group in (*company, *rules))
    return Loaded(named, records.clock())
