"""The Presentation API: manifests, collections, and what their identifiers lead to."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from heritage.core.limits import page_number
from heritage.iiif import queries
from heritage.iiif.models import Access, DigitalObject
from heritage.iiif.presentation import annotations, collections, kept, manifests, together, version_2
from heritage.iiif.views import answers, objects


def manifest(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The manifest of an object, to those who may see it."""
    found = objects.seen(request, identifier)
    if isinstance(found, HttpResponse):
        return found
    return answers.json_document(request, kept.manifest_json(found), manifests.CONTEXT, found.access)


def manifest_2(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The same by version 2.1, for old clients."""
    found = objects.seen(request, identifier)
    if isinstance(found, HttpResponse):
        return found
    document = version_2.manifest(identifier, json.loads(kept.manifest_json(found)))
    return answers.json_document(request, document, version_2.CONTEXT, found.access)


def collection(request: HttpRequest, name: str) -> HttpResponseBase:
    """`top`, a family or a shelf, `?page=` where it has several."""
    if (early := answers.early(request)) is not None:
        return early
    page = page_number(request.GET) if "page" in request.GET else None
    document = collections.named(name, page)
    if document is None:
        return answers.refused(404)
    return answers.json_document(request, document, manifests.CONTEXT, Access.OPEN)


def set_manifest(request: HttpRequest, name: str) -> HttpResponseBase:
    """The pages of a saved set's objects one after the other, in a manifest of their own."""
    if (early := answers.early(request)) is not None:
        return early
    document = together.manifest(name)
    if document is None:
        return answers.refused(404)
    return answers.json_document(request, document, manifests.CONTEXT, Access.OPEN)


def canvas_annotations(request: HttpRequest, identifier: str, image: str, kind: str) -> HttpResponseBase:
    """The published remarks or the georeference of a canvas, as an annotation page of its own."""
    found = objects.seen(request, identifier)
    if isinstance(found, HttpResponse):
        return found
    canvas = queries.ready_canvases(found).filter(image_identifier=image).first()
    page: dict[str, Any] | None = None
    if canvas and kind == "remarks":
        remarks = queries.published_remarks(found).get(canvas.pk, [])
        page = annotations.remarks_alone(identifier, canvas, remarks, queries.images_with_remarks(found))
    elif canvas and kind == "georeference" and (points := queries.control_points(found).get(canvas.pk)):
        page = annotations.georeference_page(identifier, canvas, points)
    elif canvas:
        return part(request, identifier)
    if page is None:
        return answers.refused(404)
    return answers.json_document(request, {"@context": manifests.CONTEXT, **page}, manifests.CONTEXT, found.access)


def remarks(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """All published remarks of an object, as an annotation collection whose pages lead from one to the next."""
    found = objects.seen(request, identifier)
    if isinstance(found, HttpResponse):
        return found
    total = queries.remarks(found).count()
    document = annotations.remarks_collection(identifier, queries.images_with_remarks(found), total)
    return answers.json_document(request, {"@context": manifests.CONTEXT, **document}, manifests.CONTEXT, found.access)


def part(request: HttpRequest, identifier: str, **_parts: str) -> HttpResponse:
    """The address of a canvas is a name; whoever opens it is led to the manifest that holds it."""
    response = answers.with_cors(HttpResponse(status=303))
    response["Location"] = DigitalObject(identifier=identifier).get_absolute_url()
    return response
