"""The form of a remark: what is typed is seen as a diff at once, and never lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from console.tui.dialogs.question import Question
from console.tui.remark.editor import Editor
from tests.conftest import LI_JIANGUO
from tests.tui.conftest import DELEGATED, LOW, WIDE, OpenApp, Walk
from tests.tui.remarks import (
    C2,
    LI_NA,
    WRITE,
    ZHANG,
    at_wecom,
    chosen_remark,
    diff_lines,
    diff_of,
    editor_of,
    entries,
    form_of,
    open_form,
    to_li_jianguo,
)


def is_editing(walk: Walk) -> bool:
    return any(isinstance(screen, Editor) for screen in walk.app.screen_stack)


async def test_each_key_is_seen_in_the_diff_and_in_the_request(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        await open_form(walk)
        assert "Edit remark: 张伟's customer 李部张" in walk.screen
        assert "nothing changed" in walk.screen
        await walk.press("backspace")
        assert diff_of(walk)[:2] == [("remark", "- 李部张"), ("", "+ 李部")]
        await walk.press("长")
        assert "* changed  3/20" in walk.screen
        await walk.press("tab", "tab", "tab", "down", "end", "backspace", "backspace", "0", "8")
        assert diff_of(walk)[:6] == [
            ("remark", "- 李部张"),
            ("", "+ 李部长"),
            ("mobiles", "2 -> 2: 1 added, 1 removed, 1 kept"),
            ("", "  13800000001"),
            ("", "- 13912342280"),
            ("", "+ 13912342208"),
        ]
        assert " ".join(diff_lines(walk)[6:]) == (
            "Not sent: description, remark company, remark picture "
            "13912342208 is in the remark of 李娜 already; that does not stop you"
        )
        await walk.press("f4")
        body = "".join(diff_lines(walk)).replace(" ", "")
        assert body.endswith(
            "requestbodyPOST/cgi-bin/externalcontact/remark"
            f'{{"userid":"zhangwei","external_userid":"{LI_JIANGUO}",'
            '"remark":"李部长","remark_mobiles":["13800000001","13912342208"]}'
        )
        await walk.press("f7")
        assert '"remark_mobiles":[""]' in "".join(diff_lines(walk)).replace(" ", "")
        await walk.press("f4")
        assert "clears all 2 mobiles" in diff_lines(walk)


async def test_what_is_typed_back_is_no_change(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        await walk.press("x", "backspace")
        assert "nothing changed" in walk.screen
        assert not form_of(walk).has_unsaved
        await walk.press("escape")
        assert not is_editing(walk)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("一二三四五六七八九十一二三四五六七八", "21/20 over by 1"),
        ("👨‍👩‍👧‍👦" * 3, "24/20 over by 4"),
    ],
)
async def test_too_many_characters_can_not_be_reviewed(open_app: OpenApp, typed: str, said: str) -> None:
    async with open_app() as walk:
        await open_form(walk)
        await walk.paste(typed)
        assert said in walk.screen
        assert "more than the 20 that WeCom takes" in walk.screen
        await walk.press("f8")
        assert isinstance(walk.app.screen, Editor)


async def test_blanks_alone_are_pointed_out_and_not_forbidden(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        await walk.press("ctrl+u", "space")
        assert "remark: blanks only" in walk.screen
        await walk.press("f8")
        assert isinstance(walk.app.screen, Question)


async def test_a_read_only_profile_says_why_nothing_can_be_written(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.app.session.profile = replace(walk.app.session.profile, read_only=True)
        await open_form(walk)
        await walk.press("x")
        assert "This profile is read-only: nothing is written to WeCom." in walk.screen
        await walk.press("f8")
        assert isinstance(walk.app.screen, Editor)


async def test_a_number_typed_behind_one_that_is_there_is_another_number(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        await open_form(walk)
        await walk.press("tab", "tab", "tab", *"13800009999")
        assert form_of(walk).typed.mobiles == "13800000001\n13912342280\n13800009999"
        await walk.press("backspace", *"8")
        assert (form_of(walk).typed.mobiles or "").endswith("13800009998")
        await walk.press("f8")
        assert "+ 13800009998" in walk.screen
        await walk.press("escape", "up", "end", "backspace", *"1", "f8")
        assert "- 13912342280" in walk.screen
        assert "+ 13912342281" in walk.screen


async def test_a_pasted_list_of_numbers_becomes_lines(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await to_li_jianguo(walk)
        await walk.press("enter", "tab")
        walk.app.pane.detail.relation_table.choose("remark_mobiles#0")
        await walk.press("e")
        assert walk.place == "edit-mobiles", "opened at the field under the cursor"
        await walk.paste("\u202d13700001111\u202c，137 0000 2222、13800000001\r\n+86 13900003333;abc")
        assert form_of(walk).typed.mobiles == (
            "13800000001\n13912342280\n13700001111\n137 0000 2222\n13800000001\n+86 13900003333\nabc"
        )
        assert "13800000001 stands there twice" in diff_lines(walk)
        assert "abc has letters in it" in diff_lines(walk)


async def test_the_terminals_cursor_stands_where_an_input_method_composes(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        remark = walk.app.screen.focused
        assert isinstance(remark, Input)
        assert remark.cursor_screen_offset.x == remark.region.x + len("李部张") * 2
        await walk.press("tab")
        description = walk.app.screen.focused
        assert isinstance(description, TextArea)
        shown = len("采购对接人，只在工作日联系，报价先发邮件") * 2
        assert description.cursor_screen_offset == (description.region.x + shown, description.region.y)


async def test_keys_that_leave_the_form_ask_before_text_is_lost(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        await walk.press("长")
        for leaving in ("escape", "f3", "ctrl+q"):
            await walk.press(leaving)
            assert isinstance(walk.app.screen, Question), leaving
            await walk.press("enter")
            assert form_of(walk).typed.texts == {"remark": "李部张长"}, "the default is to stay"
        await walk.press("shift+tab", "5")
        assert isinstance(walk.app.screen, Question)
        await walk.press("escape", "escape", "right", "enter")
        assert not is_editing(walk)
        assert not entries(walk)
        await walk.press("e")
        assert form_of(walk).typed.texts == {}, "thrown away on purpose"


async def test_the_form_belongs_to_the_relation_it_was_opened_on(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        walk.app.pane.customers.table.choose(walk.relations()[0].id)
        await walk.press("长", *WRITE)
        assert at_wecom(walk).remark == "李部张长"
        assert [entry.draft.external_userid for entry in entries(walk)] == [LI_JIANGUO]


async def test_a_colleagues_change_before_the_first_key_is_simply_there(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await to_li_jianguo(walk)
        walk.sandbox.colleague.change(ZHANG, LI_JIANGUO, remark="李部长", company="城建四局")
        walk.clock.now += 61
        await walk.press("e")
        remark, company = form_of(walk).rows["remark"].field, form_of(walk).rows["remark_company"].field
        assert isinstance(remark, Input)
        assert isinstance(company, Input)
        assert (remark.value, company.value) == ("李部长", "城建四局")
        assert "nothing changed" in walk.screen


async def test_a_relation_that_is_gone_meanwhile_can_not_be_written(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await to_li_jianguo(walk)
        walk.sandbox.colleague.remove(ZHANG, LI_JIANGUO)
        walk.clock.now += 61
        await walk.press("e", "x")
        assert "张伟 does not have this customer any more" in walk.screen
        await walk.press("f8")
        assert isinstance(walk.app.screen, Editor)


async def test_a_remark_is_taken_over_from_a_relation_that_is_gone(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        await to_li_jianguo(walk)
        await walk.press("enter", "r")
        walk.sandbox.colleague.remove(ZHANG, LI_JIANGUO)
        await walk.press("r", "home")
        assert walk.app.pane.detail.relation is not None
        assert walk.app.pane.detail.relation.userid == LI_NA
        await walk.press("f6")
        assert "张伟 (gone 11-22)" in walk.screen
        await walk.press("3", "enter")
        assert form_of(walk).typed.texts == {
            "remark": "李部张",
            "description": "采购对接人，只在工作日联系，报价先发邮件",
        }
        assert form_of(walk).typed.mobiles == "13912342208\n13800000001\n13912342280"
        await walk.press(*WRITE)
        assert (at_wecom(walk, LI_NA).remark, at_wecom(walk, LI_NA).company) == ("李部张", "")


async def test_a_wecom_customer_has_no_remark_company(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", *["down"] * 7, "e")
        assert "(WeCom customers have none)" in walk.screen
        await walk.press("tab", "tab")
        assert walk.place == "edit-mobiles", "the company is passed over"


async def test_mobiles_that_can_not_be_seen_are_replaced_only_as_a_whole_and_by_typing(open_app: OpenApp) -> None:
    async with open_app(profile=DELEGATED) as walk:
        await to_li_jianguo(walk)
        assert walk.app.pane.customers.chosen is not None
        external_userid = walk.app.pane.customers.chosen.external_userid
        await walk.press("e", "tab", "tab", "tab")
        assert walk.place == "edit-picture", "the list is locked"
        await walk.press("f7")
        await walk.paste("yes")
        await walk.press("enter")
        assert "That is not zhangwei." in walk.screen
        await walk.press("ctrl+u")
        await walk.paste("zhangwei")
        await walk.press("enter")
        assert walk.place == "edit-mobiles"
        await walk.paste("13912342208")
        assert "1 number takes the place of a list that nobody here can see" in " ".join(diff_lines(walk))
        await walk.press("f8")
        assert "what is lost can't be brought back" in walk.words
        await walk.press("right", "enter")
        assert at_wecom(walk, ZHANG, external_userid).mobiles == ("13912342208",)
        assert "accepted, cannot be seen" in walk.status
        await walk.press("u")
        assert "#1 can't be undone" in walk.status


async def test_a_picture_is_looked_at_before_it_is_planned(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "card.gif").write_bytes(b"GIF89a" + bytes(64))
    (tmp_path / "card.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    async with open_app() as walk:
        await open_form(walk)
        await walk.press("tab", "tab", "tab", "tab")
        await walk.paste(str(tmp_path / "card.gif"))
        await walk.press("f8")
        assert isinstance(walk.app.screen, Editor), "it is no PNG or JPEG"
        await walk.press("ctrl+u")
        await walk.paste(str(tmp_path / "card.png"))
        await walk.press("f8")
        assert "WeCom does not give pictures back" in walk.words
        await walk.press("right", "enter")
        assert walk.sandbox.requests["/media/upload"] == 1
        assert "accepted, cannot be seen" in walk.status


async def test_find_leads_into_the_form(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        await to_li_jianguo(walk)
        reads = walk.sandbox.requests[C2]
        await walk.press("f", *"ljg", "f2")
        assert walk.place == "edit-remark"
        assert walk.sandbox.requests[C2] > reads, "what only a list has shown is read in full"
        assert editor_of(walk).standing.seen.external_userid == LI_JIANGUO
        await walk.press("escape")
        assert chosen_remark(walk) == "李部张"
