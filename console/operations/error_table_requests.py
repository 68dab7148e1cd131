"""Error codes about what was asked: ids, parameters, limits, relations."""

from __future__ import annotations

from collections.abc import Mapping

from console.language import N_
from console.operations.error_words import ADMIN, MAKERS, NOBODY, REPORT_IT, STAFF, CodeWords

_SLOWER = N_(
    "Wait a minute and read again; reads slow down by themselves.",
)
_SIZES = N_("A file for WeCom has at least 6 bytes, and a picture at most 10 MB.")
_SMALLER = N_("Save the picture smaller and choose it again.")
_READ_THEN_DECIDE = N_(
    "Read again and look at what is there now before anything is written.",
)

REQUESTS: Mapping[int, CodeWords] = {
    -1: CodeWords(
        N_("system busy"),
        N_("WeCom is busy. A read is tried three more times by itself before this is said."),
        N_("Wait a little and read again."),
        NOBODY,
        again=True,
    ),
    6000: CodeWords(
        N_("data version conflict"),
        N_("Several programs are changing the same record at this moment."),
        _READ_THEN_DECIDE,
        NOBODY,
        again=True,
    ),
    45035: CodeWords(
        N_("changed at the same moment by another program"),
        N_("WeCom refused because another operation on the same record was still running."),
        _READ_THEN_DECIDE,
        NOBODY,
        again=True,
    ),
    40003: CodeWords(
        N_("account not valid"),
        N_(
            "WeCom does not take this account: mistyped, left the company, or a plain userid where the app "
            "sees encrypted ones (or the other way round).",
        ),
        N_(
            "Read the list of followers again (r) and use an account from it. In a conversion: the openid "
            "must be of the same mini program.",
        ),
    ),
    60111: CodeWords(
        N_("account not found"),
        N_(
            "This app knows no member with this account: no longer in the address book, or the account is "
            "the encrypted kind of another app.",
        ),
        N_("Check the account in the list of followers, or read that list again (r)."),
    ),
    40004: CodeWords(
        N_("kind of file not accepted"),
        N_("WeCom takes a picture as PNG or JPEG only, and this file is something else, whatever its name ends in."),
        N_("Save the picture as PNG or JPEG and choose it again."),
    ),
    40005: CodeWords(
        N_("kind of upload not known"),
        N_("The upload named a kind that WeCom does not have."),
        REPORT_IT,
        MAKERS,
    ),
    40006: CodeWords(
        N_("file size not accepted"),
        _SIZES,
        _SMALLER,
    ),
    40009: CodeWords(
        N_("picture size not accepted"),
        _SIZES,
        _SMALLER,
    ),
    40007: CodeWords(
        N_("media ID not valid"),
        N_("The picture's media ID is mistyped, of another company, or older than three days."),
        N_("Choose the picture's file instead: it is uploaded again."),
    ),
    44001: CodeWords(
        N_("the file arrived empty"),
        N_("WeCom found nothing in the upload: the file is empty, or something on the way changed the request."),
        N_("Check the file and choose it again."),
    ),
    40033: CodeWords(
        N_("characters not accepted"),
        N_("The request held characters in escaped form, which WeCom refuses."),
        REPORT_IT,
        MAKERS,
    ),
    40058: CodeWords(
        N_("a parameter is not valid"),
        N_(
            "Something in the request is too long, empty or of the wrong form; WeCom's own message says "
            "which. Limits: remark 20 characters, description 150, remark company 20, account 64 bytes.",
        ),
        N_("Correct the part that the message names, then send it again."),
    ),
    40063: CodeWords(
        N_("a parameter is empty"),
        N_("The request left out something that WeCom needs."),
        REPORT_IT,
        MAKERS,
    ),
    41009: CodeWords(
        N_("request without account"),
        N_("The request reached WeCom without a userid."),
        REPORT_IT,
        MAKERS,
    ),
    41035: CodeWords(
        N_("request without customer ID"),
        N_("The request reached WeCom without an external_userid."),
        REPORT_IT,
        MAKERS,
    ),
    40056: CodeWords(
        N_("agent ID not valid"),
        N_("The number of the app in the request is wrong; no customer is affected."),
        N_(
            "Compare the agent ID with 应用管理 > this app > AgentId in the admin console.",
        ),
        ADMIN,
    ),
    40068: CodeWords(
        N_("tag no longer exists"),
        N_("The tag or tag group was deleted in WeCom after it was read here."),
        N_("Read again (r): the tag library is read along."),
    ),
    40073: CodeWords(
        N_("openid not valid"),
        N_("WeCom does not know this openid."),
        N_("Check the openid; it must be of the mini program or official account that the unionid is from."),
    ),
    610014: CodeWords(
        N_("unionid not valid"),
        N_("WeCom does not know this unionid."),
        N_("Check the unionid: 28 or so letters and digits, usually beginning with o."),
    ),
    40096: CodeWords(
        N_("customer ID not valid for this app"),
        N_(
            "One customer has one ID for the corp's own apps and another for each provider's apps. This ID "
            "is of the other kind, or the customer's follower is outside this app's range.",
        ),
        N_(
            "Find the customer by name or mobile in this profile (f), or switch to the profile that the ID is from.",
        ),
    ),
    41054: CodeWords(
        N_("account not activated"),
        N_("The member has never signed in to WeCom."),
        N_("Have the member sign in to WeCom once."),
        STAFF,
    ),
    41056: CodeWords(
        N_("wrong kind of customer for this"),
        N_("WeCom offers this for one kind of customer only (WeChat or WeCom), and this one is the other."),
        N_("Look at the customer's type in the detail; the administrator knows what the app was set up for."),
        ADMIN,
    ),
    41057: CodeWords(
        N_("no WeChat developer account bound"),
        N_("Without a bound WeChat developer ID WeCom gives no unionid and converts none."),
        N_("Have it bound in the admin console: 客户联系 > 客户 > API."),
        ADMIN,
    ),
    45009: CodeWords(
        N_("called too often, stopped for a while"),
        N_(
            "WeCom's limit for this API is used up. It opens again when its window ends: a limit for a "
            "minute after 60 seconds, for an hour after 60 minutes, for a day at midnight, for a month "
            "after 30 days.",
        ),
        N_(
            "Leave this API alone until then. The administrator can lift a stop early: "
            "open.work.weixin.qq.com/wwopen/devtool/checkCorpSpamBlock",
        ),
        NOBODY,
        again=True,
    ),
    45011: CodeWords(
        N_("not in WeCom's table, perhaps a limit"),
        N_("WeCom does not document this code for customer APIs; elsewhere it means calls that came too fast."),
        N_("Wait a minute and try once more; keep the server's message when it stays."),
        NOBODY,
        again=True,
    ),
    45029: CodeWords(
        N_("answer too large"),
        N_("The answer would be larger than WeCom sends at once."),
        _SLOWER,
        NOBODY,
        again=True,
    ),
    45033: CodeWords(
        N_("too many requests at once"),
        N_("All programs of the corp together had too many requests running on this API at the same moment."),
        _SLOWER,
        NOBODY,
        again=True,
    ),
    45036: CodeWords(
        N_("limited because of unusual traffic"),
        N_("WeCom limits the corp for now, since its calls looked unusual."),
        _SLOWER,
        NOBODY,
        again=True,
    ),
    50100: CodeWords(
        N_("page cursor no longer valid"),
        N_("A list was being read page by page and WeCom no longer knows the place."),
        N_("Read the list again from its beginning (r); what was read stays."),
        NOBODY,
        again=True,
    ),
    60103: CodeWords(
        N_("mobile number not valid"),
        N_("A mobile has at most 32 characters: digits, + and -."),
        N_("Correct the number in the form; what was typed is kept."),
    ),
    84061: CodeWords(
        N_("no such relation with a customer"),
        N_(
            "WeCom knows no relation here: the staff member removed the customer; or was added without "
            "verification and has not accepted; or they only share a group chat; or the staff member has no "
            "customers at all.",
        ),
        N_("Trying again does not help. Look at the customer's other followers in the detail."),
    ),
    84084: CodeWords(
        N_("this member does not follow this customer"),
        N_("The customer belongs to other followers; this member is not (or no longer) one of them."),
        N_("Read the customer again (r) and choose a follower from the detail."),
    ),
}
