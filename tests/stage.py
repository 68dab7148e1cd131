"""The app on a stage: the real program on a sandbox, with a fixed clock, for snapshots and the README's pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from console.address import Address
from console.credentials import MemorySecrets, SecretKind, SecretStack
from console.demo import DELEGATED, SELF_BUILT, WELCOMES, cue
from console.operations.checkup import Surroundings
from console.sandbox import Sandbox
from console.session import CallBack, Connection, Profiles
from console.settings import AppType, Environment, Home, Profile, Settings
from console.store import Store
from console.tui.app import ConsoleApp
from console.wecom.access import AppSecret
from console.wecom.redact import Hidden

SOON_AFTER = 180.0
"""Seconds between the sandbox's moment and the first read: nothing on a picture is in the future."""
MOST_TURNS = 2000
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "zh_CN.UTF-8"}
"""What a check-up finds in the environment, whichever terminal the tests run in."""


@contextmanager
def profiles_on(
    sandbox: Sandbox,
    folder: Path,
    now: float,
    settings: Settings | None = None,
    *,
    clock: Callable[[], float] | None = None,
    receives: bool = False,
) -> Iterator[Profiles]:
    """The demo's two profiles on a sandbox that runs already; without a `clock` it is always soon after `now`.

    `receives`: the sandbox tells the app what happens, as in a demo.
    """
    corp_id = sandbox.credentials.corp_id
    both = {
        name: Profile(
            name,
            corp_id,
            kind,
            sandbox.base_url,
            Environment.DEMO,
            receive_ids=(corp_id,),
            receiver=Address(port=0),
        )
        for name, kind in ((SELF_BUILT, AppType.SELF_BUILT), (DELEGATED, AppType.DELEGATED))
    }
    base = settings or Settings(folder / "config.toml", timezone="Asia/Shanghai", operator="陈敏", welcome=WELCOMES)

    async def connect(profile: Profile) -> Connection:
        own = profile.app_type is AppType.SELF_BUILT
        secret = sandbox.credentials.secret if own else sandbox.credentials.permanent_code
        return Connection(profile.base_url, AppSecret(profile.corp_id, Hidden(secret)))

    def soon_after() -> float:
        return now + SOON_AFTER

    time = clock or soon_after
    store = Store.open(folder / "store.db", clock=time)
    own = sandbox.credentials
    kept = MemorySecrets(
        {(SELF_BUILT, SecretKind.CORP_SECRET): own.secret, (DELEGATED, SecretKind.PERMANENT_CODE): own.permanent_code}
    )
    if receives:
        for name in both:
            kept.set(name, SecretKind.CALLBACK_TOKEN, own.callback_token)
            kept.set(name, SecretKind.ENCODING_AES_KEY, own.encoding_aes_key)
    secrets = SecretStack(kept, environ={})

    def call_back(profile: Profile) -> CallBack:
        async def tell(url: str) -> None:
            await cue(sandbox.base_url, "callback", {"url": url, "kind": profile.app_type.value})

        return tell

    profiles = Profiles(
        replace(base, profiles=both),
        store,
        connect,
        clock=time,
        secrets=secrets,
        surroundings=lambda: Surroundings(Home(folder, folder, folder), secrets, None, environ=TERMINAL),
        call_back=call_back if receives else None,
        cue=lambda what, asked: cue(sandbox.base_url, what, asked),
    )
    try:
        yield profiles
    finally:
        profiles.close()


async def settled(pilot: Pilot[int]) -> None:
    """Wait until no read is under way and nothing waits to be drawn. Raises TimeoutError when it never ends."""
    app = pilot.app
    assert isinstance(app, ConsoleApp)
    await pilot.pause()
    for _turn in range(MOST_TURNS):
        busy = [worker for worker in app.workers if not worker.is_finished and worker.group not in DIALOGS]
        if not busy and not app.pane.is_settling:
            await pilot.pause()
            return
        await pilot.pause(0.01)
    raise TimeoutError("the app did not settle")


DIALOGS = {"find", "copy", "sort", "palette", "profile", "operator", "secret", "reception", "stop receiving", "tour"}
"""Workers that wait for the operator, or for what comes from outside."""


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    """Wait until something is so. Raises TimeoutError when it never is."""
    for _turn in range(MOST_TURNS):
        if condition():
            return
        await pilot.pause(0.01)
    raise TimeoutError("it never came to be")
