"""A store on a real file, and two ways to write what WeCom answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.store import Records, Store


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = Store.open(tmp_path / "data" / "store.db", clock=clock, busy_timeout=0.05)
    yield opened
    opened.close()


@pytest.fixture
def records(store: Store) -> Records:
    return store.profile("main", "ww1", "self-built")
