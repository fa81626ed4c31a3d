"""What the form of a record would ask the database again and again, asked once while the form is shown.

Wagtail's form asks every child relation whether it has rows, and the state of moderation in a dozen places. Here one
query says which relations of the record are empty, and those are not asked; what is found stays on the record, which
lives as long as its request. Only for showing: a form that saves reads everything anew.
"""

from types import MethodType
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, QuerySet
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Revision, WorkflowState

from heritage.catalog.models import DamageReport, FieldComment, KeptVersion, Record
from heritage.core.models import Identifier
from heritage.core.models.identifier import State

PARTS, SCANS, DOSSIERS, SURVEYS, REPORTS = "parts", "record_objects", "dossiers", "surveys", "damage_reports"
WORKFLOWS, SCHEDULE, TOMBSTONE = "workflow_states", "schedule", "tombstone"
KEPT, COMMENTS = "kept_versions", "field_comments"


NEIGHBOURS = ("unit", "live_revision", "latest_revision")


def with_neighbours(records: QuerySet[Record]) -> QuerySet[Record]:
    """`records` with the rows of other tables that their form shows."""
    return records.select_related("unit", "live_revision__user", "latest_revision__user")


def prepare(record: Record, stored: Record) -> Record:
    """`record`, which is `stored` or a draft of it, with its empty relations known and its state of moderation read.

    Two to four queries.
    """
    for name in NEIGHBOURS:
        if record is not stored and getattr(record, f"{name}_id") == getattr(stored, f"{name}_id"):
            setattr(record, name, getattr(stored, name))
    empty = _empty(record)
    record._found_empty = empty  # type: ignore[attr-defined]
    children = record.__dict__.setdefault("_cluster_related_objects", {})
    for name in empty & _children():
        children.setdefault(name, [])
    for name in _children() - empty:  # for the form and for what tells whether it has changed since
        getattr(record, name).get_object_list()
    if SCHEDULE in empty:
        record.__dict__["scheduled_revision"] = stored.__dict__["scheduled_revision"] = None  # a cached property
    active = record.workflow_states.active().select_related("current_task_state__task")
    record._current_workflow_states = [] if WORKFLOWS in empty else list(active)  # type: ignore[attr-defined]
    workflow = record.get_workflow()
    record.get_workflow = MethodType(lambda _record: workflow, record)
    return record


def is_empty(record: Record, name: str) -> bool:
    """Whether `prepare` found that `record` has nothing under `name`; False where it was not asked."""
    return name in getattr(record, "_found_empty", ())


def _children() -> set[str]:
    relations = {relation.get_accessor_name() for relation in get_all_child_relations(Record)}
    return relations | {field.name for field in get_all_child_m2m_relations(Record)}


def _rows(record: Record) -> dict[str, QuerySet[Any]]:
    """By name, the rows that belong to the record of the query around them."""
    outer = OuterRef("pk")
    rows: dict[str, QuerySet[Any]] = {}
    for relation in get_all_child_relations(Record):
        rows[relation.get_accessor_name()] = _of(relation.related_model, relation.field.name, outer)
    for field in get_all_child_m2m_relations(Record):
        rows[field.name] = _of(field.remote_field.through, field.m2m_field_name(), outer)
    for name in (PARTS, SCANS, DOSSIERS, SURVEYS):
        further: Any = Record._meta.get_field(name)
        rows[name] = _of(further.related_model, further.field.name, outer)
    rows[REPORTS] = DamageReport.objects.filter(record=outer, settled_on=None)
    content_type = ContentType.objects.get_for_model(Record)
    own = {"base_content_type": content_type, "object_id": str(record.pk)}
    rows[WORKFLOWS] = WorkflowState.objects.filter(**own)
    rows[SCHEDULE] = Revision.objects.filter(**own, approved_go_live_at__isnull=False)
    rows[KEPT] = KeptVersion.objects.filter(content_type=content_type, object_id=outer, settled_at=None)
    said = FieldComment.objects.filter(content_type=content_type, object_id=outer)
    rows[COMMENTS] = said.filter(resolved_at=None, answer_to=None)
    stones = Identifier.objects.filter(model=Record._meta.label_lower, object_id=outer)
    rows[TOMBSTONE] = stones.exclude(state=State.ACTIVE)
    return rows


def _of(model: type[Model], field: str, outer: OuterRef) -> QuerySet[Any]:
    return model._base_manager.filter(**{field: outer})


def _empty(record: Record) -> set[str]:
    rows = _rows(record)
    found = Record.objects.filter(pk=record.pk).order_by().values_list(*(Exists(each) for each in rows.values())).get()
    return {name for name, holds in zip(rows, found, strict=True) if not holds}
