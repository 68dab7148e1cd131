"""What was chosen last is there at the next start, each profile by itself."""

from __future__ import annotations

from pathlib import Path

from console.store import Store
from console.store.remembered import Choice


def test_a_choice_is_there_after_the_store_was_closed(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.db")
    records = store.profile("acme", "ww1", "self-built")
    records.remembered.put(Choice.FOLLOWER, "zhangwei").wait()
    records.remembered.put(Choice.FOLLOWER, "lina").wait()
    store.close()

    again = Store.open(tmp_path / "store.db")
    assert again.profile("acme", "ww1", "self-built").remembered.get(Choice.FOLLOWER) == "lina"
    again.close()


def test_a_choice_belongs_to_one_profile(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.db")
    store.profile("acme", "ww1", "self-built").remembered.put(Choice.CUSTOMER, "wo1").wait()
    assert store.profile("acme", "ww1", "delegated").remembered.get(Choice.CUSTOMER) == ""
    store.close()
