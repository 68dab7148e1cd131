"""The ten tasks of a support agent, key by key: each takes at most as many keys as an agent would bear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from console.store.relations import RelationRow
from console.tui.dialogs import question
from console.tui.dialogs.question import Question
from console.tui.remark import conflict
from console.tui.timeline.dialog import TimelineDialog
from console.tui.why.dialog import WhyDialog
from tests.conftest import LI_JIANGUO
from tests.tui.arrivals import arrive_for
from tests.tui.conftest import LOW, OpenApp, Walk, rows_of
from tests.tui.remarks import LI_NA, ZHANG

BY_INPUT_METHOD = {"长": 8}
"""Keys that it takes to compose a character: the switch there and back, its pinyin, and the choice."""
FIND_LI = ("f", "l", "j", "g", "enter")


@dataclass(slots=True)
class Hands:
    """An operator whose keys are counted."""

    walk: Walk
    keys: int = 0

    async def press(self, *keys: str) -> None:
        """Press keys; a Chinese character counts as what an input method takes for it."""
        for key in keys:
            await self.walk.press(key)
            self.keys += BY_INPUT_METHOD.get(key, 1)

    async def paste(self, text: str) -> None:
        """Paste: one key."""
        await self.walk.paste(text)
        self.keys += 1

    async def agree(self) -> None:
        """Right, then Enter, in a question that stands there."""
        await self.walk.until(lambda: isinstance(self.walk.app.screen, Question))
        await self.press("right", "enter")
        await self.walk.until(lambda: not self.walk.app.desk.is_writing)
        await self.walk.settle()


@pytest.fixture(autouse=True)
def _listening(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs listen at once."""
    monkeypatch.setattr(question, "DEAF_SECONDS", 0.0)
    monkeypatch.setattr(conflict, "DEAF_SECONDS", 0.0)


def now_at(walk: Walk, userid: str) -> tuple[str, Sequence[str]]:
    """What WeCom has by now: remark and mobiles of 李建国's relation."""
    relation = walk.sandbox.colleague.sees(userid, LI_JIANGUO)
    return relation.remark, relation.mobiles or ()


async def known_li(walk: Walk) -> RelationRow:
    """李建国's relation with 张伟, read before the keys are counted."""
    await walk.press(*FIND_LI, "escape", "escape")
    li = walk.app.session.records.relations.find(ZHANG, LI_JIANGUO)
    assert li is not None
    return li


async def test_look_somebody_up(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        hands = Hands(walk)
        await hands.press(*FIND_LI)
        assert walk.fields()["customer ID"] == LI_JIANGUO
        assert hands.keys == 5


async def test_mend_a_wrong_remark(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        hands = Hands(walk)
        await hands.press(*FIND_LI, "e", "backspace", "长", "f8")
        await hands.agree()
        assert now_at(walk, ZHANG)[0] == "李部长"
        assert hands.keys <= 18


async def test_mend_a_wrong_mobile(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        hands = Hands(walk)
        await hands.press(*FIND_LI, "tab", "down", "down", "down", "down", "e")
        await hands.press("backspace", "backspace", "0", "8", "f8")
        await hands.agree()
        assert now_at(walk, ZHANG)[1] == ("13800000001", "13912342208")
        assert hands.keys <= 18


async def test_bring_back_what_a_hand_over_lost(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        await walk.press(*FIND_LI, "escape", "escape")
        walk.sandbox.comings.is_handed_over(ZHANG, LI_JIANGUO, to=LI_NA)
        walk.sandbox.colleague.change(LI_NA, LI_JIANGUO, remark="", mobiles=[])
        walk.clock.now += 3600
        await walk.press(*FIND_LI, "r", "escape", "escape")
        hands = Hands(walk)
        await hands.press(*FIND_LI, "e", "f6", "enter", "f8")
        await hands.agree()
        assert now_at(walk, LI_NA) == ("李部张", ("13800000001", "13912342280"))
        assert hands.keys <= 13


async def test_a_complaint_with_two_ids(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        walk.sandbox.colleague.remove(ZHANG, LI_JIANGUO)
        walk.sandbox.colleague.remove(LI_NA, LI_JIANGUO)
        hands = Hands(walk)
        await hands.press("f")
        await hands.paste(f"2026-11-22 errcode=84061 userid={ZHANG} external_userid={LI_JIANGUO} not external contact")
        await hands.press("enter")
        await walk.until(lambda: isinstance(walk.app.screen, WhyDialog))
        assert "84061" in walk.words
        assert hands.keys == 3


async def test_a_customer_who_is_said_to_have_disappeared(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        arrive_for(walk, await known_li(walk), "del_follow_user")
        hands = Hands(walk)
        await hands.press(*FIND_LI, "t")
        assert isinstance(walk.app.screen, TimelineDialog)
        assert "customer left" in walk.words
        assert hands.keys == 6


async def test_a_welcome_that_was_not_sent(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        arrive_for(walk, await known_li(walk), "add_external_contact", State="expo2024")
        hands = Hands(walk)
        await hands.press(*FIND_LI, "t")
        assert "no welcome code" in walk.words
        assert hands.keys == 6


async def test_duplicates(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        hands = Hands(walk)
        await hands.press(*FIND_LI, "d")
        assert "WeCom cannot merge" in walk.words
        assert hands.keys == 6
        await walk.press("escape", "escape", "escape")
        hands = Hands(walk)
        await hands.press("f", *"dup:phone")
        assert hands.keys <= 11


async def test_who_changed_it_and_put_it_back(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        await walk.press(*FIND_LI, "e", "backspace", "长", "f8")
        await Hands(walk).agree()
        right_after = Hands(walk)
        await right_after.press("u")
        await right_after.agree()
        assert now_at(walk, ZHANG)[0] == "李部张"
        assert right_after.keys == 3
        await walk.press("escape", "escape")
        later = Hands(walk)
        await later.press(*FIND_LI, "t")
        newest = rows_of(walk.app.screen.table) if isinstance(walk.app.screen, TimelineDialog) else []
        downs = [row[1] for row in newest].index("own write")
        await later.press(*["down"] * downs, "u")
        await later.agree()
        assert now_at(walk, ZHANG)[0] == "李部长"
        assert later.keys <= 9 + downs


async def test_a_unionid_that_is_missing(open_app: OpenApp) -> None:
    async with open_app(LOW, profile="禾木代开发") as walk:
        hands = Hands(walk)
        await hands.press(*FIND_LI)
        assert "not given to this kind of app" in walk.fields()["unionid"]
        assert hands.keys == 5
