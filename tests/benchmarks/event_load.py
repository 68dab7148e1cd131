"""`python -m tests.benchmarks.event_load`: so many events a second, as a line on stdin says; how many were taken."""

from __future__ import annotations

import asyncio
import json
import sys
from itertools import islice
from time import perf_counter

from tests.benchmarks.http_load import Load, post_all, post_request
from tests.wecom.callback.peers import NONCE, TIMESTAMP, envelope
from tests.wecom.callback.samples import change

FIELDS = "<UserID>zhangwei</UserID><ExternalUserID>woAJ2GCAAAXtWyujaWJHDDGi0mACH{:06d}</ExternalUserID>"
A_MOMENT = 0.05
"""Seconds: so often a part of a second's events is sent."""


async def send(url: str, token: str, key: str, corp_id: str, rate: int, seconds: float) -> int:
    """Edits of customers that all differ, evenly over time; how many were answered 200."""
    ours = envelope(corp_id, token=token, key=key)
    requests = []
    for number in range(int(rate * seconds)):
        one = ours.seal(
            change("edit_external_contact", fields=FIELDS.format(number)),
            receive_id=corp_id,
            timestamp=TIMESTAMP,
            nonce=NONCE,
        )
        requests.append(post_request(url, one.query(), one.body(to=corp_id, agent_id="218")))
    left, began, taken = iter(requests), perf_counter(), 0
    for moment in range(int(seconds / A_MOMENT)):
        await asyncio.sleep(max(0.0, began + moment * A_MOMENT - perf_counter()))
        load: Load = await post_all(url, islice(left, int(rate * A_MOMENT)), seconds=10, connections=2)
        taken += len(load.took) - load.failed
    return taken


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(send(**json.loads(sys.stdin.readline())))}\n")
