"""Find anybody: tell words to search for from ids that were pasted, whole log lines included."""

from __future__ import annotations

import re
from dataclasses import dataclass

# WeCom's ids of customers start with wo or wm and are 32 characters long; log lines wrap them in anything.
_EXTERNAL_USERID = re.compile(r"(?<![A-Za-z0-9_-])w[om][A-Za-z0-9_-]{14,62}(?![A-Za-z0-9_-])")
_USERID = re.compile(r"""(?<![A-Za-z_])(?:userid|user_id|UserID)["']?\s*[=:]\s*["']?([A-Za-z0-9_.@-]{1,64})""")
_XML_USERID = re.compile(r"<UserID>(?:<!\[CDATA\[)?([A-Za-z0-9_.@-]{1,64})")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator looks for: an external_userid, a userid, or words; a log line may hold both ids."""

    external_userid: str | None = None
    userid: str | None = None
    words: str = ""


def understand(text: str) -> Wanted:
    """Read what was typed or pasted into the find box.

    A text that holds an external_userid, or a labelled userid, is taken for ids; anything else is words.
    """
    external = _EXTERNAL_USERID.search(text)
    without_external = text.replace(external.group(), " ") if external else text
    labelled = _USERID.search(without_external) or _XML_USERID.search(without_external)
    if external is None and labelled is None:
        return Wanted(words=" ".join(text.split()))
    return Wanted(
        external_userid=external.group() if external else None,
        userid=labelled.group(1) if labelled else None,
    )
