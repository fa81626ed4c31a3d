"""Writes to what an object's manifest says beyond its scans: contents, control points, remarks."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from heritage.core.folding import nfc
from heritage.iiif import queries, services
from heritage.iiif.contents import Entry
from heritage.iiif.georeference import Point
from heritage.iiif.layers import Layer
from heritage.iiif.models import Annotation, Canvas, ControlPoint, DigitalObject, Moderation, Range, State

MISSING_WIDTH, MISSING_HEIGHT = 2000, 3000
"""Pixels of a missing page where no page tells how large the others are."""


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
            pieces=[[canvases[page - 1].pk, part] for page, part in entry.pieces],
            behavior=entry.behavior,
            picture=canvases[entry.picture - 1] if entry.picture else None,
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
def set_layers(digital_object: DigitalObject, found: Sequence[Layer], canvases: Sequence[Canvas]) -> None:
    """Say which pictures are shown on others; pages count `canvases`, as `layers.parse` checked them."""
    wanted = {canvases[one.page - 1].pk: one for one in found}
    rows = [one for one in canvases if one.pk in wanted or one.shown_on_id]
    for row in rows:
        layer = wanted.get(row.pk)
        row.shown_on = canvases[layer.on - 1] if layer else None
        row.place_on = layer.place if layer else ""
    Canvas.objects.bulk_update(rows, ["shown_on", "place_on"])
    services.touch(digital_object)


@transaction.atomic
def add_missing_page(digital_object: DigitalObject, label_vi: str, label_en: str = "") -> Canvas:
    """A page that the object has lost, at the end, as large as the page before it; a picture may replace it later."""
    before = queries.ready_canvases(digital_object).filter(width__gt=0).last()
    size = (before.width, before.height) if before else (MISSING_WIDTH, MISSING_HEIGHT)
    made = Canvas(
        digital_object=digital_object,
        image_identifier=services.issue_images(digital_object, 1)[0],
        order=services.next_order(digital_object),
        label_vi=nfc(label_vi),
        label_en=nfc(label_en),
        state=State.MISSING,
        width=size[0],
        height=size[1],
    )
    made.full_clean()
    made.save()
    services.touch(digital_object)
    return made


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
