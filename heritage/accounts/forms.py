"""Forms that offer, and accept, only what the user's roles reach: units, and objects of other guarded models."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.models import DraftStateMixin

from heritage.accounts.policies import UnitPermissionPolicy, roles_of, units_reached
from heritage.accounts.registration import guarded_models
from heritage.accounts.roles import area_of, granted
from heritage.places.models import Unit
from heritage.places.models.unit import Level

PLACING = frozenset({"add", "change"})


def offered(model: type, user: Any) -> Q:
    """A condition on objects of `model` that `user` may refer to: those they may see, and what is public anyway."""
    seen = UnitPermissionPolicy(model).condition(user, ["view"])
    return seen | Q(live=True) if issubclass(model, DraftStateMixin) and seen else seen


def units_to_place(model: type, user: Any) -> frozenset[int] | None:
    """Units into which `user` may put objects of `model`; None for every unit."""
    if user.is_superuser:
        return None
    held = [each for each in roles_of(user) if PLACING & granted(each.role, area_of(model))]
    if any(each.unit_id is None for each in held):
        return None
    return units_reached(user, frozenset(each.unit_id for each in held if each.unit_id))


def must_place(model: type, user: Any) -> bool:
    """Whether an object without a unit would be out of the user's own reach."""
    if units_to_place(model, user) is None:
        return False
    held = [each for each in roles_of(user) if PLACING & granted(each.role, area_of(model))]
    return not any(each.unit and each.unit.level == Level.PROVINCE for each in held)


def guard_choices(form: forms.BaseModelForm, user: Any) -> None:
    """Let `form` accept references to guarded objects only where `user` may refer to them, or already did."""
    guarded = guarded_models()
    for name, field in form.fields.items():
        queryset = getattr(field, "queryset", None)
        if queryset is None or queryset.model not in guarded:
            continue
        present = getattr(form.instance, f"{name}_id", None)
        seen = queryset.filter(offered(queryset.model, user))
        field.queryset = seen | queryset.filter(pk=present)  # type: ignore[attr-defined]
        if isinstance(field.widget, BaseChooser):
            _hide_titles(field.widget, seen, present)


def _hide_titles(widget: BaseChooser, seen: QuerySet, present: int | None) -> None:
    """A chooser looks its value up by itself to show the title; a foreign draft must not be named that way.

    A reference that stands already keeps its place without its name, so that saving the form does not lose it.
    """
    plain = widget.get_value_data

    def get_value_data(value: Any) -> Any:
        instance = widget.get_instance(value)
        if instance is None or seen.filter(pk=instance.pk).exists():
            return plain(instance)
        if instance.pk != present:
            return None
        return {"id": instance.pk, "edit_url": None, widget.display_title_key: _("(not public, of another unit)")}

    widget.get_value_data = get_value_data


def guard_formsets(form: Any, user: Any) -> None:
    """The same for the forms of each child relation, made and yet to be made."""
    for formset in getattr(form, "formsets", {}).values():
        adjust_forms(formset, lambda child: guard_choices(child, user))


def adjust_forms(formset: Any, adjust: Callable[[Any], None]) -> None:
    """Let `adjust` see each form of `formset` once it is made, the empty one for further rows too."""
    plain = formset.form

    def made(self: Any, *args: Any, **kwargs: Any) -> None:
        plain.__init__(self, *args, **kwargs)
        adjust(self)

    formset.form = type(plain)(plain.__name__, (plain,), {"__init__": made, "__module__": plain.__module__})


class OwnUnitsForm:
    """Mixed in before a model form that is told its user (`for_user`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = getattr(self, "for_user", None)
        if user is None:
            return
        guard_choices(self, user)  # type: ignore[arg-type]
        guard_formsets(self, user)
        if self.instance.pk is None:  # type: ignore[attr-defined]
            self._propose_unit(user)

    def _propose_unit(self, user: Any) -> None:
        """An editor of one commune need not say which."""
        roots = {each.unit_id for each in roles_of(user)}
        for name in self._unit_fields(multiple=False):
            if len(roots) == 1 and None not in roots and must_place(self._meta.model, user):  # type: ignore[attr-defined]
                self.initial.setdefault(name, next(iter(roots)))  # type: ignore[attr-defined]

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        user = getattr(self, "for_user", None)
        if user is not None:
            for name in [*self._unit_fields(multiple=False), *self._unit_fields(multiple=True)]:
                self._clean_units(name, user)
        return cleaned

    def _clean_units(self, name: str, user: Any) -> None:
        model = self._meta.model  # type: ignore[attr-defined]
        chosen, present = _keys(self.cleaned_data.get(name)), self._present(name)  # type: ignore[attr-defined]
        reach = units_to_place(model, user)
        moved = chosen ^ present
        if reach is not None and moved - reach:
            outside = Unit.objects.filter(pk__in=moved - reach).order_by("name").first()
            message = _("You have no role in %(unit)s. Choose your own unit, or ask the department to change this.")
            self.add_error(name, ValidationError(message % {"unit": outside}))  # type: ignore[attr-defined]
        elif not chosen and name == "unit" and must_place(model, user):
            message = _("Choose your unit: without one you would no longer see this yourself.")
            self.add_error(name, ValidationError(message))  # type: ignore[attr-defined]

    def _present(self, name: str) -> set[int]:
        model, pk = self._meta.model, self.instance.pk  # type: ignore[attr-defined]
        if pk is None:
            return set()
        rows = model._base_manager.filter(pk=pk).values_list(name, flat=True)
        return {value for value in rows if value is not None}

    def _unit_fields(self, multiple: bool) -> list[str]:
        fields = self._meta.model.unit_fields  # type: ignore[attr-defined]
        direct = [name for name in fields if "__" not in name and name in self.fields]  # type: ignore[attr-defined]
        return [n for n in direct if self._meta.model._meta.get_field(n).many_to_many is multiple]  # type: ignore[attr-defined]


def _keys(value: Any) -> set[int]:
    if value is None or value == "":
        return set()
    return {value.pk} if isinstance(value, Unit) else {unit.pk for unit in value}


def with_own_units(form_class: type) -> type:
    """`form_class`, guarded."""
    if issubclass(form_class, OwnUnitsForm):
        return form_class
    attributes = {"__module__": form_class.__module__, "formfield_callback": formfield_for_dbfield}
    return type(form_class)(form_class.__name__, (OwnUnitsForm, form_class), attributes)  # type: ignore[misc]
