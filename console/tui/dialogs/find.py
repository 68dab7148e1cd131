"""Find anybody: over everything the store knows, gone relations included, or a pasted id that it has never seen."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from console.language import _, ngettext
from console.operations.convert.recognise import pending_id_lines
from console.operations.explain import explain
from console.operations.find import Wanted, understand
from console.operations.search_words import short_field_help, wrong_field_words
from console.operations.wording import count_words
from console.session import Session
from console.store.followers import FollowerRow
from console.store.relations import RelationQuery, RelationRow, RelationState
from console.text import crop, mask_text, safe_text
from console.tui.columns import Column
from console.tui.commands import Place, bindings
from console.tui.customers import copying
from console.tui.customers.cells import follower_words, mobile_cell
from console.tui.dialogs.dialog import Dialog
from console.tui.filter import FilterInput
from console.tui.listing import TitleLine
from console.tui.messages import CopyOffered
from console.tui.rows import Row, VectorSource
from console.tui.table import BigTable


@dataclass(frozen=True, slots=True)
class Found:
    """Where to go: a customer at the relation of one follower, or (None) at any; or a follower's customers.

    `edit`: the relation's form is wanted at once. `pasted`: an ID was, so why WeCom refuses it is wanted at once.
    """

    external_userid: str | None
    userid: str | None
    edit: bool = False
    pasted: bool = False


class FindDialog(Dialog[Found]):
    """The result is the relation that was chosen, or the pasted id."""

    PLACE = Place.FIND
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    class Answered(Message):
        """The relations that a text selects."""

        def __init__(self, text: str, ids: array[int]) -> None:
            super().__init__()
            self.text = text
            self.ids = ids

    def __init__(self, session: Session, *, masked: bool) -> None:
        super().__init__()
        self.session = session
        self.masked = masked
        self.table = BigTable(
            (
                Column("remark", _("remark"), 16, grow=2),
                Column("name", _("name"), 12, grow=2),
                Column("company", _("company"), 10, grow=1, leave=1),
                Column("mobile", _("mobile"), 13),
                Column("follower", _("follower"), 10, grow=1),
                Column("state", _("state"), 8),
            )
        )
        self.field = FilterInput(self.table, placeholder=_("name, pinyin initials, phone, company, tag or ID"))
        self.title_line = TitleLine()
        self.hint = TitleLine()

    def compose(self) -> ComposeResult:
        """The field above what it finds."""
        with Vertical(classes="page", id="find"):
            yield self.title_line
            yield self.field
            yield self.table
            yield self.hint

    def on_mount(self) -> None:
        """The keys go into the field."""
        known = self.session.records.relations.count(RelationQuery(gone="include"))
        words = ngettext("{n} known relation", "{n} known relations", known).format(n=count_words(known))
        self.title_line.show(_("Find anybody"), words)
        self.field.focus()
        self.show_answer("", array("q"))

    @property
    def wanted(self) -> Wanted:
        """What the text in the field means."""
        return understand(self.field.value)

    def on_input_changed(self, event: Message) -> None:
        """Every keystroke searches; ids are looked up as they are."""
        event.stop()
        wanted = self.wanted
        self._search(self.field.value, wanted.external_userid or wanted.words or (wanted.userid or ""))

    @work(group="find", exclusive=True, exit_on_error=False)
    async def _search(self, text: str, contains: str) -> None:
        query = RelationQuery(contains=contains, gone="include")
        ids = await self.session.records.relations.select(query) if contains else array("q")
        self.post_message(self.Answered(text, ids))

    def on_find_dialog_answered(self, event: Answered) -> None:
        """Show an answer, unless the text has changed since."""
        event.stop()
        if event.text == self.field.value:
            self.show_answer(event.text, event.ids)

    def show_answer(self, text: str, ids: array[int]) -> None:
        """Show the relations and say whether they are all."""
        wanted = self.wanted
        self.table.show(VectorSource(ids, self._rows), fresh=True)
        if wanted.external_userid and wanted.userid:
            relation = self.session.records.relations.find(wanted.userid, wanted.external_userid)
            if relation is not None:
                self.table.choose(relation.id)
        self.table.notes_below = self._notes(text)
        found = ngettext("{n} relation, all listed", "{n} relations, all listed", len(ids))
        self.hint.show(found.format(n=count_words(len(ids))) if ids else "", wrong_field_words(text))

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data."""
        self.masked = masked
        self.table.refresh_rows()

    @property
    def follower(self) -> FollowerRow | None:
        """The follower whose userid the text is."""
        userid = self.wanted.userid or self.wanted.words
        return self.session.records.followers.row(userid) if userid else None

    def _notes(self, text: str) -> tuple[str, ...]:
        wanted, known = self.wanted, bool(len(self.table.source))
        if not known and (pending := pending_id_lines(self.session.records, text, masked=self.masked)):
            return pending
        if wanted.refused is not None:
            why = explain(wanted.refused)
            what = _("{id}: {what}.").format(id=safe_text(wanted.refused.text), what=why.what)
            return (what, why.why, why.todo)
        if wanted.external_userid and not known:
            return (_("{id} is not known here. Enter reads it from WeCom.").format(id=wanted.external_userid),)
        if wanted.external_userid and wanted.userid:
            if self.session.records.relations.find(wanted.userid, wanted.external_userid) is None:
                who = follower_words(self.session, wanted.userid, masked=self.masked)
                return (_("{who} does not follow this customer, as far as is known here.").format(who=who),)
            return ()
        if not known and (follower := self.follower) is not None:
            who = follower_words(self.session, follower.userid, masked=self.masked)
            return (_("{who} is a follower; no customer is known here yet. Enter goes there.").format(who=who),)
        if not text.strip():
            return (
                _("Type a name, pinyin initials such as ljg, digits of a phone, a company or a tag."),
                _("Or paste a customer ID, or a whole log line: one that is not known here is read from WeCom."),
                short_field_help(),
            )
        if not len(self.table.source):
            wrong = wrong_field_words(text)
            nobody = _("Nobody known here matches. Only what was read so far is searched.")
            return (wrong, nobody) if wrong else (nobody,)
        return ()

    def _rows(self, ids: Sequence[int]) -> list[Row]:
        return [self._row(row) for row in self.session.records.relations.window(ids)]

    def _row(self, row: RelationRow) -> Row:
        def shown(value: str | None) -> str:
            text = safe_text(value or "")
            return (mask_text(text) if self.masked else text) or "-"

        gone = row.state is RelationState.GONE
        follower = crop(follower_words(self.session, row.userid, masked=self.masked), 12)
        state = _("gone") if gone else _("active")
        company = shown(row.company or row.corp_name)
        mobile = mobile_cell(row, masked=self.masked)
        return Row(row.id, (shown(row.remark), shown(row.name), company, mobile, follower, state), muted=gone)

    def _chosen(self) -> RelationRow | None:
        key = self.table.chosen_key
        return self.session.records.relations.relation(key) if isinstance(key, int) else None

    def action_open(self) -> None:
        """Go to the chosen relation, or read the pasted id."""
        relation = self._chosen()
        wanted = self.wanted
        if relation is not None:
            pasted = wanted.external_userid == relation.external_userid
            self.dismiss(Found(relation.external_userid, relation.userid, pasted=pasted))
        elif wanted.external_userid:
            self.dismiss(Found(wanted.external_userid, wanted.userid, pasted=True))
        elif wanted.refused is None and (follower := self.follower) is not None:
            self.dismiss(Found(None, follower.userid))

    def action_edit(self) -> None:
        """Go to the chosen relation, and into its form."""
        relation = self._chosen()
        if relation is not None:
            self.dismiss(Found(relation.external_userid, relation.userid, edit=True))

    def action_copy(self) -> None:
        """Offer what can be copied of the chosen relation."""
        relation = self._chosen()
        if relation is not None:
            self.post_message(CopyOffered(copying.of_relation(self.session, relation)))

    def on_input_submitted(self, event: Message) -> None:
        """Enter in the field."""
        event.stop()
        self.action_open()

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter or a double click in the list."""
        event.stop()
        self.action_open()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Nothing follows the choice here."""
        event.stop()

    def on_filter_input_left(self, event: Message) -> None:
        """Esc in an empty field closes the dialog."""
        event.stop()
        self.dismiss(None)
