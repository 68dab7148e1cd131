"""What is known: the mappings, and, where there is room, who is close to the end and who has arrived."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from console.language import _
from console.operations.convert.words import (
    Setting,
    arrival_words,
    close_to_their_end,
    quota_words,
    sharing_words,
)
from console.operations.wording import time_words
from console.session import Session
from console.store.mappings import IdMapping
from console.store.quota import Allowance
from console.tui.convert.mappings_list import MappingsList
from console.tui.convert.quota import is_nearly_used
from console.tui.folded import FoldedText
from console.tui.listing import TitleLine
from console.tui.rule import Rule
from console.wecom.ids import SubjectType


class KnownView(Vertical):
    """The list with two short ones below it, and the quota on one line where there are no bars."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="convert-known")
        self.session = session
        self.mappings = MappingsList(session)
        self._soon_title, self._soon = Rule(id="convert-soon-title"), FoldedText(classes="full-text")
        self._arrived_title, self._arrived = Rule(id="convert-arrived-title"), FoldedText(classes="full-text")
        self._quota_line = TitleLine()

    def compose(self) -> ComposeResult:
        """The list above all else."""
        yield self.mappings
        with Vertical(classes="convert-more"):
            yield self._soon_title
            yield self._soon
            yield self._arrived_title
            yield self._arrived
        yield self._quota_line

    def on_mount(self) -> None:
        """Name the parts."""
        self._soon_title.show(_("ends within 7 days"))
        self._arrived_title.show(_("lately turned into customers"))

    def show_short_lists(self, setting: Setting) -> None:
        """Who is close to the end, and who has arrived."""
        mappings = self.session.records.mappings
        arrived = tuple(_arrival(one, setting) for one in mappings.arrived())
        self._soon.show(close_to_their_end(mappings.expiring(), setting) or (_("none"),))
        self._arrived.show(arrived or (_("none"),))

    def show_quota(self, allowances: Sequence[Allowance], subject_type: SubjectType) -> None:
        """What was used of the quota of this subject."""
        self._quota_line.show(quota_words(allowances), sharing_words(subject_type), failed=is_nearly_used(allowances))


def _arrival(mapping: IdMapping, setting: Setting) -> str:
    at = time_words(mapping.arrived_at, setting.zone, setting.now)
    return f"{at}  {arrival_words(mapping, masked=setting.masked)}"
