"""What the list of customers says of itself: whose, how many, how old, and why there is nothing or not all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.language import _
from console.operations.results import Empty, Failed, Partial, Reading
from console.operations.wording import age_words, count_words, time_words
from console.session import Session
from console.store.relations import RelationQuery
from console.text import safe_text
from console.tui.customers.cells import follower_words
from console.tui.customers.notes import failure_notes, partial_notes
from console.tui.rows import Cell, Toned

if TYPE_CHECKING:
    from console.operations.browse import CustomersRead


def sort_options() -> list[tuple[str, str]]:
    """What the rows can be sorted by: (id, label)."""
    return [
        ("createtime", _("added")),
        ("remark", _("remark")),
        ("name", _("name")),
        ("company", _("company")),
        ("mobile", _("mobile")),
    ]


@dataclass(frozen=True, slots=True)
class ListWords:
    """The words about a list: of what was `asked`, `found` rows of the follower's `total` are shown.

    `state` is how the reading goes or ended in this session, `read_at` and `is_complete` how it ended when it was last
    done; `short` where there is little room, `masked` where nobody's data may be seen.
    """

    session: Session
    asked: RelationQuery
    total: int
    found: int
    state: Reading | CustomersRead | None
    read_at: float | None
    is_complete: bool
    short: bool
    masked: bool

    def title(self) -> str:
        """Whose customers, how many, and in what order."""
        if self.asked.follower is None:
            whose = _("All known customers")
        else:
            who = follower_words(self.session, self.asked.follower, masked=self.masked)
            whose = _("{who}'s customers").format(who=who)
        plus = "+" if isinstance(self.state, Reading) and self.state.total is None else ""
        unknown = isinstance(self.state, Failed) and not self.total and self.read_at is None
        title = whose if unknown else f"{whose} {count_words(self.total)}{plus}"
        return title if self.short else title + "  " + self._order_words()

    def _order_words(self) -> str:
        column = dict(sort_options()).get(self.asked.order, "")
        if self.asked.order != "createtime":
            return _("by {column}").format(column=column)
        return _("newest first") if self.asked.descending else _("oldest first")

    def right(self) -> str:
        """How the reading goes, or how old the list is."""
        state = self.state
        if isinstance(state, Reading):
            if state.total is None:
                return _("reading page {page}, Esc stops").format(page=state.page + 1)
            return _("read {read}/{total}, Esc stops").format(
                read=count_words(state.read), total=count_words(state.total)
            )
        if isinstance(state, Partial):
            return _("partial")
        if isinstance(state, Failed):
            return _("old data, {age}").format(age=self._age()) if self.read_at else _("not read")
        if self.asked.follower is None:
            return _("visible to this app")
        age = self._age() if self.read_at else _("not read yet")
        return age if self.is_complete else _("partial") + ", " + age

    def _age(self) -> str:
        if self.read_at is None:
            return _("never read")
        now = self.session.clock()
        if self.short:
            return age_words(now - self.read_at)
        return _("read {time}, {age}").format(
            time=time_words(self.read_at, self.session.zone, now), age=age_words(now - self.read_at)
        )

    def notes(self) -> tuple[Sequence[Cell], Sequence[Cell]]:
        """What stands above the rows, and what below them."""
        state = self.state
        if isinstance(state, Partial):
            return partial_notes(state.missing, self.session.profile.app_type, masked=self.masked), ()
        if isinstance(state, Failed):
            notes = failure_notes(state.failure, self.session.profile.app_type)
            known = (Toned(_("Below is what was known before. r reads again."), "error"),) if self.total else ()
            return (*notes, *known), ()
        if self.asked.contains and not self.found and self.total:
            nothing = _("No customer matches {text}. Esc clears the filter.").format(
                text=f"「{safe_text(self.asked.contains)}」"
            )
            more = (_("Still reading; there may be more."),) if isinstance(state, Reading) else ()
            return (), (nothing, *more)
        if self.asked.follower is None and not self.total:
            return (), (_("Nothing is known yet. Choose a follower: its customers are read and kept."),)
        if isinstance(state, Empty) or (not self.total and self.read_at is not None and not isinstance(state, Reading)):
            return (), (
                _("This follower has no customers that this app may see."),
                _("WeCom says 84061 for none; that is not an error."),
            )
        if not self.is_complete and not isinstance(state, Reading):
            return (_("Not everything was read the last time. r reads again."),), ()
        return (), ()

    def matches(self) -> str:
        """Beside a filter: how many match, and whether that is all."""
        words = _("matches {n} of {total}").format(n=count_words(self.found), total=count_words(self.total))
        if isinstance(self.state, Reading):
            return words + ", " + _("still reading")
        if self.asked.follower is None:
            return words + ", " + _("of what was read so far")
        if isinstance(self.state, (Partial, Failed)) or self.read_at is None or not self.is_complete:
            return words + ", " + _("not all read")
        return words + ", " + _("all read")
