"""Steering a sandbox from another process: POST /sandbox/.. on the same port; GET /sandbox says how."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.sandbox.callbacks import NotVerified
from console.sandbox.exchange import to_json
from console.sandbox.fault_kinds import Fault, FaultKind
from console.sandbox.http import Incoming, Outgoing
from console.sandbox.manual import MANUAL
from console.sandbox.options import AppKind
from console.sandbox.world import World

PREFIX = "/sandbox"


class _Mistake(ValueError):
    """What is wrong with a request to the control endpoint."""


@dataclass(frozen=True, slots=True)
class _Action:
    """What a path does, and the keys it takes: those that must be there, and all with the types they may have.

    What it returns is said in the answer.
    """

    run: Callable[[World, dict[str, Any]], Mapping[str, object] | None]
    needed: tuple[str, ...] = ()
    types: Mapping[str, tuple[type, ...]] | None = None


def steer(world: World, incoming: Incoming, path: str) -> Outgoing:
    """Do what a request to /sandbox or below asks for; 400 says what is wrong with it."""
    if not _is_from_here(incoming):
        return _NOT_FROM_HERE
    action = _ACTIONS.get(path.removeprefix(PREFIX))
    if action is None or incoming.method != "POST":
        found = 200 if path == PREFIX else 404
        return Outgoing(found, (("Content-Type", "text/plain; charset=UTF-8"),), MANUAL.encode())
    try:
        said = action.run(world, _checked(action, incoming.body))
    except (_Mistake, LookupError) as mistake:
        return _says(400, {"error": str(mistake)})
    return _says(200, {"done": True, **(said or {})})


async def subscribe(world: World, incoming: Incoming) -> Outgoing:
    """Save a callback address, which is verified first, as in WeCom's admin console; 400 says what is wrong."""
    if not _is_from_here(incoming):
        return _NOT_FROM_HERE
    try:
        asked = _checked(_SUBSCRIBE, incoming.body)
        kind = AppKind.__members__.get(asked.pop("kind", "self-built").upper().replace("-", "_"))
        if kind not in _TOLD:
            raise _Mistake(f"'kind' is one of {', '.join(one.value for one in _TOLD)}")
        await world.callbacks.subscribe(asked.pop("url"), kind, **asked)
    except (_Mistake, NotVerified) as mistake:
        return _says(400, {"error": str(mistake)})
    return _says(200, {"done": True})


def _is_from_here(incoming: Incoming) -> bool:
    return ipaddress.ip_address(incoming.address).is_loopback


def _checked(action: _Action, body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body or b"{}")
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise _Mistake("not a JSON object")
    types = action.types or {}
    for name, value in document.items():
        if name not in types:
            raise _Mistake(f"unknown key {name!r}; known are: {', '.join(types)}")
        texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
        if type(value) not in types[name] or (isinstance(value, list) and not texts):
            raise _Mistake(f"{name!r} has the wrong type")
    for name in action.needed:
        if name not in document:
            raise _Mistake(f"{name!r} is missing")
    return document


def _fault(world: World, asked: dict[str, Any]) -> None:
    kind = FaultKind.__members__.get(asked.pop("kind").upper())
    if kind in (None, FaultKind.HANG, FaultKind.BODY):
        raise _Mistake("unknown kind of fault")
    path, times = asked.pop("path"), asked.pop("times", 1)
    page, when = asked.pop("page", None), asked.pop("when", None)
    world.faults.add(path, Fault(kind, **asked), times, page, when)


def _limit_conversions(world: World, asked: dict[str, Any]) -> None:
    world.conversions.limit_an_hour = asked["an_hour"]


def _clear(world: World, _: dict[str, Any]) -> None:
    world.faults.clear()
    world.colleague.forget()


def _comes(world: World, asked: dict[str, Any]) -> Mapping[str, object]:
    return {"external_userid": world.comings.comes(**asked)}


