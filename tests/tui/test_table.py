"""The big table: what is chosen, what is shown, and how little is read and painted for it."""

from __future__ import annotations

import random
from array import array
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult
from textual.events import Click, MouseScrollDown
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.theme import Theme
from textual.widgets import Button

from console.tui.columns import Column, Sort, fold, header_line, lay_out, row_line
from console.tui.rows import Cell, Key, ListSource, Row, Toned, VectorSource
from console.tui.table import BigTable
from console.tui.table_choice import Choice

COLUMNS = (
    Column("remark", "备注", 14),
    Column("name", "昵称", 12, grow=1),
    Column("corp", "企业", 10, leave=1),
    Column("added", "添加", 5, right=True, leave=2),
)
FAMILY = "👨‍👩‍👧"


class TableApp(App[None]):
    """A table and something else to focus; keeps what the table said."""

    def __init__(self, css: str = "", table: BigTable | None = None) -> None:
        super().__init__()
        self.table = table or BigTable(COLUMNS, id="customers")
        self.said: list[tuple[str, Key | None]] = []
        self._more_css = css

    def compose(self) -> ComposeResult:
        if self._more_css:
            self.stylesheet.add_source(self._more_css)
        yield self.table
        yield Button("other")

    @on(BigTable.Highlighted, "#customers")
    def _highlighted(self, event: BigTable.Highlighted) -> None:
        self.said.append(("highlighted", event.key))

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        self.said.append(("chosen", event.key))

    def on_big_table_header_pressed(self, event: BigTable.HeaderPressed) -> None:
        self.said.append(("header", event.column))


@asynccontextmanager
async def running(
    source: ListSource | VectorSource | None = None, size: tuple[int, int] = (60, 13), css: str = ""
) -> AsyncIterator[tuple[TableApp, BigTable, Pilot[None]]]:
    """A running app with a button of three lines below, the table focused, and `source` shown."""
    app = TableApp(css)
    async with app.run_test(size=size) as pilot:
        app.table.focus()
        if source is not None:
            app.table.show(source)
        await pilot.pause()
        app.said.clear()
        yield app, app.table, pilot


def row(key: Key, *cells: Cell) -> Row:
    return Row(key, cells or (f"备注{key}", f"客户{key}", "-", "11-22"))


def rows(keys: Sequence[Key]) -> ListSource:
    return ListSource([row(key) for key in keys])


def lines(table: BigTable) -> list[str]:
    return [table.render_line(y).text for y in range(table.size.height)]


def marked(table: BigTable) -> list[str]:
    return [line.split()[0] for line in lines(table) if line.startswith(">")]


def chosen_line(table: BigTable) -> int:
    return next(y for y, line in enumerate(lines(table)) if line.startswith(">"))


def chosen_strip(table: BigTable) -> Strip:
    return table.render_line(chosen_line(table))


# Keys and mouse


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        (["down"], 1),
        (["j", "j", "k"], 1),
        (["up"], 0),
        (["pagedown"], 8),
        (["pagedown", "pagedown", "pageup"], 8),
        (["end"], 99),
        (["G", "up"], 98),
        (["ctrl+end", "ctrl+home", "down"], 1),
        (["G", "g"], 0),
        (["end", "pagedown", "home"], 0),
    ],
)
async def test_keys_choose_and_the_chosen_row_is_in_sight(keys: list[str], chosen: int) -> None:
    async with running(rows(range(100))) as (_app, table, pilot):
        await pilot.press(*keys)
        assert table.chosen_index == chosen
        assert table.chosen_key == chosen
        assert marked(table) == [f">备注{chosen}"]


async def test_a_page_down_keeps_the_line_on_the_screen() -> None:
    async with running(rows(range(100))) as (_app, table, pilot):
        await pilot.press("down", "down", "pagedown")
        assert (table.chosen_key, chosen_line(table)) == (10, 3)


async def test_keys_can_be_bound_anew_by_id() -> None:
    async with running(rows(range(10))) as (app, table, pilot):
        app.set_keymap({"table.down": "f4"})
        await pilot.press("f4", "down")
        assert table.chosen_key == 1


async def test_enter_opens_and_every_new_choice_is_told_at_once() -> None:
    async with running(rows(range(10))) as (app, _table, pilot):
        await pilot.press("down", "enter", "up", "up")
        assert app.said == [("highlighted", 1), ("chosen", 1), ("highlighted", 0)]


