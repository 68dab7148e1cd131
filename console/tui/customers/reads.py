"""What pane 1 asks WeCom for: each read runs off the widgets and tells the pane in messages.

Whatever a read meets is told as `Failed`, also what nobody expected: else its list would read for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import TypeVar

from textual.widget import Widget

from console.operations import browse, contacts, detail, names, tags
from console.operations.results import Failed, Loaded
from console.session import CANNOT_OPEN, Session
from console.tui.messages import (
    ContactsAnswered,
    CustomersAnswered,
    DetailAnswered,
    FollowersAnswered,
    FollowersLearned,
)
from console.wecom.errors import WeComFailure
from console.wecom.ids import as_external_userid

Answer = TypeVar("Answer")

LEARN_AT_ONCE = 20


async def read_followers(pane: Widget, session: Session) -> None:
    """Read the followers (C5)."""
    try:
        outcome = await browse.read_followers(await session.client(), session.records)
    except Exception as failure:
        outcome = Failed(failure)
    pane.post_message(FollowersAnswered(session, outcome))


async def read_customers(pane: Widget, session: Session, userid: str) -> None:
    """Read one follower's customers (C1, C3); a message for each stored page."""
    try:
        client = await session.client()
        async with aclosing(browse.read_customers(client, session.records, userid)) as outcomes:
            async for outcome in outcomes:
                pane.post_message(CustomersAnswered(session, userid, outcome))
    except Exception as failure:
        pane.post_message(CustomersAnswered(session, userid, Failed(failure)))


async def read_detail(pane: Widget, session: Session, external_userid: str) -> None:
    """Read one customer (C2, all pages)."""
    try:
        asked = as_external_userid(external_userid)
        client = await session.client()
        async with aclosing(detail.read_detail(client, session.records, asked)) as outcomes:
            async for outcome in outcomes:
                pane.post_message(DetailAnswered(session, external_userid, outcome))
                if isinstance(outcome, Loaded):
                    await _painted(pane)  # first the screen, then the disk: they would slow each other
    except Exception as failure:
        pane.post_message(DetailAnswered(session, external_userid, Failed(failure)))


async def read_contacts(pane: Widget, session: Session, userid: str | None) -> None:
    """Read the served contacts."""
    try:
        client = await session.client()
        read = contacts.read_contacts(client, session.records, session.profile, userid)
        async with aclosing(read) as outcomes:
            async for outcome in outcomes:
                pane.post_message(ContactsAnswered(session, outcome))
    except Exception as failure:
        pane.post_message(ContactsAnswered(session, Failed(failure)))


async def learn(pane: Widget, session: Session) -> None:
    """Learn, in the background, what tags and followers are called and how many customers each has.

    Failures are silent here: a name or a count that is not known is shown as not known.
    """
    try:
        client = await session.client()
        await tags.read_tags(client, session.records)
        rows = session.records.followers.rows()
        nameless = [row.userid for row in rows if not row.name]
        await _tell(pane, session, names.learn_names(client, session.records, nameless), len(nameless))
        uncounted = [row.userid for row in rows if row.count is None and row.read_at is None]
        counts = browse.read_counts(client, session.records, uncounted)
        await _tell(pane, session, counts, len(uncounted))
    except (*CANNOT_OPEN, WeComFailure):
        return


async def _painted(pane: Widget) -> None:
    """Return when the screen shows what was posted before; at once where nothing is drawn any more."""
    painted = asyncio.Event()
    if pane.call_after_refresh(painted.set):
        await painted.wait()


async def _tell(pane: Widget, session: Session, learned: AsyncIterator[Answer], count: int) -> None:
    left = count
    async for _userid in learned:
        left -= 1
        if left % LEARN_AT_ONCE == 0:
            pane.post_message(FollowersLearned(session, left))
    pane.post_message(FollowersLearned(session, 0))
