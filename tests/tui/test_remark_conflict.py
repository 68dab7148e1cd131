"""Somebody else was quicker: nothing is written before each field in question has been decided."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from console.tui.dialogs import question
from console.tui.remark import conflict
from console.tui.remark.conflict import ConflictDialog
from console.tui.remark.editor import Editor
from tests.conftest import LI_JIANGUO
from tests.tui.conftest import LOW, WIDE, OpenApp, Walk, rows_of
from tests.tui.remarks import C4, WRITE, ZHANG, at_wecom, chosen_remark, entries, form_of, open_form

THEIRS = "李部长(城建)"


@pytest.fixture(autouse=True)
def _hears_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conflict, "DEAF_SECONDS", 0.0)
    monkeypatch.setattr(question, "DEAF_SECONDS", 0.0)


async def into_conflict(walk: Walk) -> None:
    """Write 李部张长 while somebody else writes another remark, another description, and one more number."""
    await open_form(walk)
    await walk.press("长", "tab", "tab", "tab")
    await walk.paste("13700001111")
    walk.sandbox.colleague.change(
        ZHANG, LI_JIANGUO, remark=THEIRS, description="已转成本部", mobiles_add=["13700002222"]
    )
    await walk.press(*WRITE)
    assert isinstance(walk.app.screen, ConflictDialog)
    assert walk.sandbox.requests[C4] == 0


@pytest.mark.parametrize("size", [LOW, WIDE], ids=["blocks", "columns"])
async def test_what_was_what_is_and_what_was_to_be_stand_side_by_side(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as walk:
        await into_conflict(walk)
        for words in ("李部张", THEIRS, "李部张长", "they changed it", "I changed it", "已转成本部", "not sent"):
            assert words in walk.screen
        dialog = walk.app.screen
        assert isinstance(dialog, ConflictDialog)
        lines = [" ".join(cells) for cells in rows_of(dialog.table)]
        for number in ("+ 13700002222  they added it", "+ 13700001111  I add it"):
            assert any(number in line for line in lines)
        assert "(*)" not in walk.screen, "nothing is chosen beforehand"
        assert "1 field still to choose: remark" in walk.screen
        await walk.press("f8")
        assert isinstance(walk.app.screen, ConflictDialog)


@pytest.mark.parametrize(
    ("keys", "remark"),
    [(("left",), THEIRS), (("right",), "李部张长"), (("left", "o", "甲", "enter"), "李部张长甲")],
    ids=["theirs", "mine", "anew"],
)
async def test_each_choice_is_written_and_nothing_else(open_app: OpenApp, keys: Sequence[str], remark: str) -> None:
    async with open_app() as walk:
        await into_conflict(walk)
        await walk.press(*keys)
        await walk.press("f8")
        seen = at_wecom(walk)
        assert (seen.remark, seen.description) == (remark, "已转成本部")
        assert set(seen.mobiles or ()) == {"13800000001", "13912342280", "13700001111", "13700002222"}
        assert "written and seen" in walk.status
        assert chosen_remark(walk) == remark
        [entry] = entries(walk)
        assert ("remark" in entry.draft.fields) is (remark != THEIRS)
        assert "description" not in entry.draft.fields


async def test_esc_leads_back_to_the_form_with_all_that_was_typed(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await into_conflict(walk)
        await walk.press("escape")
        assert isinstance(walk.app.screen, Editor)
        assert form_of(walk).typed.texts == {"remark": "李部张长"}
        await walk.press(*WRITE)
        assert isinstance(walk.app.screen, ConflictDialog), "it is still a conflict"


async def test_a_second_change_while_choosing_comes_back_to_the_choice(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await into_conflict(walk)
        walk.sandbox.colleague.change(ZHANG, LI_JIANGUO, remark="城建李部长")
        await walk.press("right", "f8")
        assert isinstance(walk.app.screen, ConflictDialog)
        assert "城建李部长" in walk.screen
        assert walk.sandbox.requests[C4] == 0


async def test_keeping_everything_of_theirs_writes_nothing(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        walk.sandbox.colleague.change(ZHANG, LI_JIANGUO, remark=THEIRS)
        await walk.press("长", *WRITE)
        await walk.press("left", "f8")
        assert "nothing was left to write" in walk.status
        assert walk.sandbox.requests[C4] == 0
        await walk.press("e")
        assert form_of(walk).typed.texts == {}


async def test_an_undo_of_what_was_changed_since_is_a_conflict_too(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await open_form(walk)
        await walk.press("长", *WRITE)
        walk.sandbox.colleague.change(ZHANG, LI_JIANGUO, remark=THEIRS)
        await walk.press("u", "right", "enter")
        assert isinstance(walk.app.screen, ConflictDialog)
        await walk.press("escape")
        assert not isinstance(walk.app.screen, ConflictDialog)
        assert at_wecom(walk).remark == THEIRS
