"""Submitting a record that lacks something: said once, overruled with a reason that the reviewer reads."""

from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from heritage.catalog.moderation import checking

FIELD = "overruled"
"""The field of the form with the reason."""
ACTION = "catalog.overruled"
"""The entry of the history with what was lacking and the reason."""


class CheckedSubmission:
    """Mixed in before a create or edit view of records."""

    request: Any

    @cached_property
    def overruled(self) -> str:
        return str(self.request.POST.get(FIELD, "")).strip()[:1000]

    def form_valid(self, form: Any) -> HttpResponse:
        lacks = checking.missing(form) if self.action == "submit" else []  # type: ignore[attr-defined]
        if lacks and not self.overruled:
            self.form = form
            context = self.get_context_data(lacks=[lack.label for lack in lacks], overruled_field=FIELD)  # type: ignore[attr-defined]
            return self.render_to_response(context)  # type: ignore[attr-defined,no-any-return]
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        if lacks:
            data = {"text": self.overruled, "field": ", ".join(str(lack.label) for lack in lacks)}
            log(self.object, ACTION, user=self.request.user, data=data)  # type: ignore[attr-defined]
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"overruling": self._overruling()}  # type: ignore[misc,no-any-return]

    def _overruling(self) -> Any:
        """While it waits for a decision: the entry with the reason for which it was submitted all the same."""
        waits = getattr(self, "workflow_state", None)
        if waits is None:
            return None
        told = log_registry.get_logs_for_instance(self.object).filter(action=ACTION, timestamp__gte=waits.created_at)  # type: ignore[attr-defined]
        return told.select_related("user").order_by("-timestamp", "-pk").first()
