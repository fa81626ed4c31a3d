"""Writes of iiif: making objects, taking in scans, setting access."""

import dataclasses
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.core import outbox
from heritage.core.folding import nfc
from heritage.iiif import decoding, formats, originals, owners, processing
from heritage.iiif.changes import touch
from heritage.iiif.formats import Inspected, RefusedError
from heritage.iiif.models import Access, Canvas, DigitalObject, State

__all__ = [
    "Ingested",
    "RefusedError",
    "add_to_owner",
    "create_object",
    "ingest",
    "remove_canvas",
    "reorder",
    "set_access",
    "touch",
]


@dataclasses.dataclass(frozen=True)
class Ingested:
    """What became of one file: `outcome` is created, updated or unchanged; one canvas for each page.

    `note` says what whoever gave the file should know though it was taken in.
    """

    outcome: str
    canvases: tuple[Canvas, ...]
    note: str = ""


@transaction.atomic
def create_object(
    identifier: str, label_vi: str, label_en: str = "", *, owner: tuple[str, str] | None = None, **fields: Any
) -> DigitalObject:
    """Make a digital object, and connect it to its owner, for example `("record", "TN01")`.

    Raises:
        ValidationError: a field is missing or malformed, or the identifier is taken.
        owners.NoSuchOwnerError: nothing has the owner's number; nothing is saved.
    """
    made = DigitalObject(identifier=identifier, label_vi=nfc(label_vi), label_en=nfc(label_en), **fields)
    made.full_clean()
    made.save()
    if owner:
        add_to_owner(made, *owner)
    outbox.changed(made)
    return made


@transaction.atomic
def add_to_owner(digital_object: DigitalObject, kind: str, number: str) -> None:
    """Connect an object to what it belongs to; access and unit follow that.

    Raises:
        owners.NoSuchOwnerError: nothing of that kind has the number.
    """
    owners.attach(kind, number, digital_object)
    digital_object.refresh_from_db()
    outbox.changed(digital_object)


@transaction.atomic
def set_access(digital_object: DigitalObject, access: str) -> None:
    """Open or close an object on every road; called by the services of what it belongs to."""
    digital_object.access = Access(access)
    digital_object.modified_at = timezone.now()
    digital_object.save(update_fields=["access", "modified_at"])
    outbox.changed(digital_object)


def ingest(
    file: Path,
    digital_object: DigitalObject,
    *,
    name: str = "",
    label_vi: str = "",
    label_en: str = "",
    replace: Canvas | None = None,
    wait: bool = True,
    met: Collection[int] = (),
) -> Ingested:
    """Take a file in as one canvas, or as one for each page of a multi-page TIFF.

    The same file given again to the same object, by name and content, is `unchanged`; under another name it is another
    page, as is one whose canvas is among `met`, the primary keys of what the batch has brought before. With `replace`,
    that canvas keeps its identifier and place and gets the new image. With `wait=False` the pyramids are left to the
    worker.

    Raises:
        RefusedError: the file is no image, too large or damaged; nothing of it is kept.
    """
    name = name or file.name
    inspected = formats.inspect(file, name)
    if replace:
        _one_page(inspected, name)
    sha256 = originals.sha256_of(file)
    note = without_text() if inspected.media_type == decoding.PDF and not inspected.has_text else ""
    known = _known(digital_object, sha256, name, replace)
    known = [canvas for canvas in known if canvas.pk not in met][: len(inspected.pages)]
    if known:
        for canvas in known:
            processing.process(canvas)
        return Ingested("unchanged", tuple(known), note)
    place = originals.place_for(digital_object.identifier, sha256, inspected.media_type)
    originals.keep(file, place, name)
    values = {
        "original": place,
        "original_name": kept_name(name),
        "original_bytes": file.stat().st_size,
        "sha256": sha256,
        "media_type": inspected.media_type,
    }
    if replace:
        return dataclasses.replace(_replaced(replace, values, wait), note=note)
    canvases = _added(digital_object, inspected, values, (label_vi, label_en))
    if wait:
        _process_all(canvases, place)
    return Ingested("created", tuple(canvases), note)


def without_text() -> str:
    """What is said of a PDF of mere pictures."""
    return _(
        "this PDF has no text layer: its pages come in as pictures, and no search finds their words. Run text "
        "recognition over it and give it again, or give ALTO or hOCR files."
    )


def _one_page(inspected: Inspected, name: str) -> None:
    """A picture is replaced by one picture.

    Raises:
        RefusedError: the file has more pages.
    """
    if len(inspected.pages) != 1:
        raise RefusedError(
            name, _("it has %(pages)s pages; one picture replaces one.") % {"pages": len(inspected.pages)}
        )


