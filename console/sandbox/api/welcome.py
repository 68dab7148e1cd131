"""send_welcome_msg: the one message for a welcome code."""

from __future__ import annotations

from console.sandbox.exchange import Answer, Refusal, Request
from console.sandbox.world import World
from console.wecom import codes

MOST_ATTACHMENTS = 9
_LONGEST_TEXT = 4000
_NEEDED = {
    "image": (),
    "link": ("title", "url"),
    "miniprogram": ("title", "pic_media_id", "appid", "page"),
    "video": ("media_id",),
    "file": ("media_id",),
}
_LONGEST = {("link", "title"): 128, ("link", "desc"): 512, ("miniprogram", "title"): 64}
_MEDIA = ("media_id", "pic_media_id")


def send_welcome(world: World, request: Request) -> Answer:
    """Send it, once and within 20 seconds; lengths are in bytes.  Follows WeCom document 92137."""
    code = request.params.get("welcome_code")
    if not isinstance(code, str) or not code:
        raise Refusal(codes.MISSING_WELCOME_CODE)
    text = request.params.get("text")
    attachments = request.params.get("attachments")
    content = text.get("content", "") if isinstance(text, dict) else ""
    if not isinstance(content, str) or len(content.encode()) > _LONGEST_TEXT:
        raise Refusal(codes.INVALID_PARAMETER, "text.content exceed max length 4000")
    if attachments is not None and not isinstance(attachments, list):
        raise Refusal(codes.INVALID_PARAMETER, "field `attachments` expect type `array`")
    if not content and not attachments:
        raise Refusal(codes.INVALID_PARAMETER, "text and attachments can not be both empty")
    if len(attachments or ()) > MOST_ATTACHMENTS:
        raise Refusal(codes.TOO_MANY_ATTACHMENTS)
    for attachment in attachments or ():
        _check(world, attachment)
    world.welcomes.use(code, {key: value for key, value in request.params.items() if key != "welcome_code"})
    return Answer()


def _check(world: World, attachment: object) -> None:
    kind = attachment.get("msgtype") if isinstance(attachment, dict) else None
    if not isinstance(attachment, dict) or kind not in _NEEDED:
        raise Refusal(codes.INVALID_ATTACHMENT_TYPE)
    part = attachment.get(kind)
    if not isinstance(part, dict) or any(not part.get(name) for name in _NEEDED[kind]):
        raise Refusal(codes.INVALID_PARAMETER, f"invalid attachment `{kind}`")
    if kind == "image" and not (part.get("media_id") or part.get("pic_url")):
        raise Refusal(codes.INVALID_PARAMETER, "media_id and pic_url can not be both empty")
    for (of, name), longest in _LONGEST.items():
        if of == kind and len(str(part.get(name, "")).encode()) > longest:
            raise Refusal(codes.INVALID_PARAMETER, f"{of}.{name} exceed max length {longest}")
    for name in _MEDIA:
        if part.get(name) and not world.media.knows(str(part[name])):
            raise Refusal(codes.INVALID_MEDIA_ID)
