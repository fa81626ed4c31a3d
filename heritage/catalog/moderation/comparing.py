"""Comparisons of two versions that name no object the reader may not see.

Wagtail's comparison names whatever a version points to, a draft of another unit too.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.admin import compare

from heritage.accounts.forms import offered
from heritage.accounts.registration import guarded_models
from heritage.catalog.moderation import parts


class _Named:
    """An object as its reader may know it: equal by what it is, called by what may be said."""

    def __init__(self, instance: models.Model, is_seen: bool) -> None:
        self._instance = instance
        self._name = str(instance) if is_seen else str(_("(not public, of another unit)"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Named) and other._instance == self._instance

    def __hash__(self) -> int:
        return hash(self._instance)

    def __str__(self) -> str:
        return self._name


def named(user: Any, model: type[models.Model], keys: Iterable[Any]) -> dict[Any, _Named]:
    """By key, those of the objects that are there, called by what `user` may know of them.

    What was looked up is kept with `user`, who lives as long as the request: two queries for whatever is asked at once.
    """
    known: dict[Any, _Named | None] = user.__dict__.setdefault("_objects_named", {}).setdefault(model, {})
    wanted = [key for key in set(keys) if key]
    if new := [key for key in wanted if key not in known]:
        found = model._base_manager.in_bulk(new)
        seen = set(found)
        if model in guarded_models():
            rows = model._base_manager.filter(offered(model, user), pk__in=list(found))
            seen = set(rows.order_by().values_list("pk", flat=True))
        known |= {key: _Named(found[key], key in seen) if key in found else None for key in new}
    return {key: one for key in wanted if (one := known[key]) is not None}


class ForeignComparison(compare.ForeignObjectComparison):
    """Of a reference to one object; `user` is set on the class that `for_user` makes."""

    user: Any = None

    def get_objects(self) -> tuple[Any, Any]:
        found = named(self.user, self.field.related_model, (self.val_a, self.val_b))
        return found.get(self.val_a), found.get(self.val_b)

    def htmldiff(self) -> Any:
        """A row that is gone is told from a reference that was empty."""
        missing = [value for value in (self.val_a, self.val_b) if value]
        if missing and not any(self.get_objects()):
            return escape(_("(number %(key)s, no longer in the archive)") % {"key": missing[-1]})
        return super().htmldiff()


class ManyComparison(compare.M2MFieldComparison):
    user: Any = None

    def get_items(self) -> tuple[list[Any], list[Any]]:
        first, second = super().get_items()
        found = named(self.user, self.field.related_model, [each.pk for each in (*first, *second)])
        return [found[each.pk] for each in first], [found[each.pk] for each in second]


class ChoicesComparison(compare.ChoiceFieldComparison):
    """Of fields with one choice or, which Wagtail's breaks on, with a list of them."""

    user: Any = None

    def htmldiff(self) -> Any:
        if not isinstance(self.val_a, list) and not isinstance(self.val_b, list):
            return super().htmldiff()
        words = dict(self.field.flatchoices)
        before, after = ([str(words.get(each, each)) for each in value or ()] for value in (self.val_a, self.val_b))
        changes = [("deletion", each) for each in before if each not in after]
        changes += [("equal" if each in before else "addition", each) for each in after]
        return compare.TextDiff(changes, separator=", ").to_html()


class YesNoComparison(compare.FieldComparison):
    """Of boxes to tick: in words, which Wagtail's are not."""

    def htmldiff(self) -> Any:
        before, after = (str(_("yes") if value else _("no")) for value in (self.val_a, self.val_b))
        changes = [("equal", after)] if before == after else [("deletion", before), ("addition", after)]
        return compare.TextDiff(changes).to_html()


ASKING: dict[Any, type] = {
    compare.ChoiceFieldComparison: ChoicesComparison,
    compare.ForeignObjectComparison: ForeignComparison,
    compare.M2MFieldComparison: ManyComparison,
}
"""By Wagtail's comparison, the one that asks the rights of whatever is named, or can do more."""


def for_user(comparison: Any, user: Any) -> Any:
    """`comparison` as a panel gives it (a class with its first arguments), asking the rights of `user`."""
    if not isinstance(comparison, partial):
        return comparison
    kind, arguments = comparison.func, list(comparison.args)
    if kind is compare.FieldComparison and isinstance(arguments[0], models.BooleanField):
        kind = YesNoComparison
    if kind is compare.ChildRelationComparison:
        arguments[1] = [for_user(each, user) for each in arguments[1]]
    if asking := ASKING.get(kind):
        kind = type(asking.__name__, (asking,), {"user": user})
    return partial(kind, *arguments, **comparison.keywords)


