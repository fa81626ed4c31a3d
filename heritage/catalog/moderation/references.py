"""What points to a record or a place, from every app, moved to another and back; drafts that wait move too."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, models, transaction
from modelcluster.fields import ParentalKey
from wagtail.models import Revision, RevisionMixin

from heritage.catalog.models import ImportedLine, LikelyPair, RankPeriod, Record, StatePeriod, TraitPeriod
from heritage.core import outbox

M = TypeVar("M", bound=models.Model)
DERIVED = (ImportedLine, LikelyPair, RankPeriod, StatePeriod, TraitPeriod)
"""What is worked out of a record or was done to it stays its own: a pair that moved would pair one with itself."""
Moved = dict[str, list[int]]
"""By `app.Model.field`, primary keys of the rows that were moved."""


def pointing(model: type[models.Model] = Record) -> Iterator[models.ForeignKey]:
    """The foreign keys by which other things use a record: not its own child rows, nor what is derived from them."""
    for relation in model._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        if not relation.auto_created or relation.concrete or not isinstance(field, models.ForeignKey):
            continue
        made_for: Any = field.model._meta.auto_created
        own = isinstance(field, ParentalKey) or made_for is model or field.model in DERIVED
        if not own and not isinstance(field, models.OneToOneField):
            yield field


def move(record: M, into: M) -> Moved:
    """Let all that points to `record` point to `into`; a row that `into` has already stays where it is."""
    moved: Moved = {}
    for field in pointing(type(record)):
        keys = list(field.model._base_manager.filter(**{field.name: record}).values_list("pk", flat=True))
        if done := _moved(field, keys, into):
            moved[_name(field)] = done
            _follow(field, done, record.pk, into.pk)
    return moved


def move_back(moved: Moved, record: M, into: M) -> None:
    """Undo `move` for the rows that still point to `into`."""
    for name, keys in moved.items():
        field = _field(name)
        there = field.model._base_manager.filter(pk__in=keys, **{field.name: into}).values_list("pk", flat=True)
        done = _moved(field, list(there), record)
        _follow(field, done, into.pk, record.pk)


def move_rows(name: str, keys: Iterable[int], record: M, into: M) -> list[int]:
    """Move the chosen rows of one relation (`catalog.Dossier.record`) from `record` to `into`; returns those moved."""
    field = _field(name)
    own = field.model._base_manager.filter(pk__in=list(keys), **{field.name: record}).values_list("pk", flat=True)
    if done := _moved(field, list(own), into):
        _follow(field, done, record.pk, into.pk, only=frozenset(done))
    return done


def _moved(field: models.ForeignKey, keys: list[int], into: models.Model) -> list[int]:
    done = []
    for pk in keys:
        if field.model is type(into) and pk == into.pk:
            continue  # nothing is part of itself
        try:
            with transaction.atomic():
                field.model._base_manager.filter(pk=pk).update(**{field.name: into})
        except IntegrityError:
            continue
        done.append(pk)
    return done


def _follow(field: models.ForeignKey, keys: list[int], old: int, new: int, only: frozenset[int] | None = None) -> None:
    """Tell those who keep something derived, and write the same into drafts that wait, there in `only` these rows."""
    owner, path = _owner(field)
    pks = keys
    if owner is not field.model:
        key = next(each for each in field.model._meta.concrete_fields if each.related_model is owner and each != field)
        pks = list(field.model._base_manager.filter(pk__in=keys).values_list(key.attname, flat=True))
    outbox.changed_ids(owner._meta.label_lower, sorted(set(pks)))
    if not issubclass(owner, RevisionMixin):
        return
    newest = owner._base_manager.filter(pk__in=pks).exclude(latest_revision=None).values("latest_revision")
    for revision in Revision.objects.filter(pk__in=newest):
        if _rewrite(revision.content, path, old, new, only):
            revision.save(update_fields=["content"])


def _owner(field: models.ForeignKey) -> tuple[Any, list[str]]:
    """Whose draft holds the reference, and under which names: itself, its parent, or the other side of many-to-many."""
    model: Any = field.model
    if model._meta.auto_created:
        owner: Any = model._meta.auto_created
        many = next(each for each in owner._meta.many_to_many if each.remote_field.through is model)
        return owner, [many.name]
    for each in model._meta.concrete_fields:
        if isinstance(each, ParentalKey):
            return each.related_model, [each.remote_field.get_accessor_name(), field.name]
    return model, [field.name]


def _rewrite(content: dict[str, Any], path: list[str], old: int, new: int, only: frozenset[int] | None = None) -> bool:
    name, *further = path
    value = content.get(name)
    if further:
        rows = [row for row in value or () if only is None or row.get("pk") in only]
        changed = [_rewrite(row, further, old, new) for row in rows]  # every row, not as far as the first
        return any(changed)
    if isinstance(value, list):
        content[name] = list(dict.fromkeys(new if each == old else each for each in value))
    elif value == old:
        content[name] = new
    return content.get(name) != value


def _name(field: models.ForeignKey) -> str:
    return f"{field.model._meta.label}.{field.name}"


def _field(name: str) -> Any:
    label, _dot, field = name.rpartition(".")
    return apps.get_model(label)._meta.get_field(field)
