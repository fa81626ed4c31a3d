"""Batches in the lists of the admin: choose, say what, see what would become of each, confirm."""

from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView

from heritage.accounts.bulk import ScopedBulkAction
from heritage.accounts.policies import policy_of
from heritage.library.batches import ACTIONS, BatchAction
from heritage.library.services import jobs

SHOWN = 200
"""Rows of a preview; the rest is counted."""
MOST = 5_000
"""Objects of one batch."""


class BatchView(ScopedBulkAction):
    """One batch action upon the chosen objects; `batch` is set by `view_of`."""

    batch: BatchAction
    template_name = "library/admin/batch.html"

    def get_form_class(self) -> type[forms.Form]:
        return self.batch.form

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """All that the list shows under its filters, not all there is."""
        request: HttpRequest = copy(self.request)
        request.GET = QueryDict(urlsplit(self.next_url).query)
        index = self.model.snippet_viewset.index_view
        view = index.view_class(**index.view_initkwargs)
        view.setup(request)
        view.object_list = view.get_queryset()
        return view.object_list.order_by().values_list("pk", flat=True)[: MOST + 1]

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        if not hasattr(self, "_chosen"):
            self._chosen = super().get_actionable_objects()
        return self._chosen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        objects, others = self.get_actionable_objects()
        objects.sort(key=lambda each: each.pk)  # as the job does them
        context = FormView.get_context_data(self, **kwargs)
        values = self._values(context["form"])
        return {
            **context,
            "batch": self.batch,
            "count": len(objects),
            "most": MOST,
            "too_many": len(objects) > MOST,
            "rows": self._rows(objects[:SHOWN], values),
            "more": max(0, len(objects) - SHOWN),
            "is_preview": values is not None,
            "others": others["items_with_no_access"][:SHOWN],
            "next": self.next_url,
            "submit_url": f"{self.request.path}?{self.request.META['QUERY_STRING']}",
            "header_icon": self.model.snippet_viewset.icon,
        }

    def _values(self, form: forms.Form) -> dict[str, Any] | None:
        """What the form says, once it says something that can be done; None before."""
        if not form.fields:
            return {}
        return form.cleaned_data if form.is_bound and form.is_valid() else None

    def _rows(self, objects: list[Any], values: dict[str, Any] | None) -> list[dict[str, Any]]:
        if values is None:
            return [{"object": each} for each in objects]
        found = self.batch.rows([each.pk for each in objects])
        rows = [(each, self.batch.now(each, values), self.batch.then(each, values)) for each in found]
        return [{"object": each, "now": now, "then": then, "stays": now == then} for each, now, then in rows]

    def form_valid(self, form: forms.Form) -> HttpResponse:
        objects, _others = self.get_actionable_objects()
        if "confirmed" not in self.request.POST or not objects or len(objects) > MOST:
            return self.render_to_response(self.get_context_data(form=form))
        values = {name: self.request.POST.get(name, "") for name in form.fields}
        job = jobs.order_batch(self.batch, values, sorted(each.pk for each in objects), self.request.user)
        return redirect(f"{reverse('library_job', args=[job.pk])}?next={self.next_url}")

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:  # noqa: ARG003
        """Jobs do it; Wagtail asks for this method."""
        return 0, 0


def view_of(action: BatchAction, place: int) -> type[BatchView]:
    """The view of one action, for Wagtail's register of bulk actions."""
    return type(
        f"Batch{action.name.title().replace('-', '')}",
        (BatchView,),
        {
            "batch": action,
            "models": [action.model],
            "display_name": action.label,
            "aria_label": action.label,
            "action_type": action.name,
            "action_priority": 10 + place,
            "classes": {"serious"} if action.is_serious else set(),
            "required_action": action.permission.value,
            "__module__": __name__,
        },
    )


VIEWS = [view_of(action, place) for place, action in enumerate(ACTIONS.values())]


def may(user: Any, action: BatchAction) -> bool:
    """Whether `user` may do it to anything at all."""
    return policy_of(action.model).user_has_permission(user, action.permission.value)
