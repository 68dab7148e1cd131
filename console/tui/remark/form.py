"""The form of a remark: five fields and a reason, as they were read until somebody types."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from console.language import _, ngettext
from console.operations.remark.edits import Picture, PictureFile, PictureMedia, Typed
from console.operations.remark.mobiles import parse_mobiles
from console.operations.remark.plan import WECOM_CUSTOMER, Plan
from console.operations.remark.plan_words import field_words
from console.operations.remark.values import HIDDEN, TEXT_FIELDS, RemarkField, RemarkValues, SeenRemark
from console.text import cell_width, safe_lines, safe_text
from console.tui.remark.boxes import LineBox, MobilesBox, TextBox
from console.tui.remark.form_row import FormRow, counted
from console.tui.rows import Cell, Toned
from console.wecom.remark import LIMITS

REASON = "reason"
_PICTURE_NAMES = (".png", ".jpg", ".jpeg")


class RemarkForm(VerticalScroll, can_focus=False):
    """Holds what was typed; a field that still says what was read is not touched, and not sent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,enter", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, seen: SeenRemark, changed: Callable[[], object], *, reason: str) -> None:
        """`changed` is called when something was typed; `reason` is the one that is offered."""
        super().__init__(id="edit-form")
        self._changed = changed
        self._before = seen.values
        self.lacks_company = seen.customer_type == WECOM_CUSTOMER
        self._offered_reason = safe_text(reason)
        self._unlocked = False
        self._picture_mistake = ""
        self._company = LineBox(id="edit-company")
        self._texts: dict[RemarkField, LineBox | TextBox] = {
            RemarkField.REMARK: LineBox(id="edit-remark"),
            RemarkField.DESCRIPTION: TextBox(id="edit-description"),
            RemarkField.COMPANY: self._company,
        }
        self._mobiles = MobilesBox(id="edit-mobiles")
        self._picture = LineBox(id="edit-picture", placeholder=_("(unchanged)"))
        self._reason = LineBox(id="edit-reason", value=self._offered_reason)
        self.rows = self._make_rows()

    def _make_rows(self) -> dict[str, FormRow]:
        labels = {field.value: field_words(field) for field in RemarkField} | {REASON: _("reason")}
        fields: dict[str, LineBox | TextBox] = {field.value: box for field, box in self._texts.items()}
        fields[RemarkField.MOBILES.value] = self._mobiles
        fields[RemarkField.PICTURE.value] = self._picture
        fields[REASON] = self._reason
        width = max(map(cell_width, labels.values())) + 2
        return {name: FormRow(f" {labels[name]}", field, width, self._changed) for name, field in fields.items()}

    def compose(self) -> ComposeResult:
        """One row below the other."""
        yield from self.rows.values()

    def on_mount(self) -> None:
        """Say what does not change with what is typed."""
        if self.lacks_company:
            self._company.placeholder = _("(WeCom customers have none)")
            self._company.disabled = True
        self.rows[REASON].note.show(Toned(_("for the record"), "muted"))
        self._show_before()

    # What stands in the form

    @property
    def typed(self) -> Typed:
        """What was typed: only the fields that say something else than what was read."""
        picture = self._picture.value.strip()
        return Typed(
            texts={field: self._text(field) for field in TEXT_FIELDS if self._is_touched(field)},
            mobiles=self._as_read(self._mobiles.text) if self._is_touched(RemarkField.MOBILES) else None,
            overwrite_unseen=self._unlocked,
            picture=_picture_named(picture) if picture else None,
            reason=self._reason.value,
        )

    @property
    def touched(self) -> frozenset[RemarkField]:
        """The fields that were worked on."""
        return frozenset(field for field in RemarkField if self._is_touched(field))

    @property
    def has_unsaved(self) -> bool:
        """Whether something would be lost with this form."""
        return bool(self.touched) or self._reason.value.strip() not in ("", self._offered_reason.strip())

    def fill(self, typed: Typed) -> None:
        """Put what was typed into the form; fields that it does not name say what was read."""
        self._unlocked = typed.overwrite_unseen
        self._show_before()
        for field, text in typed.texts.items():
            self._put(self._texts[field], text)
        if typed.mobiles is not None:
            self._mobiles.show(typed.mobiles)
        self._picture.value = _picture_text(typed.picture)
        self._reason.value = typed.reason or self._reason.value

    def stand_on(self, seen: SeenRemark) -> None:
        """Show another reading, where nothing was typed on top of the one before."""
        touched = self.touched
        self._before = seen.values
        for field in TEXT_FIELDS:
            if field not in touched:
                self._put(self._texts[field], seen.values.text(field))
        if RemarkField.MOBILES not in touched:
            self._show_mobiles()

    def take_keys(self, field: RemarkField) -> None:
        """Put the keys into a field, or into the first where that one is locked."""
        widget = self.rows[field.value].field
        self.screen.set_focus(self._texts[RemarkField.REMARK] if widget.disabled else widget)

    # The list of mobiles

    @property
    def is_locked(self) -> bool:
        """Whether there may be numbers that nobody here can see, and nobody has said to write over them."""
        return self._before.mobiles is HIDDEN and not self._unlocked

    @property
    def is_unlocked(self) -> bool:
        """Whether the list that nobody can see is to be written over."""
        return self._before.mobiles is HIDDEN and self._unlocked

    def unlock(self, unlocked: bool) -> None:
        """Let a new list be typed over the unseen one, or no more."""
        self._unlocked = unlocked
        self._mobiles.show("")
        self._mobiles.disabled = not unlocked
        self.take_keys(RemarkField.MOBILES)

    def clear_mobiles(self) -> None:
        """Take all numbers out of the list."""
        self._mobiles.show("")
        self.take_keys(RemarkField.MOBILES)

    # What is said beside the fields

    def show_picture_mistake(self, words: str) -> None:
        """Say why a file can't be the picture; "" when that is over."""
        self._picture_mistake = words

    def show_plan(self, plan: Plan) -> None:
        """Say beside each field how long it is, whether it is changed, and what is wrong."""
        changed = set(plan.fields)
        for field in TEXT_FIELDS:
            if field is RemarkField.COMPANY and self.lacks_company:
                continue
            length, limit = len(self._text(field)), LIMITS[field.value]
            over = _("over by {n}").format(n=length - limit)
            mark = _("* changed") if field in changed else ""
            self.rows[field.value].note.show(*counted(length, limit, changed=mark, over=over))
        self.rows[RemarkField.MOBILES.value].note.show(*self._mobile_notes(RemarkField.MOBILES in changed))
        self.rows[RemarkField.PICTURE.value].note.show(self._picture_note(RemarkField.PICTURE in changed))

    def _mobile_notes(self, changed: bool) -> Sequence[Cell]:
        if self.is_locked:
            return (
                Toned(_("what is there can't be seen by this app,"), "muted"),
                Toned(_("and writing replaces all of it"), "muted"),
                _("F7 replace the whole list"),
            )
        n = len(parse_mobiles(self._mobiles.text))
        count = ngettext("{n} number", "{n} numbers", n).format(n=n)
        how = _("F7 leave the list as it is") if self.is_unlocked else _("F7 clear all")
        return (
            Toned(f"{_('* changed')}  {count}", "changed") if changed else Toned(count, "muted"),
            Toned(_("one a line; pasted lists are split"), "muted"),
            how,
        )

    def _picture_note(self, changed: bool) -> Cell:
        if self._picture_mistake:
            return Toned(self._picture_mistake, "error")
        if changed:
            return Toned(_("* changed"), "changed")
        return Toned(_("ID, PNG or JPEG"), "muted")

    # Fields and what was read

    def _show_before(self) -> None:
        for field, box in self._texts.items():
            self._put(box, self._before.text(field))
        self._show_mobiles()
        self._picture.value = ""

    def _show_mobiles(self) -> None:
        self._mobiles.show("" if self._before.mobiles is HIDDEN else "\n".join(_shown_numbers(self._before)))
        self._mobiles.disabled = self.is_locked

    def _put(self, box: LineBox | TextBox, text: str) -> None:
        if isinstance(box, TextBox):
            box.show(text)
        else:
            box.value = safe_text(text)
            box.cursor_position = len(box.value)

    def _text(self, field: RemarkField) -> str:
        box = self._texts[field]
        return box.text if isinstance(box, TextBox) else box.value

    def _is_touched(self, field: RemarkField) -> bool:
        if field is RemarkField.PICTURE:
            return bool(self._picture.value.strip())
        if field is RemarkField.MOBILES:
            if self._before.mobiles is HIDDEN:
                return self._unlocked
            return self._mobiles.text != "\n".join(_shown_numbers(self._before))
        return self._text(field) != _shown_text(self._before, field)

    def _as_read(self, text: str) -> str:
        """The list with numbers that look different on the screen as WeCom has them."""
        read = dict(zip(_shown_numbers(self._before), self._before.numbers, strict=True))
        return "\n".join(read.get(line, line) for line in text.split("\n"))

    def on_input_submitted(self, event: Message) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.screen.focus_next()


def _shown_text(values: RemarkValues, field: RemarkField) -> str:
    """A text as its field shows it, which may not be exactly as it is."""
    text = values.text(field)
    return "\n".join(safe_lines(text)) if field is RemarkField.DESCRIPTION else safe_text(text)


def _shown_numbers(values: RemarkValues) -> list[str]:
    return [safe_text(number) for number in values.numbers]


def _picture_named(text: str) -> Picture:
    """A file where there is one of that name, or where it reads as one; else a media id."""
    path = Path(os.path.expanduser(text))
    reads_as_file = path.suffix.lower() in _PICTURE_NAMES or path.is_absolute() or text.startswith((".", "~"))
    return PictureFile(path) if reads_as_file or os.path.isfile(path) else PictureMedia(text)


def _picture_text(picture: Picture | None) -> str:
    match picture:
        case PictureFile(path):
            return str(path)
        case PictureMedia(media_id):
            return media_id
    return ""
