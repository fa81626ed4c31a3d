"""Child rows of one object given to another of its kind, in what is public and in a draft that waits."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models, transaction
from modelcluster.fields import ParentalKey

from heritage.accounts.models import User
from heritage.catalog.moderation import parts

Rows = dict[str, list[int]]
"""By accessor of a relation, primary keys of its rows."""


def take_over(owner: Any, into: Any, names: Iterable[str], user: User | None) -> Rows:
    """Give `into` what it has not got of these rows of `owner`, by value; returns the new rows.

    What was never public goes into the draft of `into` only, and is published like any other change of it.
    """
    if not owner.live:
        _propose(owner, into, names, user)
        return {}
    added = {name: made for name in names if (made := copy(owner, into, name))}
    change(into, user, add=added)
    return added


def copy(owner: Any, into: Any, name: str, only: list[int] | None = None) -> list[int]:
    """Save rows of `owner` for `into` as well, those of `only` or all that it has not; returns the new rows."""
    child = parts.relations(type(owner))[name]
    parent, own = _parent(child), [field.name for field in child._meta.concrete_fields if field.related_model is child]
    there = [_value(row) for row in child._default_manager.filter(**{parent: into})]
    made: dict[int, Any] = {}
    for row in child._default_manager.filter(**{parent: owner}).order_by("pk"):
        old: Any = row.pk
        if _names(row, into) or (only is not None and old not in only) or (only is None and _value(row) in there):
            continue
        row.pk = None
        setattr(row, parent, into)
        for field in own:  # a correction follows the act that it corrects
            setattr(row, field, made.get(getattr(row, f"{field}_id")))
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            continue  # `into` has one that says something else of the same
        made[old] = row
    return [row.pk for row in made.values()]


def change(owner: Any, user: User | None, add: Rows | None = None, remove: Rows | None = None) -> None:
    """Add rows that are saved already, or take some out, in the public version and in a draft that waits."""
    owner = type(owner)._default_manager.get(pk=owner.pk)
    waits = owner.has_unpublished_changes
    draft, children = newest(owner), parts.relations(type(owner))
    for name, keys in (add or {}).items():
        getattr(draft, name).add(*children[name]._default_manager.filter(pk__in=keys))
    for name, keys in (remove or {}).items():
        manager = getattr(draft, name)
        manager.remove(*(row for row in manager.all() if row.pk in keys))
        children[name]._default_manager.filter(pk__in=keys, **{_parent(children[name]): owner}).delete()
    revision = draft.save_revision(user=user, clean=False)
    if owner.live and not waits:
        revision.publish(user=user, skip_permission_checks=True)


def newest(owner: Any) -> Any:
    """What would be published next: a draft that waits, else the row itself, which imports fill without revisions."""
    return owner.get_latest_revision_as_object() if owner.has_unpublished_changes or not owner.live else owner


def _propose(owner: Any, into: Any, names: Iterable[str], user: User | None) -> None:
    draft = newest(into)
    for name in names:
        there = [_value(row) for row in getattr(draft, name).all()]
        for row in getattr(owner, name).all():
            if _value(row) not in there and not _names(row, into):
                row.pk = None
                setattr(row, _parent(type(row)), into)
                getattr(draft, name).add(row)
    draft.save_revision(user=user, clean=False)


def _parent(child: type[models.Model]) -> str:
    return next(field.name for field in child._meta.concrete_fields if isinstance(field, ParentalKey))


def _names(row: models.Model, into: models.Model) -> bool:
    """Whether `row`, given to `into`, would point from it to itself."""
    fields = [field for field in row._meta.concrete_fields if field.related_model is type(into)]
    return any(getattr(row, field.attname) == into.pk for field in fields if not isinstance(field, ParentalKey))


def _value(row: Any) -> Any:
    """What a row says, whosever it is; which row of its own kind it refers to is no part of that."""
    plain = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    own = {field.name for field in row._meta.concrete_fields if field.related_model is type(row)}
    return {name: value for name, value in parts.row_value(type(row), plain).items() if name not in own}
