"""Reading a revision back: the rows that it points to are looked up in one query per table, not one per row.

What happens to a key whose row is gone is modelcluster's rule (`model_from_serializable_data`): CASCADE drops a child
row, SET_NULL empties the key, and anything else is an error.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations

Data = dict[str, Any]
Target = tuple[type[models.Model], str]


class KeysCheckedAtOnce(ClusterableModel):
    """Mixed in before Wagtail's revisions; children are of plain models."""

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(cls, data: Data, check_fks: bool = True, strict_fks: bool = False) -> Any:
        if check_fks and not strict_fks:
            data, check_fks = _without_gone(cls, data), False
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)


def _without_gone(model: type[models.Model], data: Data) -> Data:
    """`data` with its keys to rows that are gone emptied, and the child rows that cannot be without them left out."""
    children = {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(model)}
    rows = [(model, data), *((children[name], row) for name in children for row in data.get(name) or ())]
    there = _rows_there(rows, {(model, model._meta.pk.name): {data["pk"]}})
    kept = {
        name: [clean for row in data[name] if (clean := _clean(children[name], row, there, strict=True)) is not None]
        for name in children
        if name in data
    }
    return {**(_clean(model, data, there, strict=False) or data), **kept}


def _keys(model: type[models.Model], row: Data) -> Iterator[tuple[str, models.ForeignKey, Target, Any]]:
    """The foreign keys of a row that are set: name, field, table and column pointed to, value."""
    for name, value in row.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(field, models.ForeignKey) and value is not None:
            target = field.target_field
            yield name, field, (field.related_model, target.name), target.to_python(value)


def _rows_there(rows: list[tuple[type[models.Model], Data]], known: dict[Target, set[Any]]) -> dict[Target, set[Any]]:
    """Of all rows pointed to, those that there are; `known` need not be looked up."""
    asked: dict[Target, set[Any]] = defaultdict(set)
    for model, row in rows:
        for _name, _field, target, value in _keys(model, row):
            asked[target].add(value)
    there = {target: set(values) for target, values in known.items()}
    for target, values in asked.items():
        table, column = target
        if missing := values - there.setdefault(target, set()):
            found = table._default_manager.filter(**{f"{column}__in": missing}).order_by()
            there[target] |= set(found.values_list(column, flat=True))
    return there


def _clean(model: type[models.Model], row: Data, there: dict[Target, set[Any]], strict: bool) -> Data | None:
    changes: Data = {}
    for name, field, target, value in _keys(model, row):
        deleted = field.remote_field.on_delete
        if value in there[target] or deleted is models.DO_NOTHING:
            continue
        if deleted is models.CASCADE and strict:
            return None
        if deleted not in (models.CASCADE, models.SET_NULL):
            raise ValueError(f"{model._meta.label}.{name} points to {target[0]._meta.label} {value}, which is gone.")
        changes[name] = None
    return {**row, **changes}
