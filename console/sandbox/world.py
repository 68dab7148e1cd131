"""What the api stands on: the people, the tokens, and rows that were rendered before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.sandbox.faults import Faults
from console.sandbox.options import Credentials, Options
from console.sandbox.people import People
from console.sandbox.tokens import Tokens


class Rendered:
    """Pages of JSON by what they show, so that one asked for twice costs nothing the second time.

    The oldest are dropped beyond `most` characters.
    """

    def __init__(self, most: int = 24_000_000) -> None:
        self._most = most
        self._size = 0
        self._kept: dict[tuple[object, ...], str] = {}

    def get(self, key: tuple[object, ...], make: Callable[[], str]) -> str:
        """The text of a key, made now if it is not known."""
        text = self._kept.get(key)
        if text is None:
            text = self._kept[key] = make()
            self._size += len(text)
            while self._size > self._most and len(self._kept) > 1:
                self._size -= len(self._kept.pop(next(iter(self._kept))))
        return text


@dataclass(frozen=True, slots=True)
class World:
    """One corp as the api's functions see it."""

    options: Options
    credentials: Credentials
    people: People
    tokens: Tokens
    faults: Faults
    rendered: Rendered
    clock: Callable[[], float]


def open_world(options: Options, credentials: Credentials, clock: Callable[[], float], now: float) -> World:
    """A corp in its first state; `now` is when it was made, unless the options say."""
    people = People(options, now if options.now is None else options.now)
    tokens = Tokens(people.identities, options.token_life, clock)
    return World(options, credentials, people, tokens, Faults(), Rendered(), clock)
