"""Panes: opened when they are first visited, by keys and by the mouse, and each keeps the keys where they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.credentials import KeyringState, KeyringUnavailable, MemorySecrets, SecretKind, SecretStack, Source
from console.session import SecretMissing, connect_with
from console.settings import Settings
from console.tui.messages import Answered
from tests.tui.conftest import DELEGATED, LOW, SELF_BUILT, WIDE, OpenApp, Walk


def tabs(walk: Walk) -> str:
    return str(walk.app.tabs.render())


async def test_a_pane_is_opened_when_it_is_first_visited_and_keeps_where_one_was(open_app: OpenApp) -> None:
    async with open_app() as walk:
        assert tabs(walk).startswith(" [1 Customers] ")
        assert " 6 Profile " in tabs(walk)
        assert not walk.app.query("#profile-pane")
        await walk.press("enter", "down")
        await walk.press("6")
        assert tabs(walk).lstrip().startswith("1 Customers ")
        assert "[6 Profile]" in tabs(walk)
        assert walk.place == "profile-table"
        assert "row 2 of 31" not in walk.status, "that is a place in another pane"
        await walk.press("１")
        assert walk.place == "customers-table"
        assert walk.app.pane.customers.table.chosen_index == 1
        await walk.press("６", "down", "1", "6")
        assert walk.place == "profile-table"
        assert "Enter open" in walk.keys


async def test_a_click_on_a_tab_shows_its_pane(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.click(walk.app.tabs, tabs(walk).index("Profile"), 0)
        assert walk.place == "profile-table"
        await walk.click(walk.app.tabs, tabs(walk).index("Customers"), 0)
        assert walk.place == "followers-table"
        await walk.click(walk.app.tabs, tabs(walk).index("find"), 0)
        assert walk.place == "followers-table", "beside the tabs there is nothing"


async def test_what_was_found_is_shown_in_its_pane_whatever_pane_one_was_in(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("6", "f", *"ljg", "enter")
        assert tabs(walk).startswith(" [1 Customers]")
        assert walk.place == "detail-table"
        assert walk.fields()["name"] == "李建国@城建"


async def test_a_number_key_closes_a_dialog_and_keys_typed_behind_it_go_to_the_pane(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("question_mark", "6")
        assert "Keys of this place" not in walk.screen
        await walk.pilot.press("1", "6", "end")
        await walk.settle()
        assert walk.app.query_one("#profile-table").has_focus
        assert "Enter unfolds" in walk.screen


async def test_tabs_lose_their_words_and_not_their_numbers_where_there_is_no_room(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.app.tabs.marks = {6: "+12"}
        assert " 6 Profile+12 " in tabs(walk)
        await walk.resize(60, 24)
        walk.app.tabs.marks = {6: "+" + "1" * 20}
        assert tabs(walk).startswith(" [1 Customers] ")
        assert " 6+1" in tabs(walk)
        assert "Profile" not in tabs(walk)
        assert tabs(walk).endswith("f find  ? help ")


async def test_another_profile_opens_from_pane_6_and_stays_in_it(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("6")
        walk.app.panes.pane(6).query_one("#profile-table").choose(f"profile {DELEGATED}")  # type: ignore[attr-defined]
        await walk.press("enter")
        await walk.until_shown(f"Profile {DELEGATED}", "delegated app", "checked 10:03")
        assert walk.place == "profile-table"
        assert walk.app.session.profile.name == DELEGATED
        await walk.press("1")
        assert "小鹿妈妈" in walk.screen
        assert walk.place in ("customers-table", "followers-table")


async def test_a_profile_that_was_removed_while_in_use_is_said_to_be_and_nothing_is_lost(open_app: OpenApp) -> None:
    async with open_app() as walk:
        all_of_them = walk.app.profiles.settings
        left = replace(all_of_them, profiles={DELEGATED: all_of_them.profiles[DELEGATED]})
        walk.app.profiles._reread = lambda: left
        walk.app.pane.post_message(Answered("followers", SecretMissing(SELF_BUILT, "corp-secret")))
        await walk.settle()
        assert [error.what for error in walk.app.status.errors][-1] == f"the profile {SELF_BUILT} was removed"
        assert "小鹿妈妈" in walk.screen, "what was read stays"
        await walk.press("6")
        assert f"profile {SELF_BUILT}" not in {line.key for line in walk.profile_lines()}
        walk.app.open_profile(SELF_BUILT)
        await walk.until_shown(f"There is no profile {SELF_BUILT}.")
        assert walk.app.session.profile.name == SELF_BUILT


async def test_read_only_says_what_forbids_writing(open_app: OpenApp, tmp_path: Path) -> None:
    for settings, words in (
        (Settings(tmp_path / "config.toml", operator="陈敏", read_only=True), "read-only (--read-only)"),
        (Settings(tmp_path / "config.toml", operator="陈敏"), "read-only (settings)"),
    ):
        async with open_app(WIDE, settings=settings) as walk:
            profile = replace(walk.app.session.profile, read_only=True, customer_acquisition=True)
            walk.app.session.profile = profile
            walk.app.header.show_profile(profile, settings)
            await walk.press("6")
            header = walk.screen.splitlines()[0]
            assert words in header
            assert "only customers it brought" in header
            assert "operator 陈敏" in header
            assert {"fact writing", "fact acquisition"} <= {line.key for line in walk.profile_lines()}
            await walk.resize(*LOW)
            header = walk.screen.splitlines()[0]
            assert words in header
            assert "operator" not in header


async def test_on_a_shared_account_who_is_at_the_keys_is_asked_once(open_app: OpenApp, tmp_path: Path) -> None:
    async with open_app(WIDE, settings=Settings(tmp_path / "config.toml", operator="ask")) as walk:
        await walk.until_shown("Who is at the keys?")
        await walk.press("enter")
        assert "cannot be empty" in walk.screen
        await walk.type("陈敏")
        await walk.press("enter")
        assert walk.app.operator == "陈敏"
        assert "operator 陈敏" in walk.screen.splitlines()[0]
        assert walk.place == "followers-table"
        walk.app.open_profile(DELEGATED)
        await walk.until_shown("delegated app", "operator 陈敏")
        assert "Who is at the keys?" not in walk.screen


class NoKeyring(MemorySecrets):
    """A computer without a keyring."""

    def get(self, profile: str, kind: SecretKind) -> str | None:
        failure = KeyringUnavailable(KeyringState.ABSENT)
        failure.kind = kind
        raise failure

    def set(self, profile: str, kind: SecretKind, value: str) -> None:
        raise KeyringUnavailable(KeyringState.ABSENT)


@pytest.mark.parametrize(("key", "kept_in"), [("enter", "no keyring"), ("f8", "no keyring"), ("f8", "keyring")])
async def test_a_missing_secret_is_asked_for_once_and_all_goes_on_with_it(
    open_app: OpenApp, key: str, kept_in: str
) -> None:
    keyring = NoKeyring() if kept_in == "no keyring" else MemorySecrets()
    async with open_app() as walk:
        profiles, own = walk.app.profiles, walk.sandbox.credentials
        profiles.secrets = SecretStack(keyring, environ={})
        profiles._connect = connect_with(profiles.secrets)
        walk.app.open_profile(DELEGATED)
        await walk.until_shown("permanent-code of profile 禾木代开发 (not shown):", "F8 keep in the keyring")
        await walk.paste("永久")
        await walk.press(key)
        assert "! The secret has a blank or another character" in walk.screen
        await walk.press(*["backspace"] * 2)
        await walk.paste(f" {own.permanent_code}\n")
        assert own.permanent_code not in walk.screen
        await walk.press(key)
        await walk.until_shown("小鹿妈妈")
        assert profiles.secrets.source(DELEGATED, SecretKind.PERMANENT_CODE) is (
            Source.KEYRING if kept_in == "keyring" else Source.TYPED
        )
        if key == "f8":
            assert ("Kept in the OS keyring." if kept_in == "keyring" else "Good for this run only.") in walk.status


async def test_who_gives_no_secret_is_not_asked_again(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.app.profiles._connect = connect_with(SecretStack(MemorySecrets(), environ={}))
        walk.app.open_profile(DELEGATED)
        await walk.until_shown("(not shown):")
        await walk.press("escape", "r")
        assert "(not shown):" not in walk.screen
        assert "no permanent-code" in walk.status
