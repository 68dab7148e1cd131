"""What the big table shows: rows, and the sources that hand out a window of them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable

Key: TypeAlias = int | str
Tone: TypeAlias = Literal["muted", "error", "added", "removed", "changed", "info"]


@dataclass(frozen=True, slots=True)
class Toned:
    """A cell with a tone of its own; the chosen row shows its text without the tone."""

    text: str
    tone: Tone


Cell: TypeAlias = str | Toned


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a cell for each column, in the order of the table's columns.

    Texts have passed `safe_text`; they are shown as they are, never read as markup. Missing cells are blank.
    The one cell of a row that `spans` takes the whole line.
    """

    key: Key
    cells: tuple[Cell, ...]
    muted: bool = False
    error: bool = False
    spans: bool = False


class RowSource(Protocol):
    """Rows in their order, with a key each that no other row has; asked for a window at a time."""

    def __len__(self) -> int: ...

    def key(self, index: int) -> Key:
        """The key of the row at `index` (0 to len - 1)."""

    def index(self, key: Key) -> int | None:
        """Where the row with `key` is now; None when it is not here."""

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """The rows `start` to `stop` (exclusive, both within the source)."""


@runtime_checkable
class RemembersRows(Protocol):
    """A row source that keeps what it read, and can be told that it is out of date."""

    def forget(self) -> None: ...


class ListSource:
    """All rows in a sequence: for lists that are in memory anyway. The sequence is not copied."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = rows
        self._places: dict[Key, int] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, index: int) -> Key:
        return self._rows[index].key

    def index(self, key: Key) -> int | None:
        if self._places is None:
            self._places = {row.key: place for place, row in enumerate(self._rows)}
        return self._places.get(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        return self._rows[start:stop]

    def forget(self) -> None:
        self._places = None


class MadeSource:
    """Things in memory, known by their keys; the row of one (`make`, by its place) is made when it comes into sight."""

    def __init__(self, keys: Sequence[Key], make: Callable[[int], Row]) -> None:
        self._keys = keys
        self._make = make
        self._places = {key: place for place, key in enumerate(keys)}
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def key(self, index: int) -> Key:
        return self._keys[index]

    def index(self, key: Key) -> int | None:
        return self._places.get(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        for place in range(start, stop):
            if place not in self._made:
                self._made[place] = self._make(place)
        return [self._made[place] for place in range(start, stop)]

    def forget(self) -> None:
        self._made.clear()


class VectorSource:
    """Rows known by a vector of ids, read through `fetch` a window at a time.

    `fetch` gets ids and returns their rows in any order (`Row.key` is the id). An id for which it returns
    nothing is shown as a muted row without text. At most `keep` rows are held, however long the vector.
    """

    BLOCK = 32

    def __init__(self, ids: array[int], fetch: Callable[[Sequence[int]], Sequence[Row]], *, keep: int = 512) -> None:
        self._ids = ids
        self._fetch = fetch
        self._keep = keep
        self._read: dict[int, Row] = {}
        self._found = 0

    def __len__(self) -> int:
        return len(self._ids)

    def key(self, index: int) -> Key:
        return self._ids[index]

    def index(self, key: Key) -> int | None:
        if not isinstance(key, int):
            return None
        if self._found < len(self._ids) and self._ids[self._found] == key:
            return self._found
        try:
            self._found = self._ids.index(key)
        except ValueError:
            return None
        return self._found

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        ids = self._ids[start:stop]
        if any(row_id not in self._read for row_id in ids):
            self._read_around(start, stop)
        return [self._read[row_id] for row_id in ids]

    def forget(self) -> None:
        self._read.clear()

    def _read_around(self, start: int, stop: int) -> None:
        """Read whole blocks, so that a step down asks the store once in `BLOCK` steps and not at each."""
        first = start - start % self.BLOCK
        last = stop + -stop % self.BLOCK
        window = self._ids[first:last]
        wanted = [row_id for row_id in window if row_id not in self._read]
        if len(self._read) + len(wanted) > self._keep:
            near = {row_id: self._read[row_id] for row_id in window if row_id in self._read}
            self._read = near
        self._read.update((row_id, Row(row_id, (), muted=True)) for row_id in wanted)
        for row in self._fetch(wanted):
            if isinstance(row.key, int):
                self._read[row.key] = row


class Window:
    """The rows of `source` that are on the screen, read once and not for each line."""

    def __init__(self, source: RowSource) -> None:
        self._source = source
        self._start = 0
        self._rows: Sequence[Row] = ()

    def row(self, index: int, top: int, lines: int) -> Row | None:
        """The row at `index`; the `lines` from `top` on are read if it isn't among those read last."""
        if not self._start <= index < self._start + len(self._rows):
            self._start = min(index, top)
            stop = min(len(self._source), max(index + 1, top + lines))
            self._rows = self._source.rows(self._start, stop)
        place = index - self._start
        return self._rows[place] if place < len(self._rows) else None
