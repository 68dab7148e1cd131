"""Writes as the desk wants them: every way to fail is an outcome."""

from __future__ import annotations

from collections.abc import AsyncIterator

from console.operations.remark import recover as recovering
from console.operations.remark.look_again import read_back_again
from console.operations.remark.outcome import Outcome, Verdict, WhyNotWritten
from console.operations.remark.recover import Recovered, StillOpen, left_behind
from console.operations.remark.write import READ_BACK_DELAYS, Author, Step, Written, write_remark
from console.session import CANNOT_OPEN, Session
from console.tui.remark.standing import Reviewed

DELAYS = READ_BACK_DELAYS
"""Seconds before each try of reading back."""


async def write(session: Session, operator: str, reviewed: Reviewed) -> AsyncIterator[Step | Written]:
    """Write a plan: each step as it begins, then how it ended."""
    try:
        client = await session.client()
    except CANNOT_OPEN as failure:
        yield Outcome(Verdict.NOT_WRITTEN, reviewed.plan, None, WhyNotWritten.NOT_READ, failure)
        return
    author = Author(client, session.records, session.profile, operator, delays=DELAYS)
    async for one in write_remark(author, reviewed.plan, undo_of=reviewed.undo_of):
        yield one


async def look_again(session: Session, outcome: Outcome) -> Outcome:
    """Read back once more what was not seen."""
    try:
        client = await session.client()
    except CANNOT_OPEN:
        return outcome
    return await read_back_again(client, session.records, session.profile.app_type, outcome)


async def recover(session: Session) -> AsyncIterator[Recovered | StillOpen]:
    """What became of writes that broke off; WeCom is asked only if there are any."""
    if not left_behind(session.records):
        return
    try:
        client = await session.client()
    except CANNOT_OPEN:
        return
    async for found in recovering.recover(client, session.records, session.profile.app_type):
        yield found
