"""WeCom's flat XML: read without a tree, and nothing in it that could do harm; and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from console.wecom.callback.rejection import Reason, Rejected

DEEPEST: Final = 16
MOST_ELEMENTS: Final = 10_000
_NOT_IN_XML: Final = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def read_xml(document: bytes) -> dict[str, str]:
    """The text of each element right below the root, by name; of several with one name the first.

    What is nested deeper is left out. Raises `Rejected`: malformed, or forbidden for a DTD (and with it every
    entity of its own), more than 16 levels or more than 10,000 elements.
    """
    fields: dict[str, str] = {}
    name = ""
    depth = elements = 0

    def start(element: str, _attributes: Mapping[str, str]) -> None:
        nonlocal name, depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            raise Rejected(Reason.FORBIDDEN, "too deep" if depth > DEEPEST else "too many elements")
        if depth == 2:
            # A second one of this name is read too, to nowhere.
            name = element if element not in fields else ""
            fields[name] = ""

    def end(_element: str) -> None:
        nonlocal depth
        depth -= 1

    def text(part: str) -> None:
        if depth == 2:
            fields[name] += part

    # The encoding is given here, so that a document can't choose one of Python's codecs.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        raise Rejected(Reason.MALFORMED, str(error)) from None
    fields.pop("", None)
    return fields


def write_xml(fields: Mapping[str, str | int]) -> str:
    """Fields as WeCom writes them: texts in CDATA, numbers bare; a character XML can't hold becomes U+FFFD."""
    elements = [
        f"<{name}>{value if isinstance(value, int) else cdata(value)}</{name}>" for name, value in fields.items()
    ]
    return f"<xml>{''.join(elements)}</xml>"


def cdata(text: str) -> str:
    """The text as CDATA, whatever is in it."""
    safe = re.sub(_NOT_IN_XML, "\ufffd", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{safe}]]>"


def _refuse_doctype(*_declared: object) -> None:
    raise Rejected(Reason.FORBIDDEN, "DOCTYPE")
