"""Error codes about who may ask: credentials, tokens, addresses, rights, licences."""

from __future__ import annotations

from collections.abc import Mapping

from console.language import N_
from console.operations.error_words import ADMIN, MACHINE, MAKERS, NOT_OURS, PROVIDER, REPORT_IT, CodeWords

_VISIBLE_RANGE = N_(
    "Have the member added in the admin console: 应用管理 > this app > 可见范围 (visible range).",
)
_USAGE_RANGE = N_(
    "Have the member added in the admin console: 客户联系 > 权限配置 > 使用范围 (usage range).",
)
_CORP_ID = N_(
    "Compare it with 我的企业 > 企业信息 > 企业ID in the admin console and correct the profile "
    "(wecom-console profile show).",
)
_START_APP = N_(
    "Have it started again in the admin console: 应用管理 > this app.",
)

ACCESS: Mapping[int, CodeWords] = {
    40001: CodeWords(
        N_("wrong secret"),
        N_(
            "The secret does not belong to this app, was reset, or the app is stopped. WeCom bans an "
            "address for an hour after repeated wrong secrets, so nothing is tried again by itself.",
        ),
        N_(
            "Copy the secret from 应用管理 > this app > Secret in the admin console and store it: "
            "wecom-console secret set corp-secret.",
        ),
        ADMIN,
    ),
    40013: CodeWords(
        N_("wrong corp ID"),
        N_("WeCom knows no corp with the corp ID of this profile."),
        _CORP_ID,
        ADMIN,
    ),
    2000002: CodeWords(
        N_("corp ID not valid"),
        N_("The corp ID of this profile is not one that WeCom accepts."),
        _CORP_ID,
        ADMIN,
    ),
    40091: CodeWords(
        N_("secret not valid for this corp"),
        N_(
            "The secret does not match the corp ID of this profile; it may be another corp's.",
        ),
        N_(
            "Take corp ID and secret from the same admin console, correct the profile and store the secret "
            "again (wecom-console secret set corp-secret).",
        ),
        ADMIN,
    ),
    41001: CodeWords(
        N_("request without access token"),
        N_("The request reached WeCom without its access token."),
        REPORT_IT,
        MAKERS,
    ),
    41002: CodeWords(
        N_("request without corp ID"),
        N_("The request for a token reached WeCom without a corp ID."),
        REPORT_IT,
        MAKERS,
    ),
    41004: CodeWords(
        N_("request without secret"),
        N_("The request for a token reached WeCom without a secret."),
        REPORT_IT,
        MAKERS,
    ),
    40014: CodeWords(
        N_("access token not accepted"),
        N_(
            "The token was fetched anew once and refused again. Usually the secret is of another kind of "
            "app than the profile says.",
        ),
        N_(
            "Compare the profile's kind of app with the app that the secret is from (wecom-console doctor shows both).",
        ),
        ADMIN,
    ),
    42001: CodeWords(
        N_("access token expired"),
        N_(
            "The token was fetched anew once and WeCom called that one expired too. Another program may be "
            "fetching tokens with the same secret at this moment.",
        ),
        N_(
            "Wait a minute and read again. When it stays: a secret of its own for this console.",
        ),
        ADMIN,
        again=True,
    ),
    42014: CodeWords(
        N_("task ID of a card message not valid"),
        N_("The code belongs to card messages; it says nothing about the token."),
        NOT_OURS,
        MAKERS,
    ),
    48002: CodeWords(
        N_("this app may not call this API"),
        N_(
            "WeCom gives customer data only to an app that was allowed to call the customer APIs.",
        ),
        N_(
            "Self-built: have the app added at 客户联系 > 权限配置 > 可调用应用 (allowed apps). Delegated "
            "or third-party: the provider asks for 客户基础信息, publishes again, and the administrator "
            "confirms.",
        ),
        ADMIN,
    ),
    48004: CodeWords(
        N_("authorisation no longer valid"),
        N_("The corp's authorisation of this app has ended."),
        N_(
            "Have the app authorised again, then store the new permanent code (wecom-console secret set "
            "permanent-code).",
        ),
        ADMIN,
    ),
    48005: CodeWords(
        N_("API withdrawn by WeCom"),
        N_("WeCom no longer offers this API to anybody."),
        N_(
            "Look for a newer version of this program; when it is the newest, report the server's message.",
        ),
        MAKERS,
    ),
    48006: CodeWords(
        N_("right taken back, it was not used for long"),
        N_("WeCom takes back the right to an API that an app has not called for a long time."),
        N_(
            "Have the right given again in the admin console: 客户联系 > 权限配置 > 可调用应用.",
        ),
        ADMIN,
    ),
    48010: CodeWords(
        N_("TLS version too old"),
        N_(
            "WeCom refuses connections with this old TLS version; usually a proxy on the way speaks it.",
        ),
        N_("Have the proxy or the system's TLS library brought up to date (TLS 1.2 or newer)."),
        MACHINE,
    ),
    48011: CodeWords(
        N_("too few active members, customer data not given"),
        N_(
            "WeCom gives customer data only to corps whose members use WeCom enough.",
        ),
        N_(
            "The administrator sees the requirement in the admin console and can talk to WeCom's support.",
        ),
        ADMIN,
    ),
    50001: CodeWords(
        N_("redirect address not a trusted domain"),
        N_("The code belongs to signing in on web pages; no customer is affected."),
        NOT_OURS,
        MAKERS,
    ),
    50002: CodeWords(
        N_("member outside the app's rights"),
        N_("This member is not among those whom the app has rights over."),
        _VISIBLE_RANGE,
        ADMIN,
    ),
    60011: CodeWords(
        N_("not in the app's visible range"),
        N_(
            "The app has no right over this member, so WeCom shows it none of their customers.",
        ),
        _VISIBLE_RANGE,
        ADMIN,
    ),
    60021: CodeWords(
        N_("account not in the app's visible range"),
        N_("The account exists, but the app is not allowed to see it."),
        _VISIBLE_RANGE,
        ADMIN,
    ),
    60030: CodeWords(
        N_("no right over this department"),
        N_("What was asked for lies outside the departments given to the app."),
        N_(
            "Have the department added in the admin console: 应用管理 > this app > 可见范围 (visible range).",
        ),
        ADMIN,
    ),
    50003: CodeWords(
        N_("app stopped"),
        N_("The administrator has stopped this app."),
        _START_APP,
        ADMIN,
    ),
    50006: CodeWords(
        N_("system app stopped"),
        N_("WeCom's own app behind this API (such as 客户联系) is stopped in this corp."),
        N_("Have 客户联系 started again in the admin console."),
        ADMIN,
    ),
    60031: CodeWords(
        N_("API switched off for this app"),
        N_("The use of APIs is switched off for this app or corp."),
        N_("Have the API of this app switched on in the admin console: 应用管理 > this app."),
        ADMIN,
    ),
    60020: CodeWords(
        N_("this computer's address is not trusted"),
        N_("WeCom answers this app only from addresses that are on its list."),
        N_(
            "Self-built: 应用管理 > this app > 企业可信IP (trusted IP). Delegated or third-party: the "
            "provider's IP白名单. Then wait one minute and try again.",
        ),
        ADMIN,
    ),
    301002: CodeWords(
        N_("token of another app"),
        N_("The token belongs to one app and the request is about another."),
        N_(
            "Check which app the profile's secret is from, and use one profile for each app.",
        ),
        ADMIN,
    ),
    301007: CodeWords(
        N_("corp not available"),
        N_("WeCom has suspended or dissolved this corp."),
        N_("The administrator can ask WeCom's support about the state of the corp."),
        ADMIN,
    ),
    701008: CodeWords(
        N_("no member with an interworking licence"),
        N_(
            "None of the members asked for has an interworking licence (互通许可), so the app gets none of "
            "their customers. Members with a licence are read as usual.",
        ),
        N_("Have the provider buy or assign licences for these members."),
        PROVIDER,
    ),
    84074: CodeWords(
        N_("no right to customers"),
        N_("This member may not have customers: the customer-contact function is not given to them."),
        _USAGE_RANGE,
        ADMIN,
    ),
    84083: CodeWords(
        N_("not a follower"),
        N_("This member is not among those who serve customers."),
        _USAGE_RANGE,
        ADMIN,
    ),
    610023: CodeWords(
        N_("the corp has reached its number of customers"),
        N_("WeCom lets each corp have only so many customers, and this one is at its limit."),
        N_("Have the limit raised in the admin console: 客户联系."),
        ADMIN,
    ),
    610024: CodeWords(
        N_("the corp's qualification was not submitted"),
        N_("WeCom wants papers from the corp before it gives out this data."),
        N_("Have the papers submitted in the admin console."),
        ADMIN,
    ),
}
