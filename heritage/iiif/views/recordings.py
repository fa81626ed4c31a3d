"""Sound, film and 3D models as they came in: `/iiif/recording/<id>`, `/iiif/model/<id>`, with ranges, within rights."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from heritage.core.sending import send
from heritage.iiif import access, queries, stores
from heritage.iiif.models import Access, Audience, Canvas
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
    is_public = holder.access == Access.OPEN and holder.audience == Audience.FULL
    response = send(
        request,
        _file_of(found),
        found.media_type,
        found.sha256,
        found.created_at.timestamp(),
        answers.cache_control(Access.OPEN if is_public else Access.STAFF, answers.A_DAY),
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Content-Length, Content-Range, Accept-Ranges"
    return response


def _file_of(canvas: Canvas) -> FieldFile:
    """The original as `send` takes it: in the folder or in the bucket."""
    stored = stores.original(canvas.original)
    storage: Storage
    if isinstance(stored, Path):
        storage = FileSystemStorage(location=settings.MEDIA_ROOT)
        name = str(stored.relative_to(settings.MEDIA_ROOT))
    else:
        storage, name = stores.BucketStorage(stored.url), stored.place
    return FieldFile(canvas, FileField(storage=storage), name)  # type: ignore[arg-type]
