"""Pane 3: convert a unionid, see what is known, who is close to the end, who has arrived, and what is left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from console.language import _
from console.operations.convert.conversion import convert, may_convert
from console.operations.convert.given import Given, given
from console.operations.convert.results import Both, Doubtful, Found, NotForThisApp, Pending, Refused, Result, TooFast
from console.operations.convert.words import Setting, arrival_words, doubt_words, too_fast_words
from console.operations.results import Failed
from console.session import Session
from console.settings import Environment
from console.store.mappings import IdMapping, MappingState
from console.tui.commands import Place, bindings
from console.tui.convert.answer import AnswerView
from console.tui.convert.form import ConvertForm, IdInput
from console.tui.convert.known import KnownView
from console.tui.convert.mappings_list import MappingsList
from console.tui.listing import Listing
from console.tui.messages import Answered
from console.tui.panes import Pane
from console.tui.setup.fields import ChoiceLine
from console.wecom.ids import SubjectType

if TYPE_CHECKING:
    from console.tui.app import ConsoleApp

LOOK_SECONDS = 1.0
"""How often it is looked whether another process, or an event, has taught something."""


class ConvertPane(Pane):
    """The form and its answer, beside or above what is known."""

    PLACE = Place.CONVERT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PLACE)]

    class Converted(Message):
        """How a conversion ended."""

        def __init__(self, session: Session, what: Given, result: Result, *, again: bool, sure: bool) -> None:
            super().__init__()
            self.session = session
            self.what = what
            self.result = result
            self.again = again
            self.sure = sure

    def __init__(self, session: Session) -> None:
        super().__init__(session, id="convert-pane")
        self.masked = False
        self.form = ConvertForm(session.profile)
        self.answer = AnswerView(has_quota=may_convert(session.profile.app_type))
        self.known = KnownView(session)
        self.mappings = self.known.mappings
        self._version = 0

    def compose(self) -> ComposeResult:
        """What is asked at the left or above, what is known at the right or below."""
        with Vertical(id="convert-asking"):
            yield self.form
            yield self.answer
        yield self.known

    def begin(self) -> None:
        """Show what is known; look now and then whether something was learned elsewhere."""
        self._suggest()
        if self.has_focus_within:
            self.take_keys()  # an example stands in the form by now
        self._show_news()
        self.set_interval(LOOK_SECONDS, self._look)

    def take_keys(self) -> None:
        """The keys go to the form while something is missing there, else to what is known: F8 is heard there too."""
        if self.form.is_complete:
            self.mappings.focus_table()
        else:
            self.form.take_keys()

    def set_masked(self, masked: bool) -> None:
        """Hide or show ids and names; what is being typed stays as it is."""
        self.masked = self.mappings.masked = masked
        if self.is_mounted:
            self.mappings.redraw()
            self.answer.show_result(self.answer.result, self._setting)
            self.known.show_short_lists(self._setting)

    def show_changed(self, external_userid: str) -> None:
        """A customer was read: it may have taught a unionid."""
        self._show_news()

    @property
    def _app_of_ours(self) -> ConsoleApp:
        return cast("ConsoleApp", self.app)

    @property
    def _setting(self) -> Setting:
        return Setting(self.session.clock(), self.session.zone, self.session.profile.app_type, self.masked)

    def _suggest(self) -> None:
        """In the demo the form begins with somebody to try it on."""
        if self.session.profile.environment is Environment.DEMO:
            from console.demo import EXAMPLES

            known = self.session.records.mappings
            examples = EXAMPLES[self.session.profile.app_type]
            unionid, openid = next((one for one in examples if known.of_unionid(one[0]) is None), examples[0])
            self.form.fill(unionid, openid)

    # What is learned

    def _look(self) -> None:
        """Another process, or an event, may have taught something: show it, and tell who arrived."""
        before = self._version
        if self.session.records.mappings.version != before:
            self._show_news()
            self._tell_arrivals(before)

    def _show_news(self) -> None:
        self._version = self.session.records.mappings.version
        self.mappings.reload()
        self.known.show_short_lists(self._setting)
        self._show_quota()

    def _tell_arrivals(self, since: int) -> None:
        arrived = [one for one in self.session.records.mappings.arrived() if one.change > since]
        result = self.answer.result
        for one in reversed(arrived):
            self._app_of_ours.say(arrival_words(one, masked=self.masked))
            if isinstance(result, Pending) and result.mapping.id == one.id:
                self.answer.show_result(Found(one, asked=False), self._setting)

    def _show_quota(self) -> None:
        if may_convert(self.session.profile.app_type):
            subject_type = self.form.what.subject_type
            allowances = self.session.records.quota.left(subject_type)
            self.answer.show_quota(allowances, subject_type)
            self.known.show_quota(allowances, subject_type)

    def on_choice_line_changed(self, event: ChoiceLine.Changed) -> None:
        """The other subject has a quota of its own."""
        event.stop()
        self._show_quota()

    # Converting

    def action_convert(self) -> None:
        """F8."""
        self.form.submit()

    def action_read_again(self) -> None:
        """F5 in the form: ask WeCom, whatever is known."""
        self.form.submit(again=True)

    def on_convert_form_filled(self, event: ConvertForm.Filled) -> None:
        """Both ids can be such."""
        event.stop()
        self._ask(event.what, again=event.again)

    def on_id_input_tidied(self, event: IdInput.Tidied) -> None:
        """Say what was done to a paste."""
        event.stop()
        self._app_of_ours.say(_("Blanks and line ends around the IDs were taken away."))

    def _ask(self, what: Given, *, again: bool = False, sure: bool = False, hurried: bool = False) -> None:
        if any(worker.group == "convert" and not worker.is_finished for worker in self.workers):
            self._app_of_ours.say(_("One is being converted; wait for its answer."))  # which must not be thrown away
            return
        self.answer.show_waiting()
        self._convert(what, again=again, sure=sure, hurried=hurried)

    @work(group="convert", exit_on_error=False, description="converting")
    async def _convert(self, what: Given, *, again: bool, sure: bool, hurried: bool) -> None:
        session = self.session
        try:
            result = await convert(
                session.client, session.records, session.profile, what, again=again, sure=sure, hurried=hurried
            )
        except Exception as failure:  # also what nobody expected: else the form would convert for ever
            result = Failed(failure)
        self.post_message(self.Converted(session, what, result, again=again, sure=sure))

    def on_convert_pane_converted(self, event: Converted) -> None:
        """Show it, and go where one can go on; what has to be asked first is asked."""
        event.stop()
        if event.session is not self.session:
            return
        self.answer.show_result(event.result, self._setting)
        match event.result:
            case Doubtful(doubts):
                then = partial(self._ask_again, event, sure=True)
                self._question(_("These IDs look odd"), tuple(map(doubt_words, doubts)), _("Convert"), then)
            case TooFast():
                then = partial(self._ask_again, event, hurried=True)
                self._question(_("Not in bulk"), (too_fast_words(event.result),), _("Convert one more"), then)
            case Found(mapping) | Pending(mapping) | Both(mapping) | NotForThisApp(IdMapping() as mapping):
                self._go_to(mapping)
        self._tell_answer(event.result)
        self._show_quota()

    def _tell_answer(self, result: Result) -> None:
        """The app is told what concerns more than this unionid."""
        from console.tui.faults import is_of_everything

        match result:
            case Failed(failure):
                self.post_message(Answered("convert", failure))
            case Refused(failure) if is_of_everything(failure):
                self.post_message(Answered("convert", failure))
            case _:
                self.post_message(Answered("convert", None))

    def _ask_again(self, before: Converted, *, sure: bool = False, hurried: bool = False) -> None:
        self._ask(before.what, again=before.again, sure=before.sure or sure, hurried=hurried)

    def _question(self, title: str, lines: tuple[str, ...], yes: str, then: partial[None]) -> None:
        from console.tui.dialogs.question import Question

        def answered(agreed: bool | None) -> None:
            if agreed:
                then()

        self.app.push_screen(Question(title, lines, yes=yes, no=_("Cancel")), answered)

    def _go_to(self, mapping: IdMapping) -> None:
        self._version = self.session.records.mappings.version
        self.mappings.forget_filter()
        self.mappings.reload(choose=mapping.id)
        self.mappings.focus_table()
        self.known.show_short_lists(self._setting)

    # What the list asks for

    async def on_mappings_list_opened(self, event: MappingsList.Opened) -> None:
        """Enter: the customer in pane 1; a pending id opens nobody."""
        event.stop()
        mapping = event.mapping
        if mapping.external_userid is not None:
            app = self._app_of_ours
            await app.panes.show(1)
            app.pane.open_detail(mapping.external_userid, None)
        elif mapping.state(self.session.clock()) is MappingState.PENDING:
            self.answer.show_result(Pending(mapping, asked=False), self._setting)
            self._app_of_ours.say(_("A pending ID opens no customer: it is for matching only."))
        else:
            self._app_of_ours.say(_("This pending ID has expired; r asks WeCom again."))

    def on_listing_asked(self, event: Listing.Asked) -> None:
        """Commands that the list can't carry out alone."""
        event.stop()
        if event.command == "back":
            self.take_keys()
        elif event.command == "convert":
            self.form.submit()
        elif event.command == "read_again" and (mapping := self.mappings.chosen) is not None:
            self._ask_about(mapping)

    def _ask_about(self, mapping: IdMapping) -> None:
        """r: ask again, with the ids of then; without an openid it has to be typed first."""
        self.form.fill(mapping.unionid, mapping.openid or "", mapping.subject_type)
        if mapping.openid is None and may_convert(self.session.profile.app_type):
            self._app_of_ours.say(_("This unionid was not converted here: type its openid, then F8."))
            self.form.take_keys()
            return
        self._ask(given(mapping.unionid, mapping.openid or "", SubjectType(mapping.subject_type or 0)), again=True)

    def action_back(self) -> None:
        """Esc in the form: go to the list; what was typed stays."""
        self.mappings.focus_table()
