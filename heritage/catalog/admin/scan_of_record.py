"""One scan of a record: shown with it, kept for staff, or taken away; the history keeps why."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from heritage.accounts.models import User
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog import scans, services
from heritage.catalog.admin.scans import ScansScreen
from heritage.catalog.models import Record, RecordObject

SHOWN, KEPT, AWAY = "shown", "kept", "away"


class ScanForm(forms.Form):
    what = forms.ChoiceField(
        label=gettext_lazy("This scan is"),
        choices=[
            (SHOWN, gettext_lazy("shown with the record while it is public")),
            (KEPT, gettext_lazy("for staff only, even while the record is public")),
            (AWAY, gettext_lazy("not of this record: take it away")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, strip=True, widget=forms.Textarea(attrs={"rows": 3})
    )


class ScanView(ScansScreen):
    """What an editor may change at once while the record is a draft; once it is public, whoever may publish it."""

    template_name = "catalog/admin/scan_of_record.html"
    form_class = ScanForm
    page_title = gettext_lazy("Scan of the record")

    @cached_property
    def link(self) -> RecordObject:
        links = RecordObject.objects.select_related("digital_object")
        return get_object_or_404(links, record=self.object.pk, digital_object=self.kwargs["scan"])

    def get_initial(self) -> dict[str, Any]:
        return {"what": KEPT if self.link.is_restricted else SHOWN}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"scan": self.link.digital_object, "is_own": self._may_change}

    @cached_property
    def _may_change(self) -> bool:
        if not self.object.live:
            return True
        user, action = self.request.user, Action.PUBLISH.value
        return policy_of(Record).user_has_permission_for_instance(user, action, self.object)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self._change(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Done. The record's history tells it."))
        return self.back_to_scans()

    def _change(self, what: str, reason: str) -> None:
        if not self._may_change:
            raise ValidationError(_("The record is public: its scans are changed by those who may publish it."))
        scan, user = self.link.digital_object, cast(User, self.request.user)
        if what == AWAY:
            services.detach_object(self.object, scan, reason=reason, user=user)
        else:
            services.attach_object(self.object, scan, is_restricted=what == KEPT, reason=reason, user=user)


def log_actions(actions: Any) -> None:
    @actions.register_action(scans.ACTION)
    class Told(LogFormatter):
        gives_reason = True
        label = gettext_lazy("Scans of a record")

        def format_message(self, entry: Any) -> Any:
            words = {
                scans.ATTACHED: _("Scan added: %(scan)s"),
                scans.OPENED: _("Scan shown with the record: %(scan)s"),
                scans.RESTRICTED: _("Scan kept for staff: %(scan)s"),
                scans.TAKEN_AWAY: _("Scan taken away: %(scan)s"),
            }
            return words.get(entry.data.get("what"), "%(scan)s") % {"scan": entry.data.get("scan", "")}

        def format_comment(self, entry: Any) -> Any:
            return entry.data.get("reason", "")
