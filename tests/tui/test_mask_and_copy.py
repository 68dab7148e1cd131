"""Masking hides phone numbers everywhere on the screen; copies stay real, and say truthfully where they went."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from console.sandbox import Options, Sandbox
from tests.conftest import LI_JIANGUO, NOW
from tests.tui.conftest import LOW, WIDE, OpenApp

PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


@pytest.mark.parametrize("size", [LOW, WIDE])
async def test_no_phone_number_stays_on_the_screen(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as walk:
        assert PHONE.search(walk.screen)
        await walk.press("m")
        assert "masked" in walk.screen
        for key in ("enter", "down", "down", "enter", "v", "escape", "escape", "escape"):
            await walk.press(key)
            assert (key, PHONE.findall(walk.screen)) == (key, [])
        await walk.press("f")
        await walk.type("13")
        assert "138****0001" in walk.screen
        assert not PHONE.findall(walk.screen)
        await walk.press("f9")
        assert PHONE.findall(walk.screen)
        await walk.press("f9", "escape", "escape", "c")
        assert not PHONE.findall(walk.screen)


async def test_numbers_that_stand_in_names_and_userids_are_masked(
    open_app: OpenApp, start_sandbox: Callable[[Options], Sandbox]
) -> None:
    corp = start_sandbox(Options(staff=14, customers=300, seed=7, now=NOW))
    async with open_app(WIDE, sandbox=corp) as walk:
        row = {
            "external_contact": {
                "external_userid": "wo" + "x" * 30,
                "name": "王 13912345678",
                "corp_name": "13912345679",
            },
            "follow_info": {"userid": "zhangwei", "remark": "换号 139 1234 5670", "createtime": 1795312900},
        }
        await walk.app.session.records.relations.put_batch("zhangwei", [row])
        walk.app.pane.customers.reload()
        await walk.settle()
        assert "王 13912345678" in str(walk.customers())
        phone = next(row.userid for row in walk.app.session.records.followers.rows() if row.userid.isdigit())
        assert phone[:7] in walk.screen
        await walk.press("f9")
        assert "王 139****5678" in str(walk.customers())
        assert "5670" in str(walk.customers())
        for hidden in ("13912345678", "13912345679", "139 1234 5670", phone[:7]):
            assert hidden not in walk.screen
        await walk.press("f")
        await walk.paste(phone)
        await walk.press("enter")
        assert phone[:7] not in walk.screen


async def test_the_raw_answer_is_masked_too(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        await walk.press("m", "f")
        await walk.paste(LI_JIANGUO)
        await walk.press("enter", "v", "end")
        assert "138****0001" in walk.screen
        assert not PHONE.findall(walk.screen)


async def test_y_offers_what_there_is_and_copies_the_real_value(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    async with open_app(WIDE) as walk:
        await walk.press("m", "y")
        for label in ("account", "name"):
            assert label in walk.screen
        await walk.press("1")
        assert walk.app.clipboard == "zhangwei"
        await walk.press("enter", *["down"] * 6, "y")
        for label in ("1 customer ID", "2 mobiles", "the row, with tabs", "reply for the ticket"):
            assert " ".join(label.split()) in walk.words
        await walk.press("2")
        assert walk.app.clipboard == "13800000001\n13912342280", "copies are never masked"
        assert "Handed to the terminal to copy, which can't be confirmed: 138****0001 .." in walk.status
        await walk.press("y", "y")
        assert walk.app.clipboard == LI_JIANGUO, "y twice copies the first"
        await walk.press("y", "down", "down", "down", "enter")
        assert walk.app.clipboard.startswith(f"Customer 李部张 ({LI_JIANGUO}), follower 张伟 zhangwei")
        assert "13912342280" in walk.app.clipboard


async def test_over_ssh_a_copy_says_that_it_cannot_be_confirmed(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/3")
    async with open_app(lang="zh") as walk:
        await walk.press("enter", "y", "1")
        assert "SSH" in walk.status
        assert walk.app.clipboard.startswith("wm")


async def test_served_contacts_are_a_second_list_of_a_self_built_app(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        await walk.press("c")
        assert walk.place == "contacts-table"
        assert "Served contacts of 张伟" in walk.screen
        assert len(walk.app.pane.contacts.table.source) > 0
        await walk.press("slash")
        await walk.type("ljg")
        assert "matches 1" in walk.screen
        await walk.press("enter", "enter")
        assert walk.fields()["name"] == "李建国@城建"
        await walk.press("escape")
        assert walk.place == "contacts-table"
        await walk.press("c")
        assert "张伟's customers 31" in walk.screen


async def test_served_contacts_are_not_given_to_a_delegated_app(open_app: OpenApp) -> None:
    async with open_app(profile="禾木代开发") as walk:
        asked = walk.sandbox.requests["/externalcontact/contact_list"]
        await walk.press("c")
        assert "Not given to this kind of app" in walk.words
        assert walk.sandbox.requests["/externalcontact/contact_list"] == asked
