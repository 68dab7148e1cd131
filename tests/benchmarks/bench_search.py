"""Finding, sorting and exporting among 500,000 relations that were synced before."""

from __future__ import annotations

import asyncio
import csv
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from console.operations.customer_export import exporting_customers
from console.operations.export_file import Form, export_now
from console.operations.sync.holder import holder_name
from console.operations.sync.run import SyncRun
from console.store import Records
from console.store.relations import RelationQuery
from tests.benchmarks.bench_sync import FOLLOWERS, PATIENCE, RELATIONS, desk, sandbox
from tests.benchmarks.headless import Pauses
from tests.benchmarks.measure import Result, at_least, at_most, child_json, told

MODULE = "tests.benchmarks.bench_search"
SEARCHES = {"one character": "李", "two": "建国", "three": "陈老板", "digits": "8899", "initials": "ljg"}
RUNS = 15
WINDOW = 40
"""Rows on a tall screen."""
EXPORTED = 100_000
LIKE = """
    SELECT relation_id FROM relation_lines WHERE profile_id = 1 AND state <> 2 AND words LIKE ?
    ORDER BY createtime DESC LIMIT 200"""


def run() -> list[Result]:
    """Measure in a fresh process; takes about two minutes, most of it the sync."""
    figures = child_json(MODULE, "measure", timeout=PATIENCE)
    results = [told("relations", figures["relations"], "rows")]
    for name in SEARCHES:
        took, scan = figures[name], figures[f"{name} by LIKE"]
        results += [
            at_most(
                f"{name}: to the first window, median",
                took,
                "ms",
                10,
                f"all of them within {figures[f'all {name}']:.0f} ms",
            ),
            at_least(f"{name}: sooner than a LIKE scan", scan / took, "x", 20, f"{scan:.0f} ms"),
        ]
    return [
        *results,
        at_most("sorted by a column without an index", figures["sorted"], "s", 1.0),
        at_most("worst pause of the loop meanwhile", figures["pause"], "ms", 50),
        told("csv.writer alone", figures["csv"], "rows/s", "the floor"),
        at_least(
            "export against csv.writer alone",
            figures["export"] / figures["csv"],
            "x",
            0.5,
            f"{figures['export']:,.0f} rows/s",
        ),
    ]


async def measure() -> dict[str, float]:
    """All figures: milliseconds, and where it says so seconds or rows a second."""
    with sandbox("--staff", str(FOLLOWERS), "--customers", str(RELATIONS), "--even") as answer:
        async with desk(answer) as (client, records):
            await SyncRun(client, records, holder_name("bench")).run()
            await records.relations.select(RelationQuery(contains="李"))  # what has no search text yet gets it first
            found = {"relations": float(records.relations.count(RelationQuery()))}
            for name, typed in SEARCHES.items():
                found |= await _searched(records, name, typed)
            return found | await _sorted(records) | _exported(records)


async def _searched(records: Records, name: str, typed: str) -> dict[str, float]:
    query = RelationQuery(contains=typed)

    def first_window() -> None:
        ids = records.relations.first(query)
        assert ids is not None
        assert records.relations.window(ids[:WINDOW])

    began = perf_counter()
    await records.relations.select(query)
    everybody = (perf_counter() - began) * 1000
    with tempfile.TemporaryDirectory():
        scan = _took(
            lambda: records.relations._database.read_now(lambda c: c.execute(LIKE, (f"%{typed}%",)).fetchall()), 3
        )
    return {name: _took(first_window, RUNS), f"{name} by LIKE": scan, f"all {name}": everybody}


async def _sorted(records: Records) -> dict[str, float]:
    query = replace(RelationQuery(), order="company", descending=False)
    pauses = Pauses()
    watching = asyncio.create_task(pauses.watch())
    await asyncio.sleep(0.05)
    pauses.worst = 0.0
    began = perf_counter()
    ids = await records.relations.select(query)
    records.relations.window(ids[:WINDOW])
    seconds = perf_counter() - began
    watching.cancel()
    return {"sorted": seconds, "pause": pauses.worst * 1000}


def _exported(records: Records) -> dict[str, float]:
    ids = records.relations.select_now(RelationQuery())[:EXPORTED]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.csv"
        began = perf_counter()
        export_now(exporting_customers(records, str, ids, file, Form.CSV))
        ours = EXPORTED / (perf_counter() - began)
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows: Sequence[Sequence[str]] = list(csv.reader(source))
        began = perf_counter()
        with (Path(folder) / "plain.csv").open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows(rows)
        plain = EXPORTED / (perf_counter() - began)
    return {"export": ours, "csv": plain}


def _took(act: Callable[[], object], runs: int) -> float:
    """The median of some runs, in milliseconds."""
    taken = []
    for _run in range(runs):
        began = perf_counter()
        act()
        taken.append((perf_counter() - began) * 1000)
    return median(taken)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(measure())) + "\n")
