"""The record as a file: whole for programs, harmless for spreadsheets, and nobody else's to read."""

from __future__ import annotations

import csv
import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from console.operations.export_file import Form, export_now
from console.operations.remark.audit_export import exporting_entries
from console.store.audit import AuditQuery
from tests.operations.remark.conftest import Scribe, remark


async def exported(scribe: Scribe, file: Path) -> Path:
    form = Form.of(file)
    assert form is not None
    audit = scribe.author.records.audit
    assert export_now(exporting_entries(audit, audit.select(AuditQuery()), file, form)) == 1
    return file


async def test_programs_get_every_field_and_spreadsheets_no_formula(scribe: Scribe, tmp_path: Path) -> None:
    scribe = replace(scribe, author=replace(scribe.author, operator="=HYPERLINK(1)"))
    await scribe.outcome(await scribe.plan(remark("=1+1", reason="@SUM(A1)")))

    [entry] = [
        json.loads(line) for line in (await exported(scribe, tmp_path / "a.jsonl")).read_text("utf-8").splitlines()
    ]
    assert (entry["after"]["remark"], entry["reason"], entry["outcome"]) == ("=1+1", "@SUM(A1)", "written_and_seen")
    with (await exported(scribe, tmp_path / "a.csv")).open(encoding="utf-8-sig", newline="") as stream:
        head, row = csv.reader(stream)
    cells = dict(zip(head, row, strict=True))
    assert (cells["operator"], cells["reason"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")
    assert cells["changes"] == "remark 李部张 -> =1+1"


async def test_a_file_is_new_and_for_this_user_alone(scribe: Scribe, tmp_path: Path) -> None:
    await scribe.outcome(await scribe.plan(remark("李部长")))
    file = await exported(scribe, tmp_path / "a.CSV")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        await exported(scribe, file)
    assert Form.of(tmp_path / "a.doc") is None