async def test_a_click_chooses_and_a_double_click_opens() -> None:
    async with running(rows(range(10))) as (app, table, pilot):
        await pilot.click(table, offset=(3, 4))
        assert app.said == [("highlighted", 3)]
        await pilot.click(table, offset=(3, 6), times=2)
        assert app.said[1:] == [("highlighted", 5), ("chosen", 5)]


async def test_a_double_click_does_not_open_a_row_that_came_under_the_mouse_between_the_clicks() -> None:
    async with running(rows(range(10))) as (app, table, pilot):
        await pilot.click(table, offset=(3, 4))
        table.show(rows([20, 21, 22, 23, *range(4, 10)]))
        table.post_message(Click(table, 3, 5, 0, 0, 1, False, False, False, 3, 5, chain=2))
        await pilot.pause()
        assert table.chosen_key == 4
        assert "chosen" not in [what for what, _key in app.said]


async def test_clicks_below_the_last_row_and_on_notes_choose_nothing() -> None:
    async with running(rows(range(3))) as (app, table, pilot):
        table.notes_above = ["a note"]
        table.notes_below = ["another"]
        await pilot.pause()
        for y in (1, 5, 8):
            await pilot.click(table, offset=(3, y))
        assert app.said == []


async def test_a_click_on_a_title_names_its_column() -> None:
    async with running(rows(range(3))) as (app, table, pilot):
        for x in (0, 14, 15, 16, 59):
            await pilot.click(table, offset=(x, 0))
        assert [said[1] for said in app.said] == ["remark", "remark", "remark", "name", "added"]


async def test_the_wheel_scrolls_and_leaves_the_choice() -> None:
    async with running(rows(range(100))) as (app, table, pilot):
        wheel = MouseScrollDown(table, 3, 3, 0, 1, 0, False, False, False, 3, 3)
        table.post_message(wheel)
        await pilot.pause()
        assert table.scroll_offset.y > 0
        assert (table.chosen_key, app.said) == (0, [])
        await pilot.press("down")
        assert marked(table) == [">备注1"]


async def test_an_empty_table_has_a_header_and_takes_every_key() -> None:
    async with running(rows([])) as (app, table, pilot):
        await pilot.press("down", "up", "pagedown", "pageup", "end", "home", "enter")
        await pilot.click(table, offset=(3, 4))
        assert (table.chosen_key, table.chosen_index, app.said) == (None, None, [])
        assert lines(table)[0].split() == ["备注", "昵称", "企业", "添加"]
        assert "".join(lines(table)[1:]).strip() == ""


# The choice is a key, not a place


async def test_sorting_keeps_the_chosen_row_on_its_line_and_says_nothing() -> None:
    async with running(rows(range(100))) as (app, table, _pilot):
        table.choose(40)
        line = chosen_line(table)
        app.said.clear()
        table.show(rows(range(99, -1, -1)))
        assert (table.chosen_key, table.chosen_index, app.said) == (40, 59, [])
        assert chosen_line(table) == line
        assert marked(table) == [">备注40"]


async def test_a_chosen_row_scrolled_out_of_sight_is_fetched_only_when_asked() -> None:
    async with running(rows(range(100))) as (_app, table, _pilot):
        table.choose(2)
        table.scroll_to(y=50, animate=False)
        table.show(rows(range(100)))
        assert table.scroll_offset.y == 50
        table.show(rows(range(100)), scroll=True)
        assert marked(table) == [">备注2"]


async def test_when_the_chosen_row_goes_the_next_one_stands_in_by_its_own_key() -> None:
    async with running(rows(range(10))) as (app, table, pilot):
        table.choose(4)
        await pilot.pause()
        app.said.clear()
        table.show(rows([0, 1, 2, 3, 5, 6]))
        await pilot.pause()
        assert (table.chosen_key, table.wanted_key, table.is_stand_in) == (5, 4, True)
        assert app.said == [("highlighted", 5)]
        assert marked(table) == [">备注5"]


async def test_the_wanted_row_is_chosen_again_on_its_line_when_it_comes_back() -> None:
    async with running(rows(range(100))) as (_app, table, pilot):
        table.choose(40)
        line = chosen_line(table)
        for keys in ([3, 4], [], [7], range(50, 60)):
            table.show(rows(keys))
            await pilot.pause()
            assert table.wanted_key == 40
        table.show(rows(range(100)))
        assert (table.chosen_key, table.wanted_key, table.is_stand_in) == (40, None, False)
        assert chosen_line(table) == line


