"""An open audiobook as a podcast, and codes that open a book at the very chapter."""

import io
from email.utils import format_datetime
from urllib.parse import quote

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from lxml import etree

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.library import access
from heritage.library.models import Access, AudioTrack, Chapter, Edition, EditionKind, Work

ITUNES, ATOM = "http://www.itunes.com/dtds/podcast-1.0.dtd", "http://www.w3.org/2005/Atom"
QUIET_ZONE = 4
"""Modules around a QR code (ISO/IEC 18004, section 6.3.8)."""


@require_safe
@cache_control(public=True, max_age=600)
def podcast(request: HttpRequest, number: str) -> HttpResponse:
    """RSS 2.0 with the tags of podcast programs: an episode for each audio file, in the order of the book."""
    work = get_object_or_404(Work.objects.select_related("cover"), number=number, live=True)
    open_ones = work.editions.filter(kind=EditionKind.AUDIOBOOK, access=Access.OPEN)
    edition = open_ones.prefetch_related("tracks").first()
    if edition is None:
        raise Http404
    body = etree.tostring(_feed(work, edition), encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/rss+xml; charset=utf-8")


def _feed(work: Work, edition: Edition) -> etree._Element:
    root = etree.Element("rss", version="2.0", nsmap={"itunes": ITUNES, "atom": ATOM})
    channel = etree.SubElement(root, "channel")
    names = ", ".join(one.name for one in work.contributors.all() if one.role == "aut")
    description = languages.in_language(work, "description") or languages.in_language(work, "title")
    for tag, text in (
        ("title", languages.in_language(work, "title")),
        ("link", absolute(work.get_absolute_url())),
        ("description", description),
        ("language", work.language),
        ("copyright", work.get_licence_display()),
        (f"{{{ITUNES}}}author", names),
        (f"{{{ITUNES}}}type", "serial"),
        (f"{{{ITUNES}}}explicit", "false"),
    ):
        _text(channel, tag, str(text))
    own = {"rel": "self", "type": "application/rss+xml", "href": absolute(reverse("podcast", args=[work.number]))}
    etree.SubElement(channel, f"{{{ATOM}}}link", own)
    etree.SubElement(channel, f"{{{ITUNES}}}category", text="Arts")
    if work.cover:
        image = work.cover.get_rendition("width-1400|format-jpeg")
        etree.SubElement(channel, f"{{{ITUNES}}}image", href=absolute(image.url))
    for track in edition.tracks.all():
        channel.append(_episode(work, edition, track))
    return root


def _episode(work: Work, edition: Edition, track: AudioTrack) -> etree._Element:
    item = etree.Element("item", nsmap={"itunes": ITUNES})
    address = absolute(reverse("track_file", args=[track.pk]))
    _text(item, "title", track.title or str(track))
    _text(item, "guid", f"{absolute(f'/id/{work.number}')}#{track.sha256}").set("isPermaLink", "false")
    _text(item, "link", absolute(reverse("listen", args=[work.number])))
    _text(item, "pubDate", format_datetime(edition.created_at))
    _text(item, f"{{{ITUNES}}}duration", str(round(track.duration_s)))
    _text(item, f"{{{ITUNES}}}episode", str(track.sort_order))
    etree.SubElement(item, "enclosure", url=address, length=str(track.size), type=track.media_type)
    return item


def _text(parent: etree._Element, tag: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, tag)
    element.text = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return element


@require_safe
def chapter(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the book at a chapter, in the visitor's language; who may not open it meets the book's own doors."""
    found = _chapter(request, pk)
    address = found.edition.use_url
    if not address:
        raise Http404
    if found.edition.kind == EditionKind.AUDIOBOOK:
        return redirect(f"{address}#t={_second(found):g}")
    return redirect(f"{address}#{quote(found.href, safe='/#=&')}")


@require_safe
@cache_control(public=True, max_age=86400)
def chapter_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A QR code, as SVG, whose scan opens the chapter."""
    found = _chapter(request, pk)
    out = io.BytesIO()
    code = segno.make_qr(absolute(reverse("chapter", args=[found.pk])), error="q")
    code.save(out, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", title=found.title, scale=8)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def _chapter(request: HttpRequest, pk: int) -> Chapter:
    found = get_object_or_404(Chapter.objects.select_related("edition__work", "track"), pk=pk)
    if access.door(request.user, found.edition)[0] is access.Door.CLOSED:
        raise Http404
    return found


def _second(found: Chapter) -> float:
    """Where the chapter begins, in seconds of the whole book."""
    tracks = found.edition.tracks.filter(sort_order__lt=found.track.sort_order) if found.track else []
    return sum(track.duration_s for track in tracks) + found.start_s
