"""Pane 6: the check-up as it comes in, all of a line, the guide's list, the steps of a new app, and the report."""

from __future__ import annotations

import json

import pytest

from console.wecom.codes import IP_NOT_TRUSTED
from tests.tui.conftest import LOW, WIDE, OpenApp, Walk

C5 = "/externalcontact/get_follow_user_list"


def names(walk: Walk) -> list[str]:
    return [line.name for line in walk.profile_lines()]


async def test_the_check_up_fills_in_line_by_line(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.settle()
        hold = walk.sandbox.faults.hang(C5)
        await walk.pilot.press("6")
        await walk.until_shown("checking ..", "Profile 禾木装饰")
        await walk.reaches(hold)
        await walk.until(lambda: "access token" in names(walk))
        assert "followers (C5)" not in names(walk)
        hold.release()
        await walk.until_shown("checked 10:03, all that is needed works")
        assert "followers (C5)" in names(walk)


@pytest.mark.parametrize("size", [LOW, WIDE])
async def test_what_failed_is_pointed_at_and_shown_in_full(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size) as walk:
        walk.sandbox.faults.errcode(C5, IP_NOT_TRUSTED, times=None)
        await walk.press("6")
        assert "checked 10:03, 1 failed" in walk.screen
        assert "API failed" in walk.screen
        assert "followers (C5): FAILED" in walk.screen
        assert "60020" in walk.screen
        await walk.press("enter")
        assert "where: 应用管理 > this app > 企业可信IP" in walk.screen
        walk.sandbox.faults.clear()
        await walk.press("escape", "r")
        assert "checked 10:03, all that is needed works" in walk.screen
        assert "API OK" in walk.screen


async def test_the_steps_and_the_guides_list_unfold(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.sandbox.faults.errcode(C5, IP_NOT_TRUSTED, times=None)
        await walk.press("6", "end")
        assert "R1" not in names(walk)
        await walk.press("enter")
        assert {f"R{number}" for number in range(1, 16)} <= set(names(walk))
        await walk.press("enter", "up", "enter")
        assert "R1" not in names(walk)
        assert [line.state.text for line in walk.profile_lines() if line.key.startswith("step ")] == [  # type: ignore[union-attr]
            *["waiting", "waiting", "done", "now", *["waiting"] * 4]
        ]
        await walk.press("down", "down", "down", "down")
        assert "Have both made there" in walk.screen


async def test_y_copies_the_report_without_a_secret_in_it(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    async with open_app() as walk:
        await walk.press("6", "y")
        await walk.until(lambda: walk.app.clipboard)
        report = [json.loads(line) for line in walk.app.clipboard.splitlines()]
        assert {"gettoken", "followers", "R15"} <= {one["id"] for one in report}
        assert walk.sandbox.credentials.secret not in walk.app.clipboard
        assert "Handed to the terminal to copy" in walk.status


async def test_in_chinese_every_line_fits_on_80_columns(open_app: OpenApp) -> None:
    async with open_app(lang="zh") as walk:
        await walk.press("6")
        assert "[6 配置]" in walk.screen
        await walk.until(lambda: "检查过" in walk.screen)
        await walk.press("enter")
        assert "禾木装饰" in walk.screen


async def test_the_check_up_asks_for_a_token_of_its_own(open_app: OpenApp) -> None:
    async with open_app() as walk:
        before = walk.sandbox.requests["/gettoken"]
        await walk.press("6")
        await walk.until(lambda: walk.sandbox.requests["/gettoken"] == before + 1)
