"""Names for followers: from WeCom where the app may read them, else from the operator's names.csv."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from console.store import Records, StoreFailure
from console.wecom.codes import (
    API_FORBIDDEN,
    INVALID_USERID,
    NO_PRIVILEGE_TO_CONTACT,
    NO_PRIVILEGE_TO_MEMBER,
    USERID_NOT_FOUND,
)
from console.wecom.errors import WeComError, WeComFailure

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

NAMES_IN_FLIGHT = 4
NOT_THIS_ONE = {INVALID_USERID, NO_PRIVILEGE_TO_CONTACT, NO_PRIVILEGE_TO_MEMBER, USERID_NOT_FOUND}


def read_names_file(path: Path) -> Mapping[str, str]:
    """Read an operator's names.csv: two columns, userid and name, UTF-8, a header line optional.

    Keys are userids in lower case, since WeCom compares them without case. A missing file is no names.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    import csv  # here: most have no such file

    rows = (row for row in csv.reader(text.splitlines()) if len(row) >= 2)
    names = {row[0].strip().casefold(): row[1].strip() for row in rows}
    names.pop("userid", None)
    return names


async def learn_names(client: WeComClient, records: Records, userids: Sequence[str]) -> AsyncGenerator[str]:
    """Read the names of followers (user/get), a few at once; yields each userid whose name came.

    It ends by itself, without an error, where this app may not read members at all.
    Follows WeCom document 90196.
    """
    slots = asyncio.Semaphore(NAMES_IN_FLIGHT)

    async def learn(userid: str) -> str | None:
        async with slots:
            try:
                member = await client.member(userid)
            except WeComError as failure:
                if failure.errcode in NOT_THIS_ONE:
                    return None
                raise
            if member.name:
                await records.followers.put_name(userid, member.name)
                return userid
            return None

    asked = [asyncio.create_task(learn(userid)) for userid in userids]
    try:
        for done in asyncio.as_completed(asked):
            if (named := await done) is not None:
                yield named
    except WeComError as failure:
        if failure.errcode != API_FORBIDDEN:
            return
    except (WeComFailure, StoreFailure):
        return
    finally:
        for task in asked:
            task.cancel()
