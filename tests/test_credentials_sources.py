"""A secret comes from where its operator chose to have it: environment, typed, a command, else the keyring."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from console.credentials import (
    CommandSecrets,
    EnvironmentSecrets,
    MemorySecrets,
    SecretCommandFailed,
    SecretKind,
    SecretStack,
    Source,
    WhyNoSecret,
    main_secret_kind,
    needed_kinds,
    variable_of,
)
from console.credentials.forms import form_mistake
from console.settings import AppType, Profile, Settings

KIND = SecretKind.CORP_SECRET
needs_posix = pytest.mark.skipif(os.name != "posix", reason="the commands here are those of a POSIX system")


def command(*words: str, limit: float = 20, on_terminal: bool = True) -> CommandSecrets:
    """The secrets of a profile acme that has this command, before a keyring that knows one secret."""
    kept = MemorySecrets({("acme", KIND): "kept", ("other", KIND): "other's"})
    return CommandSecrets(kept, {"acme": words}, limit=limit, on_terminal=on_terminal)


def why_no_secret(*words: str, limit: float = 20) -> SecretCommandFailed:
    with pytest.raises(SecretCommandFailed) as caught:
        command(*words, limit=limit).get("acme", KIND)
    return caught.value


def test_the_environment_wins_for_reading_and_is_never_written() -> None:
    wrapped = MemorySecrets({("acme", KIND): "kept"})
    environ = {"WECOM_CONSOLE_SECRET_CORP_SECRET": "given\n", "WECOM_CONSOLE_SECRET_CALLBACK_TOKEN": "  "}
    secrets = EnvironmentSecrets(wrapped, environ)
    assert secrets.get("acme", KIND) == "given"
    assert secrets.get("acme", SecretKind.CALLBACK_TOKEN) is None
    assert (secrets.given(KIND), secrets.given(SecretKind.CALLBACK_TOKEN)) == (True, False)
    secrets.set("acme", KIND, "new")
    assert (wrapped.get("acme", KIND), secrets.get("acme", KIND)) == ("new", "given")
    assert secrets.remove("acme", KIND) is True
    assert wrapped.get("acme", KIND) is None


def test_every_kind_has_its_variable() -> None:
    assert {variable_of(kind) for kind in SecretKind} == {
        "WECOM_CONSOLE_SECRET_CORP_SECRET",
        "WECOM_CONSOLE_SECRET_CALLBACK_TOKEN",
        "WECOM_CONSOLE_SECRET_ENCODING_AES_KEY",
        "WECOM_CONSOLE_SECRET_PERMANENT_CODE",
        "WECOM_CONSOLE_SECRET_SUITE_SECRET",
        "WECOM_CONSOLE_SECRET_SUITE_TICKET",
    }


def test_which_secrets_open_wecom_depends_on_the_kind_of_app() -> None:
    assert needed_kinds(AppType.SELF_BUILT) == (SecretKind.CORP_SECRET,)
    assert needed_kinds(AppType.DELEGATED) == (SecretKind.PERMANENT_CODE,)
    suite = {SecretKind.SUITE_SECRET, SecretKind.SUITE_TICKET, SecretKind.PERMANENT_CODE}
    assert set(needed_kinds(AppType.THIRD_PARTY)) == suite
    assert [main_secret_kind(kind) for kind in AppType] == [needed_kinds(kind)[0] for kind in AppType]


def test_memory_keeps_to_itself() -> None:
    secrets = MemorySecrets()
    secrets.set("a", KIND, "s3cret")
    assert "s3cret" not in repr(secrets)
    assert (secrets.remove("a", KIND), secrets.remove("a", KIND), secrets.get("a", KIND)) == (True, False, None)
    assert not [thread for thread in threading.enumerate() if thread.name == "keyring"]


@needs_posix
def test_a_command_is_told_profile_and_kind_and_read_by_no_shell() -> None:
    assert command("printf", "%s\n", "op://{profile}/{kind} $HOME; {x}").get("acme", KIND) == (
        "op://acme/corp-secret $HOME; {x}"
    )


@needs_posix
def test_only_the_last_line_end_is_taken_off_and_nothing_means_the_keyring() -> None:
    assert command("printf", " a secret \r\n").get("acme", KIND) == " a secret "
    assert command("true").get("acme", KIND) == "kept"
    assert command("printf", "printed").get("other", KIND) == "other's"


@needs_posix
def test_a_command_that_gives_no_secret_says_why() -> None:
    failed = why_no_secret("sh", "-c", "echo no such item >&2; exit 3")
    assert (failed.why, failed.exit_code, failed.detail) == (WhyNoSecret.FAILED, 3, "no such item")
    assert why_no_secret("no-such-program-anywhere", "{kind}").why is WhyNoSecret.NOT_STARTED
    assert why_no_secret("printf", "one\\ntwo\\n").why is WhyNoSecret.MANY_LINES
    assert why_no_secret("printf", "\\377").why is WhyNoSecret.NO_TEXT
    assert why_no_secret("sleep", "60", limit=0.05).why is WhyNoSecret.TOO_LATE


@needs_posix
def test_what_a_failed_command_printed_goes_no_further() -> None:
    failed = why_no_secret("sh", "-c", "printf s3cret-value; exit 1")
    assert "s3cret-value" not in f"{failed!r} {failed} {failed.args}"


@needs_posix
@pytest.mark.parametrize("on_terminal", [True, False])
def test_a_command_reaches_the_terminal_unless_screens_are_drawn_there(on_terminal: bool) -> None:
    asks = ("sh", "-c", 'test "$(ps -o sid= -p $$ | tr -d " ")" = $$ && printf apart || printf beside')
    assert command(*asks, on_terminal=on_terminal).get("acme", KIND) == ("beside" if on_terminal else "apart")


@needs_posix
def test_environment_before_typed_before_command_before_keyring(tmp_path: Path) -> None:
    kept = MemorySecrets({("acme", kind): "kept" for kind in SecretKind} | {("other", KIND): "kept"})
    environ = {"WECOM_CONSOLE_SECRET_CORP_SECRET": "environment"}
    secrets = SecretStack(kept, environ=environ)
    profiles = {"acme": Profile("acme", "ww1", secret_command=("printf", "command")), "other": Profile("other", "ww1")}
    secrets.follow(Settings(tmp_path / "config.toml", profiles=profiles))
    secrets.give("acme", SecretKind.CORP_SECRET, "typed")
    secrets.give("acme", SecretKind.PERMANENT_CODE, "typed")
    found = [
        (secrets.source(profile, kind), secrets.get(profile, kind))
        for profile, kind in (
            ("acme", SecretKind.CORP_SECRET),
            ("acme", SecretKind.PERMANENT_CODE),
            ("acme", SecretKind.CALLBACK_TOKEN),
        )
    ]
    assert found == [(Source.ENVIRONMENT, "environment"), (Source.TYPED, "typed"), (Source.COMMAND, "command")]
    assert secrets.source("other", SecretKind.CALLBACK_TOKEN) is Source.KEYRING
    assert kept.get("acme", SecretKind.PERMANENT_CODE) == "kept", "what is typed is not kept"
    secrets.set("other", SecretKind.PERMANENT_CODE, "new")
    assert secrets.get("other", SecretKind.PERMANENT_CODE) == "new"


def test_a_secret_that_is_kept_counts_in_place_of_what_was_typed() -> None:
    secrets = SecretStack(MemorySecrets(), environ={})
    secrets.give("acme", KIND, "typed")
    secrets.set("acme", KIND, "kept")
    assert secrets.get("acme", KIND) == "kept"
    secrets.give("acme", KIND, "typed")
    assert secrets.remove("acme", KIND) is True
    assert secrets.get("acme", KIND) is None


AES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (SecretKind.CORP_SECRET, "vP2yt4mu9v/NmQ6Wvl+zImHK_-"),
        (SecretKind.ENCODING_AES_KEY, AES),
        (SecretKind.CALLBACK_TOKEN, "t"),
        (SecretKind.CALLBACK_TOKEN, "T0" * 16),
        (SecretKind.SUITE_TICKET, "ticket@@@abc"),
    ],
)
def test_what_wecom_gives_is_taken(kind: SecretKind, value: str) -> None:
    assert form_mistake(kind, value) is None


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (SecretKind.CORP_SECRET, " \n", "No secret"),
        (SecretKind.CORP_SECRET, "one\ntwo", "one line"),
        (SecretKind.CORP_SECRET, "two words", "blank"),
        (SecretKind.CORP_SECRET, "ｆｕｌｌ", "another character"),
        (SecretKind.CORP_SECRET, "zero\u200bwidth", "another character"),
        (SecretKind.ENCODING_AES_KEY, AES[1:], "42"),
        (SecretKind.ENCODING_AES_KEY, AES + "x", "44"),
        (SecretKind.ENCODING_AES_KEY, AES + "=", "= at its end"),
        (SecretKind.ENCODING_AES_KEY, AES[1:] + "-", "other characters"),
        (SecretKind.CALLBACK_TOKEN, "t" * 33, "33"),
        (SecretKind.CALLBACK_TOKEN, "to-ken", "other characters"),
    ],
)
def test_a_wrong_paste_is_found_out_and_not_repeated(kind: SecretKind, value: str, says: str) -> None:
    mistake = form_mistake(kind, value)
    assert mistake is not None
    assert says in mistake
    assert not value.strip() or value not in mistake