@pytest.mark.parametrize("key", ["enter", "down", "end"])
async def test_a_deliberate_key_ends_the_wanting(key: str) -> None:
    async with running(rows(range(10))) as (_app, table, pilot):
        table.choose(4)
        table.show(rows([7, 8, 9]))
        await pilot.press(key)
        chosen = table.chosen_key
        table.show(rows(range(10)))
        assert (table.chosen_key, table.wanted_key) == (chosen, None)


async def test_a_row_nobody_chose_is_not_wanted_back() -> None:
    async with running(rows(range(10))) as (_app, table, _pilot):
        table.show(rows([5, 6]))
        assert (table.chosen_key, table.wanted_key) == (5, None)


async def test_a_row_can_be_chosen_before_it_is_there() -> None:
    async with running(rows([])) as (_app, table, _pilot):
        assert table.choose(70) is False
        table.show(rows(range(100)))
        assert marked(table) == [">备注70"]


async def test_another_list_starts_at_its_top() -> None:
    async with running(rows(range(100))) as (_app, table, pilot):
        await pilot.press("end")
        table.show(rows(range(200, 300)), fresh=True)
        assert (table.chosen_key, table.wanted_key, table.scroll_offset.y) == (200, None, 0)


async def test_rows_arriving_above_and_below_move_neither_the_choice_nor_the_view() -> None:
    async with running(rows(range(50, 100))) as (_app, table, pilot):
        table.choose(70)
        before = lines(table)
        for first in (40, 20, 0):
            table.show(rows(range(first, 100 + 50 - first)))
            await pilot.pause()
            assert lines(table) == before


async def test_a_list_that_nobody_moved_in_stays_at_its_top_while_it_grows() -> None:
    async with running(rows(range(50, 100))) as (_app, table, _pilot):
        table.show(rows(range(47, 100)))
        assert (table.chosen_key, table.scroll_offset.y) == (50, 0)


async def test_a_source_changed_in_place_is_shown_after_refresh_rows() -> None:
    held = [row(1), row(2), row(3)]
    async with running(ListSource(held)) as (_app, table, pilot):
        await pilot.press("down")
        held[1] = row(2, "改过")
        held.insert(0, row(9))
        table.refresh_rows()
        assert (table.chosen_key, table.chosen_index) == (2, 2)
        assert marked(table) == [">改过"]


async def test_no_row_is_painted_as_chosen_that_has_another_key_than_the_chosen_one() -> None:
    held = [row(1), row(2), row(3)]
    async with running(ListSource(held)) as (_app, table, pilot):
        await pilot.press("down")
        held[1] = row(8)
        table._window = type(table._window)(table.source)
        assert table.chosen_key == 2
        assert marked(table) == []


@given(
    st.lists(
        st.tuples(st.lists(st.integers(0, 30), unique=True, max_size=20), st.none() | st.integers(0, 19)),
        min_size=1,
        max_size=6,
    )
)
def test_through_any_changes_what_is_highlighted_is_named_and_what_was_taken_is_not_lost(
    steps: list[tuple[list[int], int | None]],
) -> None:
    choice = Choice()
    taken: int | None = None
    for keys, take in steps:
        source = rows(keys)
        choice.follow(source, None)
        assert (choice.index is None) == (not keys)
        if choice.index is not None:
            assert keys[choice.index] == choice.key
        if taken is not None:
            assert taken in (choice.key, choice.wanted)
            assert (choice.key == taken) == (taken in keys)
        if take is not None and keys:
            choice.take(source, take % len(keys))
            taken = keys[take % len(keys)]


# Lines are exactly as wide as the table

TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(list("王小明ａ[]/@\u200d\ufe0f👩🏽👧e\u0301")),
    ),
    max_size=24,
)
CELLS = st.one_of(TEXTS, st.just(FAMILY * 8), st.just("宽" * 64), st.builds(Toned, TEXTS, st.just("added")))


@st.composite
def a_column(draw: st.DrawFn) -> Column:
    order = st.integers(0, 2)
    return Column("c", draw(TEXTS), draw(st.integers(1, 20)), draw(st.booleans()), draw(order), draw(order))


