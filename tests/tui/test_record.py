"""Pane 5: what was written from here, found again, shown whole, taken back, and exported."""

from __future__ import annotations

import json
from pathlib import Path

from console.operations.remark.edits import Typed
from console.operations.remark.values import RemarkField
from console.tui.record.entry_dialog import EntryDialog
from console.tui.record.pane import RecordPane
from tests.conftest import LI_JIANGUO
from tests.tui.conftest import OpenApp, Walk, rows_of
from tests.tui.remarks import ZHANG, at_wecom, entries, to_li_jianguo, written


async def write_twice(walk: Walk) -> None:
    """Two writes to 李建国: the remark, then the mobiles."""
    await to_li_jianguo(walk)
    await written(walk, Typed({RemarkField.REMARK: "李部张长"}))
    await written(walk, Typed(mobiles="13800000001\n13912342280\n13700001111"))


def record_of(walk: Walk) -> list[tuple[str, ...]]:
    pane = walk.app.panes.pane(5)
    assert isinstance(pane, RecordPane)
    return rows_of(pane.entries.table)


async def test_an_empty_record_says_what_it_is_for(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("5")
        assert "Nothing was written with this profile yet." in walk.screen
        assert "who, when, why, before and after" in walk.words


async def test_entries_stand_newest_first_and_are_filtered_by_what_is_in_them(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await write_twice(walk)
        await walk.press("5")
        assert [(row[3], row[4], row[6]) for row in record_of(walk)] == [
            ("李建国@城建", "mobiles added 13700001111", "2"),
            ("李建国@城建", "remark 李部张 -> 李部张长", "1"),
        ]
        assert "+ 13700001111" in walk.screen, "the chosen entry stands there as a diff"
        await walk.press("slash")
        await walk.paste("李部张")
        assert [row[6] for row in record_of(walk)] == ["2", "1"]
        await walk.press("escape")
        await walk.paste("#1")
        assert [row[6] for row in record_of(walk)] == ["1"]
        assert "1 of 2" in walk.screen
        await walk.press("enter", "enter")
        assert isinstance(walk.app.screen, EntryDialog)
        for words in ("- 李部张", "+ 李部张长", '"remark": "李部张长"', "operator 陈敏", "outcome: written and seen"):
            assert words in walk.screen


async def test_an_entry_is_undone_from_the_record_once(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await write_twice(walk)
        await walk.press("5", "down", "u", "right", "enter")
        assert (at_wecom(walk).remark, at_wecom(walk).mobiles) == (
            "李部张",
            ("13800000001", "13912342280", "13700001111"),
        )
        assert record_of(walk)[0][6] == "3"
        assert "undone by #3" in walk.screen, "the choice stays on the entry"
        await walk.press("u")
        assert "#1 is undone already, by #3." in walk.status


async def test_the_detail_shows_and_undoes_the_relations_last_write(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await write_twice(walk)
        await walk.press("enter")
        assert walk.fields()["record"].startswith("#2  11-22 陈敏  written and seen / mobiles added 13700001111 / #1")
        await walk.press("u")
        assert "Undo #2" in walk.screen


async def test_personal_data_is_masked_in_the_record_as_elsewhere(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await write_twice(walk)
        await walk.press("5", "m")
        assert "13700001111" not in walk.screen
        assert "137****1111" in walk.screen
        await walk.press("enter")
        assert "13700001111" not in walk.screen
        await walk.press("f9")
        assert "13700001111" in walk.screen


async def test_the_listed_entries_are_exported_into_a_new_file(open_app: OpenApp, tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    async with open_app() as walk:
        await write_twice(walk)
        await walk.press("5", "slash")
        await walk.paste("#1")
        await walk.press("enter", "x", "ctrl+u")
        await walk.paste(str(tmp_path / "record.txt"))
        await walk.press("enter")
        assert "ends in .csv, .xlsx or .jsonl" in walk.words
        await walk.press("ctrl+u")
        await walk.paste(str(file))
        await walk.press("enter")
        [line] = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert (line["id"], line["userid"], line["external_userid"]) == (1, ZHANG, LI_JIANGUO)
        assert "1 entry in " in walk.status
        await walk.press("x", "ctrl+u")
        await walk.paste(str(file))
        await walk.press("enter")
        assert "was not written" in walk.words, "a file that is there is left alone"
        assert len(entries(walk)) == 2
