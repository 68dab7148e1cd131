"""Who holds how many customers, and who shares one: arithmetic over numbers, never a list of customers.

A follower's customers stand in four stretches: hand-written ones, own ones, and three layers of guests, who are
somebody else's own customers. A layer's guests are spread over all own customers by a permutation that can be
turned round, so both questions, whose customers and whose followers, are answered by arithmetic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import gcd

GUEST_PERCENT = (12, 3, 1)
_USUAL = (212, 1034, 98, 407, 0, 0, 310, 156, 88, 271, 64, 12, 190, 77, 143, 305)
_USUAL_OTHER = 25


def divide(total: int, *, able: Sequence[bool], largest: int, even: bool, seed: int) -> list[int]:
    """The number of customers of each follower; they add up to `total` unless nobody may hold any."""
    if not any(able):
        return [0] * len(able)
    biggest = 1 if largest and len(able) > 1 else 0
    counts = [0] * len(able)
    left = total
    weights = [float(one) for one in able]
    if largest:
        counts[biggest] = largest
        left -= largest
        if sum(weights) > 1:
            weights[biggest] = 0.0
    elif not even:
        weights = _natural(able, seed)
        named = sum(_USUAL[: len(able)])
        if len(able) > len(_USUAL) and total >= named + 10 * (len(able) - len(_USUAL)):
            counts = [*_USUAL, *counts[len(_USUAL) :]]
            left -= named
            weights = [0.0] * len(_USUAL) + weights[len(_USUAL) :]
    return [count + share for count, share in zip(counts, _shares(left, weights), strict=True)]


def _natural(able: Sequence[bool], seed: int) -> list[float]:
    weights: list[float] = []
    for number, holds in enumerate(able):
        usual = _USUAL[number] if number < len(_USUAL) else _USUAL_OTHER * (0.4 + (number * 37 + seed) % 13 / 10)
        weights.append(float(usual) if holds else 0.0)
    return weights


def _shares(total: int, weights: Sequence[float]) -> list[int]:
    whole = sum(weights)
    edges = [0, *(round(total * edge / whole) for edge in accumulate(weights))]
    return [after - before for before, after in pairwise(edges)]


@dataclass(frozen=True, slots=True)
class Spread:
    """A permutation of the own customers' numbers that takes neighbours far apart, and its inverse."""

    modulus: int
    factor: int
    inverse: int
    shift: int

    @classmethod
    def over(cls, total: int, seed: int) -> Spread:
        modulus = max(total, 1)
        factor = max(1, int(modulus * 0.6180339887) + seed % 97)
        while gcd(factor, modulus) != 1:
            factor += 1
        inverse = pow(factor, -1, modulus) if modulus > 1 else 0
        return cls(modulus, factor, inverse, seed * 7919 % modulus)

    def there(self, number: int) -> int:
        return (self.factor * number + self.shift) % self.modulus

    def back(self, number: int) -> int:
        return (number - self.shift) * self.inverse % self.modulus


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of guests: `starts` are the followers' first guest numbers, with the total at the end.

    The first layer's guests stand on a ring; deeper layers take every fourth or twelfth of them, from elsewhere on
    the ring, so that a customer with a third or fourth follower has a second one too.
    """

    starts: list[int]
    stride: int
    offset: int
    ring: int
    spread: Spread

    @property
    def total(self) -> int:
        return self.starts[-1]

    def person(self, guest: int) -> int:
        """The person who is that guest."""
        return self.spread.there((guest * self.stride + self.offset) % self.ring)

    def guest(self, person: int) -> int | None:
        """The guest that a person is in this layer, if any."""
        on_ring = self.spread.back(person)
        if on_ring >= self.ring:
            return None
        guest, between = divmod((on_ring - self.offset) % self.ring, self.stride)
        return guest if not between and guest < self.total else None

    def follower(self, guest: int) -> int:
        """The follower whose guest it is."""
        return bisect_right(self.starts, guest) - 1


class Division:
    """Relations as numbers. A person is a number: own customers first, then guests who are nobody's own."""

    def __init__(self, counts: Sequence[int], written: Sequence[int], seed: int) -> None:
        """`counts` are each follower's customers, of which the first `written` are hand-written."""
        self.counts = list(counts)
        self.written = list(written)
        made = [count - cast for count, cast in zip(counts, written, strict=True)]
        guests = [[number * percent // 100 for number in made] for percent in GUEST_PERCENT]
        own: list[int] = [number - sum(taken) for number, *taken in zip(made, *guests, strict=True)]
        self.own_starts = [0, *accumulate(own)]
        self.own_total = self.own_starts[-1]
        spread = Spread.over(self.own_total, seed)
        ring = max(sum(guests[0]), 1)
        third = ring // 3
        self.layers = [
            Layer([0, *accumulate(numbers)], stride, offset, ring, spread)
            for numbers, stride, offset in zip(guests, (1, 4, 12), (0, third, third + ring // 12 * 4), strict=True)
        ]
        self.stray_starts = list(accumulate((layer.total for layer in self.layers), initial=self.own_total))
        self.edges = [0, *accumulate(self.counts)]

    @property
    def relations(self) -> int:
        """How many relations there are in the corp."""
        return self.edges[-1]

    def holder(self, relation: int) -> tuple[int, int]:
        """The follower of a relation, counted through the corp, and its place in the follower's list."""
        follower = bisect_right(self.edges, relation) - 1
        return follower, relation - self.edges[follower]

    def person(self, follower: int, place: int) -> int:
        """The person at a place of a follower's list; `place` is past the hand-written ones."""
        place -= self.written[follower]
        own = self.own_starts[follower + 1] - self.own_starts[follower]
        if place < own:
            return self.own_starts[follower] + place
        place -= own
        for depth, layer in enumerate(self.layers):
            size = layer.starts[follower + 1] - layer.starts[follower]
            if place < size:
                guest = layer.starts[follower] + place
                person = layer.person(guest)
                return self.stray_starts[depth] + guest if self._taken(depth, person, follower) else person
            place -= size
        raise IndexError("the follower has no customer at that place")

    def followers(self, person: int) -> list[int]:
        """All followers of a person, the own one first; none when there is no such person."""
        if person < 0 or person >= self.stray_starts[-1]:
            return []
        if person >= self.own_total:
            depth = bisect_right(self.stray_starts, person) - 1
            stray = person - self.stray_starts[depth]
            layer = self.layers[depth]
            follower = layer.follower(stray)
            return [follower] if self._taken(depth, layer.person(stray), follower) else []
        found = [bisect_right(self.own_starts, person) - 1]
        for layer in self.layers:
            guest = layer.guest(person)
            if guest is not None and layer.follower(guest) not in found:
                found.append(layer.follower(guest))
        return found

    def _taken(self, depth: int, person: int, follower: int) -> bool:
        """Whether the person is the follower's already, as an own customer or through a layer above."""
        if bisect_right(self.own_starts, person) - 1 == follower:
            return True
        for layer in self.layers[:depth]:
            guest = layer.guest(person)
            if guest is not None and layer.follower(guest) == follower:
                return True
        return False
