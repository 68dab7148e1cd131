"""The welcome: a template chosen by the channel, two keys, and the truth about what became of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from console.demo import SELF_BUILT
from console.operations.welcome.automatic import Automatic, automatic_state
from console.settings import Environment, Settings
from console.settings_welcome import TemplateAttachment, WelcomeSettings, WelcomeTemplate
from console.store.event_rows import EventRow, WelcomeState
from console.tui import app
from console.tui.feed import welcome as module
from tests.tui.arrivals import arrive
from tests.tui.conftest import LOW, OpenApp, Walk
from tests.tui.test_feed import EFFECT, rows
from tests.tui.test_receiving import lookout

LINK = TemplateAttachment("link", MappingProxyType({"title": "Prices", "url": "https://example.com/"}))
TEMPLATES = (
    WelcomeTemplate("Anybody", text="Hello."),
    WelcomeTemplate("Fair", text="This is {follower}.", attachments=(LINK,), states=("expo*",)),
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks out at once."""
    monkeypatch.setattr(app, "LOAD_AFTER_SECONDS", 0.01)
    monkeypatch.setattr(module, "DEAF_SECONDS", 0.0)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "config.toml", operator="陈敏", welcome=WelcomeSettings(TEMPLATES))


def comes(walk: Walk, state: str = "expo2024") -> int:
    """A new customer with a code that the sandbox has given."""
    return arrive(walk, "add_external_contact", State=state, WelcomeCode=walk.sandbox.welcomes.issue())


async def test_two_keys_send_the_template_of_the_channel(open_app: OpenApp, settings: Settings) -> None:
    async with open_app(LOW, settings=settings) as walk:
        await lookout(walk)
        row_id = comes(walk)
        await walk.press("2")
        assert rows(walk, EFFECT) == ["welcome 20s"]
        await walk.press("w")
        await walk.until_shown(
            "20 s left", "template 1/2: Fair", "This is 张伟.", "+ link  Prices  https://example.com/"
        )
        await walk.press("w")
        await walk.until_shown("The welcome was sent.", "welcomed")
        [message] = walk.sandbox.welcomes.messages.values()
        assert message["text"] == {"content": "This is 张伟."}
        row = walk.app.session.records.events.row(row_id)
        assert isinstance(row, EventRow)
        assert row.welcome.state is WelcomeState.SENT
        await walk.press("w")
        assert "No welcome code lives now" in walk.status


async def test_another_template_is_an_arrow_away_and_escape_sends_nothing(
    open_app: OpenApp, settings: Settings
) -> None:
    async with open_app(LOW, settings=settings) as walk:
        await lookout(walk)
        comes(walk)
        await walk.press("2", "w", "right")
        assert "template 2/2: Anybody" in walk.screen
        await walk.press("escape")
        assert not walk.sandbox.welcomes.messages
        await walk.press("w", "left", "enter")
        await walk.until_shown("The welcome was sent.")
        [message] = walk.sandbox.welcomes.messages.values()
        assert message["text"] == {"content": "Hello."}


async def test_who_was_first_and_who_is_too_late_is_told(open_app: OpenApp, settings: Settings) -> None:
    async with open_app(LOW, settings=settings) as walk:
        await lookout(walk)
        row_id = comes(walk)
        await walk.press("2", "w")
        row = walk.app.session.records.events.row(row_id)
        assert isinstance(row, EventRow)
        walk.sandbox.welcomes.was_sent(row.event.welcome_code or "")
        await walk.press("enter")
        await walk.until_shown("another app's welcome was first")
        comes(walk)
        await walk.press("n")
        await walk.press("w")
        walk.clock.now += 22
        await walk.until_shown("too late: the code lives for 20 seconds")
        await walk.press("enter")
        await walk.until_shown("Too late: a welcome code lives for 20 seconds.")


async def test_without_a_template_it_says_where_to_write_one(open_app: OpenApp, tmp_path: Path) -> None:
    async with open_app(LOW, settings=Settings(tmp_path / "config.toml", operator="陈敏")) as walk:
        await lookout(walk)
        comes(walk)
        await walk.press("2", "w", "enter")
        assert "[[welcome.templates]]" in walk.screen
        assert not walk.sandbox.welcomes.messages


async def test_in_production_welcomes_by_rule_wait_until_the_profiles_name_was_typed(
    open_app: OpenApp, settings: Settings
) -> None:
    async with open_app(LOW, settings=settings) as walk:
        greeter = (await lookout(walk)).greeter
        session = greeter.session
        session.profile = replace(session.profile, environment=Environment.PROD)
        session.settings = replace(settings, welcome=WelcomeSettings(TEMPLATES, (SELF_BUILT,)))
        assert automatic_state(session.profile, session.settings.welcome, session.records) is Automatic.NEEDS_CONSENT
        greeter.agree_to_rules()
        await walk.until_shown("Send welcomes by rule in")
        await walk.press("enter")
        assert automatic_state(session.profile, session.settings.welcome, session.records) is Automatic.NEEDS_CONSENT
        await walk.paste(SELF_BUILT)
        await walk.press("enter")
        await walk.until(
            lambda: automatic_state(session.profile, session.settings.welcome, session.records) is Automatic.ON
        )
