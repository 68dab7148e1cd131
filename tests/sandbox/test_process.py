"""`python -m console.sandbox`: one JSON line, then service until its stdin closes or it is told to stop."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

HEAVY = ("textual", "httpx", "pydantic", "keyring", "sqlite3", "click", "starlette", "uvicorn", "cryptography", "rich")


@contextmanager
def process(*arguments: str, stdin: int = subprocess.PIPE) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    with subprocess.Popen(
        [sys.executable, "-m", "console.sandbox", *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        try:
            yield running, json.loads(running.stdout.readline())
        finally:
            running.kill()


def token_answer(line: dict[str, str]) -> dict[str, object]:
    query = {"corpid": line["corp_id"], "corpsecret": line["secret"]}
    answer: dict[str, object] = httpx.get(f"{line['base_url']}/cgi-bin/gettoken", params=query, trust_env=False).json()
    return answer


def test_its_line_carries_everything_a_client_needs() -> None:
    with process("--seed", "3") as (_, line):
        assert line.keys() == {
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
        }
        assert token_answer(line)["errcode"] == 0


def test_it_ends_with_its_stdin() -> None:
    with process() as (running, _):
        assert running.stdin is not None
        running.stdin.close()
        assert running.wait(10) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told_to_and_does_not_mind_a_stdin_that_is_empty(number: signal.Signals) -> None:
    with process(stdin=subprocess.DEVNULL) as (running, line):
        assert token_answer(line)["errcode"] == 0
        running.send_signal(number)
        assert running.wait(10) == 0


def test_a_port_that_is_taken_is_said_and_ends_with_1() -> None:
    with process() as (_, line):
        port = line["base_url"].rsplit(":", 1)[1]
        second = subprocess.run(
            [sys.executable, "-m", "console.sandbox", "--port", port],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 1
    assert port in second.stderr
    assert second.stdout == ""


def test_impossible_sizes_are_a_usage_error() -> None:
    command = [sys.executable, "-m", "console.sandbox", "--customers", "5", "--largest", "6"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 2


def test_it_loads_nothing_heavy_and_none_of_our_models() -> None:
    code = "import sys, console.sandbox.site, console.sandbox.__main__; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & set(HEAVY)
    ours = {name for name in loaded if name.startswith("console.") and not name.startswith("console.sandbox")}
    assert ours == {"console.wecom", "console.wecom.codes"}


def test_it_listens_before_it_loads_its_people() -> None:
    code = "import sys, console.sandbox; console.sandbox.Sandbox(); print('console.sandbox.people' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
