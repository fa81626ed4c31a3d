"""A form field that takes many image files at once, each looked through before anything is saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from heritage.iiif import formats, originals
from heritage.iiif.formats import RefusedError
from heritage.iiif.uploads import has_room_for

MAX_FILES = 100
ACCEPTED = "image/*,audio/*,video/mp4,application/pdf,.tif,.tiff,.jp2,.heic,.avif,.glb"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """A list of uploads; every file that is no good is named with its reason, and the form keeps what was typed."""

    widget = ManyFilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(uploads) > MAX_FILES:
            raise ValidationError(_("At most %(limit)s files at once.") % {"limit": MAX_FILES})
        if uploads and not has_room_for(3 * sum(upload.size or 0 for upload in uploads)):  # as they came, and pyramids
            raise ValidationError(originals.disk_full())
        errors = [reason for upload in uploads if (reason := _what_is_wrong(upload))]
        if errors:
            raise ValidationError(errors)
        return [super(ScansField, self).clean(upload, initial) for upload in uploads]


def _what_is_wrong(upload: UploadedFile) -> str:
    with as_path(upload) as path:
        try:
            formats.read_through(path, upload.name or "")
        except RefusedError as refused:
            return str(refused)
    return ""


@contextmanager
def as_path(upload: UploadedFile) -> Iterator[Path]:
    """A file on disk with the upload's content; small uploads lie in memory and are written out for the while."""
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    with NamedTemporaryFile(prefix="scan-") as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        yield Path(file.name)
