"""Why 40096, why there is no unionid, and why no welcome code came."""

from __future__ import annotations

from console.language import _, ngettext
from console.operations.effects.outcome import note_of
from console.operations.why.causes import Cause, Verdict, Why
from console.operations.wording import add_way_words, count_words
from console.settings import AppType, Profile
from console.store import Records
from console.store.event_query import EventQuery
from console.store.event_rows import EventRow
from console.text import safe_text
from console.wecom.callback.events import Kind
from console.wecom.ids import IdKind, kind_of

_WECOM_CUSTOMER = 2
_GIVEN_AWAY = (201, 202)
"""Ways of adding in which the customer did nothing, and so is not welcomed: shared, assigned."""

_LOOKED_AT = 20


def why_unknown_id(records: Records, external_userid: str, profile: Profile) -> Why:
    """Why WeCom takes an ID for no customer's (40096)."""
    kind = kind_of(external_userid)
    relations = records.relations.of_customer(external_userid)
    detail = records.customers.detail(external_userid)
    known = bool(relations) or detail is not None
    listed = {row.userid.casefold() for row in records.followers.rows()}
    following = {row.userid.casefold() for row in relations}
    out_of_range = bool(following and listed) and not following & listed
    return Why(
        title=_("40096 not a customer's ID"),
        said=_("WeCom says: to this app, {id} is no customer.").format(id=safe_text(external_userid)),
        causes=(
            Cause(
                _("it is another kind of ID: a pending or a temporary one"),
                Verdict.NO if kind in (IdKind.EXTERNAL_USERID, IdKind.UNKNOWN) else Verdict.YES,
                _("it looks like a customer's ID")
                if kind is IdKind.EXTERNAL_USERID
                else _("by its look: {kind}").format(kind=kind.value),
            ),
            Cause(
                _("it is from another app's ID space, the corp's own or a provider's"),
                Verdict.NO if known else Verdict.UNKNOWN,
                _("WeCom gave it to this profile itself")
                if known
                else _("WeCom has never given it to this profile; where does it come from?"),
            ),
            Cause(
                _("nobody who follows the customer is in the app's visible range"),
                Verdict.YES if out_of_range else Verdict.NO if following & listed else Verdict.UNKNOWN,
                _range_evidence(len(following), len(following & listed)),
            ),
        ),
        todo=_("Compare the ID with where it was copied from; a wm or wo ID of another app is of no use here.")
        if profile.app_type is AppType.SELF_BUILT
        else _("Take the ID from this profile's own lists: a provider's app has IDs of its own for the same customer."),
    )


def _range_evidence(following: int, listed: int) -> str:
    if not following:
        return _("no follower of it is known here")
    return ngettext(
        "of {n} known follower {listed} is in the range", "of {n} known followers {listed} are in the range", following
    ).format(n=following, listed=listed)


def why_no_unionid(records: Records, external_userid: str, profile: Profile) -> Why:
    """Why a customer comes without a unionid. Follows WeCom documents 92109 and 92114."""
    customer_type = next((row.type for row in records.relations.of_customer(external_userid) if row.type), None)
    own = profile.app_type is AppType.SELF_BUILT
    with_unionid, wechat = records.customers.unionid_counts()
    return Why(
        title=_("no unionid"),
        said=_("WeCom left the unionid out; it gives no reason."),
        causes=(
            Cause(
                _("this kind of app is not given it"),
                Verdict.NO if own else Verdict.YES,
                _("a self-built app is") if own else _("since 2025-12-18 only self-built apps are"),
            ),
            Cause(
                _("a WeCom customer has none"),
                Verdict.YES
                if customer_type == _WECOM_CUSTOMER
                else Verdict.UNKNOWN
                if customer_type is None
                else Verdict.NO,
                _("the kind of customer is not known")
                if customer_type is None
                else _("it is a WeCom customer")
                if customer_type == _WECOM_CUSTOMER
                else _("it is a WeChat customer"),
            ),
            Cause(
                _("no developer ID (微信开发者ID) is bound to 客户联系"),
                _developer_verdict(own, with_unionid, wechat),
                ngettext(
                    "{with_unionid} of {n} WeChat customer read here came with one",
                    "{with_unionid} of {n} WeChat customers read here came with one",
                    wechat,
                ).format(with_unionid=count_words(with_unionid), n=count_words(wechat)),
            ),
        ),
        todo=_("An administrator binds it: 客户联系 > 客户 > API > 微信开发者ID; then read the customer again.")
        if own
        else _("Use the profile of a self-built app of this corp."),
    )


def _developer_verdict(own: bool, with_unionid: int, wechat: int) -> Verdict:
    if with_unionid:
        return Verdict.NO
    return Verdict.YES if own and wechat >= _LOOKED_AT else Verdict.UNKNOWN


def why_no_welcome(records: Records, row: EventRow) -> Why:
    """Why an event came without a welcome code. Follows WeCom documents 92130 and 92137."""
    event = row.event
    userid, customer = event.userid or "", event.external_userid or ""
    add_way = note_of(row).add_way
    given = add_way in _GIVEN_AWAY
    half = _half_added_with_code(records, customer, userid)
    without, looked_at = _without_code(records, userid)
    admin = Verdict.YES if looked_at >= 3 and without == looked_at else Verdict.UNKNOWN
    return Why(
        title=_("no welcome code"),
        said=_("WeCom sent this event without a code; it gives no reason."),
        causes=(
            Cause(
                _("the customer was shared or assigned, and did not add anybody"),
                Verdict.YES if given else Verdict.NO if add_way is not None else Verdict.UNKNOWN,
                f"add_way {add_way} {add_way_words(add_way)}" if add_way is not None else _("the source is not known"),
            ),
            Cause(
                _("the code came before, with the half-added event"),
                Verdict.YES if half else Verdict.NO,
                _("event {id} has one").format(id=f"e{half.id}") if half else _("no such event with a code"),
            ),
            Cause(
                _("an administrator has set up a welcome for this staff member, so that no app gets a code"),
                Verdict.NO if looked_at > without else admin,
                ngettext(
                    "{without} of the last {n} customer of this staff member came without a code",
                    "{without} of the last {n} customers of this staff member came without a code",
                    looked_at,
                ).format(without=without, n=looked_at),
            ),
        ),
        todo=_("See 客户联系 > 加客户 > 欢迎语 in the admin console for who has a welcome of their own."),
    )


def _half_added_with_code(records: Records, customer: str, userid: str) -> EventRow | None:
    query = EventQuery(kinds=frozenset({Kind.ADDED_HALF.value}), customer=customer, follower=userid)
    rows = records.events.window(records.events.select_now(query)[:_LOOKED_AT])
    return next((row for row in rows if isinstance(row, EventRow) and row.event.welcome_code), None)


def _without_code(records: Records, userid: str) -> tuple[int, int]:
    """Of the newest customers of a follower, how many came without a code, and how many there are."""
    kinds = frozenset({Kind.ADDED.value, Kind.ADDED_HALF.value})
    ids = records.events.select_now(EventQuery(kinds=kinds, follower=userid))[:_LOOKED_AT]
    rows = [row for row in records.events.window(ids) if isinstance(row, EventRow)]
    return sum(not row.event.welcome_code for row in rows), len(rows)