@given(st.lists(a_column(), max_size=6), st.integers(1, 90), st.lists(CELLS, max_size=7))
def test_every_line_is_exactly_as_wide_as_the_table(columns: list[Column], width: int, cells: list[Cell]) -> None:
    spans = lay_out(columns, width)
    shown = row_line(spans, width, cells, ">")
    assert cell_len("".join(text for text, _tone in shown)) == width
    titles = header_line(spans, width, Sort("c"))
    assert cell_len("".join(text for text, _sorted in titles)) == width


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(1, 200))
def test_columns_never_overlap_nor_stand_outside(widths: list[int], width: int) -> None:
    spans = lay_out([Column(str(n), "", w, grow=n % 2) for n, w in enumerate(widths)], width)
    end = 0
    for span in spans:
        assert span.start == end + 1
        end = span.start + span.width
    assert end <= max(width, 1)
    if len(widths) > 1 and sum(widths) + len(widths) <= width:
        assert end == width


@pytest.mark.parametrize("size", [(20, 5), (33, 9), (80, 24), (140, 40), (1, 4), (2, 4)])
async def test_every_rendered_line_fills_the_table_at_every_size(size: tuple[int, int]) -> None:
    names = ["", "[/]李四", FAMILY * 6, "宽" * 64, "1️⃣2️⃣", "e\u0301" * 9, "\u200d偷", "🇨🇳🇨🇳"]
    source = ListSource([row(n, x, Toned(x, "changed"), x, x) for n, x in enumerate(names * 9)])
    async with running(source, size) as (_app, table, pilot):
        table.notes_above = [Toned("刚才没读到：60011 不在应用可见范围。", "error")]
        table.notes_below = ["下面还有"]
        for key in ("home", "pagedown", "end"):
            await pilot.press(key)
            for y in range(table.size.height):
                strip = table.render_line(y)
                assert cell_len(strip.text) == sum(cell_len(part.text) for part in strip) == table.size.width


async def test_a_cell_is_shown_as_typed_and_never_read_as_markup() -> None:
    source = ListSource([row(1, "[/]李四", "[@click=app.quit]", Toned("[b]x", "added"), "\\[")])
    async with running(source) as (_app, table, _pilot):
        assert lines(table)[1].split() == [">[/]李四", "[@click=app.quit]", "[b]x", "\\["]


async def test_text_too_long_is_cut_with_two_dots_and_a_joined_emoji_stays_whole() -> None:
    source = ListSource([row(1, "陈老板瓷砖批发零售", FAMILY * 9, "12345678901", "123456")])
    async with running(source) as (_app, table, _pilot):
        assert lines(table)[1].split() == [">陈老板瓷砖批..", FAMILY * 9, "12345678..", "123.."]


async def test_without_a_header_the_rows_begin_at_the_top() -> None:
    async with running(rows(range(3))) as (app, table, pilot):
        table.show_header = False
        await pilot.click(table, offset=(3, 0))
        assert lines(table)[0].startswith(">备注0")
        assert app.said == []


async def test_the_sorted_column_is_marked_in_the_header() -> None:
    async with running(rows(range(3))) as (_app, table, pilot):
        table.sort = Sort("added", descending=True)
        await pilot.pause()
        assert lines(table)[0].split() == ["备注", "昵称", "企业", "添加v"]
        table.sort = Sort("remark")
        assert lines(table)[0].split() == ["备注^", "昵称", "企业", "添加"]


# Width, height, notes


async def test_columns_leave_in_their_order_and_the_last_is_cut() -> None:
    async with running(rows(range(3))) as (_app, table, pilot):
        shown = {}
        for width in (60, 44, 40, 33, 32, 27, 10):
            await pilot.resize_terminal(width, 13)
            await pilot.pause()
            shown[width] = table.shown_columns
        assert shown == {
            60: ("remark", "name", "corp", "added"),
            44: ("remark", "name", "added"),
            40: ("remark", "name", "added"),
            33: ("remark", "name"),
            32: ("remark", "name"),
            27: ("remark", "name"),
            10: ("remark",),
        }


async def test_new_columns_lay_the_table_out_again() -> None:
    async with running(rows(range(3))) as (_app, table, pilot):
        table.columns = (Column("remark", "Remark", 9),)
        await pilot.pause()
        assert [line.strip() for line in lines(table)[:2]] == ["Remark", ">备注0"]


