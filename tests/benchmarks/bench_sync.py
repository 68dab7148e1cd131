"""Syncing 500 followers with 500,000 relations against what the round trips alone would take."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from math import ceil
from pathlib import Path

from console.operations.sync.holder import holder_name
from console.operations.sync.results import Complete, Incomplete
from console.operations.sync.run import SyncRun
from console.store import Records, Store
from console.store.relations import RelationQuery
from console.store.syncs import Begun
from console.wecom.access import AppSecret
from console.wecom.client import WeComClient
from console.wecom.redact import Hidden
from tests.benchmarks.measure import Result, at_least, at_most, child_json, resident_mb, show, told

MODULE = "tests.benchmarks.bench_sync"
FOLLOWERS = 500
RELATIONS = 500_000
LARGEST = 20_000
IN_FLIGHT = 10
REFUSED = "zhaomin"
"""The follower of the sandbox whom the app may not read."""
PAGE = 100
SERIAL_PAGES = 40
"""Pages of the guide's loop that are read to know what one takes; its other 4,960 would take as long each."""
PATIENCE = 600.0


def run() -> list[Result]:
    """Measure each division at both latencies, in fresh processes; takes about five minutes."""
    results: list[Result] = []
    for division, words in (("even", "1,000 each"), ("uneven", "20,000 at one")):
        for latency_ms, budget in ((100, 1.15), (50, 1.35)):
            figures = child_json(MODULE, division, str(latency_ms), timeout=PATIENCE)
            name = f"{words}, {latency_ms} ms"
            seconds, floor = figures["seconds"], figures["floor"]
            results += [
                told(f"{name}: the floor", floor, "s"),
                at_most(f"{name}: sync against the floor", seconds / floor, "x", budget, f"{seconds:.1f} s"),
                at_least(f"{name}: sooner than the serial loop", figures["serial"] / seconds, "x", 6),
                at_most(f"{name}: memory", figures["memory"], "MB", 150),
            ]
    stored = child_json(MODULE, "store", "0", timeout=PATIENCE)
    delivered = IN_FLIGHT * PAGE / 0.05
    results.append(
        at_least(
            "rows stored a second against ten requests in flight",
            stored["rows"] / delivered,
            "x",
            3,
            f"{stored['rows']:,.0f} rows; they deliver {delivered:,.0f} at 50 ms",
        )
    )
    return results


@contextmanager
def sandbox(*arguments: str) -> Iterator[dict[str, str]]:
    """A sandbox in a process of its own; its JSON line."""
    command = [sys.executable, "-m", "console.sandbox", *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()


@asynccontextmanager
async def desk(told: dict[str, str]) -> AsyncIterator[tuple[WeComClient, Records]]:
    """A client of the sandbox and an empty store."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store.db")
        access = AppSecret(told["corp_id"], Hidden(told["secret"]))
        async with WeComClient(access, base_url=told["base_url"]) as client:
            yield client, store.profile("bench", told["corp_id"], "self-built")
        store.close()


async def measure(division: str, latency_ms: int) -> dict[str, float]:
    """One sync of an empty store; seconds, MB, and how long the guide's serial loop would take."""
    shape = ["--even"] if division == "even" else ["--largest", str(LARGEST)]
    sizes = ["--staff", str(FOLLOWERS), "--customers", str(RELATIONS), *shape, "--latency-ms", str(latency_ms)]
    with sandbox(*sizes) as answer:
        async with desk(answer) as (client, records):
            await client.sign_in()
            serial = await _serial_loop(client)
            began = time.perf_counter()
            result = await SyncRun(client, records, holder_name("bench")).run()
            seconds = time.perf_counter() - began
            memory = resident_mb()
            assert isinstance(result, Complete | Incomplete), result
            relations = result.summary.relations
            assert relations == records.relations.count(RelationQuery())
            sizes_of = [row.count or 0 for row in records.followers.rows()]
    chains = [ceil(relations / PAGE / IN_FLIGHT), *(ceil(size / PAGE) for size in sizes_of)]
    return {
        "seconds": seconds,
        "floor": max(chains) * latency_ms / 1000,
        "memory": memory,
        "serial": serial * sum(ceil(size / PAGE) or 1 for size in sizes_of),
        "requests": float(result.summary.requests),
    }


async def _serial_loop(client: WeComClient) -> float:
    """Seconds that one page takes to who reads one follower after the other, page after page, as the guide does."""
    pages = 0
    began = time.perf_counter()
    for userid in await client.follow_users():
        async for page in client.batch_pages([userid]):
            pages += bool(page)
            if pages == SERIAL_PAGES:
                return (time.perf_counter() - began) / pages
    raise AssertionError("there are too few customers")


async def measure_store() -> dict[str, float]:
    """Rows a second that go into the store with their search text, when the network costs nothing."""
    with sandbox("--staff", "100", "--customers", "100000", "--even") as answer:
        async with desk(answer) as (client, records):
            userids = [userid for userid in await client.follow_users() if userid != REFUSED]
            pages = [(page.raw_rows, time.time()) async for page in client.batch_pages(userids)]
            begun = await records.syncs.begin("bench")
            assert isinstance(begun, Begun)
            sync = begun.sync
            await records.syncs.plan(sync.id, userids)
            rows, began = 0, time.perf_counter()
            for start in range(0, len(pages), 40):
                rows += await records.syncs.put_pages(sync.id, pages[start : start + 40])
            return {"rows": rows / (time.perf_counter() - began)}


if __name__ == "__main__":
    if len(sys.argv) > 2:
        division, latency = sys.argv[1], int(sys.argv[2])
        measured = measure_store() if division == "store" else measure(division, latency)
        sys.stdout.write(json.dumps(asyncio.run(measured)) + "\n")
    else:
        figures = run()
        show("Syncing half a million relations", figures)
        sys.exit(any(figure.missed for figure in figures))
