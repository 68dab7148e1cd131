"""A remark's picture: looked at before it is planned, uploaded just before the remark is written."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.operations.remark.edits import PictureFile
from console.operations.remark.plan import Plan
from console.wecom.media import MediaKind, check_media

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

_MOST_READ: Final = 32 * 1024 * 1024


def picture_file(path: Path) -> PictureFile:
    """A file as a remark's picture. Raises OSError, and UnusableMedia for what WeCom does not take."""
    check_media(MediaKind.IMAGE, _content(path))
    return PictureFile(path)


async def with_uploaded_picture(client: WeComClient, plan: Plan) -> Plan:
    """The plan with its picture file at WeCom, good for three days; a plan without one as it is.

    Raises OSError and WeComFailure. Follows WeCom document 90253.
    """
    file = plan.picture_file
    if file is None:
        return plan
    content = await asyncio.to_thread(_content, file.path)
    uploaded = await client.upload_media(MediaKind.IMAGE, file.path.name, content)
    return plan.with_media(uploaded.media_id)


def _content(path: Path) -> bytes:
    """The file, as far as it matters: what is longer than this is refused for its length all the same."""
    with path.open("rb") as stream:
        return stream.read(_MOST_READ)
