"""Filter what is in memory by the same rules as what is in the store."""

from __future__ import annotations

from console.store.words import needles, search_words, whole_number

__all__ = ["Needle", "search_words"]


class Needle:
    """What somebody typed into a filter, ready to be compared with the `search_words` of many rows."""

    def __init__(self, contains: str) -> None:
        self._terms = needles(contains)
        self._number = whole_number(contains)

    def is_in(self, words: str) -> bool:
        """Whether every word of it is found, in one of its forms."""
        if self._number and self._number in words:
            return True
        return all(any(form in words for form in forms) for forms in self._terms)
