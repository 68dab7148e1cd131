"""One follower with 20,000 customers, WeCom's most: C1 and C3 while the screen stays alive, then filtering them."""

from __future__ import annotations

import asyncio
import json
import sys
from statistics import median, quantiles
from time import perf_counter

from console.store.relations import RelationQuery
from tests.benchmarks.headless import Pauses, running_app
from tests.benchmarks.keystrokes import p95_of_keystrokes
from tests.benchmarks.measure import Result, at_most, child_json, resident_mb, show, told

MODULE = "tests.benchmarks.bench_follower"
MOST = 20_000
FOLLOWER = "lina"
LATENCY_MS = 50
TRIPS = 2
RUNS = 3
FILTERS = ("王", "ljg", "1380000", "装饰", "张伟", "lz")


def run() -> list[Result]:
    """Measure at both latencies in fresh processes, in turn; takes about two minutes."""
    runs = [(child_json(MODULE, "0"), child_json(MODULE, str(LATENCY_MS))) for _ in range(RUNS)]
    near = {figure: median(one[figure] for one, _far in runs) for figure in runs[0][0]}
    far = {figure: median(one[figure] for _near, one in runs) for figure in runs[0][1]}
    floor = TRIPS * LATENCY_MS
    all_trips = (1 + MOST / 100) * LATENCY_MS / 1000
    trips = (far["first"] - near["first"]) / LATENCY_MS
    return [
        told("two round trips", floor, "ms", "the floor"),
        told("20,000: first rows, 0 ms a trip", near["first"], "ms", "what we add to the trips"),
        told("20,000: first rows, 50 ms a trip", far["first"], "ms", f"{far['first'] / floor:.2f} x two round trips"),
        at_most("20,000: trips before the first rows", trips, "", TRIPS + 0.5, "by what latency adds to them"),
        told("20,000: all read, 0 ms a trip", near["all"], "s", f"{MOST / near['all']:,.0f} customers a second"),
        told(
            "20,000: all read, 50 ms a trip",
            far["all"],
            "s",
            f"{far['all'] / all_trips:.2f} x its trips",
        ),
        at_most("20,000: worst pause of the loop, 0 ms a trip", near["pause"], "ms", 50, f"p99 {near['p99']:.0f} ms"),
        at_most("20,000: worst pause of the loop, 50 ms a trip", far["pause"], "ms", 50, f"p99 {far['p99']:.0f} ms"),
        at_most("20,000: memory of the app's process", max(near["memory"], far["memory"]), "MB", 90, "no receiver"),
        at_most("20,000: filter keystroke to paint, p95", near["filter"], "ms", 50),
    ]


async def measure(latency_ms: int) -> dict[str, float]:
    """Figures of one reading; times in milliseconds but `all`, in seconds."""
    sizes = ("--customers", str(MOST + 4200), "--largest", str(MOST))
    async with running_app(*sizes, "--latency-ms", str(latency_ms), receives=False) as app:
        pane = app.pane
        pauses = Pauses()
        watching = asyncio.create_task(pauses.watch())
        began = perf_counter()
        pane.followers.table.choose(FOLLOWER)
        pane.open_follower(FOLLOWER)
        first = await app.painting(lambda: pane.customers.follower == FOLLOWER and len(pane.customers.table.source) > 0)
        await app.painting(lambda: len(pane.customers.table.source) >= MOST)
        every = app.painted
        await app.until_quiet()
        watching.cancel()
        memory = resident_mb()
        # What is typed before all search text is written waits for that; this is about the list as it stays.
        await app.session.records.relations.select(RelationQuery(FOLLOWER, contains=FILTERS[0]))
        typed = await p95_of_keystrokes(app, pane.customers, FILTERS)
    return {
        "first": (first - began) * 1000,
        "all": every - began,
        "pause": pauses.worst * 1000,
        "p99": quantiles(pauses.all, n=100)[-1] * 1000,
        "memory": memory,
        "filter": typed * 1000,
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(asyncio.run(measure(int(sys.argv[1])))) + "\n")
    else:
        figures = run()
        show("A follower with 20,000 customers", figures)
        sys.exit(any(figure.missed for figure in figures))
