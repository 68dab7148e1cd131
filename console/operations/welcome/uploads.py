"""The files of welcome messages: uploaded once in three days, and before anybody waits for them where possible."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from console.store import Records
from console.wecom.media import MediaKind

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

SPARE = 3600.0
"""Seconds that a media id must still be good for when it is used."""


async def media_ids_of(client: WeComClient, records: Records, files: Mapping[Path, MediaKind]) -> dict[Path, str]:
    """The ids of these files: those that are still good, else they are uploaded now.

    Raises OSError, UnusableMedia and any other WeComFailure. Follows WeCom document 90253.
    """
    found: dict[Path, str] = {}
    for path, kind in files.items():
        content = await asyncio.to_thread(path.read_bytes)
        digest = sha256(content).hexdigest()
        known = records.welcomes.uploaded(kind.value, digest, good_at=records.clock() + SPARE)
        if known is None:
            uploaded = await client.upload_media(kind, path.name, content)
            known = uploaded.media_id
            records.welcomes.keep_upload(kind.value, digest, known, uploaded.good_until)
        found[path] = known
    return found
