"""The Image API: `/iiif/3/<id>/info.json` and `/iiif/3/<id>/<region>/<size>/<rotation>/<quality>.<format>`."""

import logging
import os
from typing import BinaryIO

import pyvips
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from heritage.iiif import access, addresses, queries, stores, tiff
from heritage.iiif.image_api import derivatives, info, limits, reduced, rendering, stored_tiles
from heritage.iiif.image_api.parameters import FORMATS, ImageRequest, ParameterError, parse
from heritage.iiif.models import Access, Audience, DigitalObject
from heritage.iiif.queries import ServedImage
from heritage.iiif.views import answers

logger = logging.getLogger(__name__)

STREAMED_OVER = 2 * 1024**2  # bytes
PREFIXES = {addresses.IMAGE_PREFIX: 3, addresses.IMAGE_2_PREFIX: 2}


def image(request: HttpRequest, **_parts: str) -> HttpResponseBase:
    """The view for what the middleware leaves: images that only some may see."""
    return respond(request, asks_user=True) or answers.refused(404)


def respond(request: HttpRequest, *, asks_user: bool) -> HttpResponseBase | None:
    """The answer to a request below one of `PREFIXES`; None where the visitor must be known and is not asked for.

    Access is looked at first, before any tile or derivative is touched.
    """
    if (early := answers.early(request)) is not None:
        return early
    prefix = request.path_info[:8]
    identifier, *rest = request.path_info[8:].split("/")
    served = _served(identifier) if len(identifier) <= 100 else None
    if served is None or len(rest) not in (0, 1, 4) or served.access == Access.CLOSED:
        return answers.refused(404)
    if not served.is_public and not asks_user:
        return None
    version = PREFIXES[prefix]
    status = 200 if served.is_public else _status(request, served)
    if status != 200 and served.access != Access.OPEN:
        return answers.refused(status)
    if len(rest) == 4:
        return _pixels(request, served, rest, version, status)
    if status != 200:
        return _closed_document(request, served, rest, version, status)
    return _document(request, served, rest, version)


def _served(identifier: str) -> ServedImage | None:
    return queries.served_image(identifier) or reduced.served(identifier)


def _status(request: HttpRequest, served: ServedImage) -> int:
    return access.images_status(request, DigitalObject.objects.get(pk=served.object_pk))


def _closed_document(
    request: HttpRequest, served: ServedImage, rest: list[str], version: int, status: int
) -> HttpResponseBase:
    """info.json for those who may not see the whole: it says how to get in (Authentication 1.0, sections 2 and 4)."""
    holder = DigitalObject.objects.get(pk=served.object_pk)
    if access.has_token_for(request, holder) or rest != ["info.json"]:
        return _document(request, served, rest, version)
    if served.audience == Audience.REDUCED:
        address = addresses.image_service if version == 3 else addresses.image_2_service
        answer = answers.with_cors(HttpResponse(status=302))
        answer["Location"] = f"{address(served.identifier + reduced.SUFFIX)}/info.json"
        answer["Cache-Control"] = "private, no-store"
        return answer
    response = _document(request, served, rest, version)
    if response.status_code == 200:
        response.status_code = status
    return response


def _document(request: HttpRequest, served: ServedImage, rest: list[str], version: int) -> HttpResponse:
    address = addresses.image_service if version == 3 else addresses.image_2_service
    if rest in ([], [""]):  # section 2: the base URI leads to info.json
        redirect = answers.with_cors(HttpResponse(status=303))
        redirect["Location"] = f"{address(served.identifier)}/info.json"
        return redirect
    if rest != ["info.json"]:
        return answers.refused(404)
    make, context, level = {
        3: (info.version_3, info.CONTEXT, info.LEVEL_2),
        2: (info.version_2, info.CONTEXT_2, info.LEVEL_2_OF_2),
    }[version]
    response = answers.json_document(request, make(served, limits.current()), context, served.kept_as)
    response["Link"] = f'<{level}>;rel="profile"'
    return response


