"""Before a form or a session is left: no text is lost, no write broken off, no receiver stopped without a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from console.language import _, ngettext

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp
    from console.tui.dialogs.question import Question

LEAVING = "leaving"


@runtime_checkable
class HoldsText(Protocol):
    """A dialog in which something may stand that is nowhere else."""

    @property
    def has_unsaved(self) -> bool: ...


def asks_first(app: ConsoleApp, then: Callable[[], object], *, session: bool = False) -> bool:
    """Ask before `then` where text would be lost; whether it asks. `session`: all is left, not only the dialogs."""
    question = _question(
        _at_risk(app, session), ends_receiving=session and _receives(app), ends_sync=session and _syncs(app)
    )
    if app.screen.id == LEAVING:
        return True
    if question is None:
        return False

    def answered(agreed: bool | None) -> None:
        if agreed:
            app.call_later(then)

    app.push_screen(question, answered)
    return True


async def may_leave(app: ConsoleApp) -> bool:
    """Whether this session may be left, asked where text would be lost; for a worker."""
    if app.desk.is_writing:
        app.say(_("A remark is being written; try again when it is read back."))
        return False
    question = _question(_at_risk(app, session=True), ends_receiving=_receives(app), ends_sync=_syncs(app))
    if question is None:
        return True
    agreed: bool | None = await app.push_screen_wait(question)
    return bool(agreed)


def quit_after_write(app: ConsoleApp) -> bool:
    """Have the app quit once the write that is under way is read back; False when there is none, or it is insisted."""
    if not app.desk.is_writing or app.desk.then is not None:
        return False
    app.desk.then = lambda: app.call_later(app.action_quit)
    app.status.show_result(_("A remark is being written: quits when it is read back. q again quits now."))
    return True


def _at_risk(app: ConsoleApp, session: bool) -> int:
    forms = sum(1 for screen in app.screen_stack if isinstance(screen, HoldsText) and screen.has_unsaved)
    return forms + (len(app.desk.drafts) if session else 0)


def _receives(app: ConsoleApp) -> bool:
    return app.lookout is not None and app.lookout.listens_for_real


def _syncs(app: ConsoleApp) -> bool:
    return any(worker.group == "sync" and not worker.is_finished for worker in app.workers)


def _question(count: int, *, ends_receiving: bool, ends_sync: bool) -> Question | None:
    """What would be lost; None for nothing."""
    from console.tui.dialogs.question import Question

    lines: list[str] = []
    if count:
        words = ngettext(
            "A form holds text that is not written. It is lost.",
            "{n} forms hold text that is not written. It is lost.",
            count,
        )
        lines.append(words.format(n=count))
    if ends_receiving:
        lines.append(_("The receiver listens here; events that come while nobody listens are lost."))
        lines.append(_("wecom-console receive goes on receiving without a screen."))
    if ends_sync:
        lines.append(_("A sync runs; it stops, and the next one goes on behind the last finished follower."))
    if not lines:
        return None
    title, yes = _("Leave the form?"), _("Throw it away")
    if not count:
        title, yes = _("Stop receiving?") if ends_receiving else _("Stop the sync?"), _("Stop and leave")
    question = Question(title, lines, yes=yes, no=_("Stay here"))
    question.id = LEAVING
    return question
