"""The catalogue's maintenance, one command: `python -m tests.catalogue`.

It collects every message of the code, brings `console.po` up to date (translations of messages that still
stand are kept, new ones are empty, vanished ones go), and compiles `console.mo`.
"""

from __future__ import annotations

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from console import __version__
from console.language import DOMAIN, LOCALE_FOLDER

PACKAGE = LOCALE_FOLDER.parent
PO_FILE = LOCALE_FOLDER / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.po"
MO_FILE = PO_FILE.with_suffix(".mo")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # a date that moved would be a change without a change


def extract() -> Catalog:
    """Every message of the code, as a template."""
    template = Catalog(
        project="wecom-console", version=__version__, creation_date=_FIXED, fuzzy=False, header_comment="#"
    )
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=())
    for file, line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        template.add(message, None, [(f"{PACKAGE.name}/{file}", line)], auto_comments=comments, context=context)
    return template


def read() -> Catalog:
    """The catalogue as it stands in `console.po`; empty while there is none."""
    if not PO_FILE.exists():
        return Catalog(locale="zh_CN", fuzzy=False)
    with PO_FILE.open("rb") as file:
        return read_po(file, locale="zh_CN", domain=DOMAIN, abort_invalid=True)


def compiled(catalogue: Catalog) -> bytes:
    """The `.mo` of `catalogue`."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def written(catalogue: Catalog) -> bytes:
    """The `.po` of `catalogue`, whichever Babel writes it, and the same when it is read and written again."""
    for message in catalogue:
        message.locations = [(file, 0) for file in sorted({file for file, _line in message.locations})]
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return re.sub(rb'"Generated-By: [^"]*"\n', b"", out.getvalue())


def main() -> int:
    """Update both files, and say what is left to translate."""
    catalogue = read()
    catalogue.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = _FIXED
    catalogue.header_comment = "# Chinese (China) translations for wecom-console."
    catalogue.project, catalogue.version = "wecom-console", __version__
    catalogue.last_translator, catalogue.language_team = "wecom-console", "zh_CN"
    _replace(PO_FILE, written(catalogue))
    _replace(MO_FILE, compiled(read()))
    empty = [message.id for message in catalogue if message.id and not any(_strings(message.string))]
    sys.stdout.write(f"{len(catalogue)} messages, {len(empty)} to translate\n")
    for identity in empty:
        sys.stdout.write(f"  {identity!r}\n")
    return 1 if empty else 0


def _strings(string: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


def _replace(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
