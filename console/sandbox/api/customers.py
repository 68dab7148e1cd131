"""Followers and their customers: C5, C1, C2 and C3."""

from __future__ import annotations

from console.sandbox.api import parameters
from console.sandbox.cursors import Cursor, read_cursor, write_cursor
from console.sandbox.exchange import Answer, Refusal, Request, to_rows
from console.sandbox.fault_kinds import FaultKind
from console.sandbox.options import AppKind
from console.sandbox.payloads import Payload, external_contact, follow_info, follow_user
from console.sandbox.staff import UNLICENSED
from console.sandbox.world import World
from console.wecom import codes

FOLLOWERS_PER_PAGE = 500


def follow_user_list(world: World, request: Request) -> Answer:
    """C5: the userids of all followers.  Follows WeCom document 92571."""
    staff = world.people.staff
    return Answer(
        {"follow_user": [staff.userid(number) for number in range(staff.size) if not world.overlay.is_gone(number)]}
    )


def customer_list(world: World, request: Request) -> Answer:
    """C1: all ids of a follower's customers; 84061 when there is none.  Follows WeCom document 92113."""
    member = parameters.follower(world, parameters.text(request, "userid", missing=codes.MISSING_USERID))
    people, overlay = world.people, world.overlay

    def ids() -> str:
        spell, kind = people.identities.external_userid, request.kind
        persons = (overlay.person_at(member, place) for place in range(overlay.count(member)))
        return to_rows(spell(number, kind) for number in persons if overlay.holds(number, member))

    rows = world.rendered.get(("c1", request.kind, member, overlay.version), ids)
    if not rows:
        raise Refusal(codes.NOT_EXTERNAL_CONTACT)
    return Answer(rows=("external_userid", rows))


def customer(world: World, request: Request) -> Answer:
    """C2: a customer and 500 of its followers a page.  Follows WeCom document 92114."""
    asked = parameters.text(request, "external_userid", missing=codes.MISSING_EXTERNAL_USERID)
    people, overlay, kind = world.people, world.overlay, request.kind
    number = people.identities.person(asked, kind)
    if number is None or not overlay.ever_followers(number):
        raise Refusal(codes.INVALID_EXTERNAL_USERID, f"invalid string value `{asked}`")
    members = overlay.followers(number)
    if not members:
        raise Refusal(codes.NOT_EXTERNAL_CONTACT)
    cursor = _cursor(request, f"c2/{kind}/{asked}", world.clock())
    if not request.cursor:
        overlay.lift(number)
    person = people.person(number)
    end = cursor.offset + FOLLOWERS_PER_PAGE

    def page() -> str:
        return to_rows(
            follow_user(overlay.relation(number, member), people.staff.userid(member), person.type, asked, kind)
            for member in members[cursor.offset : end]
        )

    rows = world.rendered.get(("c2", kind, number, cursor.offset, overlay.version), page)
    answer = Answer({"external_contact": external_contact(person, asked, kind)}, ("follow_user", rows))
    if len(members) > FOLLOWERS_PER_PAGE:
        answer.fields["next_cursor"] = _next(cursor, end, len(members), f"c2/{kind}/{asked}")
    if not request.cursor:
        world.colleague.was_read(number)
    return answer


def batch(world: World, request: Request) -> Answer:
    """C3: the customers of up to 100 followers, at most 100 rows a page.  Follows WeCom document 92994."""
    userids = parameters.texts(request, "userid_list", 100)
    if userids is None:
        raise Refusal(codes.INVALID_PARAMETER, "missing field `userid_list`")
    size = parameters.limit(request, default=50, most=100)
    people, kind = world.people, request.kind
    asked = list(dict.fromkeys(parameters.follower(world, userid) for userid in userids))
    unlicensed = [member for member in asked if _lacks_licence(world, member, kind)]
    members = [member for member in asked if member not in unlicensed]
    if not members:
        raise Refusal(codes.NO_LICENSED_USER)
    scope = f"c3/{kind}/{members}"
    cursor = _cursor(request, scope, world.clock())
    total = sum(world.overlay.count(member) for member in members)
    stretches = _stretches(world, members, cursor.offset, size)
    rows = ",".join(filter(None, (_batch_rows(world, *stretch, kind) for stretch in stretches)))
    end = cursor.offset + size
    following = _next(cursor, end, total, scope)
    fault = request.fault
    if fault is not None and fault.kind is FaultKind.EMPTY_PAGE:
        rows = ""
        again = Cursor(cursor.page + 1, cursor.offset, cursor.began, cursor.serial + 1)
        following = write_cursor(again, scope)
    elif fault is not None and fault.kind is FaultKind.REPEAT_CURSOR:
        following = request.cursor or following
    answer = Answer({"next_cursor": following}, ("external_contact_list", rows))
    if unlicensed:
        names = [people.staff.userid(member) for member in unlicensed]
        answer.fields["fail_info"] = {"unlicensed_userid_list": names}
    return answer


def _batch_rows(world: World, member: int, start: int, stop: int, kind: AppKind) -> str:
    people, overlay = world.people, world.overlay
    userid = people.staff.userid(member)

    def row(number: int) -> Payload:
        person = people.person(number)
        external_userid = people.identities.external_userid(number, kind)
        relation = overlay.relation(number, member)
        return {
            "external_contact": external_contact(person, external_userid, kind),
            "follow_info": follow_info(relation, userid, person.type, external_userid, kind),
        }

    def rows() -> str:
        persons = (overlay.person_at(member, place) for place in range(start, stop))
        return to_rows(row(number) for number in persons if overlay.holds(number, member))

    return world.rendered.get(("c3", kind, member, start, stop, overlay.version), rows)


def _stretches(world: World, members: list[int], offset: int, size: int) -> list[tuple[int, int, int]]:
    """The rows of a page: each follower's, from one place to another."""
    found: list[tuple[int, int, int]] = []
    for member in members:
        count = world.overlay.count(member)
        if offset < count:
            stop = min(count, offset + size)
            found.append((member, offset, stop))
            size -= stop - offset
            if not size:
                break
        offset = max(0, offset - count)
    return found


def _lacks_licence(world: World, member: int, kind: AppKind) -> bool:
    userid = world.people.staff.userid(member)
    return world.faults.lacks_licence(userid) or (kind is not AppKind.SELF_BUILT and userid in UNLICENSED)


def _cursor(request: Request, scope: str, now: float) -> Cursor:
    given = request.params.get("cursor", "")
    if not isinstance(given, str):
        raise Refusal(codes.INVALID_PARAMETER, "field `cursor` expect type `string`")
    if not given:
        return Cursor(1, 0, now)
    cursor = read_cursor(given, scope)
    if cursor is None:
        raise Refusal(codes.INVALID_CURSOR)
    return cursor


def _next(cursor: Cursor, end: int, total: int, scope: str) -> str:
    if end >= total:
        return ""
    return write_cursor(Cursor(cursor.page + 1, end, cursor.began, cursor.serial), scope)
