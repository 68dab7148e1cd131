"""What was typed into the filter of the feed: kinds, a follower, a customer, bookmarks, and words to search for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from console.language import _
from console.operations.event_words import all_kinds, kind_words
from console.operations.find import understand
from console.store.event_query import EventQuery

_LABELLED = re.compile(r"([^\s:\uff1a]+)[:\uff1a](\S+)")
_SHORTEST_PART = 2
"""Characters of a kind's words that mean the kind after `type:`."""


def understand_event_filter(text: str, names: Mapping[str, str]) -> EventQuery:
    """Read a filter; `names` are the followers' by userid in lower case.

    A word that is a kind as the column says it, or a part of one after `type:`, asks for that kind, and two kinds for
    either; `follower:` takes a userid or a name, `customer:` an id or words. A pasted customer's id is that customer,
    whatever stands around it. The rest is searched for.
    """
    kinds: set[str] = set()
    follower = customer = None
    bookmarked = False
    words: list[str] = []
    wanted = understand(text)
    if wanted.external_userid:
        return EventQuery(customer=wanted.external_userid, follower=wanted.userid)
    for word in text.split():
        labelled = _LABELLED.fullmatch(word)
        label, value = (labelled[1].casefold(), labelled[2]) if labelled else ("", word)
        if label in _both("type", _("type")) and (found := _kinds_with(value)):
            kinds |= found
        elif label in _both("follower", _("follower")):
            follower, missing = _follower(value, names)
            words += missing
        elif label in _both("customer", _("customer")):
            words.append(value)
        elif word.casefold() in _both("bookmarks", _("bookmarks")):
            bookmarked = True
        elif not label and (found := _kinds_called(value)):
            kinds |= found
        else:
            words.append(word)
    return EventQuery(frozenset(kinds), follower, customer, " ".join(words), bookmarked)


def _both(english: str, here: str) -> Iterable[str]:
    return {english, here.casefold()}


def _kinds_called(word: str) -> set[str]:
    return {kind.value for kind in all_kinds() if kind_words(kind).casefold() == word.casefold()}


def _kinds_with(part: str) -> set[str]:
    wanted = part.casefold()
    if len(wanted) < _SHORTEST_PART:
        return set()
    return {kind.value for kind in all_kinds() if wanted in kind_words(kind).casefold() or wanted in kind.value}


def _follower(value: str, names: Mapping[str, str]) -> tuple[str | None, list[str]]:
    """The userid that a text means, else None and the text itself, to be searched for."""
    if value.casefold() in names:
        return value, []
    called = [userid for userid, name in names.items() if name == value]
    return (called[0], []) if len(called) == 1 else (None, [value])
