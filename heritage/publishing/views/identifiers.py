"""`/id/<number>` and `/q/<code>`: addresses that never move and never mean something else."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from heritage.catalog.people.queries import NOTHING_KEPT
from heritage.core import identifiers, languages
from heritage.core.models import Identifier
from heritage.core.models.identifier import State
from heritage.publishing import resources
from heritage.publishing.api import lookup, problems
from heritage.publishing.api.answers import json_answer

JSON, JSON_LD, HTML = "application/json", "application/ld+json", "text/html"


@require_safe
def identifier(request: HttpRequest, number: str, suffix: str = "") -> HttpResponse:
    """JSON to those who ask for it by `Accept` or `.json`; everybody else is led to the page in their language.

    Content negotiation as in RFC 9110, section 12.5.1; 303 since the page describes the thing and is not it.
    """
    wanted = JSON if suffix else request.get_preferred_type([HTML, JSON, JSON_LD]) or HTML
    response = _answer(request, number, wanted)
    patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie"])
    if wanted != HTML:
        response["Access-Control-Allow-Origin"] = "*"
    response.setdefault("Cache-Control", "no-cache")
    return response


def _answer(request: HttpRequest, number: str, wanted: str) -> HttpResponse:
    row = lookup.find(number)
    if row is not None and row.state != State.ACTIVE:
        return gone(request, row, as_json=wanted != HTML)
    found = resources.published(row) if row else None
    if found is None:
        if wanted == HTML:
            raise Http404
        return problems.respond(problems.Problem(404, "This number was never given, or is not public."))
    if wanted == HTML:
        return see_other(found.instance.get_absolute_url())  # type: ignore[attr-defined]
    return _json(found, wanted)


def _json(found: resources.Found, wanted: str) -> HttpResponse:
    make = found.resource.json_ld if wanted == JSON_LD else found.resource.describe
    values = make(found.instance)
    response = json_answer(values, content_type=f"{wanted}; charset=utf-8")
    if values.get("practitioners"):
        response["Cache-Control"] = NOTHING_KEPT
    return response


def see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def gone(request: HttpRequest, row: Identifier, as_json: bool = False) -> HttpResponse:
    """410: why there is nothing here any more, and where to go."""
    if as_json:
        return json_answer(lookup.tombstone(row), 410)
    successor = lookup.living_successor(row)
    found = resources.published(successor) if successor else None
    context: dict[str, Any] = {
        "identifier": row,
        "reason": languages.in_language(row, "reason"),
        "successor": found,
        "successor_title": _title(found) if found else "",
    }
    return render(request, "publishing/gone.html", context, status=410)


def _title(found: resources.Found) -> str:
    titles = found.resource.title(found.instance)
    return titles.get(languages.current()) or next(iter(titles.values()), found.number)


@require_safe
def short_code(request: HttpRequest, code: str) -> HttpResponse:
    """What a QR code or a typed code leads to. Case, hyphens and the look-alikes I, L, O do not matter."""
    normal = identifiers.normalise_code(code)
    row = Identifier.objects.select_related("successor").filter(code=normal).first() if normal else None
    if row is not None and row.state != State.ACTIVE:
        return gone(request, row)
    found = resources.published(row) if row else None
    if found is None:
        return render(
            request, "publishing/unknown_code.html", {"typed": code[:40], "is_code": bool(normal)}, status=404
        )
    response = see_other(found.instance.get_absolute_url())  # type: ignore[attr-defined]
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def typed_code(request: HttpRequest) -> HttpResponse:
    """The form for a code read from a label: leads to `/q/<code>`."""
    code = identifiers.normalise_code(request.GET.get("code", "")[:40])
    if code:
        return redirect("short_code", code=code)
    typed = request.GET.get("code", "")[:40]
    return render(
        request, "publishing/unknown_code.html", {"typed": typed, "is_code": False}, status=404 if typed else 200
    )