def _known(digital_object: DigitalObject, sha256: str, name: str, replace: Canvas | None) -> list[Canvas]:
    """The canvases of that very file, in the order they came; with `replace` that one only, whatever its name."""
    rows = Canvas.objects.filter(digital_object=digital_object, sha256=sha256).select_related("digital_object")
    found = rows.filter(pk=replace.pk) if replace else rows.filter(original_name=kept_name(name))
    return list(found.order_by("pk"))


def kept_name(name: str) -> str:
    """The name of a file as a canvas keeps it, without its folder."""
    return Path(name).name[:200]


@transaction.atomic
def _added(
    digital_object: DigitalObject, inspected: Inspected, values: dict[str, Any], labels: tuple[str, str]
) -> list[Canvas]:
    count = len(inspected.pages)
    names, start = issue_images(digital_object, count), next_order(digital_object)
    made = []
    for position, page in enumerate(inspected.pages):
        vi, en = (_page_label(label, position, count) for label in labels)
        canvas = Canvas(
            digital_object=digital_object,
            image_identifier=names[position],
            order=start + position,
            original_page=page,
            label_vi=vi,
            label_en=en,
            **values,
        )
        canvas.full_clean()
        canvas.save()
        made.append(canvas)
    outbox.changed_ids("iiif.canvas", [canvas.pk for canvas in made])
    return made


def issue_images(digital_object: DigitalObject, count: int) -> list[str]:
    """So many image identifiers of an object, given away once and never again."""
    DigitalObject.objects.filter(pk=digital_object.pk).update(
        images_issued=F("images_issued") + count, modified_at=timezone.now()
    )
    digital_object.refresh_from_db(fields=["images_issued", "modified_at"])
    first = digital_object.images_issued - count + 1
    return [f"{digital_object.identifier}.{number}" for number in range(first, first + count)]


def next_order(digital_object: DigitalObject) -> int:
    """The place behind the last page."""
    last = Canvas.objects.filter(digital_object=digital_object).aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _page_label(label: str, position: int, count: int) -> str:
    return nfc(f"{label} {position + 1}" if label and count > 1 else label)


def _process_all(canvases: Sequence[Canvas], place: str) -> None:
    try:
        for canvas in canvases:
            processing.process(canvas)
    except RefusedError:
        with transaction.atomic():
            Canvas.objects.filter(pk__in=[canvas.pk for canvas in canvases]).delete()
        if not Canvas.objects.filter(original=place).exists():  # the same page may stand there twice
            originals.forget(place)
        raise


def _replaced(canvas: Canvas, values: dict[str, Any], wait: bool) -> Ingested:
    """A new image under the old identifier. The old image is served until the new one is whole."""
    before = {field: getattr(canvas, field) for field in (*values, "original_page")}
    before["state"] = State.MISSING if canvas.is_missing else State.READY
    with transaction.atomic():  # killed from here on, the worker goes on with it
        Canvas.objects.filter(pk=canvas.pk).update(**values, original_page=0, state=State.PENDING, failure="")
        outbox.changed(canvas)
    canvas.refresh_from_db()
    try:
        if wait:
            processing.process(canvas)
    except (RefusedError, OSError):
        Canvas.objects.filter(pk=canvas.pk).update(**before, failure="")
        canvas.refresh_from_db()
        if not Canvas.objects.filter(original=values["original"]).exists():
            originals.forget(values["original"])
        raise
    if before["original"] != values["original"] and not Canvas.objects.filter(original=before["original"]).exists():
        originals.forget(before["original"])
    return Ingested("updated", (canvas,))


@transaction.atomic
def remove_canvas(canvas: Canvas) -> None:
    """Take a scan out of its object; its files go once the removal is certain (`signals`)."""
    digital_object = canvas.digital_object
    canvas.delete()
    touch(digital_object)


@transaction.atomic
def reorder(digital_object: DigitalObject, image_identifiers: Sequence[str]) -> None:
    """Put the canvases in the order given; those not named follow in their old order."""
    wanted = {identifier: place for place, identifier in enumerate(image_identifiers)}
    canvases = list(digital_object.canvases.all())
    canvases.sort(key=lambda canvas: wanted.get(canvas.image_identifier, len(wanted) + canvas.order))
    for place, canvas in enumerate(canvases):
        canvas.order = place
    Canvas.objects.bulk_update(canvases, ["order"])
    touch(digital_object)


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Sorts file names as people number pages: `tr-2.tif` before `tr-10.tif`."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part.casefold()) for part in re.split(r"(\d+)", name)]
