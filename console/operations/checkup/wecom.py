"""What WeCom says to this profile: a token, the followers, one customer, the tags, the time."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from console.credentials import KeyringUnavailable
from console.language import _, ngettext
from console.operations.checkup.admin_pages import USAGE_RANGE
from console.operations.checkup.checks import Check, CheckState, Question, within
from console.operations.checkup.surroundings import Limits, Subject
from console.operations.error_words import ADMIN, sentences
from console.settings import AppType
from console.wecom.codes import (
    API_FORBIDDEN,
    IP_NOT_TRUSTED,
    NO_EXTERNAL_CONTACT_RIGHT,
    NO_PRIVILEGE_TO_CONTACT,
    NO_PRIVILEGE_TO_MEMBER,
    NOT_A_FOLLOWER,
    NOT_EXTERNAL_CONTACT,
    OUT_OF_APP_SCOPE,
)
from console.wecom.errors import WeComError

if TYPE_CHECKING:
    from console.wecom.client import WeComClient

MOST_FOLLOWERS_TRIED = 5
SKEW_TO_WARN_OF = 5.0
"""Seconds: a welcome code lives for 20, so a clock that is wrong by more than a few misjudges it."""

_REFUSED_FOR_ONE = frozenset(
    {NO_PRIVILEGE_TO_CONTACT, NO_PRIVILEGE_TO_MEMBER, OUT_OF_APP_SCOPE, NO_EXTERNAL_CONTACT_RIGHT, NOT_A_FOLLOWER}
)
"""What WeCom says of one follower and what need not be so of the next."""


async def check_wecom(session: Subject, limits: Limits) -> AsyncGenerator[Check]:
    """Ask WeCom for one thing after the other; what builds on a failed one is not tried."""
    visit = _Visit(session)
    profile = session.profile
    token = Question("gettoken", _("access token"), _token_requests(profile.app_type))
    followers = Question("followers", _("followers (C5)"), "GET /externalcontact/get_follow_user_list")
    customer = Question("customer", _("a customer (C2)"), "GET /externalcontact/list, GET /externalcontact/get")
    tags = Question("tags", _("tag list"), "POST /externalcontact/get_corp_tag_list", needed=False)
    steps = (
        (token, visit.sign_in),
        (followers, visit.list_followers),
        (customer, visit.read_one),
        (tags, visit.read_tags),
    )
    lacking = ""
    for question, look in steps:
        if lacking:
            yield question.not_checkable(_("comes after: {title}").format(title=lacking))
            continue
        check = await within(limits.wecom, question, look(question), app_type=profile.app_type)
        if check.state is CheckState.FAILED and question in (token, followers):
            lacking = question.title
        yield check
    yield visit.compare_clocks()
    yield _given(profile.app_type)
    if profile.customer_acquisition:
        yield _only_its_own()


@dataclass(slots=True)
class _Visit:
    """What one step learns for the next; each raises WeComFailure, the first also what opening a session raises."""

    session: Subject
    client: WeComClient | None = None
    followers: Sequence[str] = field(default_factory=tuple)

    async def sign_in(self, question: Question) -> Check:
        """A token means that corp ID and secret belong together."""
        try:
            self.client = await self.session.client()
        except KeyringUnavailable as failure:  # the keyring's own line says what to do
            return question.failed(_("not asked for: {secret} comes first").format(secret=failure.kind or ""))
        await self.client.sign_in()
        return question.passed(_("given: the secret belongs to this corp"))

    async def list_followers(self, question: Question) -> Check:
        """Follows WeCom document 92571."""
        app_type = self.session.profile.app_type
        try:
            self.followers = await self._ready.follow_users()
        except WeComError as failure:
            return _advised(question.of_failure(failure, app_type), app_type)
        if not self.followers:
            return question.failed(
                _("none: 使用范围 of 客户联系 is empty, or nobody there is visible to this app"),
                _("Have members added to 使用范围 (usage range) and to this app's 可见范围 (visible range)."),
                USAGE_RANGE,
            )
        n = len(self.followers)
        words = ngettext("{n} is visible to this app", "{n} are visible to this app", n)
        return question.passed(words.format(n=f"{n:,}"))

    async def read_one(self, question: Question) -> Check:
        """Read the first page of somebody's customer. Follows WeCom document 92114."""
        tried = self.followers[:MOST_FOLLOWERS_TRIED]
        customer = await self._customer_of(tried)
        if customer is None:
            n = len(tried)
            nobody = ngettext(
                "{n} follower was asked, without customers", "{n} followers were asked, all without customers", n
            )
            return replace(question, needed=False).not_checkable(nobody.format(n=n))
        async with aclosing(self._ready.customer_pages(customer)) as pages:
            n = len((await anext(pages)).follow_users)
        words = ngettext("read, with {n} follower on page 1", "read, with {n} followers on page 1", n)
        return question.passed(words.format(n=n))

    async def _customer_of(self, followers: Sequence[str]) -> str | None:
        """The first customer of the first follower who has any. Follows WeCom document 92113."""
        refusal: WeComError | None = None
        for userid in followers:
            try:
                ids = await self._ready.customer_ids(userid)
            except WeComError as failure:
                if failure.errcode in _REFUSED_FOR_ONE:
                    refusal = failure
                elif failure.errcode != NOT_EXTERNAL_CONTACT:
                    raise
            else:
                if ids:
                    return ids[0]
        if refusal is not None:
            raise refusal
        return None

    async def read_tags(self, question: Question) -> Check:
        """Follows WeCom document 92117."""
        n = sum(len(group.tag or ()) for group in await self._ready.corp_tags())
        return question.passed(ngettext("{n} company tag", "{n} company tags", n).format(n=f"{n:,}"))

    def compare_clocks(self) -> Check:
        """The last answer's Date against this computer's clock."""
        question = Question("clock", _("clock"), _("WeCom's Date"), needed=False)
        skew = self.client.server_clock_skew if self.client else None
        if skew is None:
            return question.not_checkable(_("no answer that has one"))
        off = _("{seconds} s slow") if skew > 0 else _("{seconds} s fast")
        if abs(skew) <= SKEW_TO_WARN_OF:
            return question.passed(_("right to within {seconds} s").format(seconds=f"{SKEW_TO_WARN_OF:g}"))
        return question.warning(
            off.format(seconds=f"{abs(skew):,.0f}"),
            _("Have the clock set by the network (NTP): the age of events and the 20 s of a welcome code go by it."),
        )

    @property
    def _ready(self) -> WeComClient:
        assert self.client is not None, "sign_in comes first"
        return self.client