async def test_the_chosen_row_stays_in_sight_when_the_window_shrinks_and_grows() -> None:
    async with running(rows(range(500)), (140, 40)) as (_app, table, pilot):
        table.choose(300)
        for size in ((20, 5), (80, 24), (20, 5), (140, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert marked(table) == [">备注300"], size


async def test_notes_above_stay_in_sight_and_notes_below_follow_the_last_row() -> None:
    async with running(rows(range(30))) as (_app, table, pilot):
        table.notes_above = [Toned("刚才没读到", "error")]
        table.notes_below = ["没读到的 56 位保留以前的内容"]
        await pilot.press("end")
        shown = lines(table)
        assert shown[1].strip() == "刚才没读到"
        assert shown[-2].startswith(">备注29")
        assert shown[-1].strip() == "没读到的 56 位保留以前的内容"


async def test_notes_of_an_empty_table_are_all_shown_and_folded() -> None:
    async with running(rows([]), (30, 13)) as (_app, table, pilot):
        table.notes_above = ["这位跟进人没有客户。企业微信用 84061 表示「没有」，不是错误。"]
        await pilot.pause()
        assert [line.strip() for line in lines(table)[1:4]] == [
            "这位跟进人没有客户。企业微",
            "信用 84061 表示「没有」，不",
            "是错误。",
        ]


async def test_many_notes_leave_a_line_for_the_chosen_row() -> None:
    async with running(rows(range(30))) as (_app, table, pilot):
        table.notes_above = [f"note {n}" for n in range(40)]
        await pilot.press("down", "end")
        assert marked(table) == [">备注29"]


@given(TEXTS, st.integers(1, 40))
def test_folded_text_fits_and_loses_nothing_but_blanks(text: str, width: int) -> None:
    from console.text import safe_text

    folded = fold(text, width)
    assert all(cell_len(line) <= width for line in folded)
    if width >= 8:
        assert "".join("".join(folded).split()) == "".join(safe_text(text).split())


async def test_a_scroll_bar_if_the_owner_wants_one_takes_its_cell_from_the_rows() -> None:
    css = "BigTable { scrollbar-size-vertical: 1; }"
    async with running(rows(range(100)), css=css) as (_app, table, pilot):
        await pilot.press("end")
        assert table.size.width == 60
        assert {cell_len(line) for line in lines(table)} == {59}
        assert marked(table) == [">备注99"]


async def test_a_table_of_its_own_height_shows_its_header_and_all_rows() -> None:
    async with running(rows([1]), css="BigTable { height: auto; }") as (_app, table, pilot):
        assert [line.split()[0] for line in lines(table)] == ["备注", ">备注1"]
        table.show(rows([1, 2, 3]))
        await pilot.pause()
        assert table.size.height == 4


# Looks


def colours(strip: Strip) -> tuple[str, str]:
    style = next(iter(strip)).style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    return str(style.color.name).upper(), str(style.bgcolor.name).upper()


@pytest.mark.parametrize(
    ("theme", "elsewhere"),
    [("textual-dark", ("#E6E6E6", "#333B44")), ("textual-light", ("#1A1A1A", "#D5DBE1"))],
)
async def test_the_chosen_row_shows_whether_the_table_has_the_focus(theme: str, elsewhere: tuple[str, str]) -> None:
    async with running(rows(range(3))) as (app, table, pilot):
        app.theme = theme
        await pilot.pause()
        assert colours(chosen_strip(table)) == ("#FFFFFF", "#1F5FBF")
        app.query_one(Button).focus()
        await pilot.pause()
        assert colours(chosen_strip(table)) == elsewhere


async def test_without_colour_the_chosen_row_is_reversed_or_underlined(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(rows(range(3))) as (app, table, pilot):
        focused = next(iter(chosen_strip(table))).style
        app.query_one(Button).focus()
        await pilot.pause()
        elsewhere = next(iter(chosen_strip(table))).style
        assert focused is not None
        assert elsewhere is not None
        assert (focused.reverse, bool(focused.underline)) == (True, False)
        assert (bool(elsewhere.reverse), elsewhere.underline) == (False, True)


async def test_a_mono_theme_is_without_colour_and_monokai_is_not() -> None:
    async with running(rows(range(3))) as (app, table, pilot):
        app.register_theme(Theme(name="mono", primary="#888888"))
        for theme, reverse in (("mono", True), ("monokai", False)):
            app.theme = theme
            await pilot.pause()
            style = next(iter(chosen_strip(table))).style
            assert style is not None
            assert bool(style.reverse) is reverse


async def test_tones_colour_their_cell_and_a_muted_row_its_whole_line() -> None:
    source = ListSource(
        [row(1), row(2, "a", Toned("b", "added")), Row(3, ("gone",), muted=True), Row(4, ("no",), error=True)]
    )
    async with running(source) as (_app, table, _pilot):
        styles = [
            [part.style.color.name for part in table.render_line(y) if part.style and part.style.color]
            for y in (2, 3, 4)
        ]
        assert "#7ee2a8" in styles[0]
        assert styles[0][0] != "#7ee2a8"
        assert set(styles[1]) == {"#a0a8b0"}
        assert set(styles[2]) == {"#ff8a80"}


# What it costs


class Reads:
    """A fetch that counts what it is asked for."""

    def __init__(self) -> None:
        self.ids = 0
        self.calls = 0

    def __call__(self, ids: Sequence[int]) -> list[Row]:
        self.calls += 1
        self.ids += len(ids)
        found = [row(key) for key in ids if key != 13]
        random.Random(1).shuffle(found)
        return found


@pytest.fixture
def reads() -> Reads:
    return Reads()


async def test_only_the_window_of_half_a_million_rows_is_read(reads: Reads) -> None:
    async with running(VectorSource(array("q", range(500_000)), reads)) as (_app, table, pilot):
        assert reads.ids <= 64
        await pilot.press("end")
        assert marked(table) == [">备注499999"]
        assert reads.ids <= 2 * 64
        await pilot.press("home")
        assert marked(table) == [">备注0"]
        assert table.virtual_size.height == 500_001


async def test_stepping_down_reads_each_row_once_and_asks_seldom(reads: Reads) -> None:
    async with running(VectorSource(array("q", range(500_000)), reads)) as (_app, _table, pilot):
        await pilot.press(*["down"] * 100)
        assert reads.ids <= 100 + 64
        assert reads.calls <= 5


async def test_what_is_kept_does_not_grow_with_what_was_seen(reads: Reads) -> None:
    source = VectorSource(array("q", range(500_000)), reads)
    for start in range(0, 400_000, 97):
        assert [found.key for found in source.rows(start, start + 40)] == list(range(start, start + 40))
        assert len(source._read) <= 512


def test_a_row_that_the_store_has_no_more_is_a_muted_line_with_its_own_key(reads: Reads) -> None:
    source = VectorSource(array("q", [12, 13, 14]), reads)
    assert source.rows(1, 2) == [Row(13, (), muted=True)]


def test_a_vector_finds_ids_wherever_they_are(reads: Reads) -> None:
    source = VectorSource(array("q", [5, 3, 9]), reads)
    assert [source.index(key) for key in (3, 9, 9, 4, "3")] == [1, 2, 2, None, None]
    assert VectorSource(array("q"), reads).index(3) is None


async def test_contents_changed_in_the_store_are_read_again_on_refresh_rows(reads: Reads) -> None:
    async with running(VectorSource(array("q", range(100)), reads)) as (_app, table, pilot):
        before = reads.calls
        table.show(table.source)
        await pilot.pause()
        assert reads.calls == before
        table.refresh_rows()
        await pilot.pause()
        assert reads.calls == before + 1


async def test_a_step_paints_two_lines_and_a_page_no_more_than_are_on_the_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    painted: list[int] = []
    render_line = BigTable.render_line

    def counting(self: BigTable, y: int) -> Strip:
        painted.append(y)
        return render_line(self, y)

    monkeypatch.setattr(BigTable, "render_line", counting)
    async with running(rows(range(1000))) as (_app, _table, pilot):
        painted.clear()
        await pilot.press("down")
        await pilot.pause()
        assert sorted(painted) == [1, 2]
        painted.clear()
        await pilot.press("pagedown")
        await pilot.pause()
        assert len(painted) <= 10


async def test_growing_does_not_lay_the_screen_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(rows(range(100))) as (app, table, pilot):
        layouts: list[Callable[..., object]] = []
        refresh_layout = app.screen._refresh_layout

        def counting(*args: object, **kwargs: object) -> None:
            layouts.append(refresh_layout)
            refresh_layout(*args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(app.screen, "_refresh_layout", counting)
        table.show(rows(range(200)))
        await pilot.pause()
        assert layouts == []
        await pilot.press("end")
        assert marked(table) == [">备注199"]
        assert Region(0, 0, 60, 10) == table.region
