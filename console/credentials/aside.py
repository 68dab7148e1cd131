"""Waiting for what blocks, without keeping the program from ending."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Answer = TypeVar("Answer")


async def aside(question: Callable[[], Answer]) -> Answer:
    """The answer to `question`, asked on a daemon thread; what it raises is raised here.

    asyncio's own threads are waited for when the program ends, and a keyring may hang.
    """
    answer: Future[Answer] = Future()

    def call() -> None:
        if not answer.set_running_or_notify_cancel():
            return
        try:
            answer.set_result(question())
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=call, name="aside", daemon=True).start()
    return await asyncio.wrap_future(answer)
