"""A mistake in the settings is named by file, key and nearest key; what is written can be read again."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from console import language
from console.settings import (
    AppType,
    Environment,
    Home,
    Profile,
    SettingsError,
    configured_language,
    load_settings,
)
from console.settings_file import NoSuchProfile, ProfileExists, add_profile, remove_profile, use_profile

ACME = '[profiles.acme]\ncorp_id = "ww1"\n'


@pytest.fixture(autouse=True)
def in_english_again() -> Iterator[None]:
    yield
    language.install("en")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.locate({"WECOM_CONSOLE_HOME": str(tmp_path / "home")})


def write(home: Home, text: str) -> None:
    home.settings_file.parent.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text(text, encoding="utf-8")
    home.settings_file.chmod(0o600)


def mistake(home: Home, text: str) -> SettingsError:
    write(home, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(home)
    assert caught.value.file == home.settings_file
    return caught.value


def test_without_a_file_everything_has_its_default(home: Home) -> None:
    settings = load_settings(home)
    assert (settings.profiles, settings.default_profile, settings.mask) == ({}, None, None)
    assert not home.settings_file.parent.exists()


def test_the_example_in_the_documentation_is_valid(home: Home) -> None:
    from console import settings as module

    lines = (module.__doc__ or "").splitlines()
    write(home, "\n".join(line.removeprefix("    ") for line in lines if line.startswith("    ")))
    settings = load_settings(home)
    assert (settings.language, settings.timezone, settings.mask) == ("zh", "Asia/Shanghai", True)
    assert settings.keys == {"find": ("f", "f3")}
    assert settings.profiles["acme"] == Profile("acme", "ww1234567890abcdef")


def test_every_key_of_a_profile_is_read(home: Home) -> None:
    write(
        home,
        """
        [profiles."华东 1.0"]
        corp_id = "ww1"
        app_type = "delegated"
        base_url = "http://127.0.0.1:8080/"
        env = "test"
        read_only = true
        suite_id = "dk1"
        receive_ids = ["ww1", "dk1"]
        contacts = "guide"
        conversion = "old"
        customer_acquisition = true
        """,
    )
    assert load_settings(home).profiles["华东 1.0"] == Profile(
        name="华东 1.0",
        corp_id="ww1",
        app_type=AppType.DELEGATED,
        base_url="http://127.0.0.1:8080",
        environment=Environment.TEST,
        read_only=True,
        suite_id="dk1",
        receive_ids=("ww1", "dk1"),
        contacts_path="/externalcontact/list_member_non_data_contact",
        customer_acquisition=True,
        conversion_path="/externalcontact/unionid_to_external_userid",
    )


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ('defalt_profile = "a"', "defalt_profile", "default_profile"),
        ('lang = "zh"', "lang", "language"),
        (ACME + 'corpid = "ww"', "profiles.acme.corpid", "corp_id"),
        (ACME + "read-only = true", "profiles.acme.read-only", "read_only"),
        (ACME + 'app_type = "selfbuilt"', "profiles.acme.app_type", "self-built"),
        (ACME + 'env = "production"', "profiles.acme.env", "prod"),
        ('theme = "contrst"', "theme", "contrast"),
        ('default_profile = "acne"\n' + ACME, "default_profile", "acme"),
        ("qqqqqq = 1", "qqqqqq", None),
    ],
)
def test_a_wrong_word_names_its_place_and_the_nearest_right_one(
    home: Home, text: str, key: str, nearest: str | None
) -> None:
    error = mistake(home, text)
    assert (error.key, error.nearest) == (key, nearest)
    assert str(home.settings_file) in str(error)
    assert nearest is None or nearest in str(error)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("language = true", "language"),
        ('language = "fr"', "language"),
        ('mask = "yes"', "mask"),
        ("ascii = 1", "ascii"),
        ('keys = "f"', "keys"),
        ('[keys]\nfind = "f"', "keys.find"),
        ("[keys]\nfind = [1]", "keys.find"),
        ("profiles = []", "profiles"),
        ("[profiles]\nacme = 1", "profiles.acme"),
        ("[profiles.acme]", "profiles.acme.corp_id"),
        (ACME + "suite_id = 3", "profiles.acme.suite_id"),
        (ACME + 'receive_ids = "ww1"', "profiles.acme.receive_ids"),
        (ACME + 'contacts = "other"', "profiles.acme.contacts"),
        (ACME + 'conversion = "new"', "profiles.acme.conversion"),
        ('timezone = "Mars/Base"', "timezone"),
        ('timezone = "/etc/passwd"', "timezone"),
        ('[profiles."a/b"]\ncorp_id = "ww1"', "profiles.a/b"),
    ],
)
def test_a_value_of_the_wrong_kind_names_its_key(home: Home, text: str, key: str) -> None:
    assert mistake(home, text).key == key


def test_a_secret_in_the_settings_is_told_where_it_belongs(home: Home) -> None:
    error = mistake(home, ACME + 'corp_secret = "s3cret-value"')
    assert "secret set" in str(error)
    assert "s3cret-value" not in repr(error)


def test_bad_toml_names_the_line(home: Home) -> None:
    assert "line 2" in str(mistake(home, 'language = "zh"\nmask = \n'))


def test_a_file_that_is_not_utf_8_names_the_line(home: Home) -> None:
    home.settings_file.parent.mkdir(parents=True)
    home.settings_file.write_bytes(b'language = "zh"\n# \xd6\xd0\n')
    home.settings_file.chmod(0o600)
    with pytest.raises(SettingsError, match="2"):
        load_settings(home)


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1:8080",
        "ftp://127.0.0.1",
        "qyapi.weixin.qq.com",
        "https://",
        "https://user:pw@qyapi.weixin.qq.com",
        "https://qyapi.weixin.qq.com?x=1",
        "https://[::1",
        "http://127.0.0.1:99999",
    ],
)
def test_a_secret_is_never_sent_in_the_clear_to_another_machine(home: Home, url: str) -> None:
    assert mistake(home, f'{ACME}base_url = "{url}"').key == "profiles.acme.base_url"


@pytest.mark.parametrize(
    "url", ["https://example.com/proxy", "http://localhost:9", "http://[::1]:9", "http://127.0.0.1"]
)
def test_https_anywhere_and_http_on_this_machine_are_fine(home: Home, url: str) -> None:
    write(home, f'{ACME}base_url = "{url}"')
    assert load_settings(home).profiles["acme"].base_url == url


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_refused(home: Home, mode: int) -> None:
    write(home, ACME)
    home.settings_file.chmod(mode)
    with pytest.raises(SettingsError, match="chmod go-w"):
        load_settings(home)


def test_one_folder_holds_everything_when_it_is_named(home: Home, tmp_path: Path) -> None:
    assert home.settings_file == tmp_path / "home" / "config.toml"
    assert home.names_file == tmp_path / "home" / "names.csv"
    assert home.store_file == tmp_path / "home" / "store.db"
    assert home.log_file == tmp_path / "home" / "wecom-console.log"
    if os.name == "posix":
        assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


def test_else_the_operating_system_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert "wecom-console" in str(Home.locate({}).settings_file)


def test_the_language_can_be_asked_for_before_anything_else(home: Home) -> None:
    assert configured_language(home) is None
    write(home, 'language = "zh"')
    assert configured_language(home) == "zh"
    write(home, "language = ")
    assert configured_language(home) is None


def test_language_and_zone_are_kept_with_the_first_profile_and_left_alone_later(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    language.install("zh")
    add_profile(home, Profile("acme", "ww1"))
    monkeypatch.setenv("TZ", "UTC")
    language.install("en")
    add_profile(home, Profile("beta", "ww2"))

    settings = load_settings(home)
    assert (settings.language, settings.timezone) == ("zh", "Asia/Shanghai")


def test_what_the_settings_say_already_is_not_overruled_by_the_machine(home: Home) -> None:
    write(home, 'timezone = "Asia/Urumqi"\n')
    add_profile(home, Profile("acme", "ww1"))
    assert load_settings(home).timezone == "Asia/Urumqi"


def test_what_is_added_is_read_again_and_the_first_is_the_default(home: Home) -> None:
    first = Profile("acme", "ww1")
    second = Profile(
        "beta",
        "ww2",
        AppType.DELEGATED,
        "http://127.0.0.1:9",
        Environment.TEST,
        True,
        "dk1",
        ("ww2", "dk1"),
        "/externalcontact/list_member_non_data_contact",
        True,
        conversion_path="/externalcontact/unionid_to_external_userid",
    )
    assert add_profile(home, first) is True
    assert add_profile(home, second) is False
    settings = load_settings(home)
    assert dict(settings.profiles) == {"acme": first, "beta": second}
    assert settings.default_profile == "acme"
    if os.name == "posix":
        assert home.settings_file.stat().st_mode & 0o777 == 0o600
        assert home.settings_file.parent.stat().st_mode & 0o777 == 0o700


def test_comments_and_other_settings_outlive_a_write(home: Home) -> None:
    write(home, f'# ours\nmask = true  # always\n\n[keys]\nfind = ["f"]\n\n{ACME}# the old app\n')
    add_profile(home, Profile("beta", "ww2"))
    use_profile(home, "beta")
    text = home.settings_file.read_text(encoding="utf-8")
    assert "# ours" in text
    assert "mask = true  # always" in text
    assert "# the old app" in text
    settings = load_settings(home)
    assert (settings.default_profile, settings.mask, settings.keys) == ("beta", True, {"find": ("f",)})


def test_a_name_is_taken_once(home: Home) -> None:
    add_profile(home, Profile("acme", "ww1"))
    before = home.settings_file.read_bytes()
    with pytest.raises(ProfileExists):
        add_profile(home, Profile("acme", "ww2"))
    assert home.settings_file.read_bytes() == before


@pytest.mark.parametrize("name", ["", " a", "a/b", "a\\b", "a\nb", "a\x1b", "-x", "a\u202eb"])
def test_a_name_that_could_mislead_is_refused(home: Home, name: str) -> None:
    with pytest.raises(SettingsError):
        add_profile(home, Profile(name, "ww1"))
    assert not home.settings_file.exists()


def test_an_address_that_would_leak_the_secret_is_never_written(home: Home) -> None:
    with pytest.raises(SettingsError):
        add_profile(home, Profile("acme", "ww1", base_url="http://example.com"))
    assert not home.settings_file.exists()


def test_removing_the_default_leaves_no_default(home: Home) -> None:
    add_profile(home, Profile("acme", "ww1"))
    add_profile(home, Profile("beta", "ww2"))
    remove_profile(home, "acme")
    assert (load_settings(home).default_profile, list(load_settings(home).profiles)) == (None, ["beta"])
    with pytest.raises(NoSuchProfile) as caught:
        use_profile(home, "acme")
    assert caught.value.known == ("beta",)
    with pytest.raises(NoSuchProfile):
        remove_profile(home, "acme")


@pytest.mark.skipif(os.name != "posix", reason="links are plain there")
def test_a_link_to_the_settings_stays_a_link(home: Home, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("", encoding="utf-8")
    real.chmod(0o600)
    home.settings_file.parent.mkdir()
    home.settings_file.symlink_to(real)
    add_profile(home, Profile("acme", "ww1"))
    assert home.settings_file.is_symlink()
    assert "acme" in real.read_text(encoding="utf-8")


def test_an_error_can_travel_between_processes() -> None:
    error = SettingsError(Path("config.toml"), "profiles.a.env", "wrong", "prod")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
