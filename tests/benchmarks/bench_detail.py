"""A customer with 1,200 followers on a warm connection, 50 ms a round trip: from the key to the last row shown."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any

import httpx

from console.store.relations import RelationQuery
from tests.benchmarks.headless import Pauses, running_app
from tests.benchmarks.keystrokes import p95_of_keystrokes
from tests.benchmarks.measure import Result, at_most, child_json, show, told

MODULE = "tests.benchmarks.bench_detail"
LATENCY_MS = 50
PAGES = 3
FOLLOWERS = 1200
EVERYBODYS = "Mrs.He"
RUNS = 7
FILTERS = ("138", "md00", "何太", "王", "md119", "zw")


def run() -> list[Result]:
    """Measure, each first reading in a fresh process; takes about half a minute."""
    found = [child_json(MODULE, "measure") for _ in range(RUNS)]
    floor = PAGES * LATENCY_MS
    key = median(one["key"] for one in found)
    took = median(one["shown"] for one in found)
    return [
        told("three round trips", floor, "ms", "the floor"),
        told("1,200 followers: to the last row shown", took, "ms", f"from the key {key:.0f} ms"),
        at_most("1,200 followers against three round trips", took / floor, "x", 1.3),
        told("1,200 followers: worst pause of the loop", median(one["pause"] for one in found), "ms"),
        at_most("1,200 followers: filter keystroke to paint, p95", median(one["filter"] for one in found), "ms", 50),
    ]


async def measure() -> dict[str, float]:
    """Figures in milliseconds of one first reading."""
    async with running_app("--latency-ms", str(LATENCY_MS)) as app:
        pane, records = app.pane, app.session.records
        [relation] = records.relations.window(records.relations.select_now(RelationQuery(contains=EVERYBODYS)))
        pauses = Pauses()
        watching = asyncio.create_task(pauses.watch())
        client = await app.session.client()
        last = (await client.customer(relation.external_userid)).follow_users[-1].userid or ""
        with _requests_noted() as requests:
            began = perf_counter()
            pane.open_detail(relation.external_userid, last)
            shown = await app.painting(lambda: pane.detail.table.chosen_key == last.casefold())
        await app.until_quiet()
        watching.cancel()
        assert (pane.detail.table.chosen_index or 0) >= FOLLOWERS - 1
        typed = await p95_of_keystrokes(app, pane.detail, FILTERS)
    return {
        "shown": (shown - requests[0]) * 1000,
        "key": (shown - began) * 1000,
        "pause": pauses.worst * 1000,
        "filter": typed * 1000,
    }


@contextmanager
def _requests_noted() -> Iterator[list[float]]:
    """The moments at which a request leaves for the wire."""
    moments: list[float] = []
    build = httpx.AsyncClient.build_request

    async def note(event: str, _info: object) -> None:
        if event == "http11.send_request_headers.started":
            moments.append(perf_counter())

    def build_noted(self: httpx.AsyncClient, *arguments: Any, **options: Any) -> httpx.Request:  # noqa: ANN401
        request = build(self, *arguments, **options)
        request.extensions["trace"] = note
        return request

    httpx.AsyncClient.build_request = build_noted  # type: ignore[assignment,method-assign]
    try:
        yield moments
    finally:
        httpx.AsyncClient.build_request = build  # type: ignore[method-assign]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(asyncio.run(measure())) + "\n")
    else:
        figures = run()
        show("A customer with 1,200 followers", figures)
        sys.exit(any(figure.missed for figure in figures))
