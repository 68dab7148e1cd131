"""What a secret looks like: a wrong paste is found out before it is kept or sent."""

from __future__ import annotations

import re

from console.credentials.kinds import SecretKind
from console.language import _, ngettext

AES_KEY_LENGTH = 43
LONGEST_CALLBACK_TOKEN = 32
_LETTERS_AND_DIGITS = re.compile(r"[A-Za-z0-9]*")


def form_mistake(kind: SecretKind, value: str) -> str | None:
    """Why `value` cannot be a secret of this kind, in words that do not repeat it, or None.

    Follows WeCom documents 90930 (callback token, EncodingAESKey).
    """
    if not value.strip():
        return _("No secret was given, so nothing was changed.")
    if len(value.strip().splitlines()) > 1:
        return _("A secret is one line; more than one was given, and nothing was changed.")
    if not all("!" <= character <= "~" for character in value):
        return _(
            "The secret has a blank or another character in it that WeCom's secrets do not have. Copy it again, whole."
        )
    match kind:
        case SecretKind.ENCODING_AES_KEY:
            return _aes_key_mistake(value)
        case SecretKind.CALLBACK_TOKEN:
            return _callback_token_mistake(value)
    return None


def _aes_key_mistake(value: str) -> str | None:
    n = len(value)
    if n == AES_KEY_LENGTH and _LETTERS_AND_DIGITS.fullmatch(value):
        return None
    form = _("An EncodingAESKey has exactly 43 letters (A-Z, a-z) and digits.")
    wrong = _wrong_signs() if n == AES_KEY_LENGTH else _wrong_length(n)
    if n == AES_KEY_LENGTH + 1 and value.endswith("="):
        return _sentences(form, wrong, _("The = at its end is not part of it."))
    return _sentences(form, wrong, _copy_again())


def _callback_token_mistake(value: str) -> str | None:
    n = len(value)
    if n <= LONGEST_CALLBACK_TOKEN and _LETTERS_AND_DIGITS.fullmatch(value):
        return None
    wrong = _wrong_length(n) if n > LONGEST_CALLBACK_TOKEN else _wrong_signs()
    return _sentences(_("A callback token has at most 32 letters (A-Z, a-z) and digits."), wrong, _copy_again())


def _wrong_length(n: int) -> str:
    return ngettext("This one has {n} character.", "This one has {n} characters.", n).format(n=n)


def _wrong_signs() -> str:
    return _("This one has other characters in it.")


def _copy_again() -> str:
    return _("Copy it again from {page}.").format(page=_("应用管理 > this app > 接收消息 > API接收"))


def _sentences(*texts: str) -> str:
    whole = texts[0]
    for text in texts[1:]:
        whole = _("{first} {second}").format(first=whole, second=text)
    return whole
