"""The difference that a plan makes, field by field, as the diff beside the form shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.operations.remark.edits import Picture, PictureFile
from console.operations.remark.mobiles import MobileChanges
from console.operations.remark.values import RemarkField


class Mark(StrEnum):
    """What happens to a line; the value stands before it."""

    KEPT = " "
    ADDED = "+"
    REMOVED = "-"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a diff; `text` as it is, neither safe nor masked yet."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that is replaced; `after` is "" where it is emptied."""

    field: RemarkField
    before: str
    after: str

    @property
    def lines(self) -> tuple[DiffLine, ...]:
        """The text before and the one after; an empty one has no line before."""
        before = (DiffLine(Mark.REMOVED, self.before),) if self.before else ()
        return (*before, DiffLine(Mark.ADDED, self.after))


@dataclass(frozen=True, slots=True)
class MobilesChange:
    """A list of mobiles that changes: first what was there, kept or removed, in its order, then what is added."""

    lines: tuple[DiffLine, ...]
    after: tuple[str, ...]
    field: RemarkField = RemarkField.MOBILES

    @classmethod
    def of(cls, before: tuple[str, ...], changes: MobileChanges) -> MobilesChange:
        """The difference that changes make to a list."""
        gone = set(changes.places_removed(before))
        there = (DiffLine(Mark.REMOVED if place in gone else Mark.KEPT, n) for place, n in enumerate(before))
        added = (DiffLine(Mark.ADDED, number) for number in changes.added)
        return cls((*there, *added), changes.applied_to(before))

    def marked(self, mark: Mark) -> tuple[str, ...]:
        """The numbers of one kind."""
        return tuple(line.text for line in self.lines if line.mark is mark)

    @property
    def count_before(self) -> int:
        """How many numbers there were."""
        return sum(1 for line in self.lines if line.mark is not Mark.ADDED)

    @property
    def clears(self) -> bool:
        """Whether nothing is left."""
        return not self.after


@dataclass(frozen=True, slots=True)
class UnseenChange:
    """A list written over one that can't be seen; without numbers that one is cleared."""

    numbers: tuple[str, ...]
    field: RemarkField = RemarkField.MOBILES

    @property
    def lines(self) -> tuple[DiffLine, ...]:
        """The numbers that are written."""
        return tuple(DiffLine(Mark.ADDED, number) for number in self.numbers)


@dataclass(frozen=True, slots=True)
class PictureChange:
    """A picture that takes the place of one that can't be seen, if there is any."""

    picture: Picture
    field: RemarkField = RemarkField.PICTURE

    @property
    def lines(self) -> tuple[DiffLine, ...]:
        """The new picture's name or media id."""
        return (DiffLine(Mark.ADDED, picture_name(self.picture)),)


Change = TextChange | MobilesChange | UnseenChange | PictureChange


def picture_name(picture: Picture) -> str:
    """A file's name, or a media id."""
    return picture.path.name if isinstance(picture, PictureFile) else picture.media_id
