"""The way of a new app through WeCom's admin console, in the one order that works, as far as one has come.

Where an app has no trusted domain, its 企业可信IP can be entered only after a callback URL was verified, and a URL
is verified the moment it is saved there: so Token and key are here first, then the receiver, then the URL, then
the address, and only then does the first read succeed. A 60020 before that is a step and no fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.language import _
from console.operations.checkup.admin_pages import ALLOWED_APPS
from console.operations.checkup.checks import Check, CheckState
from console.operations.error_words import sentences
from console.settings import AppType
from console.text import safe_text
from console.wecom import codes

_OUT_OF_RANGE = frozenset(
    {
        codes.NO_PRIVILEGE_TO_MEMBER,
        codes.NO_PRIVILEGE_TO_CONTACT,
        codes.OUT_OF_APP_SCOPE,
        codes.NO_PARTY_PRIVILEGE,
        codes.NO_EXTERNAL_CONTACT_RIGHT,
        codes.NOT_A_FOLLOWER,
    }
)


class StepState(StrEnum):
    """How far a step is: done, the one to do now, waiting for another, or not needed yet."""

    DONE = "done"
    NOW = "now"
    WAITING = "waiting"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the operator's language; `where` is the page on which it is done, `note` what is known of it."""

    id: str
    title: str
    state: StepState
    where: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """What the callback receiver knows; `arrivals` are safe lines about verification requests, the newest last.

    `address` is where it listens on this computer, or would.
    """

    listening: bool
    verified: bool
    arrivals: tuple[str, ...] = ()
    address: str = ""


def setup_steps(app_type: AppType, checks: Sequence[Check], receiver: Receiver | None = None) -> list[Step]:
    """All steps for this kind of app, given what a check-up found; without a `receiver` its steps stay for later."""
    known = _Known(checks, receiver)
    if app_type is AppType.SELF_BUILT:
        return [
            _visible_range(known),
            _allowed_apps(known),
            _secret(known),
            _callback_secrets(known),
            _receiver_on(known),
            _url_saved(known),
            _trusted_address(known),
            _first_read(known),
        ]
    return [
        _secret(known, _("Secrets of the provider's app are stored here")),
        _customer_rights(known),
        _provider_address(known),
        _first_read(known),
        _callback_secrets(known),
        _receiver_on(known),
    ]


def state_of_step(state: StepState) -> str:
    """A step's state in one word."""
    return {
        StepState.DONE: _("done"),
        StepState.NOW: _("now"),
        StepState.WAITING: _("waiting"),
        StepState.LATER: _("later"),
    }[state]


class _Known:
    """What a check-up's answers mean for the steps."""

    def __init__(self, checks: Sequence[Check], receiver: Receiver | None) -> None:
        self._checks = {check.id: check for check in checks}
        self.receiver = receiver
        self.signed_in = self._passed("gettoken")
        self.reads = self._passed("followers")
        self.refusal = self._checks["followers"].errcode if "followers" in self._checks else None
        self.callback_secrets = self._passed("callback-token") and self._passed("encoding-aes-key")
        self.let_in = self.reads or self.refusal not in (None, codes.IP_NOT_TRUSTED)
        self.refused_by_address = self.refusal == codes.IP_NOT_TRUSTED
        self.nobody_in_range = self.refusal in _OUT_OF_RANGE or (
            self.signed_in and self.answered("followers") and self.refusal is None and not self.reads
        )

    def _passed(self, check_id: str) -> bool:
        check = self._checks.get(check_id)
        return check is not None and check.state is CheckState.PASSED

    def answered(self, check_id: str) -> bool:
        """Whether a check was made and did not merely wait."""
        check = self._checks.get(check_id)
        return check is not None and check.state is not CheckState.NOT_CHECKABLE and not check.again

    def answer(self, check_id: str) -> str:
        """What came of a check; empty when it was not made."""
        check = self._checks.get(check_id)
        return check.answer if check else ""


def _visible_range(known: _Known) -> Step:
    title = _("A self-built app of its own, with the staff in its visible range")
    where = _("应用管理 > this app > 可见范围")
    if known.reads or known.refusal == codes.API_FORBIDDEN:
        return Step("range", title, StepState.DONE, where)
    if known.nobody_in_range:
        return Step("range", title, StepState.NOW, where, known.answer("followers"))
    note = _("Not the app of another CRM: its callback URL would be replaced. Seen from here once step 8 works.")
    return Step("range", title, StepState.WAITING, where, note)


