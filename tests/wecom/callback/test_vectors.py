"""The vectors that WeCom and others have published, each as it was published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from console.wecom.callback.crypto import length_within, pad
from console.wecom.callback.envelope import Envelope, Opened, SignedQuery
from console.wecom.callback.events import Kind, event_of
from console.wecom.callback.signature import signature_of

VECTORS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))


def vectors(kind: str) -> list[Any]:
    return [pytest.param(vector, id=vector["id"]) for vector in VECTORS if vector["kind"].startswith(kind)]


def envelope(vector: dict[str, Any]) -> Envelope:
    return Envelope(vector["token"], vector["encoding_aes_key"], [vector["receive_id"]])


def opened(vector: dict[str, Any]) -> Opened:
    query = SignedQuery(vector["msg_signature"], vector["timestamp"], vector["nonce"])
    return envelope(vector).open(query, vector["body"].encode())


@pytest.mark.parametrize("vector", vectors("url_verify"))
def test_an_address_is_verified_with_the_bare_plaintext(vector: dict[str, Any]) -> None:
    assert envelope(vector).echo(SignedQuery.read(vector["query_string"])) == vector["plaintext"].encode()


@pytest.mark.parametrize("vector", vectors("url_verify") + vectors("post"))
def test_the_signature_is_the_published_one(vector: dict[str, Any]) -> None:
    signature = signature_of(vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"])
    assert signature == vector["msg_signature"]


@pytest.mark.parametrize("vector", vectors("post_xml"))
def test_an_xml_push_is_opened(vector: dict[str, Any]) -> None:
    assert opened(vector).receive_id == vector["receive_id"]
    assert event_of(opened(vector).message).fields == vector["plaintext_fields"]


@pytest.mark.parametrize("vector", vectors("post_json"))
def test_a_json_push_is_opened_with_either_case_of_its_keys(vector: dict[str, Any]) -> None:
    assert opened(vector) == Opened(vector["plaintext"].encode(), vector["receive_id"])


def test_a_published_message_that_is_no_json_is_an_event_all_the_same() -> None:
    [broken] = [vector for vector in VECTORS if vector["id"] == "official-php-json-post"]
    event = event_of(opened(broken).message)
    assert (event.kind, event.message) == (Kind.UNREADABLE, broken["plaintext"])


@pytest.mark.parametrize("vector", vectors("pkcs7"))
def test_padding_is_to_32_bytes(vector: dict[str, Any]) -> None:
    for case in vector["cases"]:
        plain, padded = bytes.fromhex(case["in_hex"]), bytes.fromhex(case["out_hex"])
        assert pad(plain) == padded
        assert length_within(padded) == len(plain)
