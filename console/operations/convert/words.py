"""Words for conversions and mappings, for the screens and the command line alike; all of it safe to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from console.language import _, ngettext
from console.operations.convert.given import Doubt, IdField, Mistake, WhyWrong
from console.operations.convert.results import (
    Both,
    Doubtful,
    Found,
    Neither,
    NotForThisApp,
    Pending,
    QuotaExhausted,
    Refused,
    Result,
    TooFast,
    Wrong,
)
from console.operations.error_words import Explanation, sentences
from console.operations.explain import Asked, explain
from console.operations.results import Failed
from console.operations.wording import count_words, time_words
from console.settings import AppType
from console.store.mappings import IdMapping, MappingState, Source
from console.store.quota import MOST_IN_A_MINUTE, Allowance, Window
from console.text import mask_id, mask_text, safe_text
from console.wecom.ids import SubjectType

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Setting:
    """Who reads the words: when and where, through which kind of app, and whether ids of people are hidden."""

    now: float
    zone: tzinfo | None
    app_type: AppType
    masked: bool = False


def result_lines(result: Result, setting: Setting) -> tuple[str, ...]:
    """How a conversion ended: the first line says it, the others what that means and what to do."""
    match result:
        case Found(mapping, asked):
            return (*_customer(mapping, setting), *_known_since(mapping, setting, asked))
        case Both(mapping):
            pending_id = id_words(mapping.pending_id, masked=setting.masked)
            return (
                *_customer(mapping, setting),
                _("WeCom gave the pending ID {id} as well; the customer is what counts.").format(id=pending_id),
            )
        case Pending(mapping, asked):
            first, *others = _pending(mapping, setting)
            return (first, *_known_since(mapping, setting, asked), *others)
        case Neither(old_address):
            return tuple(_neither(old_address))
        case NotForThisApp(mapping):
            return tuple(_by_what_is_known(mapping, setting))
        case Wrong(mistakes):
            return tuple(map(mistake_words, mistakes))
        case Doubtful(doubts):
            return (*map(doubt_words, doubts), _("Nothing was sent yet."))
        case TooFast():
            return (too_fast_words(result), _("Nothing was sent."))
        case QuotaExhausted():
            return tuple(_exhausted(result, setting))
        case Refused(failure) | Failed(failure):
            return tuple(_explained(explain(failure, app_type=setting.app_type, asked=Asked.CONVERSION)))


def mistake_words(mistake: Mistake) -> str:
    """What is wrong with one of the two ids."""
    name = mistake.field.value
    match mistake.why:
        case WhyWrong.EMPTY if mistake.field is IdField.UNIONID:
            return _("The unionid is missing.")
        case WhyWrong.EMPTY:
            return _("The openid is missing: WeCom converts a unionid only together with the openid.")
        case WhyWrong.BROKEN:
            return _("The {id} has a blank or a sign in it that no ID has; one ID at a time.").format(id=name)
        case WhyWrong.TOO_LONG:
            return _("The {id} is longer than any ID.").format(id=name)


def doubt_words(doubt: Doubt) -> str:
    """What looks odd about the ids."""
    return {
        Doubt.SAME: _("unionid and openid are the same text; they are two different IDs of one person."),
        Doubt.SWAPPED: _("The two IDs may be swapped: one of them was the other kind in an earlier conversion."),
        Doubt.CUSTOMER_ID: _("One of them looks like a customer ID, which needs no conversion: find it with f."),
        Doubt.PENDING_ID: _("One of them is a pending ID, which an earlier conversion gave; it cannot be converted."),
    }[doubt]


def too_fast_words(too_fast: TooFast) -> str:
    """The rule against bulk conversion, and how close one is to it."""
    return _(
        "WeCom forbids converting in bulk and takes the API away from an app that does it. {n} were converted within "
        "the last minute."
    ).format(n=too_fast.recent)


def subject_words(subject_type: SubjectType) -> str:
    """Whose the mini program is."""
    return {
        SubjectType.CORP: _("this corp's mini program"),
        SubjectType.PROVIDER: _("the provider's"),
    }[subject_type]


def source_words(source: Source) -> str:
    """How a mapping was learned, in a column."""
    return {
        Source.CONVERSION: _("conversion"),
        Source.READ: _("reading"),
        Source.CALLBACK: _("add event"),
        Source.REVERSE: _("look-up"),
    }[source]


def state_words(mapping: IdMapping, now: float) -> str:
    """What a mapping is now, in a column."""
    return {
        MappingState.CUSTOMER: _("customer"),
        MappingState.PENDING: _("pending"),
        MappingState.EXPIRED: _("expired"),
    }[mapping.state(now)]


def left_words(mapping: IdMapping, now: float) -> str:
    """How long a pending id is still good, in a column; `-` for a customer."""
    match mapping.state(now):
        case MappingState.CUSTOMER:
            return "-"
        case MappingState.EXPIRED:
            return _("expired")
        case MappingState.PENDING:
            seconds = mapping.seconds_left(now)
            return _("< 1 day") if seconds < _DAY else _days_words(seconds)


def window_words(window: Window) -> str:
    """A window of the quota."""
    return {Window.HOUR: _("this hour"), Window.DAY: _("today"), Window.MONTH: _("this month")}[window]


def quota_words(allowances: Sequence[Allowance]) -> str:
    """What was used of the quota, on one line: `hour 37/100k  day 412/480k  month 9,310/7.5M`."""
    label = {Window.HOUR: _("hour"), Window.DAY: _("day"), Window.MONTH: _("month")}
    limit = {Window.HOUR: _("100k"), Window.DAY: _("480k"), Window.MONTH: _("7.5M")}
    parts = (f"{label[one.window]} {count_words(one.used)}/{limit[one.window]}" for one in allowances)
    return _("quota  {used}").format(used="  ".join(parts))


def sharing_words(subject_type: SubjectType) -> str:
    """Who uses the same quota."""
    return {
        SubjectType.CORP: _("all providers share it"),
        SubjectType.PROVIDER: _("all the provider's apps share it"),
    }[subject_type]


def id_words(text: str | None, *, masked: bool) -> str:
    """An id of a person as it is shown."""
    shown = safe_text(text or "")
    return mask_id(shown) if masked else shown


def customer_words(mapping: IdMapping, *, masked: bool) -> str:
    """What the customer is called, else the customer ID."""
    name = safe_text(mapping.customer_name)
    return (mask_text(name) if masked else name) or safe_text(mapping.external_userid or "")


def arrival_words(mapping: IdMapping, *, masked: bool) -> str:
    """Who arrived: the unionid that was waited with, and the customer."""
    return _("{unionid} is a customer now: {name}").format(
        unionid=id_words(mapping.unionid, masked=masked),
        name=safe_text(mapping.customer_name) or mapping.external_userid,
    )


def close_to_their_end(mappings: Sequence[IdMapping], setting: Setting) -> tuple[str, ...]:
    """One line for each pending id that ends soon."""
    return tuple(
        _("{unionid}  ends {date}; after that its pending ID means nothing, and it has to be converted again").format(
            unionid=id_words(one.unionid, masked=setting.masked), date=_date(one.expires_at, setting.zone)
        )
        for one in mappings
    )


def rule_words() -> str:
    """Why it is done one by one."""
    return _(
        "WeCom forbids converting in bulk and takes the API away from an app that does it: here one is converted at a "
        "time, and more than {most} within a minute are asked about."
    ).format(most=MOST_IN_A_MINUTE)


def self_built_words() -> str:
    """Why a self-built app does not convert."""
    return _("A self-built app cannot convert: WeCom gives that to delegated and third-party apps only.")


def causes_words() -> str:
    """Why somebody can be pending."""
    return _(
        "Two causes: they never added a staff member; or their follower, or their group's owner, is outside this "
        "app's range."
    )


def _customer(mapping: IdMapping, setting: Setting) -> Iterator[str]:
    name = customer_words(mapping, masked=setting.masked) if mapping.customer_name else _("(no name known here)")
    yield _("A customer: {name}  {id}").format(name=name, id=safe_text(mapping.external_userid or ""))
    if mapping.is_gone:
        yield _("Nobody follows this customer any more, as far as is known here.")


def _pending(mapping: IdMapping, setting: Setting) -> Iterator[str]:
    pending_id = id_words(mapping.pending_id, masked=setting.masked)
    yield _("Not a customer yet: pending ID {id}").format(id=pending_id)
    yield _("For matching only: no detail can be read by it and no remark written.")
    yield _("Good until {date} ({left} left); becomes the customer once they are added.").format(
        date=_date(mapping.expires_at, setting.zone), left=_days_words(mapping.seconds_left(setting.now))
    )
    yield causes_words()


def _known_since(mapping: IdMapping, setting: Setting, asked: bool) -> Iterator[str]:
    if not asked:
        yield sentences(_since(mapping, setting), _("WeCom was not asked again."))


def _since(mapping: IdMapping, setting: Setting) -> str:
    since = time_words(mapping.learned_at, setting.zone, setting.now)
    return _("Known since {time} ({source}).").format(time=since, source=source_words(mapping.source))


def _neither(old_address: bool) -> Iterator[str]:
    yield _("WeCom gave no ID for them.")
    if old_address:
        yield _("This profile converts at the old address, which gives no pending IDs: they are no customer yet.")
    else:
        yield _("Neither a customer nor a pending ID: nothing is remembered, and it may be asked again later.")


def _by_what_is_known(mapping: IdMapping | None, setting: Setting) -> Iterator[str]:
    if mapping is None:
        yield _("Nobody known here has this unionid.")
        yield _("Only what was read so far is searched, and a unionid is shown where a developer ID is bound.")
    else:
        yield from _customer(mapping, setting)
        yield _since(mapping, setting)


def _exhausted(exhausted: QuotaExhausted, setting: Setting) -> Iterator[str]:
    until = time_words(exhausted.until, setting.zone, setting.now)
    if exhausted.window is None:
        yield _("WeCom allows no more conversions before {time} (45009).").format(time=until)
        yield _("The quota is shared with others, who may have used it up.")
    else:
        yield _("The quota of {window} is used up; the next one begins at {time}.").format(
            window=window_words(exhausted.window), time=until
        )
    yield _("Nothing more is sent until then.")


def _explained(explanation: Explanation) -> Iterator[str]:
    yield _("Not converted: {what}.").format(what=explanation.what)
    yield explanation.why
    yield explanation.todo
    if explanation.whom:
        yield _("Ask: {whom}").format(whom=explanation.whom)


def _days_words(seconds: float) -> str:
    if seconds < _DAY:
        return _("less than a day")
    days = round(seconds / _DAY)
    return ngettext("{n} day", "{n} days", days).format(n=days)


def _date(at: float | None, zone: tzinfo | None) -> str:
    return f"{datetime.fromtimestamp(at, zone):%Y-%m-%d}" if at is not None else ""
