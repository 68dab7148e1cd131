"""The first run: the demo, or a profile of one's own, kept and tested; nothing that was typed is ever lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from textual import events
from textual.pilot import Pilot

from console import language
from console.credentials import KeyringState, KeyringUnavailable, MemorySecrets, SecretKind, Secrets
from console.operations.set_up import FirstRun, OpenProfile, TryDemo
from console.sandbox import Sandbox
from console.settings import AppType, Environment, Home, Settings, load_settings
from console.tui.setup.app import SetupApp
from console.wecom.codes import API_FORBIDDEN, IP_NOT_TRUSTED
from tests.stage import until

C5 = "/externalcontact/get_follow_user_list"


NAMED = {"\n": "enter", ">": "right", "<": "left", "~": "backspace"}


class NoKeyring(MemorySecrets):
    """A computer without a keyring, until it `works`."""

    works = False

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        if not self.works:
            raise KeyringUnavailable(KeyringState.ABSENT)
        super().set(profile, kind, value)


@dataclass(slots=True)
class FirstRunWalk:
    """The app of the first run, and the newcomer who walks through it."""

    app: SetupApp
    pilot: Pilot[FirstRun]
    home: Home
    secrets: Secrets
    sandbox: Sandbox
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def screen(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def words(self) -> str:
        return " ".join(self.screen.split())

    @property
    def place(self) -> str:
        return (self.app.focused.id or "") if self.app.focused else ""

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def shown(self, *words: str) -> None:
        await until(self.pilot, lambda: all(word in self.words for word in words))

    async def paste(self, text: str) -> None:
        assert self.app.focused is not None
        self.app.focused.post_message(events.Paste(text))
        await self.pilot.pause()

    async def type_ahead(self, text: str) -> None:
        """Type as a terminal hands over what comes in one piece: faster than the screen changes."""
        for character in text:
            named = NAMED.get(character)
            self.app.post_message(events.Key(named or character, None if named else character))
        await self.pilot.pause()

    async def fill_in(self, secret: str = "") -> None:
        """Everything that a self-built app needs: name, corp ID, kind, environment (test), secret."""
        await self.press("2")
        await self.type_ahead(f"acme\n{self.sandbox.credentials.corp_id}\n\n>\n")
        await self.paste(secret or self.sandbox.credentials.secret)


class Open(Protocol):
    def __call__(
        self, size: tuple[int, int] = (80, 24), *, secrets: Secrets | None = None, lang: str = "en"
    ) -> AbstractAsyncContextManager[FirstRunWalk]: ...


@pytest.fixture
def first_run(shop: Sandbox, tmp_path: Path) -> Open:
    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (80, 24), *, secrets: Secrets | None = None, lang: str = "en"
    ) -> AsyncIterator[FirstRunWalk]:
        language.install(lang)
        home = Home.locate({"WECOM_CONSOLE_HOME": str(tmp_path / "home")})
        kept = secrets or MemorySecrets()
        app = SetupApp(home, Settings(home.settings_file), secrets=kept, base_url=shop.base_url)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield FirstRunWalk(app, pilot, home, kept, shop)

    return opened


@pytest.mark.parametrize(("key", "outcome"), [("enter", TryDemo()), ("1", TryDemo()), ("q", None)])
async def test_the_demo_and_the_way_out_are_one_key_away(first_run: Open, key: str, outcome: FirstRun | None) -> None:
    async with first_run() as walk:
        assert "There is no profile on this computer yet." in walk.screen
        await walk.press(key)
    assert walk.app.return_value == outcome
    assert not walk.home.settings_file.exists()


async def test_a_profile_is_set_up_by_keyboard_alone_and_tested_at_once(first_run: Open, shop: Sandbox) -> None:
    async with first_run() as walk:
        await walk.fill_in()
        assert shop.credentials.secret not in walk.screen
        assert "*" * len(shop.credentials.secret) in walk.screen
        await walk.press("f8")
        await walk.shown("It works. Enter opens acme.", "8 are visible to this app")
        assert "o only for this run" not in walk.screen
        await walk.press("enter")
    assert walk.app.return_value == OpenProfile("acme")
    profile = load_settings(walk.home).profiles["acme"]
    assert (profile.corp_id, profile.app_type, profile.environment, profile.base_url) == (
        shop.credentials.corp_id,
        AppType.SELF_BUILT,
        Environment.TEST,
        shop.base_url,
    )
    assert walk.secrets.get("acme", SecretKind.CORP_SECRET) == shop.credentials.secret


async def test_what_is_wrong_is_said_beside_its_field_before_anything_is_kept(first_run: Open) -> None:
    async with first_run() as walk:
        await walk.press("2")
        await walk.type_ahead(" a/b\n1000002\n")
        await walk.press("f8")
        assert "! A profile's name cannot have a slash" in walk.screen
        assert "! This is a number, such as an AgentId" in walk.screen
        assert "! It can't be empty." in walk.screen
        assert walk.place == "name"
        await walk.type_ahead("~~~~acme")
        assert "! A profile's name" not in walk.screen, "looked at again with each key"
        assert not walk.home.settings_file.exists()


async def test_a_pasted_secret_loses_what_came_along_with_it(first_run: Open, shop: Sandbox) -> None:
    async with first_run() as walk:
        await walk.fill_in(f"\n  {shop.credentials.secret} \r\n")
        await walk.press("f8")
        await walk.shown("It works.")


async def test_a_wrong_secret_can_be_corrected_and_all_else_stands_as_it_was(first_run: Open, shop: Sandbox) -> None:
    async with first_run() as walk:
        await walk.fill_in("x" * 43)
        await walk.press("f8")
        await walk.shown("Not all works yet.", "40001")
        asked = shop.requests["/gettoken"]
        await walk.press("escape")
        await walk.pilot.pause()
        assert "acme" in walk.screen
        assert shop.requests["/gettoken"] == asked
        await walk.type_ahead("\n\n\n\n" + "~" * 43)
        await walk.paste(shop.credentials.secret)
        await walk.press("f8")
        await walk.shown("It works.")
    assert list(load_settings(walk.home).profiles) == ["acme"]


async def test_another_name_leaves_nothing_of_the_first_behind(first_run: Open, shop: Sandbox) -> None:
    async with first_run() as walk:
        await walk.fill_in()
        await walk.press("f8")
        await walk.shown("It works.")
        await walk.press("escape", *"2", "f8")
        await walk.shown("It works. Enter opens acme2.")
    settings = load_settings(walk.home)
    assert (list(settings.profiles), settings.default_profile) == (["acme2"], "acme2")
    assert walk.secrets.get("acme", SecretKind.CORP_SECRET) is None
    assert walk.secrets.get("acme2", SecretKind.CORP_SECRET) == shop.credentials.secret


async def test_60020_is_a_step_with_the_steps_below_it_and_no_dead_end(first_run: Open, shop: Sandbox) -> None:
    async with first_run((140, 40)) as walk:
        shop.faults.errcode(C5, IP_NOT_TRUSTED)
        await walk.fill_in()
        await walk.press("f8")
        await walk.shown("One step is left: this computer's address", "step 8", "企业可信IP")
        step = walk.app.trial.report.line("step callback")
        assert step is not None
        assert "now" in str(step.state)
        await walk.press("r")
        await walk.shown("It works.")
        assert "step 8" not in walk.screen


async def test_a_system_apps_secret_is_recognised(first_run: Open, shop: Sandbox) -> None:
    async with first_run() as walk:
        shop.faults.errcode(C5, API_FORBIDDEN)
        await walk.fill_in()
        await walk.press("f8")
        await walk.shown("48002", "可调用应用")
        await walk.press("enter")
    assert walk.app.return_value == OpenProfile("acme"), "it can be opened all the same"


async def test_without_a_keyring_there_are_three_ways_and_one_of_them_is_a_key(first_run: Open, shop: Sandbox) -> None:
    keyring = NoKeyring()
    async with first_run(secrets=keyring) as walk:
        await walk.fill_in()
        await walk.press("f8")
        await walk.shown("The secret was not kept.", "in memory for this run", "secret_com", "WECOM_CON")
        await walk.press("enter")
        assert walk.app.is_running, "there is nothing to open yet"
        await walk.press("o")
        await walk.shown("It works.")
        await walk.press("enter")
    assert walk.app.return_value == OpenProfile("acme", {SecretKind.CORP_SECRET: shop.credentials.secret})
    assert shop.credentials.secret not in repr(walk.app.return_value)
    assert shop.credentials.secret not in walk.home.settings_file.read_text(encoding="utf-8")


async def test_a_keyring_that_was_locked_is_asked_again(first_run: Open) -> None:
    keyring = NoKeyring()
    async with first_run(secrets=keyring) as walk:
        await walk.fill_in()
        await walk.press("f8")
        await walk.shown("The secret was not kept.")
        keyring.works = True
        await walk.press("r")
        await walk.shown("It works.")


async def test_another_kind_of_app_asks_for_what_it_needs(first_run: Open, shop: Sandbox) -> None:
    own = shop.credentials
    async with first_run() as walk:
        await walk.press("2")
        await walk.type_ahead(f"third\n{own.corp_id}\n>")
        assert "permanent code" in walk.screen
        assert "suite secret" not in walk.screen
        await walk.press("right")
        assert "third-party app" in walk.screen
        secrets = (own.suite_id, own.permanent_code, own.suite_secret, own.suite_ticket)
        await walk.type_ahead(">\n\n" + "\n".join(secrets))
        await walk.press("f8")
        await walk.shown("It works. Enter opens third.")
    assert load_settings(walk.home).profiles["third"].suite_id == own.suite_id


async def test_a_whole_form_typed_ahead_goes_where_it_was_meant(first_run: Open, shop: Sandbox) -> None:
    async with first_run() as walk:
        await walk.press("2")
        await walk.type_ahead(f"acne~~me\n{shop.credentials.corp_id}\n>><\n>\n{shop.credentials.secret}\n\n")
        await walk.shown("It works. Enter opens acme.")


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (140, 40)])
async def test_in_chinese_it_fits_and_can_be_walked(first_run: Open, size: tuple[int, int]) -> None:
    async with first_run(size, lang="zh") as walk:
        assert "首次使用" in walk.screen
        await walk.fill_in()
        assert "Secret" in walk.screen
        await walk.press("f8")
        await walk.shown("能用。按 Enter 打开 acme。")
        await walk.press("enter")
    assert walk.app.return_value == OpenProfile("acme")
