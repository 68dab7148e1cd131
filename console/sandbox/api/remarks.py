"""C4: a follower's own words about a customer."""

from __future__ import annotations

from console.sandbox.api import parameters
from console.sandbox.exchange import Answer, Refusal, Request
from console.sandbox.fault_kinds import FaultKind
from console.sandbox.news import EDITED, News
from console.sandbox.records import WECHAT
from console.sandbox.world import World
from console.wecom import codes

_LONGEST = {"remark": 20, "description": 150, "remark_company": 20}
_ALL_EMPTY = "remark, description, remark_company, remark_mobiles and remark_pic_mediaid can not be all empty"
_TEXTS = (*_LONGEST, "remark_pic_mediaid")


def remark(world: World, request: Request) -> Answer:
    """C4: change what the body names and nothing else; `remark_mobiles` replaces all numbers, [""] clears them.

    84061 when the member has no such customer. Follows WeCom document 92115.
    """
    member = parameters.follower(world, parameters.text(request, "userid", missing=codes.MISSING_USERID))
    asked = parameters.text(request, "external_userid", missing=codes.MISSING_EXTERNAL_USERID)
    texts = {name: _text(request, name) for name in _TEXTS}
    mobiles = _mobiles(request)
    if not mobiles and not any(texts.values()) and not _is_taken_empty(world, texts):
        raise Refusal(codes.INVALID_PARAMETER, _ALL_EMPTY)
    people, overlay = world.people, world.overlay
    person = people.identities.person(asked, request.kind)
    if person is None or not overlay.ever_followers(person):
        raise Refusal(codes.INVALID_EXTERNAL_USERID, f"invalid string value `{asked}`")
    world.colleague.write_comes(person, member)
    if member not in overlay.followers(person):
        raise Refusal(codes.NOT_EXTERNAL_CONTACT)
    picture = texts["remark_pic_mediaid"]
    if picture and not world.media.knows(picture):
        raise Refusal(codes.INVALID_MEDIA_ID)
    company = texts["remark_company"] if people.person(person).type == WECHAT else None
    numbers = None if mobiles is None else [number for number in mobiles if number]
    fault = request.fault
    if fault is not None and fault.kind is FaultKind.NOT_DONE:
        return Answer()
    if fault is not None and fault.kind is FaultKind.SEEN_LATE:
        overlay.keep_showing(person, member, reads=fault.reads, milliseconds=fault.milliseconds)
    overlay.change(person, member, lambda now: now.rewritten(texts["remark"], texts["description"], company, numbers))
    if world.callbacks.tells_api_writes:
        world.callbacks.tell(News(EDITED, person, member, mobiles_alone=set(texts.values()) == {None}))
    return Answer()


def _text(request: Request, name: str) -> str | None:
    value = request.params.get(name)
    if value is not None and not isinstance(value, str):
        raise Refusal(codes.INVALID_PARAMETER, f"field `{name}` expect type `string`")
    longest = _LONGEST.get(name)
    if value is not None and longest is not None and len(value) > longest:
        raise Refusal(codes.INVALID_PARAMETER, f"{name} exceed max length {longest}")
    return value


def _mobiles(request: Request) -> list[str] | None:
    """The numbers of the body; an empty list counts as none given."""
    value = request.params.get("remark_mobiles")
    if value is not None and not isinstance(value, list):
        raise Refusal(codes.INVALID_PARAMETER, "field `remark_mobiles` expect type `array`")
    if value and not all(isinstance(one, str) for one in value):
        raise Refusal(codes.INVALID_PARAMETER, "field `remark_mobiles` expect type `string`")
    return value or None


def _is_taken_empty(world: World, texts: dict[str, str | None]) -> bool:
    return world.faults.takes_empty_updates and any(text is not None for text in texts.values())
