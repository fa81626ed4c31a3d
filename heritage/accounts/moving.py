"""When units pass on whole, what belongs to them goes with them: objects, their drafts; roles follow by `coverage`."""

from typing import Any

from django.db import models
from wagtail.models import Revision

from heritage.accounts.registration import guarded_models
from heritage.core import outbox

BATCH = 500


def follow(moved: dict[int, int]) -> dict[str, int]:
    """Put every guarded object of a former unit (keys of `moved`) into its successor; call it inside a transaction.

    Returns how many objects of each model (lower-case label) moved.
    """
    counts: dict[str, int] = {}
    for model in guarded_models():
        touched: set[int] = set()
        for name in _own_fields(model):
            if model._meta.get_field(name).many_to_many:
                touched |= _move_shared(model, name, moved)
            else:
                touched |= _move(model, name, moved)
        if touched:
            counts[model._meta.label_lower] = len(touched)
            outbox.changed_ids(model._meta.label_lower, sorted(touched))
    return counts


def place(instance: models.Model, unit: int | None, field: str = "unit") -> None:
    """Put one object into another unit, public version and waiting draft alike; the caller has asked for the right."""
    model = type(instance)
    model._base_manager.filter(pk=instance.pk).update(**{field: unit})
    _move_drafts(model, field, [instance.pk], lambda _old: unit)
    outbox.changed(instance)


def _own_fields(model: Any) -> list[str]:
    return [name for name in model.unit_fields if "__" not in name]


def _move(model: Any, name: str, moved: dict[int, int]) -> set[int]:
    touched: set[int] = set()
    for old, new in moved.items():
        rows = model._base_manager.filter(**{name: old})
        touched |= set(rows.values_list("pk", flat=True))
        rows.update(**{name: new})
    drafts = _drafts(model)
    if drafts is not None:
        held = drafts.filter(**{f"content__{name}__in": list(moved)}).values_list("object_id", flat=True)
        keys = [int(key) for key in held]
        _move_drafts(model, name, keys, lambda old: moved.get(old, old))
    return touched


def _move_shared(model: Any, name: str, moved: dict[int, int]) -> set[int]:
    field = model._meta.get_field(name)
    through, own, unit = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    touched = set(through.objects.filter(**{f"{unit}__in": moved}).values_list(own, flat=True))
    for old, new in moved.items():
        rows = through.objects.filter(**{unit: old})
        there = through.objects.filter(**{unit: new}).values(own)
        rows.filter(**{f"{own}__in": list(there.values_list(own, flat=True))}).delete()
        rows.update(**{unit: new})
    _move_drafts(model, name, sorted(touched), lambda olds: list(dict.fromkeys(moved.get(o, o) for o in olds or [])))
    return touched


def _drafts(model: Any) -> Any:
    """The newest revisions of a model's objects: what would be published next."""
    if not any(field.name == "latest_revision" for field in model._meta.get_fields()):
        return None
    newest = model._base_manager.exclude(latest_revision=None).values("latest_revision")
    return Revision.objects.filter(pk__in=newest)


def _move_drafts(model: Any, name: str, keys: list[int], become: Any) -> None:
    drafts = _drafts(model)
    if drafts is None:
        return
    for start in range(0, len(keys), BATCH):
        wanted = model._base_manager.filter(pk__in=keys[start : start + BATCH]).values("latest_revision")
        changed = []
        for revision in Revision.objects.filter(pk__in=wanted):
            before = revision.content.get(name)
            after = become(before)
            if after != before:
                revision.content[name] = after
                changed.append(revision)
        Revision.objects.bulk_update(changed, ["content"])
