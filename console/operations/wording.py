"""Words for values: numbers that WeCom sends, kinds of app, ages, times, counts. None of them ever raises."""

from __future__ import annotations

from datetime import datetime, tzinfo

from console.language import N_, _
from console.settings import AppType, Environment, Profile, Settings
from console.text import cell_width

_ADD_WAYS = {
    0: N_("unknown source"),
    1: N_("scanned a QR code"),
    2: N_("searched by mobile number"),
    3: N_("shared name card"),
    4: N_("group chat"),
    5: N_("phone's contacts"),
    6: N_("WeChat contact"),
    7: N_("WeChat friend request (legacy)"),
    8: N_("customer service staff added with a third-party app"),
    9: N_("searched by email"),
    10: N_("WeChat Channels"),
    11: N_("participant of a calendar event"),
    12: N_("participant of a meeting"),
    13: N_("the WeCom account of a WeChat friend"),
    14: N_("service staff of a smart device"),
    15: N_("on-site service staff"),
    16: N_("acquisition link"),
    17: N_("custom development"),
    18: N_("answer to a demand"),
    21: N_("third-party pre-sales staff"),
    22: N_("possible business partner"),
    24: N_("friend request that a WeChat account received"),
    201: N_("shared by a colleague"),
    202: N_("assigned by an administrator"),
}
_ADD_WAYS_SHORT = {
    0: N_("unknown"),
    1: N_("QR scan"),
    2: N_("by phone"),
    3: N_("by card"),
    4: N_("in group"),
    5: N_("phonebk."),
    6: N_("WeChat"),
    7: N_("old req."),
    8: N_("app's CS"),
    9: N_("by email"),
    10: N_("Channels"),
    11: N_("calendar"),
    12: N_("meeting"),
    13: N_("WXfriend"),
    14: N_("hardware"),
    15: N_("on site"),
    16: N_("acq.link"),
    17: N_("bespoke"),
    18: N_("demand"),
    21: N_("presales"),
    22: N_("partner"),
    24: N_("accepted"),
    201: N_("shared"),
    202: N_("assigned"),
}
_SHORT_CELLS = 8
_CHANNELS_SOURCES = {
    0: N_("source unknown"),
    1: N_("Channels home page"),
    2: N_("Channels live room"),
    3: N_("Channels lead form"),
}
_APP_TYPES = {
    AppType.SELF_BUILT: (N_("self-built app"), N_("self-built")),
    AppType.DELEGATED: (N_("delegated app"), N_("delegated")),
    AppType.THIRD_PARTY: (N_("third-party app"), N_("third-party")),
}
_ENVIRONMENTS = {
    Environment.PROD: N_("production"),
    Environment.TEST: N_("test"),
    Environment.DEMO: N_("demo"),
}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_WEEK_DAYS = 7


def add_way_words(number: int | None) -> str:
    """How the customer was added; "" for None. Follows WeCom document 92114; unassigned is `unknown (n)`."""
    return _number_words(number, _ADD_WAYS)


def add_way_short(number: int | None) -> str:
    """The same in at most 8 cells, for a column."""
    if number is None:
        return ""
    if number in _ADD_WAYS_SHORT:
        return _(_ADD_WAYS_SHORT[number])
    numbered = _("no. {n}").format(n=number)
    return numbered if cell_width(numbered) <= _SHORT_CELLS else _(_ADD_WAYS_SHORT[0])


def add_way_note(number: int | None) -> str:
    """What one should know about this number, "" for most."""
    if number == 0:
        return _(
            "0 is not always a fault: some ways with a known source return it too, such as searching a "
            "WeChat friend and choosing "
            '"add in WeCom".',
        )
    if number == 7:
        return _("WeCom's table no longer has this number; it is from about 2021.")
    return ""


def customer_type_words(number: int | None) -> str:
    """WeChat customer (1) or WeCom customer (2); "" for None."""
    return _number_words(number, {1: N_("WeChat customer"), 2: N_("WeCom customer")})


def gender_words(number: int | None) -> str:
    """0 unknown, 1 male, 2 female; "" for None."""
    return _number_words(number, {0: N_("unknown"), 1: N_("male"), 2: N_("female")})


