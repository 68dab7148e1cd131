"""The detail of a customer: the customer's own fields, the followers, and the chosen follower's remark fields."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from console.language import _
from console.operations.matching import Needle
from console.operations.results import Failed, Loaded, Reading, Stopped
from console.operations.wording import (
    age_words,
    moment_words,
    time_words,
)
from console.session import Session
from console.store.relations import RelationRow, RelationState
from console.text import cell_width, safe_text
from console.tui.commands import Place, bindings
from console.tui.customers.cells import follower_words
from console.tui.customers.detail_rows import counted, follower_columns, follower_row, person_words, title_of, words_of
from console.tui.customers.fields_table import FieldsTable
from console.tui.customers.notes import failure_notes
from console.tui.customers.reading import Part, Reads
from console.tui.listing import Listing
from console.tui.rows import ListSource, MadeSource, Toned
from console.tui.rule import Rule
from console.tui.table import BigTable

if TYPE_CHECKING:
    from console.operations.detail import Detail, RelationView
    from console.operations.fields import Field
    from console.operations.remark.values import RemarkField
    from console.tui.app import ConsoleApp
    from console.tui.customers.copying import Copyable


STALE_SECONDS = 600.0
TITLE_MARGIN = 3
"""The cells of the title line that are neither the name nor the age."""
"""What was read longer ago is read again when it is opened."""


class DetailView(Listing):
    """One customer. The list in its middle is of the followers; the relation one came through is the chosen one."""

    PLACE = Place.DETAIL
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    def __init__(self, session: Session, reads: Reads) -> None:
        super().__init__(id="detail")
        self.session = session
        self.reads = reads
        self.masked = False
        self.detail: Detail | None = None
        self.external_userid = ""
        self._wanted_userid: str | None = None
        self.contact_table = FieldsTable(id="contact-fields")
        self.relation_table = FieldsTable(id="relation-fields")
        self._followers_rule = Rule(id="followers-rule")
        self._relation_rule = Rule(id="relation-rule")
        self._words: dict[str, str] = {}
        self._state: Reading | Failed | None = None

    def compose(self) -> ComposeResult:
        """Three blocks under one title."""
        yield self.title
        yield self.contact_table
        yield self._followers_rule
        yield self.table
        yield self._relation_rule
        yield self.relation_table

    # What is shown

    def open(self, external_userid: str, userid: str | None, detail: Detail | None) -> None:
        """Show what is known of a customer at the relation of `userid`, and read them when that is old, or nothing."""
        self.reads.stop(Part.DETAIL)
        self.external_userid = external_userid
        if detail is not None:
            self.show_detail(detail, userid)
        else:
            self.show_nothing()
            self.contact_table.notes_above = (_("{id} is not known here yet.").format(id=safe_text(external_userid)),)
            self._wanted_userid = userid
        if detail is None or not detail.pages or self.session.clock() - detail.read_at > STALE_SECONDS:
            self.read()

    def read(self) -> None:
        """Read the customer again."""
        self.reads.detail(self.external_userid)
        self.show_progress(Reading(0, None, 0))

    @property
    def is_reading(self) -> bool:
        """Whether pages are still to come."""
        return isinstance(self._state, Reading)

    def take_answer(self, outcome: Reading | Loaded[Detail] | Failed) -> None:
        """A page came, or all of them, or reading failed."""
        if isinstance(outcome, Loaded):
            self.show_detail(outcome.value)
        else:
            self.show_progress(outcome)

    def stop_reading(self) -> bool:
        """What was known stays, and it says that reading was stopped."""
        is_stopped = self.reads.stop(Part.DETAIL)
        if is_stopped:
            self.show_progress(Failed(Stopped()))
        return is_stopped

    def show_nothing(self) -> None:
        """No customer is chosen."""
        self.detail = None
        self.title.show(_("Detail"))
        self.table.show(ListSource(), fresh=True)
        self.contact_table.show_nothing()
        self.relation_table.show_nothing()
        self.contact_table.notes_above = (_("Choose a customer; Enter shows everything about them."),)
        self._followers_rule.show("")
        self._relation_rule.show("")

    def show_detail(self, detail: Detail, userid: str | None = None) -> None:
        """Show a customer, at the relation of `userid`, else at the one that is chosen already."""
        userid, self._wanted_userid = userid or self._wanted_userid, None
        if self.detail is None or self.detail.external_userid != detail.external_userid:
            self.forget_filter()
            self.table.show(ListSource(), fresh=True)
        self.detail = detail
        self._words = {}
        self._state = None
        self.contact_table.notes_above = ()
        self._show_contact()
        self._show_followers()
        if self.filter_text:
            self._filter_followers()
        if userid is not None:
            self.table.choose(userid.casefold())
        wanted = self.table.wanted_key
        nobody = wanted is not None and detail.relation_of(str(wanted)) is None
        words = _("{who} does not follow this customer.").format(who=self._person(str(wanted))) if nobody else ""
        self.table.notes_above = (Toned(words, "error"),) if nobody else ()
        self._show_relation()

    def show_progress(self, state: Reading | Failed) -> None:
        """Take in how the reading goes, or that it failed; what was known stays."""
        self._state = state
        if isinstance(state, Failed):
            self.contact_table.notes_above = failure_notes(state.failure, self.session.profile.app_type)
        self._show_title()

    def redraw(self) -> None:
        """Draw everything anew, masked or not."""
        if self.detail is not None:
            self._show_contact()
            self._show_followers()
            self._show_relation()

    def _show_title(self) -> None:
        detail = self.detail
        if detail is None:
            page = self._state.page + 1 if isinstance(self._state, Reading) else 0
            right = _("reading page {page}, Esc stops").format(page=page) if page else ""
            self.title.show(safe_text(self.external_userid) or _("Detail"), right)
            return
        who = title_of(detail, self.relation, masked=self.masked)
        room = self.size.width - cell_width(who) - TITLE_MARGIN
        self.title.show(who, self._when(detail, room), failed=isinstance(self._state, Failed))

    def _when(self, detail: Detail, room: int) -> str:
        """How old it is, or what is going on; the age leaves where `room` cells are too few for it."""
        if isinstance(self._state, Reading):
            return _("reading page {page}, Esc stops").format(page=self._state.page + 1)
        if not detail.pages:
            return _("from the list; the detail is not read yet")
        now = self.session.clock()
        time = time_words(detail.read_at, self.session.zone, now)
        words = _("read {time}, {age}").format(time=time, age=age_words(now - detail.read_at))
        if isinstance(self._state, Failed):
            return _("old data, {age}").format(age=words)
        return words if cell_width(words) <= room else _("read {when}").format(when=time)

    def _show_contact(self) -> None:
        from console.operations.fields import contact_fields  # here: the first paint has no fields

        assert self.detail is not None
        fields = contact_fields(self.detail.contact, self.session.profile.app_type)
        self.contact_table.show_fields(fields, masked=self.masked)

    def _show_followers(self) -> None:
        detail = self.detail
        assert detail is not None
        self.table.columns = follower_columns(self.size.width)
        needle = Needle(self.filter_text if self._words else "")
        shown = [view for view in detail.relations if needle.is_in(self._words.get(view.userid, ""))]
        now = self.session.clock()
        keys = [view.userid.casefold() for view in shown]
        row = partial(follower_row, self.session, now=now, masked=self.masked)
        self.table.show(MadeSource(keys, lambda place: row(shown[place])))
        self._followers_rule.show(counted(detail))
        self.show_matches()

    def show_matches(self) -> None:
        """Beside the filter: how many followers match."""
        super().show_matches()
        if (line := self.filter_line) is not None and self.detail is not None:
            shown = len(self.table.source)
            line.count.show("", _("{n} of {total}").format(n=shown, total=len(self.detail.relations)))

    def _show_relation(self) -> None:
        view = self.relation
        self._show_title()
        if view is None or self.detail is None:
            self._relation_rule.show("")
            self.relation_table.show_nothing()
            return
        who = follower_words(self.session, view.userid, masked=self.masked)
        gone = view.state is RelationState.GONE
        words = _("what {who} wrote (last known)") if gone else _("what {who} wrote")
        self._relation_rule.show(words.format(who=who))
        from console.operations.fields import relation_fields  # here: the first paint has no fields
        from console.tui.customers.relation_record import record_fields

        fields = relation_fields(
            view,
            self.session.profile.app_type,
            customer_type=self.detail.contact.type,
            person=self._person,
            time=lambda at: moment_words(at, self.session.zone),
            tag_name=self._tag_name,
        )
        record = record_fields(self.session, self.detail.external_userid, view.userid)
        self.relation_table.show_fields([*fields, *record], masked=self.masked)

    @property
    def relation(self) -> RelationView | None:
        """The chosen follower's relation."""
        key = self.table.chosen_key
        return self.detail.relation_of(str(key)) if self.detail is not None and key is not None else None

    @property
    def userid(self) -> str | None:
        """The follower that this is about: the chosen one, or the one wanted while nothing is known."""
        return self.relation.userid if self.relation is not None else self._wanted_userid

    @property
    def chosen_row(self) -> RelationRow | None:
        """The chosen relation as a row of the store."""
        view = self.relation
        if view is None or self.detail is None:
            return None
        return self.session.records.relations.find(view.userid, self.detail.external_userid)

    @property
    def chosen_field(self) -> Field | None:
        """The field under the cursor, when the keys are in a block of fields."""
        tables = (self.contact_table, self.relation_table)
        return next((table.chosen_field for table in tables if table.has_focus), None)

    def copyables(self) -> Sequence[Copyable]:
        """The field under the cursor, then the chosen relation."""
        from console.tui.customers import copying

        row = self.chosen_row
        return [*copying.of_field(self.chosen_field), *(copying.of_relation(self.session, row) if row else ())]

    # What the keys do

    def action_raw(self) -> None:
        """v: what WeCom returned."""
        if self.detail is not None:
            from console.tui.customers.raw import show_raw

            show_raw(self.app, self.detail, masked=self.masked)

    def action_open(self) -> None:
        """Enter goes on into the fields."""
        self.relation_table.focus()

    async def action_edit(self) -> None:
        """e: the form of the chosen relation, at the field under the cursor."""
        from console.operations.remark.values import RemarkField

        fields = {"description": RemarkField.DESCRIPTION, "remark_corp_name": RemarkField.COMPANY}
        fields["remark_mobiles"] = RemarkField.MOBILES
        field = self.relation_table.chosen_field if self.relation_table.has_focus else None
        await self._edit(fields.get(field.id) if field is not None else None)

    async def action_timeline(self) -> None:
        """t: all that happened to this customer."""
        from console.tui.going import open_timeline_here

        await open_timeline_here(self, self.external_userid, self.relation.userid if self.relation else None)

    async def action_duplicates(self) -> None:
        """d: who may be the same person."""
        from console.tui.going import open_duplicates_here

        await open_duplicates_here(self, self.external_userid)

    async def action_take_over(self) -> None:
        """F6: the same form, filled from another follower's remark."""
        await self._edit(None, take_over=True)

    async def _edit(self, field: RemarkField | None, *, take_over: bool = False) -> None:
        view = self.relation
        if view is not None and self.detail is not None and not self.table.is_stand_in:
            from console.tui.remark.desk import desk_of

            await desk_of(self.app).edit(self.detail.external_userid, view.userid, field, take_over=take_over)

    def action_undo(self) -> None:
        """u: take back the last write to the chosen relation."""
        from console.tui.customers.relation_record import last_entries
        from console.tui.remark.desk import desk_of

        view = self.relation
        entries = last_entries(self.session, self.external_userid, view.userid, 1) if view is not None else ()
        if entries:
            desk_of(self.app).undo(entries[0].id)
        else:
            super().action_undo()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Another follower: show what they wrote."""
        event.stop()
        if event.table is self.table and self.detail is not None:
            self._show_relation()

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter on a follower goes into the fields."""
        event.stop()
        if event.table is self.table:
            self.relation_table.focus()
        elif event.table is self.contact_table:
            self._say_why_not_there()

    def _say_why_not_there(self) -> None:
        """Enter on a unionid that did not come."""
        field = self.contact_table.chosen_field
        if field is not None and field.id == "unionid" and not field.has_value:
            from console.tui.why.asked import open_for_unionid

            open_for_unionid(cast("ConsoleApp", self.app), self.external_userid, self.userid)

    def on_listing_filter_changed(self, event: Listing.FilterChanged) -> None:
        """Filter the followers by name, userid, remark and digits."""
        event.stop()
        self._filter_followers()

    @work(group="filter", exclusive=True, exit_on_error=False)
    async def _filter_followers(self) -> None:
        detail = self.detail
        if detail is not None and not self._words:
            self._words = await asyncio.to_thread(words_of, detail.relations, self.session.all_names())
        if detail is not None and detail is self.detail:
            self._show_followers()

    # Words

    def _person(self, userid: str) -> str:
        return person_words(self.session, userid, masked=self.masked)

    def _tag_name(self, tag_id: str) -> tuple[int, str] | None:
        tag = self.session.records.tags.name_of(tag_id)
        return (tag.kind, f"{tag.group}: {tag.name}" if tag.group else tag.name) if tag else None
