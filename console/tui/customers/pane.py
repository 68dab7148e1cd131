"""Pane 1: it owns what is chosen, asks for what is missing, and puts the answers where they belong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer

from console.operations.results import Failed, Partial, Reading, Stopped
from console.session import Session
from console.store.relations import RelationRow
from console.text import safe_text
from console.tui.customers import last_time
from console.tui.customers.contacts import ContactsList
from console.tui.customers.detail import STALE_SECONDS, DetailView
from console.tui.customers.followers import FollowersList
from console.tui.customers.preview import Preview
from console.tui.customers.reading import Part, Reads
from console.tui.customers.relations import CustomersList
from console.tui.listing import Listing
from console.tui.messages import (
    Answered,
    ContactsAnswered,
    CustomersAnswered,
    DetailAnswered,
    FollowersAnswered,
    FollowersLearned,
)
from console.tui.panes import Pane
from console.tui.settling import Settling

if TYPE_CHECKING:
    from console.operations.detail import Detail

# What reads, and what shows a detail, is imported by whoever needs it: the first paint does not.
SETTLE_SECONDS = 0.15
ROOM_FOR_ALL = 110
"""Columns of a screen that shows followers, customers and detail at once."""
CATCH_UP_SECONDS = 1.0
"""How long after an event it is shown, so that a burst of them, and what follows from each, is shown once."""


class CustomersPane(Pane):
    """Followers, customers of the chosen one, detail of the chosen customer: one or two or three columns."""

    class Left(Message):
        """Esc leads back to the pane that one came from."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, session: Session) -> None:
        super().__init__(session, id="customers-pane")
        self.followers = FollowersList(session, self._open_chosen_follower)
        self.reads = Reads(self, session)
        self.customers = CustomersList(session, self.reads)
        self.contacts = ContactsList(session, self.reads)
        self.contacts.display = False  # it is mounted when it is first asked for
        self.preview = Preview(session)
        self.detail = DetailView(session, self.reads)
        self._has_learned = False
        self._settling = Settling(self)
        self._catching_up: Timer | None = None
        self.came_from: int | None = None
        """The pane that the customer in the detail was opened from, if it was another."""

    def compose(self) -> ComposeResult:
        """Followers at the left, lists and preview in the middle, detail at the right."""
        yield self.followers
        with Vertical(id="lists"):
            yield self.customers
            yield self.preview
        yield self.detail

    def on_mount(self) -> None:
        """Show what is known before anything is asked."""
        self.detail.show_nothing()
        if self.display:
            self.followers.focus_table()
        last_time.go_back(self.session, self.followers, self.customers)

    # Begin

    def begin(self) -> None:
        """Read the followers, and the customers of the one that is shown if they are old; the rest when these came."""
        self.reads.followers()
        if self.customers.follower is not None:
            self.open_follower(self.customers.follower)

    def on_show(self) -> None:
        """It comes into sight again: what came meanwhile is shown."""
        if self.customers.shown:
            self.feed_changed()

    def take_keys(self) -> None:
        """The keys go to the list that they are in, or to the customers."""
        self.listing.focus_table()

    @property
    def listing(self) -> Listing:
        """The list that the keys are in, or the customers."""
        focused = self.screen.focused
        ours = focused.ancestors_with_self if focused is not None and self in focused.ancestors else []
        return next((node for node in ours if isinstance(node, Listing)), self.customers)

    # Followers

    def on_followers_list_passed(self, event: FollowersList.Passed) -> None:
        """The choice moved: show that follower once it rests."""
        event.stop()
        self._settling.then(partial(self.open_follower, event.userid), after=SETTLE_SECONDS)

    def _open_chosen_follower(self) -> None:
        """Enter: go to the customers."""
        self._settling.forget()
        self.open_follower(self.followers.chosen)
        self._go_to_list()

    def go_to_follower(self, userid: str) -> None:
        """Choose a follower from elsewhere, and go to the customers."""
        self._settling.forget()
        self.followers.forget_filter()
        self.followers.show_known()
        self.followers.table.choose(userid)
        self.open_follower(userid)
        self._show_column("-detail", False)
        self._go_to_list()

    def _go_to_list(self) -> None:
        self._show_column("-list", True)
        (self.contacts if self.contacts.display else self.customers).focus_table()

    def open_follower(self, userid: str | None, *, again: bool = False) -> None:
        """Show a follower's customers as known, and read them when that is older than ten minutes."""
        if userid != self.customers.follower or not self.customers.shown:
            self.reads.stop(Part.CUSTOMERS)
            self.came_from = None
            last_time.keep_follower(self.session, userid)
            self.preview.show(None, None)
            self.customers.show_follower(userid)
            if self.contacts.is_attached:
                self.contacts.show_follower(userid)
        if userid is None or (self.customers.is_reading and not again):
            return
        row = self.session.records.followers.row(userid)
        read_at = row.read_at if row else None
        if again or read_at is None or self.session.clock() - read_at > STALE_SECONDS:
            self.customers.read(userid)

    def on_followers_answered(self, event: FollowersAnswered) -> None:
        """Show the followers; the first time choose the first of them, so that there is something to see."""
        event.stop()
        if event.session is not self.session:
            return
        self.followers.show_outcome(event.outcome)
        self._tell("followers", event.outcome)
        if isinstance(event.outcome, Failed):
            return
        rows = self.session.records.followers.rows()
        if rows and self.followers.chosen is None and not self.customers.total:
            self.followers.table.choose(rows[0].userid)
            self._settling.forget()
            self.open_follower(rows[0].userid)
        if not self.customers.is_reading:
            self._learn_once()

    def on_followers_learned(self, event: FollowersLearned) -> None:
        """Names and counts have come in."""
        event.stop()
        event.session.forget_names()
        if event.session is self.session:
            self.followers.show_left(event.left)
            self.followers.show_known()
            self.customers.show_state()
            self.detail.redraw()
            self._when_loaded(partial(self._follow, self.customers.chosen))

    # Customers

    def on_customers_answered(self, event: CustomersAnswered) -> None:
        """Rows on the screen while further pages load; a late answer of another follower is dropped."""
        event.stop()
        if event.session is not self.session:
            return
        outcome = event.outcome
        if not isinstance(outcome, Reading):
            self.followers.show_known()
            who = self.session.name_of(event.userid) or event.userid
            self._tell(f"customers {event.userid}", outcome, about=safe_text(who))
            self._learn_once()
        if event.userid != self.customers.follower:
            return
        self.customers.take_answer(outcome)

    def on_customers_list_passed(self, event: CustomersList.Passed) -> None:
        """The choice moved: the preview, and the detail where it is in sight, follow once it rests."""
        event.stop()
        self._settling.then(partial(self._when_loaded, partial(self._follow, event.relation)), after=SETTLE_SECONDS)

    def on_customers_list_opened(self, event: CustomersList.Opened) -> None:
        """Enter: the detail at this relation."""
        event.stop()
        if event.relation is not None:
            self._settling.forget()
            self.open_detail(event.relation.external_userid, event.relation.userid)
            self._when_loaded(partial(self._preview, event.relation))

    def on_contacts_list_opened(self, event: ContactsList.Opened) -> None:
        """Enter on a served contact that is a customer."""
        event.stop()
        self.open_detail(event.external_userid, event.userid)

    def _follow(self, relation: RelationRow | None) -> None:
        """The preview follows the choice; so does a detail in sight, unless the keys are in it."""
        detail = self._preview(relation)
        if relation is not None and self.detail.display and self.listing is not self.detail:
            self.detail.open(relation.external_userid, relation.userid, detail)

    def _preview(self, relation: RelationRow | None) -> Detail | None:
        from console.operations.detail import known_detail

        if relation is not None:
            last_time.keep_customer(self.session, relation)
        detail = known_detail(self.session.records, relation.external_userid) if relation else None
        self.preview.show(relation, detail)
        return detail

    # Detail

    def open_detail(self, external_userid: str, userid: str | None) -> None:
        """Show a customer at one relation and go there; an id never seen is read from WeCom."""
        self.came_from = None
        self._when_loaded(partial(self._show_known, external_userid, userid))
        if not self.detail.display:
            self._show_column("-detail", True)
        self.detail.focus_table()

    def _show_known(self, external_userid: str, userid: str | None) -> None:
        from console.operations.detail import known_detail

        self.detail.open(external_userid, userid, known_detail(self.session.records, external_userid))

    def on_detail_answered(self, event: DetailAnswered) -> None:
        """The merged detail, if it is still the one that is wanted."""
        event.stop()
        if event.session is not self.session or event.external_userid != self.detail.external_userid:
            return
        self.detail.take_answer(event.outcome)
        if not isinstance(event.outcome, Reading):
            self._tell(f"detail {event.external_userid}", event.outcome)

    # Served contacts

    def on_contacts_answered(self, event: ContactsAnswered) -> None:
        """Show how reading the served contacts went."""
        event.stop()
        if event.session is self.session:
            self.contacts.show_progress(event.outcome)

    def _tell(self, what: str, outcome: object, *, about: str = "") -> None:
        """Tell the app how WeCom answered; what the operator stopped is no failure."""
        failure = outcome.failure if isinstance(outcome, Failed) else None
        if isinstance(outcome, Partial):
            failure = outcome.missing.failure
        self.post_message(Answered(what, failure, about))

    def _learn_once(self) -> None:
        if not self._has_learned:
            self._has_learned = True
            self.reads.learn()

    # What the keys ask for

    def on_listing_asked(self, event: Listing.Asked) -> None:
        """Commands that no list can carry out alone."""
        event.stop()
        carry_out = getattr(self, f"_{event.command}")
        carry_out(event.listing)

    def _back(self, listing: Listing) -> None:
        stops: dict[Listing, Callable[[], bool]] = {self.followers: self._stop_followers}
        stops |= {part: part.stop_reading for part in (self.customers, self.contacts, self.detail)}
        if stops[listing]():
            return
        if listing is self.detail and self.came_from is not None:
            number, self.came_from = self.came_from, None
            self.post_message(self.Left(number))
            return
        self._show_column("-detail", False)
        if listing is self.detail:
            self._go_to_list()
        elif listing is not self.followers:
            self._show_column("-list", False)
            self.followers.focus_table()

    def _read_again(self, listing: Listing) -> None:
        if listing is self.followers:
            self._has_learned = False
            self.reads.followers()
        elif listing is self.customers and self.customers.follower is not None:
            self.open_follower(self.customers.follower, again=True)
        elif listing is self.contacts:
            self.contacts.read()
        elif listing is self.detail and self.detail.external_userid:
            self.detail.read()

    def _contacts(self, _listing: Listing) -> None:
        if self.contacts.is_attached:
            self._change_lists()
        else:
            self.query_one("#lists").mount(self.contacts, after=self.customers)
            self.contacts.masked = self.customers.masked
            self.contacts.call_after_refresh(self._show_contacts_first)

    def _show_contacts_first(self) -> None:
        self.contacts.show_follower(self.customers.follower)
        self._change_lists()

    def _change_lists(self) -> None:
        show = not self.contacts.display
        self.contacts.display, self.customers.display, self.preview.display = show, not show, not show
        self._go_to_list()
        if show and not self.contacts.was_read:
            self.contacts.read()

    def _stop_followers(self) -> bool:
        is_stopped = self.reads.stop(Part.FOLLOWERS)
        if is_stopped:
            self.followers.show_outcome(Failed(Stopped()))
        return is_stopped

    def set_masked(self, masked: bool) -> None:
        """Hide or show personal data everywhere in the pane."""
        for part in (self.followers, self.customers, self.contacts, self.preview, self.detail):
            part.masked = masked
        self.followers.show_known()
        self.preview.refresh()
        for drawn in (self.customers, self.contacts, self.detail):
            if drawn.is_attached:
                drawn.redraw()

    def feed_changed(self) -> None:
        """Events changed the store: a moment later the lists, the preview and the detail say what is there now."""
        if self._catching_up is None:
            self._catching_up = self.set_timer(CATCH_UP_SECONDS, self._catch_up)

    def _catch_up(self) -> None:
        self._catching_up = None
        self.followers.show_known()
        if not self.customers.is_reading:
            self.customers.reload()
        self._when_loaded(self._show_newer)

    def _show_newer(self) -> None:
        from console.operations.detail import known_detail

        self._preview(self.customers.chosen)
        shown = self.detail.detail
        if shown is not None and not self.detail.is_reading:
            detail = known_detail(self.session.records, shown.external_userid)
            if detail is not None and detail != shown:
                self.detail.show_detail(detail)

    def show_changed(self, external_userid: str) -> None:
        """A customer was written to: the chosen row, the preview and the detail say what is there now."""
        self.customers.reload()
        self._when_loaded(partial(self._show_written, external_userid))

    def _show_written(self, external_userid: str) -> None:
        from console.operations.detail import known_detail

        self._preview(self.customers.chosen)
        detail = known_detail(self.session.records, external_userid)
        if detail is not None and self.detail.external_userid == external_userid:
            self.detail.show_detail(detail)

    def on_descendant_focus(self) -> None:
        """The keys are in another list; on a narrow screen it is the one in sight, also after a change of size."""
        listing = self.listing
        listing.tell_place()
        if listing is self.detail:
            self._show_column("-detail", True)
        else:
            self._show_column("-list", listing is not self.followers)

    def _show_column(self, name: str, shown: bool) -> None:
        """Bring a column in sight where there is no room for all; where there is, nothing has to be styled anew."""
        self.set_class(shown, name, update=self.app.size.width < ROOM_FOR_ALL)

    def _when_loaded(self, then: Callable[[], object]) -> None:
        """Do what needs the payloads' models: at once, or when they are loaded, so that no key waits for them."""
        if self.session.loaded:
            then()
        else:
            self._load_then(then)

    @work(group="load", exclusive=True, exit_on_error=False)
    async def _load_then(self, then: Callable[[], object]) -> None:
        await self.session.load()
        then()

    @property
    def is_settling(self) -> bool:
        """Whether the choice moved a moment ago and nothing has followed it yet."""
        return self._settling.is_under_way