def tag_kind_words(number: int | None) -> str:
    """Who made a tag: the company (1), the staff member (2), a rule group (3); goes before "tags"."""
    return _number_words(number, {1: N_("company"), 2: N_("personal"), 3: N_("rule")})


def wechat_channels_source_words(number: int | None) -> str:
    """Where in WeChat Channels the customer came from; "" for None."""
    return _number_words(number, _CHANNELS_SOURCES)


def app_type_words(app_type: AppType, *, short: bool = False) -> str:
    """The kind of app in words; `short` leaves out the word "app"."""
    return _(_APP_TYPES[app_type][short])


def environment_words(environment: Environment) -> str:
    """production, test or demo."""
    return _(_ENVIRONMENTS[environment])


def write_words(profile: Profile, settings: Settings) -> str:
    """Whether anything can be written to WeCom, and if not, what forbids it."""
    if not (profile.read_only or settings.read_only):
        return _("writable")
    return _("read-only ({why})").format(why="--read-only" if settings.read_only else _("settings"))


def count_words(number: int) -> str:
    """A count with commas between thousands."""
    return f"{number:,}"


def time_words(at: float | None, zone: tzinfo | None, now: float) -> str:
    """A moment (Unix seconds): `09:41` today, `11-22 09:41` this year, `2024-03-05 14:22` else; "" for None.

    A number that is no moment any calendar knows stands as it is.
    """
    if at is None:
        return ""
    moment, today = _moment(at, zone), _moment(now, zone)
    if moment is None or today is None:
        return f"{at}"
    if moment.date() == today.date():
        return f"{moment:%H:%M}"
    return f"{moment:%m-%d %H:%M}" if moment.year == today.year else f"{moment.year:04}-{moment:%m-%d %H:%M}"


def day_words(at: float | None, zone: tzinfo | None, now: float) -> str:
    """A day for a column of five cells: `11-22` this year, `2023` else; "" for None. `zone` None is the machine's."""
    if at is None:
        return ""
    moment, today = _moment(at, zone), _moment(now, zone)
    if moment is None or today is None:
        return f"{at}"
    return f"{moment:%m-%d}" if moment.year == today.year else f"{moment.year:04}"


def moment_words(at: float, zone: tzinfo | None) -> str:
    """A moment in full: `2024-11-16 14:22:10`."""
    moment = _moment(at, zone)
    return f"{at}" if moment is None else f"{moment.year:04}-{moment:%m-%d %H:%M:%S}"


def age_words(seconds: float, *, now: float | None = None, zone: tzinfo | None = None) -> str:
    """How long ago something was: `3 min ago`, `2 h ago`, `2 d ago`.

    With `now` and `zone` also `yesterday 18:20` and, from a week on, the date.

    An age below zero (clocks differ) counts as none.
    """
    if not seconds >= _MINUTE:
        return _("just now")
    if seconds < _HOUR:
        return _("{n} min ago").format(n=int(seconds // _MINUTE))
    if now is not None and zone is not None:
        dated = _dated_age(now - seconds, now, zone)
        if dated:
            return dated
    if seconds < _DAY:
        return _("{n} h ago").format(n=int(seconds // _HOUR))
    return _("{n} d ago").format(n=_days(seconds))


def _dated_age(at: float, now: float, zone: tzinfo) -> str:
    moment, today = _moment(at, zone), _moment(now, zone)
    if moment is None or today is None:
        return ""
    days = (today.date() - moment.date()).days
    if days == 1:
        return _("yesterday {time}").format(time=f"{moment:%H:%M}")
    if days >= _WEEK_DAYS:
        return time_words(at, zone, now)
    return _("{n} d ago").format(n=days) if days > 1 else ""


def _days(seconds: float) -> str:
    return "?" if seconds == float("inf") else count_words(int(seconds // _DAY))


def _moment(at: float, zone: tzinfo | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(at, zone)
    except (ValueError, OverflowError, OSError):
        return None


def _number_words(number: int | None, words: dict[int, str]) -> str:
    if number is None:
        return ""
    return _(words[number]) if number in words else _("unknown ({n})").format(n=number)
