"""WeCom's error codes: their numbers, WeCom's own short English text, and the reaction each asks for.

Follows WeCom document 90313 (self-built apps) and 90455 (third-party apps).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

OK: Final = 0
SYSTEM_BUSY: Final = -1
DATA_VERSION_CONFLICT: Final = 6000
INVALID_CREDENTIAL: Final = 40001
INVALID_USERID: Final = 40003
INVALID_MEDIA_FORMAT: Final = 40004
INVALID_MEDIA_KIND: Final = 40005
INVALID_FILE_SIZE: Final = 40006
INVALID_MEDIA_ID: Final = 40007
INVALID_IMAGE_SIZE: Final = 40009
INVALID_CORPID: Final = 40013
INVALID_ACCESS_TOKEN: Final = 40014
ESCAPED_REQUEST: Final = 40033
INVALID_AGENTID: Final = 40056
INVALID_PARAMETER: Final = 40058
EMPTY_PARAMETER: Final = 40063
INVALID_TAG: Final = 40068
INVALID_OPENID: Final = 40073
INVALID_SUITE_SECRET: Final = 40080
INVALID_SUITE_TOKEN: Final = 40082
INVALID_SUITE_ID: Final = 40083
INVALID_PERMANENT_CODE: Final = 40084
INVALID_SUITE_TICKET: Final = 40085
INVALID_SECRET: Final = 40091
INVALID_EXTERNAL_USERID: Final = 40096
MISSING_ACCESS_TOKEN: Final = 41001
MISSING_CORPID: Final = 41002
MISSING_SECRET: Final = 41004
MISSING_USERID: Final = 41009
MISSING_EXTERNAL_USERID: Final = 41035
MISSING_WELCOME_CODE: Final = 41049
INVALID_WELCOME_CODE: Final = 41050
WELCOME_ALREADY_SENT: Final = 41051
WELCOME_NEEDS_CONSENT: Final = 41053
USER_NOT_ACTIVATED: Final = 41054
EXTERNAL_TYPE_MISMATCH: Final = 41056
DEVELOPER_ACCOUNT_NOT_BOUND: Final = 41057
TOO_MANY_ATTACHMENTS: Final = 41064
INVALID_ATTACHMENT_TYPE: Final = 41065
WELCOME_BEING_SENT: Final = 41096
ACCESS_TOKEN_EXPIRED: Final = 42001
SUITE_TOKEN_EXPIRED: Final = 42009
EMPTY_MEDIA: Final = 44001
FREQUENCY_LIMIT: Final = 45009
RESPONSE_TOO_LARGE: Final = 45029
CONCURRENCY_LIMIT: Final = 45033
CONCURRENT_OPERATION: Final = 45035
ABNORMAL_TRAFFIC: Final = 45036
API_FORBIDDEN: Final = 48002
AUTHORISATION_LOST: Final = 48004
API_ABOLISHED: Final = 48005
API_TAKEN_BACK: Final = 48006
TLS_TOO_OLD: Final = 48010
TOO_FEW_ACTIVE_MEMBERS: Final = 48011
REDIRECT_URL_NOT_TRUSTED: Final = 50001
NO_PRIVILEGE_TO_MEMBER: Final = 50002
APP_DISABLED: Final = 50003
SYSTEM_APP_DISABLED: Final = 50006
INVALID_CURSOR: Final = 50100
NO_PRIVILEGE_TO_CONTACT: Final = 60011
IP_NOT_TRUSTED: Final = 60020
OUT_OF_APP_SCOPE: Final = 60021
NO_PARTY_PRIVILEGE: Final = 60030
API_SWITCHED_OFF: Final = 60031
INVALID_MOBILE: Final = 60103
USERID_NOT_FOUND: Final = 60111
NO_EXTERNAL_CONTACT_RIGHT: Final = 84074
NOT_EXTERNAL_CONTACT: Final = 84061
NOT_A_FOLLOWER: Final = 84083
NOT_FOLLOWING: Final = 84084
WRONG_APP_TOKEN: Final = 301002
CORP_UNAVAILABLE: Final = 301007
NOT_A_CORP_CUSTOMER: Final = 610004
INVALID_UNIONID: Final = 610014
OPEN_PLATFORM_UNVERIFIED: Final = 610015
CORP_UNVERIFIED: Final = 610016
MINI_PROGRAM_SUBJECT_MISMATCH: Final = 610017
OPENID_UNIONID_MISMATCH: Final = 610018
THIRD_PARTY_APP_NOT_INSTALLED: Final = 610019
EXTERNAL_CONTACT_CEILING: Final = 610023
QUALIFICATION_MISSING: Final = 610024
NO_LICENSED_USER: Final = 701008
INVALID_WELCOME_TICKET: Final = 810000
OPENID_ACCOUNT_MISMATCH: Final = 845001
OPENID_SUBJECT_MISMATCH: Final = 845002
UNIONID_SUBJECT_MISMATCH: Final = 845003
INVALID_CORPID_NEW: Final = 2000002


class Reaction(Enum):
    """What an error code asks for; who carries it out is the caller's affair."""

    RETRY = "retry a read up to three times"
    SLOW_DOWN = "fewer at once, then the same read again"
    WAIT_FOR_WINDOW = "stop calling this API until its window ends"
    RENEW_TOKEN = "fetch a new access_token once"
    RENEW_SUITE_TOKEN = "fetch a new suite_access_token"
    FIX_CREDENTIALS = "stop; corp id or secret are wrong"
    TRUST_ADDRESS = "ask the administrator to trust the address"
    ASK_ADMIN = "ask the administrator"
    FIX_INPUT = "correct what was asked for"
    READ_AGAIN = "read what is there now, then decide"
    RESTART_PAGING = "start again at the first page"
    REFRESH_TAGS = "read the tag library again"
    WRONG_ID_SPACE = "the id belongs to another kind of app"
    NO_RELATION = "there is no such relation"
    NEEDS_LICENCE = "the follower has no interoperability licence"
    NOT_CONVERTIBLE = "the unionid cannot be converted"
    WELCOME_IS_OVER = "the welcome message can no longer be sent"
    STOP = "stop; nothing the console does can help"
    OUR_MISTAKE = "this program sent a wrong request"
    UNKNOWN = "not in WeCom's table"


