"""One comes back the way one came."""

from __future__ import annotations

import pytest

from console.tui import app
from console.tui.switching import open_profile
from tests.tui.arrivals import arrive_for
from tests.tui.conftest import DELEGATED, LOW, OpenApp
from tests.tui.test_feed import known


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody works on the events."""
    monkeypatch.setattr(app, "LOAD_AFTER_SECONDS", 3600.0)


async def test_escape_leads_back_to_the_event_that_a_customer_was_opened_from(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        li = await known(walk, "李部张")
        arrive_for(walk, li, "edit_external_contact")
        await walk.press("2", "enter")
        assert walk.app.panes.current == 1
        assert walk.fields()["customer ID"] == li.external_userid
        await walk.press("escape")
        assert walk.app.panes.current == 2
        await walk.press("1", "escape", "escape", "enter", "enter", "escape")
        assert walk.app.panes.current == 1, "a customer that was opened here leads nowhere else"


async def test_a_pane_that_was_hidden_at_a_change_of_profile_takes_the_keys_when_it_is_shown(open_app: OpenApp) -> None:
    async with open_app(LOW) as walk:
        await walk.press("3")
        await open_profile(walk.app, DELEGATED)
        await walk.settle()
        assert walk.place == "mappings-table", "nothing is missing in the form, so that no key spoils it"
        await walk.press("1")
        assert walk.place == "customers-table"
        await walk.press("down")
        assert "row 2 of" in walk.status
