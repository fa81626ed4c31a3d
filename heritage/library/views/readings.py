"""A reader's place and marks in a book: brought together from all devices, and given out as a file."""

import json
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from heritage.accounts.models import User
from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.library import access
from heritage.library.models import Edition, FileFormat, Mark, Reading
from heritage.library.services import reading as services
from heritage.library.services.progress import page_of
from heritage.library.templatetags.library import clock

MOST_BYTES = 2 * 1024 * 1024
EPUB_CFI = "http://www.idpf.org/epub/linking/cfi/epub-cfi.html"
MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
PDF_PAGES = "http://tools.ietf.org/rfc/rfc3778"


@never_cache
@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """POST merges a device's copy and answers the merged one, with `open`: whether the book may be opened.

    GET answers the copy, or `?format=markdown|annotations`.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"error": "login"}, status=401)
    edition = get_object_or_404(Edition.objects.select_related("work"), pk=pk)
    known = Reading.objects.filter(user=request.user, edition=edition).first()
    is_open = access.door(request.user, edition)[0].lets_in
    if known is None and not is_open:
        raise Http404
    if request.method == "POST":
        return _merge(request, edition, is_open)
    return _export(request, edition, known)


def _merge(request: HttpRequest, edition: Edition, is_open: bool) -> HttpResponse:
    """The merged copy, and whether the book may still be opened: a kept title is closed where its loan has ended."""
    if len(request.body) > MOST_BYTES:
        return JsonResponse({"error": "too large"}, status=413)
    try:
        copy = json.loads(request.body)
        merged = services.sync(cast(User, request.user), edition, copy if isinstance(copy, dict) else {"now": "none"})
        return JsonResponse({**merged, "open": is_open})
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    except (ValueError, RecursionError):
        return JsonResponse({"error": "JSON"}, status=400)


def _export(request: HttpRequest, edition: Edition, known: Reading | None) -> HttpResponse:
    marks = list(known.marks.filter(removed=False).order_by("fraction", "pk")) if known else []
    if request.GET.get("format") == "markdown":
        return HttpResponse(as_markdown(edition, marks), content_type="text/markdown; charset=utf-8")
    if request.GET.get("format") == "annotations":
        return JsonResponse(_annotations(edition, marks), content_type="application/ld+json")
    return JsonResponse(services.state_of(known) if known else {"place": None, "items": {}})


def as_markdown(edition: Edition, marks: list[Mark]) -> str:
    """Marks under the title of their book, each below its chapter."""
    parts = [f"# {languages.in_language(edition.work, 'title')}"]
    for mark in marks:
        time = f" {clock(float(mark.cfi[2:]))}" if mark.cfi.startswith("t=") else ""
        parts.append(f"## {mark.chapter or f'{mark.fraction:.0%}'}{time}")
        parts += [f"> {mark.text}"] if mark.text else []
        parts += [mark.note] if mark.note else []
    return "\n\n".join(parts) + "\n"


def _annotations(edition: Edition, marks: list[Mark]) -> dict[str, Any]:
    """A collection of Web Annotations (W3C, 2017); selectors: EPUB CFIs, PDF pages or seconds of sound."""
    source = absolute(edition.work.get_absolute_url())
    items = [
        {
            "id": f"{source}#mark-{mark.pk}",
            "type": "Annotation",
            "motivation": "bookmarking" if mark.kind == "bookmark" else "highlighting",
            **({"body": [{"type": "TextualBody", "value": mark.note, "format": "text/plain"}]} if mark.note else {}),
            "target": {
                "source": source,
                "selector": [
                    _fragment(edition, mark),
                    *([{"type": "TextQuoteSelector", "exact": mark.text}] if mark.text else []),
                ],
            },
        }
        for mark in marks
    ]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {"type": "AnnotationPage", "items": items},
    }


def _fragment(edition: Edition, mark: Mark) -> dict[str, str]:
    """The place of a mark in words that other programs know (Web Annotation, section 4.2.1)."""
    kind, value = EPUB_CFI, mark.cfi
    if mark.cfi.startswith("t="):
        kind = MEDIA_FRAGMENTS
    elif edition.format == FileFormat.PDF and (page := page_of(mark.cfi)):
        kind, value = PDF_PAGES, f"page={page}"
    return {"type": "FragmentSelector", "conformsTo": kind, "value": value}
