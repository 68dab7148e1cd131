"""What the api stands on: the people and what changed, the tokens, and rows that were rendered before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.sandbox.ambient import Ambience
from console.sandbox.callbacks import Callbacks
from console.sandbox.comings import Comings
from console.sandbox.conversions import Conversions
from console.sandbox.faults import Faults
from console.sandbox.happenings import Colleague
from console.sandbox.media import Media
from console.sandbox.news import Editor
from console.sandbox.options import Credentials, Options
from console.sandbox.overlay import Overlay
from console.sandbox.people import People
from console.sandbox.tokens import Tokens
from console.sandbox.welcomes import Welcomes


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
    overlay: Overlay
    colleague: Colleague
    comings: Comings
    callbacks: Callbacks
    ambience: Ambience
    welcomes: Welcomes
    media: Media
    conversions: Conversions
    tokens: Tokens
    faults: Faults
    rendered: Rendered
    clock: Callable[[], float]


def open_world(options: Options, credentials: Credentials, clock: Callable[[], float], now: float) -> World:
    """A corp in its first state; `now` is when it was made, unless the options say."""
    people = People(options, now if options.now is None else options.now)

    def corp_now() -> float:
        return people.now + clock() - now

    overlay = Overlay(people, clock)
    identities = people.identities
    callbacks = Callbacks(credentials, identities, Editor(credentials, identities, people.staff), clock)
    welcomes = Welcomes(identities, clock)
    colleague = Colleague(people, overlay, corp_now, callbacks.tell, welcomes.issue)
    comings = Comings(people, overlay, welcomes, callbacks.tell, corp_now)
    return World(
        options,
        credentials,
        people,
        overlay,
        colleague,
        comings,
        callbacks,
        Ambience(people, overlay, colleague, comings, callbacks),
        welcomes,
        Media(identities, clock),
        Conversions(clock),
        Tokens(identities, options.token_life, clock),
        Faults(),
        Rendered(),
        clock,
    )
