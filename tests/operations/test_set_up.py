"""Setting up a profile: what was typed is judged before it is kept, and replaced rather than kept twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.credentials import MemorySecrets, SecretKind
from console.operations.checkup import CheckState
from console.operations.set_up import Draft, forget_secrets, keep_profile, keep_secrets, mistakes, tidied
from console.settings import AppType, Home, Profile, load_settings
from console.settings_file import add_profile

GOOD = Draft("acme", "ww1234567890abcdef", secrets={SecretKind.CORP_SECRET: "s" * 43})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, tmp_path, tmp_path)


def test_a_good_draft_has_no_mistakes_and_never_shows_its_secret() -> None:
    assert mistakes(GOOD) == {}
    assert "sss" not in repr(GOOD)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (replace(GOOD, name=""), "name"),
        (replace(GOOD, name="taken"), "name"),
        (replace(GOOD, corp_id=""), "corp_id"),
        (replace(GOOD, corp_id="1000002"), "corp_id"),
        (replace(GOOD, corp_id="ww 12"), "corp_id"),
        (replace(GOOD, base_url="http://qyapi.weixin.qq.com"), "base_url"),
        (replace(GOOD, secrets={}), "corp-secret"),
        (replace(GOOD, secrets={SecretKind.CORP_SECRET: "two words"}), "corp-secret"),
        (replace(GOOD, secrets={SecretKind.CORP_SECRET: "密码"}), "corp-secret"),
        (replace(GOOD, app_type=AppType.DELEGATED), "permanent-code"),
    ],
)
def test_each_mistake_is_named_by_its_field(wrong: Draft, where: str) -> None:
    assert list(mistakes(tidied(wrong), {"taken"})) == [where]


def test_a_third_party_app_needs_its_suite() -> None:
    assert set(mistakes(replace(GOOD, app_type=AppType.THIRD_PARTY))) == {
        "suite_id", "permanent-code", "suite-secret", "suite-ticket"
    }  # fmt: skip


def test_what_comes_along_with_a_paste_is_taken_off() -> None:
    pasted = replace(
        GOOD, name=" acme ", corp_id="\nww1234567890abcdef\t", secrets={SecretKind.CORP_SECRET: " abc\r\n"}
    )
    assert tidied(pasted) == replace(GOOD, secrets={SecretKind.CORP_SECRET: "abc"})


def test_a_profile_that_was_kept_is_replaced_with_its_being_the_default(home: Home) -> None:
    assert keep_profile(home, GOOD).state is CheckState.PASSED
    add_profile(home, Profile("other", "ww2"))
    assert keep_profile(home, replace(GOOD, name="acme2", corp_id="ww3"), kept_as="acme").state is CheckState.PASSED
    settings = load_settings(home)
    assert set(settings.profiles) == {"acme2", "other"}
    assert (settings.default_profile, settings.profiles["acme2"].corp_id) == ("acme2", "ww3")


def test_another_profiles_name_is_never_taken_over(home: Home) -> None:
    add_profile(home, Profile("other", "ww2"))
    keep_profile(home, GOOD)
    for kept_as in ("", "acme"):
        check = keep_profile(home, replace(GOOD, name="other"), kept_as=kept_as)
        assert check.state is CheckState.FAILED
        assert "other" in check.answer
    assert load_settings(home).profiles["other"].corp_id == "ww2"


async def test_the_secrets_of_a_name_or_kind_that_was_given_up_are_forgotten() -> None:
    secrets = MemorySecrets()
    before = Draft("acme", "ww1", AppType.DELEGATED, secrets={SecretKind.PERMANENT_CODE: "code"})
    assert [check.state async for check in keep_secrets(secrets, before)] == [CheckState.PASSED]
    assert [check.state async for check in keep_secrets(secrets, GOOD)] == [CheckState.PASSED]
    await forget_secrets(secrets, before, GOOD)
    assert secrets.get("acme", SecretKind.PERMANENT_CODE) is None
    assert secrets.get("acme", SecretKind.CORP_SECRET) == "s" * 43
    await forget_secrets(secrets, GOOD, GOOD)
    assert secrets.get("acme", SecretKind.CORP_SECRET) == "s" * 43
