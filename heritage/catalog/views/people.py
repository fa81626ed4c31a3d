"""People on the public pages: a list with its own search, and one page each. Nothing of it may be kept by anybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heritage.catalog.models.person import PersonalField
from heritage.catalog.people import queries
from heritage.core import limits


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Artisans and practitioners who let themselves be named; `q` narrows by name."""
    text, _cut = limits.query_text(request.GET)
    rows = queries.consenting().order_by("personal_data__folded", "pk")
    for word in queries.words_of(text):
        rows = rows.filter(personal_data__folded__contains=word)
    page = limits.page_of(rows, request.GET)
    context = {"page": page, "people": [queries.shown(person) for person in page], "text": text}
    return not_kept(render(request, "catalog/people.html", context))


@require_safe
def person(request: HttpRequest, code: str) -> HttpResponse:
    """What one person lets be shown; 404 without consent, the same as for a code that never was."""
    found = queries.public(code) if len(code) == 8 else None
    if found is None:
        raise Http404
    shown = queries.shown(found)
    masters, pupils = queries.lineage(found) if PersonalField.LINEAGE in shown.fields else ([], [])
    context = {
        "person": shown,
        "practices": queries.practised(found) if PersonalField.PRACTICE in shown.fields else [],
        "masters": masters,
        "pupils": pupils,
    }
    return not_kept(render(request, "catalog/person.html", context))


def not_kept(response: HttpResponse) -> HttpResponse:
    """A consent can be withdrawn any minute: no cache may hold the page, no search engine a copy of it."""
    response["Cache-Control"] = queries.NOTHING_KEPT
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response
