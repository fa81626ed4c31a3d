"""Actions upon many records at once."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heritage.accounts.bulk import ScopedBulkAction
from heritage.accounts.roles import Action
from heritage.catalog import services
from heritage.catalog.admin.withdrawal import WithdrawForm, tombstone_of
from heritage.catalog.models import Record


class _RecordBulkAction(ScopedBulkAction):
    template_name = "catalog/admin/bulk.html"

    models = [Record]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"verb": self.display_name, "is_serious": bool(self.classes)}

    @classmethod
    def execute_action(cls, objects: list[Record], **kwargs: Any) -> tuple[int, int]:
        view = kwargs["self"]
        for record in objects:
            view.act(record)
        return len(objects), 0


class PublishBulkAction(_RecordBulkAction):
    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the chosen records")
    action_priority = 10
    required_action = Action.PUBLISH

    def act(self, record: Record) -> None:
        if not tombstone_of(record):
            services.publish(record, self.request.user)

    def get_success_message(self, count: int, _children: int) -> str:
        return ngettext("%(count)d record is public.", "%(count)d records are public.", count) % {"count": count}


class WithdrawBulkAction(_RecordBulkAction):
    display_name = _("Withdraw")
    action_type = "withdraw"
    aria_label = _("Withdraw the chosen records")
    action_priority = 30
    classes = {"serious"}
    form_class = WithdrawForm
    required_action = Action.WITHDRAW

    def act(self, record: Record) -> None:
        reasons = self.cleaned_form.cleaned_data
        if not tombstone_of(record):
            services.withdraw(record, reasons["reason_vi"], reasons["reason_en"], self.request.user)

    def get_success_message(self, count: int, _children: int) -> str:
        return ngettext("%(count)d record is withdrawn.", "%(count)d records are withdrawn.", count) % {"count": count}
