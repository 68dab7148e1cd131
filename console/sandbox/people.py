"""Who is whose customer, and what everybody is like: generated on demand, the same for the same seed.

Nothing here changes: this is what the corp was when it began. What was written since is in the overlay.
"""

from __future__ import annotations

from functools import cached_property

from console.sandbox import cast, visitors
from console.sandbox.division import Division, divide
from console.sandbox.identity import Identities
from console.sandbox.invention import invent_person, invent_relation, surname_of
from console.sandbox.options import AppKind, Options
from console.sandbox.records import Person, Relation
from console.sandbox.staff import FORMER_BASE, Staff
from console.sandbox.visitors import VISITOR_BASE, VISITORS

CAST_BASE = 1 << 40
"""Persons from this number on are the hand-written ones."""


class People:
    """Everybody in the corp. Persons and members are numbers here; the api turns them into ids."""

    def __init__(self, options: Options, now: float) -> None:
        self.options = options
        self.seed = options.seed
        self.now = now
        self.staff = Staff(options.staff)
        self.identities = Identities(
            options.seed,
            {CAST_BASE + at: who.external_userid for at, who in enumerate(cast.CUSTOMERS) if who.external_userid},
            {CAST_BASE + at: who.unionid for at, who in enumerate(cast.CUSTOMERS) if who.unionid}
            | {VISITOR_BASE + at: who.unionid for at, who in enumerate(VISITORS)},
            {VISITOR_BASE + at: who.openid for at, who in enumerate(VISITORS)},
        )

    @cached_property
    def division(self) -> Division:
        """The arithmetic of who holds whom; grows with the staff, never with the customers."""
        able = [self.staff.can_hold_customers(number) for number in range(self.staff.size)]
        options = self.options
        counts = divide(options.customers, able=able, largest=options.largest, even=options.even, seed=options.seed)
        written = [
            min(count, len(cast.held_by(self.staff.userid(number)))) if number < cast.REACH else 0
            for number, count in enumerate(counts)
        ]
        return Division(counts, written, options.seed)

    def count(self, member: int) -> int:
        """How many customers a member has; 0 for a former follower, whom no list is given of."""
        return self.division.counts[member] if member < self.staff.size else 0

    def person_at(self, member: int, place: int) -> int:
        """The person at a place of a member's list of customers."""
        if place < self.division.written[member]:
            return CAST_BASE + cast.held_by(self.staff.userid(member))[place]
        return self.division.person(member, place)

    def followers(self, person: int) -> list[int]:
        """The members who follow a person; none when there is no such person."""
        if person < CAST_BASE:
            return self.division.followers(person)
        at = person - CAST_BASE
        if at >= len(cast.CUSTOMERS):
            return []
        members = [number for number in range(min(self.staff.size, cast.REACH)) if self._holds(number, at)]
        if cast.CUSTOMERS[at].everybodys:
            former = cast.EVERYBODYS_FOLLOWERS - len(members)
            members += range(FORMER_BASE + 1, FORMER_BASE + 1 + former)
        return members

    def is_known(self, person: int) -> bool:
        """Whether there is such a person: a customer of somebody's, or a visitor."""
        return VISITOR_BASE <= person < VISITOR_BASE + len(VISITORS) or bool(self.followers(person))

    def person(self, number: int) -> Person:
        """What a person is like, whoever asks."""
        if number >= VISITOR_BASE:
            return visitors.portray(VISITORS[number - VISITOR_BASE])
        if number >= CAST_BASE:
            return cast.portray(cast.CUSTOMERS[number - CAST_BASE], self.identities.unionid(number))
        return invent_person(self.seed, number, self.identities)

    def relation(self, person: int, member: int) -> Relation:
        """What a member has written about a person, and how they came together."""
        if person >= CAST_BASE:
            written = cast.relation(cast.CUSTOMERS[person - CAST_BASE], self.staff.userid(member), self.now)
            if written is not None:
                return written
        surname = cast.SURNAME if person >= CAST_BASE else surname_of(self.seed, person)
        return invent_relation(self.seed, person, member, self.now, surname, own_cast=member == 0)

    def external_userid(self, name: str, kind: AppKind = AppKind.SELF_BUILT) -> str:
        """The id of a hand-written customer, looked up by nickname or by a remark."""
        for at, who in enumerate(cast.CUSTOMERS):
            if name == who.name or any(name == note.remark for note in who.notes.values()):
                return self.identities.external_userid(CAST_BASE + at, kind)
        raise LookupError(f"nobody in the cast is called {name!r}")

    def _holds(self, member: int, at: int) -> bool:
        held = cast.held_by(self.staff.userid(member))
        return at in held[: self.division.written[member]]
