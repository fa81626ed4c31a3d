"""The page of one record, for everybody; drafts and withdrawn records answer as such."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from heritage.catalog.models import Record
from heritage.catalog.page import RecordPage, public
from heritage.catalog.people.queries import NOTHING_KEPT
from heritage.catalog.queries import published
from heritage.catalog.services import last_public_version
from heritage.core import languages, sections
from heritage.core.models import Identifier
from heritage.core.models.identifier import State


@require_safe
def record_page(request: HttpRequest, number: str) -> HttpResponse:
    """A public record; 410 with the reason where it was withdrawn, the successor where merged, else 404."""
    record = public(number)
    if record is None:
        return _absent(request, number)
    context = _context(request, record)
    response = render(request, "catalog/record.html", context)
    if context["page"].practitioners:  # a consent may be withdrawn any minute
        response["Cache-Control"] = NOTHING_KEPT
    return response


def preview(request: HttpRequest, record: Record, language: str) -> Any:
    """The page as `record`, a draft, would look; staff see it in the editor."""
    with translation.override(language):
        context = _context(request, record) if record.pk else {"record": record, "page": RecordPage(record)}
        return render(request, "catalog/record.html", context | {"is_preview": True, "language": language})


BEFORE_THE_STORY = 30
"""Sections of a lower order (scans) stand before the record's own story, the others behind it."""


def _context(request: HttpRequest, record: Record) -> dict[str, Any]:
    first: dict[str, str] = {}
    later: dict[str, str] = {}
    for section in sections.of(record):
        values = section.context(request, record)
        if values is not None:
            html = render_to_string(section.template, {"object": record, **values}, request=request)
            shown = first if section.order < BEFORE_THE_STORY else later
            shown[section.slug] = mark_safe(html)  # rendered by a template, escaped there
    return {
        "record": record,
        "page": RecordPage(record),
        "first_sections": first,
        "later_sections": later,
        "has_section": {slug.replace("-", "_"): True for slug in (*first, *later)},
    }


def _absent(request: HttpRequest, number: str) -> HttpResponse:
    """What stands where no public record is."""
    rows = Identifier.objects.select_related("successor").filter(number=number, model=Record._meta.label_lower)
    tombstone = rows.exclude(state=State.ACTIVE).first()
    if tombstone is None:
        raise Http404
    if tombstone.state == State.MERGED and tombstone.successor:
        successor = published().filter(number=tombstone.successor.number).first()
        if successor is not None:
            return _not_kept(HttpResponsePermanentRedirect(successor.get_absolute_url()))
    withdrawn = Record.objects.filter(number=number).select_related("unit__province", "part_of").first()
    known = last_public_version(withdrawn) if withdrawn else None
    context = {
        "tombstone": tombstone,
        "name": languages.in_language(known, "name") if known else "",  # what was written since is no visitor's
        "unit": withdrawn.unit if withdrawn else None,
        "whole": withdrawn.part_of if withdrawn and withdrawn.part_of and withdrawn.part_of.live else None,
    }
    return _not_kept(render(request, "catalog/withdrawn.html", context, status=410))


def _not_kept(response: HttpResponse) -> HttpResponse:
    """A withdrawal can be lifted; browsers keep a 410 or a 301 for as long as they like unless told to ask again."""
    response["Cache-Control"] = "no-cache"
    return response
