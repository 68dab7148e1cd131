"""Verifying and decrypting one pushed event, against wechatpy and WeCom's own WXBizMsgCrypt, in turn in one run."""

from __future__ import annotations

import sys
from base64 import b64decode
from collections.abc import Callable
from hashlib import sha1
from hmac import compare_digest
from time import perf_counter

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from console.wecom.callback.envelope import Form, SignedQuery
from console.wecom.callback.events import event_of
from tests.benchmarks.measure import Result, at_least, show, told
from tests.wecom.callback.peers import CORP, KEY, NONCE, TIMESTAMP, TOKEN, WeChatCrypto, WXBizMsgCrypt, envelope
from tests.wecom.callback.samples import change

ROUNDS = 40
AT_ONCE = 500


def run() -> list[Result]:
    """Measure in this process, the best round of each; takes some five seconds."""
    ours, tencents, wechatpys = envelope(), WXBizMsgCrypt(TOKEN, KEY, CORP), WeChatCrypto(TOKEN, KEY, CORP)
    message = change("add_half_external_contact")
    push = ours.seal(message, receive_id=CORP, timestamp=TIMESTAMP, nonce=NONCE)
    body, in_json = push.body(to=CORP, agent_id="218"), push.body(Form.JSON, to=CORP)
    query = SignedQuery.read(push.query())
    theirs = (push.msg_signature, push.timestamp, push.nonce)
    key = b64decode(KEY + "=")

    def floor() -> bytes:
        """The least that must be done, for a message whose ciphertext is at hand; nothing of it is checked."""
        signature = sha1("".join(sorted((TOKEN, push.timestamp, push.nonce, push.encrypt))).encode()).hexdigest()
        assert compare_digest(signature, push.msg_signature)
        plain = Cipher(AES(key), CBC(key[:16])).decryptor().update(b64decode(push.encrypt))
        return plain[20 : 20 + int.from_bytes(plain[16:20], "big")]

    took = _in_turn(
        {
            "ours": lambda: ours.open(query, body).message,
            "tencent": lambda: tencents.DecryptMsg(body, *theirs)[1],
            "wechatpy": lambda: wechatpys.decrypt_message(body, *theirs),
            "floor": floor,
            "json": lambda: ours.open(query, in_json).message,
        },
        message,
    )
    [read] = _in_turn({"event": lambda: event_of(message).message}, message).values()
    return [
        told("cryptography used directly, no XML, no checks", 1 / took["floor"], "/s", "the floor"),
        told("a pushed event, XML", 1 / took["ours"], "/s"),
        told("a pushed event, JSON", 1 / took["json"], "/s"),
        told("reading the event within", 1 / read, "/s"),
        at_least("against WXBizMsgCrypt3", took["tencent"] / took["ours"], "x", 1.8, f"{1 / took['tencent']:,.0f} /s"),
        at_least("against wechatpy", took["wechatpy"] / took["ours"], "x", 3.0, f"{1 / took['wechatpy']:,.0f} /s"),
    ]


def _in_turn(calls: dict[str, Callable[[], bytes | str]], expected: bytes) -> dict[str, float]:
    """Seconds that each takes, the best of its rounds."""
    assert all(call() in (expected, expected.decode()) for call in calls.values())
    best = dict.fromkeys(calls, 1.0)
    for _ in range(ROUNDS):
        for name, call in calls.items():
            began = perf_counter()
            for _ in range(AT_ONCE):
                call()
            best[name] = min(best[name], (perf_counter() - began) / AT_ONCE)
    return best


if __name__ == "__main__":
    figures = run()
    show("Callbacks", figures)
    sys.exit(any(figure.missed for figure in figures))
