"""Where remarks are edited, written and taken back; it outlives the dialogs and belongs to one session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import work
from textual.message import Message
from textual.widget import Widget

from console.language import _
from console.session import Session
from console.settings import Environment
from console.text import safe_text
from console.tui.customers.cells import follower_words
from console.tui.remark.last_write import LastWrite

if TYPE_CHECKING:
    from textual.app import App

    from console.operations.remark.guard import CarriedOver, Conflict
    from console.operations.remark.outcome import Outcome
    from console.operations.remark.plan import Plan
    from console.operations.remark.recover import Recovered, StillOpen
    from console.operations.remark.values import RemarkField
    from console.operations.remark.write import Step, Written
    from console.tui.app import ConsoleApp
    from console.tui.remark.result import Result
    from console.tui.remark.standing import Draft, Reviewed

# What edits and writes is imported by whoever needs it: the first paint does not.


class Desk(Widget):
    """Opens forms, carries out what was confirmed, and keeps what was typed until it is written."""

    class Told(Message):
        """A write goes on."""

        def __init__(self, step: Step) -> None:
            super().__init__()
            self.step = step

    class Ended(Message):
        """A write ended; `looked` when it was only looked at again."""

        def __init__(self, reviewed: Reviewed, written: Written) -> None:
            super().__init__()
            self.reviewed = reviewed
            self.written = written

    class FoundOut(Message):
        """What became of a write that broke off in an earlier run."""

        def __init__(self, found: Recovered | StillOpen) -> None:
            super().__init__()
            self.found = found

    def __init__(self, session: Session) -> None:
        super().__init__(id="desk")
        self.session = session
        self.drafts: dict[tuple[str, str], Draft] = {}
        """Forms whose text was to be written and was not, by relation."""
        self.last = LastWrite(lambda: self._app)
        self.then: Callable[[], object] | None = None
        """What is to be done once the write that is under way is written and seen."""
        self._is_named = False
        self._is_free = asyncio.Event()
        """Set when the dialogs that led to the write are gone, so that another one can follow from its outcome."""

    @property
    def result(self) -> Result | None:
        """How the last write ended; None when nothing was written in this session."""
        return self.last.result

    @property
    def is_writing(self) -> bool:
        """Whether a write is under way."""
        return self.last.is_under_way

    @property
    def _app(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    def whose(self, plan: Plan, customer: str) -> str:
        """Whose remark about whom a plan changes."""
        who = follower_words(self.session, plan.opened.userid, masked=False)
        return _("{who}'s customer {customer}").format(who=who, customer=safe_text(customer))

    # Edit

    async def edit(
        self, external_userid: str, userid: str, field: RemarkField | None = None, *, take_over: bool = False
    ) -> None:
        """Open the form of one relation, at a field; what was typed there and not written is there again."""
        await self.session.load()
        from console.operations.detail import known_detail
        from console.operations.remark.values import RemarkField
        from console.tui.remark.editor import Editor
        from console.tui.remark.standing import Standing

        detail = known_detail(self.session.records, external_userid)
        standing = Standing.of(detail, userid, self.session.profile.app_type) if detail else None
        if standing is None:
            who = follower_words(self.session, userid, masked=False)
            words = _("{who} does not have this customer (any more): there is no remark to edit.")
            self._app.say(words.format(who=who))
            return
        draft = self.drafts.get(standing.relation)
        reason = self.session.records.audit.last_reason(self._app.operator)
        editor = Editor(
            self.session, draft.standing if draft else standing, draft.typed if draft else None, reason=reason
        )
        await self._app.push_screen(editor, self._left(standing.relation))
        editor.form.take_keys(field or RemarkField.REMARK)
        if take_over:
            await editor.action_take_over()

    def _left(self, relation: tuple[str, str]) -> Callable[[bool | None], None]:
        def left(is_writing: bool | None) -> None:
            if not is_writing and not self.is_writing:
                self.drafts.pop(relation, None)
            self._is_free.set()

        return left

    def confirm(
        self,
        reviewed: Reviewed,
        then: Callable[[], object] | None = None,
        *,
        meanwhile: bool = False,
        otherwise: Callable[[], object] = lambda: None,
    ) -> None:
        """Ask whether a plan is to be written; when it is agreed to, write it, and do what comes `then`.

        The request leaves before the screen is drawn anew: that takes as long as half a round trip.
        """
        from console.tui.remark.confirm import confirmation

        if self.is_writing:
            self._app.say(_("The write before this one is not read back yet; try again in a moment."))
            return
        if not self._app.operator:
            self._confirm_by_name(reviewed, then, meanwhile, otherwise)
            return
        profile = self.session.profile
        is_first = profile.environment is Environment.PROD and not self._is_named

        def agreed() -> None:
            self._is_named = True
            self.write(reviewed)
            self._is_free.clear()

        def answered(is_agreed: bool | None) -> None:
            if not is_agreed:
                otherwise()
            elif then is not None:
                then()
            else:
                self._is_free.set()

        question = confirmation(
            reviewed.plan,
            self.whose(reviewed.plan, reviewed.customer),
            profile=profile.name if is_first else "",
            undo_of=reviewed.undo_of,
            meanwhile=meanwhile,
            agreed=agreed,
        )
        self._app.push_screen(question, answered)

    @work(group="operator", exclusive=True, exit_on_error=False)
    async def _confirm_by_name(
        self,
        reviewed: Reviewed,
        then: Callable[[], object] | None,
        meanwhile: bool,
        otherwise: Callable[[], object],
    ) -> None:
        """The record has to say who it was."""
        if await self._app.operator_named():
            self.confirm(reviewed, then, meanwhile=meanwhile, otherwise=otherwise)
        else:
            self._app.say(_("Nobody said who is at the keys: nothing was written."))

    # Write

    def write(self, reviewed: Reviewed) -> None:
        """Write what was confirmed; how it goes and ends stands in the status line."""
        if reviewed.draft is not None:
            self.drafts[reviewed.draft.standing.relation] = reviewed.draft
        self._is_free.set()
        self.last.begin(_("Writing .."))
        self._write(reviewed)

    @work(group="write", exit_on_error=False, description="writing a remark")
    async def _write(self, reviewed: Reviewed) -> None:
        from console.operations.remark.write import Step
        from console.tui.remark import writing

        try:
            async for one in writing.write(self.session, self._app.operator, reviewed):
                if isinstance(one, Step):
                    self.post_message(self.Told(one))
                else:
                    await self._is_free.wait()
                    self.post_message(self.Ended(reviewed, one))
        except BaseException:
            self.last.is_under_way = False
            raise

    def on_desk_told(self, event: Told) -> None:
        """Say where the write is."""
        event.stop()
        from console.operations.remark.outcome_words import step_words

        self.last.tell(step_words(event.step))

    def on_desk_ended(self, event: Ended) -> None:
        """Say how it ended, and show what is there now."""
        event.stop()
        from console.tui.remark.result import Result

        result = Result(self.session, event.reviewed, event.written)
        draft = event.reviewed.draft
        if draft is not None and result.is_written:
            self.drafts.pop(draft.standing.relation, None)
        self.last.end(result)
        self._app.panes.show_changed(event.reviewed.plan.opened.external_userid)
        then, self.then = self.then, None
        if then is not None and result.is_success:
            then()
        elif result.needs_answer and self.last.offers("open_result"):
            self.open_result()

    # From the result in the status line

    def open_result(self) -> None:
        """Enter: the conflict, the changed list to confirm once more, or why it was not written."""
        result = self.result
        if result is None:
            return
        self.last.show(with_keys=False)
        if result.conflict is not None:
            self._choose(result.reviewed, result.conflict)
        elif result.carried is not None:
            self._confirm_again(result.reviewed, result.carried)
        elif result.explanation is not None:
            if not self._says_why(result):
                self._app.show_explanation(result.explanation)
            self.last.show()

    def _says_why(self, result: Result) -> bool:
        """Whether there is evidence here for why WeCom refused, which is shown then."""
        from console.operations.remark.outcome import WhyNotWritten
        from console.tui.why.asked import opened_for
        from console.wecom.codes import NOT_EXTERNAL_CONTACT

        outcome, opened = result.outcome, result.reviewed.plan.opened
        if outcome is None or result.explanation is None:
            return False
        gone = outcome.why is WhyNotWritten.RELATION_GONE
        failure = NOT_EXTERNAL_CONTACT if gone else outcome.failure
        return opened_for(self._app, failure, opened.external_userid, opened.userid, result.explanation.support)

    def _choose(self, reviewed: Reviewed, conflict: Conflict) -> None:
        from console.tui.remark.conflict import BackToForm, ConflictDialog

        def chosen(answer: Plan | BackToForm | None) -> None:
            self.last.show()
            if isinstance(answer, BackToForm):
                self._app.call_later(self.back_to_form)
            elif answer is not None and answer.changes:
                self.write(_with_plan(reviewed, answer))
            elif answer is not None:
                self._keep_theirs(reviewed)

        dialog = ConflictDialog(self.session, conflict, self.whose(conflict.mine, reviewed.customer))
        self._app.push_screen(dialog, chosen)

    def _keep_theirs(self, reviewed: Reviewed) -> None:
        if reviewed.draft is not None:
            self.drafts.pop(reviewed.draft.standing.relation, None)
        self.last.forget(_("What is there now stays; nothing was left to write."))

    def _confirm_again(self, reviewed: Reviewed, carried: CarriedOver) -> None:
        again = _with_plan(reviewed, carried.plan)
        self.confirm(again, meanwhile=True, otherwise=self.last.show)

    async def back_to_form(self) -> None:
        """e: the form whose text was not written."""
        result = self.result
        if result is not None and result.reviewed.draft is not None:
            userid, external_userid = result.reviewed.draft.standing.relation
            await self.edit(external_userid, userid)

    def look_again(self) -> None:
        """r: read back once more what was not seen."""
        result = self.result
        if result is not None and result.outcome is not None and not self.is_writing:
            self.last.begin(_("Reading back .."))
            self._look_again(result.reviewed, result.outcome)

    @work(group="write", exit_on_error=False, description="reading a write back")
    async def _look_again(self, reviewed: Reviewed, outcome: Outcome) -> None:
        from console.tui.remark import writing

        try:
            self.post_message(self.Ended(reviewed, await writing.look_again(self.session, outcome)))
        except BaseException:
            self.last.is_under_way = False
            raise

    # Undo

    def undo_last(self) -> None:
        """u: take back the write that the status line tells of."""
        entry_id = self.result.entry_id if self.result is not None else None
        if entry_id is None:
            self._app.say(_("Nothing was written since the console was opened; older writes are in the record (5)."))
        else:
            self.undo(entry_id)

    def undo(self, entry_id: int) -> None:
        """Take back one entry of the record, once that is confirmed; say why where it can't be."""
        from console.tui.remark.undoing import reviewed_undo

        found = reviewed_undo(self.session, entry_id, self._app.operator)
        if isinstance(found, str):
            self._app.say(found)
        else:
            self.confirm(found)

    # What an earlier run left behind

    @work(group="recover", exit_on_error=False, description="finding out how writes ended")
    async def recover(self) -> None:
        """Find out how writes ended that broke off in an earlier run."""
        from console.tui.remark import writing

        async for found in writing.recover(self.session):
            self.post_message(self.FoundOut(found))

    def on_desk_found_out(self, event: FoundOut) -> None:
        """Say how it ended."""
        event.stop()
        from console.operations.remark.outcome_words import recovered_words

        self.last.tell(recovered_words(event.found))
        self._app.panes.show_changed(event.found.entry.draft.external_userid)


def desk_of(app: App[object]) -> Desk:
    """The desk of the session that is open."""
    return cast("ConsoleApp", app).desk


def _with_plan(reviewed: Reviewed, plan: Plan) -> Reviewed:
    from dataclasses import replace

    return replace(reviewed, plan=plan)
