"""Keys while 200 events a second arrive, against keys while nothing does."""

from __future__ import annotations

import asyncio
import json
import sys

from console.receiver.states import Listening
from console.sandbox.options import Options, invent_credentials
from tests.benchmarks.headless import MeasuredApp, running_app
from tests.benchmarks.keystrokes import p95_of_keystrokes
from tests.benchmarks.measure import ROOT, Result, at_least, at_most, child_environment, child_json, told

MODULE = "tests.benchmarks.bench_busy"
RATE = 200
"""Events a second."""
SECONDS = 8.0
FILTERS = ("138", "李", "zz", "39", "陈", "wx")


def run() -> list[Result]:
    """Measure in a fresh process; takes about half a minute."""
    figures = child_json(MODULE, "measure")
    quiet, busy = figures["quiet"], figures["busy"]
    return [
        told("quiet: filter keystroke to paint, p95", quiet, "ms"),
        at_most(f"while {RATE} events a second arrive", busy, "ms", 50),
        at_most("against quiet", busy / quiet, "x", 2),
        at_least("events taken and on disk", figures["taken"] / (RATE * SECONDS), "x", 1, f"{figures['taken']:,.0f}"),
    ]


async def measure() -> dict[str, float]:
    """Both figures in milliseconds, and how many events were answered 200."""
    async with running_app("--ambient", "0") as app:
        url = await _address(app)
        quiet = await p95_of_keystrokes(app, app.pane.customers, FILTERS)
        credentials = invent_credentials(Options().seed)
        asked = {
            "url": url,
            "token": credentials.callback_token,
            "key": credentials.encoding_aes_key,
            "corp_id": credentials.corp_id,
            "rate": RATE,
            "seconds": SECONDS,
        }
        load = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.benchmarks.event_load",
            cwd=ROOT,
            env=child_environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        sending = asyncio.create_task(load.communicate(json.dumps(asked).encode() + b"\n"))
        await asyncio.sleep(1.5)  # the sender loads, and the first events come
        busy = await p95_of_keystrokes(app, app.pane.customers, FILTERS)
        out, _err = await sending
    return {"quiet": quiet * 1000, "busy": busy * 1000, "taken": float(out)}


async def _address(app: MeasuredApp) -> str:
    """Where it listens, once it does."""

    def listening() -> Listening | None:
        state = app.lookout.reception.state if app.lookout is not None else None
        return state if isinstance(state, Listening) else None

    await app.painting(lambda: listening() is not None)
    state = listening()
    assert state is not None
    return state.at.url


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(measure())) + "\n")
