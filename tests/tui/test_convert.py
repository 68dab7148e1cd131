"""Pane 3: convert a unionid, be told what it means, see who arrives, and be stopped before it is bulk."""

from __future__ import annotations

import pytest

from console.demo import EXAMPLES
from console.operations.convert.arrivals import resolve_added
from console.sandbox import AppKind, Sandbox
from console.sandbox.visitors import VISITORS
from console.settings import AppType
from console.tui.convert import pane as pane_module
from console.tui.convert.pane import ConvertPane
from tests.tui.conftest import DELEGATED, LOW, WIDE, OpenApp, Walk, rows_of

CONVERT = "/idconvert/unionid_to_external_userid"
VISITOR = VISITORS[0]
DAY = 86_400.0


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was learned elsewhere is looked for without a wait."""
    monkeypatch.setattr(pane_module, "LOOK_SECONDS", 0.02)


def pane_of(walk: Walk) -> ConvertPane:
    """Pane 3, which must be open."""
    pane = walk.app.panes.pane(3)
    assert isinstance(pane, ConvertPane)
    return pane


def mappings(walk: Walk) -> list[tuple[str, ...]]:
    """The rows of the list."""
    return rows_of(pane_of(walk).mappings.table)


async def fill(walk: Walk, unionid: str, openid: str) -> None:
    """Put ids into the form, and the keys too."""
    pane = pane_of(walk)
    pane.form.fill(unionid, openid)
    pane.form.take_keys()
    await walk.settle()


async def test_a_visitor_is_converted_remembered_and_asked_for_once(open_app: OpenApp) -> None:
    async with open_app(LOW, profile=DELEGATED) as walk:
        await walk.press("3")
        assert walk.place == "mappings-table", "the form is filled, so that no key spoils it"
        assert "No unionid is known yet." in walk.screen
        await walk.press("f8")
        for words in (
            "Not a customer yet: pending ID pXyz81",
            "matching only",
            "90 days left",
            "never added",
            "outside",
        ):
            assert words in walk.words
        assert walk.place == "mappings-table"
        [row] = mappings(walk)
        assert row[1:3] == (VISITOR.unionid, "pending")
        assert (row[3][:6], *row[4:]) == ("pXyz81", "conversion", "90 days")
        assert "hour 1/100k  day 1/480k  month 1/7.5M" in walk.screen
        await walk.press("f8")
        assert "WeCom was not asked again." in walk.words
        assert walk.sandbox.requests[CONVERT] == 1
        await walk.press("r")
        assert walk.sandbox.requests[CONVERT] == 2
        assert walk.place == "mappings-table"
        await walk.press("enter")
        assert "A pending ID opens no customer" in walk.status
        await walk.press("m")
        assert VISITOR.unionid not in "".join(row[1] for row in mappings(walk))
        assert mappings(walk)[0][3].startswith("pXyz81zB****")
        await walk.press("escape")
        assert walk.place == "mappings-table"
        await walk.press("tab")
        assert walk.place == "unionid"
        await walk.press("escape")
        assert walk.place == "mappings-table"


async def test_a_customer_is_found_and_enter_opens_the_detail_in_pane_1(open_app: OpenApp, shop: Sandbox) -> None:
    identities = shop.people.identities
    person = identities.person(shop.external_userid("李部张"), AppKind.SELF_BUILT)
    assert person is not None
    async with open_app(LOW, profile=DELEGATED) as walk:
        await walk.press("3")
        await fill(walk, identities.unionid(person), identities.openid(person))
        await walk.press("enter", "enter")
        assert "A customer: 李部张" in walk.words
        await walk.press("enter")
        assert walk.app.panes.current == 1
        assert walk.place == "detail-table"
        assert walk.fields()["name"] == "李建国@城建"
        await walk.press("3")
        assert walk.place == "mappings-table"


async def test_who_arrives_is_told_and_takes_the_place_of_the_pending_id(open_app: OpenApp, shop: Sandbox) -> None:
    async with open_app(WIDE, profile=DELEGATED) as walk:
        await walk.press("3", "f8")
        assert "lately turned into customers" in walk.screen
        shop.colleague.adds("zhangwei", VISITOR.unionid, remark="小满妈妈")
        person = shop.people.identities.person_of_unionid(VISITOR.unionid)
        assert person is not None
        customer = shop.people.identities.external_userid(person, AppKind.DELEGATED)
        await resolve_added(await walk.app.session.client(), walk.app.session.records, [customer])
        await walk.until(lambda: "is a customer now" in walk.status)
        await walk.settle()
        assert [row[2] for row in mappings(walk)] == ["customer"]
        assert "A customer: (no name known here)" in walk.words
        assert f"{VISITOR.unionid} is a customer now: {customer}" in walk.words


async def test_a_self_built_app_sees_why_and_finds_the_customer_among_those_it_knows(
    open_app: OpenApp, shop: Sandbox
) -> None:
    async with open_app(LOW) as walk:
        await walk.press("3")
        assert "A self-built app cannot convert: WeCom gives that to delegated and third-party apps only." in walk.words
        assert "openid" not in walk.screen
        assert "subject" not in walk.screen
        assert "quota" not in walk.screen
        await walk.press("f8")
        assert "A customer: 李部张" in walk.words
        assert [row[3] for row in mappings(walk)] == ["李部张"]
        await walk.press("tab", "ctrl+u", "x", "f8")
        assert "Nobody known here has this unionid." in walk.words
        assert shop.requests[CONVERT] == 0


async def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_sent(open_app: OpenApp) -> None:
    async with open_app(LOW, profile=DELEGATED) as walk:
        await walk.press("3")
        await fill(walk, "oA oB", "")
        await walk.press("f8")
        assert "! The unionid has a blank" in walk.words
        assert "! The openid is missing" in walk.words
        assert walk.place == "unionid"
        await walk.press("ctrl+u")
        await walk.paste(f" {VISITOR.unionid}\r\n")
        assert "Blanks and line ends around the IDs were taken away." in walk.status
        assert pane_of(walk).form.what.unionid == VISITOR.unionid
        assert "The unionid has a blank" not in walk.words
        assert walk.sandbox.requests[CONVERT] == 0
        await fill(walk, "oNobody", VISITOR.openid)
        await walk.press("f8")
        assert "Not converted: 610014 unionid not valid." in walk.words
        assert "It is the unionid that WeCom does not know" in walk.words
        assert walk.place == "unionid"


async def test_swapped_ids_are_asked_about(open_app: OpenApp) -> None:
    async with open_app(LOW, profile=DELEGATED) as walk:
        await walk.press("3", "f8")
        await fill(walk, VISITOR.openid, VISITOR.unionid)
        await walk.press("f8")
        assert "may be swapped" in walk.words
        await walk.press("enter")
        assert walk.sandbox.requests[CONVERT] == 1
        await walk.press("f8", "right", "enter")
        assert walk.sandbox.requests[CONVERT] == 2
        assert "610014" in walk.words


async def test_the_sixth_within_a_minute_is_asked_about_with_the_rule(open_app: OpenApp) -> None:
    async with open_app(LOW, profile=DELEGATED) as walk:
        await walk.press("3", "f8", *["r"] * 5)
        assert "WeCom forbids converting in bulk" in walk.words
        assert walk.sandbox.requests[CONVERT] == 5
        await walk.press("right", "enter")
        assert walk.sandbox.requests[CONVERT] == 6
        assert "pending ID pXyz81" in walk.words


async def test_pending_ids_close_to_their_end_are_listed_and_expired_ones_marked(open_app: OpenApp) -> None:
    async with open_app(WIDE, profile=DELEGATED) as walk:
        await walk.press("3", "f8")
        walk.clock.now += 85 * DAY
        await walk.press("1", "3", "m", "m")
        assert mappings(walk)[0][-1] == "5 days"
        assert f"{VISITOR.unionid} ends 2027-02-20; after that" in walk.words
        walk.clock.now += 6 * DAY
        await walk.press("m", "m")
        assert mappings(walk)[0][2] == mappings(walk)[0][-1] == "expired"
        await walk.press("enter")
        assert "has expired" in walk.status


async def test_the_list_is_filtered_and_find_explains_a_pending_id_while_it_is_typed(open_app: OpenApp) -> None:
    async with open_app(LOW, profile=DELEGATED) as walk:
        await walk.press("3", "f8", "slash", *"s5Ee")
        assert len(mappings(walk)) == 1
        await walk.press("x")
        assert "No mapping matches" in walk.screen
        await walk.press("escape", "escape")
        assert len(mappings(walk)) == 1
        await walk.press("f", *"pXyz81")
        assert "a pending ID, not a customer ID" in walk.words
        assert f"It stands for the unionid {VISITOR.unionid}, which is no customer yet." in walk.words


def test_the_demos_examples_are_visitors_of_its_sandbox() -> None:
    assert EXAMPLES[AppType.DELEGATED] == tuple((who.unionid, who.openid) for who in VISITORS)
