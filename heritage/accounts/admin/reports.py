"""Wagtail's reports on moderation, narrowed to objects within the user's reach.

Wagtail's own show every object of a kind to whoever may edit one of them; these stand before them at their addresses.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports import workflows

from heritage.accounts.policies import policy_of, roles_of
from heritage.accounts.registration import guarded_models


def within_reach(user: Any, prefix: str = "") -> Q:
    """A condition on workflow states (or, with a prefix, what points to them): of guarded objects the user sees."""
    condition = Q(pk__in=[])
    for model in guarded_models():
        seen = policy_of(model).instances_user_has_permission_for(user, "view")
        keys = seen.annotate(_key=Cast("pk", CharField())).order_by().values("_key")
        content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        condition |= Q(**{f"{prefix}base_content_type": content_type, f"{prefix}object_id__in": keys})
    return condition


def of_guarded(prefix: str = "") -> Q:
    """A condition on workflow states: of any guarded object."""
    types = ContentType.objects.get_for_models(*guarded_models(), for_concrete_models=False).values()
    return Q(**{f"{prefix}base_content_type__in": list(types)})


class _ScopedReport:
    any_permission_required = None
    prefix = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_superuser and not roles_of(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_queryset(self) -> QuerySet:
        user = self.request.user  # type: ignore[attr-defined]
        rows = super().get_queryset()  # type: ignore[misc]
        others = rows.filter(~of_guarded(self.prefix))
        guarded = rows.model.objects.filter(within_reach(user, self.prefix))
        keys = Q(pk__in=others.order_by().values("pk")) | Q(pk__in=guarded.order_by().values("pk"))
        return rows.model.objects.filter(keys).select_related(*self.related).order_by(*rows.query.order_by)  # type: ignore[attr-defined]


class ScopedWorkflowView(_ScopedReport, workflows.WorkflowView):
    related = ("workflow", "requested_by")


class ScopedWorkflowTasksView(_ScopedReport, workflows.WorkflowTasksView):
    related = ("workflow_state", "task")
    prefix = "workflow_state__"


def _address(route: str, view_class: Any, **options: Any) -> Any:
    return path(f"reports/{route}/", require_admin_access(view_class.as_view(**options)))


urlpatterns = [
    _address("workflow", ScopedWorkflowView),
    _address("workflow/results", ScopedWorkflowView, results_only=True),
    _address("workflow_tasks", ScopedWorkflowTasksView),
    _address("workflow_tasks/results", ScopedWorkflowTasksView, results_only=True),
]
