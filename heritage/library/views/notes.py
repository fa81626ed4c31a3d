"""All bookmarks, highlights and notes of a reader, of every book, on one page and as one file."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from heritage.accounts.models import User
from heritage.library.models import Mark, Reading
from heritage.library.services import reading as services
from heritage.library.views.readings import as_markdown

MOST = 2_000


@never_cache
@require_safe
@login_required
def my_notes(request: HttpRequest) -> HttpResponse:
    """By title, the last changed first; `?format=markdown|json` gives the whole as a file."""
    marks = Mark.objects.filter(reading__user=cast(User, request.user), removed=False)
    rows = marks.select_related("reading__edition__work").order_by("-changed_ms", "-pk")[:MOST]
    by_reading: dict[Reading, list[Mark]] = {}
    for mark in rows:
        by_reading.setdefault(mark.reading, []).append(mark)
    titles = [(one.edition, sorted(inside, key=lambda mark: mark.fraction)) for one, inside in by_reading.items()]
    wanted = request.GET.get("format")
    if wanted == "markdown":
        text = "\n".join(as_markdown(edition, inside) for edition, inside in titles)
        return _file(HttpResponse(text, content_type="text/markdown; charset=utf-8"), "notes.md")
    if wanted == "json":
        return _file(JsonResponse({"titles": [_title(one, inside) for one, inside in titles]}), "notes.json")
    return render(request, "library/my_notes.html", {"titles": titles})


def _title(edition: Any, marks: list[Mark]) -> dict[str, Any]:
    return {"work": edition.work.number, "kind": edition.kind, "items": [services.as_item(mark) for mark in marks]}


def _file(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
