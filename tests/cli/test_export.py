"""`export` in a process of its own: what it says, what it refuses, and the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Console


@pytest.fixture
def synced(connected: Console) -> Console:
    """A store that knows everybody."""
    connected("sync")
    return connected


def test_the_found_customers_are_in_the_file_and_counted(synced: Console, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    ended = synced("export", str(file), "--search", "follower:zhangwei", "--json")

    assert ended.code == 0
    assert ended.document == {"file": str(file), "relations": len(file.read_text("utf-8").splitlines())}


def test_a_file_that_is_there_is_left_alone_unless_it_is_to_be_replaced(synced: Console, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("mine", encoding="utf-8")
    refused = synced("export", str(file))
    assert refused.code == 1
    assert "--force" in refused.err
    assert file.read_text(encoding="utf-8") == "mine"
    assert synced("export", str(file), "--force").code == 0
    assert "follower" in file.read_text("utf-8-sig")


def test_another_ending_is_refused_before_anything_is_read(connected: Console, tmp_path: Path) -> None:
    ended = connected("export", str(tmp_path / "a.pdf"))

    assert ended.code == 2
    assert ".xlsx" in ended.err
