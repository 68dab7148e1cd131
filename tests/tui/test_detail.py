"""The merged detail: every follower, every field, and four kinds of nothing that look different."""

from __future__ import annotations

from tests.tui.conftest import DELEGATED, LOW, WIDE, OpenApp, Walk, rows_of

TALL = (140, 70)


async def open_customer(walk: Walk, words: str) -> None:
    """Find a customer and open the detail."""
    await walk.press("f")
    await walk.paste(words)
    await walk.press("enter")
    await walk.settle()


async def test_it_says_who_the_customer_is_and_what_each_follower_wrote(open_app: OpenApp) -> None:
    async with open_app(TALL) as walk:
        await open_customer(walk, "城建三局")
        fields = walk.fields()
        assert fields["name"] == "李建国@城建"
        assert fields["unionid"].startswith("oLx7s5Qd")
        assert fields["mobiles"] == "13800000001 / 13912342280"
        assert fields["company tags"] == "客户等级: 重点客户 / 客户等级: VIP"
        assert fields["rule tags"] == "意向: 高意向"
        assert fields["personal tags"] == "爱喝茶"
        assert fields["source"] == "1 scanned a QR code"
        assert fields["added at"] == "2026-11-16 14:22:10"
        assert fields["added by"].startswith("张伟 zhangwei (added by the staff")
        assert fields["x_level"] == "3", "a field that this program does not know"
        assert "2 followers, 1 page" in walk.screen
        await walk.press("down")
        assert walk.fields()["remark"] == "李总"
        assert walk.fields()["source"] == "202 assigned by an administrator"


async def test_four_kinds_of_nothing_look_different(open_app: OpenApp) -> None:
    async with open_app(TALL) as walk:
        await open_customer(walk, "小鹿妈妈")
        assert walk.fields()["description"] == "(empty)"
        assert walk.fields()["channels account"] == "(not returned)"
        assert walk.fields()["corp"] == "(WeChat customers do not have this)"
        await open_customer(walk, "林医生")
        assert walk.fields()["unionid"] == "(WeCom customers do not have this)"
        assert walk.fields()["full name"] == "杭州仁和口腔门诊部有限公司"
        profile = walk.fields()["external profile"].replace(" / ", " ")
        assert "预约: mini program 在线预约 wx8bd80126147dFAKE /index" in profile
    async with open_app(TALL, profile=DELEGATED) as walk:
        await open_customer(walk, "小鹿妈妈")
        fields = walk.fields()
        for label in ("unionid", "gender", "avatar", "mobiles"):
            assert (label, fields[label]) == (label, "(not given to this kind of app)")
        assert fields["name"] == "鹿鹿"


async def test_sources_are_words_with_their_notes_and_never_an_error(open_app: OpenApp) -> None:
    async with open_app(TALL) as walk:
        await open_customer(walk, "禾苗")
        source = walk.fields()["source"].replace(" / ", " ")
        assert source.startswith("0 unknown source 0 is not always a fault")
        assert "0 is not always a fault" in walk.screen
        await open_customer(walk, "韩同学")
        assert walk.fields()["source"].startswith("7 WeChat friend request (legacy) / WeCom's table no longer has")
        await open_customer(walk, "袁设计师")
        assert walk.fields()["source"] == "23 unknown (23)"


async def test_1200_followers_are_filtered_by_name_remark_and_userid(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        await open_customer(walk, "何太")
        view = walk.app.pane.detail
        assert len(view.table.source) == 1200
        assert "1,200 followers, 3 pages" in walk.screen
        assert walk.fields()["remark"] == "何太", "the relation one came through"
        await walk.press("slash", *"md0042")
        assert [row[0].split()[-1] for row in rows_of(view.table)] == ["md0042"]
        assert "1 of 1200" in walk.screen
        await walk.press("escape")
        assert len(view.table.source) == 1200
        await walk.press("escape", "end")
        assert "row 1,200 of 1,200" in walk.status
        await walk.press("v")
        assert '"follow_user"' in walk.screen


async def test_tab_goes_into_the_fields_and_a_long_value_is_shown_whole(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        await open_customer(walk, "城建三局")
        await walk.press("tab")
        assert walk.place == "relation-fields"
        await walk.press("down")
        assert walk.app.pane.detail.chosen_field is not None
        assert walk.app.pane.detail.chosen_field.id == "description"
        shown = walk.fields()["description"].replace(" / ", "")
        assert shown == "采购对接人，只在工作日联系，报价先发邮件"
        await walk.press("y", "1")
        assert walk.app.clipboard == "采购对接人，只在工作日联系，报价先发邮件"


async def test_reading_of_other_things_does_not_take_a_detail_away(open_app: OpenApp) -> None:
    async with open_app(WIDE) as walk:
        await walk.press("enter")
        await open_customer(walk, "城建三局")
        walk.clock.now += 60
        await walk.press("f5")
        from console.tui.messages import FollowersLearned

        walk.app.pane.post_message(FollowersLearned(walk.app.session, 0))
        await walk.settle()
        assert walk.fields()["name"] == "李建国@城建"
        assert "read 10:04" in walk.screen
