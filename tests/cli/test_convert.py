"""`convert` and `mappings`: scripts get ids and exit codes, people get words, and nobody gets a loop."""

from __future__ import annotations

import os

import pytest

from console.sandbox import Sandbox
from console.sandbox.visitors import VISITORS
from console.settings import Home
from console.store import Store
from console.store.quota import Admitted
from tests.cli.conftest import Console
from tests.pty_program import program

CONVERT = "/idconvert/unionid_to_external_userid"
VISITOR = VISITORS[0]
IDS = (VISITOR.unionid, VISITOR.openid)


needs_a_pty = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


def send(console: Console, corp: Sandbox, *, times: int) -> None:
    """Have another process of the same profile sent so many conversions just now."""
    store = Store.open(Home.locate(console.environ).store_file)
    quota = store.profile("provider", corp.credentials.corp_id, "delegated").quota
    assert all(isinstance(quota.admit(0).wait(), Admitted) for _ in range(times))
    store.close()


@pytest.fixture
def delegated(console: Console, corp: Sandbox) -> Console:
    """The command with a profile of a delegated app of that company."""
    ready = Console({**console.environ, "WECOM_CONSOLE_SECRET_PERMANENT_CODE": corp.credentials.permanent_code})
    added = ready(
        *("profile", "add", "provider", "--corp-id", corp.credentials.corp_id, "--base-url", corp.base_url),
        *("--app-type", "delegated"),
    )
    assert added.code == 0, added.err
    return ready


def test_a_visitor_becomes_a_pending_id_and_then_the_customer_and_wecom_is_asked_once_for_each(
    delegated: Console, corp: Sandbox
) -> None:
    first = delegated("convert", *IDS, "--json")
    assert first.code == 0, first.err
    pending = first.document
    assert (pending["unionid"], pending["state"], pending["from"]) == (VISITOR.unionid, "pending", "conversion")
    assert str(pending["pending_id"]).startswith("p")
    assert float(str(pending["expires_at"])) - float(str(pending["learned_at"])) == 90 * 86_400
    assert delegated("convert", *IDS, "--json").document == pending
    assert corp.requests[CONVERT] == 1

    corp.colleague.adds("zhangwei", VISITOR.unionid)
    customer = delegated("convert", *IDS, "--again", "--json").document
    assert (customer["state"], customer["expires_at"]) == ("customer", None)
    shown = delegated("customers", "show", str(customer["external_userid"]), "--json")
    assert shown.code == 0, shown.err
    refused = delegated("customers", "show", str(pending["pending_id"]))
    assert refused.code == 2
    assert "pending ID" in refused.err

    listed = delegated("mappings", "list", "--search", VISITOR.unionid[:7], "--json")
    assert [line["external_userid"] for line in listed.lines] == [customer["external_userid"]]
    assert "hour 2/100k" in listed.err
    assert "小满" in delegated("mappings", "list").out


def test_the_sixth_within_a_minute_is_refused_where_nobody_can_be_asked_even_with_yes(
    delegated: Console, corp: Sandbox
) -> None:
    assert delegated("convert", *IDS).code == 0
    send(delegated, corp, times=4)
    assert delegated("convert", *IDS).code == 0, "what is known needs no request"
    sixth = delegated("convert", *IDS, "--again", "--yes")
    assert (sixth.code, sixth.out) == (1, "")
    assert "forbids converting in bulk" in sixth.err
    assert corp.requests[CONVERT] == 1


@needs_a_pty
@pytest.mark.parametrize(("answer", "code", "requests"), [("y\r", 0, 1), ("\r", 1, 0)])
def test_on_a_terminal_the_sixth_is_asked_about_with_the_rule(
    delegated: Console, corp: Sandbox, answer: str, code: int, requests: int
) -> None:
    send(delegated, corp, times=5)
    with program("convert", *IDS, environ=delegated.environ) as console:
        console.until_shown("forbids converting in bulk")
        console.until_shown("Convert one more now?")
        console.press(answer)
        assert console.ended() == code
    assert corp.requests[CONVERT] == requests


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((VISITOR.unionid,), 2, "openid is missing"),
        ((*IDS, "--subject-type", "2"), 2, "--subject-type"),
        (("oSame", "oSame"), 1, "--yes"),
        (("oSame", "oSame", "--yes"), 1, "It is the unionid"),
    ],
)
def test_what_is_wrong_is_said_with_the_exit_code(
    delegated: Console, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended = delegated("convert", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert words in ended.err


def test_ids_with_blanks_around_them_are_tidied_and_that_is_said(delegated: Console) -> None:
    ended = delegated("convert", f" {VISITOR.unionid}\n", f"{VISITOR.openid}\t")
    assert ended.code == 0
    assert "Blanks and line ends" in ended.err
    assert "pending ID" in ended.out


def test_when_the_quota_is_used_up_it_is_said_until_when_with_exit_code_3(delegated: Console, corp: Sandbox) -> None:
    corp.conversions.limit_an_hour = 0
    ended = delegated("convert", *IDS)
    assert (ended.code, "45009" in ended.err) == (3, True)


def test_a_self_built_app_is_told_and_finds_the_customer_that_it_knows(connected: Console, corp: Sandbox) -> None:
    li = corp.external_userid("李部张")
    unknown = connected("convert", "oLx7s5QdZr8wKc4tHu6jNa2eQk2M", "--json")
    assert (unknown.code, unknown.out) == (1, "")
    assert "self-built app cannot convert" in unknown.err
    assert connected("customers", "show", li).code == 0
    known = connected("convert", "oLx7s5QdZr8wKc4tHu6jNa2eQk2M", "--json")
    assert (known.code, known.document["external_userid"], known.document["from"]) == (0, li, "read")
    assert connected("convert", *IDS, "--subject-type", "0").code == 2
    assert corp.requests[CONVERT] == 0
