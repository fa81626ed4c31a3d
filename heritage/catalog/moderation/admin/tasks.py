"""The list of what waits for the person who is logged in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from heritage.accounts.policies import roles_of
from heritage.catalog.moderation import digest, tasks
from heritage.catalog.moderation.admin.addresses import address_of
from heritage.core.screens import GuardedItem, GuardedScreen


def has_tasks(user: Any) -> bool:
    """Whether `user` belongs to the staff that moderation concerns."""
    return user.is_superuser or bool(roles_of(user))


class TasksView(GuardedScreen, TemplateView):
    template_name = "catalog/moderation/tasks.html"
    page_title = gettext_lazy("My tasks")
    header_icon = "tasks"

    def may(self, user: Any) -> bool:
        return has_tasks(user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Switch the daily message on or off."""
        wanted = request.POST.get("by_mail") == "1"
        digest.want(request.user, wanted)
        said = _("You will be told of new tasks by e-mail.") if wanted else _("You get no e-mail about tasks any more.")
        messages.success(request, said)
        return redirect("tasks")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grouped = tasks.grouped(tasks.of(self.request.user))
        groups = [(heading, [_row(task) for task in rows]) for _kind, heading, rows in grouped]
        return super().get_context_data(**kwargs) | {
            "groups": groups,
            "by_mail": digest.preference(self.request.user).is_wanted,
        }


def _row(task: tasks.Task) -> tuple[tasks.Task, str, str]:
    return task, address_of(task.instance, task.screen, *task.arguments), tasks.age(task.days)


def admin_urls() -> list[Any]:
    return [path("tasks/", TasksView.as_view(), name="tasks")]


def menu_item() -> MenuItem:
    return GuardedItem(gettext_lazy("My tasks"), reverse("tasks"), icon_name="tasks", order=90, may=has_tasks)
