"""Followers, served contacts and the sandbox on the command line."""

from __future__ import annotations

import json
import urllib.request

import pytest

from console.sandbox import Sandbox
from tests.cli.conftest import Console


def test_followers_are_userid_and_number_and_an_unreadable_number_is_null(connected: Console) -> None:
    ended = connected("followers", "--json")
    numbers = {str(line["userid"]): line["customers"] for line in ended.lines}
    assert ended.code == 0
    assert {tuple(line) for line in ended.lines} == {("userid", "customers")}
    assert len(numbers) == 8
    assert (numbers["liuyang02"], numbers["zhaomin"]) == (0, None)
    assert numbers["lina"] == len(connected("customers", "list", "--follower", "lina", "--json").lines)
    assert "zhaomin: 60011" in ended.err


def test_people_read_the_followers_names_too(connected: Console) -> None:
    out = connected("followers").out
    assert "张伟" in out
    assert "zhangwei" in out


def test_followers_that_cannot_be_listed_are_a_failure_not_an_empty_list(connected: Console, corp: Sandbox) -> None:
    corp.faults.errcode("/externalcontact/get_follow_user_list", 60020, None)
    ended = connected("followers", "--json")
    assert (ended.code, ended.out) == (1, "")
    assert "60020" in ended.err


def test_a_number_lost_on_the_network_leaves_the_others_and_is_3(connected: Console, corp: Sandbox) -> None:
    corp.faults.html("/externalcontact/list", None, when={"userid": "sunli_sz"})
    ended = connected("followers", "--json")
    assert ended.code == 3
    assert len(ended.lines) == 8


def test_served_contacts_are_wecoms_own_records(connected: Console) -> None:
    everybody = connected("contacts", "list", "--json").lines
    of_one = connected("contacts", "list", "--follower", "ZhangWei", "--json").lines
    assert len(everybody) > len(of_one) > 0
    assert {line["follow_userid"] for line in of_one} == {"zhangwei"}
    assert all({"is_customer", "tmp_openid"} <= set(line) for line in everybody)
    assert connected("contacts", "list").out.splitlines()[0].split()[0] == "name"


def test_served_contacts_of_nobody_are_a_refusal(connected: Console) -> None:
    ended = connected("contacts", "list", "--follower", "nosuch")
    assert (ended.code, ended.out) == (1, "")
    assert "nosuch" in ended.err


def test_served_contacts_are_not_given_to_a_delegated_app(console: Console, corp: Sandbox) -> None:
    given = corp.credentials
    words = ("--corp-id", given.corp_id, "--base-url", corp.base_url, "--app-type", "delegated")
    console("profile", "add", "beta", *words)
    ended = console("contacts", "list", "--json", WECOM_CONSOLE_SECRET_PERMANENT_CODE=given.permanent_code)
    assert (ended.code, ended.out) == (1, "")
    assert "not given" in ended.err


def test_the_sandbox_prints_its_credentials_serves_and_ends_with_its_stdin(console: Console) -> None:
    process = console.start("sandbox", "--staff", "3", "--customers", "9", "--seed", "3")
    assert process.stdout is not None
    assert process.stdin is not None
    told = json.loads(process.stdout.readline())
    assert list(told) == [
        "base_url",
        "corp_id",
        "secret",
        "callback_token",
        "encoding_aes_key",
        "permanent_code",
        "suite_id",
        "suite_secret",
        "suite_ticket",
        "system_secret",
    ]
    url = f"{told['base_url']}/cgi-bin/gettoken?corpid={told['corp_id']}&corpsecret={told['secret']}"
    with urllib.request.urlopen(url, timeout=30) as answer:
        assert json.load(answer)["access_token"]
    process.stdin.close()
    assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("words", [("--staff", "0"), ("--customers", "-1"), ("--port", "x")])
def test_an_impossible_sandbox_is_2(console: Console, words: tuple[str, ...]) -> None:
    assert console("sandbox", *words).code == 2
