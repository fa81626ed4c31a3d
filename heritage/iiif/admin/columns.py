"""Columns of the list of digital objects."""

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import Column

from heritage.iiif import addresses
from heritage.iiif.models import Canvas, DigitalObject, State


class ThumbnailColumn(Column):
    """The first scan; shown by the image service itself, so that access holds here too."""

    cell_template_name = "iiif/admin/thumbnail_cell.html"

    def get_value(self, instance: DigitalObject) -> str:
        first = instance.first_ready  # type: ignore[attr-defined]
        return f"{addresses.image_path(first)}/full/!120,120/0/default.jpg" if first else ""


class StateColumn(Column):
    """How many scans there are, and how many of them wait or failed."""

    def get_value(self, instance: DigitalObject) -> str:
        total, failed, waiting = (getattr(instance, name) for name in ("total", "failed", "waiting"))
        parts = [ngettext("%(count)s scan", "%(count)s scans", total) % {"count": total}]
        if waiting:
            parts.append(ngettext("%(count)s waiting", "%(count)s waiting", waiting) % {"count": waiting})
        if failed:
            parts.append(ngettext("%(count)s failed", "%(count)s failed", failed) % {"count": failed})
        return ", ".join(parts)


def with_counts(objects: Any) -> Any:
    """`objects` annotated with what the columns show; part of the list's one query."""
    ready = Canvas.objects.filter(digital_object=OuterRef("pk")).exclude(pyramid="").order_by("order", "pk")
    return objects.annotate(
        total=Count("canvases"),
        failed=Count("canvases", filter=Q(canvases__state=State.FAILED)),
        waiting=Count("canvases", filter=Q(canvases__state=State.PENDING)),
        first_ready=Subquery(ready.values("image_identifier")[:1]),
    )
