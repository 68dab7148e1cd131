"""Bodies from anybody: each is an event or a typed rejection, at once and without growing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.wecom.callback.envelope import SignedQuery
from console.wecom.callback.events import Kind, event_of
from console.wecom.callback.fields import LARGEST, read_fields
from console.wecom.callback.rejection import Reason, Rejected
from console.wecom.callback.xml import read_xml
from tests.wecom.callback.peers import CORP, NONCE, TIMESTAMP, envelope

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
FORBIDDEN = {
    "a billion laughs": f'<!DOCTYPE xml [<!ENTITY l0 "ha">{LAUGHS}]><xml><Encrypt>&l9;</Encrypt></xml>',
    "a file": '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Encrypt>&f;</Encrypt></xml>',
    "a DTD elsewhere": '<!DOCTYPE xml SYSTEM "http://127.0.0.1:1/a.dtd"><xml><Encrypt>a</Encrypt></xml>',
    "an empty DTD": "<?xml version='1.0'?><!DOCTYPE xml><xml><Encrypt>a</Encrypt></xml>",
    "17 levels": "<a>" * 17 + "</a>" * 17,
    "a hundred thousand levels": "<a>" * 100_000,
    "many elements": f"<xml>{'<a/>' * 10_001}</xml>",
}
MALFORMED = {
    "nothing": "",
    "no markup": "hello",
    "half": "<xml><Encrypt>abc",
    "an unknown entity": "<xml><Encrypt>&nbsp;</Encrypt></xml>",
    "no Encrypt": "<xml><ToUserName>a</ToUserName></xml>",
    "an empty Encrypt": "<xml><Encrypt> </Encrypt></xml>",
    "nested too deep": "<xml><a><Encrypt>abc</Encrypt></a></xml>",
    "an unknown codec": '<?xml version="1.0" encoding="utf-16"?><xml><Encrypt>\udcff</Encrypt></xml>',
    "a list": '["encrypt"]',
    "deep JSON": '{"a":' + "[" * 200_000,
    "a number without end": '{"encrypt":' + "9" * 5000 + "}",
    "JSON without it": '{"encrypt": null}',
}


def reason_for(body: bytes) -> Reason:
    with pytest.raises(Rejected) as rejected:
        envelope().open(SignedQuery("0" * 40, "1", "2"), body)
    return rejected.value.reason


def outcome(query: SignedQuery, body: bytes) -> bytes | int:
    """The message, or the status of its rejection."""
    try:
        return envelope().open(query, body).message
    except Rejected as rejected:
        return rejected.reason.status


@pytest.mark.parametrize("body", FORBIDDEN.values(), ids=FORBIDDEN)
def test_harmful_xml_is_refused_in_the_envelope_and_in_a_message(body: str) -> None:
    assert reason_for(body.encode()) is Reason.FORBIDDEN
    with pytest.raises(Rejected) as rejected:
        event_of(body.encode())
    assert (rejected.value.reason.number, rejected.value.reason.status) == (-40002, 400)


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_envelope_is_malformed(body: str) -> None:
    assert reason_for(body.encode("utf-8", "surrogateescape")) is Reason.MALFORMED


def test_depth_and_elements_up_to_the_limit_are_read() -> None:
    deep = "<a>" * 15 + "x" + "</a>" * 15
    assert read_xml(f"<xml><Id>1</Id>{deep}</xml>".encode())["Id"] == "1"
    assert read_xml(f"<xml>{'<a/>' * 9_998}<Id>1</Id></xml>".encode())["Id"] == "1"


def test_a_whole_mebibyte_is_read_in_one_breath() -> None:
    text = "&amp;" * ((LARGEST - 30) // 5)
    assert len(read_fields(f"<xml><Encrypt>{text}</Encrypt></xml>".encode())["Encrypt"]) == len(text) // 5


bodies = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: f"<xml><Encrypt>{text}</Encrypt></xml>".encode("utf-8", "replace")),
    st.recursive(
        st.none() | st.integers() | st.floats() | st.text(), lambda part: st.dictionaries(st.text(), part)
    ).map(lambda value: json.dumps({"encrypt": value, "Event": value}).encode()),
)


@settings(max_examples=100)
@given(bodies)
def test_any_body_is_rejected_by_its_type(body: bytes) -> None:
    assert reason_for(body).status in {400, 403, 413}


@settings(max_examples=100)
@given(bodies)
def test_any_message_is_an_event(message: bytes) -> None:
    event = event_of(message)
    assert event.kind in {Kind.OTHER, Kind.UNREADABLE}
    assert event == event_of(message)


@settings(max_examples=50)
@given(st.binary(min_size=1, max_size=8), st.integers(0, 10_000))
def test_a_message_damaged_anywhere_is_rejected_by_its_type(damage: bytes, place: int) -> None:
    push = envelope().seal(b"hello", receive_id=CORP, timestamp=TIMESTAMP, nonce=NONCE)
    body = bytearray(push.body(to=CORP))
    place %= len(body)
    body[place : place + len(damage)] = damage
    assert outcome(SignedQuery.read(push.query()), bytes(body)) in {b"hello", 400, 403}


MARKUP = (
    "<ToUserName>|</ToUserName>|<AgentID>|</AgentID>|<AgentID/>|<![CDATA[|]]>|<xml>|</xml>|<Encrypt>|</Encrypt>|&amp;|&"
    "|<|]| |x|<ToUserName>x</ToUserName>|<AgentID><![CDATA[x]]></AgentID>"
)
pieces = st.lists(st.sampled_from(MARKUP.split("|")), max_size=4).map("".join)


@settings(max_examples=300)
@given(pieces, pieces)
def test_the_quick_way_through_a_body_takes_nothing_that_the_parser_would_not(before: str, after: str) -> None:
    push = envelope().seal(b"hello", receive_id=CORP, timestamp=TIMESTAMP, nonce=NONCE)
    body = f"<xml>{before}<Encrypt><![CDATA[{push.encrypt}]]></Encrypt>{after}</xml>".encode()
    try:
        parsed = read_xml(body).get("Encrypt", "").strip()
    except Rejected:
        parsed = ""
    expected = b"hello" if parsed == push.encrypt else 403 if parsed else 400
    assert outcome(SignedQuery.read(push.query()), body) == expected
