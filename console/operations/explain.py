"""Why something failed, in the operator's language: what it means, what to do, whom to ask.

Every failure of the house passes through `explain`; what it returns is safe to show, and holds no secret.
"""

from __future__ import annotations

from dataclasses import replace

from console.credentials import KeyringUnavailable, SecretCommandFailed, SecretNotKept
from console.language import _
from console.operations.error_cases import Asked, asked_at, situations_of_84061, words_for
from console.operations.error_words import MAKERS, Explanation, sentences
from console.operations.explain_local import (
    NothingToConnectTo,
    explain_id,
    explain_no_connection,
    explain_settings,
    explain_store,
)
from console.operations.explain_network import explain_exchange
from console.operations.explain_secrets import (
    MissingSecret,
    explain_keyring,
    explain_missing_secret,
    explain_secret_command,
    explain_secret_not_kept,
)
from console.settings import AppType, SettingsError
from console.store.errors import StoreFailure
from console.text import crop, safe_text
from console.wecom import codes
from console.wecom.errors import InsecureAddress, WeComError, WeComFailure
from console.wecom.ids import NotAnExternalUserid
from console.wecom.redact import redact

__all__ = ["Asked", "Explanation", "exit_code", "explain", "is_expected", "situations_of_84061"]

_QUOTED_CELLS = 160
REFUSED, USAGE, TEMPORARY = 1, 2, 3
_EXPECTED = (
    WeComFailure,
    NotAnExternalUserid,
    SettingsError,
    KeyringUnavailable,
    SecretCommandFailed,
    SecretNotKept,
    StoreFailure,
)


def explain(failure: Exception, *, app_type: AppType | None = None, asked: Asked | None = None) -> Explanation:
    """Explain any failure, never raising; without `asked` the failed endpoint tells what was asked for."""
    match failure:
        case WeComError():
            return _explain_code(failure, app_type, asked or asked_at(failure.endpoint))
        case WeComFailure():
            return explain_exchange(failure, _safe(str(failure)))
        case NotAnExternalUserid():
            return explain_id(failure)
        case SettingsError():
            return explain_settings(failure)
        case KeyringUnavailable():
            return explain_keyring(failure, app_type)
        case SecretCommandFailed():
            return explain_secret_command(failure)
        case SecretNotKept():
            return explain_secret_not_kept(failure)
        case StoreFailure():
            return explain_store(failure)
        case MissingSecret():
            return explain_missing_secret(failure)
        case NothingToConnectTo():
            return explain_no_connection(failure)
    return Explanation(
        _("an unexpected fault"),
        _("This program met something that it was not made for."),
        _("Copy the message and report it; nothing is written to WeCom by itself."),
        _(MAKERS),
        support=_safe(f"{type(failure).__name__}: {failure}"),
    )


def is_expected(failure: Exception) -> bool:
    """Whether `explain` knows what this failure means; any other is a fault of the program, and one for the log."""
    return isinstance(failure, (MissingSecret, NothingToConnectTo, *_EXPECTED))


def exit_code(failure: Exception) -> int:
    """The command line's exit code for a failed read: 2 usage or settings, 3 worth trying again, else 1."""
    match failure:
        case SettingsError() | NotAnExternalUserid() | InsecureAddress() | MissingSecret():
            return USAGE
    return TEMPORARY if explain(failure).again else REFUSED


def _explain_code(failure: WeComError, app_type: AppType | None, asked: Asked) -> Explanation:
    support = _support(failure)
    address = _safe(failure.from_ip)
    words = words_for(failure.errcode, app_type=app_type, asked=asked, address_known=bool(address))
    if words is None:
        return _unknown_code(failure, support)
    explanation = words.explanation(failure.errcode, address=address, support=support)
    if failure.errcode == codes.INVALID_PARAMETER and failure.summary.strip():
        return replace(explanation, why=sentences(explanation.why, _quoted(failure)))
    return explanation


def _unknown_code(failure: WeComError, support: str) -> Explanation:
    meaning = _("This program does not know this code.")
    return Explanation(
        _("{code} unknown error").format(code=failure.errcode),
        sentences(meaning, _quoted(failure)) if failure.summary.strip() else meaning,
        _(
            "Look it up: open.work.weixin.qq.com/devtool/query?e={code} and keep the server's message for support."
        ).format(code=failure.errcode),
        support=support,
    )


def _quoted(failure: WeComError) -> str:
    return _("WeCom's words: {message}").format(message=crop(_safe(failure.summary), _QUOTED_CELLS))


def _support(failure: WeComError) -> str:
    parts = [f"errcode {failure.errcode}", f"errmsg {failure.errmsg}"]
    if failure.hint and failure.hint not in failure.errmsg:
        parts.append(f"hint [{failure.hint}]")
    if failure.endpoint:
        parts.append(failure.endpoint)
    return _safe("  ".join(parts))


def _safe(text: str) -> str:
    return safe_text(redact(text))
