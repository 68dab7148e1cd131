"""How a sync ended: complete, incomplete, stopped before its end, or not begun since another console is at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.store.sync_changes import Kind
from console.store.syncs import Sync


@dataclass(frozen=True, slots=True)
class NotRead:
    """A follower that could not be read: the errcode, if WeCom gave one, and the reason as the store keeps it."""

    userid: str
    errcode: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a sync did: `relations` are of the followers that are `done`, `changes` how many of each kind it found.

    `followers` and `done` count those of an earlier run that it went on with too; `requests` and `seconds` do not.
    """

    sync_id: int
    whole: bool
    followers: int
    done: int
    relations: int
    requests: int
    seconds: float
    failed: tuple[NotRead, ...]
    changes: Mapping[Kind, int]
    gone_on_with: bool


@dataclass(frozen=True, slots=True)
class Complete:
    """All followers were read."""

    summary: Summary


@dataclass(frozen=True, slots=True)
class Incomplete:
    """All followers were asked for; some could not be read, and keep the customers that were known."""

    summary: Summary


@dataclass(frozen=True, slots=True)
class StoppedEarly:
    """Stopped by the operator (no `failure`), or by what made going on useless; the next sync goes on from here."""

    summary: Summary
    failure: Exception | None


@dataclass(frozen=True, slots=True)
class RunsElsewhere:
    """Another console syncs this profile."""

    sync: Sync


SyncResult = Complete | Incomplete | StoppedEarly | RunsElsewhere
