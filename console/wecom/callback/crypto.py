"""The encryption of a callback: AES-256-CBC over salt, length, message and receive id.

Follows WeCom document 90968.
"""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from console.wecom.callback.keys import aes_key_of
from console.wecom.callback.rejection import Reason, Rejected

SALT: Final = 16  # bytes, AES's own block
_HEAD: Final = SALT + 4
_BLOCK: Final = 32
_PADDINGS: Final = tuple(bytes((count,)) * count for count in range(_BLOCK + 1))


def pad(plain: bytes) -> bytes:
    """PKCS #7 to whole blocks of 32 bytes; whole blocks already get one more."""
    return plain + _PADDINGS[_BLOCK - len(plain) % _BLOCK]


def length_within(padded: bytes) -> int:
    """How many bytes stand before the padding; raises `Rejected` when any byte of the padding is wrong."""
    count = padded[-1] if padded else 0
    if not 1 <= count <= _BLOCK or not padded.endswith(_PADDINGS[count]):
        raise Rejected(Reason.DECRYPTION, "padding")
    return len(padded) - count


class Crypto:
    """One EncodingAESKey, ready for use; shows nothing of it."""

    __slots__ = ("_cipher", "_decrypted")

    def __init__(self, encoding_aes_key: str) -> None:
        key = aes_key_of(encoding_aes_key)
        self._cipher = Cipher(AES(key), CBC(key[:16]))
        # What came before a message changes its first block only, as CBC goes, and that is the salt, which nobody
        # reads. So one decryption runs on from message to message: a new one would take a third of all the time.
        self._decrypted = self._cipher.decryptor().update

    def encrypt(self, message: bytes, receive_id: bytes, salt: bytes) -> str:
        """Encrypt a message with 16 bytes of salt, in base64."""
        plain = pad(b"".join((salt, len(message).to_bytes(4, "big"), message, receive_id)))
        encryptor = self._cipher.encryptor()
        return b2a_base64(encryptor.update(plain) + encryptor.finalize(), newline=False).decode()

    def decrypt(self, encrypt: str) -> tuple[bytes, bytes]:
        """The message and the receive id that stands behind it; raises `Rejected`."""
        try:
            sealed = a2b_base64(encrypt, strict_mode=True)
        except ValueError as error:
            raise Rejected(Reason.BASE64, str(error)) from None
        if len(sealed) % _BLOCK:
            raise Rejected(Reason.DECRYPTION, f"{len(sealed)} bytes")
        plain = self._decrypted(sealed)
        size = length_within(plain)
        end = _HEAD + int.from_bytes(plain[SALT:_HEAD], "big")
        if end > size:
            raise Rejected(Reason.BUFFER, f"{end} of {size} bytes")
        return plain[_HEAD:end], plain[end:size]
