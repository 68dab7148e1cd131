"""Keys that come faster than the screen changes go where they were meant."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App

from console.tui.dialogs.find import FindDialog
from tests.tui.conftest import OpenApp, wait_until


def burst(app: App[int], keys: str) -> None:
    """Put keys into the app's queue as a terminal does when they come in one piece."""
    for key in keys:
        name = "slash" if key == "/" else key
        app.post_message(events.Key(name, key))


@pytest.mark.parametrize("text", ["ljg", "mqs"])
async def test_what_is_typed_with_the_filters_key_is_text_in_the_filter(open_app: OpenApp, text: str) -> None:
    async with open_app() as walk:
        await walk.press("enter")
        burst(walk.app, f"/{text}")

        await wait_until(walk.pilot, lambda: walk.app.pane.customers.filter_text == text)


async def test_what_is_typed_with_the_find_key_is_text_in_the_find_box(open_app: OpenApp) -> None:
    async with open_app() as walk:
        burst(walk.app, "fqm12")

        def found() -> bool:
            screen = walk.app.screen
            return isinstance(screen, FindDialog) and screen.field.value == "qm12"

        await wait_until(walk.pilot, found)


async def test_what_deletes_is_not_overtaken_by_what_is_typed_behind_it(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("f")
        for key in ("a", "b", "backspace", "c", "left", "d"):
            walk.app.post_message(events.Key(key, key if len(key) == 1 else None))

        def found() -> bool:
            screen = walk.app.screen
            return isinstance(screen, FindDialog) and screen.field.value == "adc"

        await wait_until(walk.pilot, found)


async def test_a_paste_of_several_lines_is_one_text_in_the_find_box(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("f")
        walk.app.post_message(events.Paste("84061 for\nuserid=zhangwei\r\n  external_userid=woAJ2GCAAAXt"))

        def found() -> bool:
            screen = walk.app.screen
            return isinstance(screen, FindDialog) and screen.field.value.endswith(
                "userid=zhangwei external_userid=woAJ2GCAAAXt"
            )

        await wait_until(walk.pilot, found)


async def test_what_is_typed_behind_enter_on_a_follower_goes_to_the_customers(open_app: OpenApp) -> None:
    async with open_app() as walk:
        pane = walk.app.pane
        before = pane.followers.chosen
        for key in ("enter", "end", "home"):
            walk.app.post_message(events.Key(key, None))

        await wait_until(walk.pilot, lambda: pane.customers.table.has_focus and not pane.is_settling)
        assert pane.followers.chosen == before == pane.customers.follower
