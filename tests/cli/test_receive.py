"""Receiving without a screen, in a process of its own: what it acknowledged survives anything."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest

from console.sandbox import Sandbox
from console.sandbox.options import Credentials
from console.wecom.callback.envelope import Envelope
from tests.cli.conftest import Console
from tests.conftest import LI_JIANGUO
from tests.wecom.callback.samples import change

ABOUT_LI = f"<UserID>zhangwei</UserID><ExternalUserID>{LI_JIANGUO}</ExternalUserID>"


@pytest.fixture
def receiving(connected: Console, corp: Sandbox) -> Console:
    """The command with all that receiving takes."""
    known = corp.credentials
    secrets = {
        "WECOM_CONSOLE_SECRET_CALLBACK_TOKEN": known.callback_token,
        "WECOM_CONSOLE_SECRET_ENCODING_AES_KEY": known.encoding_aes_key,
    }
    return Console({**connected.environ, **secrets})


@dataclass(frozen=True, slots=True)
class Process:
    """A running `receive` and where it listens."""

    popen: subprocess.Popen[bytes]
    url: str

    def push(self, known: Credentials, message: bytes) -> int:
        """Deliver a message; the status."""
        envelope = Envelope(known.callback_token, known.encoding_aes_key, ())
        sealed = envelope.seal(message, receive_id=known.corp_id, timestamp=1, nonce="1")
        return httpx.post(f"{self.url}?{sealed.query()}", content=sealed.body(), trust_env=False).status_code


@contextmanager
def running(console: Console) -> Iterator[Process]:
    with console.start("receive", "--port", "0", "--json") as popen:
        assert popen.stdout is not None
        line = popen.stdout.readline()
        try:
            yield Process(popen, json.loads(line)["url"])
        finally:
            popen.kill()


def test_what_was_acknowledged_survives_kill_9_and_is_worked_on(receiving: Console, corp: Sandbox) -> None:
    with running(receiving) as first:
        sent = [change("edit_external_contact", fields=f"{ABOUT_LI}<State>{n}</State>") for n in range(5)]
        assert [first.push(corp.credentials, message) for message in sent] == [200] * 5
        first.popen.send_signal(signal.SIGKILL)
    assert {row["fields"]["State"] for row in receiving("events", "list", "--json").lines} == set("01234")  # type: ignore[index]
    with running(receiving) as second:
        assert second.push(corp.credentials, sent[0]) == 200
        newest = receiving("events", "replay", "5", "--json").document
        assert newest["outcome"] == "read"
        second.popen.send_signal(signal.SIGTERM)
        assert second.popen.wait(10) == 0
    rows = receiving("events", "list", "--json").lines
    assert [row["times"] for row in rows if row["id"] == 1] == [2]


def test_it_never_says_that_it_listens_when_it_does_not(receiving: Console, console: Console) -> None:
    with running(receiving) as first:
        port = first.url.split(":")[2].split("/")[0]
        ended = receiving("receive", "--port", port)
        assert (ended.code, ended.out) == (1, "")
        assert f"port {port} taken" in ended.err
        follow = receiving.start("events", "follow", "--after", "0", "--json")
        verified = receiving("events", "trigger", "edit_external_contact", "--to", first.url, "--verify")
        assert verified.code == 0, verified.err
        sent = receiving("events", "trigger", "del_follow_user", "--to", first.url, "--follower", "lina")
        assert sent.code == 0, sent.err
        assert follow.stdout is not None
        kinds = [json.loads(follow.stdout.readline())["kind"] for _ in range(2)]
        assert kinds == ["verified", "del_follow_user"]
        follow.send_signal(signal.SIGINT)
        assert follow.wait(10) == 130
    without = console("receive", "--profile", "acme")
    assert (without.code, without.out) == (2, "")
    assert "callback-token" in without.err


def test_token_and_key_may_come_from_stdin_and_stand_in_no_argument(receiving: Console, corp: Sandbox) -> None:
    known = corp.credentials
    with running(receiving) as process:
        trigger = ("events", "trigger", "transfer_fail", "--to", process.url, "--stdin", "--format", "json")
        both = f"{known.callback_token}\n{known.encoding_aes_key}\n"
        assert receiving(*trigger, "--receive-id", known.corp_id, stdin=both).code == 0
        assert receiving(*trigger, stdin=both).code == 1
        assert receiving(*trigger, stdin="x\ny\n").code == 2
    [refused, event] = receiving("events", "list", "--json").lines
    assert (event["kind"], event["outcome"]) == ("transfer_fail", "to_see")
    assert (refused["kind"], refused["reason"]) == ("rejected", "receive id")


def test_only_this_machine_can_be_named_in_the_settings(console: Console, corp: Sandbox) -> None:
    console("profile", "add", "acme", "--corp-id", "ww1")
    settings = console.environ["WECOM_CONSOLE_HOME"] + "/config.toml"
    with open(settings, "a", encoding="utf-8") as file:
        file.write('receiver = "0.0.0.0:8765/callback"\n')
    ended = console("receive")
    assert ended.code == 2
    assert "--host" in ended.err
