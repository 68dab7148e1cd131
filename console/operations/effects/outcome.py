"""How the effects of an event ended, and what is kept about it: data in no language, on the event's own row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from console.store.event_rows import EventRow


class Outcome(StrEnum):
    """How they ended; the value is stored."""

    READ = "read"
    """The customer was read again."""
    OURS = "ours"
    """The same, and the change is probably one that was written from here."""
    MARKED = "marked"
    """The relation is noted as gone, handed over, or one-way."""
    WAITING = "waiting"
    """The staff member has not accepted yet, so that there is nothing to read."""
    TO_SEE = "to_see"
    """Somebody has to see to it."""
    KEPT = "kept"
    """The suite ticket is with the secrets."""
    NOT_KEPT = "not_kept"
    NOTHING = "nothing"
    """Nothing follows from an event of this kind."""
    UNREAD = "unread"
    """The customer could not be read, and trying again would not help."""


class ChangedField(StrEnum):
    """What reading again can find changed; the value is C2's name, with the kind of tags behind it."""

    REMARK = "remark"
    DESCRIPTION = "description"
    COMPANY = "remark_corp_name"
    MOBILES = "remark_mobiles"
    COMPANY_TAGS = "tags-1"
    RULE_TAGS = "tags-3"
    PERSONAL_TAGS = "tags-2"
    STATE = "state"
    NAME = "name"
    CORP_NAME = "corp_name"
    POSITION = "position"

    @property
    def is_list(self) -> bool:
        """Whether the values are a set of several, so that some come and some go."""
        return self in (
            ChangedField.MOBILES,
            ChangedField.COMPANY_TAGS,
            ChangedField.RULE_TAGS,
            ChangedField.PERSONAL_TAGS,
        )


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, empty for nothing. As WeCom gave it: neither safe text nor masked."""

    field: ChangedField
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EffectNote:
    """What the effects found.

    `first`: the relation was not known before, so that everything in it is new; `own_writes` are entries of the audit
    log; `others` the followers whom the customer has now besides the event's; `mapped` how many pending ids turned out
    to be this customer. `errcode` and `why` are those of what failed last, `why` in English for support.
    """

    read_at: float | None = None
    first: bool = False
    changes: tuple[FieldChange, ...] = ()
    own_writes: tuple[int, ...] = ()
    name: str = ""
    customer_type: int | None = None
    add_way: int | None = None
    state: str = ""
    others: tuple[str, ...] = ()
    mapped: int = 0
    errcode: int | None = None
    why: str = ""


NO_NOTE = EffectNote()


def written(note: EffectNote) -> str:
    """The note as it is stored: JSON of all that is not as in an empty one."""
    usual = asdict(NO_NOTE)
    document = {name: value for name, value in asdict(note).items() if value != usual[name]}
    return json.dumps(document, ensure_ascii=False) if document else ""


def note_of(row: EventRow) -> EffectNote:
    """The note of an event; an empty one as long as there is none, or for what no version of this program wrote."""
    try:
        document = json.loads(row.effect.note or "{}")
        return _note_from(document) if isinstance(document, dict) else NO_NOTE
    except (KeyError, TypeError, ValueError):
        return NO_NOTE


def _note_from(document: Mapping[str, Any]) -> EffectNote:
    known = {name: document[name] for name in asdict(NO_NOTE) if name in document}
    changes = [
        FieldChange(ChangedField(one["field"]), tuple(one["before"]), tuple(one["after"]))
        for one in known.get("changes", ())
    ]
    lists = {name: tuple(known.get(name, ())) for name in ("own_writes", "others")}
    return EffectNote(**{**known, **lists, "changes": tuple(changes)})
