"""What the READMEs print is so: the tables are the registries', the commands exist, the code runs."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from console import language
from console.cli.root import root_command
from console.sandbox import Sandbox
from tests.readme import READMES, code_blocks, with_tables

TEXTS = {spoken: file.read_text(encoding="utf-8") for spoken, file in READMES.items()}
both = pytest.mark.parametrize("spoken", READMES)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.install("en")


@both
def test_its_tables_are_those_of_the_registries(spoken: str) -> None:
    assert with_tables(TEXTS[spoken], spoken) == TEXTS[spoken], "write them anew: python -m tests.readme"


def test_both_languages_have_the_same_commands_and_pictures_at_the_same_places() -> None:
    def outline(text: str) -> list[str]:
        return re.findall(r"^(?:#+|```\w*)(?= |$)|screenshots/[a-z]+(?=-)", text, re.MULTILINE)

    assert outline(TEXTS["en"]) == outline(TEXTS["zh"])
    for kind in ("sh", "toml", "python", "nginx"):
        assert code_blocks(TEXTS["en"], kind) == code_blocks(TEXTS["zh"], kind)


def lines_of_ours(text: str) -> list[str]:
    return [
        line for block in code_blocks(text, "sh") for line in block.splitlines() if line.startswith("wecom-console")
    ]


@pytest.mark.parametrize("line", lines_of_ours(TEXTS["en"]))
def test_every_command_that_it_prints_is_understood(line: str) -> None:
    words = shlex.split(line.partition(" | ")[0])[1:]
    command: click.Command = root_command()
    context = click.Context(command, info_name="wecom-console")
    while isinstance(command, click.Group) and words:
        found = command.get_command(context, words[0])
        assert found is not None, words[0]
        command, words = found, words[1:]
        context = click.Context(command, context)
    if not isinstance(command, click.Group):
        command.make_context(command.name, words, context, resilient_parsing=False)


async def test_its_notebook_lines_read_customers(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [source] = code_blocks(TEXTS["en"], "python")
    typed = iter((sandbox.credentials.corp_id, sandbox.base_url))
    monkeypatch.setattr("builtins.input", lambda _asked: next(typed))
    monkeypatch.setattr("getpass.getpass", lambda _asked: sandbox.credentials.secret)

    await eval(compile(source, "README.md", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), {})

    assert len([line for line in source.splitlines() if line]) <= 10
    assert "李建国@城建 ['李部张', '李总']" in capsys.readouterr().out


def test_what_a_readme_links_to_is_there() -> None:
    root = Path(READMES["en"]).parent
    for text in TEXTS.values():
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (root / target).exists(), target
