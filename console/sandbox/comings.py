"""Customers who come and go: they add a member of staff, wait to be accepted, are handed over, agree, or leave."""

from __future__ import annotations

import threading
from collections.abc import Callable

from console.sandbox import news
from console.sandbox.news import News
from console.sandbox.options import AppKind
from console.sandbox.overlay import Overlay
from console.sandbox.people import People
from console.sandbox.records import Relation
from console.sandbox.welcomes import Welcomes

STRANGER_BASE = 1 << 39
"""Persons from this number on were nobody's customers when the corp began."""

SCANNED, ASSIGNED = 1, 202


class Comings:
    """What customers do, from any thread; each of it is told to whoever wants to hear of it.

    Every method raises LookupError for ids that mean nobody, and for somebody who is not the member's customer.
    """

    def __init__(
        self,
        people: People,
        overlay: Overlay,
        welcomes: Welcomes,
        tell: Callable[[News], None],
        now: Callable[[], float],
    ) -> None:
        """`now` is the moment by which the corp dates what happens."""
        self._people = people
        self._overlay = overlay
        self._welcomes = welcomes
        self._tell = tell
        self._now = now
        self._lock = threading.Lock()
        self._strangers = 0

    def comes(self, userid: str, *, state: str = "", code: bool = True, half: bool = False) -> str:
        """Somebody new scans a member's code; the external_userid for the corp's own apps.

        `half`: the member has yet to accept, so that there is no relation. Without `code` the admin has set up a
        welcome for this member, and no welcome code is given.
        """
        member = self._member(userid)
        with self._lock:
            person = STRANGER_BASE + self._strangers
            self._strangers += 1
        self._overlay.begin(person, member, self._relation(state, SCANNED))
        if half:
            self._overlay.end(person, member)
        fields = ({"State": state} if state else {}) | ({"WelcomeCode": self._welcomes.issue()} if code else {})
        self._tell(News(news.ADDED_HALF if half else news.ADDED, person, member, fields))
        return self._people.identities.external_userid(person, AppKind.SELF_BUILT)

    def is_accepted(self, userid: str, external_userid: str, *, state: str = "") -> None:
        """A member accepts somebody who was half added."""
        person, member = self._find(userid, external_userid, gone=True)
        self._overlay.begin(person, member, self._relation(state, SCANNED))
        fields = ({"State": state} if state else {}) | {"WelcomeCode": self._welcomes.issue()}
        self._tell(News(news.ADDED, person, member, fields))

    def leaves(self, userid: str, external_userid: str) -> None:
        """A customer removes a member: the relation stays, one-way, and can still be read."""
        person, member = self._find(userid, external_userid)
        self._tell(News(news.LEFT, person, member))

    def is_handed_over(self, userid: str, external_userid: str, to: str) -> None:
        """An administrator gives a member's customer to another."""
        person, member = self._find(userid, external_userid)
        successor = self._member(to)
        remark = self._overlay.actual(person, member).remark
        self._overlay.end(person, member)
        self._overlay.begin(person, successor, self._relation("", ASSIGNED)._replace(remark=remark))
        self._tell(News(news.REMOVED, person, member, {"Source": "DELETE_BY_TRANSFER"}))
        self._tell(News(news.ADDED, person, successor))

    def refuses(self, userid: str, external_userid: str, *, reason: str = "customer_refused") -> None:
        """A hand-over to a member fails."""
        person, member = self._find(userid, external_userid, gone=True)
        self._tell(News(news.TRANSFER_FAILED, person, member, {"FailReason": reason}))

    def consents(self, userid: str, external_userid: str) -> None:
        """A customer agrees to the archive."""
        person, member = self._find(userid, external_userid)
        self._tell(News(news.CONSENT, person, member))

    def _relation(self, state: str, add_way: int) -> Relation:
        started_by = "chenmin" if add_way == ASSIGNED else None
        return Relation(
            "", int(self._now()), company="", mobiles=(), add_way=add_way, started_by=started_by, state=state or None
        )

    def _member(self, userid: str) -> int:
        member = self._people.staff.number(userid)
        if member is None or self._overlay.is_gone(member):
            raise LookupError(f"there is no {userid!r}")
        return member

    def _find(self, userid: str, external_userid: str, *, gone: bool = False) -> tuple[int, int]:
        member = self._member(userid)
        spaces = (AppKind.SELF_BUILT, AppKind.DELEGATED)
        known = (self._people.identities.person(external_userid, kind) for kind in spaces)
        person = next((number for number in known if number is not None), None)
        if person is not None and (gone or member in self._overlay.followers(person)):
            return person, member
        raise LookupError(f"{external_userid!r} is no customer of {userid!r}")
