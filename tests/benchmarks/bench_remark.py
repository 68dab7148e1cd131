"""Editing a remark: from a key to the redrawn diff, and from the last yes to "written and seen"."""

from __future__ import annotations

import asyncio
import json
import sys
from statistics import median, quantiles
from time import perf_counter

from textual import events
from textual.strip import Strip

from console.operations.remark.values import RemarkField
from console.store.relations import RelationQuery, RelationRow
from console.tui.dialogs.question import Question
from console.tui.remark.boxes import LineBox
from console.tui.remark.diff import DiffTable
from console.tui.remark.editor import Editor
from console.tui.rows import RowSource
from tests.benchmarks.headless import MeasuredApp, running_app
from tests.benchmarks.measure import Result, at_most, child_json, show, told

MODULE = "tests.benchmarks.bench_remark"
LATENCY_MS = 50
ROUND_TRIPS = 3
MOBILES = [f"138{number:08}" for number in range(50)]
REMARK = "李部张"
KEYS = 120
WRITES = 9
BETWEEN = 0.04
"""Seconds from one keystroke to the next."""


def run() -> list[Result]:
    """Measure, in fresh processes; takes about half a minute."""
    typed, written = child_json(MODULE, "type"), child_json(MODULE, "write")
    floor = ROUND_TRIPS * LATENCY_MS
    return [
        told("50 mobiles: key to redrawn diff, median", typed["median"], "ms"),
        at_most("50 mobiles: key to redrawn diff, p95", typed["p95"], "ms", 30),
        told("three round trips", floor, "ms", "the check, the write, the read-back"),
        told("from the last yes to written and seen", written["median"], "ms"),
        at_most("written and seen against three round trips", written["median"] / floor, "x", 1.2),
    ]


async def measure_typing() -> dict[str, float]:
    """Milliseconds from a key in the list of mobiles to the painting of the diff that follows from it."""
    async with running_app() as app:
        relation = _relation(app)
        client = await app.session.client()
        body = {"userid": relation.userid, "external_userid": relation.external_userid, "remark_mobiles": MOBILES}
        await client.remark(body)
        app.pane.open_detail(relation.external_userid, relation.userid)
        await app.until_quiet()
        app.pane.detail.action_read_again()
        await app.until_quiet()
        await app.desk.edit(relation.external_userid, relation.userid, RemarkField.MOBILES)
        await app.until_quiet()
        editor = _editor(app)
        assert len(editor.standing.seen.values.numbers) == len(MOBILES)
        keys = ["enter", *"13912342208", *["backspace"] * 12]
        drawn = Drawn(editor.diff)
        took = [await _keystroke(app, drawn, keys[number % len(keys)]) for number in range(KEYS)]
    return {"median": median(took) * 1000, "p95": quantiles(took, n=20)[-1] * 1000}


async def measure_writing() -> dict[str, float]:
    """Milliseconds from Enter on the question to the painting that says how it ended."""
    took = []
    async with running_app("--latency-ms", str(LATENCY_MS)) as app:
        relation = _relation(app)
        for number in range(WRITES):
            await app.desk.edit(relation.external_userid, relation.userid)
            editor = _editor(app)
            remark = editor.form.rows[RemarkField.REMARK.value].field
            assert isinstance(remark, LineBox)
            remark.value = f"{REMARK}{number}"
            await app.until_quiet()
            editor.action_review()
            await app.painting(lambda: isinstance(app.screen, Question))
            await app.until_quiet()
            question = app.screen
            assert isinstance(question, Question)
            question.answers.action_move(1)
            await app.painting(lambda: True)
            await app.until_quiet()
            began = perf_counter()
            question.answers.action_answer()
            shown = await app.painting(lambda: not app.desk.is_writing and app.desk.last.result is not None)
            result = app.desk.last.result
            assert result is not None
            assert result.is_success, result.words
            took.append(shown - began)
            app.desk.last.result = None
            await app.until_quiet()
    return {"median": median(took) * 1000}


def _relation(app: MeasuredApp) -> RelationRow:
    relations = app.session.records.relations
    [relation] = relations.window(relations.select_now(RelationQuery(contains=REMARK)))
    return relation


def _editor(app: MeasuredApp) -> Editor:
    assert isinstance(app.screen, Editor)
    return app.screen


class Drawn:
    """Knows which rows of a diff were drawn last."""

    def __init__(self, diff: DiffTable) -> None:
        self.diff = diff
        self.source: RowSource | None = None
        self._render_line = diff.render_line
        diff.render_line = self._noted  # type: ignore[method-assign]

    def _noted(self, y: int) -> Strip:
        self.source = self.diff.source
        return self._render_line(y)

    def is_newer_than(self, before: RowSource) -> bool:
        """Whether other rows than these are drawn."""
        return self.source is self.diff.source and self.source is not before


async def _keystroke(app: MeasuredApp, drawn: Drawn, key: str) -> float:
    before = drawn.diff.source
    driver = app._driver
    assert driver is not None
    painting = asyncio.create_task(app.painting(lambda: drawn.is_newer_than(before)))
    await asyncio.sleep(BETWEEN)
    began = perf_counter()
    event = events.Key(key, key if len(key) == 1 else None)
    event.set_sender(app)
    driver.send_message(event)
    return await painting - began


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured = measure_typing() if sys.argv[1] == "type" else measure_writing()
        sys.stdout.write(json.dumps(asyncio.run(measured)) + "\n")
    else:
        figures = run()
        show("A remark", figures)
        sys.exit(any(figure.missed for figure in figures))
