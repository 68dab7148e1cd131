"""The READMEs' tables of keys and commands, one command: `python -m tests.readme` writes both from the registries."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from console import language
from console.cli.root import root_command
from console.language import _
from console.tui.commands import COMMANDS, Command, Place, shown_key
from console.tui.place import place_words

ROOT = Path(__file__).parent.parent
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
"""Each README by its language."""

_HEADS = {
    "en": {
        "keys": ("key", "with a Chinese input method", "what it does", "where", "id in `[keys]`"),
        "commands": ("command", "what it does"),
    },
    "zh": {
        "keys": ("按键", "输入法在中文状态时", "做什么", "在哪里", "`[keys]` 里的 id"),
        "commands": ("命令", "做什么"),
    },
}

_SAME = {"en": "the same", "zh": "相同"}


def part_of(text: str, name: str) -> str:
    """What stands between the marks of a generated part. Raises ValueError where there are none."""
    return text[slice(*_place(text, name))]


def with_tables(text: str, spoken: str) -> str:
    """A README in a language with both tables as the registries have them now."""
    before = language.current()
    language.install(spoken)
    try:
        for name, rows in (("keys", _key_rows()), ("commands", _command_rows())):
            begin, end = _place(text, name)
            text = text[:begin] + _table(_HEADS[spoken][name], rows) + text[end:]
    finally:
        language.install(before)
    return text


def code_blocks(text: str, kind: str) -> list[str]:
    """The fenced blocks of one kind, such as `sh` or `python`, in their order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def _place(text: str, name: str) -> tuple[int, int]:
    first, last = f"<!-- {name}: python -m tests.readme -->\n", f"<!-- end of {name} -->"
    return text.index(first) + len(first), text.index(last)


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _key_rows() -> Iterator[Sequence[str]]:
    """A row for each id, in the words of where it is heard most."""
    by_id: dict[str, list[Command]] = {}
    for command in COMMANDS:
        if command.keys:
            by_id.setdefault(command.id, []).append(command)
    for commands in by_id.values():
        usual = max(commands, key=_places)
        keys = [key for key in usual.keys if not _is_alias(key)]
        twins = [key for key in keys if _arrives(key)]
        yield (
            _shown(keys),
            _SAME[language.current()] if twins == keys else _shown(twins),
            _(usual.help),
            language.listed(dict.fromkeys(map(place_words, usual.places))),
            f"`{usual.id}`",
        )


def _places(command: Command) -> int:
    return len(Place) if Place.EVERYWHERE in command.places else len(command.places)


def _shown(keys: Sequence[str]) -> str:
    return " ".join(f"`{shown_key((key,))}`" for key in keys)


def _is_alias(key: str) -> bool:
    """Whether a key is what an input method makes of another one."""
    return not key.isascii() or key.startswith(("fullwidth", "ideographic"))


def _arrives(key: str) -> bool:
    """Whether an input method lets a key through: it keeps letters and signs."""
    return key.isdigit() or (len(key) > 1 and key not in ("slash", "question_mark", "exclamation_mark"))


def _command_rows() -> Iterator[Sequence[str]]:
    root = root_command()
    context = click.Context(root)
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command is not None
        for words, verb in _verbs(f"wecom-console {name}", command):
            yield f"`{words}`", verb.get_short_help_str(limit=200)


def _verbs(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, verb in command.commands.items():
            yield from _verbs(f"{words} {name}", verb)
        return
    given = [f"{param.make_metavar(click.Context(command))}" for param in command.params if _is_argument(param)]
    yield " ".join((words, *given)), command


def _is_argument(param: click.Parameter) -> bool:
    return isinstance(param, click.Argument)


def main() -> int:
    """Write the tables into both READMEs."""
    for spoken, file in READMES.items():
        file.write_text(with_tables(file.read_text(encoding="utf-8"), spoken), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
