"""Each kind of event in both forms, what it holds, and that no event is mistaken for another."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.wecom.callback.events import Event, FailReason, Kind, event_of
from console.wecom.callback.xml import read_xml, write_xml
from tests.wecom.callback.samples import (
    ACQUISITION,
    AT,
    CHANGES,
    CORP,
    CREATE_AUTH,
    CUSTOMER,
    GROUP,
    HANDED_OVER,
    JSON_TEXT,
    SUITE,
    SUITE_TICKET,
    TAG,
    change,
)

BOTH_FORMS = pytest.mark.parametrize("third_party", [False, True], ids=["self-built", "third-party"])


@BOTH_FORMS
@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_known_in_both_forms(name: str, third_party: bool) -> None:
    event = event_of(change(name, third_party=third_party))
    assert (event.kind, event.name) == (Kind(name), name)
    assert (event.userid, event.external_userid, event.corp_id) == ("zhangsan", CUSTOMER, CORP)
    assert event.occurred_at == AT
    assert (event.third_party, event.suite_id) == ((True, SUITE) if third_party else (False, None))
    assert event.answer == (b"success" if third_party else b"")


@BOTH_FORMS
def test_the_fields_of_each_change(third_party: bool) -> None:
    def fields(name: str) -> Event:
        return event_of(change(name, third_party=third_party))

    added = fields("add_external_contact")
    assert (added.state, added.welcome_code) == ("teststate", "WELCOMECODE")
    assert fields("msg_audit_approved").welcome_code == "WELCOMECODE"
    assert fields("transfer_fail").fail_reason == FailReason.CUSTOMER_REFUSED
    assert fields("del_external_contact").source == ""
    edited = fields("edit_external_contact")
    assert (edited.state, edited.welcome_code, edited.source, edited.fail_reason) == (None, None, None, None)


@BOTH_FORMS
def test_a_text_cut_within_a_character_costs_only_that_character(third_party: bool) -> None:
    message = change("add_external_contact", third_party=third_party).replace(b"teststate", "展会".encode()[:-1])
    assert (event_of(message).kind, event_of(message).state) == (Kind.ADDED, "展\ufffd")


@BOTH_FORMS
def test_a_customer_handed_over_is_no_loss(third_party: bool) -> None:
    event = event_of(change("del_external_contact", third_party=third_party, fields=HANDED_OVER))
    assert (event.kind, event.source) == (Kind.HANDED_OVER, "DELETE_BY_TRANSFER")


def test_a_fail_reason_still_unknown_is_kept() -> None:
    event = event_of(change("transfer_fail", fields="<FailReason>new_reason</FailReason>"))
    assert (event.kind, event.fail_reason) == (Kind.TRANSFER_FAILED, "new_reason")


@pytest.mark.parametrize(
    ("message", "name"),
    [
        (GROUP, "update"),
        (TAG, "shuffle"),
        (ACQUISITION, "friend_request"),
        (CREATE_AUTH, "create_auth"),
        (JSON_TEXT, "text"),
        (change("add_external_contact").replace(b"add_external", b"shake_external"), "shake_external_contact"),
        (b"<xml/>", ""),
    ],
)
def test_anything_else_is_kept_as_sent(message: bytes, name: str) -> None:
    event = event_of(message)
    assert (event.kind, event.name) == (Kind.OTHER, name)
    if b"AuthCode" not in message:
        assert event.message == message.decode()


def test_what_is_nested_is_not_taken_for_a_field() -> None:
    assert event_of(GROUP).userid is None
    assert event_of(GROUP).fields["ChatId"] == "CHAT_ID"


def test_json_is_an_event_like_xml_with_either_case_of_its_names() -> None:
    fields = read_xml(change("add_external_contact"))
    typed: dict[str, str | int] = {**fields, "CreateTime": AT}
    for names in (typed, {name.lower(): value for name, value in typed.items()}):
        event = event_of(json.dumps(names).encode())
        assert (event.kind, event.userid, event.state, event.occurred_at) == (Kind.ADDED, "zhangsan", "teststate", AT)


@pytest.mark.parametrize("text", ["", "soon", "-5", "1e9", "١٢٣", "9" * 30])
def test_a_time_that_is_none_is_none(text: str) -> None:
    message = change("edit_external_contact").replace(f"{AT}".encode(), text.encode())
    assert event_of(message).occurred_at is None


def test_a_third_party_message_without_time_is_an_event() -> None:
    message = change("edit_external_contact", third_party=True).replace(f"<TimeStamp>{AT}</TimeStamp>".encode(), b"")
    assert (event_of(message).occurred_at, event_of(message).kind) == (None, Kind.EDITED)


@BOTH_FORMS
def test_two_events_of_one_second_are_two_and_one_delivered_again_is_one(third_party: bool) -> None:
    sent = [change(name, third_party=third_party) for name in CHANGES]
    sent.append(change("del_external_contact", third_party=third_party, fields=HANDED_OVER))
    added = change("add_external_contact", third_party=third_party)
    sent += [
        added.replace(CUSTOMER.encode(), b"wmOTHER"),
        added.replace(b"zhangsan", b"lisi"),
        added.replace(b"teststate", b"otherstate"),
        added.replace(b"WELCOMECODE", b"OTHERCODE"),
        added.replace(f"{AT}".encode(), f"{AT + 1}".encode()),
    ]
    assert len({event_of(message).fingerprint for message in sent}) == len(sent)
    assert event_of(added).fingerprint == event_of(bytes(added)).fingerprint


def test_a_suite_ticket_is_given_but_never_shown() -> None:
    event = event_of(SUITE_TICKET)
    assert (event.kind, event.suite_ticket, event.suite_id) == (Kind.SUITE_TICKET, "asdfasfdasdfasdf", SUITE)
    again = event_of(event.message.encode())
    assert (again.kind, again.suite_ticket, again.fields) == (Kind.SUITE_TICKET, None, event.fields)
    assert "asdf" not in repr(event) + event.message + str(event.fields)


@pytest.mark.parametrize(
    "message",
    [
        b"<xml><InfoType>suite_ticket</InfoType><SuiteTicket>s3cret&amp;]more</SuiteTicket></xml>",
        b"<xml><InfoType>suite_ticket</InfoType><SuiteTicket ><![CDATA[s3cret<]]",
        b'{"InfoType":"suite_ticket","SuiteTicket": "s3cret\\"more"}',
        b'{"infotype":"reset_permanent_code","authcode":"s3cret',
        CREATE_AUTH.replace(b"AUTHCODE-OF-ONE-CORP", b"s3cret"),
    ],
)
def test_secrets_are_blanked_however_they_are_written(message: bytes) -> None:
    event = event_of(message)
    assert "***" in event.message
    assert not any(part in event.message + str(event.fields) for part in ("s3cret", "more"))


@settings(max_examples=50)
@given(st.text(), st.text())
def test_fields_that_are_written_are_read_again(state: str, source: str) -> None:
    allowed: dict[str, str | int] = {"State": state, "Source": source, "CreateTime": 7}
    read = read_xml(write_xml(allowed).encode("utf-8", "replace"))
    if (state + source).isprintable():
        assert read == {"State": state, "Source": source, "CreateTime": "7"}
    assert set(read) == set(allowed)
