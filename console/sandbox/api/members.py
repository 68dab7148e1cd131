"""Members of staff."""

from __future__ import annotations

from console.sandbox.api import parameters
from console.sandbox.exchange import Answer, Refusal, Request
from console.sandbox.options import AppKind
from console.sandbox.staff import UNREADABLE
from console.sandbox.world import World
from console.wecom import codes


def member(world: World, request: Request) -> Answer:
    """user/get: a member's name and departments; 60011 for one outside the app's range.  Document 90196.

    A third-party app gets the userid in place of the name.
    """
    userid = parameters.text(request, "userid", missing=codes.MISSING_USERID)
    staff = world.people.staff
    number = staff.number(userid)
    if number is None or world.overlay.is_gone(number):
        raise Refusal(codes.USERID_NOT_FOUND)
    if staff.userid(number) in UNREADABLE:
        raise Refusal(codes.NO_PRIVILEGE_TO_CONTACT)
    profile = staff.profile(number)
    if request.kind is AppKind.THIRD_PARTY:
        profile["name"] = profile["userid"]
    return Answer(profile)
