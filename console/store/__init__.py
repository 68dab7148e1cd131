"""What the console remembers, in one SQLite file: all SQL of the program is here."""

from __future__ import annotations

from console.store.errors import (
    StoreClosed,
    StoreCorrupt,
    StoreFailure,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
    StoreUnavailable,
)
from console.store.records import Records, Store

__all__ = [
    "Records",
    "Store",
    "StoreClosed",
    "StoreCorrupt",
    "StoreFailure",
    "StoreFull",
    "StoreLocked",
    "StoreReadOnly",
    "StoreTooNew",
    "StoreUnavailable",
]
