"""Every address of the admin through which a record can be reached, and what a hostile browser would send to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from django.contrib.admin.utils import quote
from django.urls import NoReverseMatch, URLPattern, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import TaskState

from heritage.catalog.admin.panels import edit_handler
from heritage.catalog.admin.record import RecordViewSet
from heritage.catalog.batches import ACTIONS
from heritage.catalog.models import KeptVersion, Record, RecordObject
from heritage.catalog.moderation import keeping
from heritage.iiif.models import DigitalObject
from tests.factories.accounts import UserFactory

FORMSETS = tuple(edit_handler.bind_to_model(Record).get_form_options()["formsets"])
NAMESPACE = "wagtailsnippets_catalog_record"
CHOOSER = "wagtailsnippetchoosers_catalog_record"
DEED = {"reason_vi": "Kẻ lạ rút", "kind": "ich", "confirmed": "1"}
"""What a stranger would do to many records at once."""


@dataclass(frozen=True)
class Address:
    """`name` says which screen; `data` is what a POST sends; `of_record` whether it speaks of one record."""

    name: str
    url: str
    data: dict = field(default_factory=dict)
    of_record: bool = True


def form_data(record: Record, **changes: object) -> dict[str, object]:
    """The edit form of `record` as a browser would send it, without its child rows."""
    data: dict[str, object] = {
        "number": record.number,
        "kind": record.kind,
        "name_vi": "Tên do kẻ lạ đặt",
        "unit": record.unit_id or "",
        "summary_vi": "Kẻ lạ viết",
        "summary_en": "",
        "text_vi": "null",
        "text_en": "null",
    }
    for formset in FORMSETS:
        data |= {f"{formset}-TOTAL_FORMS": 0, f"{formset}-INITIAL_FORMS": 0, f"{formset}-MIN_NUM_FORMS": 0}
    return data | changes


@cache
def patterns() -> list[URLPattern]:
    return RecordViewSet().get_urlpatterns()


def of_record(record: Record) -> Iterator[Address]:
    """All addresses that the viewset makes for one record, with the deeds that each can do."""
    revision = record.latest_revision_id
    state = TaskState.objects.filter(revision__object_id=str(record.pk)).first()
    task_state, task = (state.pk, state.task_id) if state else (0, 0)
    workflow_state = state.workflow_state_id if state else 0
    kept = KeptVersion.objects.filter(object_id=record.pk).first() or keeping.keep(record, {}, UserFactory())
    link = RecordObject.objects.filter(record=record).first() or _scanned(record)
    arguments = {
        "scan": [record.pk, link.digital_object_id],
        "revisions_view": [record.pk, revision],
        "revisions_revert": [record.pk, revision],
        "revisions_unschedule": [record.pk, revision],
        "revisions_compare": [record.pk, "earliest", "latest"],
        "version": [record.pk, revision],
        "merge": [record.pk, kept.pk],
        "workflow_preview": [record.pk, task],
        "workflow_history_detail": [record.pk, workflow_state],
    }
    deeds = {
        "edit": [{}, {"action-publish": "1"}, {"action-submit": "1"}, {"action-cancel-workflow": "1"}],
        "withdraw": [{"reason_vi": "Kẻ lạ rút"}],
        "unite": [{"reason_vi": "Kẻ lạ gộp", "into": Record.objects.order_by("pk").values_list("pk", flat=True)[0]}],
        "duplicate": [{"name_vi": "Kẻ lạ chép"}],
        "scan": [{"what": "away", "reason": "Kẻ lạ gỡ"}],
        "split": [{"reason_vi": "Kẻ lạ tách", "name_vi": "Kẻ lạ đặt"}],
    }
    for pattern in patterns():
        name = pattern.name
        if "pk" not in (pattern.pattern.converters or {}) and name != "revisions_compare":
            continue
        if name in ("workflow_action", "collect_workflow_action_data"):
            for action in ("approve", "reject"):
                url = reverse(f"{NAMESPACE}:{name}", args=[record.pk, action, task_state])
                yield Address(f"{name}:{action}", url, {"comment": "Kẻ lạ"})
            continue
        url = reverse(f"{NAMESPACE}:{name}", args=arguments.get(name, [record.pk]))
        for deed in deeds.get(name, [{}]):
            data = form_data(record, **deed) if name in ("edit", "preview_on_edit", "revisions_revert") else deed
            yield Address(f"{name}{''.join(':' + key for key in deed)}", url, data)
    yield Address("history", reverse(f"{NAMESPACE}:history", args=[record.pk]) + "?export=csv")
    yield Address("chosen", reverse(f"{CHOOSER}:chosen", args=[quote(record.pk)]))
    yield Address("chosen_multiple", reverse(f"{CHOOSER}:chosen_multiple") + f"?id={record.pk}&multiple=1")
    for action in bulk_action_registry.get_bulk_actions_for_model("catalog", "record"):
        url = reverse("wagtail_bulk_action", args=["catalog", "record", action.action_type])
        yield Address(f"bulk:{action.action_type}", f"{url}?id={record.pk}", DEED)
    yield Address(
        "bulk:delete", reverse("wagtail_bulk_action", args=["catalog", "record", "delete"]) + f"?id={record.pk}"
    )


def _scanned(record: Record) -> RecordObject:
    scan = DigitalObject.objects.create(identifier=f"X-{record.pk}", label_vi="Mật danh", unit_id=record.unit_id)
    return RecordObject.objects.create(record=record, digital_object=scan)


def lists() -> Iterator[Address]:
    """Addresses that show many records at once."""
    names = [
        f"{NAMESPACE}:list",
        f"{NAMESPACE}:list_results",
        f"{CHOOSER}:choose",
        f"{CHOOSER}:choose_results",
        "wagtailadmin_home",
        "register_batches",
        "register_lists",
        "register_figures",
        "record_searches",
        "tasks",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:site_history_results",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:workflow_results",
        "wagtailadmin_reports:workflow_tasks",
        "wagtailadmin_reports:workflow_tasks_results",
    ]
    for name in names:
        for query in ("", "?export=csv", "?q=mat-danh"):
            try:
                yield Address(f"{name}{query}", reverse(name) + query, of_record=False)
            except NoReverseMatch as error:
                raise AssertionError(f"{name} is gone; where did its rows go?") from error
    for action in ACTIONS:
        url = reverse("wagtail_bulk_action", args=["catalog", "record", action])
        yield Address(f"bulk:{action}:all", f"{url}?id=all", of_record=False)
