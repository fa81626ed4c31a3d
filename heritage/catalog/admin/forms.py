"""The form of a record: its own acts to correct, no record as part of itself, units found by name."""

from typing import Any

from wagtail.admin.forms.models import WagtailAdminModelForm

from heritage.accounts.admin.unit_list import UnitListField
from heritage.accounts.forms import OwnUnitsForm, adjust_forms
from heritage.catalog.models import Designation


class RecordForm(OwnUnitsForm, WagtailAdminModelForm):
    """`for_user` decides which units and records it offers."""

    shared_units = UnitListField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (designations := self.formsets.get("designations")) is not None:
            adjust_forms(designations, self._only_own_acts)
        if self.instance.pk and "number" in self.fields:
            self.fields["number"].disabled = True

    def _only_own_acts(self, act: Any) -> None:
        """An act corrects an act of the same record; the choice would else list the whole register's."""
        if "corrects" in act.fields:
            act.fields["corrects"].queryset = Designation.objects.filter(record=self.instance.pk)
