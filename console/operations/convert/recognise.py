"""A pending id where a customer id belongs: told while it is still being typed, with whose it is."""

from __future__ import annotations

from console.language import _, labelled
from console.operations.convert.words import customer_words, id_words
from console.operations.explain import explain
from console.store import Records
from console.wecom.ids import IdKind, NotAnExternalUserid

SHORTEST = 6
"""Characters of a pending id that are enough to tell that it is meant."""


def pending_id_lines(records: Records, text: str, *, masked: bool) -> tuple[str, ...]:
    """Why what is typed finds nobody, when it is the beginning of a pending id that is known here; else nothing."""
    typed = text.strip()
    mapping = records.mappings.of_beginning(typed) if len(typed) >= SHORTEST and " " not in typed else None
    if mapping is None or mapping.pending_id is None:
        return ()
    why = explain(NotAnExternalUserid(mapping.pending_id, IdKind.PENDING))
    unionid, pending_id = (id_words(one, masked=masked) for one in (mapping.unionid, mapping.pending_id))
    whose = _("It stands for the unionid {unionid}, which is no customer yet.").format(unionid=unionid)
    if mapping.external_userid is not None:
        name = customer_words(mapping, masked=masked)
        whose = _("It stood for the unionid {unionid}, which is the customer {name} now.").format(
            unionid=unionid, name=name
        )
    return (labelled(pending_id, why.what), why.why, whose)
