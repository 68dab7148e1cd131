"""Error codes whose words depend on the kind of app, or on what was asked for."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from console.language import N_, _
from console.operations.error_table import CODE_WORDS
from console.operations.error_table_conversion import IN_A_CONVERSION
from console.operations.error_words import PROVIDER, STAFF, CodeWords
from console.settings import AppType
from console.wecom import codes


class Asked(StrEnum):
    """What was asked of WeCom when it failed."""

    FOLLOWERS = "the list of followers"
    FOLLOWER_LIST = "a follower's customers"
    CUSTOMER = "a customer"
    RELATION = "one follower's relation with a customer"
    CONTACTS = "served contacts"
    CONVERSION = "a unionid's conversion"
    OTHER = "anything else"


_ASKED_BY_ENDPOINT = {
    "externalcontact/get_follow_user_list": Asked.FOLLOWERS,
    "externalcontact/list": Asked.FOLLOWER_LIST,
    "externalcontact/batch/get_by_user": Asked.FOLLOWER_LIST,
    "externalcontact/get": Asked.CUSTOMER,
    "externalcontact/remark": Asked.RELATION,
    "externalcontact/contact_list": Asked.CONTACTS,
    "externalcontact/list_member_non_data_contact": Asked.CONTACTS,
    "externalcontact/unionid_to_external_userid": Asked.CONVERSION,
    "idconvert/unionid_to_external_userid": Asked.CONVERSION,
    "idconvert/batch/external_userid_to_pending_id": Asked.CONVERSION,
}


def asked_at(endpoint: str) -> Asked:
    """What a request to this endpoint asks for."""
    return _ASKED_BY_ENDPOINT.get(endpoint.strip("/").removeprefix("cgi-bin/"), Asked.OTHER)


def words_for(errcode: int, *, app_type: AppType | None, asked: Asked, address_known: bool) -> CodeWords | None:
    """The words for a code in this situation; None for a code that is not in the table."""
    if asked is Asked.CONVERSION and errcode in IN_A_CONVERSION:
        return IN_A_CONVERSION[errcode]
    if errcode == codes.NOT_EXTERNAL_CONTACT:
        return _NO_RELATION.get(asked, CODE_WORDS[errcode])
    if errcode == codes.API_FORBIDDEN:
        return _forbidden(app_type, asked)
    if errcode == codes.IP_NOT_TRUSTED:
        return _untrusted_address(app_type, address_known)
    if errcode == codes.INVALID_EXTERNAL_USERID and app_type is not None:
        own = app_type is AppType.SELF_BUILT
        return replace(CODE_WORDS[errcode], why=_ID_OF_A_PROVIDER if own else _ID_OF_THE_CORP)
    if errcode in _NEW_SECRET_NEEDED and app_type in _NEW_SECRET:
        todo, whom = _NEW_SECRET[app_type]
        return replace(CODE_WORDS[errcode], todo=todo, whom=whom)
    return CODE_WORDS.get(errcode)


def situations_of_84061(asked: Asked) -> tuple[str, ...]:
    """Which of the four situations behind 84061 it can be, the likeliest first, each a short clause."""
    removed = _("the staff member removed the customer")
    half_added = _("added without verification, and the staff member has not accepted")
    group_only = _("they only share a group chat and never added each other")
    nobody = _("the staff member has no customers at all")
    return {
        Asked.FOLLOWER_LIST: (nobody,),
        Asked.CUSTOMER: (removed, half_added, group_only),
        Asked.RELATION: (removed, half_added, group_only),
    }.get(asked, (removed, half_added, group_only, nobody))


_NO_RELATION = {
    Asked.FOLLOWER_LIST: CodeWords(
        N_("no customers"),
        N_(
            "This staff member may have customers and has none. WeCom says it with an error code; nothing is wrong.",
        ),
        N_("Nothing has to be done. Trying again does not help."),
    ),
    Asked.CUSTOMER: CodeWords(
        N_("nobody in this app's range has this customer"),
        N_(
            "No staff member whom this app can see is a friend of this customer: removed by the staff "
            "member; or added without verification and not accepted yet; or they only share a group chat.",
        ),
        N_(
            "Have the staff member accept or add the customer in WeCom; then read again. Trying again "
            "before that does not help.",
        ),
        STAFF,
    ),
    Asked.RELATION: CodeWords(
        N_("no longer friends"),
        N_(
            "This staff member and this customer are not friends now: the staff member removed the "
            "customer; or was added without verification and has not accepted yet; or they only share a "
            "group chat. (If only the customer removed the staff member, this would still work.)",
        ),
        N_(
            "Have the staff member add the customer again, or take another follower from the detail. Trying "
            "again does not help.",
        ),
        STAFF,
    ),
}

_NOT_GIVEN = N_("not given to this kind of app")
_CONVERSION_NOT_GIVEN = CodeWords(
    _NOT_GIVEN,
    N_(
        "A self-built app cannot convert, because WeCom gives the conversion of a unionid to third-party "
        "and delegated apps only.",
    ),
    N_(
        "A self-built app sees the unionid in the customer's detail; to convert, use the profile of a delegated app.",
    ),
)
_CONTACTS_NOT_GIVEN = CodeWords(
    _NOT_GIVEN,
    N_(
        "WeCom gives the list of served contacts to self-built apps only.",
    ),
    N_("Use the profile of a self-built app of this corp."),
)
_FORBIDDEN_TO_OWN = N_(
    "Have the app added in the admin console: 客户联系 > 权限配置 > 可调用应用 (allowed apps).",
)
_FORBIDDEN_TO_PROVIDER = N_(
    "The provider asks for 企业客户权限 > 客户基础信息 and publishes the app again; then the corp's "
    "administrator confirms it.",
)


def _forbidden(app_type: AppType | None, asked: Asked) -> CodeWords:
    general = CODE_WORDS[codes.API_FORBIDDEN]
    if app_type is None:
        return general
    if app_type is AppType.SELF_BUILT:
        return _CONVERSION_NOT_GIVEN if asked is Asked.CONVERSION else replace(general, todo=_FORBIDDEN_TO_OWN)
    if asked is Asked.CONTACTS:
        return _CONTACTS_NOT_GIVEN
    return replace(general, todo=_FORBIDDEN_TO_PROVIDER, whom=PROVIDER)


_ID_OF_A_PROVIDER = N_(
    "This profile is a self-built app, which knows customers by the corp's own IDs. This ID is from a "
    "provider's app, or the customer's follower is outside this app's range.",
)
_ID_OF_THE_CORP = N_(
    "This profile is a provider's app, which knows customers by the provider's IDs. This ID is from one of "
    "the corp's own apps or from another provider, or the customer's follower is outside this app's range.",
)

_TRUST_OWN = N_(
    "Have {address} added in the admin console: 应用管理 > this app > 企业可信IP (trusted IP; it can be "
    "filled in only after a trusted domain or a callback URL). Then wait one minute.",
)
_TRUST_OWN_UNKNOWN = N_(
    "Have this computer's public address added in the admin console: 应用管理 > this app > 企业可信IP "
    "(trusted IP; it can be filled in only after a trusted domain or a callback URL). Then wait one minute.",
)
_TRUST_PROVIDER = N_(
    "Have {address} added to the IP白名单 (IP whitelist) in the provider's console, not to the corp's "
    "企业可信IP. Then wait one minute.",
)
_TRUST_PROVIDER_UNKNOWN = N_(
    "Have this computer's public address added to the IP白名单 (IP whitelist) in the provider's console, "
    "not to the corp's 企业可信IP. Then wait one minute.",
)
_TRUST_EITHER = N_(
    "Have {address} trusted. Self-built: 应用管理 > this app > 企业可信IP (trusted IP). Delegated or "
    "third-party: the provider's IP白名单. Then wait one minute.",
)


def _untrusted_address(app_type: AppType | None, address_known: bool) -> CodeWords:
    general = CODE_WORDS[codes.IP_NOT_TRUSTED]
    if app_type is None:
        return replace(general, todo=_TRUST_EITHER) if address_known else general
    if app_type is AppType.SELF_BUILT:
        return replace(general, todo=_TRUST_OWN if address_known else _TRUST_OWN_UNKNOWN)
    todo = _TRUST_PROVIDER if address_known else _TRUST_PROVIDER_UNKNOWN
    return replace(general, todo=todo, whom=PROVIDER)


_NEW_SECRET_NEEDED = frozenset({codes.INVALID_CREDENTIAL, codes.INVALID_SECRET})
_NEW_SECRET = {
    AppType.DELEGATED: (
        N_(
            "A delegated app's secret is its permanent code for this corp; it changes when the app is "
            "authorised anew. Get it from the provider and store it: wecom-console secret set "
            "permanent-code.",
        ),
        PROVIDER,
    ),
    AppType.THIRD_PARTY: (
        N_(
            "Get the suite secret and the permanent code of this corp from the provider and store them: "
            "wecom-console secret set suite-secret, then permanent-code.",
        ),
        PROVIDER,
    ),
}
