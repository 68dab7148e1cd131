"""Keystrokes into a filter: the time from each to the painting of the rows that match."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from statistics import quantiles
from time import perf_counter

from textual import events

from console.tui.listing import Listing
from tests.benchmarks.headless import MeasuredApp

BETWEEN = 0.08
"""Seconds from one keystroke to the next: a quick typist's."""


async def p95_of_keystrokes(app: MeasuredApp, listing: Listing, texts: Sequence[str]) -> float:
    """Type each of `texts` into the list's filter and delete it again; seconds from a key to paint, 95th percentile."""
    await listing.action_filter()
    await app.until_quiet()
    took = [await _keystroke(app, listing, key, then) for text in texts for key, then in _keys(text)]
    listing.close_filter()
    await app.until_quiet()
    return quantiles(took, n=20)[-1]


def _keys(text: str) -> list[tuple[str, str]]:
    """The keys that type a text and delete it again, each with what the filter holds then."""
    places = range(len(text))
    typing = [(text[place], text[: place + 1]) for place in places]
    return [*typing, *(("backspace", text[:place]) for place in reversed(places))]


async def _keystroke(app: MeasuredApp, listing: Listing, key: str, text: str) -> float:
    before = listing.table.source

    def shown() -> bool:
        return listing.filter_text == text and listing.table.source is not before

    driver = app._driver
    assert driver is not None
    painting = asyncio.create_task(app.painting(shown))
    await asyncio.sleep(BETWEEN)
    began = perf_counter()
    event = events.Key(key, key if len(key) == 1 else None)
    event.set_sender(app)
    driver.send_message(event)
    return await painting - began
