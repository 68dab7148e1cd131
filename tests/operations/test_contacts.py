"""Served contacts: the official list, the guide's own path, and the kinds of app that get neither."""

from __future__ import annotations

from console.operations.contacts import GUIDE_PATH, read_contacts
from console.operations.results import Empty, EmptyReason, Loaded
from console.sandbox import AppKind, Sandbox
from console.settings import AppType, Profile
from tests.operations.conftest import Desk, OpenDesk


async def test_the_official_list_is_of_the_whole_company(desk: Desk) -> None:
    *_readings, outcome = [o async for o in read_contacts(desk.client, desk.records, Profile("acme", "ww1"))]

    assert isinstance(outcome, Loaded)
    assert outcome.value == len(desk.records.contacts.select())
    assert 0 < len(desk.records.contacts.select("zhangwei")) < outcome.value


async def test_it_is_not_asked_for_with_another_kind_of_app(open_desk: OpenDesk, sandbox: Sandbox) -> None:
    desk = open_desk(AppKind.DELEGATED)
    profile = Profile("acme", "ww1", AppType.DELEGATED)

    [outcome] = [o async for o in read_contacts(desk.client, desk.records, profile)]

    assert isinstance(outcome, Empty)
    assert outcome.reason is EmptyReason.NOT_GIVEN
    assert not sandbox.requests


async def test_the_guides_path_is_asked_when_the_settings_say_so(desk: Desk, sandbox: Sandbox) -> None:
    profile = Profile("acme", "ww1", contacts_path=GUIDE_PATH)

    *_readings, outcome = [o async for o in read_contacts(desk.client, desk.records, profile, "zhangwei")]

    assert isinstance(outcome, Loaded)
    assert sandbox.requests[GUIDE_PATH] >= 1
    assert sandbox.requests["/externalcontact/contact_list"] == 0


async def test_a_dead_cursor_starts_the_traversal_again_without_doubles(desk: Desk, sandbox: Sandbox) -> None:
    sandbox.faults.errcode("/externalcontact/contact_list", 50100, times=1, page=2)

    *_readings, outcome = [o async for o in read_contacts(desk.client, desk.records, Profile("acme", "ww1"))]

    assert isinstance(outcome, Loaded)
    assert outcome.value == len(desk.records.contacts.select())
