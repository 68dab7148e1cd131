"""What an agent wants changed: taken from a form or from options, as changes and never as a whole remark."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from console.operations.remark.mobiles import (
    MobileChanges,
    has_letters,
    is_odd,
    mobile_changes,
    mobile_key,
    parse_mobiles,
)
from console.operations.remark.notes import Note, NoteKind
from console.operations.remark.values import HIDDEN, TEXT_FIELDS, RemarkField, RemarkValues

Texts = Mapping[RemarkField, str]
NO_CHANGES: Final = MobileChanges()


@dataclass(frozen=True, slots=True)
class UnseenMobiles:
    """A whole list, to be written over one that nobody here can see; no numbers: that one is cleared."""

    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureMedia:
    """A picture that is at WeCom already, by its media id (good for three days)."""

    media_id: str


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture on this machine, uploaded just before the remark is written."""

    path: Path


Picture = PictureMedia | PictureFile


@dataclass(frozen=True, slots=True)
class Edits:
    """The changes alone. A text that is left as it is, is not in `texts`; one to be emptied is "" there.

    `notes` say what was noticed about the numbers as they were typed.
    """

    texts: Texts = field(default_factory=dict)
    mobiles: MobileChanges | UnseenMobiles = NO_CHANGES
    picture: Picture | None = None
    reason: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form. A text whose field the agent has not touched is better not in `texts`: a form may be
    unable to show exactly what was there.

    `mobiles` is the whole list as typed, lines or commas between, None while untouched; `overwrite_unseen` says that
    the agent wants it written over a list that can't be seen.
    """

    texts: Texts = field(default_factory=dict)
    mobiles: str | None = None
    overwrite_unseen: bool = False
    picture: Picture | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What a command line asks for; numbers to add and to remove, `clear` for all that are there now."""

    texts: Texts = field(default_factory=dict)
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    clear: bool = False
    picture: Picture | None = None
    reason: str = ""


def edits_from_form(before: RemarkValues, typed: Typed) -> Edits:
    """The changes in a form that was opened on `before`: what was typed back to what it was is none.

    A list of mobiles becomes additions and removals against `before`; a number in another spelling is the same
    number, which is noted. Doubles are kept as typed, and noted.
    """
    edits = Edits(_changed(before, typed.texts), picture=typed.picture, reason=typed.reason.strip())
    if typed.mobiles is None:
        return edits
    wanted = parse_mobiles(typed.mobiles)
    if typed.overwrite_unseen:
        return replace(edits, mobiles=UnseenMobiles(wanted), notes=(*_doubles(wanted), *_oddities(wanted)))
    if before.mobiles is HIDDEN:
        return replace(edits, mobiles=MobileChanges(wanted), notes=_oddities(wanted))
    changes = mobile_changes(before.numbers, wanted)
    notes = (*_spelled_otherwise(before.numbers, wanted), *_doubles(wanted), *_oddities(changes.added))
    return replace(edits, mobiles=changes, notes=notes)


def edits_from_options(before: RemarkValues, options: Options) -> Edits:
    """The changes that a command line asks for. Adding what is there and removing what is not are no changes.

    Where the list is hidden, `clear` overwrites it with the numbers to add.
    """
    edits = Edits(_changed(before, options.texts), picture=options.picture, reason=options.reason.strip())
    add = tuple(number for text in options.add for number in parse_mobiles(text))
    remove = tuple(number for text in options.remove for number in parse_mobiles(text))
    if before.mobiles is HIDDEN:
        mobiles = UnseenMobiles(add) if options.clear else MobileChanges(add, remove)
        return replace(edits, mobiles=mobiles, notes=_oddities(add))
    there, leaving = _keys(before.numbers), _keys(remove)
    kept = [] if options.clear else [number for number in before.numbers if mobile_key(number) not in leaving]
    staying = _keys(kept)
    coming = [number for number in add if mobile_key(number) not in staying]
    notes = (
        *(Note(NoteKind.NOT_THERE, number) for number in remove if mobile_key(number) not in there),
        *(Note(NoteKind.ALREADY_THERE, number) for number in add if mobile_key(number) in staying),
        *_doubles(coming),
        *_oddities(coming),
    )
    return replace(edits, mobiles=mobile_changes(before.numbers, [*kept, *coming]), notes=notes)


def taken_over(typed: Typed, source: RemarkValues, before: RemarkValues, fields: Collection[RemarkField]) -> Typed:
    """A form with some fields filled from another follower's remark.

    A text takes the place of what was there when the source has one; mobiles are added to the list, never taken
    away. What the source does not have changes nothing.
    """
    texts = {name: source.texts[name] for name in TEXT_FIELDS if name in fields and source.text(name)}
    filled = replace(typed, texts={**typed.texts, **texts})
    if RemarkField.MOBILES not in fields or before.mobiles is HIDDEN:
        return filled
    listed = "\n".join(before.numbers) if typed.mobiles is None else typed.mobiles.rstrip()
    known = _keys(parse_mobiles(listed))
    new = [number for number in source.numbers if mobile_key(number) not in known]
    return replace(filled, mobiles="\n".join(filter(None, (listed, *new)))) if new else filled


def _changed(before: RemarkValues, texts: Texts) -> Texts:
    return {name: texts[name] for name in TEXT_FIELDS if name in texts and texts[name] != before.text(name)}


def _keys(numbers: Sequence[str]) -> set[str]:
    return {mobile_key(number) for number in numbers}


def _spelled_otherwise(before: Sequence[str], wanted: Sequence[str]) -> list[Note]:
    spellings: dict[str, list[str]] = {}
    for number in before:
        spellings.setdefault(mobile_key(number), []).append(number)
    return [
        Note(NoteKind.FORMAT_ONLY, number, there=there[0])
        for number in wanted
        if (there := spellings.get(mobile_key(number))) and number not in there
    ]


def _doubles(numbers: Sequence[str]) -> list[Note]:
    seen: set[str] = set()
    notes: list[Note] = []
    for number in numbers:
        key = mobile_key(number)
        if key in seen:
            notes.append(Note(NoteKind.DOUBLE, number))
        seen.add(key)
    return notes


def _oddities(numbers: Sequence[str]) -> tuple[Note, ...]:
    return tuple(
        Note(NoteKind.LETTERS if has_letters(number) else NoteKind.ODD_NUMBER, number)
        for number in numbers
        if has_letters(number) or is_odd(number)
    )