def comparisons(panel: Any, instance: models.Model, request: Any) -> list[Any]:
    """What an edit handler compares, asking the rights of the request's user."""
    bound = panel.get_bound_panel(instance=instance, request=request, form=None)
    return [for_user(each, request.user) for each in bound.get_comparison()]


@dataclass(frozen=True)
class Forgotten:
    """A value that a version has under a name which the register no longer has; `row` says in which child row."""

    field: str
    value: Any
    row: str = ""


def forgotten(model: type[models.Model], content: dict[str, Any]) -> list[Forgotten]:
    """What a version says under names that its model, or the model of its child rows, no longer has."""
    found = [Forgotten(name, value) for name, value in _unknown(model, content)]
    for relation, child in parts.relations(model).items():
        label = str(capfirst(child._meta.verbose_name))
        for place, row in enumerate(content.get(relation) or (), start=1):
            found += [Forgotten(name, value, f"{label} {place}") for name, value in _unknown(child, row)]
    return sorted(found, key=lambda each: (each.row, each.field))


def _unknown(model: type[models.Model], content: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    names = {field.name for field in model._meta.get_fields()} | {"pk"}
    names |= {str(field.get_accessor_name()) for field in model._meta.related_objects}
    return ((name, value) for name, value in content.items() if name not in names and value not in (None, "", [], {}))


def shown(field: Any, instance: models.Model, user: Any) -> Any:
    """One value in words, picture or plan, as comparisons show it."""
    return for_user(partial(_kind_of(field), field), user)(instance, instance).htmldiff()


def fields_shown(version: Any, names: Iterable[str], user: Any) -> list[tuple[str, Any]]:
    """The label and the value of each of the named fields that is filled in."""
    fields: list[Any] = [version._meta.get_field(name) for name in names]
    values = ((field, field.value_from_object(version)) for field in fields)
    values = ((field, list(value) if field.many_to_many else value) for field, value in values)
    filled = [field for field, value in values if value is not False and value not in (None, "", [], {})]
    return [(str(capfirst(field.verbose_name)), shown(field, version, user)) for field in filled]


def rows_shown(version: Any, relation: str, user: Any) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """The child rows of a version: the key of each (`parts.row_key`) and its fields as `fields_shown` has them."""
    child = parts.relations(type(version))[relation]
    rows = list(parts.rows(type(version), relation, version.serializable_data()))
    for field in child._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey):
            named(user, field.related_model, [row.get(field.name) for _key, row in rows])
    for (key, row), instance in zip(rows, getattr(version, relation).all(), strict=True):
        yield key, fields_shown(instance, parts.row_value(child, row), user)


def all_fields(version: Any, user: Any, hidden: frozenset[str] = frozenset()) -> list[tuple[str, Any]]:
    """Label and value of everything that is filled in, but of fields named in `hidden`."""
    names = [name for group in parts.field_names(type(version)).values() for name in group if name not in hidden]
    return fields_shown(version, names, user)


def all_rows(version: Any, user: Any, hidden: frozenset[str] = frozenset()) -> Iterator[tuple[str, list[Any]]]:
    """By heading, the child rows of a version."""
    for name, child in parts.relations(type(version)).items():
        if name not in hidden and (rows := [values for _key, values in rows_shown(version, name, user)]):
            yield str(capfirst(child._meta.verbose_name_plural)), rows


class LocalComparison(compare.FieldComparison):
    """A day, a time or a measure as it is written here."""

    def htmldiff(self) -> Any:
        told = [_written(value) for value in (self.val_a, self.val_b)]
        if not self.has_changed():
            return escape(told[0])
        return compare.TextDiff([("deletion", told[0]), ("addition", told[1])]).to_html()


for _local in (models.DateField, models.DateTimeField, models.DecimalField):
    compare.register_comparison_class(_local, comparison_class=LocalComparison)


def _written(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%H:%M %d/%m/%Y}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else number_format(value, force_grouping=True)


def _kind_of(field: Any) -> type:
    if field.choices:
        return compare.ChoiceFieldComparison
    if found := compare.comparison_class_registry.get(field):
        return found  # type: ignore[no-any-return]
    if field.is_relation:
        return compare.M2MFieldComparison if field.many_to_many else compare.ForeignObjectComparison
    return compare.FieldComparison
