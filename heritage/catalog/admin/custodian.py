"""The screens of custodians and management boards."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column

from heritage.accounts.forms import OwnUnitsForm
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.accounts.viewsets import ScopedViewSet
from heritage.catalog.admin.confirming import RowsToConfirm
from heritage.catalog.models import Custodian, Record
from heritage.core.panels import both_languages


class CustodianForm(RowsToConfirm, OwnUnitsForm, WagtailAdminModelForm):
    """A body is given charge only of records that the user may edit; who may not publish has it confirmed."""

    rows_to_confirm = "charges"

    def needs_confirming(self, changed: set[str]) -> bool:
        return bool(changed - {"ORDER", "until"})

    def save(self, commit: bool = True) -> Any:
        self.unconfirm_changed()
        return super().save(commit)

    def is_valid(self) -> bool:
        valid = super().is_valid()
        for row in self.formsets["charges"].forms if valid else []:
            record = row.cleaned_data.get("record")
            if record and "record" in row.changed_data and not self._may_edit(record):
                row.add_error("record", _("You may not edit this record."))
                valid = False
        return valid

    def _may_edit(self, record: Record) -> bool:
        user = getattr(self, "for_user", None)
        return user is None or policy_of(Record).user_has_permission_for_instance(user, Action.CHANGE, record)


class CustodianViewSet(ScopedViewSet):
    model = Custodian
    icon = "home"
    menu_label = _("Custodians")
    list_display = ["name_vi", "kind", Column("unit", label=_("Unit"), classname="wide-only")]
    edit_handler = ObjectList(
        [
            both_languages("name"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("founding_decision")]),
            FieldPanel("unit"),
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")]),
            FieldPanel("head"),
            FieldPanel("is_sample"),
            InlinePanel(
                "charges",
                panels=[
                    FieldPanel("record"),
                    FieldRowPanel([FieldPanel("role"), FieldPanel("decision_number")]),
                    FieldRowPanel([FieldPanel("since"), FieldPanel("until"), FieldPanel("is_confirmed")]),
                ],
                label=_("Record"),
                heading=_("Heritage in its charge"),
            ),
        ],
        base_form_class=CustodianForm,
    )
