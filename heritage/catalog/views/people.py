"""People on the public pages: a list with its own search, and one page each. Nothing of it may be kept by anybody."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog.models import Person
from heritage.catalog.models.person import PersonalField
from heritage.catalog.people import queries
from heritage.core import limits
from heritage.core.sending import send


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


@require_safe
def person_portrait(request: HttpRequest, code: str) -> HttpResponseBase:
    """The portrait while a consent opens it, for staff of the unit always; 404 else, nothing of it kept by anybody."""
    row = Person.objects.filter(code=code).prefetch_related("personal_data").first() if len(code) == 8 else None
    data = next(iter(row.personal_data.all()), None) if row else None
    if row is None or data is None or not data.portrait:
        raise Http404
    found = queries.public(code)
    is_open = found is not None and bool(queries.shown(found).portrait_url)
    if not is_open and not policy_of(Person).user_has_permission_for_instance(request.user, Action.VIEW.value, row):
        raise Http404
    digest = hashlib.sha256(str(data.portrait.name).encode()).hexdigest()
    answer = send(request, data.portrait, "image/jpeg", digest, row.modified_at.timestamp(), queries.NOTHING_KEPT)
    answer["X-Robots-Tag"] = "noindex, noarchive"
    return answer


def not_kept(response: HttpResponse) -> HttpResponse:
    """A consent can be withdrawn any minute: no cache may hold the page, no search engine a copy of it."""
    response["Cache-Control"] = queries.NOTHING_KEPT
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response
