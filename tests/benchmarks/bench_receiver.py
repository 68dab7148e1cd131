"""Events a second that are on disk before the answer, against Flask with wechatpy, which stores nothing; in turn."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.http_load import Load, post_all, post_request
from tests.benchmarks.measure import ROOT, Result, at_least, at_most, child_environment, show, told
from tests.wecom.callback.peers import CORP, NONCE, TIMESTAMP, envelope
from tests.wecom.callback.samples import change

SECONDS = 2.0
ROUNDS = 3
MOST = 12_000 * int(SECONDS)
_FIELDS = "<UserID>zhangsan</UserID><ExternalUserID>woAJ2GCAAAXtWyujaWJHDDGi0mACH{:06d}</ExternalUserID>"


def run() -> list[Result]:
    """Rounds in turn, the median of each figure; Flask is measured where it is installed."""
    sealed = _sealed(MOST)
    ours: list[Load] = []
    flask: list[Load] = []
    with_flask = importlib.util.find_spec("flask") is not None
    for _round in range(ROUNDS):
        with TemporaryDirectory() as folder:
            ours.append(_measure("tests.benchmarks.receiver_process", sealed, folder))
        if with_flask:
            flask.append(_measure("tests.benchmarks.flask_receiver", sealed))
    results = [
        told("ours, on disk before the answer", _rate(ours), "/s", "16 connections, synchronous=FULL"),
        told("ours, p50", _percentile(ours, 50), "ms"),
        told("ours, p99", _percentile(ours, 99), "ms"),
        at_most("ours, not answered 200", sum(load.failed for load in ours), "events", 0),
    ]
    if not with_flask:
        return [*results, told("Flask with wechatpy", 0, "/s", "not measured: Flask is not installed here")]
    return [
        *results,
        at_least("against Flask with wechatpy", _rate(ours) / _rate(flask), "x", 3.0, f"{_rate(flask):,.0f} /s"),
        at_most("our p99", _percentile(ours, 99), "ms", round(_percentile(flask, 50), 2), "Flask's p50"),
    ]


def _sealed(count: int) -> list[tuple[str, bytes]]:
    """Messages that all differ, so that none is a duplicate: query and body."""
    ours = envelope()
    found: list[tuple[str, bytes]] = []
    for number in range(count):
        message = change("edit_external_contact", fields=_FIELDS.format(number))
        one = ours.seal(message, receive_id=CORP, timestamp=TIMESTAMP, nonce=NONCE)
        found.append((one.query(), one.body(to=CORP, agent_id="218")))
    return found


def _measure(module: str, sealed: list[tuple[str, bytes]], *arguments: str) -> Load:
    with _server(module, *arguments) as url:
        requests = (post_request(url, query, body) for query, body in sealed)
        return asyncio.run(post_all(url, requests, seconds=SECONDS))


@contextmanager
def _server(module: str, *arguments: str) -> Iterator[str]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=child_environment(), stdin=pipe, stdout=pipe, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip()
        finally:
            running.terminate()


def _rate(loads: list[Load]) -> float:
    return median(load.rate for load in loads)


def _percentile(loads: list[Load], percent: float) -> float:
    return median(load.percentile(percent) for load in loads)


if __name__ == "__main__":
    figures = run()
    show("Receiving", figures)
    sys.exit(any(figure.missed for figure in figures))
