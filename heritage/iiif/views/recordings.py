"""Sound, film and 3D models as they came in, with ranges, within rights, and what is said in them.

`/iiif/recording/<id>`, `/iiif/model/<id>`, `/iiif/captions/<id>/<language>.vtt` or `.txt`.
"""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from heritage.core.sending import send
from heritage.iiif import access, queries, stores
from heritage.iiif.models import Access, Audience, Canvas, Caption, DigitalObject
from heritage.iiif.views import answers


def recording(request: HttpRequest, image: str) -> HttpResponseBase:
    """The recording or the model of a canvas, as it came in."""
    if (early := answers.early(request)) is not None:
        return early
    rows = Canvas.objects.select_related("digital_object").filter(queries.SERVED_WHOLE, image_identifier=image)
    found = rows.first() if len(image) <= 80 else None
    status = access.images_status(request, found.digital_object) if found else 404
    if found is None or status != 200:
        return answers.refused(status)
    holder = found.digital_object
    response = send(
        request,
        _file_of(found),
        found.media_type,
        found.sha256,
        found.created_at.timestamp(),
        answers.cache_control(Access.OPEN if _is_public(holder) else Access.STAFF, answers.A_DAY),
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Content-Length, Content-Range, Accept-Ranges"
    return response


def caption(request: HttpRequest, image: str, language: str, ending: str) -> HttpResponseBase:
    """What is said in a recording, as WebVTT or as words alone, to those who may hear it."""
    if (early := answers.early(request)) is not None:
        return early
    rows = Caption.objects.select_related("canvas__digital_object")
    found = rows.filter(canvas__image_identifier=image, language=language).first() if len(image) <= 80 else None
    status = access.images_status(request, found.canvas.digital_object) if found else 404
    if found is None or status != 200:
        return answers.refused(status)
    kept = Access.OPEN if _is_public(found.canvas.digital_object) else Access.STAFF
    text, media_type = {"vtt": (found.text, "text/vtt"), "txt": (f"{found.words}\n", "text/plain")}[ending]
    return answers.file_document(text.encode(), f"{media_type}; charset=utf-8", kept)


def _is_public(holder: DigitalObject) -> bool:
    return holder.access == Access.OPEN and holder.audience == Audience.FULL


def _file_of(canvas: Canvas) -> FieldFile:
    """The original, or what is served for it, as `send` takes it: in the folder or in the bucket."""
    served = canvas.technical.get("served")
    stored = stores.pyramid(served) if served else stores.original(canvas.original)
    storage: Storage
    if isinstance(stored, Path):
        storage = FileSystemStorage(location=settings.MEDIA_ROOT)
        name = str(stored.relative_to(settings.MEDIA_ROOT))
    else:
        storage, name = stores.BucketStorage(stored.url), stored.place
    return FieldFile(canvas, FileField(storage=storage), name)  # type: ignore[arg-type]
