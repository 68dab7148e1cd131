"""The editor of one relation's remark: the form, the diff beside or below it, and the way to writing it.

It holds the ids that it was opened with; what is chosen in the lists below has no say in it.
"""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message

from console.language import _, joined
from console.operations.explain import explain
from console.operations.remark.edits import PictureFile, Typed, edits_from_form, taken_over
from console.operations.remark.guard import RelationGone, RelationRead
from console.operations.remark.notes import ProblemKind
from console.operations.remark.plan import Plan, make_plan
from console.operations.remark.plan_words import changes_words, field_words, note_words, problem_words
from console.operations.remark.values import HIDDEN, RemarkField
from console.operations.results import Failed
from console.operations.wording import customer_type_words, time_words
from console.session import Session
from console.text import cell_width, safe_text
from console.tui.commands import Place, bindings
from console.tui.customers.cells import follower_words
from console.tui.dialogs.dialog import Dialog
from console.tui.dialogs.question import Question
from console.tui.listing import TitleLine
from console.tui.remark.checks import relation_now, trouble_with
from console.tui.remark.diff import DiffTable
from console.tui.remark.form import RemarkForm
from console.tui.remark.hint import HintLine
from console.tui.remark.others import OthersTable
from console.tui.remark.standing import Draft, Reviewed, Standing
from console.tui.remark.take_over import TakenOver, TakeOver
from console.tui.rule import Rule
from console.tui.table import BigTable

WIDE = 130
"""Columns of a screen that has the diff beside the form."""
FRESH_SECONDS = 60.0
"""A reading that is older than this is renewed when the form opens."""


