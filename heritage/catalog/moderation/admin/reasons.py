"""An edit form that asks why, where the archive wants to know before the change goes on its way."""

from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property

from heritage.catalog.moderation import reasons

FIELD = "edit_reason"
"""The field of the form with the reason."""

GOES_ON = ("publish", "submit")
"""Actions of the form that put a change forward; a draft may be saved without a word."""


class ReasonedEdit:
    """Mixed in before an edit view of drafts."""

    request: Any
    object: Any
    asks_why = False
    """Whether `settings.EDIT_REASONS` holds here; where it does not, a reason may be given all the same."""

    @cached_property
    def reason(self) -> str:
        return str(self.request.POST.get(FIELD, "")).strip()[: reasons.LONGEST]

    @cached_property
    def lacks_reason(self) -> bool:
        asked = self.asks_why and self.request.method == "POST" and self.action in GOES_ON  # type: ignore[attr-defined]
        return asked and not self.reason and reasons.is_needed(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        if self.lacks_reason:
            self.form = form
            return self.render_to_response(self.get_context_data())  # type: ignore[attr-defined,no-any-return]
        return super().form_valid(form)  # type: ignore[misc,no-any-return]

    def save_instance(self) -> Any:
        """While the form saves by itself the reason is still being typed."""
        saved = super().save_instance()  # type: ignore[misc]
        if self.reason and not self.expects_json_response:  # type: ignore[attr-defined]
            reasons.give(saved, self.new_revision, self.reason)  # type: ignore[attr-defined]
        return saved

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {  # type: ignore[misc,no-any-return]
            "reason_field": FIELD,
            "reason": self.reason,
            "longest_reason": reasons.LONGEST,
            "lacks_reason": self.lacks_reason,
        }
