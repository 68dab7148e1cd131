"""A living company: something happens to its customers now and then, at a human pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

from console.sandbox.callbacks import Callbacks
from console.sandbox.comings import Comings
from console.sandbox.happenings import Colleague
from console.sandbox.options import AppKind
from console.sandbox.overlay import Overlay
from console.sandbox.people import People
from console.sandbox.words import NOTES, STATES, TITLES

_BUSY = 8  # the first members of staff, whom the demo's screens show
_LOOK = 5.0  # seconds after which another pace is noticed
_FIRST = 40  # of the customers of each


class Ambience:
    """Lets something happen `a_minute` times a minute on average, as long as somebody wants to hear of it."""

    def __init__(
        self, people: People, overlay: Overlay, colleague: Colleague, comings: Comings, callbacks: Callbacks
    ) -> None:
        self._people = people
        self._overlay = overlay
        self._colleague = colleague
        self._comings = comings
        self._callbacks = callbacks
        self._chance = Random(people.seed)
        self._half_added: list[tuple[str, str]] = []
        self.a_minute = 0.0
        self._happenings: dict[Callable[[], None], int] = {
            self._edits: 8,
            self._comes: 5,
            self._comes_half: 2,
            self._is_accepted: 2,
            self._removes: 1,
            self._leaves: 2,
            self._hands_over: 1,
            self._refuses: 1,
            self._consents: 1,
            callbacks.tell_of_a_group: 1,
        }

    async def live(self) -> None:
        """Go on until cancelled, `a_minute` times a minute whatever that is by now; 0 for never."""
        while True:
            pause = self._chance.expovariate(self.a_minute / 60) if self.a_minute > 0 else _LOOK
            while pause > _LOOK and self.a_minute > 0:
                await asyncio.sleep(_LOOK)
                pause -= _LOOK
            await asyncio.sleep(min(pause, _LOOK))
            if self.a_minute > 0 and self._callbacks.wanted:
                self.happen()

    def happen(self) -> None:
        """Something happens; to somebody who has gone meanwhile, nothing does."""
        [one] = self._chance.choices(list(self._happenings), list(self._happenings.values()))
        try:
            one()
        except LookupError:
            return

    def _member(self) -> str:
        able = [n for n in range(min(_BUSY, self._people.staff.size)) if self._overlay.count(n)]
        if not able:
            raise LookupError("nobody has customers")
        return self._people.staff.userid(self._chance.choice(able))

    def _relation(self) -> tuple[str, str]:
        userid = self._member()
        number = self._people.staff.number(userid) or 0
        place = self._chance.randrange(min(_FIRST, self._overlay.count(number)))
        person = self._overlay.person_at(number, place)
        if not self._overlay.holds(person, number):
            raise LookupError("gone")
        return userid, self._people.identities.external_userid(person, AppKind.SELF_BUILT)

    def _edits(self) -> None:
        userid, customer = self._relation()
        before = self._colleague.sees(userid, customer)
        match self._chance.randrange(3):
            case 0:
                self._colleague.change(userid, customer, mobiles_add=[f"139{self._chance.randrange(10**8):08d}"])
            case 1:
                self._colleague.change(userid, customer, description=self._chance.choice(NOTES))
            case _:
                title = self._chance.choice(TITLES)
                self._colleague.change(userid, customer, remark=f"{before.remark[:1] or '客'}{title}"[:20])

    def _comes(self) -> None:
        self._comings.comes(self._member(), state=self._chance.choice(STATES), code=self._chance.random() < 0.8)

    def _comes_half(self) -> None:
        userid = self._member()
        self._half_added.append((userid, self._comings.comes(userid, half=True)))

    def _is_accepted(self) -> None:
        if self._half_added:
            self._comings.is_accepted(*self._half_added.pop(0))

    def _removes(self) -> None:
        self._colleague.remove(*self._relation())

    def _leaves(self) -> None:
        self._comings.leaves(*self._relation())

    def _hands_over(self) -> None:
        userid, customer = self._relation()
        to = self._member()
        if to != userid:
            self._comings.is_handed_over(userid, customer, to)

    def _refuses(self) -> None:
        reasons = ("customer_refused", "customer_limit_exceed")
        self._comings.refuses(*self._relation(), reason=self._chance.choice(reasons))

    def _consents(self) -> None:
        self._comings.consents(*self._relation())
