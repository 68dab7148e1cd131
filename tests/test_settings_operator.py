"""Who works here, and which command gives the secrets: two settings that a mistake in must not pass."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from console.settings import Home, Settings, SettingsError, load_settings, operator_of
from console.settings_file import use_profile

ACME = '[profiles.acme]\ncorp_id = "ww1"\n'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.locate({"WECOM_CONSOLE_HOME": str(tmp_path / "home")})


def load(home: Home, text: str) -> Settings:
    home.settings_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    home.settings_file.write_text(text, encoding="utf-8")
    home.settings_file.chmod(0o600)
    return load_settings(home)


def test_the_operator_is_named_by_the_command_line_else_the_settings_else_the_user(home: Home) -> None:
    chen = load(home, 'operator = "陈敏"')
    assert (operator_of(chen), operator_of(chen, "李娜")) == ("陈敏", "李娜")
    user = getpass.getuser()
    assert operator_of(load(home, "")) == operator_of(load(home, 'operator = "ask"')) == user
    assert operator_of(load(home, 'operator = "ask"'), "李娜") == "李娜"


@pytest.mark.parametrize("name", ['""', '" chen"', '"a\\nb"', "7"])
def test_a_name_that_fits_on_no_line_is_refused(home: Home, name: str) -> None:
    with pytest.raises(SettingsError) as mistake:
        load(home, f"operator = {name}")
    assert mistake.value.key == "operator"


def test_a_secret_command_is_a_list_of_words_and_survives_a_change_of_the_file(home: Home) -> None:
    line = 'secret_command = ["op", "read", "op://wecom/{profile}/{kind}"]\n'
    words = ("op", "read", "op://wecom/{profile}/{kind}")
    assert load(home, ACME + line).profiles["acme"].secret_command == words
    use_profile(home, "acme")
    assert load_settings(home).profiles["acme"].secret_command == words


@pytest.mark.parametrize("value", ['"op read"', '["op", 1]', '["", "read"]', '[" "]'])
def test_any_other_secret_command_is_refused(home: Home, value: str) -> None:
    with pytest.raises(SettingsError) as mistake:
        load(home, f"{ACME}secret_command = {value}")
    assert mistake.value.key == "profiles.acme.secret_command"


def test_a_slip_in_its_name_is_no_secret_in_the_file(home: Home) -> None:
    with pytest.raises(SettingsError) as mistake:
        load(home, f'{ACME}secret_comand = ["op"]')
    assert mistake.value.nearest == "secret_command"
