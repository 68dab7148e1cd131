"""Words for writes that this program itself refused before anything was sent."""

from __future__ import annotations

from console.language import _
from console.operations.error_words import MAKERS, REPORT_IT, Explanation
from console.wecom.media import UnusableMedia, WhyUnusable
from console.wecom.remark import NotSendable, WhyNotSendable
from console.wecom.welcome import UnsendableWelcome, WhyNoWelcome

_MEGABYTE = 1024 * 1024


def explain_not_sendable(failure: NotSendable, support: str) -> Explanation:
    """Explain a remark that was not sent."""
    what = _("the remark was not sent")
    match failure.why:
        case WhyNotSendable.NO_CHANGE:
            return Explanation(
                what,
                _("Nothing in it is different from what is there."),
                _("Change something first."),
                support=support,
            )
        case WhyNotSendable.UNPRINTABLE:
            return Explanation(
                what,
                _("A text in it holds a control character, which WeCom refuses."),
                _("Type that text again, or paste it as plain text."),
                support=support,
            )
        case _:
            return Explanation(
                what,
                _("This program was about to send something that WeCom does not know."),
                _(REPORT_IT),
                _(MAKERS),
                support=support,
            )


def explain_unusable_media(failure: UnusableMedia, support: str) -> Explanation:
    """Explain a file that was not uploaded."""
    what = _("the file was not uploaded")
    match failure.why:
        case WhyUnusable.NOT_AN_IMAGE:
            why = _("It is neither PNG nor JPEG, whatever its name ends in.")
            todo = _("Save the picture as PNG or JPEG and choose it again.")
        case WhyUnusable.NOT_A_VIDEO:
            why = _("It is no MP4, whatever its name ends in.")
            todo = _("Save the video as MP4 and choose it again.")
        case WhyUnusable.TOO_SMALL:
            why = _("It has only {size} bytes: too few for a picture.").format(size=failure.size)
            todo = _("Check the file and choose it again.")
        case WhyUnusable.TOO_LARGE:
            why = _("It has {size} MB, and WeCom takes at most {limit} MB of this kind.").format(
                size=f"{failure.size / _MEGABYTE:.1f}", limit=failure.limit // _MEGABYTE
            )
            todo = _("Save it smaller and choose it again.")
    return Explanation(what, why, todo, support=support)


def explain_unsendable_welcome(failure: UnsendableWelcome, support: str) -> Explanation:
    """Explain a welcome message that was not sent; its template is in the settings."""
    why = {
        WhyNoWelcome.EMPTY: _("It has neither a text nor an attachment."),
        WhyNoWelcome.TOO_LONG: _("{part} has {size} bytes, and WeCom takes {limit}; a Chinese character has three."),
        WhyNoWelcome.TOO_MANY: _("It has {size} attachments, and WeCom takes {limit}."),
        WhyNoWelcome.INCOMPLETE: _("{part} is missing."),
        WhyNoWelcome.UNKNOWN_KEY: _("WeCom knows no {part}."),
        WhyNoWelcome.UNPRINTABLE: _("{part} holds a control character, which WeCom refuses."),
    }[failure.why]
    return Explanation(
        _("the welcome message was not sent"),
        why.format(part=failure.part, size=failure.size, limit=failure.limit),
        _("Correct the template in config.toml, under [welcome], then start again."),
        support=support,
    )
