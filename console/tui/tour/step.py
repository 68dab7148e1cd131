"""What a step of a tour or an exercise is: what to say in each state of the screen, and what completes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.store.audit import AuditEntry
    from console.store.relations import RelationRow
    from console.tui.app import ConsoleApp

Look = Callable[["Here"], bool]
Arrange = Callable[["Here"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Step:
    """`words` say what to do next, by what is on the screen; `during` runs at each look; `done` ends the step.

    Only facts of the screen and the store complete a step, so that no wrong key does.
    """

    title: str
    words: Callable[[Here], str]
    done: Look
    during: Arrange | None = None


@dataclass(slots=True)
class Here:
    """The app as steps look at it, and what was noted since the step began."""

    app: ConsoleApp
    began_writes: int = 0
    notes: dict[str, float] = field(default_factory=dict)

    def person(self, name: str, userid: str) -> RelationRow | None:
        """The relation of a follower with a customer of this name; None while it is not known."""
        from console.store.relations import RelationQuery

        relations = self.app.session.records.relations
        found = relations.window(relations.select_now(RelationQuery(userid, "")))
        return next((row for row in found if row.name == name), None)

    @property
    def dialog(self) -> str:
        """The class of the dialog on top; empty for none."""
        screen = self.app.screen
        return type(screen).__name__ if len(self.app.screen_stack) > 1 else ""

    @property
    def newest_write(self) -> AuditEntry | None:
        """The newest entry of the record."""
        from console.store.audit import AuditQuery

        audit = self.app.session.records.audit
        ids = audit.select(AuditQuery())
        return audit.one(ids[0]) if ids else None

    @property
    def writes(self) -> int:
        """How many entries the record has."""
        from console.store.audit import AuditQuery

        return len(self.app.session.records.audit.select(AuditQuery()))

    async def cue(self, what: str, **asked: object) -> bool:
        """Have something happen in the invented company; whether it did."""
        cue = self.app.session.cue
        return cue is not None and await cue(what, asked)
