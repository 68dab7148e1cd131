"""Users of the corp's mini program who are nobody's customers when the corp begins; hand-written, with their ids."""

from __future__ import annotations

from dataclasses import dataclass

from console.sandbox.records import WECHAT, Person

VISITOR_BASE = 1 << 41
"""Persons from this number on are visitors."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who opened the mini program: what it knows of them, and the nickname that WeChat has."""

    name: str
    unionid: str
    openid: str
    gender: int = 0


VISITORS: tuple[Visitor, ...] = (
    Visitor("小满", "oLx7s5EeMn4pVb1nTy3kPq9mWz6H", "oAbc4-5dEfGhIjKlMnOpQrStUvWx", 2),
    Visitor("青禾", "oLx7s5AaKd3fGh6jLz8xCv2b9TzB", "oAbc4-8kLmNoPqRsTuVwXyZaBcDe", 2),
    Visitor("Leo 装修中", "oLx7s5CcPl5kJh9gFd1sAq4w77Pq", "oAbc4-2fGhJkLqWeRtYuIoPaSdFg", 1),
)


def portray(who: Visitor) -> Person:
    """A visitor as a person."""
    return Person(name=who.name, type=WECHAT, gender=who.gender, unionid=who.unionid)
