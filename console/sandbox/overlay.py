"""What has changed since the corp began: notes rewritten, relations ended, members gone.

Safe from any thread. What it takes grows with the changes, never with the customers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from console.sandbox.people import People
from console.sandbox.records import Relation


@dataclass(slots=True)
class _Veil:
    """What readers are still shown of a relation: until `lifts_at`, and for `reads_left` more reads."""

    shown: Relation
    reads_left: int
    lifts_at: float


class Overlay:
    """The corp as it is now, around `People`, which is what it began as.

    Persons and members are numbers, as there. `version` changes whenever a reader is to be shown something else.
    """

    def __init__(self, people: People, clock: Callable[[], float]) -> None:
        self.version = 0
        self._people = people
        self._clock = clock
        self._lock = threading.RLock()
        self._relations: dict[tuple[int, int], Relation] = {}
        self._veils: dict[tuple[int, int], _Veil] = {}
        self._ended: set[tuple[int, int]] = set()
        self._newcomers: dict[int, list[int]] = {}
        self._new_followers: dict[int, list[int]] = {}
        self._gone: set[int] = set()

    def relation(self, person: int, member: int) -> Relation:
        """What a reader is shown of a relation."""
        veil = self._veils.get((person, member))
        return self.actual(person, member) if veil is None else veil.shown

    def actual(self, person: int, member: int) -> Relation:
        """What a relation is by now, whether it is shown or not."""
        return self._relations.get((person, member)) or self._people.relation(person, member)

    def followers(self, person: int) -> list[int]:
        """The members who follow a person now."""
        members = self.ever_followers(person)
        if not self._ended and not self._gone:
            return members
        return [member for member in members if self.holds(person, member)]

    def ever_followers(self, person: int) -> list[int]:
        """The members who follow a person or have followed them."""
        added = self._new_followers.get(person)
        return [*self._people.followers(person), *added] if added else self._people.followers(person)

    def count(self, member: int) -> int:
        """How many places a member's list of customers has; those of ended relations stay empty."""
        return self._people.count(member) + len(self._newcomers.get(member, ()))

    def person_at(self, member: int, place: int) -> int:
        """The person at a place of a member's list; newcomers stand at its end."""
        began_with = self._people.count(member)
        if place < began_with:
            return self._people.person_at(member, place)
        return self._newcomers[member][place - began_with]

    def holds(self, person: int, member: int) -> bool:
        """Whether a relation that there was once is there still."""
        return (person, member) not in self._ended and member not in self._gone

    def is_gone(self, member: int) -> bool:
        """Whether a member has left the corp."""
        return member in self._gone

    def change(self, person: int, member: int, how: Callable[[Relation], Relation]) -> None:
        """Put another relation in a relation's place."""
        with self._lock:
            self._relations[person, member] = how(self.actual(person, member))
            self.version += 1

    def keep_showing(self, person: int, member: int, *, reads: int, milliseconds: float) -> None:
        """Show a relation as it is shown now, whatever becomes of it, for so many more reads and so much time."""
        with self._lock:
            shown = self.relation(person, member)
            self._veils[person, member] = _Veil(shown, reads, self._clock() + milliseconds / 1000)

    def begin(self, person: int, member: int, relation: Relation) -> None:
        """The member and the person become friends, whether for the first time or once more."""
        with self._lock:
            if member not in self.ever_followers(person):
                self._newcomers.setdefault(member, []).append(person)
                self._new_followers.setdefault(person, []).append(member)
            self._ended.discard((person, member))
            self._relations[person, member] = relation
            self.version += 1

    def end(self, person: int, member: int) -> None:
        """The member deletes the customer: the relation is no longer given, and can't be written."""
        with self._lock:
            self._ended.add((person, member))
            self.version += 1

    def leave(self, member: int) -> None:
        """The member leaves the corp."""
        with self._lock:
            self._gone.add(member)
            self.version += 1

    def lift(self, person: int | None = None) -> None:
        """Show what is due to be shown; `person` is somebody whose detail is about to be read once more."""
        if not self._veils:
            return
        now = self._clock()
        with self._lock:
            for key, veil in list(self._veils.items()):
                if veil.reads_left <= 0 and veil.lifts_at <= now:
                    del self._veils[key]
                    self.version += 1
                elif key[0] == person:
                    veil.reads_left -= 1
