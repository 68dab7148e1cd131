"""Why WeCom refused: the cause with its evidence where the agent stands, not in a document."""

from __future__ import annotations

import pytest

from console.demo import DELEGATED
from console.tui import app
from console.tui.why.dialog import WhyDialog
from console.wecom.codes import INVALID_EXTERNAL_USERID, NOT_EXTERNAL_CONTACT
from tests.conftest import LI_JIANGUO
from tests.tui.arrivals import RECEIVER, arrive, arrive_for
from tests.tui.conftest import LOW, WIDE, OpenApp, Walk, rows_of
from tests.tui.test_feed import known

C2 = "/externalcontact/get"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody works on the events."""
    monkeypatch.setattr(app, "LOAD_AFTER_SECONDS", 3600.0)


def causes(walk: Walk) -> list[tuple[str, ...]]:
    assert isinstance(walk.app.screen, WhyDialog)
    return rows_of(walk.app.screen.table)


async def paste_a_log_line(walk: Walk, userid: str, customer: str) -> None:
    await walk.press("f")
    await walk.paste(f"errcode=84061 userid={userid} external_userid={customer}")
    await walk.press("enter")


@pytest.mark.parametrize("size", [LOW, WIDE])
async def test_84061_says_who_removed_whom_and_follows_the_events(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as walk:
        customer = "wmGONE0000000000000000000000ABCD"
        walk.sandbox.faults.errcode(C2, NOT_EXTERNAL_CONTACT, times=None)
        await paste_a_log_line(walk, "zhoutao", customer)
        assert "84061" in walk.screen
        assert [cause[0] for cause in causes(walk)] == ["[unclear]", "[unclear]", "[unclear]", "[it is not]"]
        walk.app.session.records.receivers.start(RECEIVER, "127.0.0.1:8765").wait(5)
        arrive(walk, "del_external_contact", "zhoutao", customer, Source="")
        await walk.until(lambda: causes(walk)[0][0] == "[it is]")
        assert "event 10:03: 周涛 removed the customer" in causes(walk)[0][2]
        await walk.press("t")
        assert f"Timeline: {customer}" in walk.screen


async def test_40096_says_what_speaks_for_which_kind_of_id(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        walk.sandbox.faults.errcode(C2, INVALID_EXTERNAL_USERID, times=None)
        await paste_a_log_line(walk, "zhangwei", "wmOTHER000000000000000000000ABCD")
        assert causes(walk)[1][0] == "[unclear]"
        assert "never given it to this profile" in walk.words


async def test_a_write_that_84061_refused_opens_with_its_evidence(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        li = await known(walk, "李部张")
        await walk.press(*["down"] * 6, "enter", "e")
        await walk.press("end", "X")
        await walk.press("f8")
        walk.sandbox.colleague.remove("zhangwei", LI_JIANGUO)
        arrive_for(walk, li, "del_external_contact", Source="")
        await walk.press("right", "enter")
        await walk.until(lambda: "does not have this customer" in walk.status)
        await walk.press("enter")
        assert causes(walk)[0][0] == "[it is]"
        assert "Following this customer now: 李娜" in walk.words
        await walk.press("enter")
        assert walk.fields()["remark"] == "李总"


async def test_a_unionid_that_did_not_come_says_why(open_app: OpenApp) -> None:
    async with open_app(WIDE, profile=DELEGATED) as walk:
        await walk.press("f")
        await walk.paste("城建三局")
        await walk.press("enter")
        table = walk.app.pane.detail.contact_table
        table.focus()
        table.choose("unionid#0")
        await walk.press("enter")
        assert causes(walk)[0][:2] == ("[it is]", "this kind of app is not given it")


async def test_a_missing_welcome_code_says_what_it_can(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        for number in range(3):
            arrive(walk, "add_external_contact", State=str(number))
        await walk.press("2", "w")
        assert causes(walk)[2][0] == "[it is]"
        await walk.press("end")
        assert "an administrator has set up a welcome for this staff member" in walk.words
