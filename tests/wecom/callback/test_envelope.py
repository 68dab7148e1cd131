"""What is taken, what is rejected and why, and that other libraries read and write the same envelope."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given, settings
from hypothesis import strategies as st

from console.wecom.callback.crypto import pad
from console.wecom.callback.envelope import Envelope, Form, Opened, Sealed, SignedQuery
from console.wecom.callback.keys import aes_key_of, is_token
from console.wecom.callback.rejection import Reason, Rejected
from console.wecom.callback.signature import signature_of
from tests.wecom.callback.peers import CORP, KEY, NONCE, TIMESTAMP, TOKEN, WeChatCrypto, WXBizMsgCrypt, envelope, pushed
from tests.wecom.callback.samples import CHANGES, SUITE, change

OTHER_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SALT = b"0123456789abcdef"
NOBODYS = "nobody's"


def sealed(message: bytes = b"hello", receive_id: str = CORP, by: Envelope | None = None) -> Sealed:
    return (by or envelope()).seal(message, receive_id=receive_id, timestamp=TIMESTAMP, nonce=NONCE)


def query_of(push: Sealed) -> SignedQuery:
    return SignedQuery.read(push.query())


def signed(encrypt: str) -> tuple[SignedQuery, bytes]:
    """Anything at all, rightly signed."""
    signature = signature_of(TOKEN, str(TIMESTAMP), NONCE, encrypt)
    return SignedQuery(signature, str(TIMESTAMP), NONCE), json.dumps({"Encrypt": encrypt}).encode()


def encrypted(plain: bytes) -> str:
    """Whole blocks, encrypted as they are."""
    key = aes_key_of(KEY)
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    return b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def rejection(query: SignedQuery, body: bytes, by: Envelope | None = None) -> tuple[Reason, int, int]:
    with pytest.raises(Rejected) as rejected:
        (by or envelope()).open(query, body)
    reason = rejected.value.reason
    return reason, reason.number, reason.status


@settings(max_examples=50)
@given(message=st.text().map(str.encode), receive_id=st.text(max_size=64), form=st.sampled_from(Form))
def test_what_is_sealed_is_opened_whatever_it_is(message: bytes, receive_id: str, form: Form) -> None:
    by = envelope(receive_id, NOBODYS)
    push = sealed(message, receive_id, by)
    assert by.open(query_of(push), push.body(form, to=receive_id, agent_id="2")) == Opened(message, receive_id)
    assert by.echo(SignedQuery.read(push.echo_query())) == message


@pytest.mark.parametrize("name", CHANGES)
def test_other_libraries_open_what_is_sealed_here(name: str) -> None:
    message = change(name)
    push = sealed(message)
    query = query_of(push)
    theirs = (query.msg_signature, query.timestamp, query.nonce)
    read = WeChatCrypto(TOKEN, KEY, CORP).decrypt_message(push.body(to=CORP), *theirs)
    assert read.encode() == message
    assert WXBizMsgCrypt(TOKEN, KEY, CORP).DecryptMsg(push.body(to=CORP), *theirs) == (0, message)


@pytest.mark.parametrize("name", CHANGES)
def test_what_other_libraries_seal_is_opened_here(name: str) -> None:
    message = change(name)
    from_wechatpy = WeChatCrypto(TOKEN, KEY, CORP).encrypt_message(message.decode(), NONCE, str(TIMESTAMP))
    _, from_tencent = WXBizMsgCrypt(TOKEN, KEY, CORP).EncryptMsg(message.decode(), NONCE, str(TIMESTAMP))
    for reply in (from_wechatpy, from_tencent):
        assert envelope().open(*pushed(reply)).message == message


def test_other_libraries_verify_an_address_with_ours_and_read_our_reply() -> None:
    push = sealed("早上好".encode())
    query = SignedQuery.read(push.echo_query())
    theirs = (query.msg_signature, query.timestamp, query.nonce, query.echostr)
    assert WXBizMsgCrypt(TOKEN, KEY, CORP).VerifyURL(*theirs) == (0, "早上好".encode())
    assert WeChatCrypto(TOKEN, KEY, CORP).check_signature(*theirs) == "早上好"
    assert envelope().open(*pushed(push.reply().decode())).message == "早上好".encode()
    assert json.loads(push.reply(Form.JSON))["timestamp"] == TIMESTAMP


@pytest.mark.parametrize(
    "body",
    [
        "<xml><AgentID></AgentID><Encrypt><![CDATA[{}]]></Encrypt><ToUserName>x</ToUserName></xml>",
        '<?xml version="1.0"?>\n<xml>\n  <Encrypt>\n{}\n</Encrypt><New a="1"><Deep>x</Deep></New>\n</xml>\n',
        "\ufeff<xml><!-- a word --><Encrypt>{}</Encrypt><Encrypt>another</Encrypt></xml>",
        '\ufeff {{"encrypt": "{}", "agentid": 218, "more": {{"a": [null]}}}}',
    ],
    ids=["other order", "pretty", "doubled", "json"],
)
def test_a_body_may_look_otherwise(body: str) -> None:
    push = sealed()
    assert envelope().open(query_of(push), body.format(push.encrypt).encode()).message == b"hello"


def test_pluses_that_a_proxy_made_blanks_are_pluses_again() -> None:
    push = next(push for push in (sealed(bytes((n,))) for n in range(200)) if "+" in push.encrypt)
    assert envelope().echo(SignedQuery.read(f"{push.query()}&echostr={push.encrypt}"))


@pytest.mark.parametrize("part", ["msg_signature", "timestamp", "nonce", "body"])
def test_one_changed_character_is_a_bad_signature(part: str) -> None:
    push = sealed()
    query, body = push.query(), push.body()
    if part == "body":
        body = body.replace(push.encrypt.encode(), (push.encrypt[:-8] + "AAAA" + push.encrypt[-4:]).encode())
    else:
        query = query.replace(f"{part}=", f"{part}=0")
    assert rejection(SignedQuery.read(query), body) == (Reason.SIGNATURE, -40001, 403)


def test_the_signature_is_looked_at_before_anything_else() -> None:
    query = SignedQuery("0" * 40, "1", "2")
    assert rejection(query, b'{"encrypt": "no base64 \\ud800"}')[0] is Reason.SIGNATURE
    assert rejection(SignedQuery("签名", "1", "2"), sealed().body())[0] is Reason.SIGNATURE


def test_another_token_is_a_bad_signature_and_another_key_a_failed_decryption() -> None:
    push = sealed()
    for token, key, reason in ((TOKEN[::-1], KEY, Reason.SIGNATURE), (TOKEN, OTHER_KEY, Reason.DECRYPTION)):
        by = envelope(token=token, key=key)
        assert rejection(query_of(push), push.body(), by) == (reason, reason.number, 403)


def test_no_other_key_ever_crashes() -> None:
    """A wrong key makes noise of a message, and one noise in 250 ends like a padding."""
    push = sealed(by=Envelope(TOKEN, KEY, [CORP], chance=lambda count: SALT[:count]))
    query, body = query_of(push), push.body()
    reasons = {rejection(query, body, envelope(key=f"{number:043}"))[0] for number in range(1000)}
    assert reasons == {Reason.DECRYPTION, Reason.BUFFER}


@pytest.mark.parametrize("found", [SUITE, "", CORP + "\x01", CORP[:-1]])
def test_a_message_for_somebody_else_is_rejected_with_the_id_found(found: str) -> None:
    push = sealed(receive_id=found)
    with pytest.raises(Rejected) as rejected:
        envelope().open(query_of(push), push.body())
    assert (rejected.value.reason, rejected.value.detail) == (Reason.RECEIVE_ID, found)
    assert (rejected.value.reason.number, rejected.value.reason.status) == (-40005, 403)


@pytest.mark.parametrize("receive_id", [CORP, SUITE, "wwPROVIDER", ""])
def test_each_configured_receive_id_is_taken(receive_id: str) -> None:
    by = envelope(CORP, SUITE, "wwPROVIDER", "")
    push = sealed(receive_id=receive_id)
    assert by.open(query_of(push), push.body()).receive_id == receive_id


@pytest.mark.parametrize(
    ("encrypt", "reason"),
    [
        ("not base64!", Reason.BASE64),
        ("AAAA=AAA", Reason.BASE64),
        ("签名", Reason.BASE64),
        (encrypted(SALT * 3), Reason.DECRYPTION),
        (encrypted(SALT + bytes(16)), Reason.DECRYPTION),
        (encrypted(SALT + b"\x21" * 48), Reason.DECRYPTION),
        (encrypted(SALT + bytes(13) + b"\x03\x02\x03"), Reason.DECRYPTION),
        (encrypted(pad(SALT)), Reason.BUFFER),
        (encrypted(pad(SALT + b"\x00\x00\x00\x06hello")), Reason.BUFFER),
        (encrypted(pad(SALT + b"\xff\xff\xff\xffhello")), Reason.BUFFER),
    ],
)
def test_rightly_signed_nonsense_is_rejected(encrypt: str, reason: Reason) -> None:
    status = 400 if reason is Reason.BASE64 else 403
    assert rejection(*signed(encrypt)) == (reason, reason.number, status)


def test_a_rejection_leaves_nothing_behind_for_the_next_message() -> None:
    by = envelope()
    for encrypt in (encrypted(SALT * 3), encrypted(SALT * 4), "AAAA"):
        rejection(*signed(encrypt), by)
        push = sealed("第二条".encode())
        assert by.open(query_of(push), push.body()).message == "第二条".encode()


@pytest.mark.parametrize("query", ["", "timestamp=1&nonce=2", "msg_signature=a&timestamp=&nonce=2", "a=1&" * 40])
def test_a_query_without_its_parts_is_malformed(query: str) -> None:
    with pytest.raises(Rejected) as rejected:
        SignedQuery.read(query)
    assert (rejected.value.reason, rejected.value.reason.status) == (Reason.INCOMPLETE, 400)


def test_a_verification_without_echostr_is_malformed() -> None:
    with pytest.raises(Rejected) as rejected:
        envelope().echo(query_of(sealed()))
    assert rejected.value.detail == "echostr"


def test_more_than_a_mebibyte_is_too_large() -> None:
    body = sealed().body().replace(b"</xml>", b" " * (1 << 20) + b"</xml>")
    assert rejection(query_of(sealed()), body) == (Reason.TOO_LARGE, -40002, 413)


@pytest.mark.parametrize("key", ["", KEY[:-1], KEY + "A", KEY[:-1] + "=", KEY[:-1] + "+", KEY[:-1] + "é", KEY + "\n"])
def test_a_key_has_43_letters_or_digits(key: str) -> None:
    with pytest.raises(Rejected) as rejected:
        envelope(key=key)
    assert (rejected.value.reason.number, rejected.value.reason.status) == (-40004, 503)


def test_a_key_may_end_in_any_bits() -> None:
    keys = [KEY[:-1] + last for last in "ABCD"]
    assert {aes_key_of(key) for key in keys} == {aes_key_of(KEY)}


def test_a_token_has_up_to_32_letters_or_digits() -> None:
    assert is_token("a")
    assert is_token("Z9" * 16)
    assert not any(map(is_token, ("", "a" * 33, "a b", "a-b", "标记", "a\n")))
    with pytest.raises(Rejected, match="Token"):
        envelope(token="a b")


def test_secrets_are_not_shown() -> None:
    shown = repr(envelope()) + str(vars(envelope())["_crypto"])
    assert TOKEN not in shown
    assert KEY not in shown
