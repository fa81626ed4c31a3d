"""`/iiif/pdf/<identifier>.pdf`: the pages of an object as one PDF file, made while it is sent."""

import re
import threading
from collections.abc import Iterator
from itertools import chain

import pyvips
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from heritage.core import languages
from heritage.iiif import access, pdf, queries, stores
from heritage.iiif.addresses import PDF_PAGES
from heritage.iiif.image_api import derivatives, limits, reduced, rendering
from heritage.iiif.image_api.parameters import parse
from heritage.iiif.models import Access, Audience, Canvas, DigitalObject
from heritage.iiif.views import answers, objects

SIDE = 1800  # pixels of the longer side of a page, at most
AT_ONCE = 2
_PAGES = re.compile(r"([1-9]\d{0,5})-([1-9]\d{0,5})", re.ASCII)
_writing = threading.BoundedSemaphore(AT_ONCE)


def object_pdf(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Pages `?pages=1-300` of the object, or its first ones; in the reduced size where the public gets no more."""
    found = objects.seen(request, identifier)
    if isinstance(found, HttpResponse):
        return found
    images = access.images_status(request, found)
    if images != 200 and found.audience != Audience.REDUCED:
        return answers.refused(images)
    shown = [one for one in queries.ready_canvases(found) if one.is_picture]
    try:
        first, last = _wanted(request.GET.get("pages", ""), len(shown))
    except ValueError as wrong:
        return answers.error(400 if shown else 404, str(wrong))
    return _answer(request, found, shown, slice(first - 1, last), is_whole=images == 200)


def _wanted(asked: str, count: int) -> tuple[int, int]:
    """First and last page, from 1.

    Raises:
        ValueError: these are no pages of the object, or too many at once.
    """
    if not count:
        raise ValueError("This object has no pages.")
    if not asked:
        return 1, min(count, PDF_PAGES)
    match = _PAGES.fullmatch(asked)
    first, last = map(int, match.groups()) if match else (0, 0)
    if not 1 <= first <= last <= count:
        raise ValueError(f"pages is first-last within 1-{count}, such as pages=1-{min(count, PDF_PAGES)}.")
    if last - first >= PDF_PAGES:
        raise ValueError(f"One file has at most {PDF_PAGES} pages.")
    return first, last


def _answer(
    request: HttpRequest, found: DigitalObject, shown: list[Canvas], part: slice, is_whole: bool
) -> HttpResponseBase:
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type="application/pdf")
    else:
        if not _writing.acquire(blocking=False):
            return answers.error(503, "Other files are being made; ask again in a few seconds.")
        pictures = (_picture(one, is_whole) for one in shown[part])
        try:
            first = next(pictures)  # what cannot be read is said before a file begins
        except Exception as error:
            _writing.release()
            return _failed(error)
        response = StreamingHttpResponse(
            _pieces(found, chain([first], pictures), shown, part), content_type="application/pdf"
        )
        response._resource_closers.append(_writing.release)  # type: ignore[attr-defined]
    is_public = found.access == Access.OPEN and found.audience == Audience.FULL
    response["Cache-Control"] = answers.cache_control(Access.OPEN if is_public else Access.STAFF, answers.FIVE_MINUTES)
    response["Content-Disposition"] = f'attachment; filename="{found.identifier}.pdf"'
    response["X-Robots-Tag"] = "noindex"
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _failed(error: Exception) -> HttpResponse:
    if isinstance(error, derivatives.BusyError):
        return answers.error(503, str(error))
    if isinstance(error, FileNotFoundError | stores.StoreError | pyvips.Error):
        return answers.error(500, "The stored image cannot be read.")
    raise error


def _pieces(found: DigitalObject, pictures: Iterator[bytes], shown: list[Canvas], part: slice) -> Iterator[bytes]:
    place = {one.pk: index for index, one in enumerate(shown[part])}
    marks = [
        pdf.Bookmark(languages.in_language(one, "label"), place[one.first_id])
        for one in queries.ranges(found)
        if one.first_id in place
    ]
    subject = " · ".join(filter(None, (found.identifier, found.attribution_vi, found.rights)))
    return pdf.written(languages.in_language(found, "label"), subject, pictures, len(place), marks)


def _picture(canvas: Canvas, is_whole: bool) -> bytes:
    """The page as a JPEG file, out of the shared cache."""
    size = (canvas.width or 1, canvas.height or 1)
    side = min(SIDE, max(size if is_whole else reduced.size(*size)))
    asked = parse("full", f"!{side},{side}", "0", "default", "jpg", size, limits.current())
    key = derivatives.key_of(canvas.image_identifier, canvas.version, asked.canonical, str(rendering.VERSION))
    pyramid = stores.pyramid(canvas.pyramid)
    with derivatives.get_or_make(key, lambda path: rendering.render(pyramid, asked, path)) as file:
        return file.read()
