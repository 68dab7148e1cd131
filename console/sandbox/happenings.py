"""What other people do meanwhile: a colleague who writes, deletes a customer, or leaves, at once or on cue."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.sandbox import news
from console.sandbox.news import News
from console.sandbox.options import AppKind
from console.sandbox.overlay import Overlay
from console.sandbox.people import People
from console.sandbox.records import Relation


@dataclass(slots=True, eq=False)
class _Cue:
    """Something to happen after so many more reads of the customer; None: before the relation's next C4."""

    person: int
    member: int
    act: Callable[[], None]
    reads_left: int | None


class Colleague:
    """Somebody else at work on the corp's customers, who acts when told, from any thread.

    All of it happens at once; or, with `before_write`, just before the relation's next C4 is carried out; or
    after the customer's next `after_reads` reads (C2) have been answered. Every method raises LookupError for
    ids that mean nobody, and for somebody who is not the member's customer.
    """

    def __init__(
        self,
        people: People,
        overlay: Overlay,
        now: Callable[[], float],
        tell: Callable[[News], None],
        welcome_code: Callable[[], str],
    ) -> None:
        """`now` is the moment by which the corp dates what happens; `tell` is told of it."""
        self._tell = tell
        self._welcome_code = welcome_code
        self._people = people
        self._overlay = overlay
        self._now = now
        self._lock = threading.Lock()
        self._cues: list[_Cue] = []
        self._when_converted: list[tuple[int, Callable[[], None]]] = []

    def sees(self, userid: str, external_userid: str) -> Relation:
        """The relation as it is by now, also where readers are not shown it yet."""
        return self._overlay.actual(*self._find(userid, external_userid))

    def change(
        self,
        userid: str,
        external_userid: str,
        *,
        remark: str | None = None,
        description: str | None = None,
        company: str | None = None,
        mobiles: Sequence[str] | None = None,
        mobiles_add: Sequence[str] = (),
        mobiles_remove: Sequence[str] = (),
        before_write: bool = False,
        after_reads: int = 0,
    ) -> None:
        """Rewrite what a member noted about a customer; None leaves a field as it is."""
        person, member = self._find(userid, external_userid)

        def rewritten(relation: Relation) -> Relation:
            numbers = (relation.mobiles or ()) if mobiles is None else mobiles
            kept = [number for number in numbers if number not in mobiles_remove]
            touched = mobiles is not None or mobiles_add or mobiles_remove
            return relation.rewritten(remark, description, company, [*kept, *mobiles_add] if touched else None)

        def act() -> None:
            self._overlay.change(person, member, rewritten)
            texts = (remark, description, company)
            self._tell(News(news.EDITED, person, member, mobiles_alone=texts == (None, None, None)))

        self._do(act, person, member, before_write, after_reads)

    def remove(self, userid: str, external_userid: str, *, before_write: bool = False, after_reads: int = 0) -> None:
        """Delete a customer: the relation is given no longer, and C4 answers 84061."""
        person, member = self._find(userid, external_userid)

        def act() -> None:
            self._overlay.end(person, member)
            self._tell(News(news.REMOVED, person, member))

        self._do(act, person, member, before_write, after_reads)

    def leave(self, userid: str, external_userid: str, *, before_write: bool = False, after_reads: int = 0) -> None:
        """Leave the corp and all customers; `external_userid` is the one whose reads and writes are the cue."""
        person, member = self._find(userid, external_userid)
        self._do(lambda: self._overlay.leave(member), person, member, before_write, after_reads)

    def adds(self, userid: str, unionid: str, *, remark: str = "", after_conversion: bool = False) -> None:
        """Become friends with whoever has this unionid, a visitor of the mini program or anybody's customer.

        With `after_conversion` only when the unionid has been converted (C6) the next time.
        """
        member = self._people.staff.number(userid)
        person = self._people.identities.person_of_unionid(unionid)
        if member is None or person is None or not self._people.is_known(person):
            raise LookupError(f"no {userid!r}, or nobody with the unionid {unionid!r}")
        if member in self._overlay.followers(person):
            raise LookupError(f"{unionid!r} is a customer of {userid!r} already")

        def add() -> None:
            relation = Relation(remark, int(self._now()), company="", mobiles=(), started_by=None)
            self._overlay.begin(person, member, relation)
            self._tell(News(news.ADDED, person, member, {"WelcomeCode": self._welcome_code()}))

        if not after_conversion:
            add()
            return
        with self._lock:
            self._when_converted.append((person, add))

    def forget(self) -> None:
        """Forget what has not happened yet."""
        with self._lock:
            self._cues.clear()
            self._when_converted.clear()

    def was_converted(self, person: int) -> None:
        """A conversion of somebody's unionid has been answered."""
        with self._lock:
            due = [act for who, act in self._when_converted if who == person]
            self._when_converted = [(who, act) for who, act in self._when_converted if who != person]
        for act in due:
            act()

    def write_comes(self, person: int, member: int) -> None:
        """A C4 is about to be carried out."""
        self._act(lambda cue: cue.reads_left is None and (cue.person, cue.member) == (person, member))

    def was_read(self, person: int) -> None:
        """A C2 has been answered, from its first page."""

        def is_due(cue: _Cue) -> bool:
            if cue.person != person or cue.reads_left is None:
                return False
            cue.reads_left -= 1
            return cue.reads_left == 0

        self._act(is_due)

    def _find(self, userid: str, external_userid: str) -> tuple[int, int]:
        member = self._people.staff.number(userid)
        spaces = (AppKind.SELF_BUILT, AppKind.DELEGATED)
        known = (self._people.identities.person(external_userid, kind) for kind in spaces)
        person = next((number for number in known if number is not None), None)
        if member is None or person is None or member not in self._overlay.ever_followers(person):
            raise LookupError(f"{external_userid!r} is no customer of {userid!r}")
        return person, member

    def _do(self, act: Callable[[], None], person: int, member: int, before_write: bool, after_reads: int) -> None:
        if not before_write and after_reads <= 0:
            act()
            return
        with self._lock:
            self._cues.append(_Cue(person, member, act, None if before_write else after_reads))

    def _act(self, is_due: Callable[[_Cue], bool]) -> None:
        with self._lock:
            due = [cue for cue in self._cues if is_due(cue)]
            self._cues = [cue for cue in self._cues if cue not in due]
        for cue in due:
            cue.act()
