"""The third tab of an event: the message as it was decrypted, then the request that brought it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.language import _
from console.session import Session
from console.store.event_rows import EventRow, FeedRow, StoredRequest
from console.text import mask_phone, safe_lines, safe_text
from console.tui.feed.told import Told

_PHONE = re.compile(r"(?<![0-9A-Za-z_-])1\d{10}(?![0-9A-Za-z_-])")


def raw(session: Session, row: FeedRow, *, masked: bool) -> Iterator[Told]:
    """Its lines. Ids and times are whole also where phone numbers are hidden."""
    if isinstance(row, EventRow):
        yield Told(_("decrypted"), is_title=True)
        for line in safe_lines(row.event.message):
            yield Told(value=_without_phones(line) if masked else line)
    stored = session.records.events.request(row.id)
    if stored is None:
        yield Told(value=_("No request belongs to this row."))
    else:
        yield from _request(stored)


def _request(stored: StoredRequest) -> Iterator[Told]:
    request = stored.request
    yield Told(_("as it came"), is_title=True)
    yield Told(value=safe_text(f"{request.method} ?{request.query}"))
    for line in safe_lines(request.body.decode("utf-8", "replace")):
        yield Told(value=line)
    if stored.size > len(request.body):
        yield Told(value=_("({n} of {total} bytes were kept)").format(n=len(request.body), total=stored.size))
    yield Told(_("headers"), is_title=True)
    yield Told(_("sender"), safe_text(request.peer))
    for name, value in request.headers:
        yield Told(value=safe_text(f"{name}: {value}"))


def _without_phones(line: str) -> str:
    return _PHONE.sub(lambda found: mask_phone(found.group()), line)
