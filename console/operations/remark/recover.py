"""After a crash: writes whose ending was never noted, told apart by reading back what is there now."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.operations.remark.guard import RelationRead, read_relation
from console.operations.remark.outcome import Verdict, surely_refused, verdict_of
from console.operations.remark.proof import prove
from console.operations.remark.values import RemarkField, RemarkValues
from console.operations.results import Failed
from console.settings import AppType
from console.store import Records, StoreFailure
from console.store.audit import AuditEntry
from console.wecom.errors import WeComError

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

LONGEST_WRITE: Final = 600.0
"""Seconds after which an entry without an ending is no write under way any more, whatever its process does."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """An entry whose ending is noted now."""

    entry: AuditEntry
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class StillOpen:
    """An entry that could not be read back for now; the next start tries again."""

    entry: AuditEntry
    failure: Exception


def process_lives(process: int) -> bool:
    """Whether a process of this number runs on this machine."""
    if process == os.getpid():
        return True
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, process)  # may query, nothing else
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def left_behind(records: Records, *, lives: Callable[[int], bool] = process_lives) -> list[AuditEntry]:
    """The entries without an ending that nobody is at work on; another console's own writes are left to it."""
    now = records.clock()
    return [
        entry
        for entry in records.audit.unfinished()
        if now - entry.at > LONGEST_WRITE or not lives(entry.draft.process)
    ]


async def recover(
    client: WeComClient, records: Records, app_type: AppType, *, lives: Callable[[int], bool] = process_lives
) -> AsyncGenerator[Recovered | StillOpen]:
    """Read back each write that a crash left without an ending, and note how it ended. Nothing is ever written again.

    Follows WeCom document 92114.
    """
    for entry in left_behind(records, lives=lives):
        seen: RemarkValues | None = None
        verdict = Verdict.NOT_WRITTEN
        if entry.errcode is None or not surely_refused(entry.errcode):
            draft = entry.draft
            read = await read_relation(client, records, draft.external_userid, draft.userid, app_type)
            if isinstance(read, Failed) and not isinstance(read.failure, WeComError):
                yield StillOpen(entry, read.failure)
                continue
            seen = read.now.values if isinstance(read, RelationRead) else None
            verdict = _verdict(entry, seen)
        try:
            await records.audit.finish(entry.id, verdict.value, seen.document() if seen else None)
        except StoreFailure as failure:
            yield StillOpen(entry, failure)
        else:
            yield Recovered(entry, verdict)


def _verdict(entry: AuditEntry, seen: RemarkValues | None) -> Verdict:
    accepted = entry.errcode == 0
    if seen is None:
        return verdict_of(accepted, ())
    before, after = (RemarkValues.from_document(side) for side in (entry.draft.before, entry.draft.after))
    return verdict_of(accepted, [prove(map(RemarkField, entry.draft.fields), before, after, seen)])