class Editor(Dialog[bool]):
    """The result is True when what was typed is being written, and None when the form was left."""

    PLACE = Place.EDITOR
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.EDITOR)]

    class Reread(Message):
        """The relation as it is now."""

        def __init__(self, read: RelationRead | RelationGone | Failed) -> None:
            super().__init__()
            self.read = read

    class PictureChecked(Message):
        """Whether a file can be the picture; `why` is empty when it can."""

        def __init__(self, plan: Plan, why: str) -> None:
            super().__init__()
            self.plan = plan
            self.why = why

    def __init__(self, session: Session, standing: Standing, typed: Typed | None = None, *, reason: str = "") -> None:
        """`typed` is what stood in the form when it was left; `reason` is offered."""
        super().__init__()
        self.session = session
        self.standing = standing
        self.form = RemarkForm(standing.seen, self._typed_on, reason=reason)
        self.diff = DiffTable(id="edit-diff")
        self.plan = self._plan_of(Typed())
        self._left_before = typed
        self._typed: Typed | None = None
        self._is_gone = False
        self._reread_words = ""
        self._shows_body = False
        self._title = TitleLine()
        self._rule = Rule(id="edit-rule")
        self._others_rule = Rule(id="edit-others-rule")
        self._others = OthersTable(session, standing.others, id="edit-others")
        self._others.can_focus = False
        self._hint = HintLine()

    def compose(self) -> ComposeResult:
        """Title; the form with what others wrote; the diff; one line for what is in the way."""
        with Vertical(id="editor"):
            yield self._title
            with Horizontal(id="edit-body"):
                with Vertical(id="edit-left"):
                    yield self.form
                    yield self._others_rule
                    yield self._others
                with Vertical(id="edit-right"):
                    yield self._rule
                    yield self.diff
            yield self._hint

    def on_mount(self) -> None:
        """Show what was read, and read it again if that was long ago."""
        self._show_title()
        self._others_rule.show(_("what the others wrote (only to look at; F6 takes over)"))
        if self._left_before is not None:
            self.form.fill(self._left_before)
        self._replan()
        if not self.standing.is_whole or self.session.clock() - self.standing.seen.read_at > FRESH_SECONDS:
            self._read_again()

    def on_resize(self) -> None:
        """Diff and hint depend on the room there is."""
        self.call_after_refresh(self._replan)

    @property
    def whose(self) -> str:
        """Whose remark about whom."""
        who = follower_words(self.session, self.standing.seen.userid, masked=False)
        return _("{who}'s customer {customer}").format(who=who, customer=safe_text(self.standing.customer))

    @property
    def draft(self) -> Draft:
        """What stands in the form."""
        return Draft(self.standing, self.form.typed)

    @property
    def has_unsaved(self) -> bool:
        """Whether something would be lost with this form."""
        return self.form.has_unsaved

    # Plan and diff

    def _plan_of(self, typed: Typed) -> Plan:
        seen = self.standing.seen
        edits = edits_from_form(seen.values, typed)
        return make_plan(seen, edits, read_only=self.session.profile.read_only, others=self.standing.others)

    def _typed_on(self) -> None:
        """Each key makes a new plan, and draws its diff."""
        if self.form.typed == self._typed:
            return
        self.form.show_picture_mistake("")
        self._replan()

    def _replan(self) -> None:
        was_writable = self._may_review
        self._typed = self.form.typed
        self.plan = self._plan_of(self._typed)
        self.form.show_plan(self.plan)
        self._show_diff()
        self._show_hint()
        if self._may_review != was_writable:
            self.show_keys()

    def _show_diff(self) -> None:
        beside = self.app.size.width >= WIDE
        body = _("F4 hides the request") if self._shows_body else _("F4 request body")
        self._rule.show(f"{changes_words(self.plan)}   {body}")
        self.diff.show_plan(self.plan, self._person, with_body=self._shows_body, body_alone=not beside)

    def _show_title(self) -> None:
        seen = self.standing.seen
        kind = customer_type_words(seen.customer_type) if seen.customer_type is not None else ""
        words = _("Edit remark: {whose}").format(whose=self.whose)
        wide = self.app.size.width >= WIDE
        ids = f"{safe_text(seen.userid)} {safe_text(seen.external_userid)}" if wide else ""
        title = "  ".join(filter(None, (words, ids, kind)))
        at = time_words(seen.read_at, self.session.zone, self.session.clock())
        stands = _("stands on what was read {time}; nothing is masked here").format(time=at)
        fits = cell_width(title) + cell_width(stands) + 3 < self.app.size.width
        self._title.show(title, stands if fits else _("read {time}").format(time=at))

    def _show_hint(self) -> None:
        if words := self._in_the_way():
            self._hint.show(words, in_the_way=True)
        else:
            notes = [note_words(note, self._person) for note in self.plan.notes]
            self._hint.show(joined(filter(None, (self._reread_words, *notes))))

    def _in_the_way(self) -> str:
        if self._is_gone:
            who = follower_words(self.session, self.standing.seen.userid, masked=False)
            return _("{who} does not have this customer any more: nothing can be written here.").format(who=who)
        problems = [problem for problem in self.plan.problems if problem.kind is not ProblemKind.NOTHING_CHANGED]
        return problem_words(problems[0]) if problems else ""

    def _person(self, userid: str) -> str:
        return follower_words(self.session, userid, masked=False)

    # The reading it stands on

    @work(group="reread", exclusive=True, exit_on_error=False, description="reading the relation again")
    async def _read_again(self) -> None:
        self.post_message(self.Reread(await relation_now(self.session, self.standing.seen)))

    def on_editor_reread(self, event: Reread) -> None:
        """Stand on the new reading, except for the fields that are being worked on."""
        event.stop()
        match event.read:
            case RelationRead():
                self.standing = self.standing.renewed(Standing.of_read(event.read), self.form.touched)
                self.form.stand_on(self.standing.seen)
                self._others.show_others(self.standing.others)
                self._show_title()
            case RelationGone():
                self._is_gone = True
            case Failed(failure):
                what = explain(failure, app_type=self.session.profile.app_type).what
                self._reread_words = _("not read again: {what}").format(what=what)
        self._replan()

    # What the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can't be written can't be reviewed; the line at the bottom says why."""
        if action == "review" and not self._may_review:
            return None
        return super().check_action(action, parameters)

    @property
    def _may_review(self) -> bool:
        return self.plan.may_be_written and not self._is_gone

    def action_review(self) -> None:
        """F8: the form is done; the question before the write comes next."""
        self._replan()
        if not self._may_review:
            return
        picture = self.plan.picture_file
        if picture is None:
            self._review(self.plan)
        else:
            self._check_picture(self.plan, picture)

    @work(group="picture", exclusive=True, exit_on_error=False, description="looking at the picture")
    async def _check_picture(self, plan: Plan, picture: PictureFile) -> None:
        self.post_message(self.PictureChecked(plan, await trouble_with(picture)))

    def on_editor_picture_checked(self, event: PictureChecked) -> None:
        """Go on, or say what is wrong with the file."""
        event.stop()
        if event.plan is not self.plan:
            return
        if event.why:
            self.form.show_picture_mistake(event.why)
            self.form.show_plan(self.plan)
            self.form.take_keys(RemarkField.PICTURE)
        else:
            self._review(self.plan)

    def _review(self, plan: Plan) -> None:
        from console.tui.remark.desk import desk_of

        desk_of(self.app).confirm(Reviewed(plan, self.standing.customer, self.draft), self._written)

    def _written(self) -> None:
        self.dismiss(True)

    def action_close(self) -> None:
        """Esc: leave the form; what was typed is not lost without being asked about."""
        if not self.has_unsaved:
            self.dismiss(None)
            return
        question = Question(
            _("Leave the form?"),
            [_("What was typed is lost: {fields}.").format(fields=self._touched_words())],
            yes=_("Throw it away"),
            no=_("Keep editing"),
        )
        self.app.push_screen(question, self._left)

    def _touched_words(self) -> str:
        touched = [field_words(field) for field in RemarkField if field in self.form.touched]
        return _(", ").join(touched or [_("reason")])

    def _left(self, agreed: bool | None) -> None:
        if agreed:
            self.dismiss(None)

    def action_request_body(self) -> None:
        """F4: the request as it is sent, or the diff again."""
        self._shows_body = not self._shows_body
        self._show_diff()

    def action_clear_mobiles(self) -> None:
        """F7: take all numbers out; where none can be seen, ask whether to write over them."""
        if self.form.is_locked:
            self._ask_to_overwrite()
        elif self.form.is_unlocked:
            self.form.unlock(False)
        else:
            self.form.clear_mobiles()

    def _ask_to_overwrite(self) -> None:
        userid = self.standing.seen.userid
        question = Question(
            _("Replace a list that nobody here can see?"),
            [
                _("This app is not given the numbers that are there. Writing replaces all of them; they are lost."),
                _("To go on, type the follower's account: {userid}").format(userid=safe_text(userid)),
            ],
            yes=_("Replace the whole list"),
            no=_("Leave it as it is"),
            must_type=userid,
        )
        self.app.push_screen(question, self._unlocked)

    def _unlocked(self, agreed: bool | None) -> None:
        if agreed:
            self.form.unlock(True)
            self._replan()

    async def action_take_over(self) -> None:
        """F6: take over what another follower wrote."""
        can_take = [RemarkField.REMARK, RemarkField.DESCRIPTION, RemarkField.COMPANY, RemarkField.MOBILES]
        if self.form.lacks_company:
            can_take.remove(RemarkField.COMPANY)
        if self.standing.seen.values.mobiles is HIDDEN:
            can_take.remove(RemarkField.MOBILES)
        await self.app.push_screen(TakeOver(self.session, self.standing.others, can_take), self._taken_over)

    def _taken_over(self, taken: TakenOver | None) -> None:
        if taken is not None:
            before = self.standing.seen.values
            self.form.fill(taken_over(self.form.typed, taken.values, before, taken.fields))
            self._replan()

    def on_big_table_chosen(self, event: BigTable.Chosen) -> None:
        """Enter in the diff does nothing."""
        event.stop()

    def on_big_table_highlighted(self, event: BigTable.Highlighted) -> None:
        """Nor does moving in it."""
        event.stop()
