"""Served contacts: WeCom's own list of the whole corp, and the list of one member that the guide describes."""

from __future__ import annotations

from console.sandbox import words
from console.sandbox.api import parameters
from console.sandbox.cursors import Cursor, read_cursor, write_cursor
from console.sandbox.exchange import Answer, Refusal, Request, to_rows
from console.sandbox.options import AppKind
from console.sandbox.payloads import Payload, masked_identity, served_contact, unserved_contact
from console.sandbox.world import World
from console.wecom import codes

CURSOR_LIFE = 4 * 3600
_EVERY = 21
"""One row in so many is somebody in a group chat who is nobody's customer."""


def contact_list(world: World, request: Request) -> Answer:
    """contact_list: customers and others, corp-wide, at most 1,000 a page; a traversal lives for four hours.

    Follows WeCom document 99434: self-built apps only.
    """
    if request.kind is not AppKind.SELF_BUILT:
        raise Refusal(codes.API_FORBIDDEN)
    size = parameters.limit(request, default=1000, most=1000)
    cursor = _cursor(world, request, "contacts")
    relations = world.people.division.relations
    total = relations + relations // (_EVERY - 1)
    end = min(cursor.offset + size, total)
    rows = to_rows(_row(world, place, cursor.began) for place in range(cursor.offset, end))
    following = write_cursor(Cursor(cursor.page + 1, end, cursor.began), "contacts") if end < total else ""
    return Answer({"next_cursor": following}, ("info_list", rows))


def member_contacts(world: World, request: Request) -> Answer:
    """list_member_non_data_contact, which only the guide (section 12) knows: one member's contacts, 100 a page."""
    member = parameters.follower(world, parameters.text(request, "userid", missing=codes.MISSING_USERID))
    size = parameters.limit(request, default=100, most=1000)
    scope = f"member/{member}/{request.kind}"
    cursor = _cursor(world, request, scope)
    people = world.people
    total = people.count(member)
    end = min(cursor.offset + size, total)

    def row(place: int) -> Payload:
        number = people.person_at(member, place)
        return {
            "external_userid": people.identities.external_userid(number, request.kind),
            "name": people.person(number).name,
            "add_time": people.relation(number, member).createtime,
        }

    rows = to_rows(row(place) for place in range(cursor.offset, end))
    following = write_cursor(Cursor(cursor.page + 1, end, cursor.began), scope) if end < total else ""
    return Answer({"next_cursor": following}, ("info_list", rows))


def _row(world: World, place: int, began: float) -> Payload:
    people = world.people
    tmp_openid = masked_identity(people.identities, f"tmp/{began}/{place}")
    if place % _EVERY == _EVERY - 1:
        member = place * 13 % people.staff.size
        room = words.ROOMS[place % len(words.ROOMS)]
        chat = ("wrOgQhDgAA" + people.identities.opaque(f"chat/{room}", 22), room)
        name = words.NICKNAMES[place * 7 % len(words.NICKNAMES)]
        added = int(people.now) - place * 7919 % 900 * 86_400
        return unserved_contact(tmp_openid, name, people.staff.userid(member), chat, added)
    member, at = people.division.holder(place - place // _EVERY)
    number = people.person_at(member, at)
    external_userid = people.identities.external_userid(number, AppKind.SELF_BUILT)
    added = people.relation(number, member).createtime
    return served_contact(tmp_openid, external_userid, people.staff.userid(member), added)


def _cursor(world: World, request: Request, scope: str) -> Cursor:
    if not request.cursor:
        return Cursor(1, 0, world.clock())
    cursor = read_cursor(request.cursor, scope)
    if cursor is None or world.clock() - cursor.began > CURSOR_LIFE:
        raise Refusal(codes.INVALID_CURSOR)
    return cursor
