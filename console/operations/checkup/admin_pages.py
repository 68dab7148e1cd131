"""The pages of WeCom's admin console on which an administrator puts right what a check found wrong."""

from __future__ import annotations

from console.credentials import SecretKind
from console.language import N_, _
from console.settings import AppType
from console.wecom import codes
from console.wecom.errors import WeComError

APP = N_("应用管理 > this app")
APP_SECRET = N_("应用管理 > this app > Secret")
APP_CALLBACK = N_("应用管理 > this app > 接收消息 > API接收")
_VISIBLE_RANGE = N_("应用管理 > this app > 可见范围")
_TRUSTED_IP = N_("应用管理 > this app > 企业可信IP")
_PROVIDER = N_("the provider's console")
_PROVIDER_ADDRESSES = N_("the provider's console > IP白名单")
_PROVIDER_RIGHTS = N_("the provider's console > 企业客户权限 > 客户基础信息")
ALLOWED_APPS = "客户联系 > 权限配置 > 可调用应用"
USAGE_RANGE = "客户联系 > 权限配置 > 使用范围"
CORP_ID = "我的企业 > 企业信息 > 企业ID"

_PAGES = {
    codes.INVALID_CREDENTIAL: APP_SECRET,
    codes.INVALID_SECRET: APP_SECRET,
    codes.INVALID_CORPID: CORP_ID,
    codes.INVALID_CORPID_NEW: CORP_ID,
    codes.API_FORBIDDEN: ALLOWED_APPS,
    codes.API_TAKEN_BACK: ALLOWED_APPS,
    codes.IP_NOT_TRUSTED: _TRUSTED_IP,
    codes.NO_PRIVILEGE_TO_MEMBER: _VISIBLE_RANGE,
    codes.NO_PRIVILEGE_TO_CONTACT: _VISIBLE_RANGE,
    codes.OUT_OF_APP_SCOPE: _VISIBLE_RANGE,
    codes.NO_PARTY_PRIVILEGE: _VISIBLE_RANGE,
    codes.NO_EXTERNAL_CONTACT_RIGHT: USAGE_RANGE,
    codes.NOT_A_FOLLOWER: USAGE_RANGE,
    codes.APP_DISABLED: APP,
    codes.API_SWITCHED_OFF: APP,
    codes.SYSTEM_APP_DISABLED: "客户联系",
}
_PROVIDERS_PAGES = {
    codes.INVALID_CREDENTIAL: _PROVIDER,
    codes.INVALID_SECRET: _PROVIDER,
    codes.INVALID_SUITE_TOKEN: _PROVIDER,
    codes.IP_NOT_TRUSTED: _PROVIDER_ADDRESSES,
    codes.API_FORBIDDEN: _PROVIDER_RIGHTS,
}
_SECRETS = {
    SecretKind.CORP_SECRET: APP_SECRET,
    SecretKind.CALLBACK_TOKEN: APP_CALLBACK,
    SecretKind.ENCODING_AES_KEY: APP_CALLBACK,
    SecretKind.PERMANENT_CODE: _PROVIDER,
    SecretKind.SUITE_SECRET: _PROVIDER,
    SecretKind.SUITE_TICKET: _PROVIDER,
}


def page_for(failure: Exception, app_type: AppType | None) -> str:
    """The page for what WeCom refused, in the console's own labels; "" where no page can help."""
    if not isinstance(failure, WeComError):
        return ""
    own = app_type in (None, AppType.SELF_BUILT)
    page = _PAGES.get(failure.errcode, "")
    return _in_words(page if own else _PROVIDERS_PAGES.get(failure.errcode, page))


def _in_words(page: str) -> str:
    return _(page) if page else ""  # gettext answers "" with its own header


def callback_page() -> str:
    """The page on which a callback URL is saved."""
    return _(APP_CALLBACK)


def secret_page(kind: SecretKind) -> str:
    """The page that shows a secret."""
    return _(_SECRETS[kind])
