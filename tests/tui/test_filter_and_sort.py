"""Filter and sort: every keystroke filters, and the chosen customer stays chosen by its id."""

from __future__ import annotations

from console.tui.columns import Sort
from tests.conftest import LI_JIANGUO
from tests.tui.conftest import OpenApp, Walk

C3 = "/externalcontact/batch/get_by_user"


def remarks(walk: Walk) -> list[str]:
    return [row[0] for row in walk.customers()]


def chosen_remark(walk: Walk) -> str | None:
    relation = walk.app.pane.customers.chosen
    return None if relation is None else relation.remark


async def to_li(walk: Walk) -> None:
    """Go to 张伟's customer 李部张."""
    await walk.press("enter", *["down"] * 6)
    assert chosen_remark(walk) == "李部张"


FINDS_LI = ("建国", "ljg", "LJG", "2280", "139 1234", "139-1234-2280", "城建三", LI_JIANGUO)
"""What finds 李建国@城建 and nobody else of 张伟's: a part of the name, initials, digits, the company, the ID."""


async def test_a_filter_finds_by_whatever_one_knows(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", "slash")
        for typed in FINDS_LI:
            await walk.paste(typed)
            assert (typed, remarks(walk)) == (typed, ["李部张"])
            assert "matches 1 of 31, all read" in walk.screen
            await walk.press("escape")
        await walk.type("李")
        assert remarks(walk) == ["[/]李四", "李部张"]
        await walk.type("xx")
        assert remarks(walk) == []
        assert "No customer matches 「李xx」. Esc clears the filter." in walk.screen


async def test_every_keystroke_filters(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", "slash")
        counts = []
        for letter in "ljg":
            await walk.press(letter)
            counts.append(len(remarks(walk)))
        assert counts[0] > counts[1] >= counts[2] == 1


async def test_a_filter_says_when_not_everything_was_read(open_app: OpenApp) -> None:
    async with open_app() as walk:
        walk.sandbox.faults.errcode(C3, 48002, times=None, page=2, when={"userid_list": "lina"})
        await walk.press("down")
        await walk.press("enter", "slash")
        await walk.type("3")
        assert "not all read" in walk.screen


async def test_a_filter_over_all_known_customers_does_not_claim_to_be_all(open_app: OpenApp) -> None:
    async with open_app((100, 24)) as walk:
        await walk.press("up")
        await walk.press("enter", "slash")
        await walk.type("ljg")
        assert "of what was read so far" in walk.screen
        assert ", all read" not in walk.screen


async def test_esc_clears_the_text_then_closes_the_filter_then_goes_back(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await to_li(walk)
        await walk.press("slash")
        await walk.type("ljg")
        await walk.press("escape")
        assert walk.place == "FilterInput"
        assert len(remarks(walk)) == 31
        await walk.press("escape")
        assert walk.place == "customers-table"
        assert "matches" not in walk.screen
        await walk.press("escape")
        assert walk.place == "followers-table"


async def test_enter_goes_to_the_rows_and_keeps_the_filter_until_esc_twice(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", "slash")
        await walk.type("李")
        await walk.press("enter")
        assert (walk.place, len(remarks(walk))) == ("customers-table", 2)
        await walk.press("escape")
        assert len(remarks(walk)) == 31
        assert "matches 31 of 31" in walk.screen
        await walk.press("escape")
        assert "matches" not in walk.screen
        assert walk.place == "customers-table"


async def test_arrows_move_in_the_list_while_one_types(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", "slash")
        await walk.type("李")
        await walk.press("down")
        assert walk.place == "FilterInput"
        assert chosen_remark(walk) == "李部张"


async def test_the_chosen_customer_stays_chosen_through_filter_sort_and_reading(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await to_li(walk)
        await walk.press("slash")
        await walk.type("城建")
        assert chosen_remark(walk) == "李部张"
        await walk.press("escape", "escape")
        assert chosen_remark(walk) == "李部张"
        await walk.press("s", "2")
        assert chosen_remark(walk) == "李部张"
        assert remarks(walk).index("李部张") != 6
        await walk.press("r")
        assert chosen_remark(walk) == "李部张"
        await walk.press("slash")
        await walk.type("马工")
        assert chosen_remark(walk) == "马工", "a stand-in while the chosen one is filtered out"
        await walk.press("escape")
        assert chosen_remark(walk) == "李部张"


async def test_another_followers_list_is_not_filtered_by_the_text_of_the_last(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", "slash")
        await walk.type("ljg")
        await walk.press("enter", "shift+tab", "shift+tab", "down")
        assert "李娜's customers 149" in walk.screen
        assert len(remarks(walk)) == 149
        assert "ljg" not in walk.screen


ORDERS = ("createtime", "remark", "name", "company", "mobile")


async def test_the_menu_sorts_by_every_column_and_back(open_app: OpenApp) -> None:
    async with open_app() as walk:
        table = walk.app.pane.customers.table
        newest_first = [row.key for row in table.source.rows(0, 31)]
        await walk.press("enter")
        for digit, order in enumerate(ORDERS, 1):
            await walk.press("s")
            assert "Sort by" in walk.screen
            await walk.press(str(digit))
            assert table.sort == Sort(order, descending=False)
            up = remarks(walk)
            await walk.press("s", str(digit))
            assert table.sort == Sort(order, descending=True)
            assert (order, remarks(walk)) != (order, up)
            assert sorted(remarks(walk)) == sorted(up)
            if order == "createtime":
                assert [row.key for row in table.source.rows(0, 31)] == newest_first


async def test_mobiles_sort_by_their_digits(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", "s", "5")
        mobiles = [row[3] for row in walk.customers() if row[3][:1].isdigit()]
        assert len(mobiles) > 10
        assert mobiles == sorted(mobiles)
        assert walk.customers()[-1][3] in ("-", ""), "those without a number stand last"


async def test_a_click_on_a_column_sorts_by_it_and_again_the_other_way(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter")
        table = walk.app.pane.customers.table
        for span in table._laid_out().spans:
            await walk.click(table, span.start, 0)
            assert table.sort == Sort(span.column.id, descending=span.column.id == "createtime")
            once = remarks(walk)
            await walk.click(table, span.start, 0)
            assert table.sort == Sort(span.column.id, descending=span.column.id != "createtime")
            assert remarks(walk) != once


async def test_followers_are_filtered_by_initials_and_sorted_by_number(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("slash")
        await walk.type("zw")
        assert walk.followers() == [("张伟", "31")]
        await walk.press("escape", "escape")
        assert len(walk.followers()) == 9
        await walk.press("s", "4")
        counts = [int(row[1]) for row in walk.followers()[1:] if row[1].isdigit()]
        assert counts == sorted(counts, reverse=True)
        assert walk.followers()[0][0] == "Everybody"


async def test_the_order_is_remembered(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("enter", "s", "2")
        by_remark = remarks(walk)
    async with open_app() as walk:
        assert remarks(walk) == by_remark
        assert "by remark" in walk.screen
