"""Words for what fails on this computer: ids that were typed in, settings, the store."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from console.language import _
from console.operations.error_words import MACHINE, Explanation, sentences
from console.settings import SettingsError
from console.store.errors import (
    StoreClosed,
    StoreCorrupt,
    StoreFailure,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
)
from console.text import safe_text
from console.wecom.ids import IdKind, NotAnExternalUserid


def explain_id(failure: NotAnExternalUserid) -> Explanation:
    """Say what the text is instead of a customer ID, and why it can't be read."""
    support = safe_text(failure.text)
    match failure.why:
        case IdKind.PENDING:
            return Explanation(
                _("a pending ID, not a customer ID"),
                _(
                    "A pending ID (it begins with p) only links a unionid to a later customer, for 90 days. "
                    "WeCom reads no customer by it."
                ),
                _("Once the person is a customer, find them by name or mobile (f); the customer ID stands there."),
                support=support,
            )
        case IdKind.TMP_OPENID:
            return Explanation(
                _("a served contact's temporary ID, not a customer ID"),
                _("A tmp_openid is good for one reading of the served contacts and is another one in the next."),
                _("Find the person by name or mobile (f); only customers have a customer ID."),
                support=support,
            )
        case IdKind.TMP_EXTERNAL_USERID:
            return Explanation(
                _("a temporary outside ID, not a customer ID"),
                _(
                    "WeCom gives such an ID to guests of a meeting, a form or a document. WeCom reads no "
                    "customer by it."
                ),
                _("Find the person by name or mobile (f)."),
                support=support,
            )
        case IdKind.EMPTY:
            return Explanation(
                _("no customer ID"),
                _("The customer ID is empty, so there is nobody to read."),
                _("Paste a customer ID; it usually begins with wo or wm."),
            )
        case _:
            return Explanation(
                _("not a customer ID"),
                _("A customer ID has only letters, digits and signs like - and _, and no blanks."),
                _("Check what was pasted: a customer ID usually begins with wo or wm."),
                support=support,
            )


def explain_store(failure: StoreFailure) -> Explanation:
    """Say what is wrong with the file in which this program remembers."""
    file = safe_text(str(failure.path))
    support = safe_text(str(failure))
    match failure:
        case StoreLocked():
            return Explanation(
                _("the store is in use"),
                _("Another console on this computer is writing to it for long."),
                _("Wait a little and try again; when it stays, quit the other one."),
                again=True,
                support=support,
            )
        case StoreFull():
            return Explanation(
                _("no room left on the disk"),
                _("What was read could not be kept. What was kept before is whole."),
                _("Make room where {file} lies, then read again.").format(file=file),
                _(MACHINE),
                support=support,
            )
        case StoreTooNew():
            return Explanation(
                _("the store is from a newer version"),
                _(
                    "It was written in form {found}; this program knows forms up to {known}. Nothing was changed."
                ).format(found=failure.found, known=failure.known),
                _("Use the newer version of wecom-console, or another folder (WECOM_CONSOLE_HOME)."),
                support=support,
            )
        case StoreCorrupt():
            return Explanation(
                _("the store is damaged"),
                _("The file is damaged or is no store of this program. Nothing in WeCom is affected."),
                _(
                    "Keep {file} under another name and start again: customers are read anew. A copy from "
                    "before an update lies beside it."
                ).format(file=file),
                _(MACHINE),
                support=support,
            )
        case StoreReadOnly():
            return Explanation(
                _("the store may not be written"),
                _("This user has no right to write the file or its folder."),
                _("Have the rights of {file} and its folder corrected.").format(file=file),
                _(MACHINE),
                support=support,
            )
        case StoreClosed():
            return Explanation(
                _("the store is closed"),
                _("The program was ending while this was still to be kept."),
                _("Start again and read once more; nothing in WeCom is affected."),
                support=support,
            )
    return Explanation(
        _("the store can't be used"),
        _("The file in which this program remembers can't be opened or read."),
        _("Check that the folder of {file} exists and can be used, then start again.").format(file=file),
        _(MACHINE),
        support=support,
    )


def explain_settings(failure: SettingsError) -> Explanation:
    """Name the file, the key and the nearest valid key."""
    key = safe_text(failure.key)
    nearest = safe_text(failure.nearest or "")
    file = safe_text(str(failure.file))
    todo = _("Correct the file {file}, then start again.").format(file=file)
    if nearest:
        todo = sentences(_("Did you mean {key}?").format(key=nearest), todo)
    return Explanation(
        _("a mistake in the settings: {key}").format(key=key) if key else _("a mistake in the settings"),
        safe_text(failure.message),
        todo,
    )


@runtime_checkable
class NothingToConnectTo(Protocol):
    """The session's CannotConnect, known by its part; `why` is in the operator's language."""

    why: str


def explain_no_connection(failure: NothingToConnectTo) -> Explanation:
    """Say why there is no WeCom to ask."""
    return Explanation(
        safe_text(failure.why),
        _("Without it there is nobody to ask. What was read before is still here."),
        _("Try again; when it stays, start the program again."),
        again=True,
    )
