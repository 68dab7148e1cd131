"""A sync for programs: one object of progress a line, and a last one that says how it ended."""

from __future__ import annotations

from console.operations.sync.progress import Progress
from console.operations.sync.results import Complete, RunsElsewhere, SyncResult

Document = dict[str, object]


def progress_document(progress: Progress) -> Document:
    """Where a sync is; times in seconds, null where nobody can tell."""
    return {
        "followers": progress.followers,
        "done": progress.done,
        "failed": progress.failed,
        "relations": progress.relations + progress.before,
        "requests": progress.requests,
        "per_second": round(progress.per_second, 1),
        "in_flight": progress.in_flight,
        "seconds": round(progress.seconds, 1),
        "seconds_left": None if progress.seconds_left is None else round(progress.seconds_left, 1),
        "closed_for": round(progress.closed_for, 1),
    }


def result_document(result: SyncResult) -> Document:
    """How a sync ended: `complete`, `relations`, `failed`, and what it found."""
    if isinstance(result, RunsElsewhere):
        return {"complete": False, "relations": 0, "failed": [], "runs_elsewhere": result.sync.holder}
    summary = result.summary
    return {
        "complete": isinstance(result, Complete),
        "relations": summary.relations,
        "failed": [{"userid": one.userid, "errcode": one.errcode, "reason": one.reason} for one in summary.failed],
        "followers": summary.followers,
        "done": summary.done,
        "requests": summary.requests,
        "seconds": round(summary.seconds, 1),
        "changes": {kind.value: count for kind, count in summary.changes.items()},
        "gone_on_with": summary.gone_on_with,
    }
