"""The places where pictures were taken, offered for their records' points; nobody's point moves by itself."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.catalog.imports.pictures.bringing import store
from heritage.catalog.models import CoordBasis, ImportedLine, RegisterImport, RowOutcome, Undone

SHOWN = 100
ACCURACY_M = 50
"""Of a telephone or camera in the open; what it stood before is not where it stood."""


def offered(job: RegisterImport) -> list[ImportedLine]:
    """Pictures with a place that nobody has taken yet, of those that are still there; `record` is at hand."""
    lines = job.lines.filter(outcome=RowOutcome.UPDATED, before__has_key="place").exclude(before__has_key="taken")
    lines = lines.exclude(undone=Undone.YES)
    return list(lines.select_related("record").order_by("line")[:SHOWN])


@transaction.atomic
def take(line: ImportedLine, user: Any) -> None:
    """Make the place of a picture its record's point, in a new version that waits where the record is public.

    Whether `user` may change the record is the caller's to ask.
    """
    record: Any = line.record
    draft = record.get_latest_revision_as_object()
    draft.latitude, draft.longitude = line.before["place"]
    draft.coord_accuracy_m, draft.coord_basis = ACCURACY_M, CoordBasis.SURVEYED
    draft.coord_note = (_("where the picture %(name)s was taken") % {"name": line.value})[:200]
    store(record, draft, user)
    log(record, "wagtail.edit", user=user, data={"place_of_picture": line.value})
    ImportedLine.objects.filter(pk=line.pk).update(before={**line.before, "taken": True})
