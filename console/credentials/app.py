"""A profile's secrets as what its kind of app proves itself to WeCom with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from console.credentials.kinds import SecretKind
from console.settings import AppType, Profile
from console.wecom.access import AppSecret, Credentials
from console.wecom.redact import Hidden
from console.wecom.suite import SuiteCredentials

Ticket = Callable[[], Awaitable[Hidden]]
"""Reads the suite ticket that is kept now."""


def app_credentials(profile: Profile, secrets: Mapping[SecretKind, Hidden], ticket: Ticket) -> Credentials:
    """The credentials of a profile's app; `secrets` has all of `needed_kinds`.

    `ticket` is asked for third-party apps alone, each time they fetch a suite token.
    """
    if profile.app_type is not AppType.THIRD_PARTY:
        kind = SecretKind.CORP_SECRET if profile.app_type is AppType.SELF_BUILT else SecretKind.PERMANENT_CODE
        return AppSecret(profile.corp_id, secrets[kind])
    return SuiteCredentials(
        suite_id=profile.suite_id,
        suite_secret=secrets[SecretKind.SUITE_SECRET],
        suite_ticket=ticket,
        auth_corpid=profile.corp_id,
        permanent_code=secrets[SecretKind.PERMANENT_CODE],
    )
