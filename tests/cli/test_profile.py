"""Profiles: added with care, shown as they are, removed together with their secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.sandbox import Sandbox
from tests.cli.conftest import Console


def test_a_corp_id_that_looks_like_none_is_pointed_out_and_kept(console: Console) -> None:
    ran = console("profile", "add", "odd", "--corp-id", "123")
    assert ran.code == 0
    assert "usually begins with ww: look at 123" in ran.err
    assert "usually begins" not in console("profile", "add", "usual", "--corp-id", "ww1234567890abcdef").err


def test_the_first_profile_added_is_the_default_and_the_next_step_is_told(console: Console) -> None:
    ended = console("profile", "add", "acme", "--corp-id", "ww1", "--json")
    assert ended.code == 0
    assert ended.document == {
        "name": "acme",
        "default": True,
        "corp_id": "ww1",
        "app_type": "self-built",
        "base_url": "https://qyapi.weixin.qq.com",
        "env": "prod",
        "read_only": False,
        "suite_id": "",
        "receive_ids": [],
        "contacts": "official",
        "conversion": "official",
        "customer_acquisition": False,
        "secret_command": [],
    }
    assert "wecom-console secret set corp-secret --profile acme" in ended.err


def test_all_options_are_kept(console: Console) -> None:
    options = "--app-type delegated --suite-id dk1 --receive-id ww1 --receive-id dk1 --env test --read-only"
    console("profile", "add", "beta", "--corp-id", "ww2", "--base-url", "http://127.0.0.1:9/", *options.split())
    shown = console("profile", "show", "beta", "--json").document
    assert (shown["app_type"], shown["suite_id"], shown["receive_ids"]) == ("delegated", "dk1", ["ww1", "dk1"])
    assert (shown["env"], shown["read_only"], shown["base_url"]) == ("test", True, "http://127.0.0.1:9")
    human = console("profile", "show", "beta").out
    assert "delegated" in human
    assert "ww1, dk1" in human


def test_a_third_party_app_is_told_all_its_secrets(console: Console) -> None:
    words = ("profile", "add", "suite", "--corp-id", "ww1", "--app-type", "third-party", "--suite-id", "dk1")
    said = console(*words).err
    for kind in ("suite-secret", "suite-ticket", "permanent-code"):
        assert f"wecom-console secret set {kind} --profile suite" in said


def test_a_name_is_taken_once(console: Console) -> None:
    console("profile", "add", "acme", "--corp-id", "ww1")
    ended = console("profile", "add", "acme", "--corp-id", "ww2")
    assert (ended.code, ended.out) == (1, "")
    assert console("profile", "show", "acme", "--json").document["corp_id"] == "ww1"


@pytest.mark.parametrize("name", ["", "a/b", "a\\b", "a\nb", "a\x1b[31m"])
def test_a_name_that_could_mislead_is_refused(console: Console, name: str) -> None:
    ended = console("profile", "add", name, "--corp-id", "ww1")
    assert ended.code == 2
    assert "\x1b" not in ended.err
    assert console("profile", "list", "--json").out == ""


@pytest.mark.parametrize("url", ["http://example.com", "ftp://127.0.0.1", "nonsense"])
def test_an_address_that_would_leak_the_secret_is_refused(console: Console, url: str) -> None:
    assert console("profile", "add", "acme", "--corp-id", "ww1", "--base-url", url).code == 2
    assert console("profile", "list", "--json").out == ""


def test_the_list_marks_the_default_and_use_moves_it(console: Console) -> None:
    console("profile", "add", "acme", "--corp-id", "ww1")
    console("profile", "add", "华东", "--corp-id", "ww2", "--read-only")
    assert console("profile", "use", "华东").code == 0
    listed = console("profile", "list", "--json").lines
    assert [(one["name"], one["default"]) for one in listed] == [("acme", False), ("华东", True)]
    rows = console("profile", "list").out.splitlines()
    assert [row.startswith("*") for row in rows] == [False, False, True]
    assert "read-only" in rows[2]


@pytest.mark.parametrize("verb", ["show", "use", "remove"])
def test_an_unknown_name_is_2_and_those_there_are_are_named(console: Console, verb: str) -> None:
    console("profile", "add", "acme", "--corp-id", "ww1")
    ended = console("profile", verb, "acne")
    assert (ended.code, ended.out) == (2, "")
    assert "acme" in ended.err


def test_an_empty_list_is_done_and_says_what_to_do(console: Console) -> None:
    ended = console("profile", "list")
    assert (ended.code, ended.out) == (0, "")
    assert "profile add" in ended.err


def test_removing_a_profile_removes_its_secrets_and_says_which(console: Console, keyring_file: Path) -> None:
    console("profile", "add", "acme", "--corp-id", "ww1")
    console("profile", "add", "beta", "--corp-id", "ww2")
    for profile in ("acme", "beta"):
        console("secret", "set", "corp-secret", "--profile", profile, stdin="value\n")
    console("secret", "set", "callback-token", "--profile", "acme", stdin="token\n")
    ended = console("profile", "remove", "acme", "--json")
    assert ended.document == {"name": "acme", "removed_secrets": ["corp-secret", "callback-token"]}
    assert keyring_file.read_text(encoding="utf-8") == '{"wecom-console beta/corp-secret": "value"}'
    assert [one["name"] for one in console("profile", "list", "--json").lines] == ["beta"]


def test_removing_a_profile_removes_the_token_that_it_shared(
    console: Console, corp: Sandbox, keyring_file: Path
) -> None:
    address = ("--corp-id", corp.credentials.corp_id, "--base-url", corp.base_url)
    console("profile", "add", "acme", *address)
    console("secret", "set", "corp-secret", stdin=corp.credentials.secret)
    for _ in range(2):
        assert console("followers", "--json").code == 0
    assert corp.requests["/gettoken"] == 1
    kept = keyring_file.read_text(encoding="utf-8")
    assert f"wecom-console token/{corp.credentials.corp_id}/" in kept
    console("profile", "remove", "acme")
    assert keyring_file.read_text(encoding="utf-8") == "{}"


def test_a_profile_stays_while_its_keyring_is_locked(console: Console, keyring_file: Path) -> None:
    console("profile", "add", "acme", "--corp-id", "ww1")
    Path(f"{keyring_file}.locked").touch()
    ended = console("profile", "remove", "acme")
    assert (ended.code, ended.out) == (1, "")
    assert "locked" in ended.err
    assert console("profile", "show", "acme").code == 0


def test_a_profile_can_go_where_there_is_no_keyring(console: Console) -> None:
    console("profile", "add", "acme", "--corp-id", "ww1")
    ended = console("profile", "remove", "acme", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    assert ended.code == 0
    assert console("profile", "list", "--json").out == ""
