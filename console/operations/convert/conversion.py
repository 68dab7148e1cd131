"""Convert one unionid: by what is known, else by WeCom, within the quota and never in bulk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from console.operations.convert.given import Given, doubts, mistakes
from console.operations.convert.results import (
    Both,
    Doubtful,
    Found,
    Neither,
    NotForThisApp,
    Pending,
    QuotaExhausted,
    Refused,
    Result,
    Wrong,
)
from console.operations.results import Failed
from console.settings import CONVERSION_PATHS, AppType, Profile
from console.store import Records, StoreFailure
from console.store.mappings import IdMapping, Learned, MappingState, Source
from console.store.quota import Admitted
from console.wecom.codes import FREQUENCY_LIMIT
from console.wecom.errors import WeComError, WeComFailure
from console.wecom.retry import window_of

if TYPE_CHECKING:
    from console.wecom.client import WeComClient
    from console.wecom.conversion import Conversion


def may_convert(app_type: AppType) -> bool:
    """Whether WeCom gives the conversion to this kind of app: to a provider's apps alone."""
    return app_type is not AppType.SELF_BUILT


def has_subjects(profile: Profile) -> bool:
    """Whether a conversion of this profile says whose the mini program is."""
    return may_convert(profile.app_type) and profile.conversion_path != CONVERSION_PATHS["old"]


async def convert(
    client: Callable[[], Awaitable[WeComClient]],
    records: Records,
    profile: Profile,
    what: Given,
    *,
    again: bool = False,
    sure: bool = False,
    hurried: bool = False,
) -> Result:
    """What a unionid means to the profile's app (C6); `client` is called only if WeCom has to be asked.

    `again` asks WeCom although the answer is known, `sure` although the ids look odd, `hurried` although five were
    asked within a minute. Raises what `client` raises. Follows WeCom document 95900.
    """
    allowed = may_convert(profile.app_type)
    if wrong := mistakes(what, needs_openid=allowed):
        return Wrong(wrong)
    try:
        if not allowed:
            return NotForThisApp(await _known_to_this_app(records, what.unionid))
        if not sure and (odd := doubts(what, records)):
            return Doubtful(odd)
        known = records.mappings.of_unionid(what.unionid)
        if known is not None and not again and (result := _by_what_is_known(known, records.clock())):
            return result
        asking = await client()
        admitted = await records.quota.admit(what.subject_type, hurried=hurried)
        if not isinstance(admitted, Admitted):
            return admitted
        try:
            answer = await asking.convert_unionid(
                what.unionid, what.openid, what.subject_type, path=profile.conversion_path
            )
        except WeComFailure as failure:
            return await _why_not(records, what, admitted, failure)
        return await _remembered(records, what, answer, old_address=not has_subjects(profile))
    except StoreFailure as failure:
        return Failed(failure)


def _by_what_is_known(mapping: IdMapping, now: float) -> Found | Pending | None:
    match mapping.state(now):
        case MappingState.CUSTOMER:
            return Found(mapping, asked=False)
        case MappingState.PENDING:
            return Pending(mapping, asked=False)
        case MappingState.EXPIRED:
            return None


async def _known_to_this_app(records: Records, unionid: str) -> IdMapping | None:
    """What a detail (C2) taught, or what any list (C3) has shown, which is remembered from now on."""
    mapping = records.mappings.of_unionid(unionid)
    if mapping is not None:
        return mapping
    for customer in records.customers.with_unionid(unionid):
        await records.mappings.learn(Learned(unionid, customer.external_userid, None, Source.READ))
    return records.mappings.of_unionid(unionid)


async def _why_not(records: Records, what: Given, admitted: Admitted, failure: WeComFailure) -> Result:
    if not failure.may_have_arrived:
        await records.quota.give_back(admitted)
        return Failed(failure)
    if not isinstance(failure, WeComError):
        return Failed(failure)
    if failure.errcode == FREQUENCY_LIMIT:
        await records.quota.stop(what.subject_type, window_of(failure.summary))
        if (until := records.quota.stopped_until(what.subject_type)) is not None:
            return QuotaExhausted(until)
    return Refused(failure)


async def _remembered(records: Records, what: Given, answer: Conversion, *, old_address: bool) -> Result:
    if answer.external_userid is None and answer.pending_id is None:
        return Neither(old_address)
    await records.mappings.learn(
        Learned(
            what.unionid,
            answer.external_userid,
            answer.pending_id,
            Source.CONVERSION,
            what.openid,
            int(what.subject_type),
        )
    )
    mapping = records.mappings.of_unionid(what.unionid)
    assert mapping is not None  # it was stored just now
    if answer.external_userid is None:
        return Pending(mapping, asked=True)
    return Both(mapping) if answer.pending_id is not None else Found(mapping, asked=True)
