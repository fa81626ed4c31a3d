"""Writes to what an object's manifest says beyond its scans: contents, control points, remarks."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from heritage.core.folding import nfc
from heritage.iiif import services
from heritage.iiif.contents import Entry
from heritage.iiif.georeference import Point
from heritage.iiif.models import Annotation, Canvas, ControlPoint, DigitalObject, Moderation, Range


@transaction.atomic
def set_contents(digital_object: DigitalObject, entries: Sequence[Entry], canvases: Sequence[Canvas]) -> None:
    """Replace the contents of an object; page numbers count `canvases`, as `contents.parse` checked them."""
    Range.objects.filter(digital_object=digital_object).delete()
    Range.objects.bulk_create(
        Range(
            digital_object=digital_object,
            order=order,
            depth=entry.depth,
            label_vi=entry.label_vi,
            label_en=entry.label_en,
            first=canvases[entry.first - 1],
            last=canvases[entry.last - 1] if entry.last else None,
            part=entry.part,
        )
        for order, entry in enumerate(entries)
    )
    services.touch(digital_object)


@transaction.atomic
def set_control_points(digital_object: DigitalObject, points: Sequence[Point], canvases: Sequence[Canvas]) -> None:
    """Replace the control points of an object's maps; pages count `canvases`, as `georeference.parse` checked them."""
    ControlPoint.objects.filter(canvas__digital_object=digital_object).delete()
    ControlPoint.objects.bulk_create(
        ControlPoint(
            canvas=canvases[point.page - 1],
            order=order,
            x=point.x,
            y=point.y,
            longitude=point.longitude,
            latitude=point.latitude,
        )
        for order, point in enumerate(points)
    )
    services.touch(digital_object)


@transaction.atomic
def propose_remark(canvas: Canvas, text: str, **fields: Any) -> Annotation:
    """Keep what somebody wrote about a canvas; nobody sees it until staff publish it.

    Raises:
        ValidationError: a field is missing or malformed; nothing is kept.
    """
    remark = Annotation(canvas=canvas, text=nfc(text).strip(), **fields)
    remark.full_clean()
    remark.save()
    return remark


@transaction.atomic
def review_remark(remark: Annotation, state: Moderation, reviewer: Any) -> None:
    """Publish or refuse a remark; the manifest is made anew."""
    remark.state, remark.reviewed_by = state, reviewer
    remark.save(update_fields=["state", "reviewed_by", "modified_at"])
    services.touch(remark.canvas.digital_object)
