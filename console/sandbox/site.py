"""From an HTTP request to an HTTP answer: counting, limits, faults, the endpoint, and the latency around them."""

from __future__ import annotations

import asyncio
from collections import Counter
from urllib.parse import parse_qsl, unquote, urlsplit

from console.sandbox import control
from console.sandbox.api import routes
from console.sandbox.exchange import Answer, Refusal, Request, errmsg
from console.sandbox.fault_kinds import FaultKind
from console.sandbox.http import Incoming, Outgoing
from console.sandbox.world import World
from console.wecom import codes

PREFIX = "/cgi-bin"
SUBSCRIBE = f"{control.PREFIX}/callback"
LATENCY_HEADER = "x-sandbox-latency"
"""A request may name its own latency in milliseconds."""
_HTML = b"<html>\r\n<head><title>%d</title></head>\r\n<body><center><h1>%d</h1></center></body>\r\n</html>\r\n"


class Site:
    """Answers requests and counts them: `requests` and the last `bodies` by path below /cgi-bin."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.requests: Counter[str] = Counter()
        self.bodies: dict[str, bytes] = {}
        self.queries: dict[str, dict[str, str]] = {}
        self.most_in_flight = 0
        self._in_flight: Counter[str] = Counter()

    async def handle(self, incoming: Incoming) -> Outgoing:
        """The answer, no sooner than the latency after the request arrived."""
        path = unquote(urlsplit(incoming.target).path)
        if path == SUBSCRIBE:
            return await control.subscribe(self._world, incoming)
        if path == control.PREFIX or path.startswith(f"{control.PREFIX}/"):
            return control.steer(self._world, incoming, path)
        request = _request(incoming)
        self.requests[request.path] += 1
        self.bodies[request.path] = request.body
        self.queries[request.path] = request.query
        if request.path not in routes.ROUTES:
            return _html(404)
        admitted = self._in_flight[request.path] < self._world.options.max_in_flight
        self._in_flight[request.path] += admitted
        self.most_in_flight = max(self.most_in_flight, self._in_flight.total())
        try:
            return await self._reply(request, incoming.arrived, admitted=admitted)
        finally:
            self._in_flight[request.path] -= admitted

    async def _reply(self, request: Request, arrived: float, *, admitted: bool) -> Outgoing:
        world = self._world
        for code in world.faults.take_expiries():
            world.tokens.expire_all(code)
        fault = request.fault = world.faults.take(request) if admitted else None
        if fault is not None and fault.hold is not None:
            await fault.hold.wait()
        world.overlay.lift()
        outgoing = self._outgoing(request, admitted=admitted)
        if fault is not None and fault.kind is FaultKind.RESET_AFTERWARDS:
            outgoing = Outgoing(reset=True)
        latency = world.options.latency_ms if request.latency_ms is None else request.latency_ms
        if fault is not None and fault.kind is FaultKind.SLOW:
            latency = fault.milliseconds
        left = arrived + latency / 1000 - asyncio.get_running_loop().time()
        if left > 0:
            await asyncio.sleep(left)
        return outgoing

    def _outgoing(self, request: Request, *, admitted: bool) -> Outgoing:
        fault = request.fault
        kind = fault.kind if fault is not None else None
        if fault is not None and kind is FaultKind.RESET:
            return Outgoing(reset=True)
        if fault is not None and kind is FaultKind.HTML:
            return _html(fault.status)
        if fault is not None and kind is FaultKind.BODY:
            return Outgoing(fault.status, (("Content-Type", "application/json; charset=UTF-8"),), fault.body)
        try:
            if not admitted:
                raise Refusal(codes.CONCURRENCY_LIMIT)
            if fault is not None and kind is FaultKind.ERRCODE:
                raise Refusal(fault.code)
            if fault is not None and kind is FaultKind.ERROR_WITH_DATA:
                raise Refusal(fault.code, external_contact={}, follow_user=[])
            answer = routes.answer(self._world, request)
        except Refusal as refusal:
            return self._refused(request, refusal)
        return _json(0, "ok", answer.document(bare=kind is FaultKind.BARE), cut=kind is FaultKind.CUT_SHORT)

    def _refused(self, request: Request, refusal: Refusal) -> Outgoing:
        world = self._world
        serial = world.people.identities.number(f"hint/{self.requests.total()}", 15)
        hint = f"{int(world.clock())}{serial:015d}"
        message = errmsg(refusal.code, refusal.detail, hint=hint, address=request.address)
        fields: dict[str, object] = {"errcode": refusal.code, "errmsg": message, **refusal.fields}
        return _json(refusal.code, message, Answer(fields, says_ok=False).document())


def _request(incoming: Incoming) -> Request:
    target = urlsplit(incoming.target)
    request = Request(
        incoming.method,
        unquote(target.path).removeprefix(PREFIX),
        dict(parse_qsl(target.query, keep_blank_values=True)),
        incoming.body,
        incoming.address,
        content_type=incoming.headers.get("content-type", ""),
    )
    wanted = incoming.headers.get(LATENCY_HEADER, "")
    if wanted.replace(".", "", 1).isdigit():
        request.latency_ms = float(wanted)
    routes.read_params(request)
    return request


def _json(code: int, message: str, body: bytes, *, cut: bool = False) -> Outgoing:
    headers = (
        ("Content-Type", "application/json; charset=UTF-8"),
        ("error-code", str(code)),
        ("error-msg", message.encode("ascii", "replace").decode()),
    )
    return Outgoing(200, headers, body, cut=cut)


def _html(status: int) -> Outgoing:
    return Outgoing(status, (("Content-Type", "text/html"),), _HTML % (status, status))
