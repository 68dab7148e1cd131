"""Why a feed is empty: nobody listens here, somebody does elsewhere, or nothing has come since some time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from console.language import _
from console.operations.wording import age_words, time_words
from console.store.receivers import Receiving
from console.text import safe_text


def why_empty(receiving: Receiving, now: float, zone: tzinfo | None) -> Sequence[str]:
    """Sentences in the operator's language."""
    if receiving.listening:
        run = receiving.listening[0]
        return (
            _("Nothing has come yet. {receiver} has been listening at {address} since {time}.").format(
                receiver=safe_text(run.receiver),
                address=safe_text(run.address),
                time=time_words(run.started_at, zone, now),
            ),
            _("Does WeCom know the address? Pane 6 shows each verification request as it arrives."),
        )
    last = receiving.last_run
    if last is not None and receiving.silent_since is not None:
        return (
            _("Nobody is listening now. The last one, {receiver} at {address}, ended {age}.").format(
                receiver=safe_text(last.receiver),
                address=safe_text(last.address),
                age=age_words(now - receiving.silent_since),
            ),
            _("o starts the receiver here; wecom-console receive does it without a screen."),
        )
    return (
        _("Nobody has ever received events on this computer for this profile: a company has one callback address."),
        _("If they are received elsewhere, read them there: ssh HOST wecom-console events follow."),
        _("Else o starts the receiver here. Pane 6 shows the way from the admin console to it, step by step."),
    )
