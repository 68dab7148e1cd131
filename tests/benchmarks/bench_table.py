"""The big table at 20,000 and 500,000 rows of an SQLite file against Textual's DataTable at 20,000."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import tempfile
from array import array
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.text import Text
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import DataTable

from console.tui.columns import Column
from console.tui.rows import Row, VectorSource
from console.tui.table import BigTable
from tests.benchmarks.measure import Result, at_least, at_most, child_json, resident_mb, show, told

MODULE = "tests.benchmarks.bench_table"
TITLES = ("备注", "昵称", "企业", "手机", "添加", "说明")
WIDTHS = (14, 12, 10, 13, 5, 20)
FIELDS = "remark, name, corp, mobile, added, description"
RUNS = 3
PAGES = 25
QUIET = 0.04
PATIENCE = 60


def run() -> list[Result]:
    """Measure, each table in fresh processes; takes about half a minute."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.db", Path(folder) / "large.db"
        fill(small, 20_000)
        fill(large, 500_000)
        child_json(MODULE, "big", str(small))  # compiles what isn't compiled yet
        child_json(MODULE, "data", str(small), "2000")
        ours = medians([child_json(MODULE, "big", str(small)) for _ in range(RUNS)])
        most = medians([child_json(MODULE, "big", str(large)) for _ in range(RUNS)])
        data = child_json(MODULE, "data", str(small))
    return [
        told("DataTable, 20,000: ready", data["ready"], "s"),
        told("big table, 20,000: ready", ours["ready"], "s", "ids read, first window painted"),
        at_least("ready, sooner than DataTable", data["ready"] / ours["ready"], "x", 10),
        at_most("500,000: first window", most["window"], "s", 0.1, f"after {most['ids']:.2f} s for the ids"),
        told("DataTable, 20,000: page down, median", data["page"], "ms"),
        told("big table, 20,000: page down, median", ours["page"], "ms"),
        at_most("500,000: page down, median", most["page"], "ms", 20, times(data["page"], most["page"])),
        told("DataTable, 20,000: end and back", data["jump"], "ms"),
        told("big table, 20,000: end and back", ours["jump"], "ms"),
        at_most("500,000: end and back", most["jump"], "ms", 60, times(data["jump"], most["jump"])),
        told("DataTable, 20,000: memory", data["memory"], "MB"),
        told("big table, 20,000: memory", ours["memory"], "MB"),
        told("big table, 500,000: memory", most["memory"], "MB"),
        at_most("memory, 500,000 against 20,000", most["memory"] / ours["memory"], "x", 1.6),
    ]


def times(theirs: float, ours: float) -> str:
    return f"{theirs / ours:.1f} times quicker than DataTable at 20,000"


def medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {figure: median(one[figure] for one in runs) for figure in runs[0]}


def fill(file: Path, count: int) -> None:
    """A file of `count` customers with Chinese texts."""
    families, given = "王李张刘陈杨赵黄周吴", "建国小明丽娜志强秀英伟芳"
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(f"CREATE TABLE customers (id INTEGER PRIMARY KEY, {FIELDS})")
        db.executemany(
            "INSERT INTO customers VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    row,
                    f"{families[row % 10]}总 {row}",
                    families[row % 7] + given[row % 12] + given[row // 12 % 12],
                    "城建三局" if row % 3 else "远洋地产公司",
                    f"138{row:08}",
                    f"{row % 12 + 1:02}-{row % 28 + 1:02}",
                    "采购对接人，只在工作日联系，报价先发邮件",
                )
                for row in range(count)
            ),
        )


class BenchApp(App[None]):
    """A table alone; knows when the screen was painted last."""

    def __init__(self, table: BigTable | DataTable[Text]) -> None:
        super().__init__()
        self.table = table
        self.painted = 0.0

    def compose(self) -> ComposeResult:
        yield self.table

    def _display(self, screen: Screen[object], renderable: object) -> None:
        super()._display(screen, renderable)  # type: ignore[arg-type]
        self.painted = perf_counter()

    async def until_quiet(self, since: float) -> float:
        """Seconds from `since` to the last painting, once nothing was painted for a while after it."""
        while self.painted < since or perf_counter() - self.painted < QUIET:
            if perf_counter() - since > PATIENCE and self.painted < since:
                raise TimeoutError("nothing was painted")
            await asyncio.sleep(0.001)
        return self.painted - since


async def measure_big(file: Path) -> dict[str, float]:
    """Figures of `BigTable` over all rows of `file`."""
    with closing(sqlite3.connect(file)) as db:

        def fetch(ids: Sequence[int]) -> list[Row]:
            places = ",".join("?" * len(ids))
            found = db.execute(f"SELECT id, {FIELDS} FROM customers WHERE id IN ({places})", ids)
            return [Row(row[0], row[1:]) for row in found]

        table = BigTable([Column(title, title, width) for title, width in zip(TITLES, WIDTHS, strict=True)])
        app = BenchApp(table)
        async with app.run_test(size=(80, 24)):
            table.focus()
            await app.until_quiet(0)
            began = perf_counter()
            ids = array("q")
            cursor = db.execute("SELECT id FROM customers ORDER BY id DESC")
            while chunk := cursor.fetchmany(2000):
                ids.extend(row[0] for row in chunk)
            read = perf_counter()
            table.show(VectorSource(ids, fetch))
            window = await app.until_quiet(read)
            figures = await keys(app)
            assert table.chosen_index == 0
        return figures | {"ids": read - began, "window": window, "ready": read - began + window}


async def measure_data(file: Path, limit: int) -> dict[str, float]:
    """Figures of `DataTable` over at most `limit` rows of `file`; as `Text`, since it reads `str` as markup."""
    with closing(sqlite3.connect(file)) as db:
        table: DataTable[Text] = DataTable(cursor_type="row")
        app = BenchApp(table)
        async with app.run_test(size=(80, 24)):
            table.focus()
            for title, width in zip(TITLES, WIDTHS, strict=True):
                table.add_column(title, width=width)
            await app.until_quiet(0)
            began = perf_counter()
            found = db.execute(f"SELECT id, {FIELDS} FROM customers ORDER BY id DESC LIMIT ?", (limit,))
            for row in found:
                table.add_row(*(Text(cell) for cell in row[1:]), key=str(row[0]))
            await app.until_quiet(perf_counter())
            ready = app.painted - began
            figures = await keys(app)
        return figures | {"ready": ready}


async def keys(app: BenchApp) -> dict[str, float]:
    """Milliseconds from a key to the last painting it causes, and MB at the end."""

    async def press(action: str) -> float:
        began = perf_counter()
        await app.table.run_action(action)
        return await app.until_quiet(began) * 1000

    ours, theirs = ("move_page(1)", "last", "first"), ("page_down", "scroll_bottom", "scroll_top")
    down, end, home = ours if isinstance(app.table, BigTable) else theirs
    await press(down)
    page = median([await press(down) for _ in range(PAGES)])
    jump = median([await press(end) + await press(home) for _ in range(5)])
    return {"page": page, "jump": jump, "memory": resident_mb()}


def child(kind: str, file: str, limit: str = "20000") -> None:
    """One measurement, printed as JSON."""
    work = measure_big(Path(file)) if kind == "big" else measure_data(Path(file), int(limit))
    sys.stdout.write(json.dumps(asyncio.run(work)) + "\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(*sys.argv[1:])
    else:
        figures = run()
        show("The big table", figures)
        sys.exit(any(figure.missed for figure in figures))
