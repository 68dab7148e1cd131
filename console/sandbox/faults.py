"""What goes wrong on purpose. Set from any thread while the sandbox runs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from console.sandbox.cursors import page_of
from console.sandbox.exchange import Request
from console.sandbox.fault_kinds import Fault, FaultKind, Hold


@dataclass(slots=True)
class _Rule:
    path: str
    fault: Fault
    times: int | None
    page: int | None
    when: Mapping[str, str]
    every: int
    fitted: int = 0

    def takes(self, request: Request) -> bool:
        """Whether the fault is to happen to this request, which is counted if it could be."""
        if not self.fits(request):
            return False
        self.fitted += 1
        return self.fitted % self.every == 0

    def fits(self, request: Request) -> bool:
        if self.path != request.path or self.times == 0:
            return False
        if self.page is not None and page_of(request.cursor) != self.page:
            return False
        given: dict[str, object] = {**request.query, **request.params}
        return all(_holds(given.get(name), value) for name, value in self.when.items())


def _holds(given: object, wanted: str) -> bool:
    if isinstance(given, list):
        return any(str(one).lower() == wanted.lower() for one in given)
    return given is not None and str(given).lower() == wanted.lower()


class Faults:
    """Faults to come. Each is for a path such as "/externalcontact/list" and for so many `times` (None: for ever);
    `page` limits it to the page of that number, `when` to requests with those parameters (a list holds the value)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[_Rule] = []
        self._stale_tokens: list[int | None] = []
        self._unlicensed: frozenset[str] = frozenset()
        self._takes_empty_updates = False

    def errcode(
        self,
        path: str,
        code: int,
        times: int | None = 1,
        *,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Answer an errcode."""
        self.add(path, Fault(FaultKind.ERRCODE, code=code), times, page, when)

    def html(
        self,
        path: str,
        times: int | None = 1,
        *,
        status: int = 502,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Answer a gateway's HTML page."""
        self.add(path, Fault(FaultKind.HTML, status=status), times, page, when)

    def body(
        self,
        path: str,
        body: bytes,
        times: int | None = 1,
        *,
        status: int = 200,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Answer these bytes as application/json, whatever they are."""
        self.add(path, Fault(FaultKind.BODY, status=status, body=body), times, page, when)

    def reset(
        self,
        path: str,
        times: int | None = 1,
        *,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Reset the connection instead of answering."""
        self.add(path, Fault(FaultKind.RESET), times, page, when)

    def reset_afterwards(
        self,
        path: str,
        times: int | None = 1,
        *,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Do what is asked, a write too, and then reset the connection instead of answering."""
        self.add(path, Fault(FaultKind.RESET_AFTERWARDS), times, page, when)

    def not_done(self, path: str, times: int | None = 1, *, when: Mapping[str, str] | None = None) -> None:
        """Answer a write with errcode 0 and leave everything as it was."""
        self.add(path, Fault(FaultKind.NOT_DONE), times, None, when)

    def seen_late(
        self,
        path: str,
        times: int | None = 1,
        *,
        reads: int = 0,
        milliseconds: float = 0,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Do a write, and show it only after so many further reads of the customer (C2), and so much time."""
        self.add(path, Fault(FaultKind.SEEN_LATE, reads=reads, milliseconds=milliseconds), times, None, when)

    def cut_short(
        self,
        path: str,
        times: int | None = 1,
        *,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Send half the body that Content-Length promises, then close."""
        self.add(path, Fault(FaultKind.CUT_SHORT), times, page, when)

    def hang(
        self,
        path: str,
        times: int | None = 1,
        *,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> Hold:
        """Do not answer until the returned hold is released."""
        hold = Hold()
        self.add(path, Fault(FaultKind.HANG, hold=hold), times, page, when)
        return hold

    def bare(
        self,
        path: str,
        times: int | None = 1,
        *,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Leave errcode and errmsg out of an answer that succeeds."""
        self.add(path, Fault(FaultKind.BARE), times, page, when)

    def error_with_data(
        self,
        path: str,
        times: int | None = 1,
        *,
        code: int = 60011,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Answer an errcode together with empty data, as document 92114 shows for 60011."""
        self.add(path, Fault(FaultKind.ERROR_WITH_DATA, code=code), times, page, when)

    def slow(
        self,
        path: str,
        milliseconds: float,
        times: int | None = 1,
        *,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Take this long from the request's arrival to its answer, in place of the usual latency."""
        self.add(path, Fault(FaultKind.SLOW, milliseconds=milliseconds), times, page, when)

    def empty_page(
        self,
        path: str,
        times: int | None = 1,
        *,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Answer a page of C3 without rows whose cursor goes on from the same place."""
        self.add(path, Fault(FaultKind.EMPTY_PAGE), times, page, when)

    def repeat_cursor(
        self,
        path: str,
        times: int | None = 1,
        *,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
    ) -> None:
        """Answer a page of C3 whose next cursor is the one that was asked with."""
        self.add(path, Fault(FaultKind.REPEAT_CURSOR), times, page, when)

    def expire_tokens(self, code: int | None = None) -> None:
        """End the life of all tokens; `code` is what they are answered with (None: 42001 and 40014 in turn)."""
        with self._lock:
            self._stale_tokens.append(code)

    def unlicensed(self, *userids: str) -> None:
        """From now on these followers, and no others, lack the interoperability licence, for every kind of app."""
        with self._lock:
            self._unlicensed = frozenset(userid.lower() for userid in userids)

    def add(
        self,
        path: str,
        fault: Fault,
        times: int | None = 1,
        page: int | None = None,
        when: Mapping[str, str] | None = None,
        *,
        every: int = 1,
    ) -> None:
        """Do any fault at all; with `every` only to each so-manieth request that it could happen to."""
        with self._lock:
            self._rules.append(_Rule(path.removeprefix("/cgi-bin"), fault, times, page, when or {}, every))

    def take_empty_updates(self, taken: bool = True) -> None:
        """Whether C4 takes a body whose only change is "", from now on; else it is 40058, as the document has it."""
        self._takes_empty_updates = taken

    @property
    def takes_empty_updates(self) -> bool:
        """What `take_empty_updates` said last."""
        return self._takes_empty_updates

    def clear(self) -> None:
        """Forget all faults that have not happened."""
        with self._lock:
            self._rules.clear()
            self._unlicensed = frozenset()
            self._takes_empty_updates = False

    def take(self, request: Request) -> Fault | None:
        """The fault for a request, which counts as having happened."""
        with self._lock:
            for rule in self._rules:
                if rule.takes(request):
                    if rule.times is not None:
                        rule.times -= 1
                    return rule.fault
        return None

    def take_expiries(self) -> list[int | None]:
        """The calls of `expire_tokens` since the last time."""
        with self._lock:
            stale, self._stale_tokens = self._stale_tokens, []
        return stale

    def lacks_licence(self, userid: str) -> bool:
        """Whether `unlicensed` named this follower."""
        return userid.lower() in self._unlicensed
