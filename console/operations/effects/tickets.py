"""Suite tickets on their way from the receiver to the secrets: never in the store, only in this process."""

from __future__ import annotations

from console.wecom.redact import Hidden

_MOST = 8  # one comes every ten minutes


class Tickets:
    """What came, by the event's row, until it is taken."""

    def __init__(self) -> None:
        self._kept: dict[int, Hidden] = {}

    def put(self, row_id: int, ticket: str) -> None:
        """Hold a ticket for whoever carries out the effects of its event."""
        self._kept[row_id] = Hidden(ticket)
        while len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]

    def of(self, row_id: int) -> Hidden | None:
        """The ticket of an event, None when it did not come to this process."""
        return self._kept.get(row_id)

    def forget(self, row_id: int) -> None:
        """It is where it should be."""
        self._kept.pop(row_id, None)
