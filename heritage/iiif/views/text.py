"""Search within (Content Search 2.0 and 1.0), its suggestions, and the text of a canvas as annotations."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from heritage.core.limits import query_text
from heritage.iiif import access
from heritage.iiif.models import DigitalObject, PageText
from heritage.iiif.presentation import version_2
from heritage.iiif.text import alto, searching
from heritage.iiif.text import answers as documents
from heritage.iiif.views import answers


def _object(request: HttpRequest, identifier: str) -> DigitalObject | HttpResponseBase:
    if (early := answers.early(request)) is not None:
        return early
    found = DigitalObject.objects.filter(identifier=identifier).first()
    status = access.content_status(request, found) if found else 404
    return found if found is not None and status == 200 else answers.refused(status)


def search(request: HttpRequest, version: int, identifier: str) -> HttpResponseBase:
    """Hits for `?q=` with the box of every line; an empty query has no hits."""
    found = _object(request, identifier)
    if not isinstance(found, DigitalObject):
        return found
    query, _was_cut = query_text(request.GET)
    hits = searching.search(found, query)
    build = {2: documents.version_2, 1: documents.version_1}[version]
    address = documents.search_address(identifier, version, query)
    return answers.json_document(
        request, build(identifier, address, hits), documents.CONTEXTS[version], found.kept_as, seconds=60
    )


def suggest(request: HttpRequest, version: int, identifier: str) -> HttpResponseBase:
    """Words of the object that begin with `?q=` (Content Search, autocomplete)."""
    found = _object(request, identifier)
    if not isinstance(found, DigitalObject):
        return found
    query, _was_cut = query_text(request.GET)
    terms = searching.suggestions(found, query)
    document = documents.terms(identifier, version, query, terms)
    return answers.json_document(request, document, documents.CONTEXTS[version], found.kept_as, seconds=60)


def canvas_text(request: HttpRequest, identifier: str, image: str) -> HttpResponseBase:
    """The lines of a canvas as an annotation page (Presentation API 3.0), motivation `supplementing`."""
    found = _object(request, identifier)
    if not isinstance(found, DigitalObject):
        return found
    rows = PageText.objects.filter(canvas__digital_object=found, canvas__image_identifier=image)
    page = rows.select_related("canvas").first()
    if page is None:
        return answers.refused(404)
    return answers.json_document(request, documents.text_page(identifier, page), documents.PRESENTATION, found.kept_as)


def canvas_list(request: HttpRequest, identifier: str, image: str) -> HttpResponseBase:
    """The same as an annotation list of version 2.1."""
    found = _object(request, identifier)
    if not isinstance(found, DigitalObject):
        return found
    rows = PageText.objects.filter(canvas__digital_object=found, canvas__image_identifier=image)
    page = rows.select_related("canvas").first()
    if page is None:
        return answers.refused(404)
    document = version_2.annotation_list(identifier, image, documents.text_page(identifier, page))
    return answers.json_document(request, document, version_2.CONTEXT, found.kept_as)


def canvas_alto(request: HttpRequest, identifier: str, image: str) -> HttpResponseBase:
    """The text of a canvas as ALTO 4."""
    found = _object(request, identifier)
    if not isinstance(found, DigitalObject):
        return found
    rows = PageText.objects.filter(canvas__digital_object=found, canvas__image_identifier=image)
    page = rows.select_related("canvas").first()
    if page is None:
        return answers.refused(404)
    return answers.file_document(alto.document(page), "application/xml", found.kept_as)


def plain_text(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """All the text of an object, a blank line between its pages."""
    found = _object(request, identifier)
    if not isinstance(found, DigitalObject):
        return found
    rows = PageText.objects.filter(canvas__digital_object=found).order_by("canvas__order", "canvas__pk")
    return answers.text_document("\n\n".join(rows.values_list("text", flat=True)) + "\n", found.kept_as)
