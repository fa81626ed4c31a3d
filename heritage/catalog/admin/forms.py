"""The form of a record: fields of its kind, its own acts, parts and scans, no record as part of itself."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from heritage.accounts.admin.unit_list import UnitListField
from heritage.accounts.forms import OwnUnitsForm, adjust_forms
from heritage.accounts.policies import roles_of
from heritage.accounts.reach import Reach, reach_of
from heritage.accounts.roles import Action
from heritage.catalog.admin import asked_once
from heritage.catalog.models import Authority, Designation, Kind, Record
from heritage.catalog.models.particulars import ALL_FIELDS, FIELDS_OF, MEASURED
from heritage.catalog.zones.panels import adjust_zone
from heritage.iiif.models import DigitalObject

Choices = list[tuple[Any, str]]


class RecordForm(OwnUnitsForm, WagtailAdminModelForm):
    """`for_user` decides which units and records it offers."""

    shared_units = UnitListField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._leave_out_other_kinds()
        self._offer_own_kinds()
        for name in ("terms", "periods"):
            if name in self.fields:
                read_once(self.fields[name])
        if "unit" in self.fields and self.instance.unit_id:
            show_at_hand(self.fields["unit"].widget, self.instance.unit)
        if (designations := self.formsets.get("designations")) is not None:
            adjust_forms(designations, self._only_own)
        if (zones := self.formsets.get("zones")) is not None:
            adjust_forms(zones, lambda zone: adjust_zone(zone, self.instance, *self._own["corrects"]))
        if self.instance.pk and "number" in self.fields:
            self.fields["number"].disabled = True

    def _leave_out_other_kinds(self) -> None:
        """What other kinds have is not asked for, and what was once written there is not lost."""
        kind = self.instance.kind
        for name in set(ALL_FIELDS) - set(FIELDS_OF.get(kind, ())):
            self.fields.pop(name, None)
        if kind not in MEASURED:
            self.formsets.pop("dimensions", None)

    @cached_property
    def _confined_reach(self) -> Reach | None:
        """Where the user may make records; None unless some role of theirs is for some kinds only."""
        user = getattr(self, "for_user", None)
        if user is None or user.is_superuser or not any(held.kinds for held in roles_of(user)):
            return None
        return reach_of(user, Record, Action.ADD)

    def _offer_own_kinds(self) -> None:
        """Who holds a role for some kinds only makes none of another."""
        reach = self._confined_reach if "kind" in self.fields else None
        if reach is None or reach.is_free:
            return
        offered = [(value, label) for value, label in Kind.choices if value in (*reach.by_kind, self.instance.kind)]
        if self.instance.pk is None:
            offered = [choice for choice in offered if choice[0] in reach.by_kind]
            self.initial["kind"] = offered[0][0]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> Any:
        cleaned = super().clean()
        unit, kind = cleaned.get("unit"), cleaned.get("kind")
        is_placed = self.instance.pk is None or bool({"kind", "unit"} & set(self.changed_data))
        reach = self._confined_reach if kind and is_placed and not self.errors else None
        if reach is not None and not reach.cover(unit.pk if unit else None, kind):
            message = _("You hold no role for this kind in this unit. Choose a kind or a unit of yours.")
            self.add_error("kind", message)
        return cleaned

    def _only_own(self, act: Any) -> None:
        """An act speaks of acts, parts and scans of the same record; choices are read once for all acts."""
        for name, (queryset, choices) in self._own.items():
            if name in act.fields:
                act.fields[name].queryset = queryset
                act.fields[name].choices = choices

    @cached_property
    def _own(self) -> dict[str, tuple[QuerySet, Choices]]:
        record, pk = self.instance, self.instance.pk
        querysets: dict[str, QuerySet] = {
            "authority": Authority.objects.all(),
            "corrects": Designation.objects.filter(record=pk) if pk else Designation.objects.none(),
            "part": Record.objects.filter(part_of=pk) if pk else Record.objects.none(),
            "scan": DigitalObject.objects.filter(record_objects__record=pk) if pk else DigitalObject.objects.none(),
        }
        at_hand: dict[str, Iterable[Any]] = {
            "corrects": [act for act in record.designations.all() if act.pk],
            "part": () if asked_once.is_empty(record, asked_once.PARTS) else querysets["part"],
            "scan": () if asked_once.is_empty(record, asked_once.SCANS) else querysets["scan"],
        }
        return {
            name: (rows, [("", "---------"), *((row.pk, str(row)) for row in at_hand.get(name, rows))])
            for name, rows in querysets.items()
        }


def read_once(field: Any) -> None:
    """Let a field of choices read them from the database once, however often they are shown."""
    # Not `list(...)`: that asks how many there are before it reads them.
    field.choices = cache(lambda: [choice for choice in forms.models.ModelChoiceIterator(field)])  # noqa: C416


def show_at_hand(widget: Any, present: Model) -> None:
    """Let a chooser show `present` as it was read with the form's object, and look up only what else is chosen."""
    look_up = widget.get_instance
    widget.get_instance = lambda value: present if value in (present.pk, str(present.pk)) else look_up(value)
