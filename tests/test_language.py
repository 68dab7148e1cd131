"""The language is chosen once, from what was asked for first and the locale last; click speaks it too."""

from __future__ import annotations

import gettext
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_file

from console import language
from console.cli import click_words
from console.language import N_, _, choose, current, install, ngettext, spoken_here


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "")
    before = current()
    yield
    install(before)


@pytest.mark.parametrize(
    ("argv", "environ", "chosen"),
    [
        (["--lang", "zh"], {"WECOM_CONSOLE_LANG": "en", "LANG": "en_US.UTF-8"}, "zh"),
        (["customers", "list", "--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang", "zh", "--lang", "en"], {}, "en"),
        (["--", "--lang", "zh"], {"LANG": "en_GB"}, "en"),
        (["--lang"], {"LANG": "zh_CN"}, "zh"),
        (["--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
        ([], {"WECOM_CONSOLE_LANG": "zh", "LC_ALL": "en_US"}, "zh"),
        ([], {"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en", "LANG": "en"}, "zh"),
        ([], {"LC_MESSAGES": "zh_TW", "LANGUAGE": "en", "LANG": "en"}, "zh"),
        ([], {"LANGUAGE": "zh_CN:en", "LANG": "en_US"}, "zh"),
        ([], {"LANG": "zh_CN.GBK"}, "zh"),
        ([], {"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        ([], {"LANG": "POSIX"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
        ([], {"LANG": "zhuang"}, "en"),
        ([], {}, "en"),
    ],
)
def test_where_the_language_comes_from(argv: list[str], environ: dict[str, str], chosen: str) -> None:
    assert choose(argv, environ) == chosen


def test_the_settings_come_after_the_command_line_and_before_the_locale() -> None:
    assert choose([], {"LANG": "en_US"}, configured="zh") == "zh"
    assert choose([], {"WECOM_CONSOLE_LANG": "en"}, configured="zh") == "en"


@pytest.mark.parametrize(
    ("installed", "locale", "told"),
    [("zh", "C", "zh"), ("zh", "en_US.UTF-8", "zh"), ("en", "en_US.UTF-8", "en"), ("en", "C", None), ("en", "", None)],
)
def test_english_for_want_of_a_locale_is_nobodys_choice(installed: str, locale: str, told: str | None) -> None:
    install(installed)
    assert spoken_here({"LANG": locale, "LANGUAGE": installed}) == told


def test_english_is_the_message_itself() -> None:
    install("en")
    assert current() == "en"
    assert _("Usage:") == "Usage:"
    assert ngettext("{n} row", "{n} rows", 2) == "{n} rows"
    assert N_("Usage:") == "Usage:"


def test_chinese_is_looked_up_when_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale="zh_CN")
    catalogue.add("Usage:", "用法：")
    catalogue.add(("{n} row", "{n} rows"), ("{n} 行",))
    file = tmp_path / "zh_CN" / "LC_MESSAGES" / "console.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalogue)
    monkeypatch.setattr(language, "LOCALE_FOLDER", tmp_path)
    install("zh")
    assert (current(), _("Usage:"), ngettext("{n} row", "{n} rows", 1)) == ("zh", "用法：", "{n} 行")
    assert gettext.gettext("Usage:") == "用法："
    assert _("a message without a translation") == "a message without a translation"
    install("en")
    assert gettext.gettext("Usage:") == "Usage:"


def test_every_word_of_click_that_we_list_is_one_that_click_looks_up() -> None:
    install("en")
    folder = Path(str(click.__file__)).parent
    known: set[str] = set()
    for file in folder.glob("*.py"):
        for _line, message, _comments, _context in extract_from_file("python", file):
            known.update([message] if isinstance(message, str) else message)
    assert set(click_words.words()) <= known


def test_choosing_a_language_loads_nothing_heavy() -> None:
    code = (
        "import sys; from console.language import install; install('zh');"
        "print(sorted({'babel', 'click', 'textual'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "[]"
