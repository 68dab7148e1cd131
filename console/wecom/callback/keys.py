"""The two secrets of a callback address and their form. Follows WeCom document 90930."""

from __future__ import annotations

import re
from binascii import a2b_base64
from typing import Final

from console.wecom.callback.rejection import Reason, Rejected

_TOKEN: Final = re.compile(r"[A-Za-z0-9]{1,32}")
_ENCODING_AES_KEY: Final = re.compile(r"[A-Za-z0-9]{43}")


def is_token(text: str) -> bool:
    """Whether it can be a Token: up to 32 letters or digits."""
    return _TOKEN.fullmatch(text) is not None


def is_encoding_aes_key(text: str) -> bool:
    """Whether it can be an EncodingAESKey: 43 letters or digits."""
    return _ENCODING_AES_KEY.fullmatch(text) is not None


def aes_key_of(encoding_aes_key: str) -> bytes:
    """The 32 bytes of an EncodingAESKey; raises `Rejected` for one of another form.

    43 characters hold two bits more than 256; WeCom sets them as it likes, so they are not looked at.
    """
    if not is_encoding_aes_key(encoding_aes_key):
        raise Rejected(Reason.KEY, "EncodingAESKey")
    return a2b_base64(encoding_aes_key + "=")
