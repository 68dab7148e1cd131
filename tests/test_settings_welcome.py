"""Welcome templates and the receiver's address in config.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.address import Address
from console.settings import Home, SettingsError, load_settings

PROFILE = '[profiles.acme]\ncorp_id = "ww1"\n'
WELCOME = """
[welcome]
automatic = ["acme"]

[[welcome.templates]]
name = "Fair"
states = ["expo*"]
text = "Hello, this is {follower}."
attachments = [{ type = "link", title = "Prices", url = "https://example.com/" }, { type = "image", file = "a.png" }]

[[welcome.templates]]
name = "Anybody"
profiles = ["acme"]
text = "Hello"
"""


def loaded(tmp_path: Path, text: str) -> object:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    (tmp_path / "config.toml").chmod(0o600)
    return load_settings(Home(tmp_path, tmp_path, tmp_path))


def test_templates_are_read_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(PROFILE + WELCOME, encoding="utf-8")
    welcome = load_settings(Home(tmp_path, tmp_path, tmp_path)).welcome
    fair, anybody = welcome.templates
    assert (welcome.automatic, fair.name, fair.states, anybody.profiles) == (("acme",), "Fair", ("expo*",), ("acme",))
    assert [(one.type, dict(one.values)) for one in fair.attachments] == [
        ("link", {"title": "Prices", "url": "https://example.com/"}),
        ("image", {"file": "a.png"}),
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[welcome]\nautomatic = ["other"]\n', "welcome.automatic"),
        ("[welcome]\nautomatc = []\n", "welcome.automatc"),
        ('[[welcome.templates]]\ntext = "x"\n', "welcome.templates[1].name"),
        ('[[welcome.templates]]\nname = "x"\n', "welcome.templates[1].text"),
        ('[[welcome.templates]]\nname = "x"\nattachments = [{ type = "lnk" }]\n', "attachments[1].type"),
        ('[[welcome.templates]]\nname = "x"\nattachments = [{ type = "file", url = "x" }]\n', "attachments[1].url"),
        ('[profiles.b]\ncorp_id = "ww2"\nreceiver = "0.0.0.0:80/callback"\n', "profiles.b.receiver"),
        ('[profiles.b]\ncorp_id = "ww2"\nreceiver = "8765"\n', "profiles.b.receiver"),
    ],
)
def test_a_mistake_names_its_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(SettingsError) as mistake:
        loaded(tmp_path, PROFILE + text)
    assert mistake.value.key.endswith(key)


def test_a_profile_may_have_an_address_of_its_own_on_this_machine(tmp_path: Path) -> None:
    loaded(tmp_path, f'{PROFILE}receiver = "[::1]:9000/wx"\n')
    profile = load_settings(Home(tmp_path, tmp_path, tmp_path)).profiles["acme"]
    assert profile.receiver == Address("::1", 9000, "/wx")
