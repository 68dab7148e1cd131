"""media/upload: a file comes as a form, and its id goes back."""

from __future__ import annotations

import re

from console.sandbox.exchange import Answer, Refusal, Request
from console.sandbox.world import World
from console.wecom import codes

MOST_IMAGE = 10 << 20
MOST_FILE = 20 << 20
_KINDS = frozenset({"image", "voice", "video", "file"})
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_BOUNDARY = re.compile(r'^multipart/form-data;.*\bboundary="?([^";,]+)', re.IGNORECASE)
_IS_MEDIA = re.compile(rb'^content-disposition: *form-data;.*\bname="media"', re.IGNORECASE | re.MULTILINE)
_HAS_NAME = re.compile(rb"^content-disposition:.*\bfilename\*?=", re.IGNORECASE | re.MULTILINE)


def upload(world: World, request: Request) -> Answer:
    """media/upload: the id of a file for three days; an image is PNG or JPEG.  Follows WeCom document 90253."""
    kind = request.query.get("type", "")
    if kind not in _KINDS:
        raise Refusal(codes.INVALID_MEDIA_KIND)
    content = _file(request)
    if len(content) <= 5 or len(content) > MOST_FILE:
        raise Refusal(codes.INVALID_FILE_SIZE)
    if kind == "image" and len(content) > MOST_IMAGE:
        raise Refusal(codes.INVALID_IMAGE_SIZE)
    if kind == "image" and not content.startswith(_IMAGES):
        raise Refusal(codes.INVALID_MEDIA_FORMAT)
    media_id, came = world.media.take()
    return Answer({"type": kind, "media_id": media_id, "created_at": str(came)})


def _file(request: Request) -> bytes:
    """The content of the form's part `media`, which has a file name; 44001 without one."""
    boundary = _BOUNDARY.search(request.content_type)
    parts = request.body.split(b"--" + boundary.group(1).encode()) if boundary else []
    for part in parts[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if _IS_MEDIA.search(head) and _HAS_NAME.search(head):
            return content.removesuffix(b"\r\n")
    raise Refusal(codes.EMPTY_MEDIA)