def _tell_api_writes(world: World, asked: dict[str, Any]) -> None:
    world.callbacks.tells_api_writes = asked["sent"]


def _live(world: World, asked: dict[str, Any]) -> None:
    world.ambience.a_minute = max(0.0, float(asked["a_minute"]))


def _keep_busy(world: World, asked: dict[str, Any]) -> None:
    world.welcomes.busy_times = asked["times"]


def _says(status: int, document: dict[str, object]) -> Outgoing:
    return Outgoing(status, (("Content-Type", "application/json; charset=UTF-8"),), to_json(document).encode())


_NOT_FROM_HERE = _says(403, {"error": "from this machine only"})
_TOLD = (AppKind.SELF_BUILT, AppKind.DELEGATED, AppKind.THIRD_PARTY)
_RELATION = ("userid", "external_userid")


def _texts(*names: str) -> Mapping[str, tuple[type, ...]]:
    return dict.fromkeys(names, (str,))


_ON_CUE: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(_RELATION, (str,)),
    "before_write": (bool,),
    "after_reads": (int,),
}
_NOTES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("remark", "description", "company"), (str,)),
    **dict.fromkeys(("mobiles", "mobiles_add", "mobiles_remove"), (list,)),
}
_FAULT: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("kind", "path"), (str,)),
    **dict.fromkeys(("code", "status", "reads", "page"), (int,)),
    "times": (int, type(None)),
    "milliseconds": (int, float),
    "when": (dict,),
}
_ACTIONS: Mapping[str, _Action] = {
    "/colleague/change": _Action(
        lambda world, asked: world.colleague.change(**asked), _RELATION, {**_ON_CUE, **_NOTES}
    ),
    "/colleague/remove": _Action(lambda world, asked: world.colleague.remove(**asked), _RELATION, _ON_CUE),
    "/colleague/add": _Action(
        lambda world, asked: world.colleague.adds(**asked),
        ("userid", "unionid"),
        {**dict.fromkeys(("userid", "unionid", "remark"), (str,)), "after_conversion": (bool,)},
    ),
    "/customer/come": _Action(
        _comes, ("userid",), {**dict.fromkeys(("userid", "state"), (str,)), **dict.fromkeys(("code", "half"), (bool,))}
    ),
    "/customer/be-accepted": _Action(
        lambda world, asked: world.comings.is_accepted(**asked), _RELATION, _texts(*_RELATION, "state")
    ),
    "/customer/leave": _Action(lambda world, asked: world.comings.leaves(**asked), _RELATION, _texts(*_RELATION)),
    "/customer/be-handed-over": _Action(
        lambda world, asked: world.comings.is_handed_over(**asked), (*_RELATION, "to"), _texts(*_RELATION, "to")
    ),
    "/customer/refuse": _Action(
        lambda world, asked: world.comings.refuses(**asked), _RELATION, _texts(*_RELATION, "reason")
    ),
    "/customer/consent": _Action(lambda world, asked: world.comings.consents(**asked), _RELATION, _texts(*_RELATION)),
    "/callback/api-writes": _Action(_tell_api_writes, ("sent",), {"sent": (bool,)}),
    "/welcome/busy": _Action(_keep_busy, ("times",), {"times": (int,)}),
    "/colleague/leave": _Action(lambda world, asked: world.colleague.leave(**asked), _RELATION, _ON_CUE),
    "/fault": _Action(_fault, ("kind", "path"), _FAULT),
    "/empty-updates": _Action(
        lambda world, asked: world.faults.take_empty_updates(asked["taken"]), ("taken",), {"taken": (bool,)}
    ),
    "/conversion-limit": _Action(_limit_conversions, ("an_hour",), {"an_hour": (int,)}),
    "/ambient": _Action(_live, ("a_minute",), {"a_minute": (int, float)}),
    "/clear": _Action(_clear),
}
_SUBSCRIBE = _Action(
    lambda _world, _asked: None,
    ("url",),
    {**_texts("url", "kind", "verify_for"), "patience": (int, float)},
)
