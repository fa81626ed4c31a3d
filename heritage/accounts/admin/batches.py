"""Batches in the lists of the admin: choose, say what, see what would become of each, confirm."""

from collections.abc import Callable
from copy import copy
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import FormView

from heritage.accounts.batches import BatchAction, BatchForm
from heritage.accounts.bulk import ScopedBulkAction
from heritage.accounts.policies import EVERYTHING, policy_of
from heritage.core.models import StaffJob

SHOWN = 200
"""Rows of a preview; the rest is counted."""
OUTCOMES = {
    "created": pgettext_lazy("outcome", "created"),
    "updated": _("updated"),
    "unchanged": _("unchanged"),
    "refused": _("refused"),
}
"""How an object of a job ends, in words."""
Order = Callable[[BatchAction, dict[str, Any], list[int], Any], StaffJob]


class BatchView(ScopedBulkAction):
    """One batch action upon the chosen objects; what differs from app to app is set by `view_of`."""

    batch: BatchAction
    order: Order
    address: str
    most: int
    template_name = "accounts/admin/batch.html"

    def get_form_class(self) -> type[forms.Form]:
        return self.batch.form

    def get_form_kwargs(self) -> dict[str, Any]:
        told = {"user": self.request.user, "keys": self.keys} if issubclass(self.batch.form, BatchForm) else {}
        return super().get_form_kwargs() | told

    def listed(self) -> QuerySet:
        """All that the list shows under its filters, not all there is."""
        request: HttpRequest = copy(self.request)
        request.GET = QueryDict(urlsplit(self.next_url).query)
        request.method = "GET"
        index = self.model.snippet_viewset.index_view
        view = index.view_class(**index.view_initkwargs)
        view.setup(request)
        view.object_list = view.get_queryset()
        return view.object_list.order_by()

    @cached_property
    def chosen(self) -> QuerySet:
        """What the user chose and may see."""
        wanted = self.request.GET.getlist("id")
        if "all" in wanted:
            return self.listed()
        seen = policy_of(self.model).instances_user_has_permission_for(self.request.user, "view")
        return seen.filter(pk__in=[int(key) for key in wanted if key.isdigit()]).order_by()

    @cached_property
    def keys(self) -> list[int]:
        """Of the chosen, those that the action may be done to, as the job does them; one more than allowed at most."""
        may = self.chosen.filter(policy_of(self.model).condition(self.request.user, [self.required_action]))
        return sorted(may.values_list("pk", flat=True)[: self.most + 1])

    def others(self) -> list[Any]:
        """Of the chosen, some that the user may only see."""
        condition = policy_of(self.model).condition(self.request.user, [self.required_action])
        return [] if condition is EVERYTHING else list(self.chosen.exclude(condition).order_by("pk")[:SHOWN])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = FormView.get_context_data(self, **kwargs)
        values = self._values(context["form"])
        return {
            **context,
            "batch": self.batch,
            "count": len(self.keys),
            "most": self.most,
            "too_many": len(self.keys) > self.most,
            "rows": self._rows(self.keys[:SHOWN], values),
            "more": max(0, len(self.keys) - SHOWN),
            "is_preview": values is not None,
            "others": self.others(),
            "next": self.next_url,
            "submit_url": f"{self.request.path}?{self.request.META['QUERY_STRING']}",
            "header_icon": self.model.snippet_viewset.icon,
        }

    def _values(self, form: forms.Form) -> dict[str, Any] | None:
        """What the form says, once it says something that can be done; None before."""
        if not form.fields:
            return {}
        return form.cleaned_data if form.is_bound and form.is_valid() else None

    def _rows(self, keys: list[int], values: dict[str, Any] | None) -> list[dict[str, Any]]:
        found = self.batch.rows(keys)
        if values is None:
            return [{"object": each} for each in found]
        rows = [(each, self.batch.now(each, values), self.batch.then(each, values)) for each in found]
        return [{"object": each, "now": now, "then": then, "stays": now == then} for each, now, then in rows]

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if "confirmed" not in self.request.POST or not self.keys or len(self.keys) > self.most:
            return self.render_to_response(self.get_context_data(form=form))
        posted = {name: self.request.POST.getlist(name) for name in form.fields}
        values = {name: given[0] if len(given) == 1 else given for name, given in posted.items()}
        job = type(self).order(self.batch, values, self.keys, self.request.user)
        return redirect(f"{reverse(self.address, args=[job.pk])}?{urlencode({'next': self.next_url})}")

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:  # noqa: ARG003
        """Jobs do it; Wagtail asks for this method."""
        return 0, 0


def view_of(action: BatchAction, place: int, *, order: Order, address: str, most: int) -> type[BatchView]:
    """The view of one action, for Wagtail's register of bulk actions.

    `order` makes the job, `address` names its page, `most` is the number of objects of one batch.
    """
    return type(
        f"Batch{action.name.title().replace('-', '')}",
        (BatchView,),
        {
            "batch": action,
            "order": staticmethod(order),
            "address": address,
            "most": most,
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
