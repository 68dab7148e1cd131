"""Which row of a big table is chosen, followed by its key from one source to the next."""

from __future__ import annotations

from console.tui.rows import Key, RowSource


class Choice:
    """The highlighted row (`index`, `key`: both None without rows) and the key that the operator wants.

    `wanted` is None as long as the operator's choice is the highlighted row. `deliberate` tells whether
    the operator has chosen at all: a row highlighted only for being the first is not missed when it goes.
    """

    def __init__(self) -> None:
        self.index: int | None = None
        self.key: Key | None = None
        self.wanted: Key | None = None
        self.deliberate = False
        self._wanted_line: int | None = None

    def take(self, source: RowSource, index: int) -> None:
        """The operator chooses the row at `index`; nothing else is wanted any more."""
        self.wanted = None
        self.deliberate = True
        self._put(source, index)

    def want(self, key: Key) -> None:
        """The operator chooses a row that is not there yet."""
        self.wanted, self._wanted_line, self.deliberate = key, None, True

    def forget(self) -> None:
        """For another list: nothing is chosen or wanted."""
        self.index = self.key = self.wanted = None
        self.deliberate = False

    def follow(self, source: RowSource, line: int | None) -> int | None:
        """Find the choice in `source`; returns the line of the screen that it should stand on, if any.

        `line` is where the highlighted row stands now. The wanted row comes first, then the highlighted one,
        then the row that is at its place now (the last one when there are fewer).
        """
        if self.wanted is not None:
            found = source.index(self.wanted)
            if found is not None:
                self.wanted = None
                self._put(source, found)
                return line if self._wanted_line is None else self._wanted_line
        if self.key is not None:
            found = source.index(self.key)
            if found is None and self.wanted is None and self.deliberate:
                self.wanted, self._wanted_line = self.key, line
        else:
            found = None
        if found is None and len(source):
            found = min(self.index or 0, len(source) - 1)
        self._put(source, found)
        return line

    def _put(self, source: RowSource, index: int | None) -> None:
        self.index = index
        self.key = None if index is None else source.key(index)
