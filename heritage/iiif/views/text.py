"""Search within (Content Search 2.0 and 1.0), its suggestions, and the text of a canvas as annotations."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from heritage.core.limits import query_text
from heritage.iiif import access
from heritage.iiif.models import Access, Audience, Caption, DigitalObject, PageText
from heritage.iiif.presentation import version_2
from heritage.iiif.text import alto, searching
from heritage.iiif.text import answers as documents
from heritage.iiif.views import answers

View = Callable[..., HttpResponseBase]


def _of_object(view: View) -> View:
    """`view` with the object in place of its identifier, once the viewer may read what is in it."""

    @wraps(view)
    def answer(request: HttpRequest, identifier: str, **rest: Any) -> HttpResponseBase:
        if (early := answers.early(request)) is not None:
            return early
        found = DigitalObject.objects.filter(identifier=identifier).first()
        status = access.content_status(request, found) if found else 404
        if found is None or status != 200:
            return answers.refused(status)
        return view(request, found, **rest)

    return answer


def _of_page(view: View) -> View:
    """`view` with the object and the text of the canvas that `image` names."""

    @_of_object
    @wraps(view)
    def answer(request: HttpRequest, found: DigitalObject, image: str) -> HttpResponseBase:
        rows = PageText.objects.filter(canvas__digital_object=found, canvas__image_identifier=image)
        page = rows.select_related("canvas").first()
        return answers.refused(404) if page is None else view(request, found, page)

    return answer


def _may_hear(request: HttpRequest, holder: DigitalObject) -> bool:
    """Who may not hear the recordings does not read what is said in them either."""
    return access.images_status(request, holder) == 200


def _kept_as(request: HttpRequest, holder: DigitalObject) -> str:
    """An answer that says more to some than to others is nobody's to keep."""
    is_more = holder.audience != Audience.FULL and _may_hear(request, holder)
    return Access.STAFF if is_more else holder.kept_as


@_of_object
def search(request: HttpRequest, found: DigitalObject, version: int) -> HttpResponseBase:
    """Hits for `?q=` with the box of every line; an empty query has no hits."""
    query, _was_cut = query_text(request.GET)
    hits = searching.search(found, query, _may_hear(request, found))
    build = {2: documents.version_2, 1: documents.version_1}[version]
    address = documents.search_address(found.identifier, version, query)
    document = build(found.identifier, address, hits)
    return answers.json_document(request, document, documents.CONTEXTS[version], _kept_as(request, found), seconds=60)


@_of_object
def suggest(request: HttpRequest, found: DigitalObject, version: int) -> HttpResponseBase:
    """Words of the object that begin with `?q=` (Content Search, autocomplete)."""
    query, _was_cut = query_text(request.GET)
    terms = searching.suggestions(found, query, _may_hear(request, found))
    document = documents.terms(found.identifier, version, query, terms)
    return answers.json_document(request, document, documents.CONTEXTS[version], _kept_as(request, found), seconds=60)


@_of_page
def canvas_text(request: HttpRequest, found: DigitalObject, page: PageText) -> HttpResponseBase:
    """The lines of a canvas as an annotation page (Presentation API 3.0), motivation `supplementing`."""
    document = documents.text_page(found.identifier, page)
    return answers.json_document(request, document, documents.PRESENTATION, found.kept_as)


@_of_page
def canvas_list(request: HttpRequest, found: DigitalObject, page: PageText) -> HttpResponseBase:
    """The same as an annotation list of version 2.1."""
    lines = documents.text_page(found.identifier, page)
    document = version_2.annotation_list(found.identifier, page.canvas.image_identifier, lines)
    return answers.json_document(request, document, version_2.CONTEXT, found.kept_as)


@_of_page
def canvas_alto(_request: HttpRequest, found: DigitalObject, page: PageText) -> HttpResponseBase:
    """The text of a canvas as ALTO 4."""
    return answers.file_document(alto.document(page), "application/xml", found.kept_as)


@_of_object
def plain_text(request: HttpRequest, found: DigitalObject) -> HttpResponseBase:
    """All the text of an object, a blank line between its pages; then what is said in its recordings."""
    rows = PageText.objects.filter(canvas__digital_object=found).order_by("canvas__order", "canvas__pk")
    parts = list(rows.values_list("text", flat=True))
    if _may_hear(request, found):
        said = Caption.objects.filter(canvas__digital_object=found).order_by("canvas__order", "canvas__pk", "language")
        parts += said.values_list("words", flat=True)
    return answers.text_document("\n\n".join(parts) + "\n", _kept_as(request, found))