def _token_requests(app_type: AppType) -> str:
    if app_type is AppType.THIRD_PARTY:
        return "POST /service/get_suite_token, POST /service/get_corp_token"
    return "GET /gettoken"


def _advised(check: Check, app_type: AppType) -> Check:
    """The two refusals that look like a dead end on a new app, with the way on."""
    if app_type is not AppType.SELF_BUILT:
        return check
    if check.errcode == API_FORBIDDEN:
        told = _("The secret works, but it is a system app's or that of an app without customer rights.")
        todo = _(
            "Either store the secret of 客户联系 (客户联系 > 客户 > API), or have this app added to 可调用应用 "
            "(allowed apps). Then check again."
        )
        asked = _("Ask: {whom}").format(whom=_(ADMIN))
        return replace(check, answer=sentences(check.answer, told), todo=sentences(todo, asked))
    if check.errcode == IP_NOT_TRUSTED:
        order = _(
            "On a new app this is a step and no dead end. The order: 可见范围 (visible range), 可调用应用 (allowed "
            "apps), Token and EncodingAESKey stored here, the receiver on, the callback URL saved there, only then "
            "企业可信IP."
        )
        return replace(check, todo=sentences(order, check.todo))
    return check


def _given(app_type: AppType) -> Check:
    question = Question("given", _("what is given"), _("kind of app"), needed=False)
    if app_type is AppType.SELF_BUILT:
        return question.passed(_("all fields of a customer; converting a unionid is not given to this kind of app"))
    return question.passed(
        _(
            "not given to this kind of app, and shown so, never as empty: mobiles in remarks, unionid, avatar, gender, "
            "full company name, served contacts"
        )
    )


def _only_its_own() -> Check:
    question = Question("acquisition", _("whose customers"), "customer_acquisition", needed=False)
    return question.passed(_("an app of 营销获客: it sees only the customers that this app brought"))
