"""The road of moderation: a commune submits, a reviewer reads, the department approves and so publishes."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowMixin, WorkflowTask

from heritage.accounts.models.approval import Step, UnitApprovalTask
from heritage.accounts.registration import guarded_models

WORKFLOW_NAME = "Kiểm duyệt"
STEPS = ((Step.REVIEW, "Thẩm định"), (Step.APPROVAL, "Phê duyệt và công bố"))


@transaction.atomic
def synchronise() -> Workflow:
    """Make the workflow where it is missing and lead every moderated model through it; what exists is left alone."""
    tasks = [_task(step, name) for step, name in STEPS]
    linked = Workflow.objects.filter(workflow_tasks__task=tasks[0]).order_by("pk").first()
    workflow = linked or Workflow.objects.create(name=WORKFLOW_NAME)
    for position, task in enumerate(tasks):
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": position})
    for model in guarded_models():
        if issubclass(model, WorkflowMixin):
            content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
            WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
    return workflow


def _task(step: Step, name: str) -> UnitApprovalTask:
    """The first task of this step; its name, once made, is the archive's to change."""
    found = UnitApprovalTask.objects.filter(step=step).order_by("pk").first()
    return found or UnitApprovalTask.objects.create(step=step, name=name)
