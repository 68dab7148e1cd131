"""Find anybody, from anywhere, by what one has at hand: initials, digits, an id, a whole log line."""

from __future__ import annotations

import json

from console.tui.dialogs.find import FindDialog
from tests.conftest import LI_JIANGUO
from tests.sandbox.caller import calling
from tests.tui.conftest import WIDE, OpenApp, Walk, rows_of

C1 = "/externalcontact/list"
C2 = "/externalcontact/get"
C3 = "/externalcontact/batch/get_by_user"


def found(walk: Walk) -> list[tuple[str, ...]]:
    """The rows of the find dialog."""
    dialog = walk.app.screen
    assert isinstance(dialog, FindDialog)
    return rows_of(dialog.table)


async def test_f_finds_from_every_place_by_initials_and_by_digits(open_app: OpenApp) -> None:
    async with open_app() as walk:
        for way_there in ((), ("enter",), ("enter", "y")):
            await walk.press(*way_there, "f3")
            assert "Find anybody" in walk.screen
            await walk.type("ljg")
            assert ("李部张", "李建国@城建", "城建三局", "13800000001+1", "张伟", "active") in found(walk)
            await walk.press("escape")
            await walk.type("2280")
            assert [row[0] for row in found(walk)] == ["李部张"]
            assert "1 relation, all listed" in walk.screen
            await walk.press("escape", "escape")
            assert "Find anybody" not in walk.screen


async def test_the_detail_opens_at_the_relation_that_was_found(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("down")
        await walk.press("f", *"ljg")
        assert [row[4] for row in found(walk)] == ["张伟", "李娜"]
        await walk.press("down", "enter")
        assert walk.place == "detail-table"
        assert walk.fields()["remark"] == "李总", "李娜's remark, not that of the first follower"
        await walk.press("escape")
        assert walk.place == "customers-table"


async def test_a_relation_that_is_gone_is_listed_as_gone(open_app: OpenApp) -> None:
    async with open_app() as walk:
        left = [row.external_userid for row in walk.relations() if row.external_userid != LI_JIANGUO]
        answer = json.dumps({"errcode": 0, "errmsg": "ok", "external_userid": left}).encode()
        walk.sandbox.faults.body(C1, answer, when={"userid": "zhangwei"})
        walk.sandbox.faults.body(C3, json.dumps({"errcode": 0, "errmsg": "ok", "external_contact_list": []}).encode())
        await walk.press("enter", "r")
        assert len(walk.customers()) == 30
        await walk.press("f", *"ljg")
        assert found(walk)[0][-1] == "gone"


async def test_a_pasted_id_that_nobody_knows_here_is_read_on_enter(open_app: OpenApp) -> None:
    async with open_app() as walk:
        with calling(walk.sandbox) as corp:
            stranger = corp.ids("wangqiang")[-1]
        assert not walk.app.session.records.relations.of_customer(stranger)
        before = walk.sandbox.requests[C2]
        await walk.press("f")
        await walk.paste(f"  {stranger}\n")
        assert f"{stranger} is not known here. Enter reads it from WeCom." in walk.words
        assert walk.sandbox.requests[C2] == before
        await walk.press("enter")
        assert walk.sandbox.requests[C2] == before + 1
        assert walk.fields()["customer ID"] == stranger


async def test_a_log_line_with_both_ids_opens_that_followers_relation(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("down")
        await walk.press("f")
        await walk.paste(f'09:12 ERROR 84061 {{"userid": "lina", "external_userid": "{LI_JIANGUO}"}} try 3')
        await walk.press("enter")
        assert walk.fields()["remark"] == "李总"
        assert "what 李娜 wrote" in walk.screen


async def test_a_log_line_of_a_follower_without_this_customer_says_so(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("f")
        await walk.paste(f"userid=wangqiang external_userid={LI_JIANGUO}")
        assert "王强 does not follow this customer, as far as is known here." in walk.words
        await walk.press("escape")
        with calling(walk.sandbox) as corp:
            stranger = corp.ids("chenmin")[-1]
        await walk.paste(f"userid=wangqiang external_userid={stranger}")
        await walk.press("enter")
        assert "王强 wangqiang does not follow this customer." in walk.words


async def test_a_userid_alone_goes_to_that_followers_customers(open_app: OpenApp) -> None:
    async with open_app() as walk:
        await walk.press("f")
        await walk.paste("userid=WangQiang")
        assert "王强 is a follower; no customer is known here yet. Enter goes there." in walk.words
        await walk.press("enter")
        assert "王强's customers 14" in walk.screen
        assert walk.place == "customers-table"
        assert walk.app.pane.followers.chosen == "wangqiang"
        await walk.press("f")
        await walk.paste("wangqiang")
        assert {row[4] for row in found(walk)} == {"王强"}


async def test_a_pending_id_says_what_it_is_and_is_never_asked_for(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        before = walk.sandbox.requests.total()
        await walk.press("f")
        await walk.paste("pXyz81QmTtRk02bNd7Lw")
        assert "a pending ID, not a customer ID" in walk.screen
        await walk.press("enter")
        assert "Find anybody" in walk.screen
        assert walk.sandbox.requests.total() == before
