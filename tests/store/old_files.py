"""Store files as consoles of before left them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from console.store import Store
from console.store.migrating import migrations_in

_ROWS = """
    INSERT INTO profiles (id, name, corp_id, app_type) VALUES (1, 'main', 'ww1', 'self-built');
    INSERT INTO followers (id, profile_id, userid_key, userid) VALUES (1, 1, 'zhangwei', 'zhangwei');
    INSERT INTO customers (profile_id, external_userid, name, type, contact_c2, contact_c3, c2_at, c3_at, c2_read)
    VALUES (1, 'wo1', '李建国', 1, '{"name":"旧","position":"采购"}', '{"name":"李建国"}', 1, 2, 1);
    INSERT INTO relations (id, profile_id, follower_id, external_userid, state, seen_at, c3_at, name, remark)
    VALUES (1, 1, 1, 'wo1', 0, 2, 2, '李建国', '李部长');
    INSERT INTO relation_documents (relation_id, profile_id, follow_info) VALUES (1, 1, '{"remark":"李部长"}');
"""


def old_file(path: Path, version: int = 1) -> Path:
    """A file of one of the versions before the sixth, with zhangwei's customer wo1 in profile main of ww1."""
    Store.open(path, migrations=migrations_in()[:version]).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_ROWS)
    return path


def relations_in(path: Path) -> int:
    """How many relations a file holds, whatever its version."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM relations").fetchone()[0])
