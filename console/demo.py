"""The demo: the real program on a sandbox of its own, in a temporary home, with secrets in memory."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.language import _
from console.session import CannotConnect, Connection, Profiles
from console.settings import AppType, Environment, Profile, Settings
from console.store import Store

START_SECONDS = 10.0
SELF_BUILT = "禾木装饰"
DELEGATED = "禾木代开发"


class DemoSandbox:
    """A sandbox in a child process: started when the first connection is wanted, ended with this process."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._starting: asyncio.Task[dict[str, str]] | None = None
        self._process: asyncio.subprocess.Process | None = None

    async def connect(self, profile: Profile) -> Connection:
        """The sandbox's address, with the secret of the profile's kind of app. Raises CannotConnect."""
        if self._starting is None:
            self._starting = asyncio.create_task(self._start())
        told = await asyncio.shield(self._starting)
        secret = told["secret"] if profile.app_type is AppType.SELF_BUILT else told["permanent_code"]
        return Connection(told["base_url"], told["corp_id"], secret)

    async def _start(self) -> dict[str, str]:
        # Our end of its stdin closes with us, whatever ends us, and so it ends too.
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "console.sandbox",
            *self._arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), START_SECONDS)
            told: dict[str, str] = json.loads(line)
        except (TimeoutError, ValueError) as failure:
            raise CannotConnect(_("The demo's sandbox did not start.")) from failure
        return told

    def stop(self) -> None:
        """End the sandbox."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()


@contextmanager
def demo(*arguments: str, keep: Path | None = None, settings: Settings | None = None) -> Iterator[Profiles]:
    """Two profiles of one invented corp, self-built and delegated; nothing of it is kept unless `keep` says where.

    `arguments` go to the sandbox's command line; `settings` brings the operator's keys and language along.
    """
    with contextlib.ExitStack() as stack:
        home = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wecom-console-demo-")))
        store = Store.open(home / "store.db")
        sandbox = DemoSandbox(*arguments)
        profiles = Profiles(_demo_settings(home, settings), store, sandbox.connect)
        try:
            yield profiles
        finally:
            sandbox.stop()
            profiles.close()


def _demo_settings(home: Path, settings: Settings | None) -> Settings:
    base = settings or Settings(home / "config.toml")
    corp_id = "wwdemo"
    profiles = {
        SELF_BUILT: Profile(SELF_BUILT, corp_id, AppType.SELF_BUILT, environment=Environment.DEMO),
        DELEGATED: Profile(DELEGATED, corp_id, AppType.DELEGATED, environment=Environment.DEMO),
    }
    return Settings(
        file=home / "config.toml",
        default_profile=SELF_BUILT,
        profiles=profiles,
        language=base.language,
        timezone=base.timezone,
        keys=base.keys,
        mask=base.mask,
        ascii=base.ascii,
    )
