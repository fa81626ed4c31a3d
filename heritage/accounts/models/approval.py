"""A step of moderation decided by whoever holds the right in the object's own unit."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState
from wagtail.permissions import policy_registry

from heritage.accounts.roles import Action


class Step(models.TextChoices):
    REVIEW = Action.REVIEW.value, _("review")
    APPROVAL = Action.PUBLISH.value, _("approval and publication")


class UnitApprovalTask(Task):
    """Wagtail's group task asks for a group; this one asks the policy about the very object."""

    step = models.CharField(_("step"), max_length=10, choices=Step, default=Step.APPROVAL)

    admin_form_fields = [*Task.admin_form_fields, "step"]
    admin_form_readonly_on_edit_fields = [*Task.admin_form_readonly_on_edit_fields, "step"]

    class Meta:
        verbose_name = _("approval in the object's unit")
        verbose_name_plural = _("approvals in the object's unit")

    def decides(self, user: Any, obj: models.Model) -> bool:
        """Whether `user` may take this step for `obj`."""
        return policy_registry.get(obj).user_has_permission_for_instance(user, self.step, obj)

    def user_can_access_editor(self, obj: models.Model, user: Any) -> bool:
        return self.decides(user, obj)

    def locked_for_user(self, obj: models.Model, user: Any) -> bool:
        """Whoever submitted waits for the answer; what is being read does not change under the reader's eyes."""
        return not self.decides(user, obj)

    def user_can_lock(self, obj: models.Model, user: Any) -> bool:
        return self.decides(user, obj)

    def get_actions(self, obj: models.Model, user: Any) -> list[tuple[str, Any, bool]]:
        if not self.decides(user, obj):
            return []
        return [
            ("reject", _("Return with a request for changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Approve or return; whoever may also take the next step is not asked the same question twice."""
        result = super().on_action(task_state, user, action_name, **kwargs)
        if action_name == "approve":
            workflow_state = task_state.workflow_state
            workflow_state.refresh_from_db()
            following = workflow_state.current_task_state
            if following and following.pk != task_state.pk and following.status == TaskState.STATUS_IN_PROGRESS:
                task = following.task.specific
                if isinstance(task, UnitApprovalTask) and task.decides(user, workflow_state.content_object):
                    task.on_action(following.specific, user, "approve", **kwargs)
        return result

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet:
        """Waiting states of this step whose object the user decides upon: one query for each kind of object."""
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self)
        condition = models.Q(pk__in=[])
        kinds = waiting.order_by().values_list("workflow_state__base_content_type", flat=True).distinct()
        for content_type in ContentType.objects.filter(pk__in=list(kinds)):
            model = content_type.model_class()
            if model is None:
                continue
            decided = policy_registry.get_by_type(model).instances_user_has_permission_for(user, self.step)
            keys = decided.annotate(_key=Cast("pk", models.CharField())).values("_key")
            condition |= models.Q(
                workflow_state__base_content_type=content_type, workflow_state__object_id__in=keys.order_by()
            )
        return waiting.filter(condition)

    @classmethod
    def get_description(cls) -> str:
        return str(_("Decided by those who hold the right in the administrative unit of the object."))
