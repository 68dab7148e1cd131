"""What support wants to know stands on one page, and one key copies it."""

from __future__ import annotations

from console import __version__
from tests.tui.conftest import LOW, OpenApp


async def test_versions_terminal_and_errors_are_copied_with_one_key_and_hold_no_secret(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        walk.sandbox.faults.errcode("/externalcontact/list", 60111, times=None)
        await walk.press("down", "r")
        await walk.press("ctrl+p", *"for support", "enter")
        assert f"wecom-console {__version__}" in walk.words
        await walk.press("y")
        copied = walk.app.clipboard
        assert f"wecom-console {__version__}" in copied
        assert "textual " in copied
        assert "80x24" in copied
        assert "60111" in copied
        assert "Esc close" in walk.keys
        assert "store.db" in copied
        assert walk.sandbox.credentials.secret not in copied
        assert walk.sandbox.credentials.corp_id not in copied
        await walk.press("escape")
        assert "textual " not in walk.screen