def _allowed_apps(known: _Known) -> Step:
    title = _("The app is among 可调用应用 (allowed apps) of 客户联系")
    if known.reads:
        return Step("allowed", title, StepState.DONE, ALLOWED_APPS)
    if known.refusal == codes.API_FORBIDDEN:
        return Step("allowed", title, StepState.NOW, ALLOWED_APPS, known.answer("followers"))
    return Step("allowed", title, StepState.WAITING, ALLOWED_APPS, _("Seen from here once step 8 works."))


def _secret(known: _Known, title: str = "") -> Step:
    title = title or _("Corp ID and Secret are stored here, and belong together")
    if known.signed_in:
        return Step("secret", title, StepState.DONE)
    where = _("应用管理 > this app > Secret")
    return Step("secret", title, StepState.NOW, where, known.answer("gettoken"))


def _callback_secrets(known: _Known) -> Step:
    title = _("Token and EncodingAESKey are stored here, before the URL is saved there")
    where = _("应用管理 > this app > 接收消息 > API接收")
    if known.callback_secrets:
        note = _("Token and key have the right form (43 characters of A-Z, a-z, 0-9 for the key).")
        return Step("callback", title, StepState.DONE, where, note)
    note = _(
        "Have both made there, don't save yet, and store them: wecom-console secret set callback-token, then "
        "encoding-aes-key."
    )
    if known.reads:
        return Step("callback", title, StepState.LATER, where, sentences(_("Needed only to receive events."), note))
    state = StepState.NOW if known.refused_by_address else StepState.WAITING
    return Step("callback", title, state, where, note)


def _receiver_on(known: _Known) -> Step:
    title = _("The receiver is on, and the public address leads to it")
    if known.receiver is None:
        return Step("receiver", title, StepState.LATER, note=_how_to_receive())
    if known.receiver.listening:
        note = _("Listening at {address}; a reverse proxy or a tunnel leads there.")
        return Step("receiver", title, StepState.DONE, note=note.format(address=safe_text(known.receiver.address)))
    return Step(
        "receiver", title, StepState.NOW if known.callback_secrets else StepState.WAITING, note=_how_to_receive()
    )


def _how_to_receive() -> str:
    return _("o in pane 2 starts it; wecom-console receive does so without a screen.")


def _url_saved(known: _Known) -> Step:
    title = _("The URL is saved there; its verification request is shown here as it comes")
    where = _("应用管理 > this app > 接收消息 > API接收")
    if known.receiver is None:
        note = _("Comes after the receiver: saving asks the URL at once and wants an answer within a second.")
        return Step("url", title, StepState.LATER, where, note)
    if known.receiver.verified:
        return Step("url", title, StepState.DONE, where)
    note = "\n".join(known.receiver.arrivals) or _("No request has come yet.")
    return Step("url", title, StepState.NOW if known.receiver.listening else StepState.WAITING, where, note)


def _trusted_address(known: _Known) -> Step:
    title = _("This computer's address is among 企业可信IP (trusted IPs) of the app")
    where = _("应用管理 > this app > 企业可信IP")
    if known.let_in:
        return Step("address", title, StepState.DONE, where)
    verified = known.receiver is not None and known.receiver.verified
    note = _("Can be entered after step 6. An app with a trusted domain (可信域名) can enter it at once.")
    if known.refused_by_address:
        note = f"{known.answer('followers')}\n{note}"
        ready = verified or (known.callback_secrets and known.receiver is None)
        return Step("address", title, StepState.NOW if ready else StepState.WAITING, where, note)
    return Step("address", title, StepState.WAITING, where, note)


def _customer_rights(known: _Known) -> Step:
    title = _("The company has authorised the app, with 客户基础信息 (basic customer data)")
    where = _("the provider's console > 企业客户权限 > 客户基础信息")
    if known.reads:
        return Step("rights", title, StepState.DONE, where)
    if known.refusal == codes.API_FORBIDDEN or known.nobody_in_range:
        return Step("rights", title, StepState.NOW, where, known.answer("followers"))
    return Step("rights", title, StepState.WAITING, where)


def _provider_address(known: _Known) -> Step:
    title = _("This computer's address is in the provider's IP白名单 (IP whitelist)")
    where = _("the provider's console > IP白名单")
    if known.let_in:
        return Step("address", title, StepState.DONE, where)
    if known.refused_by_address:
        return Step("address", title, StepState.NOW, where, known.answer("followers"))
    return Step("address", title, StepState.WAITING, where)


def _first_read(known: _Known) -> Step:
    title = _("The list of followers can be read")
    if known.reads:
        return Step("followers", title, StepState.DONE, note=known.answer("followers"))
    return Step("followers", title, StepState.WAITING, note=_("Wait a minute after the step before, then check again."))
