"""The catalogue record of a published work, for other catalogues."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from heritage.core.addresses import absolute
from heritage.library.models import Subject
from heritage.library.queries import published
from heritage.library.records import Description, describe, dublin_core, marc, skos


@require_safe
def marcxml(request: HttpRequest, number: str) -> HttpResponse:
    """One record as MARCXML."""
    return HttpResponse(marc.xml_of(_described(number)), content_type="application/marcxml+xml")


@require_safe
def dublin_core_xml(request: HttpRequest, number: str) -> HttpResponse:
    """One record as simple Dublin Core."""
    return HttpResponse(dublin_core.write(_described(number)), content_type="application/xml; charset=utf-8")


@require_safe
def subjects(request: HttpRequest) -> HttpResponse:
    """The subjects as a SKOS concept scheme (W3C SKOS Reference) in JSON-LD."""
    body = json.dumps(skos.scheme(Subject.objects.select_related("broader")), ensure_ascii=False)
    return HttpResponse(body, content_type="application/ld+json")


def _described(number: str) -> Description:
    works = published().prefetch_related("contributors__authority", "subjects", "records", "editions")
    work = get_object_or_404(works, number=number)
    return describe(work, absolute(work.get_absolute_url()))
