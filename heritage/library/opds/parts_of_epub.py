"""An EPUB as a Readium Web Publication (readium.org/webpub-manifest): its manifest, and its parts over HTTP."""

import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from heritage.core.addresses import absolute
from heritage.library.epub.container import Container
from heritage.library.epub.errors import EpubError
from heritage.library.epub.package import Package, read_package
from heritage.library.models import Edition, FileFormat, Work
from heritage.library.opds import progression
from heritage.library.opds.publications import WEBPUB, answer, metadata
from heritage.library.views.files import refusal

EPUB_PROFILE = "https://readium.org/webpub-manifest/profiles/epub"
MOST_PART_BYTES = 64 * 1024 * 1024
# A part opened by itself is a page of this host: it is boxed in, runs nothing and reaches nobody.
POLICY = (
    "sandbox; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "media-src 'self'; base-uri 'none'; form-action 'none'"
)


@require_safe
def manifest(request: HttpRequest, pk: int) -> HttpResponse:
    """The manifest of an EPUB, for whom the book is open."""
    edition = _edition(pk)
    if closed := refusal(request, edition):
        return closed
    with _opened(edition) as container:
        return answer(web_publication(edition.work, edition, read_package(container)), WEBPUB)


@require_safe
def part(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One file of an EPUB as its package lists it; others, such as those that were cleaned away, are absent."""
    edition = _edition(pk)
    if closed := refusal(request, edition):
        return closed
    with _opened(edition) as container:
        item = read_package(container).items.get(name)
        if item is None:
            raise Http404
        response = HttpResponse(container.read(name, MOST_PART_BYTES), content_type=item.media_type)
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-cache"
    return response


def web_publication(work: Work, edition: Edition, package: Package) -> dict[str, Any]:
    """The manifest; `readingOrder` is the spine, `resources` whatever else the book holds."""

    def link(name: str) -> dict[str, Any]:
        return {"href": _address(edition, name), "type": package.items[name].media_type}

    titles = {heading.href.partition("#")[0]: heading.title for heading in reversed(package.contents)}
    order = [name for name in package.spine if name in package.items]
    result: dict[str, Any] = {
        "@context": "https://readium.org/webpub-manifest/context.jsonld",
        "metadata": {**metadata(work), "@type": "http://schema.org/Book", "conformsTo": EPUB_PROFILE},
        "links": [
            {"rel": "self", "href": absolute(reverse("webpub", args=[edition.pk])), "type": WEBPUB},
            {
                "rel": "alternate",
                "href": absolute(reverse("edition_file", args=[edition.pk])),
                "type": edition.media_type,
            },
            progression.link(edition),
        ],
        "readingOrder": [{**link(name), **({"title": titles[name]} if name in titles else {})} for name in order],
    }
    if others := [name for name in package.items if name not in set(order)]:
        cover = package.cover.name if package.cover else ""
        result["resources"] = [{**link(name), **({"rel": "cover"} if name == cover else {})} for name in others]
    if contents := [h for h in package.contents if h.href]:
        result["toc"] = [{"href": _address(edition, *h.href.split("#", 1)), "title": h.title} for h in contents]
    return result


def _edition(pk: int) -> Edition:
    return get_object_or_404(Edition.objects.select_related("work").exclude(file=""), pk=pk, format=FileFormat.EPUB)


def _opened(edition: Edition) -> Container:
    try:
        with edition.file.open("rb") as stored:
            return Container(io.BytesIO(stored.read()))
    except (FileNotFoundError, EpubError) as error:
        raise Http404 from error


def _address(edition: Edition, name: str, fragment: str = "") -> str:
    return absolute(reverse("webpub_part", args=[edition.pk, name])) + (f"#{fragment}" if fragment else "")