_TABLE: Final[tuple[tuple[int, str, Reaction], ...]] = (
    (SYSTEM_BUSY, "system busy", Reaction.RETRY),
    (DATA_VERSION_CONFLICT, "data version conflict", Reaction.READ_AGAIN),
    (INVALID_CREDENTIAL, "invalid credential", Reaction.FIX_CREDENTIALS),
    (INVALID_USERID, "invalid userid", Reaction.FIX_INPUT),
    (INVALID_MEDIA_FORMAT, "invalid media type", Reaction.FIX_INPUT),
    (INVALID_MEDIA_KIND, "invalid file type", Reaction.OUR_MISTAKE),
    (INVALID_FILE_SIZE, "invalid file size", Reaction.FIX_INPUT),
    (INVALID_MEDIA_ID, "invalid media_id", Reaction.FIX_INPUT),
    (INVALID_IMAGE_SIZE, "invalid image size", Reaction.FIX_INPUT),
    (INVALID_CORPID, "invalid corpid", Reaction.FIX_CREDENTIALS),
    (INVALID_ACCESS_TOKEN, "invalid access_token", Reaction.RENEW_TOKEN),
    (ESCAPED_REQUEST, "invalid charset. please check your request", Reaction.OUR_MISTAKE),
    (INVALID_AGENTID, "invalid agentid", Reaction.FIX_INPUT),
    (INVALID_PARAMETER, "invalid Request Parameter", Reaction.FIX_INPUT),
    (EMPTY_PARAMETER, "some parameters are empty", Reaction.OUR_MISTAKE),
    (INVALID_TAG, "invalid tagid", Reaction.REFRESH_TAGS),
    (INVALID_OPENID, "invalid openid", Reaction.FIX_INPUT),
    (INVALID_SUITE_SECRET, "invalid suite_secret", Reaction.FIX_CREDENTIALS),
    (INVALID_SUITE_TOKEN, "invalid suite_access_token", Reaction.RENEW_SUITE_TOKEN),
    (INVALID_SUITE_ID, "invalid suite_id", Reaction.FIX_CREDENTIALS),
    (INVALID_PERMANENT_CODE, "invalid permanent_code", Reaction.FIX_CREDENTIALS),
    (INVALID_SUITE_TICKET, "invalid suite_ticket", Reaction.FIX_CREDENTIALS),
    (INVALID_SECRET, "invalid secret", Reaction.FIX_CREDENTIALS),
    (INVALID_EXTERNAL_USERID, "invalid external userid", Reaction.WRONG_ID_SPACE),
    (MISSING_ACCESS_TOKEN, "access_token missing", Reaction.OUR_MISTAKE),
    (MISSING_CORPID, "corpid missing", Reaction.OUR_MISTAKE),
    (MISSING_SECRET, "corpsecret missing", Reaction.OUR_MISTAKE),
    (MISSING_USERID, "userid missing", Reaction.OUR_MISTAKE),
    (MISSING_EXTERNAL_USERID, "external_userid missing", Reaction.OUR_MISTAKE),
    (MISSING_WELCOME_CODE, "missing welcome code", Reaction.OUR_MISTAKE),
    (INVALID_WELCOME_CODE, "invalid welcome code", Reaction.WELCOME_IS_OVER),
    (WELCOME_ALREADY_SENT, "externaluser has started chatting", Reaction.WELCOME_IS_OVER),
    (WELCOME_NEEDS_CONSENT, "externaluser need chat archive consent", Reaction.ASK_ADMIN),
    (USER_NOT_ACTIVATED, "user not activated", Reaction.ASK_ADMIN),
    (EXTERNAL_TYPE_MISMATCH, "invalid external userid type", Reaction.ASK_ADMIN),
    (DEVELOPER_ACCOUNT_NOT_BOUND, "weixin developer account not bound", Reaction.ASK_ADMIN),
    (TOO_MANY_ATTACHMENTS, "attachments size exceed limit", Reaction.FIX_INPUT),
    (INVALID_ATTACHMENT_TYPE, "invalid attachment msgtype", Reaction.FIX_INPUT),
    (WELCOME_BEING_SENT, "welcome message is being distributed", Reaction.RETRY),
    (ACCESS_TOKEN_EXPIRED, "access_token expired", Reaction.RENEW_TOKEN),
    (SUITE_TOKEN_EXPIRED, "suite_access_token expired", Reaction.RENEW_SUITE_TOKEN),
    (EMPTY_MEDIA, "empty media data", Reaction.FIX_INPUT),
    (FREQUENCY_LIMIT, "api freq out of limit", Reaction.WAIT_FOR_WINDOW),
    (RESPONSE_TOO_LARGE, "response out of limit", Reaction.SLOW_DOWN),
    (CONCURRENCY_LIMIT, "api concurrent out of limit", Reaction.SLOW_DOWN),
    (CONCURRENT_OPERATION, "concurrent operation conflict", Reaction.READ_AGAIN),
    (ABNORMAL_TRAFFIC, "api limited by abnormal traffic", Reaction.SLOW_DOWN),
    (API_FORBIDDEN, "api forbidden", Reaction.ASK_ADMIN),
    (AUTHORISATION_LOST, "api forbidden: authorization invalid", Reaction.ASK_ADMIN),
    (API_ABOLISHED, "api deprecated", Reaction.STOP),
    (API_TAKEN_BACK, "api permission taken back, long time no use", Reaction.ASK_ADMIN),
    (TLS_TOO_OLD, "tls version not supported", Reaction.ASK_ADMIN),
    (TOO_FEW_ACTIVE_MEMBERS, "active members not enough", Reaction.ASK_ADMIN),
    (REDIRECT_URL_NOT_TRUSTED, "redirect domain not trusted", Reaction.ASK_ADMIN),
    (NO_PRIVILEGE_TO_MEMBER, "user limited", Reaction.ASK_ADMIN),
    (APP_DISABLED, "app disabled", Reaction.ASK_ADMIN),
    (SYSTEM_APP_DISABLED, "system app disabled", Reaction.ASK_ADMIN),
    (INVALID_CURSOR, "invalid cursor", Reaction.RESTART_PAGING),
    (NO_PRIVILEGE_TO_CONTACT, "no privilege to access/modify contact/party/agent ", Reaction.ASK_ADMIN),
    (IP_NOT_TRUSTED, "not allow to access from your ip", Reaction.TRUST_ADDRESS),
    (OUT_OF_APP_SCOPE, "no privilege to access user: out of agent scope", Reaction.ASK_ADMIN),
    (NO_PARTY_PRIVILEGE, "no privilege to operate party", Reaction.ASK_ADMIN),
    (API_SWITCHED_OFF, "api is disabled", Reaction.ASK_ADMIN),
    (INVALID_MOBILE, "invalid mobile", Reaction.FIX_INPUT),
    (USERID_NOT_FOUND, "userid not found", Reaction.FIX_INPUT),
    (NOT_EXTERNAL_CONTACT, "not external contact", Reaction.NO_RELATION),
    (NO_EXTERNAL_CONTACT_RIGHT, "no external contact privilege", Reaction.ASK_ADMIN),
    (NOT_A_FOLLOWER, "not follow user", Reaction.ASK_ADMIN),
    (NOT_FOLLOWING, "not the follow user of external contact", Reaction.NO_RELATION),
    (WRONG_APP_TOKEN, "not allow operate another agent with this accesstoken.", Reaction.FIX_CREDENTIALS),
    (CORP_UNAVAILABLE, "corp unavailable", Reaction.STOP),
    (NOT_A_CORP_CUSTOMER, "not corp external contact", Reaction.NOT_CONVERTIBLE),
    (INVALID_UNIONID, "invalid unionid", Reaction.FIX_INPUT),
    (OPEN_PLATFORM_UNVERIFIED, "open platform account not verified", Reaction.ASK_ADMIN),
    (CORP_UNVERIFIED, "corp not verified", Reaction.ASK_ADMIN),
    (MINI_PROGRAM_SUBJECT_MISMATCH, "miniprogram subject mismatch with corp", Reaction.NOT_CONVERTIBLE),
    (OPENID_UNIONID_MISMATCH, "openid and unionid not match", Reaction.NOT_CONVERTIBLE),
    (THIRD_PARTY_APP_NOT_INSTALLED, "third party app not installed", Reaction.NOT_CONVERTIBLE),
    (EXTERNAL_CONTACT_CEILING, "external contact count out of limit", Reaction.ASK_ADMIN),
    (QUALIFICATION_MISSING, "qualification not submitted", Reaction.ASK_ADMIN),
    (NO_LICENSED_USER, "no user with interconnection license", Reaction.NEEDS_LICENCE),
    (INVALID_WELCOME_TICKET, "invalid welcome ticket", Reaction.WELCOME_IS_OVER),
    (OPENID_ACCOUNT_MISMATCH, "openid account type mismatch", Reaction.NOT_CONVERTIBLE),
    (OPENID_SUBJECT_MISMATCH, "openid subject mismatch", Reaction.NOT_CONVERTIBLE),
    (UNIONID_SUBJECT_MISMATCH, "unionid subject mismatch", Reaction.NOT_CONVERTIBLE),
    (INVALID_CORPID_NEW, "invalid corpid", Reaction.FIX_CREDENTIALS),
)  # fmt: skip

OFFICIAL: Final[Mapping[int, str]] = MappingProxyType({OK: "ok"} | {code: text for code, text, _ in _TABLE})
"""errcode -> the text a live server begins its errmsg with."""

REACTIONS: Final[Mapping[int, Reaction]] = MappingProxyType({code: reaction for code, _, reaction in _TABLE})
"""errcode -> reaction; a code that is missing here is `Reaction.UNKNOWN`."""

TOKEN_IS_STALE: Final = frozenset({INVALID_ACCESS_TOKEN, ACCESS_TOKEN_EXPIRED})
"""A live server answers either of the two for one and the same expired token."""

SUITE_TOKEN_IS_STALE: Final = frozenset({INVALID_SUITE_TOKEN, SUITE_TOKEN_EXPIRED})
"""The same for a suite_access_token."""


def reaction_to(errcode: int) -> Reaction:
    """Say what an error code asks for; a code outside WeCom's table gives `Reaction.UNKNOWN`."""
    return REACTIONS.get(errcode, Reaction.UNKNOWN)
