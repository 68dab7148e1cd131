"""What fails without an error code is explained too: the network, ids, settings, the keyring, the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console import language
from console.credentials import (
    KeyringState,
    KeyringUnavailable,
    SecretCommandFailed,
    SecretKind,
    SecretNotKept,
    WhyNoSecret,
)
from console.operations.explain import exit_code, explain
from console.session import SecretMissing
from console.settings import AppType, SettingsError
from console.store import errors as store_errors
from console.wecom import errors
from console.wecom.errors import (
    ConnectionReset_,
    CutShort,
    InsecureAddress,
    NotJson,
    RepeatedCursor,
    TimedOut,
    TimeoutName,
    TooManyUserids,
    UnexpectedShape,
    Unreachable,
    WeComError,
    WeComFailure,
    WhyUnreachable,
)
from console.wecom.ids import IdKind, NotAnExternalUserid

STORE = Path("home") / "store.db"
EXCHANGES: list[WeComFailure] = [
    *(Unreachable("externalcontact/get", "qyapi.weixin.qq.com", why, "text") for why in WhyUnreachable),
    *(TimedOut(what, 5.0, "externalcontact/get") for what in TimeoutName),
    ConnectionReset_("externalcontact/get"),
    CutShort("externalcontact/get", 12),
    NotJson(200, "text/html", "externalcontact/get"),
    NotJson(502, "text/html", "externalcontact/get"),
    UnexpectedShape("externalcontact/get", "no list"),
    TooManyUserids(101, 100),
    RepeatedCursor("externalcontact/batch/get_by_user", 3),
    InsecureAddress("http://wx.example.com"),
]
STORE_FAILURES: list[store_errors.StoreFailure] = [
    store_errors.StoreFailure(STORE, "why"),
    store_errors.StoreLocked(STORE),
    store_errors.StoreFull(STORE),
    store_errors.StoreCorrupt(STORE),
    store_errors.StoreReadOnly(STORE),
    store_errors.StoreUnavailable(STORE),
    store_errors.StoreClosed(STORE),
    store_errors.StoreTooNew(STORE, 9, 3),
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language.current()
    language.install("en")
    yield
    language.install(before)


@pytest.mark.parametrize("failure", EXCHANGES, ids=repr)
def test_every_failed_exchange_is_explained_in_its_own_words(failure: WeComFailure) -> None:
    explanation = explain(failure)
    assert explanation.what
    assert explanation.why.endswith(".")
    assert explanation.todo
    assert "the exchange with WeCom failed" not in explanation.what


def test_every_class_of_failed_exchange_is_among_these() -> None:
    classes = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, WeComFailure)}
    assert classes - {WeComFailure, WeComError} == {type(failure) for failure in EXCHANGES}


def test_each_reason_for_no_connection_has_its_own_words() -> None:
    said = {explain(Unreachable("x", "host", why)).why for why in WhyUnreachable}
    assert len(said) == len(WhyUnreachable)


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (Unreachable("x", "host", WhyUnreachable.REFUSED), 3),
        (Unreachable("x", "host", WhyUnreachable.TLS), 1),
        (TimedOut(TimeoutName.READ, 15), 3),
        (NotJson(502, "text/html"), 3),
        (NotJson(200, "text/html"), 1),
        (CutShort("x"), 3),
        (ConnectionReset_("x"), 3),
        (InsecureAddress("http://wx.example.com"), 2),
        (NotAnExternalUserid("pAAAA", IdKind.PENDING), 2),
        (SettingsError(Path("config.toml"), "profiles.a.env", "unknown", "env"), 2),
        (store_errors.StoreLocked(STORE), 3),
        (store_errors.StoreTooNew(STORE, 9, 3), 1),
        (KeyringUnavailable(KeyringState.SLOW), 3),
        (KeyringUnavailable(KeyringState.ABSENT), 1),
        (SecretMissing("acme", SecretKind.CORP_SECRET), 2),
        (WeComError(-1), 3),
        (WeComError(45033), 3),
        (WeComError(45009), 3),
        (WeComError(60011), 1),
        (WeComError(40001), 1),
        (ZeroDivisionError(), 1),
    ],
    ids=repr,
)
def test_the_exit_code_tells_a_script_whether_to_try_again(failure: Exception, code: int) -> None:
    assert exit_code(failure) == code


@pytest.mark.parametrize("failure", STORE_FAILURES, ids=lambda failure: type(failure).__name__)
def test_every_failure_of_the_store_is_explained_in_its_own_words(failure: store_errors.StoreFailure) -> None:
    explanation = explain(failure)
    others = [explain(other) for other in STORE_FAILURES if type(other) is not type(failure)]
    if type(failure) not in (store_errors.StoreFailure, store_errors.StoreUnavailable):
        assert explanation.what not in {other.what for other in others}
    assert explanation.why
    assert explanation.todo


def test_a_store_from_a_newer_version_names_both_versions() -> None:
    assert "9" in explain(store_errors.StoreTooNew(STORE, 9, 3)).why
    assert "3" in explain(store_errors.StoreTooNew(STORE, 9, 3)).why


@pytest.mark.parametrize(
    "kind", [IdKind.PENDING, IdKind.TMP_OPENID, IdKind.TMP_EXTERNAL_USERID, IdKind.EMPTY, IdKind.MALFORMED]
)
def test_an_id_that_is_no_customer_id_is_called_what_it_is(kind: IdKind) -> None:
    explanation = explain(NotAnExternalUserid("\x1b[31m", kind))
    assert "customer ID" in explanation.what
    assert explanation.why
    assert explanation.todo
    assert "\x1b" not in repr(explanation)


def test_a_pending_id_is_explained_as_pending() -> None:
    explanation = explain(NotAnExternalUserid("pAAAA", IdKind.PENDING))
    assert "pending ID" in explanation.what
    assert "90 days" in explanation.why
    assert "(f)" in explanation.todo


def test_a_mistake_in_the_settings_names_file_key_and_nearest_key() -> None:
    explanation = explain(SettingsError(Path("config.toml"), "profiles.a.corpid", "is not a setting", "corp_id"))
    assert "profiles.a.corpid" in explanation.what
    assert "corp_id" in explanation.todo
    assert "config.toml" in explanation.todo


REASONS = [state for state in KeyringState if state is not KeyringState.AVAILABLE]


@pytest.mark.parametrize("state", REASONS)
def test_each_state_of_the_keyring_has_its_own_words_and_a_way_around(state: KeyringState) -> None:
    others = {explain(KeyringUnavailable(other)).what for other in REASONS if other is not state}
    explanation = explain(KeyringUnavailable(state, "no backend"), app_type=AppType.DELEGATED)
    assert explanation.what not in others
    assert "WECOM_CONSOLE_SECRET_PERMANENT_CODE" in explanation.todo


def test_without_a_keyring_all_ways_around_are_named_and_the_keyrings_that_there_are() -> None:
    explanation = explain(KeyringUnavailable(KeyringState.ABSENT, "none", ("keyring.backends.SecretService.Keyring",)))
    assert "SecretService" in explanation.why
    for way in ("PYTHON_KEYRING_BACKEND", "when it is asked for", "secret_command", "WECOM_CONSOLE_SECRET_CORP_SECRET"):
        assert way in explanation.todo


@pytest.mark.parametrize("why", WhyNoSecret)
def test_a_command_that_gives_no_secret_is_explained_with_what_it_said(why: WhyNoSecret) -> None:
    others = {explain(SecretCommandFailed("op", other)).why for other in WhyNoSecret if other is not why}
    explanation = explain(SecretCommandFailed("op", why, "not signed \x1b[31min", 7))
    assert "op" in explanation.what
    assert explanation.why not in others
    assert "secret_command" in explanation.todo
    assert "not signed" in explanation.support
    assert "\x1b" not in repr(explanation)


def test_a_secret_that_was_never_stored_comes_with_the_command_that_stores_it() -> None:
    explanation = explain(SecretMissing("acme", SecretKind.CORP_SECRET))
    assert "acme" in explanation.what
    assert "wecom-console secret set corp-secret --profile acme" in explanation.todo


def test_a_secret_that_did_not_stay_is_said_so() -> None:
    lost, restored = (explain(SecretNotKept("acme/corp-secret", restored)) for restored in (False, True))
    assert "not kept" in lost.what
    assert "could not be put back" in lost.why
    assert "there again" in restored.why


def test_an_unexpected_fault_is_to_be_reported_with_its_type() -> None:
    explanation = explain(ZeroDivisionError("a\x1b[31mb"))
    assert "ZeroDivisionError" in explanation.support
    assert "\x1b" not in explanation.support
    assert explanation.whom
