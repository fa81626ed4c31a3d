"""Sending private files: with ranges and validators, by this process or by the web server in front of it.

Whoever calls has asked the policy already. Behind nginx set `ACCEL_PREFIX` to the `internal` location that serves
`MEDIA_ROOT` (docs/admin/nginx.conf), behind Apache or lighttpd `X_SENDFILE`; the web server then does the sending and
the ranges. What lies in a bucket is sent from there: through nginx with `ACCEL_S3_PREFIX`, the `internal` location that
leads to it, or to whom an address elsewhere is as good with `S3_REDIRECT`.
"""

import logging
from collections.abc import Iterator
from typing import IO
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header, http_date, parse_etags, parse_http_date_safe

from heritage.core.ranges import ByteRange, UnsatisfiableRangeError, asked_for

logger = logging.getLogger(__name__)

CHUNK = 256 * 1024
"""Bytes held in memory per listener."""
PIECE = 512 * 1024
"""What a player in a browser is given of a range without an end. It comes again for more (RFC 9110, section 15.3.7),
so that somebody who pauses does not keep one of this process's few threads."""
PLAYERS = ("audio", "video")


def send(
    request: HttpRequest,
    file: FieldFile,
    media_type: str,
    digest: str,
    modified: float,
    cache_control: str = "private, no-cache",
    download_name: str = "",
) -> HttpResponseBase:
    """`file` as an answer to GET or HEAD: 200, 206, 304 or 416.

    Args:
        digest: names this content for ever, such as its SHA-256; it becomes the strong entity tag.
        modified: seconds since 1970.

    Raises:
        Http404: the file is gone from the storage.
    """
    etag = f'"{digest}"'
    response: HttpResponseBase
    if _not_modified(request, etag, modified):
        response = HttpResponse(status=304)
    elif (settings.ACCEL_PREFIX or settings.X_SENDFILE) and _is_on_disk(file):
        response = _by_web_server(file, media_type)
    elif address := _address_in_bucket(request, file):
        response = _by_bucket(address, media_type)
    else:
        response = _body(request, file, media_type, etag, modified)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Accept-Ranges"] = "bytes"
    response.setdefault("Cache-Control", cache_control)
    response["X-Content-Type-Options"] = "nosniff"
    # Opened as a document by itself, a stored file may run and load nothing.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if download_name:
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=download_name) or ""
    return response


def _by_web_server(file: FieldFile, media_type: str) -> HttpResponse:
    response = HttpResponse(content_type=media_type)
    if settings.ACCEL_PREFIX:
        response["X-Accel-Redirect"] = quote(f"{settings.ACCEL_PREFIX.rstrip('/')}/{file.name}")
    else:
        response["X-Sendfile"] = file.path
    return response


def _address_in_bucket(request: HttpRequest, file: FieldFile) -> str:
    """A signed address of the file where its bucket is to send it to this visitor; "" where this process does."""
    to_bucket = settings.ACCEL_S3_PREFIX or (settings.S3_REDIRECT and _follows_elsewhere(request))
    signed_url = getattr(file.storage, "signed_url", None)
    return signed_url(file.name) if to_bucket and signed_url else ""


def _follows_elsewhere(request: HttpRequest) -> bool:
    """Whether another origin does as well: not for a script, which asks it for leave, nor for HEAD, not signed for."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return request.method == "GET" and mode in ("navigate", "no-cors") and not _is_passed_on(request)


def _by_bucket(address: str, media_type: str) -> HttpResponse:
    if not settings.ACCEL_S3_PREFIX:
        # The address is one's own and runs out; the next question is asked here again.
        return HttpResponse(status=307, headers={"Location": address, "Cache-Control": "no-store"})
    parts = urlsplit(address)
    response = HttpResponse(content_type=media_type)
    response["X-Accel-Redirect"] = f"{settings.ACCEL_S3_PREFIX.rstrip('/')}{parts.path}?{parts.query}"
    return response


def _is_on_disk(file: FieldFile) -> bool:
    """Whether the web server in front can reach it; a storage elsewhere has no paths."""
    try:
        return bool(file.path)
    except NotImplementedError:
        return False


def _not_modified(request: HttpRequest, etag: str, modified: float) -> bool:
    if tags := request.headers.get("If-None-Match"):
        return any(tag in ("*", etag) for tag in (t.removeprefix("W/") for t in parse_etags(tags)))
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(modified) <= since


def _body(request: HttpRequest, file: FieldFile, media_type: str, etag: str, modified: float) -> HttpResponseBase:
    try:
        size = file.size
    except FileNotFoundError as error:
        raise Http404 from error
    except OSError:
        logger.exception("The storage of %s does not answer", file.name)
        return HttpResponse(
            status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"}, content_type="text/plain"
        )
    try:
        wanted = asked_for(_range_header(request, etag, modified), size)
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}, content_type="text/plain")
    part = wanted or ByteRange(0, size - 1, size)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=media_type)
    elif wanted and _goes_on_by_pieces(request):
        part = wanted = ByteRange(wanted.first, min(wanted.last, wanted.first + PIECE - 1), size)
        with file.storage.open(file.name or "", "rb") as stored:
            response = HttpResponse(b"".join(_chunks(stored, part)), content_type=media_type)
        # A browser that keeps the piece would ask for all the rest by its last byte.
        response["Cache-Control"] = "no-store"
    else:
        stored = file.storage.open(file.name or "", "rb")
        response = StreamingHttpResponse(_chunks(stored, part), content_type=media_type)
        response._resource_closers.append(stored.close)  # type: ignore[attr-defined]
    response["Content-Length"] = str(part.length)
    if wanted:
        response.status_code = 206
        response["Content-Range"] = wanted.content_range
    return response


def _goes_on_by_pieces(request: HttpRequest) -> bool:
    """Whether a browser's player asks, which comes again; a program that resumes a download does not."""
    is_player = request.headers.get("Sec-Fetch-Dest", "") in PLAYERS or _is_passed_on(request)
    return is_player and request.headers.get("Range", "").rstrip().endswith("-")


def _is_passed_on(request: HttpRequest) -> bool:
    """Whether a service worker passes a picture's or a player's request on, which hides its destination.

    No script can ask for a range in that mode (Fetch, section 2.2.2): a range is asked for by a player alone. A
    browser gives no player what a worker brings from another origin.
    """
    return [request.headers.get(f"Sec-Fetch-{name}", "") for name in ("Dest", "Mode")] == ["empty", "no-cors"]


def _range_header(request: HttpRequest, etag: str, modified: float) -> str | None:
    """The `Range` to obey: none for HEAD, none where `If-Range` names another version (section 13.1.5)."""
    condition = request.headers.get("If-Range", "").strip()
    if request.method != "GET":
        return None
    if condition and condition != etag and parse_http_date_safe(condition) != int(modified):
        return None
    return request.headers.get("Range")


def _chunks(stored: IO[bytes], part: ByteRange) -> Iterator[bytes]:
    left = part.length
    stored.seek(part.first)
    while left > 0 and (chunk := stored.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
