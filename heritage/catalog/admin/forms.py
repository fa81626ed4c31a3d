"""The form of a record: fields of its kind, its own acts, parts and scans, no record as part of itself."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.admin.forms.models import WagtailAdminModelForm

from heritage.accounts.admin.unit_list import UnitListField
from heritage.accounts.forms import OwnUnitsForm, adjust_forms
from heritage.catalog.models import Authority, Designation, Record
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
        if (designations := self.formsets.get("designations")) is not None:
            adjust_forms(designations, self._only_own)
        if (zones := self.formsets.get("zones")) is not None:
            adjust_forms(zones, lambda zone: adjust_zone(zone, self.instance))
        if self.instance.pk and "number" in self.fields:
            self.fields["number"].disabled = True

    def _leave_out_other_kinds(self) -> None:
        """What other kinds have is not asked for, and what was once written there is not lost."""
        kind = self.instance.kind
        for name in set(ALL_FIELDS) - set(FIELDS_OF.get(kind, ())):
            self.fields.pop(name, None)
        if kind not in MEASURED:
            self.formsets.pop("dimensions", None)

    def _only_own(self, act: Any) -> None:
        """An act speaks of acts, parts and scans of the same record; choices are read once for all acts."""
        for name, (queryset, choices) in self._own.items():
            if name in act.fields:
                act.fields[name].queryset = queryset
                act.fields[name].choices = choices

    @cached_property
    def _own(self) -> dict[str, tuple[QuerySet, Choices]]:
        pk = self.instance.pk
        querysets: dict[str, QuerySet] = {
            "authority": Authority.objects.all(),
            "corrects": Designation.objects.filter(record=pk) if pk else Designation.objects.none(),
            "part": Record.objects.filter(part_of=pk) if pk else Record.objects.none(),
            "scan": DigitalObject.objects.filter(record_objects__record=pk) if pk else DigitalObject.objects.none(),
        }
        return {
            name: (rows, [("", "---------"), *((row.pk, str(row)) for row in rows)]) for name, rows in querysets.items()
        }
