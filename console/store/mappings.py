"""Mappings: what the unionids of mini program users mean to a profile's app, how that was learned, and until when."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.store.database import Database
from console.store.mapping_writes import PENDING_LIFE, Learned, Source, join, learn
from console.store.payloads import text
from console.store.query import like
from console.store.reader import id_vector
from console.store.words import needles
from console.store.writer import Pending
from console.wecom.ids import ExternalUserId, PendingId

__all__ = ["IdMapping", "Learned", "MappingState", "Mappings", "Source"]

SOON = 7 * 86400.0
"""Seconds before its end at which a pending id is close to it."""


class MappingState(StrEnum):
    """What a unionid means now."""

    CUSTOMER = "customer"
    PENDING = "pending"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class IdMapping:
    """What one unionid means; times are seconds since the epoch.

    `openid` and `subject_type` are those of the last conversion, None when it was never converted here. A customer
    keeps the `pending_id` of before, `arrived_at` tells when that became a customer. `customer_name` is what a list
    shows first; `is_gone`: nobody follows this customer any more, as far as is known; `change`: the version that it
    was learned with.
    """

    id: int
    unionid: str
    openid: str | None
    subject_type: int | None
    external_userid: ExternalUserId | None
    pending_id: PendingId | None
    source: Source
    learned_at: float
    expires_at: float | None
    arrived_at: float | None
    customer_name: str
    is_gone: bool
    change: int = 0

    def state(self, now: float) -> MappingState:
        """Whether it is a customer, or a pending id that is still good at `now`."""
        if self.external_userid is not None:
            return MappingState.CUSTOMER
        return MappingState.PENDING if self.seconds_left(now) > 0 else MappingState.EXPIRED

    def ends_soon(self, now: float) -> bool:
        """Whether it is a pending id within its last seven days."""
        return self.state(now) is MappingState.PENDING and self.seconds_left(now) <= SOON

    def seconds_left(self, now: float) -> float:
        """How long the pending id is still good; a clock that was set back does not make that longer than its life."""
        return max(0.0, min((self.expires_at or 0.0) - now, PENDING_LIFE))


_MAPPING = """
    SELECT m.id, m.unionid, m.openid, m.subject_type, m.external_userid, m.pending_id, m.source, m.learned_at,
           m.expires_at, m.arrived_at,
           COALESCE(
               (SELECT r.remark FROM relations r
                WHERE r.profile_id = m.profile_id AND r.external_userid = m.external_userid
                    AND r.state <> 2 AND r.remark <> '' ORDER BY r.createtime DESC LIMIT 1),
               (SELECT r.name FROM relations r
                WHERE r.profile_id = m.profile_id AND r.external_userid = m.external_userid LIMIT 1),
               ''),
           COALESCE(
               (SELECT MIN(r.state) = 2 FROM relations r
                WHERE r.profile_id = m.profile_id AND r.external_userid = m.external_userid),
               0),
           m.change
    FROM mappings m WHERE m.profile_id = ?"""

_IN_ITS_WORDS_OR_THE_CUSTOMERS = """(({found})
    OR external_userid IN (
        SELECT r.external_userid FROM relation_lines l JOIN relations r ON r.id = l.relation_id
        WHERE l.profile_id = ? AND ({found})))"""


class Mappings:
    """The mappings of one profile."""

    def __init__(self, database: Database, profile_id: int, clock: Callable[[], float]) -> None:
        self._database = database
        self._profile_id = profile_id
        self._clock = clock

    @property
    def version(self) -> int:
        """Grows with each commit, of any process, that learned something new."""
        rows = self._database.rows("SELECT MAX(change) FROM mappings WHERE profile_id = ?", (self._profile_id,))
        return int(rows[0][0] or 0)

    def learn(self, learned: Learned) -> Pending[None]:
        """Store what a unionid means. Learning a pending id again, before its end, does not make it live longer."""
        now, profile_id = self._clock(), self._profile_id
        return self._database.write(lambda connection: learn(connection, profile_id, learned, now))

    def join(self, pending_ids: Mapping[ExternalUserId, PendingId], source: Source) -> Pending[list[int]]:
        """Put customers in the place of their pending ids; the ids of the mappings that were waiting for them."""
        now, profile_id = self._clock(), self._profile_id
        pairs = [*pending_ids.items()]
        return self._database.write(lambda connection: join(connection, profile_id, pairs, source, now))

    async def select(self, contains: str = "") -> array[int]:
        """The ids of the mappings with this text in an id or in what is known of the customer, newest first."""
        sql, values = self._selection(contains)
        return await self._database.read(lambda connection: id_vector(connection, sql, values))

    def select_now(self, contains: str = "") -> array[int]:
        """As `select`, here and at once."""
        sql, values = self._selection(contains)
        return self._database.read_now(lambda connection: id_vector(connection, sql, values))

    def window(self, ids: Sequence[int]) -> list[IdMapping]:
        """The mappings of these ids, in their order; ids of none are left out."""
        found = {mapping.id: mapping for mapping in self._where(f"m.id IN ({','.join('?' * len(ids))})", *ids)}
        return [found[row_id] for row_id in ids if row_id in found]

    def of_unionid(self, unionid: str) -> IdMapping | None:
        """What a unionid means; None when nothing is known of it."""
        return next(iter(self._where("m.unionid = ?", text(unionid))), None)

    def of_pending_id(self, pending_id: str) -> IdMapping | None:
        """The newest mapping with this pending id, whatever it looks like; None when it is none that is known."""
        return next(iter(self._where("m.pending_id = ? ORDER BY m.change DESC", text(pending_id))), None)

    def of_beginning(self, pending_id: str) -> IdMapping | None:
        """The newest mapping whose pending ID begins so; None when none does."""
        begin = text(pending_id)
        found = self._where(
            "m.pending_id >= ? AND m.pending_id < ? ORDER BY m.change DESC LIMIT 1", begin, f"{begin}\U0010ffff"
        )
        return next(iter(found), None)

    def of_openid(self, openid: str) -> IdMapping | None:
        """The newest mapping that was converted with this openid; None when none was."""
        return next(iter(self._where("m.openid = ? ORDER BY m.change DESC", text(openid))), None)

    def expiring(self) -> list[IdMapping]:
        """The pending ids that end within seven days, the first to end first."""
        now = self._clock()
        return self._where(
            "m.external_userid IS NULL AND m.expires_at > ? AND m.expires_at <= ? ORDER BY m.expires_at",
            now,
            now + SOON,
        )

    def arrived(self, most: int = 5) -> list[IdMapping]:
        """The customers that were pending before, the latest to arrive first."""
        return self._where("m.arrived_at IS NOT NULL ORDER BY m.change DESC LIMIT ?", most)

    def waiting_since(self) -> float | None:
        """When the oldest pending id that is still good was learned; None when there is none."""
        rows = self._database.rows(
            """SELECT MIN(learned_at) FROM mappings
               WHERE profile_id = ? AND external_userid IS NULL AND expires_at > ?""",
            (self._profile_id, self._clock()),
        )
        return None if rows[0][0] is None else float(rows[0][0])

    def _selection(self, contains: str) -> tuple[str, list[object]]:
        where = ["profile_id = ?"]
        values: list[object] = [self._profile_id]
        for forms in needles(contains):
            found = " OR ".join(["words LIKE ? ESCAPE '\\'"] * len(forms))
            where.append(_IN_ITS_WORDS_OR_THE_CUSTOMERS.format(found=found))
            patterns = [like(form) for form in forms]
            values.extend((*patterns, self._profile_id, *patterns))
        return f"SELECT id FROM mappings WHERE {' AND '.join(where)} ORDER BY change DESC", values

    def _where(self, condition: str, *values: object) -> list[IdMapping]:
        rows = self._database.rows(f"{_MAPPING} AND {condition}", (self._profile_id, *values))
        return [_mapping(*row) for row in rows]


def _mapping(
    row_id: int,
    unionid: str,
    openid: str | None,
    subject_type: int | None,
    external_userid: str | None,
    pending_id: str | None,
    source: str,
    learned_at: float,
    expires_at: float | None,
    arrived_at: float | None,
    customer_name: str,
    is_gone: int,
    change: int,
) -> IdMapping:
    return IdMapping(
        row_id,
        unionid,
        openid,
        subject_type,
        ExternalUserId(external_userid) if external_userid else None,
        PendingId(pending_id) if pending_id else None,
        Source(source),
        learned_at,
        expires_at,
        arrived_at,
        customer_name,
        bool(is_gone),
        change,
    )
