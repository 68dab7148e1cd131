"""When somebody listened at the callback address, and when nobody did: what no event can be taken for granted from."""

from __future__ import annotations

from dataclasses import dataclass

from console.store import Records


@dataclass(frozen=True, slots=True)
class Silence:
    """A time in which nobody listened; `until` None: nobody does now. Unix seconds."""

    since: float
    until: float | None


def silences(records: Records, since: float, until: float) -> list[Silence]:
    """The silences that touch this time, oldest first; the time before anybody ever listened is one."""
    first = records.receivers.first_start()
    if first is None:
        return [Silence(since, None)]
    found = [Silence(since, first)] if since < first else []
    found += [Silence(gap.since, gap.received_at) for gap in records.receivers.gaps(since, until)]
    silent_since = records.receivers.state().silent_since
    if silent_since is not None and silent_since <= until:
        found.append(Silence(silent_since, None))
    return found
