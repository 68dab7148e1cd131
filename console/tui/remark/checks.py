"""What the editor asks of WeCom and of this computer while it is open; every failure is an answer."""

from __future__ import annotations

import asyncio

from console.language import _, system_words
from console.operations.explain import explain
from console.operations.remark.edits import PictureFile
from console.operations.remark.guard import RelationGone, RelationRead, read_relation
from console.operations.remark.pictures import picture_file
from console.operations.remark.values import SeenRemark
from console.operations.results import Failed
from console.session import Session
from console.text import safe_text


async def relation_now(session: Session, seen: SeenRemark) -> RelationRead | RelationGone | Failed:
    """The relation that a form stands on, read again."""
    try:
        client = await session.client()
        return await read_relation(client, session.records, seen.external_userid, seen.userid, session.profile.app_type)
    except Exception as failure:
        return Failed(failure)


async def trouble_with(picture: PictureFile) -> str:
    """Why a file can't be a remark's picture, in words; "" when it can."""
    try:
        await asyncio.to_thread(picture_file, picture.path)
    except OSError as failure:
        return _("can't be read: {reason}").format(reason=safe_text(system_words(failure)))
    except Exception as failure:
        return explain(failure).what
    return ""
