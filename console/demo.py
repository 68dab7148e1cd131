"""The demo: the real program on a sandbox of its own, in a temporary home, with secrets in memory."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from console.address import Address
from console.credentials import MemorySecrets, SecretKind, SecretStack
from console.credentials.aside import aside
from console.language import _
from console.session import CallBack, CannotConnect, Connection, Profiles
from console.settings import AppType, Environment, Home, Profile, Settings
from console.settings_welcome import WelcomeSettings, WelcomeTemplate
from console.store import Store

if TYPE_CHECKING:
    from console.operations.checkup import Surroundings

_TOLD = {
    SecretKind.CORP_SECRET: "secret",
    SecretKind.PERMANENT_CODE: "permanent_code",
    SecretKind.CALLBACK_TOKEN: "callback_token",
    SecretKind.ENCODING_AES_KEY: "encoding_aes_key",
}
"""What the sandbox calls the secrets that the demo's profiles need."""

_OF_A_RECEIVER = (SecretKind.CALLBACK_TOKEN, SecretKind.ENCODING_AES_KEY)
START_SECONDS = 10.0
SELF_BUILT = "禾木装饰"
DELEGATED = "禾木代开发"


EXAMPLES = {
    AppType.SELF_BUILT: (("oLx7s5QdZr8wKc4tHu6jNa2eQk2M", ""),),
    AppType.DELEGATED: (
        ("oLx7s5EeMn4pVb1nTy3kPq9mWz6H", "oAbc4-5dEfGhIjKlMnOpQrStUvWx"),
        ("oLx7s5AaKd3fGh6jLz8xCv2b9TzB", "oAbc4-8kLmNoPqRsTuVwXyZaBcDe"),
        ("oLx7s5CcPl5kJh9gFd1sAq4w77Pq", "oAbc4-2fGhJkLqWeRtYuIoPaSdFg"),
    ),
}
"""unionids to try a conversion on, with their openids: a customer of the self-built app's, and visitors."""

WELCOMES = WelcomeSettings(
    (
        WelcomeTemplate(
            "展会渠道",
            "您好，我是禾木装饰的{follower}。展会报价单稍后发您，小区和户型发我，先给您出一版布局。",
            states=("expo*",),
        ),
        WelcomeTemplate("通用", "您好，我是禾木装饰的{follower}，量房、报价、工地进度都可以找我。"),
    )
)
"""The invented company's own welcome messages."""


class DemoSandbox:
    """A sandbox in a child process: started when the first connection is wanted, ended with this process."""

    def __init__(self, *arguments: str, receives: bool = True) -> None:
        self._arguments = arguments
        self._told = _TOLD if receives else {kind: key for kind, key in _TOLD.items() if kind not in _OF_A_RECEIVER}
        self._starting: asyncio.Task[dict[str, str]] | None = None
        self._process: subprocess.Popen[str] | None = None
        self.secrets = MemorySecrets()
        """The invented secrets of both profiles, once the sandbox has told them."""

    async def connect(self, profile: Profile) -> Connection:
        """The sandbox's address, with the secret of the profile's kind of app. Raises CannotConnect."""
        if self._starting is None:
            self._starting = asyncio.create_task(self._start())
        told = await asyncio.shield(self._starting)
        from console.wecom.access import AppSecret  # here: the first paint has no use for credentials
        from console.wecom.redact import Hidden

        secret = told["secret"] if profile.app_type is AppType.SELF_BUILT else told["permanent_code"]
        return Connection(told["base_url"], AppSecret(told["corp_id"], Hidden(secret)))

    def call_back(self, profile: Profile) -> CallBack:
        """Has the sandbox tell a receiver what happens, as the profile's kind of app is told."""

        async def tell(url: str) -> None:
            await self.cue("callback", {"url": url, "kind": profile.app_type.value})

        return tell

    async def cue(self, what: str, asked: Mapping[str, object]) -> bool:
        """Have something happen in the invented company now (`console.sandbox.manual` says what); whether it did."""
        told = await asyncio.shield(self._starting) if self._starting else None
        return told is not None and await cue(told["base_url"], what, asked)

    async def _start(self) -> dict[str, str]:
        try:
            line = await asyncio.wait_for(aside(self._first_line), START_SECONDS)
            told: dict[str, str] = json.loads(line)
        except (TimeoutError, ValueError) as failure:
            raise CannotConnect(_("The demo's sandbox did not start.")) from failure
        for name in (SELF_BUILT, DELEGATED):
            for kind, key in self._told.items():
                self.secrets.set(name, kind, told[key])
        return told

    def _first_line(self) -> str:
        # Our end of its stdin closes with us, whatever ends us, and so it ends too. It outlives the event loop by a
        # moment, so that this is no process of asyncio's.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "console.sandbox", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def stop(self) -> None:
        """End the sandbox."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()


async def cue(base_url: str, what: str, asked: Mapping[str, object]) -> bool:
    """Have something happen in a sandbox; whether it did."""
    from console.sandbox.telephone import NoAnswer, call  # here: the first paint has no use for it

    body = json.dumps(asked).encode()
    try:
        status, _answer = await asyncio.wait_for(call("POST", f"{base_url}/sandbox/{what}", body), START_SECONDS)
    except (NoAnswer, TimeoutError):
        return False
    return status == 200


@contextmanager
def demo(
    *arguments: str, keep: Path | None = None, settings: Settings | None = None, receives: bool = True
) -> Iterator[Profiles]:
    """Two profiles of one invented corp, self-built and delegated; nothing of it is kept unless `keep` says where.

    `arguments` go to the sandbox's command line; `settings` brings the operator's keys and language along; without
    `receives` no callbacks come, as where none were set up.
    """
    with contextlib.ExitStack() as stack:
        home = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wecom-console-demo-")))
        store = Store.open(home / "store.db")
        sandbox = DemoSandbox(*arguments, receives=receives)
        secrets = SecretStack(sandbox.secrets, environ={})

        def surroundings() -> Surroundings:
            from console.operations.checkup import Surroundings  # here: only a check-up looks around

            return Surroundings(Home(home, home, home), secrets, None)

        profiles = Profiles(
            _demo_settings(home, settings, _corp_of(arguments)),
            store,
            sandbox.connect,
            secrets=secrets,
            surroundings=surroundings,
            call_back=sandbox.call_back if receives else None,
            cue=sandbox.cue,
        )
        try:
            yield profiles
        finally:
            sandbox.stop()
            profiles.close()


def _corp_of(arguments: Sequence[str]) -> str:
    """The corp ID that the sandbox invents, for which its callbacks are meant."""
    from console.sandbox.options import Options, invent_credentials

    words = list(arguments)
    seed = int(words[words.index("--seed") + 1]) if "--seed" in words else Options().seed
    return invent_credentials(seed).corp_id


def _demo_settings(home: Path, settings: Settings | None, invented: str) -> Settings:
    base = settings or Settings(home / "config.toml")
    corp_id = "wwdemo"
    profiles = {
        name: Profile(
            name,
            corp_id,
            kind,
            environment=Environment.DEMO,
            read_only=base.read_only,
            receive_ids=(invented,),
            receiver=Address(port=0),
        )
        for name, kind in ((SELF_BUILT, AppType.SELF_BUILT), (DELEGATED, AppType.DELEGATED))
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
        operator=base.operator,
        read_only=base.read_only,
        welcome=WELCOMES,
        theme=base.theme,
    )
