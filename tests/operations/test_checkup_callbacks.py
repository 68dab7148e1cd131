"""The form of the callback secrets, and who holds the receiver's port."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.credentials import MemorySecrets, SecretKind
from console.operations.checkup import Check, CheckState
from console.operations.checkup.callbacks import check_callbacks
from console.sandbox.options import invent_credentials
from tests.operations.checkups import NOWHERE, around, profile_of

PASSED, WARNING = CheckState.PASSED, CheckState.WARNING
TOKEN, KEY = SecretKind.CALLBACK_TOKEN, SecretKind.ENCODING_AES_KEY
OWN = invent_credentials(7)
HAS_PROC = Path("/proc/net/tcp").exists()


async def callbacks(folder: Path, secrets: dict[SecretKind, str], port: tuple[str, int] = NOWHERE) -> dict[str, Check]:
    kept = MemorySecrets({("acme", kind): value for kind, value in secrets.items()})
    surroundings = around(folder, kept, receiver=port)
    return {check.id: check async for check in check_callbacks(profile_of(), surroundings)}


@pytest.mark.parametrize(
    ("kind", "value", "state"),
    [
        (TOKEN, OWN.callback_token, PASSED),
        (TOKEN, "t" * 32, PASSED),
        (TOKEN, "t" * 33, WARNING),
        (TOKEN, "with-a-dash", WARNING),
        (TOKEN, "令牌", WARNING),
        (KEY, OWN.encoding_aes_key, PASSED),
        (KEY, "k" * 42, WARNING),
        (KEY, "k" * 44, WARNING),
        (KEY, "k" * 43 + "\n", WARNING),
        (KEY, "k" * 42 + "=", WARNING),
    ],
)
async def test_a_callback_secret_has_the_form_that_wecom_gives_it(
    tmp_path: Path, kind: SecretKind, value: str, state: CheckState
) -> None:
    check = (await callbacks(tmp_path, {kind: value}))[kind]
    assert check.state is state
    assert value not in repr(check)
    assert state is PASSED or (check.where and f"secret set {kind}" in check.todo)


async def test_who_receives_no_events_needs_no_callback_secrets(tmp_path: Path) -> None:
    found = await callbacks(tmp_path, {})
    assert {found[TOKEN].state, found[KEY].state} == {CheckState.NOT_CHECKABLE}
    assert not found[TOKEN].needed


async def test_a_port_that_nobody_has_is_free_and_stays_so(tmp_path: Path) -> None:
    with socket.socket() as before:
        before.bind(("127.0.0.1", 0))
        address = before.getsockname()
    for _time in range(2):
        assert (await callbacks(tmp_path, {}, address))["receiver-port"].state is PASSED


@pytest.fixture
def holder() -> Iterator[tuple[int, int]]:
    """Another program that listens on a port: its process and the port."""
    listening = (
        "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); input()"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", listening], stdin=pipe, stdout=pipe) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        yield running.pid, int(running.stdout.readline())
        running.stdin.write(b"\n")
        running.stdin.close()


async def test_a_port_that_is_taken_names_the_program_that_has_it(tmp_path: Path, holder: tuple[int, int]) -> None:
    pid, port = holder
    check = (await callbacks(tmp_path, {}, ("127.0.0.1", port)))["receiver-port"]
    assert check.state is WARNING
    assert not check.needed
    assert not HAS_PROC or ("python" in check.answer and str(pid) in check.answer)


@pytest.mark.skipif(not HAS_PROC, reason="needs Linux's /proc")
async def test_our_own_receiver_on_its_port_is_as_it_should_be(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as receiver:
        check = (await callbacks(tmp_path, {}, receiver.getsockname()))["receiver-port"]
    assert check.state is PASSED
