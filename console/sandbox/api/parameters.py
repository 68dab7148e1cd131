"""Reading parameters as WeCom does: what is missing, of the wrong type, or too long is refused in its words."""

from __future__ import annotations

import re

from console.sandbox.exchange import Refusal, Request
from console.sandbox.staff import FORBIDDEN
from console.sandbox.world import World
from console.wecom import codes

_USERID = re.compile(r"[A-Za-z0-9_.@-]+")


def text(request: Request, name: str, *, missing: int = codes.INVALID_PARAMETER) -> str:
    """A string that must be there; `missing` is the errcode when it is not."""
    value = request.params.get(name)
    if value is None or value == "":
        raise Refusal(missing, f"missing field `{name}`" if missing == codes.INVALID_PARAMETER else "")
    if not isinstance(value, str):
        raise Refusal(codes.INVALID_PARAMETER, f"field `{name}` expect type `string`")
    return value


def texts(request: Request, name: str, most: int) -> list[str] | None:
    """A list of strings of at most 64 bytes each; None when it is not there."""
    value = request.params.get(name)
    if value is None:
        return None
    if not isinstance(value, list):
        raise Refusal(codes.INVALID_PARAMETER, f"field `{name}` expect type `array`")
    if not 1 <= len(value) <= most:
        raise Refusal(codes.INVALID_PARAMETER, f"field `{name}` expect array size in [1, {most}]")
    for one in value:
        if not isinstance(one, str):
            raise Refusal(codes.INVALID_PARAMETER, f"field `{name}` expect type `string`")
        if len(one.encode()) > 64:
            raise Refusal(codes.INVALID_PARAMETER, f"{name} exceed max length 64")
    return list(value)


def limit(request: Request, *, default: int, most: int) -> int:
    """The page size: `default` when absent or not positive, `most` when larger than that."""
    value = request.params.get("limit", default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refusal(codes.INVALID_PARAMETER, "field `limit` expect type `uint32`")
    return min(value, most) if value > 0 else default


def follower(world: World, userid: str) -> int:
    """The follower that a userid means.

    Refuses a malformed one (40003), nobody's (60111), one that the app has no right over (60011) and a member without
    the customer contact function (84083).
    """
    staff = world.people.staff
    number = staff.number(userid)
    if number is None:
        if len(userid.encode()) > 64:
            raise Refusal(codes.INVALID_PARAMETER, "userid exceed max length 64")
        raise Refusal(codes.USERID_NOT_FOUND if _USERID.fullmatch(userid) else codes.INVALID_USERID)
    if world.overlay.is_gone(number):
        raise Refusal(codes.USERID_NOT_FOUND)
    if staff.userid(number) == FORBIDDEN:
        raise Refusal(codes.NO_PRIVILEGE_TO_CONTACT)
    if not staff.serves_customers(number):
        raise Refusal(codes.NOT_A_FOLLOWER)
    return number
