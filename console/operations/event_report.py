"""One row of the feed in full: in words, what was done, and as it came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from console.language import _
from console.operations.effects.words import effect_lines
from console.operations.event_export import event_cells
from console.settings import AppType
from console.store import Records
from console.store.event_rows import EventRow, FeedRow, StoredRequest
from console.text import safe_lines, safe_text


def event_report(
    row: FeedRow,
    stored: StoredRequest | None,
    records: Records,
    name_of: Callable[[str], str],
    app_type: AppType,
    zone: tzinfo | None,
) -> list[str]:
    """Lines of safe text, nothing in them masked."""
    cells = event_cells(row, records, name_of, zone)
    lines = [f"#{row.id}  " + "  ".join(filter(None, cells[:5])), *filter(None, ["  ".join(filter(None, cells[6:]))])]
    if isinstance(row, EventRow):
        lines += ["", _("effects")]
        done = effect_lines(row, zone=zone, name_of=name_of, app_type=app_type, masked=False)
        lines += [f"  {line}" for line in done]
        lines += ["", _("as it came, decrypted"), *(f"  {line}" for line in safe_lines(row.event.message))]
    if stored is not None:
        lines += ["", _("the request"), *(f"  {line}" for line in _request_lines(stored))]
    return lines


def raw_document(row: FeedRow, stored: StoredRequest | None) -> dict[str, object]:
    """The message and the request that brought it, for `--json`."""
    found: dict[str, object] = {"message": row.event.message} if isinstance(row, EventRow) else {}
    if stored is not None:
        request = stored.request
        found["request"] = {
            "method": request.method,
            "peer": request.peer,
            "query": request.query,
            "headers": [list(pair) for pair in request.headers],
            "body": request.body.decode("utf-8", "replace"),
            "size": stored.size,
        }
    return found


def _request_lines(stored: StoredRequest) -> list[str]:
    request = stored.request
    kept = len(request.body)
    lines = [f"{safe_text(request.method)} ?{safe_text(request.query)}", *_headers(request.headers)]
    lines += safe_lines(request.body.decode("utf-8", "replace"))
    if kept < stored.size:
        lines.append(_("(the first {kept} of {size} bytes are kept)").format(kept=kept, size=stored.size))
    return lines


def _headers(headers: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"{safe_text(name)}: {safe_text(value)}" for name, value in headers]
