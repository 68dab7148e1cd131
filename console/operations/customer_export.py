"""Customers as a file: a row for each relation that is listed, in words for people or in WeCom's own shape."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Final

from console.language import _
from console.operations.detail import masked_document
from console.operations.export_file import Form, exporting
from console.operations.wording import add_way_words, moment_words
from console.store import Records
from console.store.relations import RelationDocument, RelationRow, RelationState
from console.text import mask_id, mask_text

_AT_ONCE: Final = 500

Known = tuple[RelationRow, RelationDocument]


def relation_document(row: RelationRow, document: RelationDocument | None) -> dict[str, object]:
    """A relation in the shape of C3: `external_contact` and the follower's `follow_info`."""
    contact = (document.contact if document else None) or {}
    follow = (document.follow_info or document.follow_user if document else None) or {}
    return {
        "external_contact": {"external_userid": row.external_userid} | contact,
        "follow_info": {"userid": row.userid} | follow,
    }


def exporting_customers(
    records: Records,
    name_of: Callable[[str], str],
    ids: Sequence[int],
    file: Path,
    form: Form,
    *,
    zone: tzinfo | None = None,
    masked: bool = False,
    replace: bool = False,
) -> Generator[int, None, None]:
    """Write these relations into a new file, as `exporting` does.

    `masked`: phone numbers and unionids have their middle hidden. A table's times are in `zone` (None: the machine's).
    """
    table = _Table(records, name_of, zone, masked)
    documents = masked_document if masked else _as_it_is
    return exporting(
        file,
        form,
        headings(),
        _chunks(records, ids),
        table.cells,
        lambda known: documents(relation_document(*known)),
        replace=replace,
    )


def headings() -> list[str]:
    """What stands above the columns."""
    return [
        _("follower"),
        _("account"),
        _("remark"),
        _("name"),
        _("remark company"),
        _("corp"),
        _("mobiles"),
        _("description"),
        _("tags"),
        _("source"),
        _("added at"),
        _("state"),
        _("customer ID"),
        "unionid",
    ]


@dataclass(frozen=True)
class _Table:
    """Rows in words."""

    records: Records
    name_of: Callable[[str], str]
    zone: tzinfo | None
    masked: bool

    def cells(self, known: Known) -> list[str]:
        row, document = known
        unionid = (document.contact or {}).get("unionid")
        cells = [
            self.name_of(row.userid),
            row.userid,
            row.remark or "",
            row.name or "",
            row.company or "",
            row.corp_name or "",
            ", ".join(row.mobiles),
            row.description or "",
            ", ".join(self._tags(document)),
            add_way_words(row.add_way),
            "" if row.createtime is None else moment_words(row.createtime, self.zone),
            _("gone") if row.state is RelationState.GONE else _("active"),
            row.external_userid,
            unionid if isinstance(unionid, str) else "",
        ]
        return [*map(mask_text, cells[:-2]), cells[-2], mask_id(cells[-1])] if self.masked else cells

    def _tags(self, document: RelationDocument) -> Iterator[str]:
        follow = document.follow_user or {}
        tags = follow.get("tags")
        if isinstance(tags, list):
            yield from (str(tag["tag_name"]) for tag in tags if isinstance(tag, dict) and tag.get("tag_name"))
            return
        ids = (document.follow_info or {}).get("tag_id")
        for tag in ids if isinstance(ids, list) else ():
            yield self._tag_name(str(tag))

    @lru_cache(maxsize=4096)  # noqa: B019 - it lives as long as one export
    def _tag_name(self, tag_id: str) -> str:
        found = self.records.tags.name_of(tag_id)
        return found.name if found else tag_id


def _chunks(records: Records, ids: Sequence[int]) -> Iterator[list[Known]]:
    relations = records.relations
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        documents = relations.documents(part)
        yield [(row, documents.get(row.id) or RelationDocument()) for row in relations.window(part)]


def _as_it_is(document: object) -> object:
    return document