def _pixels(
    request: HttpRequest, served: ServedImage, rest: list[str], version: int, status: int = 200
) -> HttpResponseBase:
    if status != 200 and served.audience != Audience.REDUCED:
        return answers.refused(status)
    region, size, rotation, last = rest
    quality, _dot, format_ = last.rpartition(".")
    if version == 2:
        size = _size_of_version_2(size)
    try:
        asked = parse(region, size, rotation, quality, format_, (served.width, served.height), limits.current())
    except ParameterError as wrong:
        return answers.error(400, str(wrong))
    if status != 200 and not reduced.is_within(asked, served):
        return answers.refused(status)
    if version == 3 and leads_on(rest, asked):
        return _to_canonical(request, served, asked)
    etag = etag_of(served, asked)
    response: HttpResponseBase
    if answers.not_modified(request, etag):
        response = HttpResponseNotModified()
    else:
        try:
            response = _answer(served, asked)
        except derivatives.BusyError as busy:
            return answers.error(503, str(busy))
        except (pyvips.Error, tiff.MalformedError):
            logger.exception("%s cannot be read", served.pyramid)
            return answers.error(500, "The stored image cannot be read.")
    for name, value in headers_of(served, asked, etag, version, request.META.get("QUERY_STRING", "")).items():
        response.headers[name] = value
    return response


def leads_on(rest: list[str], asked: ImageRequest) -> bool:
    """Whether this spelling of a picture's address leads to the canonical one, by IIIF_CANONICAL_REDIRECT."""
    return settings.IIIF_CANONICAL_REDIRECT and "/".join(rest) != asked.canonical


def _to_canonical(request: HttpRequest, served: ServedImage, asked: ImageRequest) -> HttpResponse:
    """Found, not moved for good: `full/max` means another picture once the scan is replaced (section 4.7)."""
    redirect = answers.with_cors(HttpResponse(status=302))
    query = request.META.get("QUERY_STRING", "")
    address = f"{addresses.image_service(served.identifier)}/{asked.canonical}"
    redirect["Location"] = f"{address}?{query}" if query else address
    redirect["Cache-Control"] = answers.cache_control(served.kept_as, answers.A_DAY)
    return redirect


def etag_of(served: ServedImage, asked: ImageRequest) -> str:
    return f'"{served.version}-{derivatives.digest_of(asked.canonical, str(rendering.VERSION))[:20]}"'


def headers_of(served: ServedImage, asked: ImageRequest, etag: str, version: int, query: str) -> dict[str, str]:
    """What stands above every picture (sections 4.7 and 6); for good where the query names the image's version."""
    base = (addresses.image_service if version == 3 else addresses.image_2_service)(served.identifier)
    level = info.LEVEL_2 if version == 3 else info.LEVEL_2_OF_2
    kept = answers.cache_control(served.kept_as, answers.A_DAY)
    if served.is_public and query == f"v={served.version}":
        kept = f"public, max-age={answers.A_YEAR}, immutable"
    return {
        "ETag": etag,
        "Link": f'<{base}/{asked.canonical}>;rel="canonical", <{level}>;rel="profile"',
        "Cache-Control": kept,
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Link, ETag, Content-Length",
    }


def _answer(served: ServedImage, asked: ImageRequest) -> HttpResponseBase:
    pyramid = stores.pyramid(served.pyramid)
    try:
        asked = reduced.on_pyramid(asked, served)
        if tile := stored_tiles.find(pyramid, asked):
            return _with_length(stored_tiles.read(pyramid, *tile), "image/jpeg")
        whole = (served.whole or served).identifier
        reduced_by = [served.identifier] if served.whole else []
        key = derivatives.key_of(whole, *reduced_by, served.version, asked.canonical, str(rendering.VERSION))
        file = derivatives.get_or_make(key, lambda path: rendering.render(pyramid, asked, path))
    except FileNotFoundError:
        return answers.error(500, "The stored image is missing.")
    except stores.StoreError:
        logger.exception("The storage of the pyramids does not answer")
        return answers.error(503, "The storage of the images does not answer; ask again in a few seconds.")
    return _from_file(file, FORMATS[asked.format])


def _from_file(file: BinaryIO, content_type: str) -> HttpResponseBase:
    if os.fstat(file.fileno()).st_size > STREAMED_OVER:
        return FileResponse(file, content_type=content_type)
    with file:
        return _with_length(file.read(), content_type)


def _with_length(data: bytes, content_type: str) -> HttpResponse:
    return HttpResponse(data, content_type=content_type, headers={"Content-Length": str(len(data))})


def _size_of_version_2(size: str) -> str:
    """Version 2.1.1 enlarges without being asked by ^, and calls the whole `full`."""
    return "max" if size in ("full", "max") else f"^{size}"
