"""Processing: from a kept original to a served pyramid, by the request or the command that brought it or by the worker.

A canvas that waits has an outbox row, so that a process killed on the way is made good by the worker. A lock per
canvas keeps two of them from doing the same work at once.
"""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from heritage.core import outbox
from heritage.core.folding import nfc
from heritage.core.outbox import ChangedObject
from heritage.iiif import decoding, gltf, originals, pyramids, recordings, stores
from heritage.iiif.formats import RefusedError
from heritage.iiif.image_api import derivatives
from heritage.iiif.models import Canvas, DigitalObject, PageText, State
from heritage.iiif.text.reading import Word
from heritage.iiif.text.services import set_text

logger = logging.getLogger(__name__)


def pyramid_path(canvas: Canvas) -> Path:
    return Path(settings.IIIF_PYRAMIDS_DIR) / canvas.pyramid


def process(canvas: Canvas) -> None:
    """Make the pyramid of a canvas that waits; one that is ready and whole is left alone.

    Raises:
        RefusedError: the original cannot be used. The canvas says so; the caller decides whether to keep it.
        OSError: the disk is full or the storage does not answer. The canvas says so and waits to be tried again.
    """
    with _locked(canvas):
        canvas.refresh_from_db()
        if canvas.state == State.READY and _is_whole(canvas):
            return
        if canvas.media_type in recordings.MEDIA_TYPES:
            _measure(canvas)
            return
        if canvas.media_type in gltf.MEDIA_TYPES:
            _weigh(canvas)
            return
        version = canvas.sha256[:12] + (f"-{canvas.original_page:x}" if canvas.original_page else "")
        place = f"{canvas.digital_object.identifier}/{canvas.image_identifier}-{version}.tif"
        target = stores.pyramid(place)
        try:
            made = pyramids.build(
                originals.on_disk(canvas.original),
                canvas.media_type,
                canvas.original_page,
                target,
                canvas.original_name,
            )
        except RefusedError as error:
            _failed(canvas, error.reason)
            raise
        except OSError as error:
            _put_off(canvas, originals.why(error))
            raise
        _ready(canvas, place, version, made)


def _is_whole(canvas: Canvas) -> bool:
    """Whether what is sent of a canvas is there: its pyramid, or the copy of a recording without its place."""
    if canvas.is_recording:
        served = canvas.technical.get("served")  # None: it came in before places were looked for
        return served == "" or bool(served and stores.exists(stores.pyramid(served)))
    return not canvas.is_picture or stores.exists(stores.pyramid(canvas.pyramid))


def _measure(canvas: Canvas) -> None:
    """A recording is served as it came in; only its measures are needed."""
    try:
        found = recordings.measure(originals.on_disk(canvas.original), canvas.media_type)
    except recordings.RecordingError as error:
        _failed(canvas, str(error))
        raise RefusedError(canvas.original_name, str(error)) from error
    served = _without_places(canvas)
    with transaction.atomic():
        _forget_served(canvas, served)
        canvas.technical = {"served": served}
        canvas.duration, canvas.version = found.duration, canvas.sha256[:12]
        canvas.width, canvas.height = found.width or None, found.height or None
        canvas.state, canvas.failure = State.READY, ""
        canvas.save()
        DigitalObject.objects.filter(pk=canvas.digital_object_id).update(modified_at=timezone.now())
        outbox.changed(canvas.digital_object)


def _without_places(canvas: Canvas) -> str:
    """Where what is sent of a recording lies that tells the place of its making, beside the pyramids; "" for others."""
    place = f"{canvas.digital_object.identifier}/{canvas.image_identifier}-{canvas.sha256[:12]}.public"
    temporary = Path(settings.IIIF_PYRAMIDS_DIR) / f"{place}.part"
    temporary.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not recordings.without_places(originals.on_disk(canvas.original), canvas.media_type, temporary):
            return ""
        stores.keep(temporary, stores.pyramid(place))
    except OSError as error:
        _put_off(canvas, originals.why(error))
        raise
    finally:
        temporary.unlink(missing_ok=True)
    return place


def _forget_served(canvas: Canvas, served: str = "") -> None:
    """Remove what was sent of a recording that has since been replaced, once that is certain."""
    old = canvas.technical.get("served", "")
    if old and old != served:
        transaction.on_commit(lambda: stores.remove(stores.pyramid(old)))


def _weigh(canvas: Canvas) -> None:
    """A 3D model is served as it came in; what its header says is kept."""
    try:
        found = gltf.measure(originals.on_disk(canvas.original))
    except gltf.ModelError as error:
        _failed(canvas, str(error))
        raise RefusedError(canvas.original_name, str(error)) from error
    with transaction.atomic():
        _forget_served(canvas)
        canvas.technical = {"meshes": found.meshes, "triangles": found.triangles, "beyond": list(found.beyond)}
        canvas.version, canvas.state, canvas.failure = canvas.sha256[:12], State.READY, ""
        canvas.save()
        DigitalObject.objects.filter(pk=canvas.digital_object_id).update(modified_at=timezone.now())
        outbox.changed(canvas.digital_object)


@transaction.atomic
def _ready(canvas: Canvas, place: str, version: str, made: dict) -> None:
    old = canvas.pyramid
    _forget_served(canvas)
    canvas.pyramid, canvas.version = place, version
    canvas.width, canvas.height, canvas.technical = made["width"], made["height"], made["technical"]
    canvas.state, canvas.failure, canvas.duration = State.READY, "", None
    canvas.save()
    if made["lines"]:
        _take_text(canvas, made["lines"])
    DigitalObject.objects.filter(pk=canvas.digital_object_id).update(modified_at=timezone.now())
    outbox.changed(canvas.digital_object)
    if old and old != place:
        transaction.on_commit(lambda: _purge(old, canvas.image_identifier))


def _purge(pyramid: str, image_identifier: str) -> None:
    """What is left of a picture that was replaced."""
    stores.remove(stores.pyramid(pyramid))
    derivatives.purge(image_identifier)


def _take_text(canvas: Canvas, lines: list[list[list[Any]]]) -> None:
    """The text layer of a PDF page, unless a better text was given by hand since."""
    known = PageText.objects.filter(canvas=canvas).first()
    if known is None or known.media_type == decoding.PDF:
        words = [[Word(nfc(text), (x, y, width, height)) for text, x, y, width, height in line] for line in lines]
        set_text(canvas, words, media_type=decoding.PDF, source=canvas.original_name)


def _failed(canvas: Canvas, reason: str) -> None:
    canvas.state, canvas.failure = State.FAILED, reason
    canvas.save(update_fields=["state", "failure", "modified_at"])


def _put_off(canvas: Canvas, reason: str) -> None:
    canvas.state, canvas.failure = State.PENDING, reason[:1000]
    canvas.save(update_fields=["state", "failure", "modified_at"])


@contextmanager
def _locked(canvas: Canvas) -> Iterator[None]:
    folder = Path(settings.IIIF_PYRAMIDS_DIR) / ".locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{canvas.pk % 64}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def take_up(changes: list[ChangedObject]) -> None:
    """The outbox consumer: what still waits is processed, what failed for good stays failed with its reason."""
    waiting = Canvas.objects.filter(pk__in=[change.pk for change in changes], state=State.PENDING)
    for canvas in waiting.select_related("digital_object"):
        try:
            process(canvas)
        except RefusedError as error:
            logger.warning("Scan %s was refused: %s", canvas.image_identifier, error)
