"""Follow a cursor from page to page, the next page's request in flight while this one is being read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine

from console.wecom.answer import JSON
from console.wecom.errors import RepeatedCursor, UnexpectedShape

Ask = Callable[[str], Coroutine[None, None, JSON]]


async def follow_cursor(ask: Ask, endpoint: str) -> AsyncGenerator[JSON]:
    """Yield the answers of `ask(cursor)`, from the cursor "" to the page that gives no further one.

    An empty page with a new cursor goes on. Raises RepeatedCursor after the page that gave a cursor twice.
    A consumer that stops early should close the iterator (`contextlib.aclosing`): that cancels the request
    in flight.
    """
    seen = {""}
    pages = 1
    page = await ask("")
    while cursor := next_cursor(page, endpoint):
        if cursor in seen:
            yield page
            raise RepeatedCursor(endpoint, pages)
        seen.add(cursor)
        following = asyncio.create_task(ask(cursor), name=f"wecom {endpoint} page {pages + 1}")
        try:
            await _let_it_be_sent(following)
            yield page
            page = await following
        finally:
            await _stop(following)
        pages += 1
    yield page


def next_cursor(page: JSON, endpoint: str) -> str:
    """The cursor of the next page, "" at the end (absent, null and "" are all the end)."""
    cursor = page.get("next_cursor")
    if cursor is None:
        return ""
    if not isinstance(cursor, str):
        raise UnexpectedShape(endpoint, "next_cursor is not a text")
    return cursor


async def _let_it_be_sent(request: asyncio.Task[JSON]) -> None:
    """Let the loop turn until the request is on the wire: on a warm connection that takes a few turns."""
    for _ in range(_TURNS_TO_SEND):
        if request.done():
            return
        await asyncio.sleep(0)


async def _stop(request: asyncio.Task[JSON]) -> None:
    if not request.done():
        request.cancel()
        await asyncio.wait([request])
    if not request.cancelled():
        request.exception()


_TURNS_TO_SEND = 8
