"""The consoles of one user share their tokens through the keyring; where it or the lock fails, nobody waits long."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from console.credentials import KeyringState, KeyringUnavailable, MemorySecrets, OsKeyring, SecretKind
from console.credentials.aside import aside
from console.credentials.tokens import SharedTokens, forget_tokens
from console.sandbox import Options, Sandbox
from console.settings import AppType, Profile
from console.wecom.access import AppSecret, shelf_keys
from console.wecom.redact import Hidden
from tests.keyring_process import UNLOCKED, needs_gnome_keyring, private_session, run
from tests.outside import environment

CONSOLE = """
import asyncio, json, sys
from pathlib import Path
from console.credentials import OsKeyring
from console.credentials.tokens import SharedTokens
from console.wecom.access import AppSecret
from console.wecom.client import WeComClient
from console.wecom.redact import Hidden

base_url, corp_id, secret, folder = json.loads(sys.stdin.readline())

async def read():
    shelf = SharedTokens(OsKeyring(limit=20), Path(folder), lock_seconds=20)
    async with WeComClient(AppSecret(corp_id, Hidden(secret)), base_url=base_url, shelf=shelf) as client:
        print("ready", flush=True)
        sys.stdin.readline()
        print(len(await client.follow_users()))

asyncio.run(read())
"""
SHELF = """
import asyncio
from pathlib import Path
from console.credentials.tokens import SharedTokens
from console.wecom.redact import Hidden
from console.wecom.token import KeptToken
def shelf():
    return SharedTokens(OsKeyring(limit=20), Path("."))
def do(what):
    print(asyncio.run(what))
"""
TOKEN = 'KeptToken(Hidden("the-token"), 1.5)'


def test_ten_processes_started_together_fetch_one_token(
    start_sandbox: Callable[[Options], Sandbox], tmp_path: Path
) -> None:
    corp = start_sandbox(Options(staff=8, customers=8))
    corp.faults.slow("/gettoken", 100)
    own = corp.credentials
    told = json.dumps([corp.base_url, own.corp_id, own.secret, str(tmp_path / "home")])
    environ = environment(tmp_path)
    pipe = subprocess.PIPE
    processes = [
        subprocess.Popen([sys.executable, "-c", CONSOLE], env=environ, stdin=pipe, stdout=pipe, text=True)
        for _ in range(10)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(told + "\n")
        process.stdin.flush()
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[0] for process in processes] == ["8\n"] * 10
    assert corp.requests["/gettoken"] == 1
    [entry] = json.loads((tmp_path / "keyring.json").read_text())
    assert entry.startswith(f"wecom-console token/{own.corp_id}/")
    for file in (tmp_path / "home").iterdir():
        assert (file.suffix, file.read_bytes(), own.secret in file.name) == (".lock", b"", False)
        assert os.name != "posix" or stat.S_IMODE(file.stat().st_mode) == 0o600


@needs_gnome_keyring
def test_a_real_secret_service_hands_a_token_from_one_console_to_another() -> None:
    folder = Path(tempfile.mkdtemp(prefix="wck"))
    lines = run(
        SHELF
        + f"""
do(shelf().put("ww1/hash", {TOKEN}))
kept = asyncio.run(shelf().get("ww1/hash"))
print(kept.token.reveal(), kept.good_until)
do(shelf().drop("ww1/hash"))
do(shelf().get("ww1/hash"))
""",
        before=private_session(folder, UNLOCKED),
    )
    shutil.rmtree(folder, ignore_errors=True)
    assert lines == ["None", "the-token 1.5", "None", "None"]


def test_where_the_keyring_fails_a_token_stays_in_memory() -> None:
    lines = run(
        SHELF
        + f"""
one = shelf()
do(one.put("ww1/hash", {TOKEN}))
print(asyncio.run(one.get("ww1/hash")).token.reveal())
do(one.drop("ww1/hash"))
do(one.get("ww1/hash"))
""",
        keyring="keyring.backends.fail.Keyring",
    )
    assert lines == ["None", "the-token", "None", "None"]


class Kept(OsKeyring):
    """A keyring in memory; without entries it is locked. It counts how often it is read."""

    def __init__(self, entries: dict[str, str] | None) -> None:
        super().__init__()
        self.entries = entries or {}
        self.locked = entries is None
        self.reads = 0

    def get(self, entry: str) -> str | None:
        self.reads += 1
        if self.locked:
            raise KeyringUnavailable(KeyringState.LOCKED)
        return self.entries.get(entry)

    def remove(self, entry: str) -> bool:
        return self.entries.pop(entry, None) is not None


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"token": 3, "good_until": 9}', '{"token": "t"}'])
async def test_an_entry_that_holds_no_token_is_none(tmp_path: Path, text: str) -> None:
    assert await SharedTokens(Kept({"token/ww1/hash": text}), tmp_path).get("ww1/hash") is None


async def test_a_keyring_that_fails_once_is_not_asked_for_tokens_again(tmp_path: Path) -> None:
    keyring = Kept(None)
    shelf = SharedTokens(keyring, tmp_path)
    assert [await shelf.get("ww1/hash"), await shelf.get("ww1/hash")] == [None, None]
    assert keyring.reads == 1


async def test_a_lock_that_is_held_too_long_is_not_waited_for(tmp_path: Path) -> None:
    shelf = SharedTokens(Kept({}), tmp_path, lock_seconds=0.05)
    with FileLock(tmp_path / "token-hash.lock"):
        async with shelf.lock("ww1/hash"):
            entered = True
    assert entered


async def test_a_folder_that_cannot_be_written_keeps_nobody_from_a_token(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with SharedTokens(Kept({}), tmp_path / "file" / "folder").lock("ww1/hash"):
        entered = True
    assert entered


async def test_two_at_once_hold_the_lock_one_after_the_other(tmp_path: Path) -> None:
    inside, most = 0, 0

    async def hold(shelf: SharedTokens) -> None:
        nonlocal inside, most
        async with shelf.lock("ww1/hash"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(hold(SharedTokens(Kept({}), tmp_path)) for _ in range(3)))
    assert most == 1


def test_a_profiles_tokens_are_found_by_its_secrets_and_forgotten() -> None:
    profile = Profile("acme", "ww1", AppType.DELEGATED)
    secrets = MemorySecrets({("acme", SecretKind.PERMANENT_CODE): "the-code"})
    [key] = shelf_keys(AppSecret("ww1", Hidden("the-code")), profile.base_url)
    keyring = Kept({f"token/{key}": "{}", "token/ww1/another": "{}"})
    forget_tokens(profile, secrets, keyring)
    assert keyring.entries.keys() == {"token/ww1/another"}
    suite = Profile("suite", "ww1", AppType.THIRD_PARTY, suite_id="dk1")
    forget_tokens(suite, secrets, keyring)
    assert keyring.entries.keys() == {"token/ww1/another"}, "without its secrets nothing is known of its tokens"


async def test_waiting_aside_passes_on_what_is_raised() -> None:
    async def ask() -> None:
        await aside(lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        await ask()


def test_a_question_that_hangs_keeps_no_program_from_ending() -> None:
    code = """
import asyncio, threading
from console.credentials.aside import aside
async def ask():
    await asyncio.wait_for(aside(threading.Event().wait), 0.05)
say(lambda: asyncio.run(ask()))
"""
    assert run(code) == ["TimeoutError()"]
