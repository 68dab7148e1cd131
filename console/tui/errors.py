"""What went wrong, told in header and status line, and in full when it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from console.language import _
from console.session import SecretMissing
from console.tui.asking import ask_once
from console.tui.frame.header import ApiState
from console.tui.switching import is_gone, look_again

if TYPE_CHECKING:
    from console.operations.error_words import Explanation
    from console.tui.app import ConsoleApp
    from console.tui.dialogs.reader import Reader
    from console.tui.messages import Answered


def tell_answer(app: ConsoleApp, event: Answered) -> None:
    """Header and status line tell how the last call to WeCom went."""
    from console.tui.faults import explained, is_of_everything

    pasted, app.pasted_id = (app.pasted_id, None) if event.what == f"detail {app.pasted_id}" else (None, app.pasted_id)
    app.header.api = ApiState.FAILED if is_of_everything(event.failure) else ApiState.READY
    if event.failure is None:
        app.status.solve(event.what)
    else:
        explanation = explained(event.failure, app.session.profile.app_type)
        if pasted is not None and opened_for(app, event.failure, pasted, explanation.support):
            return
        what = f"{event.about} {explanation.what}".strip()
        app.status.add_error(event.what, replace(explanation, what=what), event.failure)
        if isinstance(event.failure, SecretMissing):
            look_again(app)
            if is_gone(app):  # and the secret went with it
                app.status.solve(event.what)
                return
        ask_once(app, event.failure, what)


def show_last(app: ConsoleApp) -> None:
    """The oldest unseen error in full; where there is evidence for why it is so, that."""
    taken = app.status.take_error()
    if taken is None and app.desk.last.has_more_to_say:
        app.desk.open_result()
    elif taken is None:
        app.say(_("There is no error to show."))
    else:
        key, explanation, failure = taken
        what, _blank, customer = key.partition(" ")
        if what != "detail" or not opened_for(app, failure, customer, explanation.support):
            app.show_explanation(explanation)


def opened_for(app: ConsoleApp, failure: Exception | None, external_userid: str, support: str = "") -> bool:
    """Show why a customer could not be read, where there is an answer to that; whether there is."""
    from console.tui.why import asked

    detail = app.pane.detail
    userid = detail.userid if detail.external_userid == external_userid else None
    return asked.opened_for(app, failure, external_userid, userid, support)


def tell_own_keys(app: ConsoleApp) -> None:
    """What is wrong with the operator's own keys stands in the status line until it is seen."""
    if app.session.settings.keys:
        from console.operations.explain import explain
        from console.tui.own_keys import mistakes

        for mistake in mistakes(app.session.settings):
            app.status.add_error(f"{mistake.key} {mistake.message}", explain(mistake))


def in_full(explanation: Explanation) -> Reader:
    """What happened, why, what to do, whom to ask, and what support wants to know."""
    from console.tui.dialogs.reader import Reader

    again = _("Trying again can help.") if explanation.again else _("Trying again does not help.")
    whom = _("Ask: {whom}").format(whom=explanation.whom) if explanation.whom else ""
    parts = (explanation.why, explanation.todo, whom, again, explanation.support)
    return Reader(explanation.what, [line for part in parts if part for line in (part, "")])
