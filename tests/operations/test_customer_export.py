"""Customers as a file: whole or not there, nobody else's to read, and nothing in it is a formula."""

from __future__ import annotations

import csv
import json
import os
import re
import stat
import zipfile
from pathlib import Path

import pytest

from console.operations.browse import read_customers
from console.operations.customer_export import exporting_customers, headings
from console.operations.export_file import Form, export_now
from console.store.relations import RelationQuery
from tests.conftest import LI_JIANGUO
from tests.operations.conftest import Desk


@pytest.fixture
async def known(desk: Desk) -> Desk:
    """A desk at which 张伟's customers were read, the hostile ones among them."""
    async for _outcome in read_customers(desk.client, desk.records, "zhangwei"):
        pass
    return desk


async def export(desk: Desk, file: Path, *, contains: str = "", masked: bool = False, replace: bool = False) -> int:
    form = Form.of(file)
    assert form is not None
    ids = await desk.records.relations.select(RelationQuery(contains=contains))
    return export_now(
        exporting_customers(desk.records, lambda _userid: "张伟", ids, file, form, masked=masked, replace=replace)
    )


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def cells_of(file: Path) -> list[str]:
    """The texts of a workbook; it has no other cells."""
    with zipfile.ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert set(re.findall(r'<c [^>]*t="(\w+)"', sheet)) == {"inlineStr"}
        return re.findall(r"<t[^>]*>(.*?)</t>", sheet)


async def test_what_is_filtered_is_what_is_written(known: Desk, tmp_path: Path) -> None:
    assert await export(known, tmp_path / "all.csv") == 212
    assert await export(known, tmp_path / "ljg.csv", contains="ljg") == 1
    [row] = rows_of(tmp_path / "ljg.csv")
    assert (row["remark"], row["mobiles"], row["customer ID"]) == ("李部张", "13800000001, 13912342280", LI_JIANGUO)
    assert list(row) == headings()


async def test_no_cell_of_a_spreadsheet_is_a_formula(known: Desk, tmp_path: Path) -> None:
    await export(known, tmp_path / "all.csv")
    await export(known, tmp_path / "all.xlsx")

    values = [value for row in rows_of(tmp_path / "all.csv") for value in row.values()]
    assert "'=1+1" in values
    assert not [value for value in values if value.startswith(("=", "+", "@", "\t", "\r"))]
    assert "=1+1" in cells_of(tmp_path / "all.xlsx")


async def test_programs_get_wecoms_own_shape_with_nothing_left_out(known: Desk, tmp_path: Path) -> None:
    await export(known, tmp_path / "one.jsonl", contains="ljg")
    [document] = [json.loads(line) for line in (tmp_path / "one.jsonl").read_text("utf-8").splitlines()]

    assert document["external_contact"]["external_userid"] == LI_JIANGUO
    assert document["follow_info"]["remark_mobiles"] == ["13800000001", "13912342280"]


@pytest.mark.parametrize("name", ["one.csv", "one.jsonl"])
async def test_masked_it_holds_no_phone_number_and_no_unionid(known: Desk, tmp_path: Path, name: str) -> None:
    await export(known, tmp_path / name, contains="ljg", masked=True)
    text = (tmp_path / name).read_text("utf-8-sig")

    assert "138****0001" in text
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert "oLx7s5QdZr8wKc4tHu6jNa2eQk2M" not in text
    assert LI_JIANGUO in text


async def test_it_is_for_this_user_alone_and_replaces_nothing_unasked(known: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        await export(known, file)
    assert file.read_text(encoding="utf-8") == "mine"
    await export(known, file, replace=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [name for name in os.listdir(tmp_path) if name.endswith((".csv", ".part"))] == ["a.csv"]


@pytest.mark.parametrize("form", list(Form))
async def test_broken_off_it_leaves_nothing_behind(known: Desk, tmp_path: Path, form: Form) -> None:
    ids = known.records.relations.select_now(RelationQuery())
    folder = tmp_path / "out"
    folder.mkdir()
    steps = exporting_customers(known.records, str, ids, folder / f"a{form.value}", form)
    next(steps)
    steps.close()

    assert list(folder.iterdir()) == []


async def test_a_folder_that_is_not_there_is_an_error_and_no_file(known: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await export(known, tmp_path / "nowhere" / "a.csv")
