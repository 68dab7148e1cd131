"""Error codes of the unionid conversion and of welcome messages."""

from __future__ import annotations

from collections.abc import Mapping

from console.language import N_
from console.operations.error_words import ADMIN, MAKERS, NOBODY, PROVIDER, REPORT_IT, CodeWords

_BOTH_FROM_ONE = N_(
    "Take unionid and openid from one mini program whose owner is this corp (subject 0) or the provider "
    "(subject 1), and choose that subject.",
)
_CHECK_THE_OPENID = N_(
    "Take the openid again, from the same login to the same mini program as the unionid.",
)
_NEXT_TIME = N_(
    "Write to the customer in WeCom itself; nothing has to be repaired here.",
)

CONVERSION: Mapping[int, CodeWords] = {
    610004: CodeWords(
        N_("not a customer of this corp"),
        N_("The person behind this unionid is no customer of the corp."),
        N_("Convert it again after a staff member has added the person."),
    ),
    610015: CodeWords(
        N_("open platform account not verified"),
        N_("The WeChat open platform account that the mini program is bound to is not verified."),
        N_("Have it verified at open.weixin.qq.com."),
        ADMIN,
    ),
    610016: CodeWords(
        N_("corp not verified"),
        N_("WeCom converts a unionid only for verified corps."),
        N_("Have the corp verified in the admin console: 我的企业 > 企业信息."),
        ADMIN,
    ),
    610017: CodeWords(
        N_("mini program and corp have different owners"),
        N_("The mini program is owned by another company than the one asked for (this corp or the provider)."),
        _BOTH_FROM_ONE,
        PROVIDER,
    ),
    610018: CodeWords(
        N_("openid and unionid are of different open platform accounts"),
        N_("openid and unionid do not come from one WeChat open platform account."),
        _BOTH_FROM_ONE,
        PROVIDER,
    ),
    610019: CodeWords(
        N_("the third-party app is not installed"),
        N_("Only a third-party or delegated app that the corp has installed may convert."),
        N_("Have the provider's app installed, or use the profile of an installed one."),
        ADMIN,
    ),
    845001: CodeWords(
        N_("openid is of another kind of account"),
        N_("The openid is not of the kind of account (mini program or official account) that was asked for."),
        _BOTH_FROM_ONE,
        PROVIDER,
    ),
    845002: CodeWords(
        N_("openid belongs to another owner"),
        N_("The openid's mini program has another owner than the subject that was chosen."),
        _BOTH_FROM_ONE,
        PROVIDER,
    ),
    845003: CodeWords(
        N_("unionid belongs to another owner"),
        N_("The unionid's open platform account has another owner than the subject that was chosen."),
        _BOTH_FROM_ONE,
        PROVIDER,
    ),
    41049: CodeWords(
        N_("request without welcome code"),
        N_("The welcome message was sent without its code."),
        REPORT_IT,
        MAKERS,
    ),
    41050: CodeWords(
        N_("welcome code expired"),
        N_("A welcome code is good for 20 seconds and for one message; this one is over or was never valid."),
        _NEXT_TIME,
    ),
    41051: CodeWords(
        N_("welcome already sent, or the chat has begun"),
        N_("Another app was first, or customer and staff member are already talking."),
        _NEXT_TIME,
    ),
    41053: CodeWords(
        N_("archive consent missing"),
        N_("The staff member's chats are archived, and the customer has not agreed to that yet."),
        N_("The administrator decides about chat archives; wait for the customer's consent."),
        ADMIN,
    ),
    41064: CodeWords(
        N_("too many attachments"),
        N_("A welcome message takes at most nine attachments."),
        N_("Take some out and send it again at once."),
    ),
    41065: CodeWords(
        N_("kind of attachment not valid"),
        N_("A welcome message takes pictures, links, mini programs, videos and files."),
        N_("Choose one of these kinds and send it again at once."),
    ),
    41096: CodeWords(
        N_("welcome is being sent by another app"),
        N_("Several apps got the same code and another was first; that does not mean that its message arrived."),
        N_("It may be tried again within the 20 seconds."),
        NOBODY,
        again=True,
    ),
    810000: CodeWords(
        N_("welcome code was never valid or is used up"),
        N_("WeCom does not accept this welcome code any more."),
        _NEXT_TIME,
    ),
}

IN_A_CONVERSION: Mapping[int, CodeWords] = {
    40003: CodeWords(
        N_("openid not valid"),
        N_("It is the openid that WeCom does not take: mistyped, or not of the mini program that the unionid is from."),
        _CHECK_THE_OPENID,
    ),
    40073: CodeWords(
        N_("openid not valid"),
        N_("It is the openid that WeCom does not know; the unionid may be right."),
        _CHECK_THE_OPENID,
    ),
    41035: CodeWords(
        N_("an ID is missing"),
        N_("One of the two IDs did not reach WeCom."),
        REPORT_IT,
        MAKERS,
    ),
    610014: CodeWords(
        N_("unionid not valid"),
        N_("It is the unionid that WeCom does not know: mistyped, or the openid stands in its place."),
        N_("Check the unionid: 28 or so letters and digits, usually beginning with o; the openid has its own field."),
    ),
}
"""The same numbers mean other things when they answer a conversion: which of the two IDs is wrong."""
