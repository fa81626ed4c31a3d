"""Submitting a record that lacks something: said once, overruled with a reason that the reviewer reads."""

from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property
from wagtail.log_actions import log

from heritage.catalog.moderation import checking

FIELD = "overruled"
"""The field of the form with the reason."""


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
            log(self.object, "catalog.overruled", user=self.request.user, data=data)  # type: ignore[attr-defined]
        return answer
