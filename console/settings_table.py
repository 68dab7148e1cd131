"""One table of `config.toml`: each value checked for its kind; a mistake names the key and the nearest valid one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from console.language import _
from console.settings import SettingsError

Choice = TypeVar("Choice", bound=StrEnum)
Absent = TypeVar("Absent")


class Table:
    """One table of the file: its values by key, each checked for its kind; a mistake raises SettingsError."""

    def __init__(
        self, file: Path, path: str, values: Mapping[str, object], known: tuple[str, ...] | None = None
    ) -> None:
        self.file = file
        self.path = path
        self._values = values
        if known is not None:
            self.check_keys(known)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def check_keys(self, known: tuple[str, ...]) -> None:
        """Raise SettingsError for the first key that is none of these."""
        for key in self._values:
            if key not in known and _may_hold_a_secret(key):
                raise self.error(key, _("Secrets are not kept here but in the keyring: wecom-console secret set."))
            if key not in known:
                raise self.error(key, _("There is no such key."), nearest_of(key, known))

    def error(self, key: str, message: str, nearest: str | None = None) -> SettingsError:
        """A mistake at a key of this table, to be raised."""
        return SettingsError(self.file, f"{self.path}.{key}" if self.path else key, message, nearest)

    def table(self, key: str) -> Mapping[str, object]:
        """A table within this one; empty where there is none."""
        value = self._values.get(key, {})
        if isinstance(value, Mapping):
            return value
        raise self.error(key, _("This is a table: [{key}].").format(key=key))

    def text(self, key: str, absent: Absent) -> str | Absent:
        """A text."""
        value = self._values.get(key)
        if value is None:
            return absent
        if isinstance(value, str):
            return value
        raise self.error(key, _('This is a text, in quotes: "..".'))

    def flag(self, key: str, absent: Absent) -> bool | Absent:
        """True or false."""
        value = self._values.get(key)
        if value is None:
            return absent
        if isinstance(value, bool):
            return value
        raise self.error(key, _("This is true or false, without quotes."))

    def tables(self, key: str) -> Sequence[Mapping[str, object]]:
        """A list of tables, one after the other; empty where there is none."""
        value = self._values.get(key, [])
        if isinstance(value, list) and all(isinstance(one, Mapping) for one in value):
            return value
        raise self.error(key, _("These are tables, each of them: [[{key}]].").format(key=key))

    def numbered(self, key: str, place: int, known: tuple[str, ...] | None = None) -> Table:
        """One of the tables of a list."""
        path = f"{self.path}.{key}" if self.path else key
        return Table(self.file, f"{path}[{place + 1}]", self.tables(key)[place], known)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where there is none."""
        value = self._values.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise self.error(key, _('This is a list of texts: ["..", ".."].'))

    def one_of(self, key: str, allowed: Sequence[str]) -> str | None:
        """A text that is one of a few."""
        value = self.text(key, None)
        if value is None or value in allowed:
            return value
        message = _("This is one of: {values}.").format(values=", ".join(allowed))
        raise self.error(key, message, nearest_of(value, allowed))

    def choice(self, key: str, default: Choice) -> Choice:
        """The same as a member of an enum."""
        kind = type(default)
        value = self.one_of(key, [one.value for one in kind])
        return default if value is None else kind(value)


def _may_hold_a_secret(key: str) -> bool:
    name = key.lower().replace("-", "_")
    return "secret" in name and not name.startswith("secret_co")  # that is meant to be secret_command


def nearest_of(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, None when nothing is near."""
    from difflib import get_close_matches  # here: only a mistake needs it

    found = get_close_matches(word.lower().replace("-", "_"), known, n=1, cutoff=0.5) or get_close_matches(
        word.lower(), known, n=1, cutoff=0.5
    )
    return found[0] if found else None
