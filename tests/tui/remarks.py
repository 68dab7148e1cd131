"""Walks to the form of 张伟's remark about 李建国, and what the sandbox holds of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from console.operations.remark.edits import Typed, edits_from_form
from console.operations.remark.guard import RelationRead, read_relation
from console.operations.remark.outcome import Outcome, Verdict
from console.operations.remark.plan import make_plan
from console.operations.remark.write import Author, write_remark
from console.sandbox.records import Relation
from console.store.audit import AuditEntry, AuditQuery
from console.tui.remark.editor import Editor
from console.tui.remark.form import RemarkForm
from tests.conftest import LI_JIANGUO
from tests.tui.conftest import Walk, rows_of

C2, C4 = "/externalcontact/get", "/externalcontact/remark"
ZHANG, LI_NA = "zhangwei", "lina"
LI_JIANGUO_REMARK = "李部张"
WRITE = ("f8", "right", "enter")


async def to_li_jianguo(walk: Walk) -> None:
    """Choose 张伟's row of 李建国, remark 李部张."""
    await walk.press("enter")
    await walk.until(lambda: LI_JIANGUO_REMARK in [row.remark for row in walk.relations()])
    [relation] = [row for row in walk.relations() if row.remark == LI_JIANGUO_REMARK]
    walk.app.pane.customers.table.choose(relation.id)
    await walk.settle()


async def open_form(walk: Walk) -> None:
    """Open the form on that row."""
    await to_li_jianguo(walk)
    await walk.press("e")
    assert walk.place == "edit-remark"


async def written(walk: Walk, typed: Typed) -> None:
    """Have these words written by somebody at another screen of the same profile."""
    session = walk.app.session
    client = await session.client()
    read = await read_relation(client, session.records, LI_JIANGUO, ZHANG, session.profile.app_type)
    assert isinstance(read, RelationRead)
    plan = make_plan(read.now, edits_from_form(read.now.values, typed))
    author = Author(client, session.records, session.profile, "陈敏", delays=(0.0,))
    *_steps, ended = [one async for one in write_remark(author, plan)]
    assert isinstance(ended, Outcome)
    assert ended.verdict is Verdict.WRITTEN_AND_SEEN


def editor_of(walk: Walk) -> Editor:
    """The editor that is open."""
    return next(screen for screen in walk.app.screen_stack if isinstance(screen, Editor))


def form_of(walk: Walk) -> RemarkForm:
    """Its form."""
    return editor_of(walk).form


def diff_of(walk: Walk) -> list[tuple[str, ...]]:
    """The rows of the diff beside the form."""
    return rows_of(editor_of(walk).diff)


def diff_lines(walk: Walk) -> list[str]:
    """The texts of the diff."""
    return [cells[1] for cells in diff_of(walk)]


def at_wecom(walk: Walk, userid: str = ZHANG, external_userid: str = LI_JIANGUO) -> Relation:
    """What the sandbox has, shown to readers or not."""
    return walk.sandbox.colleague.sees(userid, external_userid)


def entries(walk: Walk) -> Sequence[AuditEntry]:
    """The record, the newest first."""
    audit = walk.app.session.records.audit
    return audit.window(audit.select(AuditQuery()))


def chosen_remark(walk: Walk) -> str:
    """The remark in the chosen row of the customers."""
    relation = walk.app.pane.customers.chosen
    return cast("str", relation.remark) if relation else ""
