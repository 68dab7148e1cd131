"""What a check-up finds on this computer: settings, profile, keyring, secrets, store, language."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console.credentials import KeyringState, KeyringUnavailable, MemorySecrets, SecretKind, variable_of
from console.operations.checkup import CheckState, Surroundings, check_document, exit_code, report_text, review
from console.sandbox import Options
from console.sandbox.options import invent_credentials
from console.settings import AppType, Profile
from console.settings_file import add_profile
from console.store import Store
from console.wecom.errors import Unreachable
from tests.operations.checkups import MODERN, Found, Opened, around, examine, profile_of
from tests.secret_forms import found_in

PASSED, FAILED = CheckState.PASSED, CheckState.FAILED
WARNING, NOT_CHECKABLE = CheckState.WARNING, CheckState.NOT_CHECKABLE
needs_modes = pytest.mark.skipif(os.name != "posix", reason="needs file modes")


class NoKeyring:
    """A keyring that gives nothing, as on a jump host."""

    def __init__(self, state: KeyringState = KeyringState.ABSENT) -> None:
        self._state = state

    def get(self, profile: str, kind: SecretKind | None = None) -> str | None:
        raise KeyringUnavailable(self._state)

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        raise KeyringUnavailable(self._state)

    def remove(self, profile: str, kind: SecretKind) -> bool:
        raise KeyringUnavailable(self._state)


async def local(surroundings: Surroundings, profile: Profile | None = None) -> Found:
    """A check-up on a computer that has no network."""
    off = Unreachable("/gettoken", "qyapi.weixin.qq.com")
    return await examine(Opened(profile or profile_of(), off), surroundings)


async def test_without_a_profile_the_computer_is_checked_and_the_way_to_one_told(tmp_path: Path) -> None:
    found = await examine(None, around(tmp_path))
    assert "wecom-console profile add" in found["profile"].todo
    assert "gettoken" not in found.states()
    assert found["terminal-size"].state is PASSED
    assert exit_code(found.checks) == 1
    assert review(found.checks)[0].state is NOT_CHECKABLE


async def test_settings_with_a_mistake_are_told_and_no_profile_is_asked_for(tmp_path: Path) -> None:
    surroundings = around(tmp_path)
    file = surroundings.home.settings_file
    file.parent.mkdir(mode=0o700)
    file.write_text('langage = "zh"\n')
    file.chmod(0o600)
    found = await examine(None, surroundings)
    assert "langage" in found["settings"].answer
    assert "language" in found["settings"].todo
    assert found["profile"].state is NOT_CHECKABLE


@needs_modes
async def test_files_that_others_can_read_are_told_with_the_command_that_closes_them(tmp_path: Path) -> None:
    surroundings = around(tmp_path)
    home = surroundings.home
    add_profile(home, profile_of())
    Store.open(home.store_file).close()
    closed = await local(surroundings)
    assert (closed["settings"].state, closed["store"].state) == (PASSED, PASSED)
    assert "600" in closed["store"].answer
    home.settings_file.chmod(0o644)
    check = (await local(surroundings))["settings"]
    assert check.state is WARNING
    assert f"chmod go= {home.settings_file}" in check.todo
    home.settings_file.chmod(0o602)
    assert (await local(surroundings))["settings"].state is FAILED, "what others may write is not read"


async def test_a_damaged_store_is_told_and_is_no_end(tmp_path: Path) -> None:
    surroundings = around(tmp_path)
    surroundings.home.store_file.write_bytes(b"no store at all" * 1000)
    found = await local(surroundings)
    assert found["store"].state is FAILED
    assert found["language"].state is PASSED


async def test_looking_at_a_store_that_is_not_there_makes_none(tmp_path: Path) -> None:
    assert (await local(around(tmp_path)))["store"].state is PASSED
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("app_type", "kinds"),
    [
        (AppType.SELF_BUILT, ["corp-secret"]),
        (AppType.DELEGATED, ["permanent-code"]),
        (AppType.THIRD_PARTY, ["permanent-code", "suite-secret", "suite-ticket"]),
    ],
)
async def test_each_kind_of_app_is_asked_for_its_own_secrets(
    tmp_path: Path, app_type: AppType, kinds: list[str]
) -> None:
    found = await local(around(tmp_path, MemorySecrets()), profile_of(app_type))
    wanted = [check.id for check in found.checks if check.id in set(SecretKind) and check.needed]
    assert wanted == kinds
    for kind in kinds:
        assert found[kind].state is FAILED
        assert f"secret set {kind} --profile acme" in found[kind].todo
        assert found[kind].where


async def test_a_missing_keyring_is_no_failure_where_the_secret_comes_from_elsewhere(tmp_path: Path) -> None:
    kind = SecretKind.CORP_SECRET
    given = MemorySecrets({("acme", kind): "x" * 43})
    environ = {**MODERN, variable_of(kind): "x" * 43}
    found = await local(around(tmp_path, given, keyring=NoKeyring(), environ=environ))
    assert (found["keyring"].state, found[kind].state) == (WARNING, PASSED)
    assert variable_of(kind) in found[kind].answer
    found = await local(around(tmp_path, NoKeyring(), keyring=NoKeyring()))
    assert found[kind].state is FAILED


async def test_a_slow_keyring_is_worth_trying_again(tmp_path: Path) -> None:
    found = await local(around(tmp_path, NoKeyring(KeyringState.SLOW)))
    assert found[SecretKind.CORP_SECRET].again
    assert not (await local(around(tmp_path, NoKeyring(KeyringState.LOCKED))))[SecretKind.CORP_SECRET].again


async def test_a_secret_with_blanks_around_it_is_told(tmp_path: Path) -> None:
    kept = MemorySecrets({("acme", SecretKind.CORP_SECRET): " " + "x" * 43})
    assert (await local(around(tmp_path, kept)))["corp-secret"].state is FAILED


@pytest.mark.parametrize(
    ("environ", "encoding", "state"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "utf-8", PASSED),
        ({"LANG": "C.UTF-8"}, "UTF-8", PASSED),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "POSIX"}, "utf-8", WARNING),
        ({}, "utf-8", WARNING),
        ({"LANG": "zh_CN.GBK"}, "gbk", WARNING),
    ],
)
async def test_a_locale_that_cannot_say_chinese_is_told(
    tmp_path: Path, environ: dict[str, str], encoding: str, state: CheckState
) -> None:
    found = await local(around(tmp_path, environ=environ, encoding=encoding))
    assert found["language"].state is state
    assert not found["language"].needed


async def test_no_secret_is_in_what_a_check_up_says(tmp_path: Path) -> None:
    own = invent_credentials(Options().seed)
    planted = {
        SecretKind.PERMANENT_CODE: own.permanent_code,
        SecretKind.SUITE_SECRET: own.suite_secret,
        SecretKind.SUITE_TICKET: own.suite_ticket,
        SecretKind.CALLBACK_TOKEN: own.callback_token,
        SecretKind.ENCODING_AES_KEY: own.encoding_aes_key + "=",
    }
    secrets = MemorySecrets({("acme", kind): value for kind, value in planted.items()})
    told = Unreachable("/gettoken", f"host with {own.suite_ticket} and {own.callback_token} in its name")
    found = await examine(Opened(profile_of(AppType.THIRD_PARTY), told), around(tmp_path, secrets))
    assert "***" in found.text, "the planted ones were met"
    said = found.text + report_text(found.checks) + repr(around(tmp_path, secrets))
    assert {kind: forms for kind, value in planted.items() if (forms := found_in(said, value))} == {}


async def test_a_check_as_json_has_the_same_keys_whatever_it_found(tmp_path: Path) -> None:
    found = await examine(None, around(tmp_path))
    assert {tuple(check_document(check)) for check in found.checks} == {tuple(check_document(found.checks[0]))}
    assert report_text(found.checks).count("\n") == len(found.checks)
