"""Every word of ours stands whole in the Chinese catalogue, and the compiled catalogue is the written one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from console.language import DOMAIN
from tests import catalogue

# Names that are the same in both languages.
SAME_IN_BOTH: frozenset[str] = frozenset(
    {
        "WeCom",
        "userid",
        "unionid",
        "external_userid",
        "JSON",
        "API",
        "CSV",
        "ID",
        "Secret",
        "Token",
        "UTC",
        "wecom-console",
    }
)
HOW = "run: python -m tests.catalogue"


def forms(message: Message) -> tuple[list[str], list[str]]:
    """The English and the Chinese forms of a message."""
    english = list(message.id) if isinstance(message.id, list | tuple) else [message.id]
    chinese = list(message.string) if isinstance(message.string, list | tuple) else [message.string]
    return english, [text or "" for text in chinese]


def identities(messages: list[Message]) -> set[str]:
    return {forms(message)[0][0] for message in messages}


def translations(messages: Iterable[Message]) -> dict[str, list[str]]:
    return {forms(m)[0][0]: forms(m)[1] for m in messages if m.id and all(forms(m)[1])}


@pytest.fixture(scope="module")
def in_code() -> list[Message]:
    return [message for message in catalogue.extract() if message.id]


@pytest.fixture(scope="module")
def in_po() -> list[Message]:
    return [message for message in catalogue.read() if message.id]


def test_the_catalogue_holds_every_message_of_the_code_and_no_other(
    in_code: list[Message], in_po: list[Message]
) -> None:
    assert identities(in_code) - identities(in_po) == set(), HOW
    assert identities(in_po) - identities(in_code) == set(), HOW
    assert not catalogue.read().obsolete, HOW


def test_a_plural_is_a_plural_in_both(in_code: list[Message], in_po: list[Message]) -> None:
    assert {forms(m)[0][0] for m in in_code if m.pluralizable} == {forms(m)[0][0] for m in in_po if m.pluralizable}


def test_every_message_is_translated_and_none_is_a_guess(in_po: list[Message]) -> None:
    assert [m.id for m in in_po if m.fuzzy] == []
    assert [m.id for m in in_po if not all(forms(m)[1])] == []


def test_no_translation_is_the_english_again(in_po: list[Message]) -> None:
    same = [m.id for m in in_po if set(forms(m)[0]) & set(forms(m)[1]) and any(c.isalpha() for c in str(m.id))]
    assert [one for one in same if one not in SAME_IN_BOTH] == []


def test_placeholders_are_the_same_in_both(in_po: list[Message]) -> None:
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"\{[^{}]*\}|%\([a-z]+\)s", text))

    for message in in_po:
        english, chinese = forms(message)
        needed = set.intersection(*map(placeholders, english))
        known = set.union(*map(placeholders, english))
        for text in filter(None, chinese):
            assert needed <= placeholders(text) <= known, message.id


def test_white_space_around_a_message_is_the_same_in_both(in_po: list[Message]) -> None:
    for message in in_po:
        english, chinese = forms(message)
        for text in chinese:
            # a full-width colon brings its own blank along
            ended = text[-1:].isspace() or (english[-1].endswith(": ") and text.endswith("："))
            assert (text[:1].isspace(), ended) == (english[-1][:1].isspace(), english[-1][-1:].isspace()), message.id


def test_no_character_whose_width_depends_on_the_terminal(in_code: list[Message], in_po: list[Message]) -> None:
    for message in [*in_code, *in_po]:
        for text in [*forms(message)[0], *forms(message)[1]]:
            ambiguous = {c for c in text if unicodedata.east_asian_width(c) == "A"}
            assert not ambiguous, (message.id, ambiguous)


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert catalogue.MO_FILE.name == f"{DOMAIN}.mo"
    with catalogue.MO_FILE.open("rb") as file:
        compiled = {forms(m)[0][0]: forms(m)[1] for m in read_mo(file) if m.id}
    assert compiled == {forms(m)[0][0]: forms(m)[1] for m in catalogue.read() if m.id and all(forms(m)[1])}, HOW
    assert catalogue.PO_FILE.read_bytes() == catalogue.written(catalogue.read()), HOW
