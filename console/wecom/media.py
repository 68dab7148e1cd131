"""Files for WeCom (media/upload): which ones it takes, and the form they travel in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from console.wecom.errors import WeComFailure

UPLOAD: Final = "/media/upload"
MEDIA_LIFE: Final = 3 * 86_400.0
"""Seconds from its upload in which a media id can be used."""

_LEAST_BYTES: Final = 6
_IMAGES: Final = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


class MediaKind(StrEnum):
    """The `type` of an upload."""

    IMAGE = "image"
    VIDEO = "video"
    FILE = "file"


_MEGABYTE: Final = 1024 * 1024
_MOST_BYTES: Final = {
    MediaKind.IMAGE: 10 * _MEGABYTE,
    MediaKind.VIDEO: 10 * _MEGABYTE,
    MediaKind.FILE: 20 * _MEGABYTE,
}


@dataclass(frozen=True, slots=True)
class UploadedMedia:
    """A file that WeCom keeps for `MEDIA_LIFE`, for all apps of the corp; `created_at` in Unix seconds."""

    media_id: str
    created_at: float

    @property
    def good_until(self) -> float:
        """The end of its life, in Unix seconds."""
        return self.created_at + MEDIA_LIFE


class WhyUnusable(StrEnum):
    """What keeps a file from being uploaded."""

    NOT_AN_IMAGE = "neither PNG nor JPEG"
    NOT_A_VIDEO = "not MP4"
    TOO_SMALL = "too few bytes"
    TOO_LARGE = "too many bytes"


class UnusableMedia(WeComFailure):
    """A file that is refused before any request; `size` and `limit` in bytes, `limit` 0 where none is in question."""

    endpoint = UPLOAD
    may_have_arrived = False

    def __init__(self, why: WhyUnusable, size: int, limit: int = 0) -> None:
        super().__init__(why, size, limit)
        self.why = why
        self.size = size
        self.limit = limit

    def __str__(self) -> str:
        return f"{self.endpoint}: not sent: {self.why.value}, {self.size} bytes"


@dataclass(frozen=True, slots=True)
class Form:
    """A request body with its Content-Type."""

    content_type: str
    content: bytes = field(repr=False)


def check_media(kind: MediaKind, content: bytes) -> str:
    """The MIME type of a file that WeCom takes as this kind, told by its first bytes.

    Raises UnusableMedia. An image is a PNG or JPEG of 6 bytes to 10 MB, a video an MP4 of at most 10 MB, a file
    anything of at most 20 MB. Follows WeCom document 90253.
    """
    size = len(content)
    if size < _LEAST_BYTES:
        raise UnusableMedia(WhyUnusable.TOO_SMALL, size, _LEAST_BYTES)
    mime = _mime_of(kind, content)
    if size > _MOST_BYTES[kind]:
        raise UnusableMedia(WhyUnusable.TOO_LARGE, size, _MOST_BYTES[kind])
    return mime


def _mime_of(kind: MediaKind, content: bytes) -> str:
    match kind:
        case MediaKind.IMAGE:
            found = next((mime for magic, mime in _IMAGES if content.startswith(magic)), None)
            if found is None:
                raise UnusableMedia(WhyUnusable.NOT_AN_IMAGE, len(content))
            return found
        case MediaKind.VIDEO:
            if content[4:8] != b"ftyp":
                raise UnusableMedia(WhyUnusable.NOT_A_VIDEO, len(content))
            return "video/mp4"
        case MediaKind.FILE:
            return "application/octet-stream"


def media_form(file_name: str, mime: str, content: bytes) -> Form:
    """One file as multipart/form-data, under the name `media`.

    The name and its length stand in the part's own header. Follows WeCom document 90253.
    """
    # A hash of the content can't stand in the content, so it parts safely.
    boundary = f"wecom-console-{blake2b(content, digest_size=16).hexdigest()}"
    name = file_name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="media"; filename="{name}"; filelength={len(content)}\r\n'
        f"Content-Type: {mime}\r\n\r\n"
    )
    content = head.encode("utf-8", "replace") + content + f"\r\n--{boundary}--\r\n".encode()
    return Form(f"multipart/form-data; boundary={boundary}", content)
