"""A store file goes forward by itself, with a copy kept beside, and never back."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from console.store import Store, StoreCorrupt, StoreTooNew
from console.store.migrating import Migration, migrations_in
from console.store.relations import RelationQuery
from tests.store.old_files import old_file, relations_in

NEWEST = migrations_in()[-1].number


def with_one_more(tmp_path: Path, sql: str) -> list[Migration]:
    file = tmp_path / f"{NEWEST + 1:04}_more.sql"
    file.write_text(sql, encoding="utf-8")
    return [*migrations_in(), Migration(NEWEST + 1, file)]


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def rows_in(store: Store) -> int:
    return store.profile("main", "ww1", "self-built").relations.count(RelationQuery())


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert [migration.number for migration in migrations_in()] == list(range(1, NEWEST + 1))


def test_a_new_file_has_the_newest_version_and_no_copy(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store.open(path).close()
    assert version_of(path) == NEWEST
    assert not list(tmp_path.glob("*.bak*"))


def test_the_first_version_goes_forward_with_its_rows_and_a_copy(tmp_path: Path) -> None:
    path = old_file(tmp_path / "store.db")
    steps = with_one_more(
        tmp_path, "CREATE TABLE extra (a TEXT DEFAULT ';');\n-- done\nINSERT INTO extra VALUES ('x');\n"
    )
    store = Store.open(path, migrations=steps)
    assert rows_in(store) == 1
    store.close()
    assert version_of(path) == NEWEST + 1

    copy = tmp_path / "store.db.v1.bak"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part*"))
    assert (version_of(copy), relations_in(copy)) == (1, 1)


async def test_what_the_first_version_knew_is_known_and_found(tmp_path: Path) -> None:
    store = Store.open(old_file(tmp_path / "store.db"))
    records = store.profile("main", "ww1", "self-built")
    [row_id] = await records.relations.select(RelationQuery(contains="lbz 建"))
    document = records.relations.document(row_id)
    assert (document.contact, document.follow_info) == ({"name": "李建国", "position": "采购"}, {"remark": "李部长"})
    detail = records.customers.detail("wo1")
    assert detail is not None
    assert detail.contact == {"name": "旧", "position": "采购"}
    store.close()


def test_a_step_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = old_file(tmp_path / "store.db")
    steps = with_one_more(tmp_path, "CREATE TABLE extra (a TEXT);\nINSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(Exception, match="nowhere"):
        Store.open(path, migrations=steps)
    assert (version_of(path), relations_in(path)) == (1, 1)


def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = old_file(tmp_path / "store.db")
    Store.open(path, migrations=with_one_more(tmp_path, "CREATE TABLE extra (a TEXT);\n")).close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew) as refused:
        Store.open(path)
    assert (refused.value.found, refused.value.known, refused.value.path) == (NEWEST + 1, NEWEST, path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    with pytest.raises(StoreCorrupt, match="another program"):
        Store.open(path)
