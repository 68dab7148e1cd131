"""A sync in words: how far it is, how it ended, whom it could not read and what it found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from console.language import N_, _, joined, ngettext
from console.operations.error_words import sentences
from console.operations.explain import explain
from console.operations.sync.holder import holder_of
from console.operations.sync.progress import FollowerState, Progress
from console.operations.sync.results import (
    Complete,
    Incomplete,
    NotRead,
    RunsElsewhere,
    StoppedEarly,
    Summary,
    SyncResult,
)
from console.operations.wording import count_words
from console.settings import AppType
from console.store.sync_changes import Kind
from console.store.syncs import Sync
from console.wecom.errors import WeComError

STATES = {
    FollowerState.WAITING: N_("waiting"),
    FollowerState.READING: N_("being read"),
    FollowerState.DONE: N_("done"),
    FollowerState.FAILED: N_("failed"),
}
_CHANGES = {Kind.NEW: N_("new"), Kind.GONE: N_("disappeared"), Kind.CHANGED: N_("changed"), Kind.MOVED: N_("moved")}
_MINUTE, _HOUR = 60, 3600


def state_words(state: FollowerState) -> str:
    """What has become of a follower, in a word."""
    return _(STATES[state])


def duration_words(seconds: float) -> str:
    """A length of time: `12 s`, `3 min 20 s`, `1 h 5 min`."""
    whole = max(0, round(seconds))
    if whole < _MINUTE:
        return _("{n} s").format(n=whole)
    if whole < _HOUR:
        return _("{m} min {s} s").format(m=whole // _MINUTE, s=whole % _MINUTE)
    return _("{h} h {m} min").format(h=whole // _HOUR, m=whole % _HOUR // _MINUTE)


def progress_words(progress: Progress) -> str:
    """How far it is, on one line."""
    if not progress.followers:
        return _("reading the followers")
    parts = [
        _("{done} of {n} followers").format(
            done=count_words(progress.done + progress.failed), n=count_words(progress.followers)
        ),
        _("{n} relations").format(n=count_words(progress.relations + progress.before)),
        _("{n} requests a second").format(n=round(progress.per_second)),
        _("{n} in flight").format(n=progress.in_flight),
        pace_words(progress),
    ]
    return joined(part for part in parts if part)


def pace_words(progress: Progress) -> str:
    """Why it is not at full speed, else how long it still takes."""
    if progress.paused:
        return _("paused")
    if progress.closed_for > 0:
        return _("WeCom's limit is reached (45009), it goes on in {time}").format(
            time=duration_words(progress.closed_for)
        )
    if progress.seconds_left is None:
        return ""
    return _("{time} left").format(time=duration_words(progress.seconds_left))


def result_words(result: SyncResult) -> str:
    """How it ended, in a sentence."""
    match result:
        case Complete(summary):
            return _("Complete: {what}.").format(what=_what(summary))
        case Incomplete(summary):
            n = len(summary.failed)
            some = ngettext(
                "{n} follower could not be read and keeps the customers that were known",
                "{n} followers could not be read and keep the customers that were known",
                n,
            )
            return _("Incomplete: {what}; {some}.").format(what=_what(summary), some=some.format(n=n))
        case StoppedEarly(summary, None):
            return _("Stopped: {what}. The next sync goes on from here.").format(what=_what(summary))
        case StoppedEarly(summary, _failure):
            return _("Ended early: {what}. The next sync goes on from here.").format(what=_what(summary))
        case RunsElsewhere(sync):
            return elsewhere_words(sync)


def elsewhere_words(sync: Sync) -> str:
    """Who else syncs this profile now."""
    holder = holder_of(sync.holder)
    if holder.process is None:
        return _("Another console syncs this profile now.")
    return _("{program} syncs this profile now (process {process} on {computer}).").format(
        program="wecom-console" if holder.what == "app" else f"wecom-console {holder.what}",
        process=holder.process,
        computer=holder.computer,
    )


def changes_words(changes: Mapping[Kind, int]) -> str:
    """What a sync found to be otherwise than it was known."""
    found = [f"{_(_CHANGES[kind])} {count_words(changes[kind])}" for kind in Kind if changes.get(kind)]
    return joined(found) if found else _("nothing has changed")


def failure_words(failed: Iterable[NotRead], app_type: AppType | None) -> list[tuple[str, str, list[str]]]:
    """Why followers could not be read: each reason with what to do about it ("": ask again) and whom it concerns."""
    reasons: defaultdict[int | None, list[str]] = defaultdict(list)
    for one in failed:
        reasons[one.errcode].append(one.userid)
    return [
        (reason_words(errcode, app_type), _todo_words(errcode, app_type), userids)
        for errcode, userids in reasons.items()
    ]


def reason_words(errcode: int | None, app_type: AppType | None) -> str:
    """Why a follower could not be read."""
    if errcode is None:
        return _("no usable answer")
    return explain(WeComError(errcode), app_type=app_type).what


def _todo_words(errcode: int | None, app_type: AppType | None) -> str:
    if errcode is None:
        return ""
    explained = explain(WeComError(errcode), app_type=app_type)
    whom = _("Ask: {whom}").format(whom=explained.whom) if explained.whom else ""
    return sentences(explained.todo, whom)


def _what(summary: Summary) -> str:
    n = summary.done
    who = ngettext("{n} follower read", "{n} followers read", n).format(n=count_words(n))
    return _("{who}, {relations} relations, {requests} requests in {time}").format(
        who=who,
        relations=count_words(summary.relations),
        requests=count_words(summary.requests),
        time=duration_words(summary.seconds),
    )
