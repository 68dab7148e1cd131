"""Conversions and mappings as JSON documents, in WeCom's own field names, for `--json`."""

from __future__ import annotations

from console.operations.convert.results import Both, Found, NotForThisApp, Pending, Result
from console.store.mappings import IdMapping


def mapping_document(mapping: IdMapping, now: float) -> dict[str, object]:
    """A mapping: `external_userid` or `pending_id`, `from` where it was learned; times in Unix seconds.

    `expires_at` is of a pending id that no customer has taken the place of; `state` is customer, pending or expired.
    """
    is_customer = mapping.external_userid is not None
    found: dict[str, object] = {"unionid": mapping.unionid}
    if is_customer:
        found["external_userid"] = mapping.external_userid
    if mapping.pending_id is not None:
        found["pending_id"] = mapping.pending_id
    found |= {
        "state": mapping.state(now).value,
        "from": mapping.source.value,
        "learned_at": mapping.learned_at,
        "expires_at": None if is_customer else mapping.expires_at,
    }
    if mapping.arrived_at is not None:
        found["arrived_at"] = mapping.arrived_at
    return found


def result_document(unionid: str, result: Result, now: float) -> dict[str, object]:
    """What is known of a unionid after a conversion; without an id in it when nothing is."""
    match result:
        case Found(mapping=mapping) | Pending(mapping=mapping) | Both(mapping=mapping) | NotForThisApp(mapping=mapping):
            return {"unionid": unionid} if mapping is None else mapping_document(mapping, now)
    return {"unionid": unionid}
