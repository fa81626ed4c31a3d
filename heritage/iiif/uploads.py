"""Uploads: beginning, appending to and finishing them; the worker takes in what arrived whole."""

import datetime as dt
import fcntl
import logging
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.core import outbox
from heritage.core.folding import nfc
from heritage.core.outbox import ChangedObject
from heritage.iiif import batches, originals
from heritage.iiif.models import DigitalObject, Upload, UploadState

logger = logging.getLogger(__name__)
KEPT = dt.timedelta(days=7)
"""How long an upload that stopped may be gone on with."""
SPARE_BYTES = 512 * 1024**2
"""What an upload leaves free on the disk."""


class UploadError(ValueError):
    """An upload that cannot be begun or gone on with; `status` is that of HTTP, the message is for people."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        super().__init__(reason)


def folder_of(upload: Upload) -> Path:
    return Path(settings.IIIF_UPLOADS_DIR) / upload.token.hex


def path_of(upload: Upload) -> Path:
    return folder_of(upload) / upload.name


def offset_of(upload: Upload) -> int:
    """How many bytes are here."""
    path = path_of(upload)
    return path.stat().st_size if path.exists() else 0


def begin(digital_object: DigitalObject, user: Any, name: str, length: int) -> Upload:
    """Make room for a file of `length` bytes.

    Raises:
        UploadError: 400 without a name, 413 too large, 507 no room on the disk.
    """
    name = nfc(Path(name.replace("\\", "/")).name).strip().lstrip(".")[:200]
    if not name or not name.isprintable():
        raise UploadError(400, _("The file needs a name."))
    is_batch = name.lower().endswith(".zip")
    most = settings.IIIF_MAX_BATCH_BYTES if is_batch else settings.IIIF_MAX_UPLOAD_BYTES
    if not 0 < length <= most:
        raise UploadError(413, _("“%(name)s” may have 1 byte to %(limit)s MB.") % _limit(name, most))
    if not has_room_for(length):
        raise UploadError(507, originals.disk_full())
    upload = Upload.objects.create(digital_object=digital_object, user=user, name=name, length=length)
    folder_of(upload).mkdir()
    path_of(upload).touch()
    return upload


def has_room_for(length: int) -> bool:
    """Whether the disk takes so many bytes and SPARE_BYTES stay free."""
    folder = Path(settings.IIIF_UPLOADS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder).free >= length + SPARE_BYTES


def _limit(name: str, most: int) -> dict[str, Any]:
    return {"name": name, "limit": most // 1024**2}


def append(upload: Upload, offset: int, chunks: Iterable[bytes]) -> int:
    """Write `chunks` at `offset`, which must be where the last ones ended; returns the new offset.

    Raises:
        UploadError: 409 another offset, 413 more bytes than announced, 423 another request is writing, 507 disk full.
    """
    with _alone(upload):
        at = offset_of(upload)
        if offset != at or upload.state != UploadState.ARRIVING:
            raise UploadError(409, _("The upload stands at byte %(at)s.") % {"at": at})
        try:
            with path_of(upload).open("ab") as file:
                for chunk in chunks:
                    if at + len(chunk) > upload.length:
                        raise UploadError(413, _("More bytes came than were announced."))
                    file.write(chunk)
                    at += len(chunk)
        except OSError as error:
            if originals.is_full(error):
                raise UploadError(507, originals.disk_full()) from error
            raise
        if at == upload.length:
            _arrived(upload)
    return at


@contextmanager
def _alone(upload: Upload) -> Iterator[None]:
    folder = folder_of(upload)
    if not folder.is_dir():
        raise UploadError(410, _("This upload was given up; begin it again."))
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UploadError(423, _("Another request is writing to this upload.")) from error
        yield


@transaction.atomic
def _arrived(upload: Upload) -> None:
    upload.state = UploadState.WAITING
    upload.save(update_fields=["state", "modified_at"])
    outbox.changed(upload)


def give_up(upload: Upload) -> None:
    """Forget an upload and what is here of it."""
    shutil.rmtree(folder_of(upload), ignore_errors=True)
    upload.delete()


def take_in(changes: list[ChangedObject]) -> None:
    """The outbox consumer. A file taken in twice, because the worker was killed, is found unchanged the second time."""
    waiting = Upload.objects.filter(pk__in=[change.pk for change in changes], state=UploadState.WAITING)
    for upload in waiting.select_related("digital_object"):
        _take_in(upload)


def _take_in(upload: Upload) -> None:
    files = 0

    def said(_line: str) -> None:
        nonlocal files
        files += 1
        Upload.objects.filter(pk=upload.pk).update(report={"files": files}, modified_at=timezone.now())

    destination = batches.Destination(identifier=upload.digital_object.identifier, leaves_pages_to_worker=True)
    found = batches.take_in([path_of(upload)], destination, said)
    refused = [{"file": Path(file).name, "reason": reason} for file, reason in found.refusals]
    notes = [{"file": Path(file).name, "note": note} for file, note in found.notes]
    upload.report = {**found.counts, "files": files, "refused": refused, "notes": notes}
    if found.is_interrupted:  # the file stays, the outbox keeps the change, and it is tried again
        upload.save(update_fields=["report", "modified_at"])
        raise OSError("; ".join(reason for _file, reason in found.refusals))
    upload.state = UploadState.DONE if sum(found.counts.values()) else UploadState.REFUSED
    upload.save(update_fields=["report", "state", "modified_at"])
    shutil.rmtree(folder_of(upload), ignore_errors=True)


def clear_old() -> int:
    """Give up what stopped arriving KEPT ago and forget reports as old; returns how many."""
    old = list(Upload.objects.filter(modified_at__lt=timezone.now() - KEPT).exclude(state=UploadState.WAITING))
    for upload in old:
        give_up(upload)
    return len(old)
