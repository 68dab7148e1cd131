"""Find anybody: tell words to search for from ids that were pasted, whole log lines included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from console.wecom.ids import NotAnExternalUserid, as_external_userid

# WeCom's ids of customers start with wo or wm and are 32 characters long; log lines wrap them in anything.
_EXTERNAL_USERID = re.compile(r"(?<![A-Za-z0-9_-])w[om][A-Za-z0-9_-]{14,62}(?![A-Za-z0-9_-])")
_LABELLED_EXTERNAL = re.compile(r"""(?i)external_?userid["']?\s*[=:>]\s*["']?(?:<!\[CDATA\[)?([A-Za-z0-9_-]{8,128})""")
# A pending id or a temporary one, standing alone: long, and no word.
_OTHER_ID = re.compile(r"(?:p|ou|tmp)(?=[A-Za-z0-9_-]*[A-Z0-9])[A-Za-z0-9_-]{11,127}")
_USERID = re.compile(r"""(?<![A-Za-z_])(?:userid|user_id|UserID)["']?\s*[=:]\s*["']?([A-Za-z0-9_.@-]{1,64})""")
_XML_USERID = re.compile(r"<UserID>(?:<!\[CDATA\[)?([A-Za-z0-9_.@-]{1,64})")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator looks for: an external_userid, a userid, or words; a log line may hold both ids."""

    external_userid: str | None = None
    userid: str | None = None
    words: str = ""
    refused: NotAnExternalUserid | None = None
    """Set when what stands for a customer's id is another kind of id, by which nobody can be read."""


def understand(text: str) -> Wanted:
    """Read what was typed or pasted into the find box.

    A text that holds an external_userid, or a labelled id, is taken for ids; anything else is words.
    """
    external = _external_in(text)
    without_external = text.replace(external, " ") if external else text
    labelled = _USERID.search(without_external) or _XML_USERID.search(without_external)
    userid = labelled.group(1) if labelled else None
    if external is None:
        return Wanted(userid=userid) if userid else Wanted(words=" ".join(text.split()))
    try:
        return Wanted(as_external_userid(external), userid)
    except NotAnExternalUserid as refused:
        return Wanted(userid=userid, words=" ".join(text.split()), refused=refused)


def _external_in(text: str) -> str | None:
    if found := _EXTERNAL_USERID.search(text):
        return found.group()
    if labelled := _LABELLED_EXTERNAL.search(text):
        return labelled.group(1)
    return text.strip() if _OTHER_ID.fullmatch(text.strip()) else None
