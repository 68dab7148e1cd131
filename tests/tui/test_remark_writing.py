"""From F8 to the line that tells how it ended: written and seen, undone, not written, not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.operations.remark.outcome import Verdict
from console.sandbox import Sandbox
from console.settings import Environment
from console.store.audit import AuditDraft
from console.tui import app as app_module
from console.tui.dialogs.question import DEAF_SECONDS, Question
from console.tui.remark.editor import Editor
from tests.conftest import LI_JIANGUO
from tests.tui.conftest import OpenApp, Walk
from tests.tui.remarks import (
    C4,
    WRITE,
    ZHANG,
    at_wecom,
    chosen_remark,
    entries,
    form_of,
    open_form,
    to_li_jianguo,
)

GONE_PROCESS = 2**22 + 1
"""No process has this number."""


async def write_a_remark(walk: Walk) -> None:
    """Add a character to 李建国's remark and write it."""
    await open_form(walk)
    await walk.press("长", *WRITE)


async def test_a_remark_is_written_and_seen_and_the_chosen_row_stays(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        await walk.press("backspace", "长", "shift+tab", "shift+tab")
        assert walk.place == "edit-reason"
        await walk.paste("T-37")
        await walk.press("f8")
        assert "remark  李部张 -> 李部长" in walk.screen
        await walk.press("right", "enter")
        assert at_wecom(walk).remark == "李部长"
        assert walk.place == "customers-table"
        assert chosen_remark(walk) == "李部长"
        assert "李部长 - what 张伟 wrote" in walk.screen
        assert "written and seen: remark  #1  10:03" in walk.status
        assert "u undo  y copy a reply" in walk.status
        [entry] = entries(walk)
        assert entry.draft.body == {"userid": ZHANG, "external_userid": LI_JIANGUO, "remark": "李部长"}
        assert (entry.draft.operator, entry.draft.reason) == ("陈敏", "T-37")
        await walk.press("e")
        assert form_of(walk).typed.reason == "T-37", "the reason is offered again"


async def test_cancel_is_the_default(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        await walk.press("长", "f8", "enter")
        assert isinstance(walk.app.screen, Editor)
        assert walk.sandbox.requests[C4] == 0
        assert form_of(walk).typed.texts == {"remark": "李部张长"}


async def test_the_key_that_opened_the_question_does_not_answer_it(open_app: OpenApp) -> None:
    async with open_app() as walk:
        now = 100.0
        answers: list[bool | None] = []
        question = Question("Write?", [], yes="Write", no="Cancel", has_key=True, clock=lambda: now)
        await walk.app.push_screen(question, answers.append)
        await walk.press("f8")
        assert not answers
        now += 2 * DEAF_SECONDS
        await walk.press("f8")
        assert answers == [True]


async def test_production_has_its_name_typed_before_the_first_write_alone(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.app.session.profile = replace(walk.app.session.profile, environment=Environment.PROD)
        await open_form(walk)
        await walk.press("长", "f8")
        assert "PRODUCTION: Write to WeCom" in walk.screen
        await walk.paste("禾木")
        await walk.press("enter", "tab", "right", "enter")
        assert isinstance(walk.app.screen, Question)
        assert walk.sandbox.requests[C4] == 0
        await walk.press("ctrl+u")
        await walk.paste("禾木装饰")
        await walk.press("enter")
        assert "written and seen" in walk.status
        await walk.press("e", "长", *WRITE)
        assert at_wecom(walk).remark == "李部张长长"


async def test_a_write_is_undone_from_the_status_line_and_the_reply_is_ready(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await write_a_remark(walk)
        await walk.press("y")
        assert "4 reply for the ticket" in walk.words
        await walk.press("escape")
        copied = walk.app.pane.customers.copyables()[3].text
        assert copied == (
            f"Customer 李部张长 ({LI_JIANGUO}), follower 张伟: remark 李部张 -> 李部张长. 2026-11-22 10:03:00 "
            "written, read back and compared. Record #1, operator 陈敏."
        )
        await walk.press("u", "right", "enter")
        assert at_wecom(walk).remark == "李部张"
        assert chosen_remark(walk) == "李部张"
        assert [entry.draft.undo_of for entry in entries(walk)] == [1, None]
        await walk.press("enter", "u")
        assert "Undo #2" in walk.screen, "an undo is a write like any other"


async def test_a_broken_connection_is_resolved_by_reading_back(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.sandbox.faults.reset_afterwards(C4)
        await write_a_remark(walk)
        assert walk.sandbox.requests[C4] == 1
        assert "written and seen: remark" in walk.status


async def test_what_was_not_written_goes_back_into_the_form(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.sandbox.faults.errcode(C4, 60011)
        await write_a_remark(walk)
        assert walk.status.strip().startswith("not written  #1  60011 not in the app's vi")
        assert "Enter see why  e back to the form" in walk.status
        await walk.press("enter")
        assert "Where: " in walk.words or "60011" in walk.words
        await walk.press("escape")
        await walk.press("e")
        assert form_of(walk).typed.texts == {"remark": "李部张长"}
        await walk.press(*WRITE)
        assert at_wecom(walk).remark == "李部张长"
        await walk.press("e")
        assert form_of(walk).typed.texts == {}


async def test_after_another_key_enter_opens_the_row_again_and_the_text_is_still_kept(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.sandbox.faults.errcode(C4, 60011)
        await write_a_remark(walk)
        await walk.press("down")
        assert "Enter" not in walk.status
        await walk.press("exclamation_mark")
        assert "60011" in walk.words
        await walk.press("escape", "up", "enter")
        assert walk.place == "detail-table"
        await walk.press("e")
        assert form_of(walk).typed.texts == {"remark": "李部张长"}
        await walk.press("ctrl+q")
        assert isinstance(walk.app.screen, Question), "it would be lost"


async def test_what_is_not_seen_yet_can_be_looked_at_again(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.sandbox.faults.seen_late(C4, reads=4)
        await write_a_remark(walk)
        assert "written, not seen yet: remark  #1" in walk.status
        assert "r look again  Enter see why" in walk.status
        await walk.press("r")
        assert "written, not seen yet" in walk.status
        await walk.press("r")
        assert "written and seen: remark  #1" in walk.status
        assert [entry.outcome for entry in entries(walk)] == [Verdict.WRITTEN_AND_SEEN]
        assert walk.sandbox.requests[C4] == 1, "nothing is written again"


async def test_two_agents_who_add_different_numbers_both_win(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        await walk.press("tab", "tab", "tab")
        await walk.paste("13700001111")
        walk.sandbox.colleague.change(ZHANG, LI_JIANGUO, mobiles_add=["13700002222"])
        await walk.press(*WRITE)
        assert walk.sandbox.requests[C4] == 0
        assert "Somebody else changed the mobiles meanwhile" in walk.screen
        assert "13700002222" in walk.screen
        await walk.press("right", "enter")
        assert set(at_wecom(walk).mobiles or ()) == {"13800000001", "13912342280", "13700001111", "13700002222"}
        assert "written and seen: mobiles" in walk.status


async def test_quitting_waits_for_the_outcome_of_a_write(open_app: OpenApp) -> None:
    async with open_app() as walk:
        hold = walk.sandbox.faults.hang(C4)
        await open_form(walk)
        await walk.pilot.press("长", "f8", "right", "enter")
        await walk.reaches(hold)
        await walk.pilot.press("q")
        assert "quits when it is read back" in walk.status
        hold.release()
        await walk.until(lambda: not walk.app.is_running)
        assert walk.app.return_value == 0
        assert [entry.outcome for entry in entries(walk)] == [Verdict.WRITTEN_AND_SEEN]


async def test_a_write_that_broke_off_is_found_out_at_the_next_start(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, shop: Sandbox
) -> None:
    async with open_app() as walk:
        await to_li_jianguo(walk)
        body: dict[str, object] = {"userid": ZHANG, "external_userid": LI_JIANGUO, "remark": "李部长"}
        draft = AuditDraft(
            "陈敏", LI_JIANGUO, "李建国", ZHANG, "", ("remark",), {}, {"remark": "李部长"}, body, GONE_PROCESS
        )
        await walk.app.session.records.audit.begin(draft)
    shop.colleague.change(ZHANG, LI_JIANGUO, remark="李部长")
    monkeypatch.setattr(app_module, "LOAD_AFTER_SECONDS", 0.01)
    async with open_app() as walk:
        await walk.until_shown("#1 had no ending")
        assert "read back now: written and seen" in walk.status
        assert [entry.outcome for entry in entries(walk)] == [Verdict.WRITTEN_AND_SEEN]
