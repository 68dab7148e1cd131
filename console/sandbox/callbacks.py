"""The addresses that want to hear what happens, and the deliveries to them: sealed, and repeated as WeCom does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from console.sandbox.identity import Identities
from console.sandbox.news import Editor, News
from console.sandbox.options import AppKind, Credentials
from console.sandbox.telephone import NoAnswer, call

if TYPE_CHECKING:
    from console.wecom.callback.envelope import Envelope, Sealed

PATIENCE = 5.0
"""Seconds in which a callback must be answered, and after which it is sent again."""

TRIES = 3
TICKET_EVERY = 600.0
_ECHO_WITHIN = 1.0


class NotVerified(ValueError):
    """The address did not answer the verification as it should; the text says how."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try to deliver a message: `status` is 0 when no answer came in time."""

    kind: AppKind
    message: bytes
    attempt: int
    status: int


class Callbacks:
    """Delivers what happens to every address. News may come from any thread; they are sent from the serving loop."""

    def __init__(
        self, credentials: Credentials, identities: Identities, editor: Editor, clock: Callable[[], float]
    ) -> None:
        self.deliveries: list[Delivery] = []
        self.tells_api_writes = False
        """Whether a change through the API (C4) is told too: WeCom's documents contradict each other about it."""
        self._editor = editor
        self._identities = identities
        self._clock = clock
        self._credentials = credentials
        self._addresses: dict[AppKind, str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._patience = PATIENCE
        self._serial = 0

    @property
    def wanted(self) -> bool:
        """Whether any address is to be told."""
        return bool(self._addresses)

    def begin(self) -> None:
        """Deliver from the running loop from now on."""
        self._loop = asyncio.get_running_loop()

    def end(self) -> None:
        """Deliver nothing more."""
        self._loop = None
        for task in list(self._tasks):
            task.cancel()

    async def subscribe(
        self, url: str, kind: AppKind, *, verify_for: str | None = None, patience: float = PATIENCE
    ) -> None:
        """Verify an address as WeCom does when it is saved, then deliver to it; "" takes the kind's address away.

        `verify_for` is the id that a suite's address is verified for, the provider's, where that is not the suite's
        own. Raises NotVerified.
        """
        self._patience = patience
        if not url:
            self._addresses.pop(kind, None)
            return
        receive_id = self._editor.receive_id(kind) if verify_for is None else verify_for
        echo = self._identities.opaque(f"echo/{self._clock()}", 19).encode()
        sealed = self._seal(echo, receive_id)
        try:
            status, answer = await asyncio.wait_for(call("GET", _with(url, sealed.echo_query())), _ECHO_WITHIN)
        except (NoAnswer, TimeoutError) as failure:
            raise NotVerified(f"openapi callback address does not answer: {failure}".rstrip(": ")) from None
        if (status, answer) != (200, echo):
            raise NotVerified(f"openapi callback verify failed: status {status}, {answer[:80]!r}")
        self._addresses[kind] = url
        if kind is AppKind.THIRD_PARTY:
            self._start(lambda: self._send_tickets(url))

    def tell(self, news: News) -> None:
        """Something happened: every address is told of it."""
        at = int(self._clock())
        for kind in list(self._addresses):
            message = self._editor.message(news, kind, at)
            if message is not None:
                self._deliver_soon(kind, message)

    def tell_of_a_group(self) -> None:
        """An event of another kind."""
        for kind in list(self._addresses):
            self._deliver_soon(kind, self._editor.group_news(kind, int(self._clock())))

    def _deliver_soon(self, kind: AppKind, message: bytes) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._start, lambda: self._deliver(kind, message))

    def _start(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        if self._loop is not None:
            task = self._loop.create_task(work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, kind: AppKind, message: bytes) -> None:
        """Once, and twice more while no answer is 200; each one sealed anew, as WeCom does."""
        receive_id = self._editor.receive_id(kind)
        for attempt in range(1, TRIES + 1):
            url = self._addresses.get(kind)
            if url is None:
                return
            began = asyncio.get_running_loop().time()
            sealed = self._seal(message, receive_id)
            status = 0
            try:
                body = sealed.body(to=receive_id, agent_id="1000002")
                status, _answer = await asyncio.wait_for(call("POST", _with(url, sealed.query()), body), self._patience)
            except (NoAnswer, TimeoutError):
                status = 0
            self.deliveries.append(Delivery(kind, message, attempt, status))
            if status == 200:
                return
            await asyncio.sleep(began + self._patience - asyncio.get_running_loop().time())

    async def _send_tickets(self, url: str) -> None:
        while self._addresses.get(AppKind.THIRD_PARTY) == url:
            await self._deliver(AppKind.THIRD_PARTY, self._editor.suite_ticket(int(self._clock())))
            await asyncio.sleep(TICKET_EVERY)

    @cached_property
    def _envelope(self) -> Envelope:
        from console.wecom.callback.envelope import Envelope  # here: few sandboxes have anybody to tell

        return Envelope(self._credentials.callback_token, self._credentials.encoding_aes_key, ())

    def _seal(self, message: bytes, receive_id: str) -> Sealed:
        self._serial += 1
        nonce = str(self._identities.number(f"nonce/{self._serial}", 10))
        return self._envelope.seal(message, receive_id=receive_id, timestamp=int(self._clock()), nonce=nonce)


def _with(url: str, query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{query}"
