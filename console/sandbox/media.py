"""Files that were uploaded: their ids, each good for three days. The files themselves are not kept."""

from __future__ import annotations

from collections.abc import Callable

from console.sandbox.identity import Identities

LIFE = 3 * 86_400


class Media:
    """The corp's uploaded files by media id; all its apps share them."""

    def __init__(self, identities: Identities, clock: Callable[[], float]) -> None:
        self._identities = identities
        self._clock = clock
        self._uploaded: dict[str, float] = {}

    def take(self) -> tuple[str, int]:
        """A new file's id and the moment it came, in Unix seconds."""
        now = self._clock()
        media_id = self._identities.opaque(f"media/{len(self._uploaded)}", 44)
        self._uploaded[media_id] = now
        return media_id, int(now)

    def knows(self, media_id: str) -> bool:
        """Whether the id is one of ours, and not older than three days."""
        came = self._uploaded.get(media_id)
        return came is not None and self._clock() - came < LIFE
