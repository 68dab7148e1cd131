"""`store`: what is kept is counted, and what is taken out is gone from file and search."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Console


def info_of(console: Console) -> dict[str, object]:
    profiles = console("store", "info", "--json").document["profiles"]
    assert isinstance(profiles, list)
    [profile] = profiles
    assert isinstance(profile, dict)
    return profile


def test_info_counts_what_is_kept_and_says_that_it_is_private(connected: Console, tmp_path: Path) -> None:
    connected("sync")
    document = connected("store", "info", "--json").document

    assert document["mode"] == "600"
    assert Path(str(document["file"])).is_relative_to(tmp_path)
    known = info_of(connected)
    assert (known["profile"], known["in_settings"], known["followers"], known["relations"]) == ("acme", True, 8, 300)


def test_customers_that_were_taken_out_are_found_no_more_and_can_be_read_again(
    connected: Console, tmp_path: Path
) -> None:
    connected("sync")
    assert connected("store", "purge", "customers", "--yes").code == 0

    assert info_of(connected)["relations"] == 0
    assert connected("customers", "list", "--search", "ljg", "--json").lines == []
    store = next(tmp_path.rglob("*.db"))
    assert "李建国".encode() not in store.read_bytes()
    connected("sync")
    assert info_of(connected)["relations"] == 300
    assert len(connected("customers", "list", "--search", "ljg", "--json").lines) == 2


def test_all_of_a_removed_profile_can_still_be_taken_out(connected: Console) -> None:
    connected("sync")
    assert connected("profile", "remove", "acme").code == 0
    assert info_of(connected)["in_settings"] is False
    assert connected("store", "purge", "all", "--profile", "acme", "--yes").code == 0
    assert connected("store", "info", "--json").document["profiles"] == []


def test_nothing_is_taken_out_where_nobody_can_be_asked(connected: Console) -> None:
    connected("sync")
    refused = connected("store", "purge", "all")

    assert refused.code == 2
    assert info_of(connected)["relations"] == 300
    assert connected("store", "purge", "all", "--profile", "other", "--yes").code == 2
    assert connected("store", "purge", "customers", "--older-than", "3d", "--yes").code == 2
