"""What a read found different from what was known before: one relation, field by field. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from console.operations.detail import Detail, RelationView
from console.operations.effects.outcome import ChangedField, FieldChange
from console.settings import AppType
from console.store.tags import TagName

if TYPE_CHECKING:
    from console.wecom.models import ExternalContact, FollowInfo, FollowUser

TagNames: TypeAlias = Callable[[str], TagName | None]
Values: TypeAlias = "Mapping[ChangedField, tuple[str, ...]]"
"""What is known of a relation; a field that is missing was not returned."""

_TEXTS = (ChangedField.REMARK, ChangedField.DESCRIPTION, ChangedField.COMPANY, ChangedField.STATE)
_CONTACT_TEXTS = (ChangedField.NAME, ChangedField.CORP_NAME, ChangedField.POSITION)
_TAGS = {1: ChangedField.COMPANY_TAGS, 2: ChangedField.PERSONAL_TAGS, 3: ChangedField.RULE_TAGS}


def values_of(detail: Detail | None, userid: str, app_type: AppType, tag_names: TagNames) -> Values | None:
    """What a detail says of one follower and the customer; None where it says nothing of the follower."""
    view = detail.relation_of(userid) if detail else None
    if detail is None or view is None or view.follow is None:
        return None
    return {**_contact_values(detail.contact), **_follow_values(view, view.follow, app_type, tag_names)}


def changes_between(before: Values, after: Values) -> tuple[FieldChange, ...]:
    """The fields that both have, and that differ; the order of what is in a list is no difference."""
    return tuple(
        FieldChange(field, before[field], after[field])
        for field in ChangedField
        if field in before and field in after and not _same(field, before[field], after[field])
    )


def all_new(after: Values) -> tuple[FieldChange, ...]:
    """Everything there is, as it looks beside nothing."""
    return tuple(FieldChange(field, (), after[field]) for field in ChangedField if after.get(field))


def _same(field: ChangedField, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    return sorted(before) == sorted(after) if field.is_list else before == after


def _contact_values(contact: ExternalContact) -> Values:
    given = contact.model_fields_set
    return {field: _text(getattr(contact, field.value)) for field in _CONTACT_TEXTS if field.value in given}


def _follow_values(
    view: RelationView, follow: FollowUser | FollowInfo, app_type: AppType, tag_names: TagNames
) -> Values:
    given = follow.model_fields_set
    found = {field: _text(getattr(follow, field.value)) for field in _TEXTS if field.value in given}
    # What an app of a provider is told of mobiles is no list to compare with.
    if app_type is AppType.SELF_BUILT and "remark_mobiles" in given:
        found[ChangedField.MOBILES] = tuple(filter(None, follow.remark_mobiles or ()))
    return {**found, **_tags(follow, tag_names)}


def _tags(follow: FollowUser | FollowInfo, tag_names: TagNames) -> Values:
    from console.wecom.models import FollowUser  # loaded by whoever made `follow`

    if isinstance(follow, FollowUser):
        if "tags" not in follow.model_fields_set:
            return {}
        tags = [(tag.type, tag.group_name, tag.tag_name or tag.tag_id) for tag in follow.tags or ()]
        return {field: _of_kind(kind, tags) for kind, field in _TAGS.items()}
    if "tag_id" not in follow.model_fields_set:
        return {}
    named = [tag_names(tag_id) for tag_id in follow.tag_id or ()]
    if None in named:  # of a tag without a name nobody knows the kind
        return {}
    tags = [(tag.kind, tag.group, tag.name) for tag in named if tag]
    return {field: _of_kind(kind, tags) for kind, field in _TAGS.items() if kind != 2}


def _of_kind(kind: int, tags: Iterable[tuple[int | None, str | None, str | None]]) -> tuple[str, ...]:
    return tuple(f"{group}: {name}" if group else name or "" for own, group, name in tags if own == kind)


def _text(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
