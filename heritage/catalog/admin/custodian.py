"""The screens of custodians and management boards."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column

from heritage.accounts.forms import OwnUnitsForm, adjust_forms
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.accounts.viewsets import ScopedViewSet
from heritage.catalog.models import Custodian, Record


class CustodianForm(OwnUnitsForm, WagtailAdminModelForm):
    """A body is given charge only of records that the user may edit; who may not publish has it confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (charges := self.formsets.get("charges")) is not None:
            adjust_forms(charges, self._guard_confirmation)

    def _guard_confirmation(self, row: Any) -> None:
        if "is_confirmed" in row.fields and not self._may_confirm:
            row.fields["is_confirmed"].disabled = True
            row.initial["is_confirmed"] = bool(row.instance.pk and row.instance.is_confirmed)

    @cached_property
    def _may_confirm(self) -> bool:
        user, body = getattr(self, "for_user", None), self.instance
        if user is None:
            return True
        policy = policy_of(Custodian)
        if body.pk:
            return policy.user_has_permission_for_instance(user, Action.PUBLISH.value, body)
        return policy.user_has_permission(user, Action.PUBLISH.value)

    def save(self, commit: bool = True) -> Any:
        for row in self.formsets["charges"].forms if not self._may_confirm else []:
            if set(row.changed_data) - {"ORDER", "until"}:
                row.instance.is_confirmed = False
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
            FieldRowPanel([FieldPanel("name_vi"), FieldPanel("name_en")]),
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
