"""The chosen customer's relation in five lines, without a key: most look-ups end here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from console.language import _, listed, ngettext
from console.operations.wording import moment_words
from console.session import Session
from console.store.relations import RelationRow, RelationState
from console.text import cell_width, crop, fit, mask_text, safe_text
from console.tui.customers.cells import follower_words

if TYPE_CHECKING:
    from console.operations.detail import Detail
    from console.operations.fields import Field


class Preview(Widget):
    """What the store knows about the chosen relation; until C2 came, what C3 said."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="preview")
        self.session = session
        self.masked = False
        self._relation: RelationRow | None = None
        self._detail: Detail | None = None

    def show(self, relation: RelationRow | None, detail: Detail | None) -> None:
        """Show a relation, or nothing."""
        self._relation, self._detail = relation, detail
        self.refresh()

    @property
    def words(self) -> str:
        """What it shows, as text."""
        return "\n".join(self._lines(self.size.width or 80))

    def render(self) -> Content:
        """A rule that names the relation, then its fields in the order people ask for them."""
        return Content("\n".join(self._lines(self.size.width)))

    def _lines(self, width: int) -> list[str]:
        relation = self._relation
        if relation is None:
            return ["-" * width]
        who = self._who(relation.userid)
        remark = safe_text(relation.remark or relation.name or relation.external_userid)
        remark = mask_text(remark) if self.masked else remark
        rule = "-- " + crop(_("{remark} - what {who} wrote").format(remark=remark, who=who), width - 4) + " "
        lines = [rule + "-" * max(0, width - cell_width(rule))]
        view = self._detail.relation_of(relation.userid) if self._detail else None
        if view is None or view.follow is None:
            return [*lines, " " + _("Nothing else is known yet. Enter reads the detail.")]
        from console.operations.fields import relation_fields  # here: the first paint has no fields

        fields = relation_fields(
            view,
            self.session.profile.app_type,
            customer_type=self._detail.contact.type if self._detail else None,
            person=self._who,
            time=lambda at: moment_words(at, self.session.zone),
            tag_name=self._tag_name,
        )
        by_id = {field.id: field for field in fields}
        tags = [field for field in fields if field.id.startswith("tags")]
        rows = (
            [by_id.get("description")],
            [by_id.get("remark_mobiles"), by_id.get("add_way"), by_id.get("state")],
            [*tags, by_id.get("remark_corp_name")],
        )
        lines += [fit(" " + "  ".join(self._words(field) for field in row if field), width) for row in rows]
        lines.append(fit(" " + self._others(), width))
        return lines

    def _words(self, field: Field) -> str:
        if not field.has_value and field.id == "state":
            return ""
        return f"{field.label} {'  '.join(field.shown(masked=self.masked))}"

    def _others(self) -> str:
        detail, relation = self._detail, self._relation
        if detail is None or relation is None:
            return ""
        if relation.state is RelationState.GONE:
            return _("This relation is gone; the fields are as last known.")
        if not detail.pages:
            return _("From the list; Enter reads the detail.")
        others = [view for view in detail.relations if view.userid.casefold() != relation.userid.casefold()]
        if not others:
            return _("Nobody else follows this customer.")
        names = [self._who(view.userid) for view in others[:3]]
        words = ngettext("{n} other follows too: {names}", "{n} others follow too: {names}", len(others))
        return words.format(n=len(others), names=listed(names) + (" .." if len(others) > 3 else ""))

    def _who(self, userid: str) -> str:
        return follower_words(self.session, userid, masked=self.masked)

    def _tag_name(self, tag_id: str) -> tuple[int, str] | None:
        tag = self.session.records.tags.name_of(tag_id)
        return (tag.kind, tag.name) if tag else None
