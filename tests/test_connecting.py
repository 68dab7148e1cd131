"""A profile connects with what its kind of app needs, or says what is missing; a secret can be given for one run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.credentials import (
    KeyringState,
    KeyringUnavailable,
    MemorySecrets,
    SecretKind,
    Secrets,
    SecretStack,
    needed_kinds,
)
from console.sandbox import Options, Sandbox
from console.session import CannotConnect, Connection, Profiles, SecretMissing, connect_with
from console.settings import AppType, Profile, Settings
from console.store import Store
from console.wecom.access import AppSecret
from console.wecom.suite import SuiteCredentials

ALL = {("acme", kind): f"the-{kind}" for kind in SecretKind}


def profile_of(app_type: AppType, suite_id: str = "dk1") -> Profile:
    return Profile("acme", "ww1", app_type, suite_id=suite_id)


async def connected(app_type: AppType, secrets: Secrets) -> Connection:
    return await connect_with(secrets)(profile_of(app_type))


async def test_each_kind_of_app_connects_with_its_own_secret() -> None:
    own = (await connected(AppType.SELF_BUILT, MemorySecrets(ALL))).credentials
    delegated = (await connected(AppType.DELEGATED, MemorySecrets(ALL))).credentials
    assert isinstance(own, AppSecret)
    assert isinstance(delegated, AppSecret)
    assert (own.corp_id, own.secret.reveal()) == ("ww1", "the-corp-secret")
    assert (delegated.corp_id, delegated.secret.reveal()) == ("ww1", "the-permanent-code")


async def test_a_third_party_app_connects_with_its_suite_and_shows_no_secret() -> None:
    connection = await connected(AppType.THIRD_PARTY, MemorySecrets(ALL))
    suite = connection.credentials
    assert isinstance(suite, SuiteCredentials)
    assert (suite.suite_id, suite.auth_corpid) == ("dk1", "ww1")
    assert (suite.suite_secret.reveal(), suite.permanent_code.reveal()) == ("the-suite-secret", "the-permanent-code")
    assert "the-" not in repr(connection)


@pytest.mark.parametrize("app_type", AppType)
async def test_the_kind_of_secret_that_is_missing_is_named(app_type: AppType) -> None:
    for kind in needed_kinds(app_type):
        others = {key: value for key, value in ALL.items() if key[1] is not kind}
        with pytest.raises(SecretMissing) as missing:
            await connected(app_type, MemorySecrets(others))
        assert (missing.value.profile, missing.value.kind) == ("acme", kind)


async def test_a_third_party_app_without_its_suite_names_the_key_that_is_missing() -> None:
    with pytest.raises(CannotConnect, match=r"profiles\.acme\.suite_id"):
        await connect_with(MemorySecrets(ALL))(profile_of(AppType.THIRD_PARTY, suite_id=""))


class Moody(MemorySecrets):
    """Secrets of a keyring that can be locked."""

    locked = False

    def get(self, profile: str, kind: SecretKind) -> str | None:
        if self.locked:
            raise KeyringUnavailable(KeyringState.LOCKED)
        return super().get(profile, kind)


async def test_the_suite_ticket_is_the_one_kept_now_or_the_last_one_known() -> None:
    secrets = Moody(ALL)
    suite = (await connected(AppType.THIRD_PARTY, secrets)).credentials
    assert isinstance(suite, SuiteCredentials)
    secrets.set("acme", SecretKind.SUITE_TICKET, "the-ticket-of-ten-minutes-later")
    assert (await suite.suite_ticket()).reveal() == "the-ticket-of-ten-minutes-later"
    secrets.locked = True
    assert (await suite.suite_ticket()).reveal() == "the-ticket-of-ten-minutes-later"


async def test_a_secret_given_for_this_run_opens_a_profile_that_had_none(
    start_sandbox: Callable[[Options], Sandbox], tmp_path: Path
) -> None:
    corp = start_sandbox(Options(staff=3, customers=3))
    acme = Profile("acme", corp.credentials.corp_id, base_url=corp.base_url)
    kept = MemorySecrets()
    secrets = SecretStack(kept, environ={})
    settings = Settings(tmp_path / "config.toml", profiles={"acme": acme})
    profiles = Profiles(settings, Store.open(tmp_path / "store.db"), connect_with(secrets), secrets=secrets)
    session = profiles.open("acme")
    with pytest.raises(SecretMissing):
        await session.client()
    profiles.give_secret("acme", SecretKind.CORP_SECRET, corp.credentials.secret)
    client = await session.client()
    assert len(await client.follow_users()) == 3
    assert kept.get("acme", SecretKind.CORP_SECRET) is None
    await session.close()
    profiles.close()
