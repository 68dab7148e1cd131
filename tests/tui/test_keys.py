"""Keys: with a Chinese input method on, re-bound by the operator, in help and palette, and with the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from console.settings import LOOKS, Settings
from console.tui.palette import Palette
from tests.tui.conftest import LOW, WIDE, OpenApp

HINT = "A Chinese input method is on"


def settings_with(folder: Path, **keys: tuple[str, ...]) -> Settings:
    return Settings(folder / "config.toml", timezone="Asia/Shanghai", keys=keys)


async def test_full_width_letters_and_chinese_punctuation_do_what_the_letters_do(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter")
        for key, shown in {"ｆ": "Find anybody", "ｓ": "Sort by", "？": "Keys of this place", "ｙ": "Copy"}.items():
            await walk.press(key)
            assert (key, shown in walk.screen, HINT in walk.status) == (key, True, False)
            await walk.press("escape")
        for key in "／、":
            await walk.press(key)
            assert walk.place == "FilterInput"
            await walk.press("escape")
        await walk.press("ｍ")
        assert "masked" in walk.screen
        reads = walk.sandbox.requests["/externalcontact/list"]
        await walk.press("ｒ")
        assert walk.sandbox.requests["/externalcontact/list"] == reads + 1
        await walk.press("！")
        assert "There is no error to show." in walk.status
        assert HINT not in walk.status


async def test_a_chinese_character_outside_a_field_does_nothing_and_is_hinted_at_once(open_app: OpenApp) -> None:
    async with open_app() as walk:
        before = walk.screen
        await walk.press("李")
        assert HINT in walk.status
        assert walk.screen.splitlines()[:-2] == before.splitlines()[:-2]
        walk.app.say("")
        await walk.press("部", "长")
        assert HINT not in walk.status, "said once"
        await walk.press("z", "李")
        assert HINT in walk.status, "said again after a letter came through"


async def test_function_keys_are_twins_also_while_one_types(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", "ctrl+f")
        await walk.type("李")
        await walk.press("f9")
        assert "masked" in walk.screen
        assert "F5 read again" in walk.keys
        reads = walk.sandbox.requests["/externalcontact/list"]
        await walk.press("f5")
        assert walk.sandbox.requests["/externalcontact/list"] == reads + 1
        await walk.press("f1")
        assert "Keys of this place" in walk.screen
        await walk.press("escape", "f3")
        assert "Find anybody" in walk.screen
        await walk.type("q李")
        assert "q李" in walk.screen, "in a field letters are text"
        await walk.press("f9", "f1")
        assert "Keys of this place" in walk.screen


async def test_every_command_can_be_given_other_keys_by_its_id(open_app: OpenApp, tmp_path: Path) -> None:
    own = settings_with(tmp_path, find=("ctrl+g", "f10"), **{"table.down": ("z",), "filter": ("%",)})
    async with open_app(settings=own) as walk:
        await walk.press("f")
        assert "Find anybody" not in walk.screen
        await walk.press("f10")
        assert "Find anybody" in walk.screen
        await walk.press("escape", "z")
        assert walk.app.pane.followers.chosen == "lina"
        await walk.press("percent_sign")
        assert walk.place == "FilterInput"
        await walk.press("escape", "f1")
        assert "Ctrl+G" in walk.screen
        assert not walk.app.status.errors


async def test_a_command_without_keys_can_be_given_some_which_work_in_dialogs_too(
    open_app: OpenApp, tmp_path: Path
) -> None:
    own = settings_with(tmp_path, theme=("f10",), switch_profile=(",",))
    async with open_app(settings=own) as walk:
        before = walk.app.theme
        await walk.press("f10")
        assert walk.app.theme != before
        await walk.press("question_mark", *["f10"] * (len(LOOKS) - 1))
        assert walk.app.theme == before
        await walk.press("escape", "comma")
        assert "Switch profile" in walk.screen


async def test_a_wrong_id_no_key_and_a_key_given_twice_are_reported(open_app: OpenApp, tmp_path: Path) -> None:
    own = settings_with(tmp_path, fnd=("x",), mask=("s",), help=("j",), copy=("ctrl+oo",))
    async with open_app(LOW, settings=own) as walk:
        told = [f"{error.what} {error.why} {error.todo} {error.support}" for error in walk.app.status.errors]
        assert len(told) == 4
        assert "keys.fnd" in told[0]
        assert "find" in told[0].replace("fnd", "")
        assert "ctrl+oo" in told[1]
        assert any("s is given to both sort and mask" in one or "mask" in one for one in told[1:])
        assert any("table.down" in one for one in told[1:])
        await walk.press("exclamation_mark")
        assert "keys.fnd" in walk.screen


async def test_help_lists_the_keys_of_the_place(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        await walk.press("question_mark")
        assert "change between customers and served contacts" in walk.screen
        assert "show the JSON that WeCom returned" not in walk.screen
        await walk.press("escape", "enter", "enter", "f1")
        assert "show the JSON that WeCom returned" in walk.screen
        assert "change between customers and served contacts" not in walk.screen
        assert "F3" in walk.screen


@pytest.mark.parametrize(("lang", "word", "initials"), [("zh", "脱敏", "tm"), ("en", "mask", "mask")])
async def test_the_palette_finds_by_word_and_by_initials_and_does_it(
    open_app: OpenApp, lang: str, word: str, initials: str
) -> None:
    async with open_app(lang=lang) as walk:
        for typed in (word, initials):
            before = walk.app.masked
            await walk.press("ctrl+p")
            await walk.type(typed)
            await walk.press("enter")
            assert walk.app.masked is not before


async def test_the_palette_says_why_a_command_cannot_be_used_here(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("ctrl+p")
        await walk.type("raw")
        assert "only in: detail" in walk.screen
        await walk.press("enter")
        assert "only in: detail" in walk.screen, "it stays open"
        await walk.press("escape", "escape")
        await walk.press("ctrl+p")
        await walk.type("sort")
        await walk.press("enter")
        assert "Sort by" in walk.screen
        await walk.press("2")
        assert walk.app.pane.followers.order == "name"


@pytest.mark.parametrize("place", [(), ("enter", "enter"), ("question_mark",), ("y",), ("f", "down", "tab")])
async def test_q_quits_from_everywhere(open_app: OpenApp, place: tuple[str, ...]) -> None:
    async with open_app() as walk:
        await walk.press(*place)
        await walk.pilot.press("q")
        await walk.until(lambda: not walk.app.is_running)
        assert walk.app.return_value == 0


async def test_the_mouse_chooses_opens_and_scrolls(open_app: OpenApp) -> None:
    async with open_app() as walk:
        followers, customers = walk.app.pane.followers.table, walk.app.pane.customers.table
        await walk.click(followers, 3, 3)
        assert walk.app.pane.followers.chosen == "lina"
        assert "李娜's customers 149" in walk.screen
        top = customers.scroll_offset.y
        await walk.pilot._post_mouse_events([events.MouseScrollDown], customers, offset=(5, 5))
        await walk.settle()
        assert customers.scroll_offset.y > top
        await walk.pilot._post_mouse_events([events.MouseScrollUp], customers, offset=(5, 5))
        await walk.settle()
        await walk.click(customers, 3, 2, times=2)
        assert walk.place == "detail-table"
        assert walk.fields()["remark"] == walk.relations()[1].remark or walk.fields()["remark"] == "(empty)"
        await walk.press("1")
        await walk.click(customers, 3, 4)
        assert customers.chosen_index == 3


async def test_a_key_that_is_heard_elsewhere_says_where(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        await walk.press("d")
        assert walk.place == "followers-table"
        assert "duplicates: only in:" in walk.status


async def test_enter_on_a_command_that_can_not_be_used_here_says_why(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        await walk.press("ctrl+p")
        assert "only in:" not in walk.screen.splitlines()[4], "what can be done here stands first"
        await walk.press(*"newest", "enter")
        assert "newest: only in: events" in walk.status
        assert isinstance(walk.app.screen, Palette), "for another one"
