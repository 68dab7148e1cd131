"""What a command is, and the places where its keys are heard."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where a command's keys are heard; `EVERYWHERE` includes dialogs."""

    EVERYWHERE = "everywhere"
    DEMO = "demo"
    FOLLOWERS = "followers"
    CUSTOMERS = "customers"
    CONTACTS = "contacts"
    DETAIL = "detail"
    FIND = "find"
    MENU = "menu"
    DIALOG = "dialog"
    EXPORT = "export"
    REPORT = "report"
    FEED = "events"
    GREETING = "welcome message"
    TIMELINE = "timeline"
    WHY = "why"
    DUPLICATES = "duplicates"
    CONVERT = "convert"
    MAPPINGS = "mappings"
    SYNC = "sync"
    RECORD = "record"
    PROFILE = "profile"
    SECRET = "secret"
    EDITOR = "editor"
    TAKE_OVER = "take over"
    CONFLICT = "conflict"
    QUESTION = "question"
    RESULT = "result of a write"
    WELCOME = "welcome"
    SETUP_FORM = "setup form"
    SETUP_TRIAL = "setup trial"


LISTS = (Place.FOLLOWERS, Place.CUSTOMERS, Place.CONTACTS)
PANE_1 = (*LISTS, Place.DETAIL)
BACK = (
    *PANE_1,
    Place.FEED,
    Place.CONVERT,
    Place.MAPPINGS,
    Place.SYNC,
    Place.RECORD,
    Place.SETUP_FORM,
    Place.SETUP_TRIAL,
)


@dataclass(frozen=True, slots=True)
class Command:
    """Something an operator can do with a key.

    `keys` are Textual's key names: the letter, then its twin for a Chinese input method, then the full-width aliases.
    `row` orders the row of keys (0: not in the row); `label` is short, `help` is a whole line; both are msgids.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    places: tuple[Place, ...] = (Place.EVERYWHERE,)
    row: int = 0
    in_palette: bool = True
    does: str = ""

    @property
    def action(self) -> str:
        """The Textual action that carries it out: the one named like the command, unless it says what it `does`."""
        return self.does or self.id
